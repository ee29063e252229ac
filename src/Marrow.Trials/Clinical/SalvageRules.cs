using Marrow.Networks.Diagnostics;
using Marrow.Numerics.Vectors;

namespace Marrow.Trials.Clinical;

/// <summary>Salvage treatment (salvage.csv): lines of treatment, remission, transplant, relapse and palliation, by child and adult. Numbers of ages
/// between child and adult are interpolated, as the hazard of active leukaemia is.</summary>
internal sealed class SalvageRules
{
    private readonly double[] _toxicDeath, _palliation, _transplant, _relapseMedian;
    private readonly double[][] _response;
    private readonly double _slope;

    private SalvageRules(ValueTable table)
    {
        AttemptMonths = table.Number("attempt.duration", "month", 0.01);
        HazardFactor = table.Number("attempt.hazard_factor", "1");
        BlastShare = table.Share("attempt.blast_share");
        _toxicDeath = Ages(table, "attempt.toxic_death", "1", 1);
        _response = [Lines(table, "child"), Lines(table, "adult"), Lines(table, "adult_drugs")];
        _slope = table.Number("response.frailty_slope", "1");
        _palliation = [.. Ages(table, "palliation", "1", 1), table.Share("palliation.adult_drugs")];
        _transplant = Ages(table, "transplant", "1", 1);
        TransplantWaitMonths = table.Number("transplant.wait", "month");
        _relapseMedian = Ages(table, "relapse.median", "month", double.PositiveInfinity);
        table.Close();
    }

    /// <summary>Length of a line, months.</summary>
    public double AttemptMonths { get; }

    /// <summary>Factor of the hazard of active leukaemia during a line.</summary>
    public double HazardFactor { get; }

    /// <summary>Marrow blast share between remissions.</summary>
    public double BlastShare { get; }

    /// <summary>From remission to transplant, months.</summary>
    public double TransplantWaitMonths { get; }

    /// <summary>Reads salvage.csv of a folder.</summary>
    public static (SalvageRules Rules, ValueTable Table) Load(string folder, DiagnosticBag bag)
    {
        var table = ValueTable.Load(Path.Combine(folder, "salvage.csv"), bag);
        return (new SalvageRules(table), table);
    }

    /// <summary>Share of lines that kill.</summary>
    /// <param name="adult">0 child, 1 adult, between while growing up.</param>
    public double ToxicDeath(double adult) => Between(_toxicDeath, adult);

    /// <summary>Probability of remission: logit p = logit p_k - slope ln w.</summary>
    /// <param name="line">Number k of the line, from 1; later lines than the table has are like its last.</param>
    /// <param name="adult">0 child, 1 adult.</param>
    /// <param name="drugs">Newer drugs are at hand.</param>
    /// <param name="frailty">Frailty w.</param>
    public double Response(int line, double adult, bool drugs, double frailty)
    {
        var k = Math.Clamp(line, 1, _response[0].Length) - 1;
        var p = Between([_response[0][k], _response[drugs ? 2 : 1][k]], adult);
        return 1 / (1 + ((1 - p) / p * VectorMath.Pow(frailty, _slope)));
    }

    /// <summary>Share of failed lines after which treatment ends.</summary>
    public double Palliation(double adult, bool drugs) => Between([_palliation[0], _palliation[drugs ? 2 : 1]], adult);

    /// <summary>Share of remissions that are transplanted.</summary>
    public double Transplant(double adult) => Between(_transplant, adult);

    /// <summary>Median from remission to relapse without transplant, months.</summary>
    public double RelapseMedianMonths(double adult) => Between(_relapseMedian, adult);

    /// <summary>Two rows, child and adult.</summary>
    internal static double[] Ages(ValueTable table, string id, string unit, double upper) =>
        [table.Number($"{id}.child", unit, 0, upper), table.Number($"{id}.adult", unit, 0, upper)];

    /// <summary>Between the child's and the adult's number.</summary>
    internal static double Between(ReadOnlySpan<double> ages, double adult) => ages[0] + (adult * (ages[1] - ages[0]));

    private static double[] Lines(ValueTable table, string who) =>
        [.. Enumerable.Range(1, 5).Select(k => table.Number($"response.{who}.{k}", "1", 0.001, 0.999))];
}

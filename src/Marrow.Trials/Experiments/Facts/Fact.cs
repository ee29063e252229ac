using Marrow.Networks.Diagnostics;
using Marrow.Numerics.Statistics;
using Marrow.Numerics.Vectors;
using Marrow.Trials.Clinical;

namespace Marrow.Trials.Experiments.Facts;

/// <summary>A published measurement, and what in virtual patients is set beside it: a measure of a scenario, or an endpoint of a study.</summary>
public sealed record Fact
{
    /// <summary>Identifier.</summary>
    public required string Id { get; init; }

    /// <summary>What was measured, in words.</summary>
    public required string Text { get; init; }

    /// <summary>The check that measures it; null for an endpoint of a study and for an excused fact.</summary>
    public EffectRow? Check { get; init; }

    /// <summary>Study that measures it; empty for a check.</summary>
    public string Study { get; init; } = "";

    /// <summary>Endpoint of that study.</summary>
    public string Endpoint { get; init; } = "";

    /// <summary>Published value.</summary>
    public required double Published { get; init; }

    /// <summary>Its spread, in the same unit; of the natural logarithm where <see cref="IsLogarithmic"/>. Range: &gt; 0.</summary>
    public required double Spread { get; init; }

    /// <summary>Whether distances are those of logarithms.</summary>
    public required bool IsLogarithmic { get; init; }

    /// <summary>Why the fact is not judged; empty if it is.</summary>
    public required string Excuse { get; init; }

    /// <summary>(value − published)/spread, of the logarithms where the fact says so.</summary>
    public double Distance(double value) => IsLogarithmic ? VectorMath.Ln(value / Published) / Spread : (value - Published) / Spread;
}

/// <summary>A fact beside its simulation.</summary>
/// <param name="Fact">The fact.</param>
/// <param name="Value">Simulated value; NaN where there is none.</param>
/// <param name="Interval">Its 90 % interval.</param>
/// <param name="N">Patients.</param>
/// <param name="Reason">Why there is no value; empty if there is.</param>
public sealed record FactResult(Fact Fact, double Value, Interval Interval, int N, string Reason)
{
    /// <summary>Facts within this many spreads count as reproduced.</summary>
    public const double Near = 2;

    /// <summary>met within two spreads, missed beyond; waiting without a value.</summary>
    public string Verdict => double.IsNaN(Value) ? "waiting" : Math.Abs(Fact.Distance(Value)) <= Near ? "met" : "missed";

    internal static FactResult Without(Fact fact, string reason) => new(fact, double.NaN, new Interval(double.NaN, double.NaN), 0, reason);
}

/// <summary>Reads tables of facts.</summary>
public static class FactTable
{
    private const string StudyPrefix = "study:";
    private const string AnySwitch = "nature";
    /// <summary>Columns of the table.</summary>
    internal static readonly string[] Columns =
        ["id", "fact", "switch", "disease", "context", "rule", "observable", "statistic", "published", "spread", "scale", "unit", "excuse"];

    /// <summary>Reads a table; every problem goes to <paramref name="bag"/> with its line.</summary>
    public static IReadOnlyList<Fact> Load(string path, DiagnosticBag bag)
    {
        ArgumentNullException.ThrowIfNull(bag);
        var facts = new List<Fact>();
        foreach (var row in ClinicalTable.Load(path, Columns, bag).Rows)
        {
            if (facts.Any(f => f.Id == row.Text("id"))) bag.Error(ExperimentCodes.Duplicate, $"'{row.Text("id")}' appears twice", row.Where, "", "rename one of them");
            facts.Add(Read(row));
        }
        return facts;
    }

    private static Fact Read(ClinicalRow row)
    {
        var study = row.Text("context").StartsWith(StudyPrefix, StringComparison.Ordinal) ? row.Text("context")[StudyPrefix.Length..] : "";
        var excused = row.Text("excuse").Length > 0;
        return new Fact
        {
            Id = row.Text("id"),
            Text = row.Text("fact"),
            Study = excused ? "" : study,
            Endpoint = study.Length > 0 ? row.Text("observable") : "",
            Check = excused || study.Length > 0 ? null : Check(row),
            Published = row.Number("published"),
            Spread = row.Number("spread", lower: double.Epsilon),
            IsLogarithmic = row.Text("scale") == "log",
            Excuse = row.Text("excuse"),
        };
    }

    /// <summary>The measurement as a row of expected effects, whose condition is two spreads around the published value.</summary>
    private static EffectRow? Check(ClinicalRow row)
    {
        EffectStatistic? named = Enum.GetValues<EffectStatistic>().Cast<EffectStatistic?>().FirstOrDefault(s => EffectsTable.NameOf(s!.Value) == row.Text("statistic"));
        if (named is not { } statistic)
        {
            row.Bag.Error(ExperimentCodes.BadCell, $"'{row.Text("statistic")}' is not a statistic", row.Where);
            return null;
        }
        if (SubgroupRule.Parse(row.Text("rule"), out var problem) is null)
        {
            row.Bag.Error(ExperimentCodes.BadCell, $"rule of '{row.Text("id")}': {problem}", row.Where);
            return null;
        }
        var reach = FactResult.Near * row.Number("spread");
        return new EffectRow
        {
            Id = row.Text("id"),
            Switches = row.Text("switch").Length == 0 ? [AnySwitch] : row.Text("switch").Split('+'),
            Disease = row.Text("disease"),
            Context = row.Text("context"),
            Observable = row.Text("observable"),
            Statistic = statistic,
            Operator = EffectOperator.Within,
            Value = row.Number("published") - reach,
            Value2 = row.Number("published") + reach,
            Unit = row.Text("unit"),
            Subgroup = row.Text("rule"),
            Direction = EffectDirection.None,
            Alternative = "",
            Needs = [],
            Where = row.Where,
        };
    }
}

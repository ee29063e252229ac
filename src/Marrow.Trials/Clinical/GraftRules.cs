using Marrow.Networks.Diagnostics;
using Marrow.Numerics.Random;
using Marrow.Numerics.Vectors;

namespace Marrow.Trials.Clinical;

/// <summary>Allogeneic transplant (graft.csv): graft-versus-host disease, death without relapse, relapse.</summary>
/// <remarks>The shares of death and relapse are those of all patients. Graft-versus-host disease divides them: with a cumulative hazard H without it
/// and a hazard ratio r with it, the mean of 1 - exp(-H) and 1 - exp(-r H) over its frequency is the share of all, which gives H.</remarks>
internal sealed class GraftRules
{
    private readonly double[] _death, _relapse, _chronic;
    private readonly double _acute, _severe, _onsetMean, _onsetShape, _chronicMedian, _chronicLogSd, _relapseRatio, _deathRatio, _alloreactiveHalf;

    private GraftRules(ValueTable table)
    {
        _death = SalvageRules.Ages(table, "death", "1", 0.99);
        DeathMeanMonths = table.Number("death.mean", "month", 0.01);
        _relapse = SalvageRules.Ages(table, "relapse", "1", 0.99);
        RelapseMeanMonths = table.Number("relapse.mean", "month", 0.01);
        _acute = table.Share("acute.share");
        _severe = table.Number("acute.severe_share", "1", 0, _acute);
        _onsetMean = table.Number("acute.onset_mean", "d", 1);
        _onsetShape = table.Number("acute.onset_shape", "1", 0.1);
        AcuteAfterCells = table.Share("acute.after_cells");
        _chronic = SalvageRules.Ages(table, "chronic", "1", 1);
        _chronicMedian = table.Number("chronic.onset_median", "month", 0.1);
        _chronicLogSd = table.Number("chronic.onset_log_sd", "1");
        _relapseRatio = table.Number("relapse_ratio", "1", 0.01);
        _deathRatio = table.Number("death_ratio", "1", 0.01);
        _alloreactiveHalf = table.Number("alloreactive_half", "G/kg", 1e-9);
        table.Close();
    }

    /// <summary>Mean time to death without relapse, months.</summary>
    public double DeathMeanMonths { get; }

    /// <summary>Mean time to relapse, months.</summary>
    public double RelapseMeanMonths { get; }

    /// <summary>Share with acute disease after CAR-T cells, of those grafted before.</summary>
    public double AcuteAfterCells { get; }

    /// <summary>Reads graft.csv of a folder.</summary>
    public static (GraftRules Rules, ValueTable Table) Load(string folder, DiagnosticBag bag)
    {
        var table = ValueTable.Load(Path.Combine(folder, "graft.csv"), bag);
        return (new GraftRules(table), table);
    }

    /// <summary>Hazard of acute disease of a day, relative to that of all patients: alloreactive effector cells against their half point, and
    /// immunosuppression. 1 with many such cells and none of it.</summary>
    /// <param name="alloreactivePerKg">Alloreactive effector cells, G/kg.</param>
    /// <param name="immunosuppression">0-1.</param>
    public double Alloreactivity(double alloreactivePerKg, double immunosuppression) =>
        alloreactivePerKg / (_alloreactiveHalf + alloreactivePerKg) * (1 - immunosuppression);

    /// <summary>Day of the onset of acute disease after a transplant.</summary>
    public double AcuteOnset(ref RandomStream stream) => stream.Gamma(_onsetShape, _onsetMean / _onsetShape);

    /// <summary>What comes of a transplant. Its draws are always the same in number, so that no event moves the luck of another.</summary>
    /// <param name="stream">Random numbers of this transplant.</param>
    /// <param name="day">Day of the transplant.</param>
    /// <param name="adult">0 child, 1 adult.</param>
    public GraftCourse Draw(ref RandomStream stream, double day, double adult)
    {
        double acute = stream.Uniform(), onset = AcuteOnset(ref stream);
        double chronic = stream.Uniform(), chronicOnset = stream.LogNormal(_chronicMedian, _chronicLogSd) * Calendar.DaysPerMonth;
        double fate = stream.Uniform(), fateDay = stream.Exponential(1);
        var grade = acute < _severe ? 3 : acute < _acute ? 2 : 0;
        var hasChronic = chronic < SalvageRules.Between(_chronic, adult);
        var death = Risk(SalvageRules.Between(_death, adult), _severe, _deathRatio, grade == 3);
        var relapse = Risk(SalvageRules.Between(_relapse, adult), Disease(adult), _relapseRatio, grade > 0 || hasChronic);
        double? deathDay = fate < death ? day + (fateDay * DeathMeanMonths * Calendar.DaysPerMonth) : null;
        double? relapseDay = deathDay is null && fate < death + relapse ? day + (fateDay * RelapseMeanMonths * Calendar.DaysPerMonth) : null;
        var end = deathDay ?? relapseDay ?? double.PositiveInfinity;
        return new GraftCourse
        {
            Day = day,
            AcuteGrade = day + onset < end ? grade : 0,
            AcuteDay = grade > 0 && day + onset < end ? day + onset : null,
            ChronicDay = hasChronic && day + chronicOnset < end ? day + chronicOnset : null,
            DeathDay = deathDay,
            RelapseDay = relapseDay,
        };
    }

    /// <summary>Share with acute or chronic disease.</summary>
    internal double Disease(double adult) => 1 - ((1 - _acute) * (1 - SalvageRules.Between(_chronic, adult)));

    /// <summary>Probability with or without a factor of frequency <paramref name="share"/> and hazard ratio <paramref name="ratio"/>, if that of all is <paramref name="all"/>.</summary>
    internal static double Risk(double all, double share, double ratio, bool present)
    {
        // The mean over the factor rises with the hazard: bisection of ln(1 - p) to the last bit that matters.
        double low = 0, high = -VectorMath.Ln(1 - all) / Math.Min(1, ratio);
        for (var i = 0; i < 60; i++)
        {
            var middle = (low + high) / 2;
            var mean = ((1 - share) * (1 - VectorMath.Exp(-middle))) + (share * (1 - VectorMath.Exp(-ratio * middle)));
            if (mean < all) low = middle;
            else high = middle;
        }

        return 1 - VectorMath.Exp(-(present ? ratio : 1) * (low + high) / 2);
    }
}

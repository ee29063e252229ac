using Marrow.Networks.Diagnostics;
using Marrow.Numerics.Statistics;
using Marrow.Numerics.Vectors;
using Marrow.Trials.Experiments;

namespace Marrow.Trials.Onset;

/// <summary>Judges the rows of a table of expected effects that ask for the incidence of disease: their lives are those of this folder, not of a cohort.</summary>
/// <param name="root">Folder with models/onset.</param>
/// <param name="persons">Virtual persons of a group.</param>
/// <param name="seed">Seed.</param>
/// <param name="threads">Threads; 0 for one a processor.</param>
internal sealed class OnsetEffects(string root, int persons, ulong seed, int threads)
{
    private const string Context = "pre-disease";

    private readonly Lazy<OnsetModel?> _model = new(() =>
    {
        var folder = Path.Combine(root, "models", "onset");
        return Directory.Exists(folder) ? OnsetModel.Load(folder, new DiagnosticBag()) : null;
    });

    /// <summary>The result of a row; null if it is not about incidence, or the module does not know its disease, switch or subgroup.</summary>
    public EffectResult? Judge(EffectRow row)
    {
        if (row.Context != Context || row.Switches.Count != 1 || _model.Value is not { } model) return null;
        if (OnsetSwitches.DiseaseOf(model, row.Disease) is not { } disease) return null;
        var groups = row.Subgroup.Split(" vs ");
        if (Ratio(model, disease, row, groups[0]) is not { } first) return null;
        if (row.Statistic != EffectStatistic.Contrast)
            return row.Statistic is EffectStatistic.IncidenceRatio or EffectStatistic.OddsRatio ? EffectResult.Judge(row, null, first, persons) : null;
        if (groups.Length != 2 || Ratio(model, disease, row, groups[1]) is not { } second) return null;
        return EffectResult.Judge(row, null, Contrast(row, first, second), persons);
    }

    /// <summary>Ratio of a group; alternatives joined by <c>|</c> are as frequent as each other, and their intervals move together.</summary>
    private EffectEstimate? Ratio(OnsetModel model, string disease, EffectRow row, string group)
    {
        var factors = group.Split('|').Select(g => OnsetSwitches.Factors(model, row.Switches[0], g.Trim(), row.Alternative)).ToArray();
        if (factors.Any(f => f is null)) return null;
        var incidence = factors.Select(f => model.Incidence(disease, f!, persons, seed, threads: threads)).ToArray();
        var odds = row.Statistic == EffectStatistic.OddsRatio;
        Interval Of(OnsetIncidence i) => odds ? i.OddsRatioInterval : i.RatioInterval;
        return new EffectEstimate(
            incidence.Average(i => odds ? i.OddsRatio : i.Ratio), new Interval(incidence.Average(i => Of(i).Lower), incidence.Average(i => Of(i).Upper)));
    }

    /// <summary>Sign of the difference of the logarithms, turned so that a stronger effect in the expected direction is positive.</summary>
    private static EffectEstimate Contrast(EffectRow row, EffectEstimate a, EffectEstimate b)
    {
        var (low, high) = (VectorMath.Ln(a.Interval.Lower / b.Interval.Upper), VectorMath.Ln(a.Interval.Upper / b.Interval.Lower));
        if (row.Direction == EffectDirection.Down) (low, high) = (-high, -low);
        return new EffectEstimate(low > 0 ? 1 : high < 0 ? -1 : 0, new Interval(low, high));
    }
}

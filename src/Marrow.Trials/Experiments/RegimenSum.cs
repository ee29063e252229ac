using Marrow.Trials.Regimens;

namespace Marrow.Trials.Experiments;

/// <summary>Several regimens given together, as one.</summary>
internal static class RegimenSum
{
    /// <summary>All doses, care and laws; the preparation is that of the first regimen that has one. Regimens are shifted by days.</summary>
    /// <param name="parts">Regimens, and the day on which the day 0 of each falls.</param>
    /// <param name="without">Drugs that are left out.</param>
    public static Regimen Of(IReadOnlyList<(Regimen Regimen, double FromDay)> parts, IReadOnlyList<string> without) => new()
    {
        Title = parts.Count == 0 ? "no treatment" : string.Join(" + ", parts.Select(p => p.Regimen.Title)),
        File = string.Join(" ", parts.Select(p => p.Regimen.File)),
        Preparation = parts.Select(p => p.Regimen.Preparation).FirstOrDefault(p => p is not null),
        Values = [.. parts.SelectMany(p => p.Regimen.Values).DistinctBy(v => v.Name)],
        Doses =
        [
            .. parts.SelectMany(p => p.Regimen.Doses.Where(d => !without.Contains(d.Dose.Drug.Drug))
                .Select(d => p.FromDay == 0 ? d : d.Shifted(p.FromDay))),
        ],
        Settings = [.. parts.SelectMany(p => p.Regimen.Settings)],
        Care = [.. parts.SelectMany(p => p.Regimen.Care.Select(c => p.FromDay == 0 ? c : c with { FromDay = c.FromDay + p.FromDay, ToDay = c.ToDay + p.FromDay }))],
        Numbers = [.. parts.SelectMany(p => p.Regimen.Numbers)],
    };
}

using Marrow.Reports.Model;
using Marrow.Reports.Words;
using Marrow.Trials.Endpoints;

namespace Marrow.Reports.Building;

/// <summary>What ends remissions, as competing causes.</summary>
internal static class IncidenceBuilder
{
    /// <summary>The causes stacked in the order of the summary; null without any.</summary>
    public static IncidenceData? Build(TrialSummary summary, double followUpMonths)
    {
        var causes = summary.Incidence;
        if (causes.Count == 0) return null;
        var n = causes.Max(c => c.N);
        var end = Math.Max(followUpMonths, causes.Max(c => c.Months.Count > 0 ? c.Months[^1] : 0));
        var grid = Curves.Grid(causes.SelectMany(c => c.Months), end);
        List<double[]> rows = [.. grid.Select(t => (double[])[t, .. causes.Select(c => c.Months.Count == 0 ? 0 : Curves.At(c.Months, c.Incidence, t))])];
        var published = Headlines.Find(summary, EndpointIds.Cd19NegativeRelapse) is { Published: { } value } row
            ? $" Published: {Numbers.Percent(value)} of relapses CD19-negative{(row.PublishedLower is { } low && row.PublishedUpper is { } high ? $" ({Numbers.Range(low, high, Numbers.Percent)})" : "")}{(row.PublishedN is { } size ? $", n = {size}" : "")}."
            : "";
        return new(Findings.Relapse(summary), $"Aalen–Johansen estimates in {Sentences.Plural(n, "patient", "patients")} in remission.{published}", n, end,
            [.. causes.Select(c => new CauseData(c.Id, c.Label, c.Events))], rows);
    }
}

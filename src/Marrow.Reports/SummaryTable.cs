using Marrow.Reports.Words;
using Marrow.Trials.Endpoints;
using Marrow.Trials.Studies;

namespace Marrow.Reports;

/// <summary>A line of the summary that the command line prints after a run. Empty text: not formed, or not reported.</summary>
/// <param name="Arm">Arm.</param>
/// <param name="Group">Heading under which it stands.</param>
/// <param name="Endpoint">Endpoint, with its unit.</param>
/// <param name="Simulated">Simulated value.</param>
/// <param name="SimulatedInterval">90 % prediction interval for a trial of the published size.</param>
/// <param name="Published">Published value.</param>
/// <param name="PublishedInterval">Published interval; named if it is not a confidence interval.</param>
/// <param name="Verdict">Where the published value lies: inside, ▲ published higher, ▼ published lower, – not judged.</param>
public sealed record SummaryRow(
    string Arm, string Group, string Endpoint, string Simulated, string SimulatedInterval, string Published, string PublishedInterval, string Verdict)
{
    /// <summary>90 % interval of how well the simulated value is known, given how well the typical values of parameters are; empty where they are
    /// taken as known, or where patients are too few to tell.</summary>
    public string Uncertainty { get; init; } = "";
}

/// <summary>The endpoint table in words, in the same words as the report.</summary>
public static class SummaryTable
{
    /// <summary>The rows of every arm, in the order of the study.</summary>
    public static IReadOnlyList<SummaryRow> Rows(StudyResult result)
    {
        ArgumentNullException.ThrowIfNull(result);
        return [.. result.Arms.SelectMany(arm => arm.Summary.Endpoints.Select(row =>
        {
            var words = EndpointWords.Of(row);
            return new SummaryRow(arm.Name, row.Group, row.Unit.Length == 0 ? row.Label : $"{row.Label} ({row.Unit})",
                words.Simulated, words.SimulatedInterval, words.Published, words.PublishedInterval, words.Verdict)
            {
                Uncertainty = words.Uncertainty,
            };
        }))];
    }

    /// <summary>The arms against the first, a line an endpoint and arm.</summary>
    public static IReadOnlyList<string> Comparisons(StudyResult result)
    {
        ArgumentNullException.ThrowIfNull(result);
        return [.. result.Comparisons.SelectMany(c => c.Hazards.Select(h => $"{c.Label}, {h.Arm} against {h.Reference}: {Words(h)}."))];
    }

    private static string Words(ArmHazard hazard)
    {
        if (hazard.Ratio is not { } ratio) return "no hazard ratio can be formed";
        var trials = hazard is { Lower: { } lower, Upper: { } upper } ? $"; 90 % of trials of {hazard.TrialN} patients would find {Numbers.Range(lower, upper, Numbers.Amount)}" : "";
        var test = hazard.Test is { } t ? $"; log-rank p {(t.PValue < 0.001 ? "< 0.001" : $"= {Numbers.Amount(t.PValue)}")}" : "";
        var published = hazard.Published is { } p ? $"; published {Numbers.Amount(p.Value)}{(p is { Lower: { } from, Upper: { } to } ? $" ({Numbers.Range(from, to, Numbers.Amount)}, {p.Interval})" : "")}" : "";
        return $"hazard ratio {Numbers.Amount(ratio.HazardRatio)} ({Numbers.Range(ratio.Limits.Lower, ratio.Limits.Upper, Numbers.Amount)}){test}{trials}{published}";
    }
}

using Marrow.Reports.Model;
using Marrow.Trials.Endpoints;
using Marrow.Trials.Studies;

namespace Marrow.Reports.Words;

/// <summary>The sentences at the top of the page, by rule from the results.</summary>
internal static class Headlines
{
    /// <summary>Failed patients from which a line under the headline says so, and from which the headline itself does.</summary>
    private const double Noted = 0.01, First = 0.1;

    /// <summary>Values outside that a sentence can name and still be read.</summary>
    private const int MostInSentence = 5;

    /// <summary>Share of patients that could not be simulated.</summary>
    public static double FailedShare(StudyResult result) =>
        result.Patients == 0 ? 0 : (double)result.Failures.Select(f => f.Patient).Distinct().Count() / result.Patients;

    /// <summary>The headline: primary endpoints, simulated and published.</summary>
    public static string Headline(StudyResult result)
    {
        var failed = FailedShare(result);
        var prefix = failed > First ? $"{Numbers.Percent(failed)} of patients could not be simulated; of the others, " : "";
        return prefix + (result.Arms.Count == 1 ? OfArm(result.Arms[0].Summary, Clock.Of(result.Study)) : OfArms(result));
    }

    /// <summary>How far one can trust the headline: published values inside and, if they are few, every one outside; and the treatment.</summary>
    public static string Standfirst(StudyResult result)
    {
        var several = result.Arms.Count > 1;
        var parts = result.Arms.Select(arm => Match(arm.Summary) is { Length: > 0 } match ? several ? $"{arm.Name}: {match}" : match : "").Where(s => s.Length > 0).ToList();
        var treatments = Sentences.List([.. result.Study.Arms.Select(a => a.Treatment).Distinct(StringComparer.Ordinal)]);
        return string.Join(" ", parts.Append(Sentences.Stop(treatments)).Where(s => s.Length > 0));
    }

    /// <summary>A line under the headline where too many patients failed; null otherwise.</summary>
    public static string? Warning(StudyResult result)
    {
        var failed = FailedShare(result);
        if (failed <= Noted && !result.TooManyFailures) return null;
        var allowed = Numbers.Percent(result.Study.AllowedFailures);
        return $"{Numbers.Percent(failed)} of patients could not be simulated{(result.TooManyFailures ? $", more than the {allowed} that the study allows" : "")}.";
    }

    /// <summary>How far the first endpoint of the headline would move if every failed patient had it, or none.</summary>
    public static string FailureNote(StudyResult result)
    {
        var failed = result.Failures.Select(f => f.Patient).Distinct().Count();
        const string missing = "They are missing from every endpoint and count neither as failures of the treatment nor as cures.";
        if (failed == 0) return "";
        var row = result.Arms.Count == 0 ? null : Find(result.Arms[0].Summary, EndpointIds.Remission) ?? result.Arms[0].Summary.Endpoints.FirstOrDefault(e => e.Kind == EndpointKind.Share);
        if (row?.Simulated is not { } share) return missing;
        var points = 100 * failed * Math.Max(share, 1 - share) / (row.SimulatedN + failed);
        return $"{missing} With either reading, \"{Typography.Of(row.Label)}\" would move by at most {Numbers.Amount(points)} points.";
    }

    /// <summary>The row of this name.</summary>
    public static EndpointRow? Find(TrialSummary summary, string id) =>
        summary.Endpoints.FirstOrDefault(e => string.Equals(e.Id, id, StringComparison.Ordinal));

    private static string OfArm(TrialSummary summary, Clock clock)
    {
        if (summary.Flow.Infused == 0) return $"No virtual patient was {clock.Treated}";
        var (remission, eventFree) = (Find(summary, EndpointIds.Remission), Find(summary, EndpointIds.EventFreeAtOneYear));
        if (remission?.Simulated is not { } r || eventFree?.Simulated is not { } e) return Plain(summary, clock);
        var simulated = $"{Numbers.Percent(r)} of {clock.Treated} virtual patients reach remission and {Numbers.Percent(e)} are event-free at one year";
        return (remission.Published, eventFree.Published) switch
        {
            ({ } a, { } b) => $"{simulated}; the trial reported {Numbers.Percent(a)} and {Numbers.Percent(b)}",
            ({ } a, null) => $"{simulated}; the trial reported remission in {Numbers.Percent(a)}",
            (null, { } b) => $"{simulated}; the trial reported {Numbers.Percent(b)} event-free",
            _ => simulated,
        };
    }

    /// <summary>For studies whose protocol has other endpoints: the first one that could be formed.</summary>
    private static string Plain(TrialSummary summary, Clock clock)
    {
        var row = summary.Endpoints.FirstOrDefault(e => e.Simulated is not null);
        if (row is null) return $"{Sentences.Plural(summary.Flow.Infused, "virtual patient was", "virtual patients were")} {clock.Treated}";
        var words = EndpointWords.Of(row);
        return $"{Typography.Of(row.Label)}: {words.Simulated}" + (words.Published.Length > 0 ? $"; the trial reported {words.Published}" : "");
    }

    private static string OfArms(StudyResult result)
    {
        if (Ratios(result) is { Length: > 0 } ratios) return ratios;
        var arms = result.Arms;
        var parts = arms.Select(arm => (arm.Name, Row: Find(arm.Summary, EndpointIds.EventFreeAtOneYear)))
            .Where(a => a.Row?.Simulated is not null)
            .Select(a => $"{Numbers.Percent(a.Row!.Simulated!.Value)} with {a.Name}").ToList();
        return parts.Count == 0 ? $"{arms.Count} arms on the same virtual patients" : $"Event-free at one year: {Sentences.List(parts)}";
    }

    /// <summary>Hazard ratios of the second of two arms, overall survival first, each with the published one.</summary>
    private static string Ratios(StudyResult result)
    {
        if (result.Arms.Count != 2) return "";
        var parts = result.Comparisons.OrderBy(c => c.Id == EndpointIds.EventFree).Select(c => (c.Label, Hazard: c.Hazards[0])).Where(c => c.Hazard.Ratio is not null)
            .DistinctBy(c => c.Label.Split(" from ")[0])
            .Select(c => $"{c.Label.ToLowerInvariant()} {Numbers.Amount(c.Hazard.Ratio!.HazardRatio)}{(c.Hazard.Published is { } p ? $" (the trial reported {Numbers.Amount(p.Value)})" : "")}").ToList();
        return parts.Count == 0 ? "" : $"Hazard ratios of {result.Arms[1].Name} against {result.Arms[0].Name}: {Sentences.List(parts)}";
    }

    /// <summary>Every published value outside, by direction, where there are too many for the standfirst.</summary>
    public static IReadOnlyList<Entry> Outside(StudyResult result)
    {
        var several = result.Arms.Count > 1;
        return [.. result.Arms.Where(arm => OutsideOf(arm.Summary).Count > MostInSentence).SelectMany(arm => OutsideOf(arm.Summary)
            .GroupBy(e => EndpointWords.IsPublishedHigher(e)).OrderByDescending(g => g.Key)
            .Select(g => new Entry(
                $"{(several ? $"{arm.Name}: s" : "S")}imulated too {(g.Key ? "low" : "high")} (published in brackets)",
                $"{string.Join("; ", g.Select(e => { var words = EndpointWords.Of(e); return $"{Typography.Of(e.Label)} {words.Simulated} ({words.Published})"; }))}.")))];
    }

    private static List<EndpointRow> OutsideOf(TrialSummary summary) => [.. summary.Endpoints.Where(e => e.Inside == false)];

    private static string Match(TrialSummary summary)
    {
        var judged = summary.Endpoints.Where(e => e.Inside is not null).ToList();
        if (judged.Count == 0) return "";
        var outside = OutsideOf(summary);
        if (outside.Count == 0) return $"All {judged.Count} published values lie inside the simulated 90% interval.";
        var text = $"{judged.Count - outside.Count} of {judged.Count} published values lie inside the simulated 90% interval";
        return outside.Count > MostInSentence
            ? $"{text}; the {outside.Count} outside are listed below."
            : $"{text}. Outside: {Sentences.List([.. outside.Select(Comparison)])}.";
    }

    private static string Comparison(EndpointRow row)
    {
        var words = EndpointWords.Of(row);
        return $"{Typography.Of(row.Label)} ({words.Simulated} simulated, {words.Published} published)";
    }
}

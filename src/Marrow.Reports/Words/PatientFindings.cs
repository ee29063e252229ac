using Marrow.Trials.Clinical;

namespace Marrow.Reports.Words;

/// <summary>What the figures of single patients, of their states and of subgroups show, in one sentence each.</summary>
internal static class PatientFindings
{
    private const int Remission = 3, MrdNegative = 4;

    /// <summary>How many respond, and how deeply.</summary>
    public static string Depth(IReadOnlyDictionary<int, int> groups, int patients)
    {
        var negative = groups.GetValueOrDefault(MrdNegative);
        var remission = negative + groups.GetValueOrDefault(Remission);
        if (remission == 0) return "No patient reaches remission";
        return $"{Numbers.Percent((double)remission / patients)} reach CR or CRi, {Numbers.Percent((double)negative / remission)} of them MRD-negative";
    }

    /// <summary>Whose courses the report holds.</summary>
    public static string Kept(int kept, int patients, Clock clock) => kept == 0
        ? "This run kept no courses of single patients."
        : kept == patients
            ? $"The report holds the course of each of the {Numbers.Count(patients)} {clock.Treated} patients."
            : $"To stay small, the report holds the courses of {Numbers.Count(kept)} of the {Numbers.Count(patients)} {clock.Treated} patients, evenly spaced by number.";

    /// <summary>A cause of death.</summary>
    public static string Cause(DeathCause cause) => cause switch
    {
        DeathCause.Background => "other causes",
        DeathCause.CytokineRelease => "cytokine release",
        DeathCause.Treatment => "toxicity of later treatment",
        DeathCause.Transplant => "transplant, without relapse",
        DeathCause.Richter => "Richter transformation",
        _ => cause.ToString().ToLowerInvariant(),
    };

    /// <summary>How many are in remission without B cells at a time.</summary>
    public static string Aplasia(double share, double months, Clock clock) =>
        $"{Numbers.Percent(share)} of {clock.Treated} patients are in remission without B cells {Sentences.At(months)}";

    /// <summary>When most of those with cytokine release have signs.</summary>
    public static string Release(double? medianOnset, double tocilizumab) => medianOnset is { } day
        ? $"Half of those with cytokine release have first signs by day {Numbers.Amount(Math.Round(day, 1))}; {Numbers.Percent(tocilizumab)} of them are given tocilizumab"
        : "No patient has cytokine release";

    /// <summary>The level with the clearest ratio.</summary>
    public static string Subgroups(string? level, double ratio) => level is null
        ? "No subgroup differs clearly from its reference"
        : $"The hazard of an event is {(ratio > 1 ? "higher" : "lower")} with {level}: hazard ratio {Numbers.Amount(ratio)}";

    /// <summary>Two arms, by the hazard ratio of the second.</summary>
    public static string Arms(string arm, string reference, double ratio, double lower, double upper, string what) =>
        $"{what}: hazard ratio {Numbers.Amount(ratio)} ({Numbers.Range(lower, upper, Numbers.Amount)}) for {arm} against {reference}";
}

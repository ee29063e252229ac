using Marrow.Reports.Model;
using Marrow.Trials.Endpoints;

namespace Marrow.Reports.Words;

/// <summary>What a figure shows, in one sentence with its number, by rule from the results.</summary>
internal static class Findings
{
    private const double DaysPerMonth = Trials.Studies.Study.DaysPerMonth;

    /// <summary>Days that the figure of the first months shows.</summary>
    private const double Early = 91;

    private static readonly Dictionary<string, string> _survivors = new(StringComparer.Ordinal)
    {
        ["efs"] = "are event-free",
        ["os"] = "are alive",
        ["rfs"] = "of those in remission are alive without relapse",
        ["rfs_uncensored"] = "of those in remission, transplanted or not, are alive without relapse",
        ["aplasia"] = "of those in remission still lack B cells",
        ["os_relapse"] = "of those who relapsed are alive",
        ["os_enrolment"] = "of those enrolled are alive",
    };

    /// <summary>Survival at one year, or at the published time nearest to it, beside the published value.</summary>
    public static string Survival(SurvivalResult curve, double followUpMonths)
    {
        if (curve.N == 0 || curve.Months.Count == 0) return curve.Label;
        var landmark = curve.Published.Where(p => p.Months <= followUpMonths).OrderBy(p => Math.Abs(p.Months - 12)).FirstOrDefault();
        var months = landmark?.Months ?? Math.Min(12, followUpMonths);
        var value = Numbers.Percent(Curves.At(curve.Months, curve.Survival, months));
        var text = _survivors.TryGetValue(curve.Id, out var verb) ? $"{value} {verb} {Sentences.At(months)}" : $"{curve.Label}: {value} {Sentences.At(months)}";
        if (landmark is null) return text;
        var reported = $"the trial reported {Numbers.Percent(landmark.Value)}";
        return curve.BandMonths.Count > 0 && IsOutside(curve, landmark) ? $"{text}; {reported}, outside the simulated range" : $"{text}; {reported}";
    }

    /// <summary>When CAR-T cells peak and when blasts fall below the limit of the assay, in the median over patients.</summary>
    public static string Kinetics(IReadOnlyList<KineticsBand> bands)
    {
        var parts = new List<string>();
        if (Band(bands, EndpointIds.CarCells) is { } car && PeakDay(car) is { } peak) parts.Add($"CAR-T cells peak on day {peak:0} in the median");
        if (Band(bands, EndpointIds.Blasts) is { Limit: > 0 } blasts)
        {
            var gone = Indices(blasts).Where(i => blasts.Days[i] <= Early && blasts.Q50[i] < blasts.Limit).Select(i => (double?)blasts.Days[i]).FirstOrDefault();
            parts.Add(gone is { } day
                ? $"{(parts.Count == 0 ? "M" : "m")}edian marrow blasts fall below {Numbers.Amount(blasts.Limit)}{blasts.Unit} by day {day:0}"
                : $"{(parts.Count == 0 ? "M" : "m")}edian marrow blasts stay above {Numbers.Amount(blasts.Limit)}{blasts.Unit} for three months");
        }
        return parts.Count == 0 ? "Course of the readouts" : string.Join("; ", parts);
    }

    /// <summary>How long the median patient keeps CAR-T cells that the assay sees.</summary>
    public static string Persistence(IReadOnlyList<KineticsBand> bands)
    {
        if (Band(bands, EndpointIds.CarCells) is not { Limit: > 0 } car || PeakDay(car) is not { } peak) return "What lasts";
        var lost = Indices(car).Where(i => car.Days[i] > peak && car.Q50[i] < car.Limit).Select(i => (double?)car.Days[i]).FirstOrDefault();
        var last = Indices(car).Select(i => car.Days[i]).LastOrDefault();
        return lost is { } day
            ? $"Median CAR-T cells fall below the limit of the assay {After(day)}"
            : $"Half of the patients still have CAR-T cells above the limit of the assay {After(last)}";
    }

    /// <summary>The lowest point of the median neutrophils.</summary>
    public static string Counts(IReadOnlyList<KineticsBand> bands)
    {
        if (Band(bands, EndpointIds.Neutrophils) is not { } anc) return "Blood counts";
        var early = Indices(anc).Where(i => anc.Days[i] <= Early).ToList();
        if (early.Count == 0) return "Blood counts";
        var lowest = early.MinBy(i => anc.Q50[i]);
        return $"Median neutrophils are lowest on day {anc.Days[lowest]:0}, at {Numbers.Amount(anc.Q50[lowest])}\u00a0×\u00a010⁹/L";
    }

    /// <summary>Share of CD19-negative relapses beside the published one.</summary>
    public static string Relapse(TrialSummary summary)
    {
        var negative = Events(summary, EndpointIds.Cd19NegativeRelapse);
        var all = negative + Events(summary, EndpointIds.Cd19PositiveRelapse);
        if (all == 0) return "No patient relapsed";
        var text = $"{Numbers.Percent((double)negative / all)} of relapses are CD19-negative";
        var row = Headlines.Find(summary, EndpointIds.Cd19NegativeRelapse);
        return row?.Published is { } published ? $"{text}; the trial reported {Numbers.Percent(published)}" : text;
    }

    /// <summary>Severe cytokine release beside the published share; says what is wrong where it is.</summary>
    public static string CytokineRelease(TrialSummary summary)
    {
        var row = Headlines.Find(summary, EndpointIds.SevereCytokineRelease);
        if (row?.Simulated is not { } simulated) return "Cytokine release";
        var share = Numbers.Percent(simulated);
        return (row.Published, row.Inside) switch
        {
            (null, _) => $"{share} have cytokine release of grade 3 or more",
            ({ } p, false) => $"Severe cytokine release is too {(p > simulated ? "rare" : "common")}: {share} reach grade 3, against {Numbers.Percent(p)} in the trial",
            ({ } p, _) => $"{share} have cytokine release of grade 3 or more; the trial reported {Numbers.Percent(p)}",
        };
    }

    private static string After(double days) => days > 2 * DaysPerMonth ? Sentences.At(Math.Round(days / DaysPerMonth)) : $"on day {days:0}";

    private static int Events(TrialSummary summary, string cause) => summary.Incidence.FirstOrDefault(c => c.Id == cause)?.Events ?? 0;

    private static KineticsBand? Band(IReadOnlyList<KineticsBand> bands, string id) => bands.FirstOrDefault(b => b.Id == id);

    private static IEnumerable<int> Indices(KineticsBand band) => Enumerable.Range(0, band.Days.Count).Where(i => band.N[i] > 0 && double.IsFinite(band.Q50[i]));

    private static double? PeakDay(KineticsBand band)
    {
        var seen = Indices(band).ToList();
        return seen.Count == 0 ? null : band.Days[seen.MaxBy(i => band.Q50[i])];
    }

    private static bool IsOutside(SurvivalResult curve, PublishedLandmark landmark) =>
        landmark.Value < Curves.At(curve.BandMonths, curve.BandLower, landmark.Months) || landmark.Value > Curves.At(curve.BandMonths, curve.BandUpper, landmark.Months);
}

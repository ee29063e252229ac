namespace Marrow.Trials.Clinical;

/// <summary>Reads the episode of cytokine release off a course: onset, end, peak and grades.</summary>
internal static class CrsAssessment
{
    /// <summary>Drugs that count as glucocorticoids given for cytokine release.</summary>
    private static readonly string[] _steroids = ["methylprednisolone", "dexamethasone", "prednisone"];

    /// <summary>The episode that begins first within the window; score and grades 0 without one.</summary>
    /// <param name="subject">The patient.</param>
    /// <param name="until">Day at which observation ends.</param>
    public static CytokineRelease Assess(Subject subject, double until)
    {
        var rules = subject.Protocol.Crs;
        var threshold = rules.Signs.Min(s => s.Value);
        var (days, scores) = Scores(subject, Math.Min(until, rules.EpisodeUntil));
        var care = subject.Course.Events.Doses.Where(d => d.ByRule && d.Day <= until).ToArray();
        var tocilizumab = care.Where(d => d.Drug == "tocilizumab").Select(d => d.Day).ToArray();
        var steroid = care.Any(d => _steroids.Contains(d.Drug));
        var first = scores.FindIndex(s => s >= threshold);
        var onset = first < 0 ? double.PositiveInfinity : Crossing(days, scores, first, threshold);
        if (onset > rules.OnsetUntil)
        {
            return new CytokineRelease
            {
                PeakScore = scores.Count > 0 ? scores.Max() : 0,
                Penn = 0,
                Astct = 0,
                Lee = 0,
                TocilizumabDays = tocilizumab,
                Steroid = steroid,
            };
        }

        var (last, end) = End(days, scores, first, threshold, rules.Gap);
        var peak = scores.GetRange(first, last - first + 1).Max();
        return new CytokineRelease
        {
            PeakScore = peak,
            Penn = CrsRules.Grade(rules.Penn, peak),
            Astct = CrsRules.Grade(rules.Astct, peak),
            Lee = CrsRules.Grade(rules.Lee, peak),
            OnsetDay = onset,
            DurationDays = end - onset,
            Signs = [.. rules.Signs.Where(s => peak >= s.Value).Select(s => s.Name)],
            TocilizumabDays = tocilizumab,
            Steroid = steroid,
        };
    }

    private static (List<double> Days, List<double> Scores) Scores(Subject subject, double until)
    {
        var column = subject.Course.Index(Readouts.Il6EffectivePgMl);
        var days = new List<double>();
        var scores = new List<double>();
        for (var row = subject.FirstRow(0); row < subject.Course.Times.Count && subject.Course.Times[row] <= until; row++)
        {
            days.Add(subject.Course.Times[row]);
            scores.Add(subject.Protocol.CrsScore(subject.Course.Value(column, row), subject.Patient.CrsResidual));
        }

        return (days, scores);
    }

    /// <summary>Last row of the episode, and the day on which the score falls below the threshold for longer than the gap (the last day if it never does).</summary>
    private static (int Last, double End) End(List<double> days, List<double> scores, int first, double threshold, double gap)
    {
        var last = first;
        for (var i = first + 1; i < scores.Count; i++)
        {
            if (scores[i] >= threshold) last = i;
            else if (days[i] - days[last] > gap) break;
        }

        return last + 1 < scores.Count ? (last, Crossing(days, scores, last + 1, threshold)) : (last, days[last]);
    }

    /// <summary>Day between rows <paramref name="row"/> - 1 and <paramref name="row"/> at which the score passes the threshold.</summary>
    private static double Crossing(List<double> days, List<double> scores, int row, double threshold) => row == 0
        ? days[0]
        : days[row - 1] + ((threshold - scores[row - 1]) / (scores[row] - scores[row - 1]) * (days[row] - days[row - 1]));
}

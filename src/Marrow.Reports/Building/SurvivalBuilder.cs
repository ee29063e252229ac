using Marrow.Reports.Model;
using Marrow.Reports.Words;
using Marrow.Trials.Endpoints;

namespace Marrow.Reports.Building;

/// <summary>A Kaplan-Meier figure.</summary>
internal static class SurvivalBuilder
{
    /// <summary>The figure of a curve in the model's view, with the trial's own views of the same endpoint.</summary>
    public static SurvivalData Build(SurvivalResult curve, TrialSummary summary, double followUpMonths)
    {
        var last = curve.Months.Count > 0 ? curve.Months[^1] : 0;
        var end = Math.Max(followUpMonths, last);
        var views = summary.TrialViewSurvival.Where(v => v.Id == curve.Id && v.Months.Count > 0).ToList();
        var finding = Findings.Survival(curve, followUpMonths);
        return new SurvivalData
        {
            Id = curve.Id,
            Label = curve.Label,
            Finding = finding,
            Spoken = $"Kaplan-Meier curve of {Sentences.Plural(curve.N, "simulated patient", "simulated patients")}. {finding}.",
            Note = Note(curve, views),
            N = curve.N,
            Events = curve.Events,
            BandN = curve.BandN,
            Months = end,
            Curve = Curves.Rows(Curves.Grid(curve.Months, End(curve, end)), curve.Months, curve.Survival, curve.Lower, curve.Upper),
            Band = Curves.Rows(Curves.Grid(curve.BandMonths, curve.BandMonths.Count > 0 ? curve.BandMonths[^1] : 0), curve.BandMonths, curve.BandLower, curve.BandUpper),
            AtRisk = [.. curve.AtRisk.Months.Zip(curve.AtRisk.AtRisk, (months, count) => new AtRiskData(months, count))],
            Published = [.. curve.Published.Select(p => new LandmarkData(p.Months, p.Value, p.Lower, p.Upper, p.Mark == Marks.Recalled))],
            PublishedCurve = curve.PublishedCurve is { } read ? [.. read.Months.Zip(read.Survival, (m, s) => (double[])[m, s]).Where(r => r[0] <= end)] : [],
            TrialViews = [.. views.Select(v => new TrialViewData(v.View, Curves.Rows(Curves.Grid(v.Months, v.Months[^1]), v.Months, v.Survival)))],
        };
    }

    /// <summary>The curve ends where the last patient is followed to: the last time at which the table has anybody at risk, or the last step.</summary>
    private static double End(SurvivalResult curve, double end)
    {
        var followed = curve.AtRisk.Months.Zip(curve.AtRisk.AtRisk).Where(r => r.Second > 0).Select(r => r.First).DefaultIfEmpty(0).Max();
        return Math.Min(end, Math.Max(followed, curve.Months.Count > 0 ? curve.Months[^1] : 0));
    }

    private static string Note(SurvivalResult curve, List<SurvivalResult> views)
    {
        var band = curve.BandMonths.Count > 0 ? $"; light band, where 90% of trials of {curve.BandN} patients would fall" : "";
        var recalled = curve.Published.Any(p => p.Mark == Marks.Recalled) ? " Published values are recalled and not verified." : "";
        var curveRead = curve.PublishedCurve is null ? "" : " Dashed: read off the published figure.";
        var seen = views.Select(v => Seen(v, curve)).Where(s => s.Length > 0).ToList();
        return $"Blue: {Sentences.Plural(curve.N, "simulated patient", "simulated patients")}, {Sentences.Plural(curve.Events, "event", "events")}; dark band, 95% confidence{band}."
            + (seen.Count > 0 ? $" Censored as the trial was: {Sentences.List(seen)}." : "") + curveRead + recalled;
    }

    /// <summary>Survival in one of the trial's views, at the last published time to which that view follows anybody.</summary>
    private static string Seen(SurvivalResult view, SurvivalResult curve)
    {
        var end = End(view, double.PositiveInfinity);
        var last = curve.Published.Where(p => p.Months <= end).Select(p => p.Months).DefaultIfEmpty(12 * Math.Floor(end / 12)).Max();
        return last <= 0 ? "" : $"{Numbers.Percent(Curves.At(view.Months, view.Survival, last))} {Sentences.At(last)} ({view.View.Replace('_', ' ')})";
    }
}

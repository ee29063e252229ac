using Marrow.Reports.Model;
using Marrow.Reports.Words;
using Marrow.Trials.Clinical;
using Marrow.Trials.Endpoints;
using Marrow.Trials.Studies;

namespace Marrow.Reports.Building;

/// <summary>Grades of cytokine release by scale, beside the published shares, and episodes by day.</summary>
internal static class CytokineReleaseBuilder
{
    private const int Severe = 3, Worst = 5, LastDay = 28;

    /// <summary>A scale of grades.</summary>
    internal sealed record Scale(string Id, string Name, Func<CytokineRelease, int> Grade);

    private static readonly Scale[] _scales = [new("penn", "Penn", c => c.Penn), new("astct", "ASTCT", c => c.Astct), new("lee", "Lee 2014", c => c.Lee)];

    /// <summary>The figure; null where nobody was graded.</summary>
    public static CytokineReleaseData? Build(ArmResult arm)
    {
        var summary = arm.Summary;
        var graded = summary.CrsGrades.Where(g => g.Counts.Sum() > 0).ToList();
        if (graded.Count == 0) return null;
        var published = new[] { (Grade: 1, Id: EndpointIds.AnyCytokineRelease), (Grade: Severe, Id: EndpointIds.SevereCytokineRelease) }
            .Select(p => (p.Grade, Row: Headlines.Find(summary, p.Id)))
            .Where(p => p.Row?.Published is not null)
            .Select(p => new PublishedGrade(p.Grade, p.Row!.Published!.Value, p.Row.PublishedLower, p.Row.PublishedUpper)).ToList();
        var publishedScale = published.Count == 0 ? null : ScaleOfEndpoints(summary, graded);
        var dayScale = publishedScale ?? Of(graded[0].Scale);
        return new(
            Findings.CytokineRelease(summary),
            "Episodes last from the first sign to the last. " + (published.Count > 0 ? "The trial's report gives the shares of any grade and of grade 3 or more." : "The trial's report gives no grades."),
            graded[0].Counts.Sum(), publishedScale?.Name ?? "",
            [.. graded.Select(g => new GradeScaleData(Of(g.Scale).Name, [.. g.Counts.Select(c => (double)c / g.Counts.Sum())]))],
            published, ByDay(arm, dayScale), dayScale.Name);
    }

    /// <summary>The scale on which figures of single patients grade: that of the endpoint table.</summary>
    internal static Scale ScaleOf(TrialSummary summary)
    {
        var graded = summary.CrsGrades.Where(g => g.Counts.Sum() > 0).ToList();
        return graded.Count == 0 ? _scales[0] : ScaleOfEndpoints(summary, graded);
    }

    private static Scale Of(string id) => Array.Find(_scales, s => s.Id == id) ?? new(id, id, c => c.Penn);

    /// <summary>The scale on which the endpoint table grades: the one that its label names, else the first.</summary>
    private static Scale ScaleOfEndpoints(TrialSummary summary, List<GradeDistribution> graded)
    {
        var label = (Headlines.Find(summary, EndpointIds.SevereCytokineRelease) ?? Headlines.Find(summary, EndpointIds.AnyCytokineRelease))?.Label ?? "";
        return Array.Find(_scales, s => label.Contains(s.Id, StringComparison.OrdinalIgnoreCase)) ?? Of(graded[0].Scale);
    }

    private static List<double[]> ByDay(ArmResult arm, Scale scale)
    {
        var infused = arm.Outcomes.Count(o => o.Infused);
        var episodes = arm.Outcomes.Select(o => o.CytokineRelease).OfType<CytokineRelease>().Where(c => c.OnsetDay is not null && scale.Grade(c) > 0)
            .Select(c => (Start: c.OnsetDay!.Value, End: c.OnsetDay!.Value + (c.DurationDays ?? 0), Grade: Math.Min(Worst, scale.Grade(c)))).ToList();
        var rows = new List<double[]>(LastDay + 1);
        for (var day = 0; infused > 0 && day <= LastDay; day++)
        {
            var row = new double[Worst + 1];
            row[0] = day;
            foreach (var episode in episodes.Where(e => e.Start < day + 1 && e.End >= day)) row[episode.Grade] += 1.0 / infused;
            rows.Add(row);
        }
        return rows;
    }
}

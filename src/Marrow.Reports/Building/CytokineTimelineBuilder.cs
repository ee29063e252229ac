using Marrow.Numerics.Statistics;
using Marrow.Reports.Model;
using Marrow.Reports.Words;
using Marrow.Trials.Clinical;
using Marrow.Trials.Studies;

namespace Marrow.Reports.Building;

/// <summary>Cytokines by the worst grade of cytokine release, and the times of the episodes.</summary>
internal static class CytokineTimelineBuilder
{
    private const int LastDay = 28;

    /// <summary>Fewest patients of whom quartiles are drawn.</summary>
    private const int Fewest = 5;

    private static readonly string[] _cytokines = ["il6", "ifng", "il10"];

    private static readonly (string Name, int From, int To)[] _grades = [("no signs", 0, 0), ("grade 1–2", 1, 2), ("grade 3–5", 3, 5)];

    /// <summary>The figure; null where nobody was graded.</summary>
    public static CytokinesData? Build(ArmResult arm)
    {
        PatientOutcome[] graded = [.. arm.Outcomes.Where(o => o.Infused && o.CytokineRelease is not null)];
        if (graded.Length == 0) return null;
        var scale = CytokineReleaseBuilder.ScaleOf(arm.Summary);
        var bands = arm.Summary.Kinetics;
        var series = _cytokines.SelectMany(id => Enumerable.Range(0, bands.Count).Where(s => bands[s].Id == id && bands[s].Days.Count > 0))
            .Select(s => new CytokineSeries(bands[s].Id, bands[s].Label, bands[s].Unit, bands[s].Limit,
                [.. _grades.Select(g => Group(g, graded.Where(o => Within(scale.Grade(o.CytokineRelease!), g)), s, bands[s].Days)).Where(g => g.Rows.Count > 0)]))
            .Where(s => s.Groups.Count > 0).ToList();
        CytokineRelease[] episodes = [.. graded.Select(o => o.CytokineRelease!).Where(c => c.OnsetDay is not null)];
        var onset = episodes.Length == 0 ? (double?)null : Quantiles.Of([.. episodes.Select(c => c.OnsetDay!.Value)], 0.5)[0];
        var treated = episodes.Length == 0 ? 0 : (double)episodes.Count(c => c.TocilizumabDays.Count > 0) / episodes.Length;
        return new(PatientFindings.Release(onset, treated),
            "Lines: medians; bands: middle half of the patients of a group. Cytokines are the model's levels; groups are by the worst grade.",
            scale.Name, series, new(episodes.Length, episodes.Length == 0 ? [] : Times(episodes)));
    }

    private static bool Within(int grade, (string Name, int From, int To) group) => grade >= group.From && grade <= group.To;

    private static GradeGroup Group((string Name, int From, int To) group, IEnumerable<PatientOutcome> patients, int series, IReadOnlyList<double> days)
    {
        PatientOutcome[] followed = [.. patients.Where(o => o.Kinetics.Count > series)];
        var rows = new List<double[]>();
        for (var i = 0; i < days.Count && days[i] <= LastDay; i++)
        {
            double[] values = [.. followed.Select(o => o.Kinetics[series][i]).Where(double.IsFinite)];
            if (values.Length < Fewest) break;
            rows.Add([days[i], .. Quantiles.Of(values, 0.25, 0.5, 0.75)]);
        }
        return new(group.Name, group.From, followed.Length, rows);
    }

    private static List<double[]> Times(CytokineRelease[] episodes)
    {
        double By(double day, Func<CytokineRelease, double?> time) => (double)episodes.Count(c => time(c) <= day) / episodes.Length;
        return [.. Enumerable.Range(0, LastDay + 1).Select(day => (double[])
        [
            day, By(day, c => c.OnsetDay), By(day, c => c.TocilizumabDays.Count > 0 ? c.TocilizumabDays[0] : null), By(day, c => c.OnsetDay + c.DurationDays),
        ])];
    }
}

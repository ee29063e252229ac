using Marrow.Reports.Model;
using Marrow.Trials.Clinical;
using Marrow.Trials.Endpoints;

namespace Marrow.Reports.Building;

/// <summary>Courses of single patients: of all, or of as many as a report can hold.</summary>
internal static class CoursesBuilder
{
    /// <summary>Characters of all courses of an arm together, so that a report of 10,000 patients stays under 10 MB.</summary>
    private const int MostCharacters = 5_000_000;

    /// <summary>The courses; null where none was kept.</summary>
    public static CoursesData? Build(IReadOnlyList<PatientOutcome> infused, IReadOnlyList<KineticsBand> bands)
    {
        int[] shown = [.. Enumerable.Range(0, bands.Count).Where(s => bands[s].Days.Count > 0)];
        var followed = infused.Where(o => o.Kinetics.Count == bands.Count && Length(o, shown) > 0).ToList();
        if (followed.Count == 0) return null;
        var every = Every(followed.Sum(o => 2L * shown.Length * Length(o, shown)));
        var kept = followed.Where((_, i) => i % every == 0).ToList();
        var series = shown.Select(s => Series(bands[s], kept.SelectMany(o => o.Kinetics[s].Take(Length(o, shown))))).ToArray();
        return new CoursesData
        {
            Days = shown.Select(s => bands[s].Days).MaxBy(d => d.Count)!,
            Series = series,
            Patients = [.. kept.Select(o => o.Patient.Id)],
            Texts = [.. kept.Select(o => CourseText.Write(shown.SelectMany((s, i) =>
                o.Kinetics[s].Take(Length(o, shown)).Select(v => CourseText.Level(v, series[i].Lower, series[i].Upper, series[i].Logarithmic)))))],
        };
    }

    /// <summary>Every how many patients a course is kept, if all would take so many characters: 1 for all.</summary>
    internal static int Every(long characters) => (int)Math.Max(1, (characters + MostCharacters - 1) / MostCharacters);

    /// <summary>Points up to the end of observation: the same in every series.</summary>
    private static int Length(PatientOutcome outcome, int[] shown) =>
        shown.Length == 0 ? 0 : shown.Min(s => outcome.Kinetics[s].TakeWhile(double.IsFinite).Count());

    private static CourseSeries Series(KineticsBand band, IEnumerable<double> values)
    {
        var (lower, upper) = (double.PositiveInfinity, double.NegativeInfinity);
        foreach (var value in values) (lower, upper) = (Math.Min(lower, value), Math.Max(upper, value));
        return new(band.Id, band.Label, band.Unit, band.Logarithmic, band.Limit, lower, upper);
    }
}

using Marrow.Reports.Model;
using Marrow.Reports.Words;
using Marrow.Trials.Clinical;
using Marrow.Trials.Endpoints;
using Marrow.Trials.Studies;

namespace Marrow.Reports.Building;

/// <summary>Single patients: response and its depth, what happened when, and the course of the readouts.</summary>
internal static class PatientsBuilder
{
    /// <summary>Days within which the depth of response is looked for; the figure of the first months shows as many.</summary>
    internal const double DepthDays = 91;

    private const double PerCent = 100;

    private static readonly string[] _groups = ["Not evaluable", "No response", "Partial response", "Remission, not MRD-negative", "Remission, MRD-negative"];

    private static readonly DeathCause[] _causes = Enum.GetValues<DeathCause>();

    private sealed record Column(string Name, Func<PatientOutcome, double?> Value, int Decimals = 0);

    /// <summary>The patients; null where nobody was infused.</summary>
    public static PatientsData? Build(ArmResult arm, Clock clock)
    {
        PatientOutcome[] infused = [.. arm.Outcomes.Where(o => o.Infused)];
        if (infused.Length == 0) return null;
        var scale = CytokineReleaseBuilder.ScaleOf(arm.Summary);
        var bands = arm.Summary.Kinetics;
        var depth = DepthOf(bands);
        Column[] columns = [new("patient", o => o.Patient.Id), new("group", o => Group(o)), new("depth_log10", depth, 2), .. _events, .. Release(scale), .. _covariates];
        var courses = CoursesBuilder.Build(infused, bands);
        return new PatientsData
        {
            Finding = PatientFindings.Depth(infused.CountBy(Group).ToDictionary(), infused.Length),
            Note = "Deepest marrow blasts within three months against those at enrolment. The model's own value is shown, also below what an assay sees.",
            CourseNote = PatientFindings.Kept(courses?.Patients.Count ?? 0, infused.Length, clock),
            Groups = _groups,
            DeathCauses = [.. _causes.Select(PatientFindings.Cause)],
            Scale = scale.Name,
            Columns = [.. columns.Select(c => c.Name)],
            Rows = [.. infused.Select(o => (double?[])[.. columns.Select(c => c.Value(o) is { } v && double.IsFinite(v) ? Math.Round(v, c.Decimals) : (double?)null)])],
            Courses = courses,
        };
    }

    /// <summary>Index of a patient's group: response and, in remission, residual disease.</summary>
    private static int Group(PatientOutcome outcome) => outcome.BestResponse switch
    {
        Response.NotEvaluable => 0,
        Response.NoResponse => 1,
        Response.PR => 2,
        _ => outcome.MrdNegative ? 4 : 3,
    };

    private static Func<PatientOutcome, double?> DepthOf(IReadOnlyList<KineticsBand> bands)
    {
        var index = bands.Select((band, i) => (band, i)).Where(b => b.band.Id == EndpointIds.Blasts).Select(b => b.i).FirstOrDefault(-1);
        if (index < 0) return _ => null;
        var points = bands[index].Days.Count(d => d <= DepthDays);
        return outcome =>
        {
            if (outcome.Kinetics.Count <= index || outcome.Patient.EntryBlastShare <= 0) return null;
            var seen = outcome.Kinetics[index].Take(points).Where(v => v > 0).DefaultIfEmpty(double.NaN).Min();
            return Math.Log10(seen / (PerCent * outcome.Patient.EntryBlastShare));
        };
    }

    private static readonly Column[] _events =
    [
        new("remission", o => o.RemissionDay), new("relapse", o => o.RelapseDay), new("relapse_cd19_negative", o => o.RelapseType is { } type ? (type == RelapseType.Cd19Negative ? 1 : 0) : null),
        new("new_therapy", o => o.NewTherapyDay), new("salvage", o => o.Salvage?.StartDay), new("transplant", o => o.TransplantDay), new("death", o => o.DeathDay),
        new("death_cause", o => o.DeathCause is { } cause ? Array.IndexOf(_causes, cause) : null), new("last", o => o.LastDay),
        new("event_free_months", o => o.View(ClinicalProtocol.ModelView)?.Efs.Months, 2), new("event", o => o.View(ClinicalProtocol.ModelView)?.Efs.Event is { } seen ? (seen ? 1 : 0) : null),
        new("cells_last", o => o.Car?.LastQuantifiableDay), new("aplasia_from", o => o.AplasiaStartDay), new("aplasia_to", o => o.AplasiaEndDay),
    ];

    private static Column[] Release(CytokineReleaseBuilder.Scale scale) =>
    [
        new("crs_grade", o => o.CytokineRelease is { } release ? scale.Grade(release) : null),
        new("crs_from", o => o.CytokineRelease?.OnsetDay, 1), new("crs_days", o => o.CytokineRelease?.DurationDays, 1),
        new("tocilizumab", o => o.CytokineRelease?.TocilizumabDays is { Count: > 0 } days ? days[0] : null, 1),
    ];

    private static readonly Column[] _covariates =
    [
        new("age", o => o.Patient.AgeYears, 1), new("female", o => o.Patient.Sex == Sex.Female ? 1 : 0), new("weight", o => o.Patient.WeightKg),
        new("prior_lines", o => o.Patient.PriorLines), new("prior_transplant", o => o.Patient.PriorTransplant ? 1 : 0), new("blasts_at_enrolment", o => PerCent * o.Patient.EntryBlastShare, 1),
    ];
}

using Marrow.Trials.Clinical;
using Marrow.Trials.Endpoints;
using Marrow.Trials.Studies;
using static Marrow.Tests.Reports.ExampleResults;

namespace Marrow.Tests.Reports;

/// <summary>Invented patients with a known course, for the figures of single patients.</summary>
internal static class ExamplePatients
{
    /// <summary>An infused patient in remission from day 28, followed for three years unless something ends that.</summary>
    public static PatientOutcome Patient(int id, double? relapse = null, double? death = null, double? aplasiaEnd = null, bool mrdNegative = true, int grade = 0, double eventMonths = 36)
    {
        var seen = relapse is not null || death is not null;
        var time = new TimeToEvent(seen ? Math.Min(relapse ?? double.MaxValue, death ?? double.MaxValue) / Study.DaysPerMonth : eventMonths, seen);
        var outcome = Outcome(id, onset: grade > 0 ? 3 : null, grade: grade);
        return outcome with
        {
            BestResponse = Response.CR,
            RemissionDay = 28,
            MrdNegative = mrdNegative,
            RelapseDay = relapse,
            RelapseType = relapse is null ? null : RelapseType.Cd19Negative,
            DeathDay = death,
            DeathCause = death is null ? null : DeathCause.Leukaemia,
            LastDay = death ?? 1096,
            AplasiaStartDay = 14,
            AplasiaEndDay = aplasiaEnd,
            OsFromEnrolment = new(death is { } day ? day / Study.DaysPerMonth : 36, death is not null),
            Views = [new SurvivalView { View = ClinicalProtocol.ModelView, Os = time, Efs = time }],
        };
    }

    /// <summary>The usual results with these patients in one arm, or in several.</summary>
    public static StudyResult StudyOf(params IReadOnlyList<PatientOutcome>[] arms)
    {
        var result = Result();
        return result with
        {
            Arms = [.. arms.Select((outcomes, i) => new ArmResult($"Arm {i + 1}", outcomes, Usual() with { Kinetics = [] }))],
            Comparisons = ArmComparer.Compare([.. arms.Select((outcomes, i) => new ComparedArm($"Arm {i + 1}", outcomes))], result.Study.Parts.Clinical, null, 1),
        };
    }
}

using Marrow.Reports.Model;
using Marrow.Reports.Words;
using Marrow.Trials.Clinical;
using Marrow.Trials.Endpoints;
using Marrow.Trials.Studies;
using Marrow.Trials.Survival;

namespace Marrow.Reports.Building;

/// <summary>Arms against each other: log-rank test, hazard ratios by Cox, power, subgroups.</summary>
internal static class ComparisonBuilder
{
    private sealed record Seen(PatientCovariates Covariates, SurvivalObservation Observation);

    /// <summary>One comparison an endpoint; none with one arm.</summary>
    public static IReadOnlyList<ComparisonData> Build(StudyResult result) => [.. result.Comparisons.Select(c => Build(c, result))];

    private static ComparisonData Build(ArmComparison comparison, StudyResult result)
    {
        var ratios = comparison.Hazards.Select(Ratio).ToList();
        var first = ratios.FirstOrDefault(r => r.Hazard is not null);
        var label = Label(comparison, Clock.Of(result.Study));
        return new ComparisonData
        {
            Id = comparison.Id,
            Label = label,
            Finding = first is null ? label : PatientFindings.Arms(first.Arm, first.Reference, first.Hazard!.Ratio, first.Hazard.Lower, first.Hazard.Upper, label),
            Note = "The arms hold the same virtual patients. Test and interval take them as independent, which makes the interval wider than it need be; both narrow as more patients are simulated, so the power of a trial of a stated size, and where the ratio of such a trial would fall, are given instead of a verdict. Research use only.",
            LogRank = comparison.Test is { } test ? new(test.ChiSquared, test.DegreesOfFreedom, test.PValue) : null,
            Ratios = ratios,
            Subgroups = result.Arms.Count == 2 ? Forest(comparison, label, result.Arms) : null,
        };
    }

    /// <summary>The endpoint with its clock, which the name of survival from enrolment holds already.</summary>
    private static string Label(ArmComparison comparison, Clock clock) =>
        comparison.Id == EndpointIds.AliveFromEnrolment ? comparison.Label : $"{comparison.Label} from {clock.Start}";

    private static ArmRatio Ratio(ArmHazard hazard) => new(
        hazard.Arm, hazard.Reference, hazard.Ratio is { } r ? SubgroupBuilder.Ratio(r) : null, hazard.Power, hazard.TrialN,
        hazard is { Lower: { } lower, Upper: { } upper } ? [lower, upper] : null,
        hazard.Published is { } p ? new(p.Value, p.Lower, p.Upper, p.Interval, p.Mark == Marks.Recalled) : null);

    private static ForestData Forest(ArmComparison comparison, string label, IReadOnlyList<ArmResult> arms)
    {
        Seen[][] seen = [.. arms.Select(arm => Observed(comparison.Id, arm))];
        ForestRow Row(string covariate, string level, Func<PatientCovariates, bool> inLevel)
        {
            SurvivalObservation[][] some = [.. seen.Select(s => s.Where(p => inLevel(p.Covariates)).Select(p => p.Observation).ToArray())];
            var ratio = some.Any(s => s.Length == 0) ? null : ArmComparer.Hazard(some[0], some[1]);
            return new(covariate, level, some.Sum(s => s.Length), some.Sum(s => s.Count(o => o.Event)), false, ratio is null ? null : SubgroupBuilder.Ratio(ratio), null, null);
        }

        List<ForestRow> rows =
        [
            Row("All patients", "", _ => true),
            .. Subgroups.Of([.. seen.SelectMany(s => s).Select(s => s.Covariates)]).SelectMany(split => new[] { (Name: split.Reference, In: false), (Name: split.Level, In: true) }
                .Select(level => Row(split.Covariate, level.Name, c => split.InLevel(c) == level.In))),
        ];
        return new(comparison.Id, label, $"{label} by subgroup",
            $"Hazard ratio of {arms[1].Name} to {arms[0].Name} (Cox) with 95% confidence interval, in all patients and by subgroup. Below 1: fewer events with {arms[1].Name}.",
            "Ages, lines and blasts are split at the median. Subgroups overlap, and many comparisons find differences by chance. Research use only.", rows);
    }

    private static Seen[] Observed(string endpoint, ArmResult arm) =>
        [.. arm.Outcomes.Select(o => (o.Patient, Time: TimeOf(endpoint, o))).Where(o => o.Time is not null)
            .Select(o => new Seen(o.Patient, new(o.Time!.Value.Months, o.Time.Value.Event)))];

    private static TimeToEvent? TimeOf(string endpoint, PatientOutcome outcome) => endpoint switch
    {
        EndpointIds.AliveFromEnrolment => outcome.OsFromEnrolment,
        EndpointIds.EventFree => outcome.View(ClinicalProtocol.ModelView)?.Efs,
        _ => outcome.View(ClinicalProtocol.ModelView)?.Os,
    };
}

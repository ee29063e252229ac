using Marrow.Reports.Model;
using Marrow.Reports.Words;
using Marrow.Trials.Clinical;
using Marrow.Trials.Studies;
using Marrow.Trials.Survival;

namespace Marrow.Reports.Building;

/// <summary>Arms against each other: log-rank test, hazard ratios by Cox, power, subgroups.</summary>
internal static class ComparisonBuilder
{
    private sealed record Endpoint(string Id, string Label, Func<PatientOutcome, TimeToEvent?> Of);

    private sealed record Seen(int Arm, PatientCovariates Covariates, SurvivalObservation Observation);

    private static readonly Endpoint[] _endpoints =
    [
        new(EndpointIds.AliveFromEnrolment, "Overall survival from enrolment", o => o.OsFromEnrolment),
        new(EndpointIds.EventFree, "Event-free survival from infusion", o => o.View(ClinicalProtocol.ModelView)?.Efs),
        new(EndpointIds.Alive, "Overall survival from infusion", o => o.View(ClinicalProtocol.ModelView)?.Os),
    ];

    /// <summary>One comparison an endpoint; none with one arm.</summary>
    public static IReadOnlyList<ComparisonData> Build(StudyResult result) =>
        result.Arms.Count < 2 ? [] : [.. _endpoints.Select(e => Compare(e, result.Arms)).OfType<ComparisonData>()];

    private static ComparisonData? Compare(Endpoint endpoint, IReadOnlyList<ArmResult> arms)
    {
        Seen[] seen = [.. arms.SelectMany((arm, i) => arm.Outcomes.Select(o => (o.Patient, Time: endpoint.Of(o))).Where(o => o.Time is not null)
            .Select(o => new Seen(i, o.Patient, new(o.Time!.Value.Months, o.Time.Value.Event))))];
        if (seen.Select(s => s.Arm).Distinct().Count() < arms.Count || !seen.Any(s => s.Observation.Event)) return null;
        var trial = arms.Max(a => a.Summary.PredictionN);
        var ratios = Enumerable.Range(1, arms.Count - 1).Select(i => Against(arms, i, [.. seen.Where(s => s.Arm == 0 || s.Arm == i)], trial)).ToList();
        var first = ratios.FirstOrDefault(r => r.Hazard is not null);
        return new ComparisonData
        {
            Id = endpoint.Id,
            Label = endpoint.Label,
            Finding = first is null ? endpoint.Label : PatientFindings.Arms(first.Arm, first.Reference, first.Hazard!.Ratio, first.Hazard.Lower, first.Hazard.Upper, endpoint.Label),
            Note = "The arms hold the same virtual patients. Test and interval take them as independent, which makes the interval wider than it need be; both narrow as more patients are simulated, so the power of a trial of a stated size is given instead of a verdict. Research use only.",
            LogRank = Test(seen),
            Ratios = ratios,
            Subgroups = arms.Count == 2 ? Forest(endpoint, arms, seen) : null,
        };
    }

    private static LogRankData? Test(Seen[] seen)
    {
        try
        {
            var test = LogRank.Test([.. seen.Select(s => s.Observation)], [.. seen.Select(s => s.Arm)]);
            return new(test.ChiSquared, test.DegreesOfFreedom, test.PValue);
        }
        catch (ArgumentException)
        {
            // Arms that are never at risk of an event together cannot be tested; the curves still show them.
            return null;
        }
    }

    private static ArmRatio Against(IReadOnlyList<ArmResult> arms, int arm, Seen[] seen, int trial)
    {
        var hazard = Hazard(seen, arm);
        var share = (double)seen.Count(s => s.Observation.Event) / seen.Length;
        double? power = hazard is null || trial == 0 ? null : LogRankDesign.Power(share * trial, hazard.Ratio);
        return new(arms[arm].Name, arms[0].Name, hazard, power, trial);
    }

    /// <summary>Hazard ratio of an arm to the first; null where there is none.</summary>
    private static RatioData? Hazard(IReadOnlyList<Seen> seen, int arm)
    {
        var covariates = new double[seen.Count, 1];
        for (var i = 0; i < seen.Count; i++) covariates[i, 0] = seen[i].Arm == arm ? 1 : 0;
        var fit = CoxRegression.Fit([.. seen.Select(s => s.Observation)], ["arm"], covariates);
        return fit.Problem is null ? SubgroupBuilder.Ratio(fit.Coefficients[0]) : null;
    }

    private static ForestData Forest(Endpoint endpoint, IReadOnlyList<ArmResult> arms, Seen[] seen)
    {
        ForestRow Row(string covariate, string level, Seen[] some) =>
            new(covariate, level, some.Length, some.Count(s => s.Observation.Event), false, Hazard(some, 1), null, null);
        var splits = Subgroups.Of([.. seen.Select(s => s.Covariates)]);
        List<ForestRow> rows =
        [
            Row("All patients", "", seen),
            .. splits.SelectMany(split => new[] { (Name: split.Reference, In: false), (Name: split.Level, In: true) }
                .Select(level => Row(split.Covariate, level.Name, [.. seen.Where(s => split.InLevel(s.Covariates) == level.In)]))),
        ];
        return new(endpoint.Id, endpoint.Label, $"{endpoint.Label} by subgroup",
            $"Hazard ratio of {arms[1].Name} to {arms[0].Name} (Cox) with 95% confidence interval, in all patients and by subgroup. Below 1: fewer events with {arms[1].Name}.",
            "Ages, lines and blasts are split at the median. Subgroups overlap, and many comparisons find differences by chance. Research use only.", rows);
    }
}

using Marrow.Reports.Model;
using Marrow.Reports.Words;
using Marrow.Trials.Clinical;
using Marrow.Trials.Studies;
using Marrow.Trials.Survival;

namespace Marrow.Reports.Building;

/// <summary>Hazard ratios of event-free survival by what was known before treatment.</summary>
internal static class SubgroupBuilder
{
    private const double AtMonths = 12;
    private const double Clear = 0.05;

    private sealed record Patient(PatientCovariates Covariates, SurvivalObservation Observation);

    /// <summary>The forest of an arm; null without events or without two levels of anything.</summary>
    public static ForestData? Build(ArmResult arm, Clock clock)
    {
        Patient[] patients = [.. arm.Outcomes.Where(o => o.Infused).Select(o => (o.Patient, View: o.View(ClinicalProtocol.ModelView))).Where(o => o.View is not null)
            .Select(o => new Patient(o.Patient, new(o.View!.Efs.Months, o.View.Efs.Event)))];
        var splits = Subgroups.Of([.. patients.Select(p => p.Covariates)]);
        if (splits.Count == 0 || !patients.Any(p => p.Observation.Event)) return null;
        var together = Fit(patients, splits);
        var rows = splits.SelectMany((split, i) => Rows(patients, split, together.Problem is null ? Ratio(together.Coefficients[i]) : null)).ToList();
        var clearest = rows.Where(r => r.Ratio is { PValue: < Clear }).MinBy(r => r.Ratio!.PValue);
        var left = together.Problem is null ? "" : $" No adjusted ratios: {together.Problem}.";
        return new(
            EndpointIds.EventFree, "Event-free survival", PatientFindings.Subgroups(clearest is null ? null : $"{clearest.Covariate.ToLowerInvariant()} {clearest.Level}", clearest?.Ratio!.Ratio ?? 1),
            "Hazard ratios of event-free survival (Cox) with 95% confidence intervals: each covariate alone, and adjusted for the others. Above 1: more events than in the reference.",
            $"{Sentences.Plural(patients.Length, $"{clock.Treated} patient", $"{clock.Treated} patients")}. Ages, lines and blasts are split at the median of these patients. The interval narrows as more patients are simulated; it says nothing about how true the model is.{left}",
            rows);
    }

    private static IEnumerable<ForestRow> Rows(Patient[] patients, Split split, RatioData? adjusted)
    {
        var alone = Fit(patients, [split]);
        foreach (var inLevel in new[] { false, true })
        {
            SurvivalObservation[] level = [.. patients.Where(p => split.InLevel(p.Covariates) == inLevel).Select(p => p.Observation)];
            yield return new(split.Covariate, inLevel ? split.Level : split.Reference, level.Length, level.Count(o => o.Event), !inLevel,
                inLevel && alone.Problem is null ? Ratio(alone.Coefficients[0]) : null, inLevel ? adjusted : null, KaplanMeier.Estimate(level).At(AtMonths)?.Survival);
        }
    }

    private static CoxFit Fit(Patient[] patients, IReadOnlyList<Split> splits)
    {
        var covariates = new double[patients.Length, splits.Count];
        for (var i = 0; i < patients.Length; i++)
        {
            for (var j = 0; j < splits.Count; j++) covariates[i, j] = splits[j].InLevel(patients[i].Covariates) ? 1 : 0;
        }
        return CoxRegression.Fit([.. patients.Select(p => p.Observation)], [.. splits.Select(s => s.Covariate)], covariates);
    }

    /// <summary>A coefficient as the page shows it.</summary>
    internal static RatioData Ratio(CoxCoefficient coefficient) => new(coefficient.HazardRatio, coefficient.Limits.Lower, coefficient.Limits.Upper, coefficient.PValue);
}

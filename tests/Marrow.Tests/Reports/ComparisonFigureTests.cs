using Marrow.Reports.Building;
using Marrow.Reports.Model;
using Marrow.Trials.Clinical;
using Marrow.Trials.Survival;
using static Marrow.Tests.Reports.ExamplePatients;

namespace Marrow.Tests.Reports;

public sealed class ComparisonFigureTests
{
    [Fact]
    public void One_arm_is_compared_with_nothing() => Assert.Empty(ReportBuilder.Build(StudyOf(Arm(0.05))).Comparisons);

    [Fact]
    public void Two_arms_are_compared_by_log_rank_and_by_the_hazard_ratio_of_cox()
    {
        var (first, second) = (Arm(0.02), Arm(0.06));
        var comparison = ReportBuilder.Build(StudyOf(first, second)).Comparisons.Single(c => c.Id == "efs");
        SurvivalObservation[] all = [.. first.Concat(second).Select(o => new SurvivalObservation(o.Views[0].Efs.Months, o.Views[0].Efs.Event))];
        int[] groups = [.. first.Select(_ => 0).Concat(second.Select(_ => 1))];
        var covariates = new double[all.Length, 1];
        for (var i = 0; i < all.Length; i++) covariates[i, 0] = groups[i];
        var cox = CoxRegression.Fit(all, ["arm"], covariates).Coefficients[0];
        var ratio = Assert.Single(comparison.Ratios);
        Assert.Equal((cox.HazardRatio, cox.Limits.Lower, cox.PValue), (ratio.Hazard!.Ratio, ratio.Hazard.Lower, ratio.Hazard.PValue));
        Assert.Equal(LogRank.Test(all, groups).ChiSquared, comparison.LogRank!.ChiSquared);
        Assert.True(ratio.Hazard.Lower > 1, $"three times the hazard, yet the interval begins at {ratio.Hazard.Lower}");
        Assert.InRange(ratio.Power!.Value, 0.05, 1);
        Assert.Equal("All patients", comparison.Subgroups!.Rows[0].Covariate);
        Assert.Equal(comparison.Subgroups.Rows[0].N, comparison.Subgroups.Rows.Where(r => r.Covariate == "Sex").Sum(r => r.N));
    }

    [Fact]
    public void Three_arms_are_each_compared_with_the_first()
    {
        var comparison = ReportBuilder.Build(StudyOf(Arm(0.02), Arm(0.04), Arm(0.08))).Comparisons[0];
        Assert.Equal([("Arm 2", "Arm 1"), ("Arm 3", "Arm 1")], comparison.Ratios.Select(r => (r.Arm, r.Reference)));
        Assert.Equal(2, comparison.LogRank!.DegreesOfFreedom);
        Assert.Null(comparison.Subgroups);
    }

    [Fact]
    public void Arms_without_an_event_are_not_compared() =>
        Assert.Empty(ReportBuilder.Build(StudyOf([Patient(0), Patient(1)], [Patient(0), Patient(1)])).Comparisons);

    [Fact]
    public void A_covariate_that_raises_the_hazard_stands_out_in_the_forest()
    {
        // Girls relapse at 3 months, boys at 12: nobody else differs.
        PatientOutcome[] patients = [.. Enumerable.Range(0, 60).Select(i => Person(Patient(i, relapse: (i % 2 == 0 ? 90 : 360) + i), i % 2 == 0 ? Sex.Female : Sex.Male, 5 + (i / 2 % 10)))];
        var forest = ReportBuilder.Build(StudyOf(patients)).Arms[0].Subgroups!;
        var rows = forest.Rows.Where(r => r.Covariate == "Sex").ToList();
        Assert.Equal([(true, 30), (false, 30)], rows.Select(r => (r.Reference, r.N)));
        // Complete separation has no finite ratio: it is left out, not drawn at the edge.
        Assert.Null(rows[1].Ratio);
        Assert.Equal(2, forest.Rows.Count(r => r.Covariate == "Age"));
        // Everybody was transplanted before: no two levels, no line.
        Assert.DoesNotContain(forest.Rows, r => r.Covariate == "Transplant before");
        ForestRow Age(bool reference) => forest.Rows.Single(r => r.Covariate == "Age" && r.Reference == reference);
        Assert.Equal(60, Age(true).N + Age(false).N);
        Assert.StartsWith("under 1", Age(true).Level, StringComparison.Ordinal);
    }

    /// <summary>Sixty patients of an arm whose events come with a constant hazard a month: the quantiles of that law, so that nothing is left to chance.</summary>
    private static PatientOutcome[] Arm(double hazard) =>
        [.. Enumerable.Range(0, 60).Select(i => (i, Months: -Math.Log(1 - ((i + 0.5) / 60)) / hazard))
            .Select(p => Person(p.Months < 36 ? Patient(p.i, relapse: p.Months * 30.4375) : Patient(p.i), p.i % 3 == 0 ? Sex.Female : Sex.Male, 4 + (p.i % 17)))];

    private static PatientOutcome Person(PatientOutcome outcome, Sex sex, double age) => outcome with { Patient = outcome.Patient with { Sex = sex, AgeYears = age } };
}

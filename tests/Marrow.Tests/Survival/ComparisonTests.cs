using System.Text.Json;
using Marrow.Numerics.Random;
using Marrow.Trials.Survival;

namespace Marrow.Tests.Survival;

public sealed class ComparisonTests
{
    [Theory]
    [InlineData("aml", "logrank", 0)]
    [InlineData("aml", "peto_peto_rho1", 1)]
    [InlineData("lung", "logrank", 0)]
    [InlineData("lung", "peto_peto_rho1", 1)]
    public void Log_rank_tests_are_those_of_R(string set, string key, double rho)
    {
        var (observations, groups, _) = ReferenceData.Load(set);
        var expected = ReferenceData.Expected(set, key);
        var result = LogRank.Test(observations, groups, rho: rho);
        Assert.Equal(1, result.DegreesOfFreedom);
        ReferenceData.AssertClose([expected.GetProperty("chisq").GetDouble(), expected.GetProperty("p").GetDouble()], [result.ChiSquared, result.PValue], 1e-12);
        ReferenceData.AssertClose(ReferenceData.Numbers(expected.GetProperty("observed")), result.Observed, 1e-12);
        ReferenceData.AssertClose(ReferenceData.Numbers(expected.GetProperty("expected")), result.Expected, 1e-12);
    }

    [Theory]
    [InlineData("aml", TiesMethod.Efron, "cox_efron")]
    [InlineData("aml", TiesMethod.Breslow, "cox_breslow")]
    [InlineData("lung", TiesMethod.Efron, "cox_efron")]
    [InlineData("lung", TiesMethod.Breslow, "cox_breslow")]
    public void Proportional_hazards_of_one_covariate_are_those_of_R(string set, TiesMethod ties, string key)
    {
        var (observations, groups, _) = ReferenceData.Load(set);
        AssertFit(ReferenceData.Expected(set, key), CoxRegression.Fit(observations, ["group"], Columns(Array.ConvertAll(groups, g => (double)g)), ties: ties));
    }

    [Fact]
    public void Proportional_hazards_of_three_covariates_are_those_of_R()
    {
        var (observations, _, _) = ReferenceData.Load("lung");
        var columns = new[] { "age", "sex", "ph.ecog" }.Select(name => ReferenceData.Column("lung", name)).ToArray();
        var complete = Enumerable.Range(0, observations.Length).Where(i => columns.All(c => !double.IsNaN(c[i]))).ToArray();
        var fit = CoxRegression.Fit([.. complete.Select(i => observations[i])], ["age", "sex", "ph.ecog"], Columns([.. columns.Select(c => complete.Select(i => c[i]).ToArray())]));
        AssertFit(ReferenceData.Expected("lung", "cox_multi"), fit);
    }

    [Fact]
    public void Without_ties_the_stratified_score_test_is_the_stratified_log_rank_test()
    {
        var (observations, groups, strata) = Simulated(120, hazardRatio: 1.7);
        var covariates = Columns(Array.ConvertAll(groups, g => (double)g));
        var fit = CoxRegression.Fit(observations, ["arm"], covariates, strata);
        var test = LogRank.Test(observations, groups, strata);
        Assert.Equal(test.ChiSquared, fit.Score.ChiSquared, 1e-10);
        Assert.NotEqual(LogRank.Test(observations, groups).ChiSquared, test.ChiSquared, 1e-3);
    }

    [Fact]
    public void Three_groups_are_tested_on_two_degrees_and_their_names_do_not_matter()
    {
        var (observations, _, strata) = Simulated(90, hazardRatio: 2);
        var result = LogRank.Test(observations, strata);
        var renamed = LogRank.Test(observations, Array.ConvertAll(strata, s => (s + 1) % 3));
        Assert.Equal(2, result.DegreesOfFreedom);
        Assert.Equal(result.ChiSquared, renamed.ChiSquared, 1e-11);
        Assert.Equal(result.Observed.Sum(), result.Expected.Sum(), 1e-11);
    }

    [Fact]
    public void A_second_stratum_with_the_same_patients_keeps_the_estimate_and_halves_its_variance()
    {
        var (observations, groups, _) = ReferenceData.Load("aml");
        double[] x = Array.ConvertAll(groups, g => (double)g);
        var once = CoxRegression.Fit(observations, ["x"], Columns(x)).Coefficients[0];
        var twice = CoxRegression.Fit([.. observations, .. observations], ["x"], Columns([.. x, .. x]),
            [.. Enumerable.Repeat(0, x.Length), .. Enumerable.Repeat(1, x.Length)]).Coefficients[0];
        Assert.Equal(once.Estimate, twice.Estimate, 1e-10);
        Assert.Equal(once.StandardError / Math.Sqrt(2), twice.StandardError, 1e-10);
    }

    [Fact]
    public void Shifting_and_scaling_a_covariate_scales_its_coefficient_only()
    {
        var (observations, groups, _) = ReferenceData.Load("lung");
        double[] x = Array.ConvertAll(groups, g => (double)g);
        var plain = CoxRegression.Fit(observations, ["x"], Columns(x));
        var moved = CoxRegression.Fit(observations, ["x"], Columns(Array.ConvertAll(x, v => 1e6 + (1000 * v))));
        Assert.Equal(plain.Coefficients[0].Estimate, 1000 * moved.Coefficients[0].Estimate, 1e-8);
        Assert.Equal(plain.LogLikelihood, moved.LogLikelihood, 1e-8);
    }

    [Fact]
    public void A_fit_that_cannot_exist_names_the_covariate_and_the_remedy()
    {
        SurvivalObservation[] patients = [new(1, true), new(2, true), new(3, true), new(4, true), new(5, false), new(6, false)];
        double[] early = [1, 1, 1, 0, 0, 0];
        double[] other = [2, 7, 1, 8, 3, 5];
        var separated = CoxRegression.Fit(patients, ["other", "early"], Columns(other, [1, 1, 1, 1, 0, 0]));
        Assert.Contains("'early' goes to infinity", separated.Problem, StringComparison.Ordinal);
        Assert.Empty(separated.Coefficients);
        var protectedGroup = CoxRegression.Fit(patients, ["late"], Columns([0, 0, 0, 0, 1, 1]));
        Assert.Contains("'late' goes to minus infinity", protectedGroup.Problem, StringComparison.Ordinal);
        Assert.Contains("'twin' is constant, or a combination", CoxRegression.Fit(patients, ["other", "early", "twin"], Columns(other, early, Array.ConvertAll(other, v => 3 - v))).Problem, StringComparison.Ordinal);
        Assert.Contains("'same' is constant", CoxRegression.Fit(patients, ["same"], Columns([4, 4, 4, 4, 4, 4])).Problem, StringComparison.Ordinal);
        Assert.Contains("no event", CoxRegression.Fit([new(1, false), new(2, false)], ["x"], Columns([0, 1])).Problem, StringComparison.Ordinal);
        var notANumber = Assert.Throws<ArgumentException>(() => CoxRegression.Fit(patients, ["x"], Columns([0, 1, double.NaN, 1, 0, 1])));
        Assert.Contains("'x' of observation 2", notANumber.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Groups_that_cannot_be_compared_are_refused()
    {
        Assert.Throws<ArgumentException>(() => LogRank.Test([new(1, true), new(2, true)], [0, 0]));
        Assert.Throws<ArgumentException>(() => LogRank.Test([new(1, true), new(2, true)], [0]));
    }

    [Fact]
    public void The_planned_power_is_met_by_simulated_trials()
    {
        const int Trials = 2000, Patients = 200;
        var planned = LogRankDesign.Power(Patients, 1.5);
        var rejected = Enumerable.Range(0, Trials).Count(i => LogRank.Test(Simulated(Patients, 1.5, (ulong)i).Observations, Groups(Patients)).PValue < 0.05);
        // Schoenfeld's formula is a limit: four standard errors of the simulation, and 2 % for the approximation.
        var tolerance = (4 * Math.Sqrt(planned * (1 - planned) / Trials)) + 0.02;
        Assert.InRange((double)rejected / Trials, planned - tolerance, planned + tolerance);
    }

    [Fact]
    public void Events_required_and_power_invert_each_other()
    {
        // Schoenfeld's example of the method: hazard ratio 2, equal arms, 80 % power at 5 % two-sided needs 65.3 events.
        Assert.Equal(4 * Math.Pow((1.959963984540054 + 0.841621233572914) / Math.Log(2), 2), LogRankDesign.EventsRequired(2, 0.8), 1e-10);
        Assert.Equal(0.9, LogRankDesign.Power(LogRankDesign.EventsRequired(0.7, 0.9, 0.01, 0.25), 0.7, 0.01, 0.25), 1e-12);
    }

    private static void AssertFit(JsonElement expected, CoxFit fit)
    {
        // Newton's method is iterated to rounding; R stops at a relative change of 1e-9 of the likelihood, hence the published 1e-6.
        const double Tolerance = 1e-6;
        void Close(string name, IEnumerable<double> actual) => ReferenceData.AssertClose(ReferenceData.Numbers(expected.GetProperty(name)), actual, Tolerance);
        Assert.Null(fit.Problem);
        Close("n", [fit.Subjects]);
        Close("nevent", [fit.Events]);
        Close("coef", fit.Coefficients.Select(c => c.Estimate));
        Close("se", fit.Coefficients.Select(c => c.StandardError));
        Close("hr", fit.Coefficients.Select(c => c.HazardRatio));
        Close("hr_lower", fit.Coefficients.Select(c => c.Limits.Lower));
        Close("hr_upper", fit.Coefficients.Select(c => c.Limits.Upper));
        Close("wald_p", fit.Coefficients.Select(c => c.PValue));
        Close("loglik_null", [fit.LogLikelihoodNull]);
        Close("loglik", [fit.LogLikelihood]);
        Close("lrt", [fit.LikelihoodRatio.ChiSquared]);
        Close("lrt_p", [fit.LikelihoodRatio.PValue]);
        Close("score", [fit.Score.ChiSquared]);
        Close("score_p", [fit.Score.PValue]);
        Close("wald", [fit.Wald.ChiSquared]);
        Assert.All(Enumerable.Range(0, fit.Coefficients.Count), i => Assert.Equal(fit.Coefficients[i].StandardError, Math.Sqrt(fit.Covariance[i, i])));
    }

    /// <summary>Exponential times, all observed, without ties; two arms in turn, three strata of different hazard.</summary>
    private static (SurvivalObservation[] Observations, int[] Groups, int[] Strata) Simulated(int patients, double hazardRatio, ulong trial = 0)
    {
        var strata = Enumerable.Range(0, patients).Select(i => trial == 0 ? i % 3 : 0).ToArray();
        var groups = Groups(patients);
        var observations = Enumerable.Range(0, patients).Select(i => new SurvivalObservation(
            new RandomKey(trial, Purpose.Of("survival"), (ulong)i).Stream().Exponential((1 + strata[i]) * (groups[i] == 1 ? hazardRatio : 1)), true));
        return ([.. observations], groups, strata);
    }

    private static int[] Groups(int patients) => [.. Enumerable.Range(0, patients).Select(i => i % 2)];

    private static double[,] Columns(params double[][] columns)
    {
        var table = new double[columns[0].Length, columns.Length];
        for (var i = 0; i < columns[0].Length; i++)
        {
            for (var j = 0; j < columns.Length; j++)
                table[i, j] = columns[j][i];
        }

        return table;
    }
}

using FsCheck;
using FsCheck.Fluent;
using Marrow.Trials.Survival;

namespace Marrow.Tests.Survival;

public sealed class KaplanMeierTests
{
    /// <summary>R prints 15 digits.</summary>
    private const double Printed = 1e-13;

    [Theory]
    [InlineData("aml")]
    [InlineData("lung")]
    public void Curves_errors_and_limits_are_those_of_R(string set)
    {
        var (observations, groups, names) = ReferenceData.Load(set);
        var logLogLower = ReferenceData.Numbers(ReferenceData.Expected(set, "loglog/lower"));
        var logLogUpper = ReferenceData.Numbers(ReferenceData.Expected(set, "loglog/upper"));
        var before = 0;
        for (var g = 0; g < names.Length; g++)
        {
            var group = Group(observations, groups, g);
            var expected = ReferenceData.Expected(set, $"km/{names[g]}");
            double[] Expected(string name) => ReferenceData.Numbers(expected.GetProperty(name));
            var log = KaplanMeier.Estimate(group, SurvivalScale.Log).Points.Where(p => p.Events > 0).ToArray();
            ReferenceData.AssertClose(Expected("time"), log.Select(p => p.Time), 0);
            ReferenceData.AssertClose(Expected("n_risk"), log.Select(p => (double)p.AtRisk), 0);
            ReferenceData.AssertClose(Expected("n_event"), log.Select(p => (double)p.Events), 0);
            ReferenceData.AssertClose(Expected("surv"), log.Select(p => p.Survival), Printed);
            ReferenceData.AssertClose(Expected("std_err"), log.Select(p => p.StandardError), Printed);
            ReferenceData.AssertClose(Expected("lower_log"), log.Select(p => p.Limits.Lower), Printed);
            ReferenceData.AssertClose(Expected("upper_log"), log.Select(p => p.Limits.Upper), Printed);

            var logLog = KaplanMeier.Estimate(group).Points.Where(p => p.Events > 0).ToArray();
            ReferenceData.AssertClose(logLogLower[before..(before + logLog.Length)], logLog.Select(p => p.Limits.Lower), Printed);
            ReferenceData.AssertClose(logLogUpper[before..(before + logLog.Length)], logLog.Select(p => p.Limits.Upper), Printed);
            before += logLog.Length;
        }

        Assert.Equal(logLogLower.Length, before);
    }

    [Theory]
    [InlineData("aml")]
    [InlineData("lung")]
    public void Medians_and_restricted_means_are_those_of_R(string set)
    {
        var (observations, groups, names) = ReferenceData.Load(set);
        var horizon = ReferenceData.Number(ReferenceData.Expected(set, "rmst_tau"));
        for (var g = 0; g < names.Length; g++)
        {
            var curve = KaplanMeier.Estimate(Group(observations, groups, g), SurvivalScale.Log);
            var expected = ReferenceData.Expected(set, $"median/{names[g]}");
            double?[] median = [curve.Median().Time, curve.Median().Lower, curve.Median().Upper];
            ReferenceData.AssertClose([.. new[] { "median", "lcl", "ucl" }.Select(n => ReferenceData.Number(expected.GetProperty(n)))], median.Select(m => m ?? double.NaN), 0);
            Assert.Equal(expected.GetProperty("n").GetInt32(), curve.Subjects);
            Assert.Equal(expected.GetProperty("events").GetInt32(), curve.Events);

            var mean = curve.RestrictedMean(horizon);
            Assert.NotNull(mean);
            Assert.Equal(ReferenceData.Numbers(ReferenceData.Expected(set, "rmst"))[g], mean.Value.Mean, 1e-10);
            Assert.Equal(ReferenceData.Numbers(ReferenceData.Expected(set, "rmst_se"))[g], mean.Value.StandardError, 1e-10);
        }
    }

    [Fact]
    public void Medians_with_log_log_limits_are_where_the_printed_limits_cross_one_half()
    {
        var (observations, groups, _) = ReferenceData.Load("aml");
        // R's log-log limits on the maintained arm: lower 0.508 at 9 and 0.447 at 13; upper still 0.525 at the last event.
        Assert.Equal(new SurvivalQuantile(31, 13, null), KaplanMeier.Estimate(Group(observations, groups, 0)).Median());
        // The other arm: lower 0.482 at 5; upper 0.561 at 30 and 0.461 at 33.
        Assert.Equal(new SurvivalQuantile(23, 5, 33), KaplanMeier.Estimate(Group(observations, groups, 1)).Median());
    }

    [Fact]
    public void Landmarks_and_risk_tables_read_the_curve_between_its_steps()
    {
        var curve = KaplanMeier.Estimate(Patients((1, true), (2, false), (3, true), (3, false), (5, false)));
        Assert.Equal([5, 5, 4, 4, 3, 1, 1, 0], new[] { 0, 1, 1.5, 2, 3, 4, 5, 5.5 }.Select(curve.AtRisk));
        Assert.Equal(1, curve.At(0.5)!.Value.Survival);
        Assert.Equal(0.8, curve.At(2.5)!.Value.Survival, 1e-15);
        Assert.Equal(0, curve.At(2.5)!.Value.Events);
        Assert.Equal(0.8 * 2 / 3, curve.At(5)!.Value.Survival, 1e-15);
        Assert.Null(curve.At(5.1));
        Assert.Null(curve.RestrictedMean(6));
        Assert.Equal(1 + (0.8 * 2) + (0.8 * 2 / 3 * 1), curve.RestrictedMean(4)!.Value.Mean, 1e-15);
        Assert.Equal(0, KaplanMeier.Estimate(Patients((1, true), (2, true))).At(9)!.Value.Survival);
    }

    [Fact]
    public void A_curve_level_at_one_half_has_its_median_in_the_middle_of_the_step()
    {
        Assert.Equal(2.5, KaplanMeier.Estimate(Patients((1, true), (2, true), (3, true), (4, true))).Median().Time);
        Assert.Equal(5, KaplanMeier.Estimate(Patients((1, true), (2, true), (6, false), (8, false))).Median().Time);
        Assert.Null(KaplanMeier.Estimate(Patients((1, true), (2, false), (6, false))).Median().Time);
    }

    [Fact]
    public void Without_censoring_the_curve_is_the_share_alive_with_binomial_variance() => Prop.ForAll(
        Gen.Choose(1, 40).NonEmptyListOf().ToArbitrary(), times =>
        {
            double n = times.Count;
            var curve = KaplanMeier.Estimate(times.Select(t => new SurvivalObservation(t, true)));
            return curve.Points.All(p =>
            {
                var alive = times.Count(t => t > p.Time) / n;
                return Math.Abs(p.Survival - alive) < 1e-13
                    && (alive == 0 ? double.IsNaN(p.StandardError) : Math.Abs(p.StandardError - Math.Sqrt(alive * (1 - alive) / n)) < 1e-13);
            });
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void Impossible_input_is_refused_with_its_place()
    {
        var error = Assert.Throws<ArgumentException>(() => KaplanMeier.Estimate(Patients((1, true), (-2, true))));
        Assert.Contains("observation 1 has time -2", error.Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => KaplanMeier.Estimate(Patients((double.NaN, true))));
        Assert.Throws<ArgumentException>(() => KaplanMeier.Estimate([]));
    }

    private static SurvivalObservation[] Patients(params (double Time, bool Event)[] patients) => [.. patients.Select(p => new SurvivalObservation(p.Time, p.Event))];

    private static SurvivalObservation[] Group(SurvivalObservation[] observations, int[] groups, int group) => [.. observations.Where((_, i) => groups[i] == group)];
}

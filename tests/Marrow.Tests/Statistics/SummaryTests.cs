using FsCheck;
using FsCheck.Fluent;
using Marrow.Numerics.Random;
using Marrow.Numerics.Statistics;

namespace Marrow.Tests.Statistics;

public sealed class SummaryTests
{
    [Theory]
    [InlineData(0, 1)]
    [InlineData(0.1, 1.5)]
    [InlineData(0.5, 3.5)]
    [InlineData(0.9, 9.0)]
    [InlineData(1, 11)]
    public void Quantiles_are_those_of_type_seven(double probability, double expected) =>
        // By definition on 1, 2, 3, 4, 7, 11: position (n - 1) p = 5 p.
        Assert.Equal(expected, Quantiles.Of([4, 1, 11, 2, 7, 3], probability)[0], 1e-14 * expected);

    [Fact]
    public void Quantiles_pass_through_values_that_are_not_reached()
    {
        Assert.Equal([2.0, double.PositiveInfinity, double.PositiveInfinity], Quantiles.Of([1, double.PositiveInfinity, 2, double.PositiveInfinity, double.PositiveInfinity], 0.25, 0.5, 0.4));
        Assert.Throws<ArgumentException>(() => Quantiles.Median([1, double.NaN]));
        Assert.Throws<ArgumentException>(() => Quantiles.Median([]));
    }

    /// <summary>Published exact intervals of trials: responders, patients, limits as printed.</summary>
    [Theory]
    [InlineData(65, 79, 0.721, 0.900, 3)]
    [InlineData(39, 55, 0.57, 0.82, 2)]
    [InlineData(28, 54, 0.38, 0.66, 2)]
    [InlineData(88, 109, 0.721, 0.877, 3)]
    [InlineData(32, 109, 0.210, 0.388, 3)]
    public void Exact_intervals_are_those_that_trials_print(int successes, int trials, double lower, double upper, int digits)
    {
        var interval = Proportions.ClopperPearson(successes, trials);
        Assert.Equal(lower, Math.Round(interval.Lower, digits));
        Assert.Equal(upper, Math.Round(interval.Upper, digits));
    }

    [Fact]
    public void Exact_limits_leave_half_of_alpha_in_the_binomial_tail() => Prop.ForAll(
        Gen.Choose(1, 200).SelectMany(n => Gen.Choose(0, n).Select(k => (k, n))).ToArbitrary(), pair =>
        {
            var (k, n) = pair;
            double Probability(int from, int to, double p) => Enumerable.Range(from, to - from + 1).Sum(i => Math.Exp(CountProbabilities.LogBinomial(i, n, p)));
            var (lower, upper) = Proportions.ClopperPearson(k, n, 0.9);
            return (k == 0 ? lower == 0 : Math.Abs(Probability(k, n, lower) - 0.05) < 1e-9)
                && (k == n ? upper == 1 : Math.Abs(Probability(0, k, upper) - 0.05) < 1e-9);
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void Limits_of_no_success_have_their_closed_form()
    {
        Assert.Equal(1 - Math.Pow(0.025, 1.0 / 20), Proportions.ClopperPearson(0, 20).Upper, 1e-14);
        // 1 - 0.975^(1/n) with x = -log(0.975)/n is x - x^2/2 to 1e-15; the incomplete beta function loses digits to log-gammas near 1e7.
        var x = -Math.Log(0.975) / 1e6;
        Assert.Equal(x - (x * x / 2), Proportions.ClopperPearson(1, 1_000_000).Lower, 1e-9 * x);
    }

    [Fact]
    public void Wilson_limits_solve_the_score_equation() => Prop.ForAll(
        Gen.Choose(1, 300).SelectMany(n => Gen.Choose(0, n).Select(k => (k, n))).ToArbitrary(), pair =>
        {
            var (k, n) = pair;
            const double Z = 1.959963984540054;
            double Excess(double p) => Math.Abs(((double)k / n) - p) - (Z * Math.Sqrt(p * (1 - p) / n));
            var (lower, upper) = Proportions.Wilson(k, n);
            return Math.Abs(Excess(lower)) < 1e-12 && Math.Abs(Excess(upper)) < 1e-12 && lower < upper;
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void Geometric_mean_and_variation_are_those_of_the_logarithms()
    {
        var summary = GeometricSummary.Of([Math.Exp(1), Math.Exp(2), Math.Exp(3)]);
        Assert.Equal(3, summary.Count);
        Assert.Equal(Math.Exp(2), summary.Mean, 1e-14);
        Assert.Equal(Math.Sqrt(Math.E - 1), summary.CoefficientOfVariation, 1e-14);
        Assert.Contains("0", Assert.Throws<ArgumentException>(() => GeometricSummary.Of([1, 0])).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Predicted_response_rates_of_a_small_trial_spread_as_the_binomial_does()
    {
        // 600 of 1,000 respond; of 55 drawn the rate has standard deviation sqrt(0.6 0.4/55) = 0.0661.
        var key = new RandomKey(1, Purpose.Of("prediction"));
        var result = Resampling.Predict(1000, 55, 4000, key, drawn => drawn.Count(i => i < 600) / 55.0);
        Assert.Equal(0.6, result.Median, 1.0 / 55);
        // The exact binomial 2.5 and 97.5 % quantiles are 26 and 40 of 55; resampling may move each by one patient.
        Assert.InRange(result.Interval.Lower * 55, 25 - 1e-9, 27 + 1e-9);
        Assert.InRange(result.Interval.Upper * 55, 39 - 1e-9, 41 + 1e-9);
        Assert.Equal(0, result.Undefined);
    }

    [Fact]
    public void Resamples_are_keyed_and_count_where_the_statistic_is_not_defined()
    {
        var key = new RandomKey(1, Purpose.Of("prediction"));
        double Rate(int[] drawn) => drawn.Contains(0) ? drawn.Count(i => i == 0) : double.NaN;
        var result = Resampling.Predict(3, 2, 300, key, Rate);
        Assert.Equal(result, Resampling.Predict(3, 2, 300, key, Rate));
        // Nobody numbered 0 in (2/3)^2 of the resamples: four standard deviations of that count.
        Assert.InRange(result.Undefined, (300 * 4 / 9) - 35, (300 * 4 / 9) + 35);
        var never = Resampling.Predict(3, 2, 5, key, _ => double.NaN);
        Assert.Equal(5, never.Undefined);
        Assert.True(double.IsNaN(never.Median));
    }

    [Fact]
    public void Several_statistics_share_their_resamples()
    {
        var key = new RandomKey(2, Purpose.Of("prediction"));
        double Smallest(int[] drawn) => drawn.Min();
        double Largest(int[] drawn) => drawn.Max();
        var together = Resampling.PredictAll(50, 9, 200, key, 2, (drawn, values) => (values[0], values[1]) = (Smallest(drawn), Largest(drawn)), 0.9);
        Assert.Equal([Resampling.Predict(50, 9, 200, key, Smallest, 0.9), Resampling.Predict(50, 9, 200, key, Largest, 0.9)], together);
    }
}

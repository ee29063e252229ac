using FsCheck;
using FsCheck.Fluent;
using Marrow.Numerics.Statistics;

namespace Marrow.Tests.Statistics;

public sealed class NormalDistributionTests
{
    /// <summary>Computed with 60 decimal digits from the series and the continued fraction.</summary>
    [Theory]
    [InlineData(-37.25, 5.29788877992726884033e-304)]
    [InlineData(-20, 2.75362411860623369508e-89)]
    [InlineData(-8.5, 9.47953482220331835415e-18)]
    [InlineData(-5, 2.86651571879193911674e-7)]
    [InlineData(-2.75, 2.97976323505455675429e-3)]
    [InlineData(-2.5, 6.20966532577613516698e-3)]
    [InlineData(-2.25, 1.22244726550447031526e-2)]
    [InlineData(-1, 1.58655253931457051415e-1)]
    [InlineData(-0.125, 4.50261775169887107021e-1)]
    [InlineData(0.5, 6.91462461274013103638e-1)]
    [InlineData(1.5, 9.33192798731141933996e-1)]
    [InlineData(2.625, 9.95667551636987441374e-1)]
    [InlineData(4, 9.99968328758166880079e-1)]
    public void Probability_and_quantile_agree_with_long_arithmetic(double x, double probability)
    {
        Assert.InRange(NormalDistribution.Cumulative(x) / probability, 1 - 1e-13, 1 + 1e-13);
        // dx = dp / density: half a unit in the last place of p, amplified, and AS 241's own 1e-15.
        var tolerance = (Math.Pow(2, -53) * probability / NormalDistribution.Density(x)) + (2e-15 * (1 + Math.Abs(x)));
        Assert.InRange(NormalDistribution.Quantile(probability), x - tolerance, x + tolerance);
    }

    [Fact]
    public void Quantiles_end_at_infinity_and_are_not_defined_outside()
    {
        Assert.Equal(double.NegativeInfinity, NormalDistribution.Quantile(0));
        Assert.Equal(double.PositiveInfinity, NormalDistribution.Quantile(1));
        Assert.True(double.IsNaN(NormalDistribution.Quantile(-0.1)) && double.IsNaN(NormalDistribution.Quantile(double.NaN)));
        Assert.Equal(0, NormalDistribution.Cumulative(double.NegativeInfinity));
        Assert.Equal(1, NormalDistribution.Cumulative(double.PositiveInfinity));
    }

    [Fact]
    public void The_distribution_is_symmetric_and_increasing() => Prop.ForAll(Gen.Choose(-380_000, 380_000).Select(i => i / 10_000.0).ToArbitrary(), x =>
        Math.Abs(NormalDistribution.Cumulative(x) + NormalDistribution.Cumulative(-x) - 1) <= 4e-16
        && NormalDistribution.Cumulative(x) <= NormalDistribution.Cumulative(x + 1e-4)).QuickCheckThrowOnFailure();

    [Theory]
    [InlineData(0, 1, 1, 3)]
    [InlineData(0, 1, -3, -1)]
    [InlineData(5, 2, 30, 31)]
    [InlineData(1, 0.2, double.NegativeInfinity, 0.5)]
    public void Truncated_quantiles_run_from_bound_to_bound_and_leave_the_right_probability_below(double mean, double sd, double lower, double upper)
    {
        double Below(double x) => NormalDistribution.Cumulative((x - mean) / sd);
        double Above(double x) => NormalDistribution.Cumulative((mean - x) / sd);
        foreach (var p in new[] { 1e-9, 0.25, 0.5, 0.9 })
        {
            var x = NormalDistribution.TruncatedQuantile(p, mean, sd, lower, upper);
            Assert.InRange(x, lower, upper);
            var share = lower > mean ? (Above(lower) - Above(x)) / (Above(lower) - Above(upper)) : (Below(x) - Below(lower)) / (Below(upper) - Below(lower));
            Assert.InRange(share, p - 1e-12, p + 1e-12);
        }

        Assert.Equal(upper, NormalDistribution.TruncatedQuantile(1, mean, sd, lower, upper), 1e-12 * Math.Abs(upper));
    }
}

using Marrow.Numerics.Statistics;

namespace Marrow.Tests.Statistics;

public sealed class GammaDistributionTests
{
    /// <summary>With shape n a sum of n exponential variables: P(X > x) = exp(-x/s) sum over k below n of (x/s)^k / k!.</summary>
    [Theory]
    [InlineData(0.1, 2)]
    [InlineData(3, 2)]
    [InlineData(40, 0.7)]
    public void A_whole_shape_gives_the_distribution_of_Erlang(double x, double scale)
    {
        var (term, sum) = (1.0, 0.0);
        for (var shape = 1; shape <= 6; shape++)
        {
            sum += term;
            Assert.Equal(1 - Math.Exp(-x / scale) * sum, GammaDistribution.Cumulative(x, shape, scale), 1e-13);
            Assert.Equal(Math.Log(term / scale) - x / scale, GammaDistribution.LogDensity(x, shape, scale), 1e-12);
            term *= x / scale / shape;
        }
    }

    [Fact]
    public void Nothing_lies_below_zero_and_shape_and_scale_lie_above()
    {
        Assert.Equal(0, GammaDistribution.Cumulative(-1, 2, 3));
        Assert.Equal(double.NegativeInfinity, GammaDistribution.LogDensity(-1, 2, 3));
        Assert.Equal(-Math.Log(3), GammaDistribution.LogDensity(0, 1, 3), 1e-15);
        Assert.Throws<ArgumentOutOfRangeException>(() => GammaDistribution.Cumulative(1, 0, 3));
        Assert.Throws<ArgumentOutOfRangeException>(() => GammaDistribution.LogDensity(1, 2, 0));
    }
}

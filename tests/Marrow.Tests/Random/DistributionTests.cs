using Marrow.Numerics.Random;
using Marrow.Numerics.Statistics;
using MathNet.Numerics.Distributions;

namespace Marrow.Tests.Random;

public sealed class DistributionTests
{
    private const int Draws = 20_000;

    /// <summary>Kolmogorov's distance exceeds 2.23/sqrt(n) for one seed in 10,000.</summary>
    private const double CriticalDistance = 2.23;

    /// <summary>A way to draw, and the distribution function that the draws must have.</summary>
    public static TheoryData<string, Func<RandomKey, double>, Func<double, double>> Continuous => new()
    {
        { "uniform", k => k.Stream().Uniform(2, 5), x => (x - 2) / 3 },
        { "normal", k => k.Stream().Normal(1, 2), x => Normal.CDF(1, 2, x) },
        { "truncated normal", k => k.Stream().TruncatedNormal(1, 2, 0, 3), x => (Normal.CDF(1, 2, x) - Normal.CDF(1, 2, 0)) / (Normal.CDF(1, 2, 3) - Normal.CDF(1, 2, 0)) },
        { "far upper tail", k => k.Stream().TruncatedNormal(0, 1, 9, double.PositiveInfinity), x => 1 - (Normal.CDF(0, 1, -x) / Normal.CDF(0, 1, -9)) },
        { "lognormal", k => k.Stream().LogNormal(3, 0.7), x => Normal.CDF(Math.Log(3), 0.7, Math.Log(x)) },
        { "exponential", k => k.Stream().Exponential(0.4), x => 1 - Math.Exp(-0.4 * x) },
        { "logistic", k => k.Stream().Logistic(2, 0.5), x => 1 / (1 + Math.Exp(-(x - 2) / 0.5)) },
        { "gamma of large shape", k => k.Stream().Gamma(7.5, 2), x => Gamma.CDF(7.5, 0.5, x) },
        { "gamma of small shape", k => k.Stream().Gamma(0.3, 2), x => Gamma.CDF(0.3, 0.5, x) },
        { "beta", k => k.Stream().Beta(2, 5), x => Beta.CDF(2, 5, x) },
        { "beta of small shapes", k => k.Stream().Beta(0.2, 0.4), x => Beta.CDF(0.2, 0.4, x) },
    };

    [Theory]
    [MemberData(nameof(Continuous))]
    public void Draws_have_their_distribution(string name, Func<RandomKey, double> draw, Func<double, double> cumulative)
    {
        var values = new double[Draws];
        for (var i = 0; i < Draws; i++)
            values[i] = draw(new RandomKey(11, Purpose.Of(name), (ulong)i));
        Array.Sort(values);
        double distance = 0;
        for (var i = 0; i < Draws; i++)
        {
            var expected = cumulative(values[i]);
            distance = Math.Max(distance, Math.Max(expected - ((double)i / Draws), ((i + 1.0) / Draws) - expected));
        }

        Assert.True(distance < CriticalDistance / Math.Sqrt(Draws), $"{name}: distance {distance}");
    }

    [Theory]
    [InlineData(0.02)]
    [InlineData(4.5)]
    [InlineData(9.999)]
    [InlineData(10.0)]
    [InlineData(37.3)]
    [InlineData(2500.0)]
    public void Poisson_counts_have_their_probabilities(double mean) =>
        AssertProbabilities($"Poisson {mean}", stream => stream.Poisson(mean), k => CountProbabilities.LogPoisson(k, mean), mean, Math.Sqrt(mean));

    [Theory]
    [InlineData(1L, 0.3)]
    [InlineData(40L, 0.1)]
    [InlineData(25L, 0.45)]
    [InlineData(60L, 0.8)]
    [InlineData(1000L, 0.37)]
    [InlineData(1_000_000_000L, 3e-9)]
    public void Binomial_counts_have_their_probabilities(long trials, double probability) =>
        AssertProbabilities($"Binomial {trials} {probability}", stream => stream.Binomial(trials, probability),
            k => k > trials ? double.NegativeInfinity : CountProbabilities.LogBinomial(k, trials, probability),
            trials * probability, Math.Sqrt(trials * probability * (1 - probability)));

    [Theory]
    [InlineData(1e9)]
    [InlineData(1e15)]
    public void Huge_counts_have_mean_and_variance(double mean)
    {
        var stream = new RandomKey(13, Purpose.Of("huge"), (ulong)mean).Stream();
        var poisson = new double[Draws];
        var binomial = new double[Draws];
        for (var i = 0; i < Draws; i++)
        {
            poisson[i] = (stream.Poisson(mean) - mean) / Math.Sqrt(mean);
            binomial[i] = (stream.Binomial((long)(2 * mean), 0.5) - mean) / Math.Sqrt(mean / 2);
        }

        foreach (var standardised in new[] { poisson, binomial })
        {
            // Four standard errors of a mean, 1/sqrt(n), and of a variance, sqrt(2/n).
            Assert.InRange(standardised.Average(), -4 / Math.Sqrt(Draws), 4 / Math.Sqrt(Draws));
            Assert.InRange(standardised.Average(z => z * z), 1 - (4 * Math.Sqrt(2.0 / Draws)), 1 + (4 * Math.Sqrt(2.0 / Draws)));
        }
    }

    [Fact]
    public void Certain_counts_are_certain()
    {
        var stream = new RandomKey(1, 1).Stream();
        Assert.Equal(0, stream.Poisson(0));
        Assert.Equal(0, stream.Binomial(12, 0));
        Assert.Equal(12, stream.Binomial(12, 1));
        Assert.Equal(0, stream.Binomial(0, 0.4));
    }

    /// <summary>Chi-squared over the cells with five or more expected draws, the rest pooled.</summary>
    private static void AssertProbabilities(string name, Func<RandomStream, long> draw, Func<double, double> logProbability, double mean, double sd)
    {
        var observed = new Dictionary<long, int>();
        for (var i = 0; i < Draws; i++)
        {
            var value = draw(new RandomKey(12, Purpose.Of(name), (ulong)i).Stream());
            observed[value] = observed.GetValueOrDefault(value) + 1;
        }

        double chiSquared = 0, expectedInCells = 0;
        int observedInCells = 0, cells = 0;
        for (var k = Math.Max(0, (long)(mean - (8 * sd))); k <= (long)(mean + (8 * sd)) + 3; k++)
        {
            var expected = Draws * Math.Exp(logProbability(k));
            if (expected < 5)
                continue;
            var count = observed.GetValueOrDefault(k);
            chiSquared += (count - expected) * (count - expected) / expected;
            expectedInCells += expected;
            observedInCells += count;
            cells++;
        }

        var rest = Draws - expectedInCells;
        if (rest >= 5)
            chiSquared += Math.Pow(Draws - observedInCells - rest, 2) / rest;
        var degrees = rest >= 5 ? cells : cells - 1;
        Assert.True(cells > 1);
        Assert.True(ChiSquaredDistribution.UpperTail(chiSquared, degrees) > 1e-4, $"{name}: chi-squared {chiSquared} on {degrees}");
    }
}

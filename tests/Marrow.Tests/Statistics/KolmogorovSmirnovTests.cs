using Marrow.Numerics.Random;
using Marrow.Numerics.Statistics;

namespace Marrow.Tests.Statistics;

public sealed class KolmogorovSmirnovTests
{
    [Fact]
    public void Distances_of_small_samples_are_those_counted_by_hand()
    {
        // Steps of 1/4 at 0.1, 0.4, 0.5, 0.9 against the uniform law: the largest gap is 0.75 - 0.5.
        Assert.Equal(0.25, KolmogorovSmirnov.OneSample([0.5, 0.1, 0.9, 0.4], x => x).Distance, 15);
        // After 3: 3/3 against 1/4.
        Assert.Equal(0.75, KolmogorovSmirnov.TwoSample([1, 2, 3], [2.5, 4, 5, 6]).Distance, 15);
        Assert.Equal(0, KolmogorovSmirnov.TwoSample([1, double.PositiveInfinity], [double.PositiveInfinity, 1]).Distance);
    }

    [Fact]
    public void The_p_value_is_that_of_the_limiting_law()
    {
        // Smirnov's table: Q(1.3581) = 0.05, Q(1.6276) = 0.01.
        const int n = 1_000_000;
        double At(double x) => KolmogorovSmirnov.OneSample(Shifted(x / Math.Sqrt(n)), Uniform).PValue;
        IEnumerable<double> Shifted(double by) => Enumerable.Range(0, n).Select(i => ((i + 0.5) / n) + by);
        double Uniform(double x) => Math.Clamp(x, 0, 1);
        Assert.Equal(0.05, At(1.3581), 3);
        Assert.Equal(0.01, At(1.6276), 3);
    }

    [Fact]
    public void P_values_of_true_hypotheses_are_even_and_of_false_ones_small()
    {
        const int samples = 400;
        var stream = new RandomKey(11, Purpose.Of("p values")).Stream();
        double[] Draw(int n, double shift)
        {
            var values = new double[n];
            for (var i = 0; i < n; i++) values[i] = stream.Uniform() + shift;
            return values;
        }

        var one = Enumerable.Range(0, samples).Count(_ => KolmogorovSmirnov.OneSample(Draw(500, 0), x => x).PValue < 0.1);
        var two = Enumerable.Range(0, samples).Count(_ => KolmogorovSmirnov.TwoSample(Draw(500, 0), Draw(300, 0)).PValue < 0.1);
        // 40 expected; four binomial standard deviations are 24. Two samples of unequal size take few tied distances.
        Assert.InRange(one, 16, 64);
        Assert.InRange(two, 16, 64);
        Assert.True(KolmogorovSmirnov.TwoSample(Draw(500, 0), Draw(500, 0.2)).PValue < 1e-6);
    }
}

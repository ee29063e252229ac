using Marrow.Numerics.Jumps;
using Marrow.Numerics.Random;
using Marrow.Numerics.Statistics;

namespace Marrow.Tests.Jumps;

/// <summary>Kendall's law against textbook formulas for constant hazards and against a time-varying case that integrates by hand.</summary>
public sealed class BirthDeathLawTests
{
    [Theory]
    [InlineData(0.3, 0.2, 5)]
    [InlineData(0.2, 0.3, 40)]
    [InlineData(0.25, 0.25, 8)]
    [InlineData(0, 0.4, 3)]
    public void Extinction_of_constant_hazards_is_the_textbook_formula(double birth, double death, double time)
    {
        // Bailey 1964, 8.55: d (e^((b-d)t) - 1) / (b e^((b-d)t) - d), and bt/(1 + bt) where b = d.
        var growth = Math.Exp((birth - death) * time);
        var expected = birth == death ? birth * time / (1 + (birth * time)) : death * (growth - 1) / ((birth * growth) - death);
        var law = BirthDeathLaw.Constant(birth, death, time);
        Assert.Equal(expected, law.Extinction(1), 13);
        Assert.Equal(Math.Pow(expected, 7), law.Extinction(7), 13);
        Assert.Equal(1 - Math.Pow(expected, 7), law.Survival(7), 13);
        Assert.Equal(growth, law.Mean, 1e-13 * growth);
    }

    [Fact]
    public void Probabilities_of_all_sizes_add_to_one_and_have_the_mean()
    {
        var law = BirthDeathLaw.Constant(0.3, 0.2, 6);
        double sum = 0, mean = 0;
        for (var k = 0; k < 400; k++)
        {
            sum += law.Probability(k);
            mean += k * law.Probability(k);
        }
        Assert.Equal(1, sum, 13);
        Assert.Equal(law.Mean, mean, 12);
    }

    [Fact]
    public void The_law_of_two_periods_is_composed_of_the_laws_of_each()
    {
        // Constant hazards (0.4, 0.1) until 3, then (0.1, 0.5): the second period of a line starts from the law at 3.
        BirthDeathLaw first = BirthDeathLaw.Constant(0.4, 0.1, 3), second = BirthDeathLaw.Constant(0.1, 0.5, 4);
        var whole = new BirthDeathLaw(first.Rho + second.Rho, first.J + (Math.Exp(first.Rho) * second.J));
        var byGenerations = Enumerable.Range(0, 600).Sum(k => first.Probability(k) * second.Extinction(k));
        Assert.Equal(byGenerations, whole.Extinction(1), 12);
        Assert.Equal(second.J, whole.Since(first).J, 12);
        Assert.Equal(second.Rho, whole.Since(first).Rho, 12);
    }

    [Fact]
    public void Nearly_sure_extinction_keeps_its_digits()
    {
        var law = BirthDeathLaw.Constant(0, 1, 40);
        Assert.Equal(1, law.Survival(1) / Math.Exp(-40), 10);
        Assert.Equal(1, new BirthDeathLaw(800, double.PositiveInfinity).Extinction(1000));
        Assert.Equal(0, new BirthDeathLaw(0, 0).Extinction(1));
    }

    [Theory]
    [InlineData(1UL)]
    [InlineData(2UL)]
    [InlineData(3UL)]
    public void One_uniform_number_gives_the_time_of_extinction(ulong seed)
    {
        // Pure death: the last of 50 cells dies at t with probability (1 - e^-t)^50, and J = e^t - 1.
        var stream = new RandomKey(seed, Purpose.Of("extinction")).Stream();
        var times = Enumerable.Range(0, 20_000).Select(_ => Math.Log(1 + BirthDeathLaw.ExtinctionThreshold(stream.Uniform(), 50))).ToArray();
        Assert.True(KolmogorovSmirnov.OneSample(times, t => Math.Pow(1 - Math.Exp(-t), 50)).PValue > 0.001);
        Assert.True(KolmogorovSmirnov.OneSample(times, t => Math.Pow(1 - Math.Exp(-t), 53)).PValue < 0.001);
    }

    [Theory]
    [InlineData(0.3, 0.2, 1)]
    [InlineData(0.2, 0.3, 20)]
    public void Drawn_sizes_have_the_mean_and_variance_of_the_law(double birth, double death, long cells)
    {
        const int n = 40_000;
        var law = BirthDeathLaw.Constant(birth, death, 6);
        var stream = new RandomKey(5, Purpose.Of("sizes")).Stream();
        double[] sizes = [.. Enumerable.Range(0, n).Select(_ => (double)law.DrawSize(ref stream, cells))];
        // Var = n (b+d)/(b-d) M (M - 1) with M the mean of one line; four standard errors.
        double mean = cells * law.Mean, variance = cells * (birth + death) / (birth - death) * law.Mean * (law.Mean - 1);
        Assert.InRange(sizes.Average() - mean, -4 * Math.Sqrt(variance / n), 4 * Math.Sqrt(variance / n));
        Assert.InRange(sizes.Count(s => s == 0) / (double)n - law.Extinction(cells), -4 * Math.Sqrt(.25 / n), 4 * Math.Sqrt(.25 / n));
        var squares = sizes.Select(s => (s - mean) * (s - mean)).ToArray();
        var error = Math.Sqrt(squares.Select(s => (s - variance) * (s - variance)).Average() / n);
        Assert.InRange(squares.Average() - variance, -4 * error, 4 * error);
    }
}

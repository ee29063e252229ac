using Marrow.Networks.Compilation;
using Marrow.Networks.Diagnostics;
using Marrow.Numerics.Jumps;
using Marrow.Numerics.Statistics;

namespace Marrow.Tests.Jumps;

/// <summary>Counted populations against laws that are known in closed form. The tests with n = 20,000 are among the reference tests.</summary>
public sealed class HybridTrajectoryTests
{
    private const int N = 2000;
    private static readonly CountedPopulation Cells = new("Cells", ["X"], 300, 600);

    /// <summary>rho and J of the treated cells, by Simpson's rule on a fine grid.</summary>
    private static BirthDeathLaw Law(double time)
    {
        const int steps = 4000;
        double h = time / steps, rho = 0, j = 0;
        static double Death(double t) => 0.3 + (0.6 * Math.Exp(-0.2 * t));
        static double Rho(double t) => (-0.2 * t) + (3 * (1 - Math.Exp(-0.2 * t)));
        static double Integrand(double t) => Death(t) * Math.Exp(Rho(t));
        for (var k = 0; k < steps; k++) j += h / 6 * (Integrand(k * h) + (4 * Integrand((k + .5) * h)) + Integrand((k + 1) * h));
        rho = Rho(time);
        return new BirthDeathLaw(rho, j);
    }

    [Fact]
    public void Extinction_under_a_decaying_drug_comes_when_Kendalls_law_says()
    {
        var times = SmallNetworks.Courses(SmallNetworks.Compile(SmallNetworks.TreatedCells, Cells), 1, [60], ("X", 10)).ExtinctionTimes(N, "Cells");
        Assert.InRange(times.Count(double.IsFinite), 1, N - 1);
        Assert.True(KolmogorovSmirnov.OneSample(times, t => Law(t).Extinction(10)).PValue > 0.001);
        // The test can fail: a law of one cell more is refused.
        Assert.True(KolmogorovSmirnov.OneSample(times, t => Law(t).Extinction(11)).PValue < 0.001);
    }

    [Fact]
    public void Numbers_of_cells_have_the_mean_and_the_variance_of_the_law()
    {
        var courses = SmallNetworks.Courses(SmallNetworks.Compile(SmallNetworks.TreatedCells, Cells), 2, [6], ("X", 40));
        var sizes = new double[N];
        courses.Run(0, N, 2, (repeat, _, states, _) => sizes[repeat] = states[0]);
        Assert.All(sizes, x => Assert.Equal(Math.Round(x), x));
        var law = Law(6);
        // One line: mean M, variance 2 M^2 J e^-rho ... in geometric terms: P(survive) = s, chance q: E = s/q, E[N^2] = s (2 - q)/q^2.
        double s = law.Survival(1), q = s / law.Mean;
        double mean = 40 * law.Mean, variance = 40 * ((s * (2 - q) / (q * q)) - (law.Mean * law.Mean));
        Assert.InRange(sizes.Average() - mean, -4 * Math.Sqrt(variance / N), 4 * Math.Sqrt(variance / N));
        var squares = sizes.Select(x => (x - mean) * (x - mean)).ToArray();
        var error = Math.Sqrt(squares.Select(x => (x - variance) * (x - variance)).Average() / N);
        Assert.InRange(squares.Average() - variance, -4 * error, 4 * error);
    }

    [Fact]
    public void The_first_mutant_of_a_growing_clone_comes_as_a_Poisson_process_of_its_divisions()
    {
        var model = SmallNetworks.Compile("""
            compartment Body = 1; substanceOnly species Wild in Body, Mutant in Body
            Wild = 1e4; g = 0.3; mu = 1e-5
            Grow: => Wild; g*Wild
            Mutate: Wild => Mutant; mu*g*Wild
            """, new CountedPopulation("Mutant", ["Mutant"], 300, 600));
        var times = SmallNetworks.Courses(model, 3, [25]).FirstTimes(N, "Mutant");
        // P(T > t) = exp(-mu int g W) with W growing at g (1 - mu).
        double rate = 0.3 * (1 - 1e-5);
        double Law(double t) => 1 - Math.Exp(-1e-5 * 0.3 * 1e4 * (Math.Exp(rate * t) - 1) / rate);
        Assert.True(KolmogorovSmirnov.OneSample(times, Law).PValue > 0.001);
        Assert.True(KolmogorovSmirnov.OneSample(times, t => Law(1.05 * t)).PValue < 0.001);
    }

    [Fact]
    public void Cells_that_only_move_are_neither_made_nor_lost_and_settle_binomially()
    {
        var model = SmallNetworks.Compile("""
            compartment Body = 1; substanceOnly species A in Body, B in Body
            A = 30; B = 0; out = 2; back = 1
            Go: A => B; out*A
            Return: B => A; back*B
            """, new CountedPopulation("Cells", ["A", "B"], 300, 600));
        var inA = new double[N];
        SmallNetworks.Courses(model, 4, [12]).Run(0, N, 2, (repeat, _, states, _) =>
        {
            Assert.Equal(30, states[0] + states[1]);
            inA[repeat] = states[0];
        });
        // Binomial(30, 1/3).
        double variance = 30 * (1 / 3.0) * (2 / 3.0);
        Assert.InRange(inA.Average() - 10, -4 * Math.Sqrt(variance / N), 4 * Math.Sqrt(variance / N));
        Assert.InRange(inA.Select(x => (x - 10) * (x - 10)).Average() / variance, 1 - (4 * Math.Sqrt(2.0 / N)), 1 + (4 * Math.Sqrt(2.0 / N)));
    }

    [Fact]
    public void A_population_becomes_continuous_above_the_upper_threshold_and_counted_below_the_lower()
    {
        // Growth from 20 cells to thousands, then a switch of the environment that kills: both ways through the thresholds.
        var model = SmallNetworks.Compile("""
            compartment Body = 1; substanceOnly species X in Body
            X = 20; b = 1; d = 0; Treat: at time > 8: d = 2
            Birth: => X; b*X
            Death: X => ; d*X
            """, Cells);
        var courses = SmallNetworks.Courses(model, 5, [.. Enumerable.Range(0, 81).Select(i => i * 0.5)]);
        var gate = model.ParameterIndex("Large__Cells");
        for (var repeat = 0; repeat < 20; repeat++)
        {
            var seen = new List<(double Cells, bool Large)>();
            courses.Run(repeat, 1, 1, (_, _, states, parameters) => seen.Add((states[0], parameters[gate] == 1)));
            Assert.All(seen, s => Assert.True(s.Large ? s.Cells > 299 : s.Cells == Math.Round(s.Cells) && s.Cells < 3000, $"{s}"));
            Assert.False(seen[0].Large);
            Assert.Contains(seen, s => s.Large && s.Cells > 5000);
            Assert.Equal((0, false), seen[^1]);
        }
    }

    [Fact]
    public void The_continuous_mean_is_kept_across_the_thresholds()
    {
        // Pure death from 5000 to a mean of 100: the mean is 5000 e^-t whatever is counted on the way.
        var model = SmallNetworks.Compile("""
            compartment Body = 1; substanceOnly species X in Body
            X = 5000; d = 1
            Death: X => ; d*X
            """, Cells);
        var sizes = new double[N];
        var time = Math.Log(50);
        SmallNetworks.Courses(model, 6, [time]).Run(0, N, 2, (repeat, _, states, _) => sizes[repeat] = states[0]);
        // From 300 cells on each survives with probability 1/3: variance 300 (1/3) (2/3), for the continuous part has none.
        var error = Math.Sqrt(300 * 2 / 9.0 / N);
        Assert.InRange(sizes.Average() - 100, -4 * error, 4 * error);
        Assert.InRange(sizes.Select(x => (x - 100) * (x - 100)).Average() / (300 * 2 / 9.0), 1 - (4 * Math.Sqrt(2.0 / N)), 1 + (4 * Math.Sqrt(2.0 / N)));
    }

    [Fact]
    public void A_repeat_has_the_same_bits_alone_in_company_and_on_two_threads()
    {
        var courses = SmallNetworks.Courses(SmallNetworks.Compile(SmallNetworks.TreatedCells, Cells), 7, [1, 2, 3, 5, 8, 13, 21], ("X", 250));
        double[][] All(int first, int count, int threads)
        {
            var rows = Enumerable.Range(0, count).Select(_ => new List<double>()).ToArray();
            courses.Run(first, count, threads, (repeat, _, states, _) => rows[repeat - first].AddRange(states));
            return [.. rows.Select(r => r.ToArray())];
        }

        var together = All(0, 40, 1);
        Assert.Equal(together, All(0, 40, 2));
        Assert.Equal(together[17..23], All(17, 6, 2));
        for (var k = 0; k < 40; k += 7) Assert.Equal(together[k], Assert.Single(All(k, 1, 1)));
        Assert.NotEqual(together[0], together[1]);
    }

    [Theory]
    [InlineData("Loss: X => ; 3*sqrt(X)", "proportional")]
    [InlineData("Loss: X => ; 3", "proportional")]
    [InlineData("Split: => 1.5 X; 3*X", "whole number")]
    public void What_is_not_a_process_of_single_cells_is_refused_by_name(string reaction, string why)
    {
        var error = Assert.Throws<InputException>(() => SmallNetworks.Compile($"compartment Body = 1; substanceOnly species X in Body; X = 1\n{reaction}", Cells));
        var text = string.Join('\n', error.Diagnostics.Select(d => d.ToString()));
        Assert.Contains(why, text, StringComparison.Ordinal);
        Assert.Contains("X", text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Nobody", 1, 2, "Nobody")]
    [InlineData("X", 5, 5, "thresholds")]
    public void A_population_that_the_model_cannot_have_is_refused(string species, double below, double above, string why)
    {
        var error = Assert.Throws<InputException>(() => SmallNetworks.Compile(SmallNetworks.TreatedCells, new CountedPopulation("P", [species], below, above)));
        Assert.Contains(why, string.Join('\n', error.Diagnostics.Select(d => d.ToString())), StringComparison.Ordinal);
    }
}

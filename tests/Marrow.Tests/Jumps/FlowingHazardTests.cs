using Marrow.Networks.Compilation;
using Marrow.Networks.Diagnostics;
using Marrow.Numerics.Jumps;
using Marrow.Numerics.Statistics;
using Marrow.Tests.Antimony;
using Marrow.Tests.Compilation;

namespace Marrow.Tests.Jumps;

/// <summary>Exact simulation where propensities change between jumps. Laws are closed forms; a sample is refused at 1 in 1,000.</summary>
public sealed class FlowingHazardTests
{
    private const int N = 2000;
    private const string Clock = "compartment Body = 1; substanceOnly species X in Body, Y in Body; X = 1; Y = 0; rung = 1e9\nNote: at Y >= 1: rung = time\n";

    private static double[] Rung(string text, ulong seed, double end)
    {
        var courses = Start(Clock + text, seed, [end], out var model);
        var rung = model.ParameterIndex("rung");
        var times = new double[N];
        Assert.All(
            courses.Run(0, N, 2, (repeat, _, _, p) => times[repeat] = p[rung] > 1e8 ? double.PositiveInfinity : p[rung]),
            r => Assert.Equal(StochasticOutcome.Done, r.Outcome));
        return times;
    }

    private static StochasticCourses Start(string text, ulong seed, double[] times, out CompiledModel model)
    {
        model = CompiledModel.Compile(Reading.Good(text), new CompileOptions());
        var (states, parameters) = Courses.Start(model);
        return new StochasticCourses { Network = model.Stochastic(), States = states, Parameters = parameters, Times = times, Seed = seed };
    }

    private static void Judge(double[] times, Func<double, double> hazard, Func<double, double> wrong)
    {
        Assert.True(KolmogorovSmirnov.OneSample(times, t => 1 - Math.Exp(-hazard(t))).PValue > 0.001);
        Assert.True(KolmogorovSmirnov.OneSample(times, t => 1 - Math.Exp(-wrong(t))).PValue < 0.001);
    }

    [Fact]
    public void A_hazard_that_swings_with_time_rings_as_its_integral_says() => Judge(
        Rung("Ring: X => Y; 0.3*X*(1 + sin(time))", 1, 200), t => 0.3 * (t + 1 - Math.Cos(t)), t => 0.3 * t);

    [Fact]
    public void A_hazard_that_is_on_for_a_while_rings_only_then()
    {
        var times = Rung("Ring: X => Y; piecewise(1, time >= 2 && time < 3, 0)*X", 2, 10);
        Assert.All(times, t => Assert.True(t is >= 1.999 and <= 3.001 or double.PositiveInfinity, $"{t}"));
        Judge(times, t => Math.Clamp(t - 2, 0, 1), t => 1.2 * Math.Clamp(t - 2, 0, 1));
    }

    [Fact]
    public void A_hazard_that_a_rate_rule_lets_decay_may_never_ring() => Judge(
        Rung("D = 1; D' = -0.5*D; Ring: X => Y; 0.8*D*X", 3, 100), t => 1.6 * (1 - Math.Exp(-0.5 * t)), t => 2.4 * (1 - Math.Exp(-0.5 * t)));

    [Fact]
    public void A_growing_compartment_dilutes_what_meets_in_it() => Judge(
        Rung("compartment V = 1; V' = 0.1*V; species A in V; A = 1; k = 0.4; Ring: X => Y; k*A*X", 4, 100),
        t => 4 * (1 - Math.Exp(-0.1 * t)), t => 4.5 * (1 - Math.Exp(-0.1 * t)));

    [Fact]
    public void A_rate_rule_follows_the_numbers_from_jump_to_jump()
    {
        // Z gathers the lives of 20 individuals: each is min(T, exponential of rate 0.5), of known mean and variance.
        const double k = 0.5, end = 3;
        var courses = Start($"compartment Body = 1; substanceOnly species X in Body; X = 20; Z = 0; Z' = X\nLoss: X => ; {k}*X", 5, [end], out var model);
        var z = model.StateIndex("Z");
        var lives = new double[N];
        courses.Run(0, N, 2, (repeat, _, states, _) => lives[repeat] = states[z]);
        var mean = 20 * (1 - Math.Exp(-k * end)) / k;
        var square = 2 / (k * k) * (1 - (Math.Exp(-k * end) * (1 + (k * end))));
        var variance = 20 * (square - (mean * mean / 400));
        Assert.InRange(lives.Average() - mean, -4 * Math.Sqrt(variance / N), 4 * Math.Sqrt(variance / N));
        Assert.InRange(lives.Select(x => (x - mean) * (x - mean)).Average() / variance, 1 - (4 * Math.Sqrt(2.2 / N)), 1 + (4 * Math.Sqrt(2.2 / N)));
    }

    [Fact]
    public void A_trigger_on_what_flows_is_found_between_jumps()
    {
        const string text = """
            compartment Body = 1; substanceOnly species X in Body; X = 5; Z = 0; Z' = 1; seen = 0; level = 0
            Loss: X => ; 0.3*X
            Pass: at Z > 2.5: seen = time, level = Z
            """;
        var row = Courses.Exact(text, "seen,level", 6, 10)[0];
        Assert.Equal(2.5, row[0], 1e-8);
        Assert.Equal(2.5, row[1], 1e-8);
    }

    [Fact]
    public void A_trigger_that_holds_for_a_moment_between_two_jumps_is_not_missed()
    {
        const string text = """
            compartment Body = 1; substanceOnly species X in Body; X = 1; short = 0; waves = 0
            Loss: X => ; 1e-6*X
            Short: at time > 3 && time < 3.001: short = short + 1
            Wave: at sin(time) > 0.5: waves = waves + 1
            """;
        var row = Courses.Exact(text, "short,waves", 7, 20)[0];
        Assert.Equal([1.0, 4.0], row);
    }

    [Fact]
    public void A_reversible_reaction_happens_in_both_directions()
    {
        // Each of 12 is in B with probability k/(k + l) after long.
        var courses = Start("compartment Body = 1; substanceOnly species A in Body, B in Body; A = 12; B = 0\nMove: A -> B; 0.6*A - 0.9*B", 8, [20], out var model);
        var b = model.StateIndex("B");
        var counts = new double[N];
        courses.Run(0, N, 2, (repeat, _, states, _) => counts[repeat] = states[b]);
        Assert.Equal(["Move", "Move (backward)"], courses.Network.Reactions);
        double p = 0.4, mean = 12 * p, variance = 12 * p * (1 - p);
        Assert.InRange(counts.Average() - mean, -4 * Math.Sqrt(variance / N), 4 * Math.Sqrt(variance / N));
        Assert.InRange(counts.Select(x => (x - mean) * (x - mean)).Average() / variance, 1 - (4 * Math.Sqrt(2.0 / N)), 1 + (4 * Math.Sqrt(2.0 / N)));
    }

    [Theory]
    [InlineData("A => B; 0.6*A - 0.9*B")]
    [InlineData("A -> B; 0.6*A*(1 - 0.1*A)")]
    public void A_law_that_is_no_balance_of_two_directions_stays_one_reaction(string reaction) =>
        Assert.Equal(["Move"], Start($"compartment Body = 1; substanceOnly species A in Body, B in Body; A = 2; B = 0\nMove: {reaction}", 9, [1], out _).Network.Reactions);

    [Fact]
    public void What_flows_has_the_same_bits_on_any_threads()
    {
        var courses = Start("compartment Body = 1; substanceOnly species X in Body; X = 20; D = 1; D' = -0.1*D*X\nBirth: => X; 0.5*X*(1 + cos(time))\nDeath: X => ; X*D", 10, [1, 2, 3], out _);
        double[][] All(int first, int count, int threads)
        {
            var rows = Enumerable.Range(0, count).Select(_ => new List<double>()).ToArray();
            courses.Run(first, count, threads, (repeat, _, states, _) => rows[repeat - first].AddRange(states));
            return [.. rows.Select(r => r.ToArray())];
        }

        Assert.Equal(All(0, 20, 1), All(0, 20, 2));
        Assert.Equal(All(0, 20, 1)[12..15], All(12, 3, 1));
    }

    [Fact]
    public void What_cannot_be_followed_ends_the_course()
    {
        var courses = Start("compartment Body = 1; substanceOnly species X in Body; X = 1; Z = 1; Z' = Z^2\nLoss: X => ; 1e-6*X", 11, [2], out _);
        Assert.Equal(StochasticOutcome.StepTooSmall, Assert.Single(courses.Run(0, 1, 1, (_, _, _, _) => { })).Outcome);
    }

    [Theory]
    [InlineData("R: X => ; k*X*(1 + sin(time))", "depends on time")]
    [InlineData("R: X => ; k*X\nZ' = 1; Z = 0", "rate rule")]
    public void A_leap_over_what_flows_is_refused_by_name(string lines, string why)
    {
        var model = SmallNetworks.Compile($"compartment Body = 1; substanceOnly species X in Body; X = 1; k = 1\n{lines}");
        Assert.Contains(why, Assert.Throws<InputException>(() => model.Stochastic(leaps: true)).Message, StringComparison.Ordinal);
        Assert.True(model.Stochastic().Flows);
    }
}

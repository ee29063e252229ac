using Marrow.Networks.Compilation;
using Marrow.Numerics.Jumps;
using Marrow.Numerics.Statistics;
using Marrow.Tests.Compilation;

namespace Marrow.Tests.Jumps;

/// <summary>Tau-leaping against closed forms and exact simulation. Moments may differ by epsilon (the stated error) and by 4 standard
/// errors of the sample.</summary>
public sealed class TauLeapingTests
{
    private const int N = 2000;
    private const double Epsilon = 0.03;

    private const string Settling = "compartment Body = 1; substanceOnly species X in Body; X = 0\nIn: => X; 500\nOut: X => ; 0.5*X";
    private const string Pairing = "compartment Body = 1; substanceOnly species A in Body, B in Body; A = 800; B = 0\nOn: 2 A => B; 0.001*A*(A - 1)\nOff: B => 2 A; 0.2*B";
    private const string Race = """
        compartment Body = 1; substanceOnly species X in Body; X = 2000; seen = 1e9; left = -1
        Loss: X => ; X
        Birth: => X; 0.5*X
        Half: at X <= 1000: seen = time, left = X
        """;

    private static StochasticCourses Start(string text, ulong seed, double[] times, double? epsilon, out CompiledModel model)
    {
        model = SmallNetworks.Compile(text);
        var (states, parameters) = Courses.Start(model);
        return new StochasticCourses { Network = model.Stochastic(leaps: true), States = states, Parameters = parameters, Times = times, Seed = seed, Epsilon = epsilon };
    }

    private static double[] Last(string text, ulong seed, double end, double? epsilon, int state = 0)
    {
        var values = new double[N];
        Assert.All(Start(text, seed, [end], epsilon, out _).Run(0, N, 2, (repeat, _, states, _) => values[repeat] = states[state]), r => Assert.Equal(StochasticOutcome.Done, r.Outcome));
        return values;
    }

    private static void Moments(double[] values, double mean, double variance)
    {
        Assert.InRange(values.Average() / mean, 1 - Epsilon - (4 * Math.Sqrt(variance / N) / mean), 1 + Epsilon + (4 * Math.Sqrt(variance / N) / mean));
        var spread = values.Select(x => (x - mean) * (x - mean)).Average() / variance;
        Assert.InRange(spread, 1 - (2 * Epsilon) - (4 * Math.Sqrt(2.0 / N)), 1 + (2 * Epsilon) + (4 * Math.Sqrt(2.0 / N)));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void Immigration_and_death_settle_at_Poissons_law(ulong seed) => Moments(Last(Settling, seed, 20, Epsilon), 1000, 1000);

    [Fact]
    public void On_the_way_there_mean_and_spread_are_those_of_the_closed_form()
    {
        var mean = 1000 * (1 - Math.Exp(-1));
        Moments(Last(Settling, 3, 2, Epsilon), mean, mean);
    }

    [Fact]
    public void The_last_individuals_die_one_by_one()
    {
        // 40 that die at rate 1: at time 2 each lives with probability e^-2.
        var p = Math.Exp(-2);
        var values = Last("compartment Body = 1; substanceOnly species X in Body; X = 40\nLoss: X => ; X", 4, 2, Epsilon);
        Moments(values, 40 * p, 40 * p * (1 - p));
        Assert.All(values, x => Assert.InRange(x, 0, 40));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(8)]
    public void Pairs_form_and_part_with_the_law_of_exact_simulation(double end)
    {
        var exact = Last(Pairing, 5, end, null, 1);
        Assert.True(KolmogorovSmirnov.TwoSample(Last(Pairing, 6, end, 0.01, 1), exact).PValue > 0.001);
        // A leap that is far too long shows: the test can tell.
        Assert.True(KolmogorovSmirnov.TwoSample([.. Last(Pairing, 6, end, 0.01, 1).Select(b => b + 6)], exact).PValue < 0.001);
    }

    [Fact]
    public void Numbers_stay_whole_not_negative_and_conserved()
    {
        var courses = Start(Pairing, 7, [.. Enumerable.Range(0, 40).Select(i => 0.25 * i)], 0.3, out _);
        courses.Run(0, 50, 2, (_, _, states, _) =>
        {
            Assert.Equal(800, states[0] + (2 * states[1]));
            Assert.True(states[0] >= 0 && states[1] >= 0);
        });
    }

    [Fact]
    public void An_event_comes_at_the_firing_that_triggers_it()
    {
        double[] Times(double? epsilon, ulong seed)
        {
            var courses = Start(Race, seed, [10], epsilon, out var model);
            var (seen, left) = (model.ParameterIndex("seen"), model.ParameterIndex("left"));
            var times = new double[N];
            courses.Run(0, N, 2, (repeat, _, _, p) =>
            {
                Assert.Equal(1000, p[left]);
                times[repeat] = p[seen];
            });
            return times;
        }

        var leaps = Times(0.005, 8);
        Assert.True(KolmogorovSmirnov.TwoSample(leaps, Times(null, 9)).PValue > 0.001);
        Assert.True(KolmogorovSmirnov.TwoSample([.. leaps.Select(t => 1.02 * t)], Times(null, 9)).PValue < 0.001);
    }

    [Fact]
    public void An_event_on_a_clock_is_met_exactly()
    {
        var courses = Start("compartment Body = 1; substanceOnly species X in Body; X = 0; k = 1e6; stopped = 0\nIn: => X; k\nStop: at time >= 0.7: k = 0, stopped = time", 10, [2], Epsilon, out var model);
        var stopped = model.ParameterIndex("stopped");
        courses.Run(0, 20, 1, (_, _, states, p) =>
        {
            Assert.Equal(0.7, p[stopped], 1e-15);
            Assert.InRange(states[0], 7e5 - (6 * Math.Sqrt(7e5)), 7e5 + (6 * Math.Sqrt(7e5)));
        });
    }

    [Fact]
    public void Leaps_evaluate_far_fewer_propensities_than_there_are_reactions()
    {
        var courses = Start("compartment Body = 1; substanceOnly species X in Body; X = 1e6\nBirth: => X; X\nDeath: X => ; X", 11, [1], Epsilon, out _);
        long evaluations = 0;
        var network = courses.Network with
        {
            Propensity = (reaction, time, states, parameters) =>
            {
                evaluations++;
                return courses.Network.Propensity(reaction, time, states, parameters);
            },
        };
        var report = Assert.Single((courses with { Network = network }).Run(0, 1, 1, (_, _, _, _) => { }));
        Assert.InRange(report.Jumps, 1.8e6, 2.2e6);
        Assert.True(evaluations < 1000, $"{evaluations}");
    }

    [Fact]
    public void A_repeat_has_the_same_bits_on_any_threads()
    {
        var courses = Start(Race, 12, [0.2, 0.5, 2], Epsilon, out _);
        double[][] All(int first, int count, int threads)
        {
            var rows = Enumerable.Range(0, count).Select(_ => new List<double>()).ToArray();
            courses.Run(first, count, threads, (repeat, _, states, p) => rows[repeat - first].AddRange([.. states, .. p]));
            return [.. rows.Select(r => r.ToArray())];
        }

        Assert.Equal(All(0, 20, 1), All(0, 20, 2));
        Assert.Equal(All(0, 20, 1)[12..15], All(12, 3, 1));
    }

    [Fact]
    public void A_number_beyond_what_doubles_count_ends_the_course()
    {
        var courses = Start("compartment Body = 1; substanceOnly species X in Body; X = 1\nIn: => X; 1e30", 13, [2], Epsilon, out _);
        Assert.Equal(StochasticOutcome.BadCount, Assert.Single(courses.Run(0, 1, 1, (_, _, _, _) => { })).Outcome);
    }
}

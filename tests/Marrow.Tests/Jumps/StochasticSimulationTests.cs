using Marrow.Networks.Diagnostics;
using Marrow.Numerics.Jumps;
using Marrow.Numerics.Statistics;

namespace Marrow.Tests.Jumps;

public sealed class StochasticSimulationTests
{
    private const int N = 4000;

    private static StochasticCourses Courses(string text, ulong seed, double[] times, double unit = 1)
    {
        var model = SmallNetworks.Compile(text);
        var parameters = model.DefaultParameters();
        var states = new double[model.States.Count];
        model.InitialStates(parameters, states);
        return new StochasticCourses { Network = model.Stochastic(unit), States = states, Parameters = parameters, Times = times, Seed = seed };
    }

    private static double[] Last(StochasticCourses courses, int state)
    {
        var values = new double[N];
        Assert.All(courses.Run(0, N, 2, (repeat, _, states, _) => values[repeat] = states[state]), r => Assert.Equal(StochasticOutcome.Done, r.Outcome));
        return values;
    }

    [Fact]
    public void Birth_and_death_have_the_law_of_Kendall()
    {
        var sizes = Last(Courses("compartment Body = 1; substanceOnly species X in Body; X = 20\nBirth: => X; 0.5*X\nDeath: X => ; 0.6*X", 1, [4]), 0);
        var law = BirthDeathLaw.Constant(0.5, 0.6, 4);
        double s = law.Survival(1), q = s / law.Mean, mean = 20 * law.Mean, variance = 20 * ((s * (2 - q) / (q * q)) - (law.Mean * law.Mean));
        Assert.InRange(sizes.Average() - mean, -4 * Math.Sqrt(variance / N), 4 * Math.Sqrt(variance / N));
        var error = Math.Sqrt(sizes.Select(x => Math.Pow(((x - mean) * (x - mean)) - variance, 2)).Average() / N);
        Assert.InRange(sizes.Select(x => (x - mean) * (x - mean)).Average() - variance, -4 * error, 4 * error);
    }

    [Fact]
    public void Two_molecules_that_meet_settle_as_the_master_equation_says()
    {
        // A + B <-> C from 3, 3, 0 with equal propensities: weights of C = 0..3 by detailed balance, w(c+1)/w(c) = (3-c)^2/(c+1).
        var bound = Last(Courses("compartment Body = 1; substanceOnly species A in Body, B in Body, C in Body; A = 3; B = 3\nOn: A + B => C; A*B\nOff: C => A + B; C", 2, [30]), 2);
        double[] weights = [1, 9, 18, 6];
        for (var c = 0; c < 4; c++)
        {
            var p = weights[c] / weights.Sum();
            Assert.InRange((bound.Count(x => x == c) / (double)N) - p, -4 * Math.Sqrt(p * (1 - p) / N), 4 * Math.Sqrt(p * (1 - p) / N));
        }
    }

    [Fact]
    public void The_unit_scales_individuals_and_keeps_concentrations()
    {
        // 2.5 units of 0.01 each are 250 individuals; half of them are gone after one half-life.
        var left = Last(Courses("compartment Body = 1; substanceOnly species X in Body; X = 2.5; k = 0.6931471805599453\nLoss: X => ; k*X", 3, [1], unit: 0.01), 0);
        Assert.All(left, x => Assert.Equal(Math.Round(100 * x), 100 * x, 9));
        Assert.InRange(left.Average() - 1.25, -4 * 0.01 * Math.Sqrt(62.5 / N), 4 * 0.01 * Math.Sqrt(62.5 / N));
        Assert.InRange(left.Select(x => Math.Pow(100 * (x - 1.25), 2)).Average() / 62.5, 1 - (4 * Math.Sqrt(2.0 / N)), 1 + (4 * Math.Sqrt(2.0 / N)));
    }

    [Fact]
    public void Events_on_a_clock_and_on_numbers_happen_in_time_and_rules_follow()
    {
        // Nothing dies before 2; the survivors at their first fall to 5 are doubled once, and the time of it is noted.
        const string text = """
            compartment Body = 1; substanceOnly species X in Body; X = 10; k = 0; seen = -1
            Half := X/2
            Loss: X => ; 2*k*Half
            Start: at time >= 2: k = 1
            Double: at X <= 5 && seen < 0: X = 2*X, seen = time
            """;
        var model = SmallNetworks.Compile(text);
        var seen = model.ParameterIndex("seen");
        var times = new double[N];
        var courses = Courses(text, 4, [1.999, 40]);
        courses.Run(0, N, 2, (repeat, time, states, parameters) =>
        {
            if (time < 2) Assert.Equal(10, states[0]);
            else Assert.Equal(0, states[0]);
            times[repeat] = parameters[seen];
        });
        // The fifth death of ten comes by 2 + t with the probability that at least five of ten are dead.
        static double Law(double t)
        {
            var dead = 1 - Math.Exp(-(t - 2));
            return Enumerable.Range(5, 6).Sum(k => Math.Exp(CountProbabilities.LogBinomial(k, 10, dead)));
        }

        Assert.True(KolmogorovSmirnov.OneSample(times, Law).PValue > 0.001);
    }

    [Fact]
    public void The_first_of_two_exponential_clocks_rings_as_it_should()
    {
        const string text = """
            compartment Body = 1; substanceOnly species X in Body, Y in Body; X = 1; Y = 0; rung = 1e9
            Ring: X => Y; 0.3
            Note: at Y >= 1: rung = time
            """;
        var model = SmallNetworks.Compile(text);
        var rung = model.ParameterIndex("rung");
        var times = new double[N];
        Courses(text, 5, [200]).Run(0, N, 2, (repeat, _, _, parameters) => times[repeat] = parameters[rung]);
        Assert.True(KolmogorovSmirnov.OneSample(times, t => 1 - Math.Exp(-0.3 * t)).PValue > 0.001);
        Assert.True(KolmogorovSmirnov.OneSample(times, t => 1 - Math.Exp(-0.33 * t)).PValue < 0.001);
    }

    [Fact]
    public void A_repeat_has_the_same_bits_on_any_threads()
    {
        var courses = Courses("compartment Body = 1; substanceOnly species X in Body; X = 20\nBirth: => X; 0.5*X\nDeath: X => ; 0.6*X", 6, [1, 2, 3]);
        double[][] All(int first, int count, int threads)
        {
            var rows = Enumerable.Range(0, count).Select(_ => new List<double>()).ToArray();
            courses.Run(first, count, threads, (repeat, _, states, _) => rows[repeat - first].AddRange(states));
            return [.. rows.Select(r => r.ToArray())];
        }

        Assert.Equal(All(0, 30, 1), All(0, 30, 2));
        Assert.Equal(All(0, 30, 1)[12..15], All(12, 3, 1));
    }

    [Theory]
    [InlineData("R: X => ; k*X; n = 1; E: at time > 1: n = 2; S: n X => ; X", "that can change")]
    [InlineData("R: 0.5 X => ; k*X", "by -0.5")]
    public void What_is_no_jump_process_is_refused_by_name(string lines, string why)
    {
        var model = SmallNetworks.Compile($"compartment Body = 1; substanceOnly species X in Body; X = 1; k = 1\n{lines}");
        Assert.Contains(why, Assert.Throws<InputException>(() => model.Stochastic()).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_negative_propensity_ends_the_course_and_names_the_reaction()
    {
        var courses = Courses("compartment Body = 1; substanceOnly species X in Body; X = 3\nLoss: X => ; X\nBad: => X; X - 2", 7, [50]);
        var report = Assert.Single(courses.Run(0, 1, 1, (_, _, _, _) => { }));
        Assert.Equal(StochasticOutcome.BadPropensity, report.Outcome);
        Assert.Equal("Bad", courses.Network.Reactions[report.Reaction]);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(5)]
    [InlineData(64)]
    public void The_tree_chooses_in_proportion_and_never_what_is_zero(int count)
    {
        var tree = new SumTree(count);
        for (var i = 0; i < count; i++) tree.Set(i, i % 3 == 1 ? 0 : i + 1);
        double below = 0;
        for (var i = 0; i < count; i++)
        {
            if (tree[i] == 0) continue;
            Assert.Equal(i, tree.Find(below + (0.5 * tree[i])));
            below += tree[i];
        }
        Assert.Equal(below, tree.Total);
        Assert.NotEqual(0, tree[tree.Find(tree.Total)]);
    }
}

using Marrow.Networks.Compilation;
using Marrow.Numerics.Ode;
using Marrow.Tests.Antimony;
using Marrow.Tests.Jumps;

namespace Marrow.Tests.Compilation;

/// <summary>Events as SBML Level 3 defines them: delay, priority, persistence, values of the trigger's time, cascades.</summary>
public class EventSemanticsTests
{
    // x is time: triggers and delays have times that are known.
    private const string Clock = "species x = 0; x' = 1; var y = 0; var z = 0\n";

    [Fact]
    public void A_delayed_event_assigns_the_values_of_its_trigger_unless_it_says_otherwise()
    {
        var rows = Courses.Of(Clock + "at 2 after (x > 5): y = x\nat 2 after (x > 5), fromTrigger = false: z = x", "y,z", 6.999, 7.001);

        Assert.Equal([0, 0], rows[0]);
        Assert.Equal(5, rows[1][0], 1e-6);
        Assert.Equal(7, rows[1][1], 1e-6);
    }

    [Fact]
    public void A_delay_is_a_formula_of_the_time_of_the_trigger()
    {
        const string text = Clock + "var d = 1; E0: at x > 2.5: d = 7\nE1: at d*2 after (x > 2): y = 1";

        Assert.Equal([0, 1], Courses.Of(text, "y", 3.999, 4.001).Select(r => r[0]));
    }

    [Theory]
    [InlineData("persistent = true", 5, 1)]
    [InlineData("persistent = false", 5, 0)]
    [InlineData("persistent = false", 10.9, 0)]
    [InlineData("persistent = false", 11, 1)]
    public void A_trigger_that_ceases_cancels_an_event_that_is_not_persistent(string option, double time, double expected)
    {
        // w is above 2 from t = 2 to t = 4, and again from t = 8 on.
        const string wave = "species w = 0; var v = 1; w' = v; at time > 3: v = -1\nat time > 6: v = 1\n var y = 0\n";

        Assert.Equal(expected, Courses.At(wave + $"E: at 3 after (w > 2), {option}: y = 1", "y", time + 0.001));
    }

    [Fact]
    public void Events_of_one_moment_come_by_priority_and_those_without_after_them_in_order()
    {
        const string text = Clock + """
            var p = 5
            A: at x > 1: y = 10*y + 1
            B: at x > 1, fromTrigger = false: y = 10*y + 2
            C: at x > 1, priority = 1, fromTrigger = false: y = 10*y + 3
            D: at x > 1, priority = p - 3, fromTrigger = false: y = 10*y + 4
            """;

        // A assigns what it saw at the trigger: 10*0 + 1.
        Assert.Equal(12, Courses.At(text, "y", 2));
        Assert.Equal(4312, Courses.At(text.Replace("A: at x > 1:", "A: at x > 1, fromTrigger = false:", StringComparison.Ordinal), "y", 2));
    }

    [Fact]
    public void Values_of_simultaneous_events_are_those_before_any_of_them()
    {
        const string text = Clock + "var a = 1; var b = 2; at x > 1: a = b\nat x > 1: b = a";

        Assert.Equal([2, 1], Courses.Of(text, "a,b", 2)[0]);
        Assert.Equal([2, 2], Courses.Of(text.Replace("> 1:", "> 1, fromTrigger = false:", StringComparison.Ordinal), "a,b", 2)[0]);
    }

    [Fact]
    public void One_of_two_simultaneous_events_can_cancel_the_other()
    {
        const string text = Clock + "var a = 1\nA: at x > 1, priority = 2: a = 0\nB: at x*a > 1, priority = 1, persistent = false: y = 1";

        Assert.Equal(0, Courses.At(text, "y", 2));
        Assert.Equal(1, Courses.At(text.Replace("priority = 2", "priority = 0", StringComparison.Ordinal), "y", 2));
        Assert.Equal(1, Courses.At(text.Replace("false", "true", StringComparison.Ordinal), "y", 2));
    }

    [Fact]
    public void Events_trigger_events_at_the_same_time()
    {
        const string text = Clock + "var a = 0; var b = 0\nA: at x > 1: a = 1\nB: at a > 0.5: b = a + 1\nC: at b > 1.5: y = a + b\nD: at 1 after (b > 1.5): z = time";

        var rows = Courses.Of(text, "y,z", 0.999, 1.001, 2.001);
        Assert.Equal([0, 3, 3], rows.Select(r => r[0]));
        Assert.Equal([0, 0, 1], rows.Select(r => Math.Round(r[1], 6)));
    }

    [Fact]
    public void A_trigger_that_holds_at_the_start_fires_only_if_it_counts_as_new()
    {
        const string text = Clock + "var a = 7\nA: at a > 5, t0 = false: y = a\nB: at a > 5: z = 1\nC: at 1.5 after true, t0 = false: a = 8";

        Assert.Equal([7, 0, 7], Courses.Of(text, "y,z,a", 1)[0]);
        Assert.Equal(8, Courses.At(text, "a", 1.501));
    }

    [Fact]
    public void An_event_can_wait_several_times_at_once()
    {
        // Four ups of the sine by t = 20, each executed five later.
        const string text = "species s = 0; s' = cos(time); var n = 0; at 5 after (s > 0.5), fromTrigger = false: n = n + 1";

        double[] ups = [.. Enumerable.Range(0, 4).Select(k => Math.Asin(0.5) + (2 * Math.PI * k) + 5)];
        double[] times = [.. ups.SelectMany(t => new[] { t - 0.01, t + 0.01 })];
        Assert.Equal([0, 1, 1, 2, 2, 3, 3, 4], Courses.Of(text, "n", times).Select(r => r[0]));
    }

    [Fact]
    public void Chance_decides_between_equal_priorities_the_same_for_the_same_seed()
    {
        const string text = """
            species s = 0.1; s' = cos(time); var last = 0; var ones = 0; var n = 0
            A: at s > 0, priority = 1, t0 = false: last = 1
            B: at s > 0, priority = 1, t0 = false: last = 2
            C: at s > 0, priority = 0, t0 = false, fromTrigger = false: ones = ones + (2 - last), n = n + 1
            """;

        const double time = 100.5 * 2 * Math.PI;
        var row = Courses.Of(text, "ones,n", time)[0];
        Assert.Equal(101, row[1]);
        // Mean 50.5, standard deviation 5: five of them.
        Assert.InRange(row[0], 26, 75);
        Assert.Equal(row, Courses.Of(text, "ones,n", time)[0]);
    }

    [Fact]
    public void A_concentration_set_together_with_its_volume_is_an_amount_of_the_old_volume()
    {
        const string text = "compartment V = 1; species c in V = 4, d in V = 4; c' = 0; species k in V = 3; at time > 1: V = 2, c = 3, k = 5";

        // All assignments are made at once, so c and k become amounts of 3 and 5 in the volume of 1; the amount of d stays 4. The same
        // meaning has case 01779 of the SBML Test Suite.
        Assert.Equal([1.5, 2, 2.5, 2], Courses.Of(text + "\nd -> ; 0", "c,d,k,V", 2)[0]);
    }

    [Fact]
    public void A_trigger_that_holds_within_a_step_only_is_noticed()
    {
        // A straight line is followed in steps as long as wanted.
        const string text = "species s = 0; s' = 1; var a = 0; at s > 4.5 && s < 4.6: a = time\nvar b = 0; at !(s > 4.7 && s < 4.8): b = time";

        var row = Courses.Of(text, "a,b", 100)[0];
        Assert.Equal(4.5, row[0], 1e-9);
        Assert.Equal(4.8, row[1], 1e-9);
    }

    [Fact]
    public void Events_without_end_are_a_failure_that_is_reported()
    {
        var network = Reading.Good("species s = 0; s' = 0; var a = 0\nA: at a < 0.5 && time > 1: a = 1\nB: at a > 0.5: a = 0");

        Assert.Equal(Outcome.StepTooSmall, Courses.Run(network, "a", 2).Report.Outcome);
    }

    [Fact]
    public void A_delay_that_is_no_number_is_a_failure_that_is_reported()
    {
        var network = Reading.Good("species s = 0; s' = 0; var a = 0\nA: at notanumber after time > 1: a = 1");

        Assert.Equal(Outcome.NotFinite, Courses.Run(network, "a", 2).Report.Outcome);
    }

    [Fact]
    public void Waiting_events_do_not_depend_on_the_neighbours()
    {
        var model = CompiledModel.Compile(
            Reading.Good("x = 0; x' = k; k = 1; var y = 0; y' = -0.1*y; at lag after (x > 2), fromTrigger = false: y = y + x\nat 1 after (y > 1), persistent = false: y = 0\nlag = 1.5"),
            new CompileOptions());
        var (states, parameters) = Courses.Start(model);
        double[][] Run(int[] patients, bool together)
        {
            var grids = patients.Select(i =>
            {
                double[] own = [.. parameters];
                own[model.ParameterIndex("k")] = 0.3 + (0.17 * i);
                own[model.ParameterIndex("lag")] = 0.4 + (0.31 * (i % 5));
                return new Ode.GridTrajectory(states, own, [.. Enumerable.Range(0, 40).Select(t => 0.5 * t)]);
            }).ToArray();
            using var stepper = new LaneStepper(model.System, new StepperOptions());
            if (together) stepper.Run(new Ode.QueueSource(grids));
            else foreach (var grid in grids) stepper.Run(new Ode.QueueSource([grid]));
            return [.. grids.Select(g => g.Samples.SelectMany(s => s).ToArray())];
        }

        int[] all = [.. Enumerable.Range(0, 21)];
        var alone = Run(all, together: false);
        Assert.Equal(alone, Run(all, together: true));
        Assert.Contains(alone, course => course.Max() > 2);
    }

    [Fact]
    public void Exact_stochastic_simulation_executes_them_alike()
    {
        const string text = """
            substanceOnly species X = 20; J: X -> ; 0*X; var y = 0; var z = 0; var w = 0
            A: at 2 after (time > 5): X = 30, y = time
            B: at 3 after (time > 5 && X < 25), persistent = false: z = 1
            C: at X > 25, priority = 1, fromTrigger = false: w = 10*w + 1
            D: at X > 25, priority = 2, fromTrigger = false: w = 10*w + 2
            """;

        var rows = Courses.Exact(text, "X,y,z,w", 1, 6.9, 7.1, 9);
        Assert.Equal([20, 0, 0, 0], rows[0]);
        Assert.Equal(5, rows[1][1], 1e-9);
        Assert.Equal([30, 0, 21], [rows[2][0], rows[2][2], rows[2][3]]);
    }

    [Fact]
    public void Hybrid_courses_see_counted_cells_in_the_values_of_a_trigger()
    {
        const string text = """
            substanceOnly species X in Body = 40; compartment Body = 1; var seen = 0; var after = 0
            J: X -> ; k*X; k = 0.02
            A: at 1 after (time > 2): seen = X
            B: at 1 after (time > 2), fromTrigger = false: after = X
            """;
        var model = SmallNetworks.Compile(text, new CountedPopulation("cells", ["X"], 1000, 2000));
        var courses = SmallNetworks.Courses(model, 7, [1.9999, 2.0001, 2.9999, 3.0001, 4]);
        double[][] rows = new double[5][];
        var next = 0;
        courses.Run(0, 1, 1, (_, _, y, p) => rows[next++] = [y[model.StateIndex("X")], p[model.ParameterIndex("seen")], p[model.ParameterIndex("after")]]);

        Assert.Equal(0, rows[2][1]);
        Assert.InRange(rows[4][1], rows[1][0], rows[0][0]);
        Assert.InRange(rows[4][2], rows[3][0], rows[2][0]);
        Assert.Equal(Math.Round(rows[4][1]), rows[4][1]);
    }
}

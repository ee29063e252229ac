using Marrow.Numerics.Ode;

namespace Marrow.Tests.Ode;

public sealed class LaneStepperTests
{
    /// <summary>Robertson's problem: three species over eleven decades of time.</summary>
    private static readonly HandWrittenSystem Robertson = new(3, 0)
    {
        F = (_, y, _, f) =>
        {
            double a = 0.04 * y[0], b = 1e4 * y[1] * y[2], c = 3e7 * y[1] * y[1];
            (f[0], f[1], f[2]) = (b - a, a - b - c, c);
        },
        J = (_, y, _, j) =>
        {
            (j[0, 0], j[0, 1], j[0, 2]) = (-0.04, 1e4 * y[2], 1e4 * y[1]);
            (j[1, 0], j[1, 1], j[1, 2]) = (0.04, (-1e4 * y[2]) - (6e7 * y[1]), -1e4 * y[1]);
            (j[2, 0], j[2, 1], j[2, 2]) = (0, 6e7 * y[1], 0);
        },
    };

    /// <summary>y' = -k y with time-dependent forcing: y = exp(-k t) + sin t.</summary>
    private static readonly HandWrittenSystem Forced = new(2, 1)
    {
        F = (t, y, p, f) =>
        {
            f[0] = (-p[0] * (y[0] - Math.Sin(t))) + Math.Cos(t);
            f[1] = y[0];
        },
        J = (_, _, p, j) => (j[0, 0], j[1, 0]) = (-p[0], 1),
    };

    private static double[] Grid(double end, int count) => [.. Enumerable.Range(0, count + 1).Select(i => end * i / count)];

    private static GridTrajectory Run(HandWrittenSystem system, GridTrajectory trajectory, StepperOptions? options = null)
    {
        using var stepper = new LaneStepper(system.Build(), options ?? new StepperOptions());
        stepper.Run(new QueueSource([trajectory]));
        Assert.Equal(Outcome.Done, trajectory.Report.Outcome);
        return trajectory;
    }

    [Fact]
    public void Lanes_that_all_end_in_the_same_step_leave_nothing_in_the_queue()
    {
        GridTrajectory[] alike = [.. Enumerable.Range(0, 21).Select(_ => new GridTrajectory([1, 0], [2], Grid(3, 6)))];
        using var stepper = new LaneStepper(Forced.Build(), new StepperOptions());
        stepper.Run(new QueueSource(alike));
        Assert.All(alike, t => Assert.Equal((Outcome.Done, 7), (t.Report.Outcome, t.Samples.Count)));
        Assert.All(alike, t => Assert.Equal(alike[0].Samples, t.Samples));
    }

    [Fact]
    public void Robertsons_problem_reaches_the_published_values()
    {
        // Hairer and Wanner, Solving ODEs II: values at t = 40 and t = 4e5 to ten digits.
        var run = Run(Robertson, new GridTrajectory([1, 0, 0], [], [40, 4e5]),
            new StepperOptions { RelativeTolerance = 1e-8, AbsoluteTolerance = 1e-12 });
        Assert.Equal(0.7158270688, run.Samples[0][0], 1e-6);
        Assert.Equal(9.185534765e-6, run.Samples[0][1], 1e-11);
        Assert.Equal(0.4938e-2, run.Samples[1][0], 2e-5);
        Assert.Equal(1, run.Samples[1].Sum(), 1e-9);
    }

    [Theory]
    [InlineData(1e-4)]
    [InlineData(1e-6)]
    [InlineData(1e-8)]
    public void The_global_error_follows_the_tolerance(double tolerance)
    {
        var run = Run(Forced, new GridTrajectory([1, 0], [2], Grid(10, 50)),
            new StepperOptions { RelativeTolerance = tolerance, AbsoluteTolerance = tolerance });
        var worst = run.Samples.Select((y, i) => Math.Abs(y[0] - Math.Exp(-2 * 0.2 * i) - Math.Sin(0.2 * i))).Max();
        // The local error is bounded by the tolerance; it accumulates over about ten time constants.
        Assert.InRange(worst, 0, 30 * tolerance);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    [InlineData(5)]
    public void Each_order_converges_as_claimed_at_fixed_order_and_step(int order)
    {
        double Error(double h)
        {
            // y0 = exp(-t/2) + sin t; the j-th derivatives at 0 give the exact history.
            double Derivative(int i, int j) => i == 0 ? Math.Pow(-0.5, j) + Math.Sin(j * Math.PI / 2) : Math.Pow(-0.5, j - 1) + Math.Sin((j - 1) * Math.PI / 2);
            var options = new StepperOptions { Fixed = new FixedStep(order, h, Derivative), NewtonTolerance = 1e-6, AbsoluteTolerance = 1e-10, RelativeTolerance = 1e-10 };
            var run = Run(Forced, new GridTrajectory([1, 0], [0.5], [4]), options);
            return Math.Abs(run.Samples[0][0] - Math.Exp(-2) - Math.Sin(4));
        }

        var h = order < 3 ? 1.0 / 512 : 1.0 / 64;
        var slope = Math.Log2(Error(h) / Error(h / 2));
        Assert.Equal(order, slope, 0.15);
    }

    [Fact]
    public void A_dose_changes_the_state_at_its_exact_time()
    {
        var run = Run(Forced, new GridTrajectory([1, 0], [2], Grid(3, 30), (1.2345678901234567, y => y[0] += 5)),
            new StepperOptions { RelativeTolerance = 1e-9, AbsoluteTolerance = 1e-10 });
        Assert.Equal([1.2345678901234567], run.DoseTimes);
        for (var i = 0; i < run.Samples.Count; i++)
        {
            var t = 0.1 * i;
            var exact = Math.Exp(-2 * t) + Math.Sin(t) + (t > 1.2345678901234567 ? 5 * Math.Exp(-2 * (t - 1.2345678901234567)) : 0);
            Assert.Equal(exact, run.Samples[i][0], 1e-7);
        }
    }

    [Fact]
    public void An_event_is_found_to_the_resolution_of_the_solution()
    {
        var system = new HandWrittenSystem(1, 0)
        {
            F = (_, _, _, f) => f[0] = 1,
            J = (_, _, _, _) => { },
            RootCount = 1,
            RootFunctions = (_, y, _, r) => r[0] = y[0] - 0.7,
            Events = new Reset(),
        };
        var run = Run(system, new GridTrajectory([0], [], Grid(3, 30)));
        Assert.Equal(4, run.Events.Count);
        for (var k = 0; k < 4; k++) Assert.Equal(0.7 * (k + 1), run.Events[k].Time, 1e-12);
        Assert.Equal(3 - 2.8, run.Samples[^1][0], 1e-9);
    }

    private sealed class Reset : ILaneEvents
    {
        public int Count => 1;
        public bool Trigger(int index, ReadOnlySpan<double> roots) => roots[0] > 0;
        public int Values(int index) => 1;
        public void Evaluate(int index, double time, ReadOnlySpan<double> states, ReadOnlySpan<double> parameters, Span<double> values) => values[0] = 0;
        public void Assign(int index, ReadOnlySpan<double> values, double time, Span<double> states, Span<double> parameters) => states[0] = values[0];
        public string Name(int index) => "reset";
    }

    [Fact]
    public void A_patients_bits_do_not_depend_on_the_neighbours()
    {
        GridTrajectory Patient(int i) => new([1 + (0.01 * i), 0], [0.5 + (i * 0.37 % 3)], Grid(5, 20), (1 + (i % 7 * 0.3), y => y[0] += i));
        double[][] Flat(IEnumerable<GridTrajectory> t) => [.. t.Select(x => x.Samples.SelectMany(y => y).ToArray())];
        var system = Forced.Build();
        using var stepper = new LaneStepper(system, new StepperOptions());

        GridTrajectory[] together = [.. Enumerable.Range(0, 40).Select(Patient)], reversed = [.. Enumerable.Range(0, 40).Select(Patient)], alone = [.. Enumerable.Range(0, 40).Select(Patient)];
        stepper.Run(new QueueSource(together));
        stepper.Run(new QueueSource(reversed.Reverse()));
        foreach (var t in alone) stepper.Run(new QueueSource([t]));
        Assert.Equal(Flat(together), Flat(reversed));
        Assert.Equal(Flat(together), Flat(alone));
    }

    [Fact]
    public void An_insoluble_trajectory_is_reported_and_its_neighbours_are_unharmed()
    {
        var explosive = new HandWrittenSystem(1, 1)
        {
            F = (_, y, p, f) => f[0] = p[0] * y[0] * y[0],
            J = (_, y, p, j) => j[0, 0] = 2 * p[0] * y[0],
        };
        using var stepper = new LaneStepper(explosive.Build(), new StepperOptions());
        var bad = new GridTrajectory([1], [1], [2]); // infinite at t = 1
        var nan = new GridTrajectory([1], [double.NaN], [2]);
        var good = new GridTrajectory([1], [-1], [2]);
        stepper.Run(new QueueSource([bad, nan, good]));
        Assert.NotEqual(Outcome.Done, bad.Report.Outcome);
        Assert.Equal(1, bad.Report.Time, 1e-3);
        Assert.NotEqual(Outcome.Done, nan.Report.Outcome);
        Assert.Equal(1.0 / 3, good.Samples[0][0], 1e-5);
    }

    [Fact]
    public void A_non_negative_state_never_undershoots_and_a_large_undershoot_is_not_projected()
    {
        // Decay by twelve decades: a relative tolerance alone would let the state swing below zero.
        var decay = new HandWrittenSystem(2, 0)
        {
            F = (_, y, _, f) => (f[0], f[1]) = (-100 * y[0], (100 * y[0]) - y[1]),
            J = (_, _, _, j) => (j[0, 0], j[1, 0], j[1, 1]) = (-100, 100, -1),
            NonNegative = true,
        };
        var run = Run(decay, new GridTrajectory([1, 0], [], Grid(2, 400)), new StepperOptions { RelativeTolerance = 1e-3, AbsoluteTolerance = 1e-12 });
        Assert.All(run.Samples, y => Assert.True(y[0] >= 0 && y[1] >= 0));
        Assert.Equal(100.0 / 99 * (Math.Exp(-2) - Math.Exp(-200)), run.Samples[^1][1], 0.01);
    }
}

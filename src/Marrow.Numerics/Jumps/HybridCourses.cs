using Marrow.Numerics.Ode;
using Marrow.Numerics.Random;

namespace Marrow.Numerics.Jumps;

/// <summary>Receives a sample of one of many repeats; different repeats may be handed over by different threads at the same time.</summary>
/// <param name="repeat">Number of the repeat.</param>
/// <param name="time">Time of the sample.</param>
/// <param name="states">States at that time.</param>
/// <param name="parameters">Parameters at that time.</param>
public delegate void RepeatReceiver(int repeat, double time, ReadOnlySpan<double> states, ReadOnlySpan<double> parameters);

/// <summary>News of a counted population in one of many repeats, from any thread.</summary>
/// <param name="repeat">Number of the repeat.</param>
/// <param name="population">Name of the population.</param>
/// <param name="time">When.</param>
/// <param name="appeared">Whether its first cell appeared; otherwise the last is gone.</param>
public delegate void RepeatNews(int repeat, string population, double time, bool appeared);

/// <summary>One start repeated with different random numbers, in lanes and threads. Repeat k is a function of the seed and k only.</summary>
public sealed record HybridCourses
{
    /// <summary>The system.</summary>
    public required LaneSystem System { get; init; }
    /// <summary>Its counted populations.</summary>
    public required CountedSystem Counted { get; init; }
    /// <summary>States at the start.</summary>
    public required IReadOnlyList<double> States { get; init; }
    /// <summary>Parameters.</summary>
    public required IReadOnlyList<double> Parameters { get; init; }
    /// <summary>Time at the start.</summary>
    public double Start { get; init; }
    /// <summary>Times of the samples, ascending; each course ends at the last.</summary>
    public required IReadOnlyList<double> Times { get; init; }
    /// <summary>Tolerances of the continuous part.</summary>
    public StepperOptions Stepper { get; init; } = new();
    /// <summary>Tolerances of the counted part.</summary>
    public HybridOptions Hybrid { get; init; } = new();
    /// <summary>Seed of every random number.</summary>
    public required ulong Seed { get; init; }

    /// <summary>Runs repeats.</summary>
    /// <param name="first">Number of the first.</param>
    /// <param name="count">How many.</param>
    /// <param name="threads">Threads, each with eight lanes.</param>
    /// <param name="receive">Receives every sample.</param>
    /// <param name="news">Receives first and last cells; may be null.</param>
    /// <param name="cancel">Stops the run.</param>
    /// <returns>What was done, and the repeats that did not reach the end.</returns>
    public (HybridCounts Counts, StepperCounts Steps, IReadOnlyList<(int Repeat, TrajectoryReport Report)> Failed) Run(
        int first, int count, int threads, RepeatReceiver receive, RepeatNews? news = null, CancellationToken cancel = default)
    {
        ArgumentNullException.ThrowIfNull(receive);
        var next = first - 1;
        var end = first + count;
        var (counts, steps) = (new HybridCounts(), new StepperCounts());
        var failed = new List<(int Repeat, TrajectoryReport Report)>();
        Parallel.For(0, Math.Max(1, threads), new ParallelOptions { MaxDegreeOfParallelism = Math.Max(1, threads), CancellationToken = cancel }, _ =>
        {
            var own = new HybridCounts();
            using var stepper = new LaneStepper(System, Stepper);
            stepper.Run(new Queue(Take), cancel);
            lock (failed) { counts.Add(own); steps.Add(stepper.Counts); }

            HybridTrajectory? Take()
            {
                var repeat = Interlocked.Increment(ref next);
                if (repeat >= end) return null;
                var course = new SampledTrajectory(States, Parameters, Start, Times, (time, states, parameters) => receive(repeat, time, states, parameters));
                var key = new RandomKey(Seed, Purpose.Of("jumps"), (ulong)repeat);
                return new HybridTrajectory(new Repeat(course, repeat, news, Lost), Counted, Hybrid, key, own);
            }
        });
        return (counts, steps, [.. failed.OrderBy(f => f.Repeat)]);

        void Lost(int repeat, TrajectoryReport report)
        {
            lock (failed) failed.Add((repeat, report));
        }
    }

    private sealed class Queue(Func<Trajectory?> take) : ITrajectorySource
    {
        public Trajectory? Next() => take();
    }

    private sealed class Repeat(SampledTrajectory course, int repeat, RepeatNews? news, Action<int, TrajectoryReport> lost) : Trajectory, IPopulationObserver
    {
        public override double NextStop => course.NextStop;

        public override double NextSample => course.NextSample;

        public override double Begin(Span<double> states, Span<double> parameters) => course.Begin(states, parameters);

        public override Directive AtStop(double time, Span<double> states, Span<double> parameters) => course.AtStop(time, states, parameters);

        public override Directive AtSample(double time, Span<double> states, Span<double> parameters) => course.AtSample(time, states, parameters);

        public override void Ended(in TrajectoryReport report, ReadOnlySpan<double> states)
        {
            if (report.Outcome != Outcome.Done) lost(repeat, report);
        }

        public void Appeared(string population, double time) => news?.Invoke(repeat, population, time, true);

        public void DiedOut(string population, double time) => news?.Invoke(repeat, population, time, false);
    }
}

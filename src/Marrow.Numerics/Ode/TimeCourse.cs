namespace Marrow.Numerics.Ode;

/// <summary>Receives a time course, one time after another.</summary>
/// <param name="time">Time of the sample.</param>
/// <param name="states">States at that time, length n.</param>
/// <param name="parameters">Parameters at that time (events may change them).</param>
public delegate void SampleReceiver(double time, ReadOnlySpan<double> states, ReadOnlySpan<double> parameters);

/// <summary>One trajectory on a grid of times: the simplest use of <see cref="LaneStepper"/>.</summary>
public static class TimeCourse
{
    /// <summary>Solves from <paramref name="start"/> and hands over the states at each of <paramref name="times"/>.</summary>
    /// <param name="system">The system.</param>
    /// <param name="states">States at the start, length n.</param>
    /// <param name="parameters">Parameters set from outside.</param>
    /// <param name="start">Start time.</param>
    /// <param name="times">Ascending, none before the start; the last is where the solution ends.</param>
    /// <param name="options">Tolerances and limits.</param>
    /// <param name="receive">Called once for each time, in order.</param>
    /// <param name="cancel">Stops the run.</param>
    /// <returns>How it ended; if not <see cref="Outcome.Done"/>, the times after its time were not handed over.</returns>
    /// <exception cref="ArgumentException">A length does not fit the system, or the times do not ascend.</exception>
    public static TrajectoryReport Solve(
        LaneSystem system, IReadOnlyList<double> states, IReadOnlyList<double> parameters, double start, IReadOnlyList<double> times,
        StepperOptions options, SampleReceiver receive, CancellationToken cancel = default)
    {
        ArgumentNullException.ThrowIfNull(system);
        ArgumentNullException.ThrowIfNull(receive);
        ArgumentNullException.ThrowIfNull(times);
        if (states?.Count != system.States) throw new ArgumentException($"{system.States} states are needed, {states?.Count} were given.", nameof(states));
        if (parameters?.Count != system.Parameters) throw new ArgumentException($"{system.Parameters} parameters are needed, {parameters?.Count} were given.", nameof(parameters));
        if (times.Count == 0) throw new ArgumentException("At least one time is needed.", nameof(times));
        for (var k = 0; k < times.Count; k++)
            if (!(times[k] >= (k == 0 ? start : times[k - 1]))) throw new ArgumentException($"Times must ascend from the start {start}; number {k + 1} is {times[k]}.", nameof(times));
        var trajectory = new Sampled(states, parameters, start, times, receive);
        using var stepper = new LaneStepper(system, options);
        stepper.Run(trajectory, cancel);
        return trajectory.Report;
    }

    private sealed class Sampled(
        IReadOnlyList<double> initial, IReadOnlyList<double> values, double start, IReadOnlyList<double> times, SampleReceiver receive) : Trajectory, ITrajectorySource
    {
        private int _next;
        private bool _given;

        public TrajectoryReport Report { get; private set; }

        public Trajectory? Next() => _given ? null : Take();

        public override double NextStop => times[^1];

        public override double NextSample => _next < times.Count ? times[_next] : double.PositiveInfinity;

        private Sampled Take()
        {
            _given = true;
            return this;
        }

        public override double Begin(Span<double> states, Span<double> parameters)
        {
            for (var i = 0; i < states.Length; i++) states[i] = initial[i];
            for (var i = 0; i < parameters.Length; i++) parameters[i] = values[i];
            return start;
        }

        public override Directive AtStop(double time, Span<double> states, Span<double> parameters) => Directive.Finish;

        public override Directive AtSample(double time, Span<double> states, Span<double> parameters)
        {
            receive(times[_next++], states, parameters);
            return Directive.Continue;
        }

        public override void Ended(in TrajectoryReport report, ReadOnlySpan<double> states) => Report = report;
    }
}

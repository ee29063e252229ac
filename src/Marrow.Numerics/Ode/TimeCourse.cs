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
        var trajectory = new SampledTrajectory(states, parameters, start, times, receive);
        TrajectoryList.Follow(system, options, [trajectory], cancel: cancel);
        return trajectory.Report;
    }
}

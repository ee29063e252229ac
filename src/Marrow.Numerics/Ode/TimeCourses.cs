namespace Marrow.Numerics.Ode;

/// <summary>Receives one sample of one member of an ensemble.</summary>
/// <param name="member">Number of the member.</param>
/// <param name="time">Time of the sample.</param>
/// <param name="states">States at that time, length n.</param>
/// <param name="parameters">Parameters at that time.</param>
public delegate void MemberReceiver(int member, double time, ReadOnlySpan<double> states, ReadOnlySpan<double> parameters);

/// <summary>Many trajectories of one system on one grid of times, in lanes and on threads. What a member gives depends neither on the other
/// members nor on the number of threads.</summary>
public sealed class TimeCourses
{
    /// <summary>The system.</summary>
    public required LaneSystem System { get; init; }

    /// <summary>Start time.</summary>
    public required double Start { get; init; }

    /// <summary>Times of the samples, ascending, none before the start; the last is where each trajectory ends.</summary>
    public required IReadOnlyList<double> Times { get; init; }

    /// <summary>Tolerances and limits.</summary>
    public required StepperOptions Options { get; init; }

    /// <summary>Solves members.</summary>
    /// <param name="count">How many.</param>
    /// <param name="begin">States and parameters of a member at the start; called for all before any is followed.</param>
    /// <param name="threads">Threads, at least 1.</param>
    /// <param name="receive">Called on any thread, once for each time of a member, in order.</param>
    /// <param name="cancel">Stops the run.</param>
    /// <returns>How each member ended, in order; the times after that of a member that is not done were not handed over.</returns>
    public IReadOnlyList<TrajectoryReport> Solve(
        int count, Func<int, (IReadOnlyList<double> States, IReadOnlyList<double> Parameters)> begin, int threads, MemberReceiver receive, CancellationToken cancel = default)
    {
        ArgumentNullException.ThrowIfNull(begin);
        ArgumentNullException.ThrowIfNull(receive);
        SampledTrajectory[] members = [.. Enumerable.Range(0, count).Select(Member)];
        TrajectoryList.Follow(System, Options, members, threads, cancel);
        return [.. members.Select(m => m.Report)];

        SampledTrajectory Member(int member)
        {
            var (states, parameters) = begin(member);
            return new SampledTrajectory(states, parameters, Start, Times, (time, y, p) => receive(member, time, y, p));
        }
    }
}

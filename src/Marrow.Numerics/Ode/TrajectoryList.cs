namespace Marrow.Numerics.Ode;

/// <summary>Trajectories that are at hand, one after another; several threads may take from it.</summary>
/// <param name="trajectories">The trajectories, each taken once.</param>
public sealed class TrajectoryList(IReadOnlyList<Trajectory> trajectories) : ITrajectorySource
{
    private int _last = -1;

    /// <inheritdoc/>
    public Trajectory? Next() => Interlocked.Increment(ref _last) is var k && k < trajectories.Count ? trajectories[k] : null;

    /// <summary>Follows every trajectory to its end. What becomes of one depends neither on the others nor on the number of threads.</summary>
    /// <param name="system">The system.</param>
    /// <param name="options">Tolerances and limits.</param>
    /// <param name="trajectories">The trajectories.</param>
    /// <param name="threads">Threads, each with eight lanes; fewer than 1 count as 1.</param>
    /// <param name="cancel">Stops the run.</param>
    public static void Follow(LaneSystem system, StepperOptions options, IReadOnlyList<Trajectory> trajectories, int threads = 1, CancellationToken cancel = default)
    {
        ArgumentNullException.ThrowIfNull(trajectories);
        var queue = new TrajectoryList(trajectories);
        // Alone, a trajectory needs no more than its own lane of every vector; the bits are the same.
        if (trajectories.Count == 1) system = system with { Lanes = system.OneLane };
        var workers = Math.Max(1, Math.Min(threads, trajectories.Count));
        if (workers == 1) Work();
        else Parallel.For(0, workers, new ParallelOptions { MaxDegreeOfParallelism = workers, CancellationToken = cancel }, _ => Work());

        void Work()
        {
            using var stepper = new LaneStepper(system, options);
            stepper.Run(queue, cancel);
        }
    }
}

using Marrow.Numerics.Ode;
using Marrow.Trials.Studies;

namespace Marrow.Trials.Patients;

/// <summary>A queue in which a trajectory that ends may bring forth another.</summary>
internal interface IFollowUpSource : ITrajectorySource
{
    /// <summary>Whether a patient waits for its next trajectory: the last to end in a run may have brought one forth.</summary>
    bool HasFollowUps { get; }
}

/// <summary>Runs queues of trajectories on threads, each with its own stepper.</summary>
internal static class LaneWorkers
{
    /// <summary>Runs one queue a thread until all are empty; returns what the steppers did.</summary>
    /// <exception cref="StudyException">A worker failed.</exception>
    /// <exception cref="OperationCanceledException">The run was stopped.</exception>
    public static StepperCounts Run(LaneSystem system, StepperOptions options, int threads, Func<IFollowUpSource> queue, CancellationToken cancel)
    {
        var total = new StepperCounts();
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        var errors = new List<Exception>();
        void Work()
        {
            try
            {
                using var stepper = new LaneStepper(system, options);
                var source = queue();
                do stepper.Run(source, stop.Token);
                while (source.HasFollowUps);
                lock (total) total.Add(stepper.Counts);
            }
            catch (Exception e)
            {
                lock (errors) errors.Add(e);
                stop.Cancel();
            }
        }

        var workers = Enumerable.Range(0, threads).Select(i => new Thread(Work) { Name = $"lanes {i}", IsBackground = true }).ToArray();
        foreach (var worker in workers) worker.Start();
        foreach (var worker in workers) worker.Join();
        cancel.ThrowIfCancellationRequested();
        if (errors.Find(e => e is not OperationCanceledException) is { } error) throw new StudyException($"a worker failed: {error.Message}", error);
        return total;
    }
}

using Marrow.Numerics.Ode;
using Marrow.Numerics.Random;

namespace Marrow.Numerics.Jumps;

/// <summary>A way to follow one course of a jump process.</summary>
internal interface IJumpSimulation
{
    StochasticReport Run(
        IReadOnlyList<double> states, IReadOnlyList<double> parameters, double start, IReadOnlyList<double> times, ref RandomStream stream,
        SampleReceiver receive, long maxJumps, CancellationToken cancel);
}

/// <summary>One start simulated again and again, on threads. Repeat k is a function of the seed and k only.</summary>
public sealed record StochasticCourses
{
    /// <summary>The network.</summary>
    public required StochasticNetwork Network { get; init; }
    /// <summary>States at the start, in their unit.</summary>
    public required IReadOnlyList<double> States { get; init; }
    /// <summary>Parameters.</summary>
    public required IReadOnlyList<double> Parameters { get; init; }
    /// <summary>Time at the start.</summary>
    public double Start { get; init; }
    /// <summary>Times of the samples, ascending; each course ends at the last.</summary>
    public required IReadOnlyList<double> Times { get; init; }
    /// <summary>Seed of every random number.</summary>
    public required ulong Seed { get; init; }
    /// <summary>Reactions after which a course is given up.</summary>
    public long MaxJumps { get; init; } = long.MaxValue;
    /// <summary>Relative change of propensities that a leap may make (<see cref="TauLeaping"/>); null for every reaction by itself.</summary>
    public double? Epsilon { get; init; }

    /// <summary>Runs repeats.</summary>
    /// <param name="first">Number of the first.</param>
    /// <param name="count">How many.</param>
    /// <param name="threads">Threads.</param>
    /// <param name="receive">Receives every sample, from any thread.</param>
    /// <param name="cancel">Stops the run.</param>
    /// <returns>One report a repeat, in order.</returns>
    public IReadOnlyList<StochasticReport> Run(int first, int count, int threads, RepeatReceiver receive, CancellationToken cancel = default)
    {
        ArgumentNullException.ThrowIfNull(receive);
        var reports = new StochasticReport[count];
        var next = -1;
        var purpose = Purpose.Of(Epsilon is null ? "stochastic simulation" : "tau-leaping");
        Parallel.For(0, Math.Max(1, threads), new ParallelOptions { MaxDegreeOfParallelism = Math.Max(1, threads), CancellationToken = cancel }, _ =>
        {
            IJumpSimulation simulation = Epsilon is { } epsilon
                ? new TauLeaping(Network, Parameters.Count, epsilon) : new StochasticSimulation(Network, Parameters.Count);
            for (var i = Interlocked.Increment(ref next); i < count; i = Interlocked.Increment(ref next))
            {
                var repeat = first + i;
                var stream = new RandomKey(Seed, purpose, (ulong)repeat).Stream();
                reports[i] = simulation.Run(
                    States, Parameters, Start, Times, ref stream, (time, states, parameters) => receive(repeat, time, states, parameters), MaxJumps, cancel);
            }
        });
        return reports;
    }
}

using Marrow.Numerics.Ode;

namespace Marrow.Numerics.Jumps;

/// <summary>Propensity of a reaction at a point, in reactions per time.</summary>
/// <param name="reaction">Which reaction.</param>
/// <param name="time">Time.</param>
/// <param name="states">States in their unit.</param>
/// <param name="parameters">Parameters.</param>
public delegate double PropensityFunction(int reaction, double time, ReadOnlySpan<double> states, ReadOnlySpan<double> parameters);

/// <summary>Values of the event root functions at a point.</summary>
/// <param name="time">Time.</param>
/// <param name="states">States in their unit.</param>
/// <param name="parameters">Parameters.</param>
/// <param name="roots">Filled.</param>
public delegate void RootFunctions(double time, ReadOnlySpan<double> states, ReadOnlySpan<double> parameters, Span<double> roots);

/// <summary>A reaction network as a Markov jump process: every reaction changes whole numbers of individuals. Between jumps time goes on, and
/// states with a rate rule with it: propensities may depend on both.</summary>
public sealed record StochasticNetwork
{
    /// <summary>What one individual is in the unit of the states.</summary>
    public required double Unit { get; init; }
    /// <summary>Which states are numbers of individuals; the others are set by events, or are <see cref="Continuous"/>.</summary>
    public required IReadOnlyList<bool> IsCount { get; init; }
    /// <summary>Names of the reactions, for messages.</summary>
    public required IReadOnlyList<string> Reactions { get; init; }
    /// <summary>What one reaction changes: state and number of individuals.</summary>
    public required IReadOnlyList<IReadOnlyList<CountedChange>> Changes { get; init; }
    /// <summary>Reactions whose propensity changes when a reaction has happened.</summary>
    public required IReadOnlyList<IReadOnlyList<int>> Affected { get; init; }
    /// <summary>The propensities.</summary>
    public required PropensityFunction Propensity { get; init; }
    /// <summary>Order of each propensity in the numbers that it reads: how many times its relative change is that of the number, at most.</summary>
    public required IReadOnlyList<IReadOnlyList<StateOrder>> Orders { get; init; }
    /// <summary>States that change continuously, by rate rules.</summary>
    public IReadOnlyList<int> Continuous { get; init; } = [];
    /// <summary>Reactions whose propensity changes between jumps, with time or a continuous state.</summary>
    public IReadOnlyList<int> Varying { get; init; } = [];
    /// <summary>Derivatives of the continuous states, then rates (in the unit of the states) of the varying reactions; null if there is nothing
    /// that changes between jumps.</summary>
    public RootFunctions? Flow { get; init; }
    /// <summary>Whether something changes between jumps, or a trigger depends on time in more than a straight line.</summary>
    public bool Flows => Flow is not null;
    /// <summary>The events.</summary>
    public required ILaneEvents Events { get; init; }
    /// <summary>Number of root functions of the events.</summary>
    public required int Roots { get; init; }
    /// <summary>The root functions.</summary>
    public required RootFunctions EvaluateRoots { get; init; }
    /// <summary>Whether a root function changes between jumps.</summary>
    public required bool EventsByTime { get; init; }
}

/// <summary>How a propensity depends on a number of individuals.</summary>
/// <param name="State">The state.</param>
/// <param name="Order">1 for x, 2 for x(x-1), and so on.</param>
public readonly record struct StateOrder(int State, double Order);

/// <summary>How a stochastic simulation ended.</summary>
public enum StochasticOutcome
{
    /// <summary>It reached its end.</summary>
    Done,
    /// <summary>More reactions than allowed.</summary>
    TooManyJumps,
    /// <summary>A propensity was negative or not a number.</summary>
    BadPropensity,
    /// <summary>Events triggered each other without end.</summary>
    EndlessEvents,
    /// <summary>The delay of an event was not a number.</summary>
    BadDelay,
    /// <summary>A number of individuals was not a number, or above 2^53.</summary>
    BadCount,
    /// <summary>What changes between jumps could not be followed.</summary>
    StepTooSmall,
}

/// <summary>What became of a stochastic simulation.</summary>
/// <param name="Outcome">Why it ended.</param>
/// <param name="Time">Time reached.</param>
/// <param name="Jumps">Reactions carried out.</param>
/// <param name="Reaction">The reaction at fault (the state for <see cref="StochasticOutcome.BadCount"/>), or -1.</param>
public readonly record struct StochasticReport(StochasticOutcome Outcome, double Time, long Jumps, int Reaction);

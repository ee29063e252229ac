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

/// <summary>A reaction network as a Markov jump process: every reaction changes whole numbers of individuals, with a propensity that
/// depends on states and parameters only.</summary>
public sealed record StochasticNetwork
{
    /// <summary>What one individual is in the unit of the states.</summary>
    public required double Unit { get; init; }
    /// <summary>Which states are numbers of individuals; the others are only set by events.</summary>
    public required IReadOnlyList<bool> IsCount { get; init; }
    /// <summary>Names of the reactions, for messages.</summary>
    public required IReadOnlyList<string> Reactions { get; init; }
    /// <summary>What one reaction changes: state and number of individuals.</summary>
    public required IReadOnlyList<IReadOnlyList<CountedChange>> Changes { get; init; }
    /// <summary>Reactions whose propensity changes when a reaction has happened.</summary>
    public required IReadOnlyList<IReadOnlyList<int>> Affected { get; init; }
    /// <summary>The propensities.</summary>
    public required PropensityFunction Propensity { get; init; }
    /// <summary>The events.</summary>
    public required ILaneEvents Events { get; init; }
    /// <summary>Number of root functions of the events.</summary>
    public required int Roots { get; init; }
    /// <summary>The root functions.</summary>
    public required RootFunctions EvaluateRoots { get; init; }
    /// <summary>Whether a root function depends on time itself.</summary>
    public required bool EventsByTime { get; init; }
}

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
}

/// <summary>What became of a stochastic simulation.</summary>
/// <param name="Outcome">Why it ended.</param>
/// <param name="Time">Time reached.</param>
/// <param name="Jumps">Reactions carried out.</param>
/// <param name="Reaction">The reaction at fault, or -1.</param>
public readonly record struct StochasticReport(StochasticOutcome Outcome, double Time, long Jumps, int Reaction);

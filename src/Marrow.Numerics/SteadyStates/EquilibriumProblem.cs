namespace Marrow.Numerics.SteadyStates;

/// <summary>Values at a point: rates (length n), or their derivatives at <see cref="EquilibriumProblem.Places"/>.</summary>
/// <param name="states">Length n.</param>
/// <param name="values">Filled.</param>
public delegate void PointFunction(ReadOnlySpan<double> states, Span<double> values);

/// <summary>Follows the solution for a while.</summary>
/// <param name="states">Length n; replaced by those at the end.</param>
/// <param name="duration">How long.</param>
/// <returns>Whether the end was reached.</returns>
public delegate bool FollowSolution(Span<double> states, double duration);

/// <summary>y' = f(y), of which a point with f(y) = 0 is wanted.</summary>
public sealed record EquilibriumProblem
{
    /// <summary>f.</summary>
    public required PointFunction Rates { get; init; }

    /// <summary>Row and column of each entry of df/dy that may be other than 0, each once.</summary>
    public required IReadOnlyList<(int Row, int Column)> Places { get; init; }

    /// <summary>Those entries.</summary>
    public required PointFunction Jacobian { get; init; }

    /// <summary>Solves the equations in time.</summary>
    public required FollowSolution Follow { get; init; }

    /// <summary>Of each state what the absolute tolerance is multiplied by.</summary>
    public required IReadOnlyList<double> AbsoluteScale { get; init; }

    /// <summary>What never changes.</summary>
    public required ConservationLaws Laws { get; init; }
}

/// <summary>Accuracy and limits of a search.</summary>
public sealed record EquilibriumOptions
{
    /// <summary>How near the point must be, relative to each state.</summary>
    public double Relative { get; init; } = 1e-10;

    /// <summary>How near the point must be, in units of <see cref="EquilibriumProblem.AbsoluteScale"/>.</summary>
    public double Absolute { get; init; } = 1e-12;

    /// <summary>Steps of each method but integration.</summary>
    public int MostSteps { get; init; } = 500;

    /// <summary>Factor from the first stretch of time that is followed to the longest.</summary>
    public double LongestStretch { get; init; } = 1e12;
}

/// <summary>How a point was found.</summary>
public enum EquilibriumMethod
{
    /// <summary>The start is one.</summary>
    Start,

    /// <summary>Implicit steps along the solution that grow until they are Newton's (pseudo-transient continuation).</summary>
    PseudoTransient,

    /// <summary>Newton's method with a line search from the start.</summary>
    DampedNewton,

    /// <summary>The solution in time, then Newton's method.</summary>
    Integration,
}

/// <summary>What small disturbances do.</summary>
public enum Stability
{
    /// <summary>All die out without swinging.</summary>
    Stable,

    /// <summary>All die out, and the slowest swings.</summary>
    StableOscillating,

    /// <summary>Some grow.</summary>
    Unstable,

    /// <summary>Some grow, and the fastest swings: the solution around it oscillates.</summary>
    UnstableOscillating,

    /// <summary>None grows, and some stay: there are other such points beside it.</summary>
    Neutral,

    /// <summary>Too many states act on one another for their eigenvalues to be computed.</summary>
    Unjudged,
}

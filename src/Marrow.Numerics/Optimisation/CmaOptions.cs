namespace Marrow.Numerics.Optimisation;

/// <summary>Settings of <see cref="CmaEs"/>.</summary>
public sealed record CmaOptions
{
    /// <summary>Seed of the random points.</summary>
    public ulong Seed { get; init; }

    /// <summary>First step size: about a third of the distance within which the minimum is expected.</summary>
    public double StepSize { get; init; } = 0.5;

    /// <summary>Points of a generation, at least 4; 0 for 4 + floor(3 ln n), the tutorial's default.</summary>
    public int Population { get; init; }

    /// <summary>Generations after which the search ends.</summary>
    public int MaxGenerations { get; init; } = 10_000;

    /// <summary>Converged when no variable moves by more than this.</summary>
    public double VariableTolerance { get; init; } = 1e-10;

    /// <summary>Converged when the best values of the last generations, and all of this one, differ by less than this.</summary>
    public double ValueTolerance { get; init; } = 1e-12;
}

/// <summary>Why a search ended.</summary>
public enum SearchEnd
{
    /// <summary>The step has become smaller than its tolerance.</summary>
    StepTolerance,

    /// <summary>The value no longer falls.</summary>
    ValueTolerance,

    /// <summary>The budget of generations or iterations is spent.</summary>
    Budget,

    /// <summary>No step within the allowed damping lowers the value.</summary>
    NoDescent,

    /// <summary>The covariance of the search is too badly conditioned to go on.</summary>
    IllConditioned,
}

/// <summary>What a search has found.</summary>
/// <param name="Point">The best point evaluated.</param>
/// <param name="Value">Its value.</param>
/// <param name="Iterations">Generations or iterations.</param>
/// <param name="Evaluations">Points evaluated.</param>
/// <param name="End">Why it ended.</param>
public sealed record SearchResult(IReadOnlyList<double> Point, double Value, int Iterations, long Evaluations, SearchEnd End);

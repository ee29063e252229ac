namespace Marrow.Numerics.Optimisation;

/// <summary>Settings of <see cref="LevenbergMarquardt"/>.</summary>
public sealed record LeastSquaresOptions
{
    /// <summary>Step of the finite differences in each variable's own unit. With common random numbers it may be large against rounding:
    /// it should bridge the ripples of a simulated residual.</summary>
    public double DifferenceStep { get; init; } = 1e-4;

    /// <summary>Differences to both sides (error of second order, twice the points) or to one.</summary>
    public bool Central { get; init; } = true;

    /// <summary>Iterations after which the search ends; 0 to evaluate the start and its Jacobian only.</summary>
    public int MaxIterations { get; init; } = 100;

    /// <summary>First damping, relative to the diagonal of J^T J.</summary>
    public double Damping { get; init; } = 1e-2;

    /// <summary>Factors of the damping that are tried side by side in each iteration.</summary>
    public IReadOnlyList<double> DampingFactors { get; init; } = [0.01, 0.1, 1, 10];

    /// <summary>Largest step in any variable.</summary>
    public double LargestStep { get; init; } = double.PositiveInfinity;

    /// <summary>Converged when no variable moves by more than this.</summary>
    public double VariableTolerance { get; init; } = 1e-8;

    /// <summary>Converged when the sum of squares falls by less than this share of itself.</summary>
    public double ValueTolerance { get; init; } = 1e-12;
}

/// <summary>What a least-squares search has found.</summary>
/// <param name="Point">The best point.</param>
/// <param name="Residuals">Residuals there.</param>
/// <param name="Jacobian">d residual i / d variable j at [i, j], at the last point where it was taken: <paramref name="Point"/>, unless the last
/// step was smaller than the tolerance.</param>
/// <param name="Iterations">Steps taken.</param>
/// <param name="Evaluations">Points evaluated.</param>
/// <param name="End">Why it ended.</param>
public sealed record LeastSquaresResult(
    IReadOnlyList<double> Point, IReadOnlyList<double> Residuals, double[,] Jacobian, int Iterations, long Evaluations, SearchEnd End)
{
    /// <summary>Sum of the squares of the residuals.</summary>
    public double SumOfSquares => Residuals.Sum(r => r * r);
}

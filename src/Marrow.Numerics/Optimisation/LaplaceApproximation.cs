using MathNet.Numerics.LinearAlgebra;

namespace Marrow.Numerics.Optimisation;

/// <summary>What data say about a variable.</summary>
public enum Identifiability
{
    /// <summary>The data halve the prior's standard deviation, or do better.</summary>
    Identified,

    /// <summary>The data narrow the prior by a tenth or more.</summary>
    Weak,

    /// <summary>What is known is the prior.</summary>
    PriorOnly,
}

/// <summary>Normal approximation of a posterior at its mode. Variables are in units of their prior: prior N(0, 1) each, and residuals in
/// units of the data's standard deviations, so that the posterior covariance is (I + J^T J)^-1 with J of the data alone.</summary>
/// <remarks>Laplace's method (Tierney and Kadane 1986, doi:10.1080/01621459.1986.10478240) with the Gauss-Newton Hessian.</remarks>
public sealed class LaplaceApproximation
{
    private const double HalfKnown = 0.5, BarelyKnown = 0.9;

    private LaplaceApproximation(Matrix<double> covariance, IReadOnlyList<InformedDirection> directions)
    {
        Covariance = covariance.ToArray();
        StandardDeviations = [.. Enumerable.Range(0, covariance.RowCount).Select(i => Math.Sqrt(covariance[i, i]))];
        Directions = directions;
    }

    /// <summary>Posterior covariance, n by n.</summary>
    public double[,] Covariance { get; }

    /// <summary>Posterior standard deviations, in units of the prior's.</summary>
    public IReadOnlyList<double> StandardDeviations { get; }

    /// <summary>Combinations of variables, the best known first.</summary>
    public IReadOnlyList<InformedDirection> Directions { get; }

    /// <summary>Covariance and what is known, from the Jacobian of the data's residuals.</summary>
    /// <param name="jacobian">d standardised residual i / d variable j at [i, j], without rows of the prior.</param>
    /// <param name="prior">Whether variables have the prior N(0, 1); if not, J^T J must be invertible.</param>
    public static LaplaceApproximation Of(double[,] jacobian, bool prior = true)
    {
        ArgumentNullException.ThrowIfNull(jacobian);
        int rows = jacobian.GetLength(0), n = jacobian.GetLength(1);
        var information = Matrix<double>.Build.Dense(n, n, (a, b) =>
        {
            double sum = 0;
            for (var i = 0; i < rows; i++) sum += jacobian[i, a] * jacobian[i, b];
            return sum;
        });
        var evd = information.Evd(Symmetricity.Symmetric);
        var directions = Enumerable.Range(0, n).Reverse()
            .Select(k => new InformedDirection(Math.Max(0, evd.EigenValues[k].Real), [.. evd.EigenVectors.Column(k)]))
            .ToArray();
        var precision = prior ? information + Matrix<double>.Build.DenseIdentity(n) : information;
        return new LaplaceApproximation(precision.Cholesky().Solve(Matrix<double>.Build.DenseIdentity(n)), directions);
    }

    /// <summary>Posterior correlation of two variables.</summary>
    public double Correlation(int a, int b) => Covariance[a, b] / (StandardDeviations[a] * StandardDeviations[b]);

    /// <summary>What the data say about a variable with prior standard deviation 1.</summary>
    public Identifiability KnownOf(int variable) => StandardDeviations[variable] switch
    {
        <= HalfKnown => Identifiability.Identified,
        <= BarelyKnown => Identifiability.Weak,
        _ => Identifiability.PriorOnly,
    };

    /// <summary>The variable most correlated with another, and how much; -1 if there is only one.</summary>
    public (int Variable, double Correlation) Partner(int variable)
    {
        var best = (Variable: -1, Correlation: 0.0);
        for (var other = 0; other < StandardDeviations.Count; other++)
        {
            if (other == variable) continue;
            var correlation = Correlation(variable, other);
            if (best.Variable < 0 || Math.Abs(correlation) > Math.Abs(best.Correlation)) best = (other, correlation);
        }
        return best;
    }
}

/// <summary>A combination of variables and what the data say about it.</summary>
/// <param name="Information">Eigenvalue of J^T J: above 1 the data say more than the prior.</param>
/// <param name="Weights">Unit vector.</param>
public sealed record InformedDirection(double Information, IReadOnlyList<double> Weights);

using Marrow.Numerics.Statistics;

namespace Marrow.Trials.Survival;

/// <summary>How events at equal times enter the partial likelihood.</summary>
public enum TiesMethod
{
    /// <summary>Efron 1977 (doi:10.1080/01621459.1977.10480613): averages the risk set over the tied events.</summary>
    Efron,

    /// <summary>Breslow 1974 (doi:10.2307/2529620): the whole risk set for each.</summary>
    Breslow,
}

/// <summary>One coefficient of a proportional hazards model.</summary>
/// <param name="Name">Covariate.</param>
/// <param name="Estimate">Logarithm of the hazard ratio per unit of the covariate.</param>
/// <param name="StandardError">From the inverse information.</param>
/// <param name="HazardRatio">exp(estimate).</param>
/// <param name="Limits">Wald limits of the hazard ratio.</param>
/// <param name="PValue">Two-sided Wald test of 0.</param>
public sealed record CoxCoefficient(string Name, double Estimate, double StandardError, double HazardRatio, Interval Limits, double PValue);

/// <summary>A test that all coefficients are 0.</summary>
/// <param name="ChiSquared">The statistic, on as many degrees of freedom as there are coefficients.</param>
/// <param name="PValue">P(chi-squared &gt; statistic).</param>
public readonly record struct CoxTest(double ChiSquared, double PValue);

/// <summary>A fitted proportional hazards model; or why none could be fitted.</summary>
public sealed record CoxFit
{
    /// <summary>Null for a fit; otherwise what stands in the way, with the covariate and what to try, and nothing below is filled in
    /// but the counts.</summary>
    public string? Problem { get; init; }

    /// <summary>Patients.</summary>
    public required int Subjects { get; init; }

    /// <summary>Events.</summary>
    public required int Events { get; init; }

    /// <summary>The coefficients, in the order of the covariates.</summary>
    public IReadOnlyList<CoxCoefficient> Coefficients { get; init; } = [];

    /// <summary>Covariance of the estimates, p x p.</summary>
    public double[,] Covariance { get; init; } = new double[0, 0];

    /// <summary>Log partial likelihood with all coefficients 0.</summary>
    public double LogLikelihoodNull { get; init; } = double.NaN;

    /// <summary>Log partial likelihood at the estimates.</summary>
    public double LogLikelihood { get; init; } = double.NaN;

    /// <summary>Likelihood ratio test.</summary>
    public CoxTest LikelihoodRatio { get; init; }

    /// <summary>Score test; without ties and with one group indicator it is the log-rank test.</summary>
    public CoxTest Score { get; init; }

    /// <summary>Wald test.</summary>
    public CoxTest Wald { get; init; }
}

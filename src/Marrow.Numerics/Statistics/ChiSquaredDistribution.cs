using MathNet.Numerics;

namespace Marrow.Numerics.Statistics;

/// <summary>The chi-squared distribution.</summary>
public static class ChiSquaredDistribution
{
    /// <summary>P(X &gt; x) = Q(degrees/2, x/2), the regularised upper incomplete gamma function: the p-value of a statistic.</summary>
    /// <param name="x">Range: &gt;= 0.</param>
    /// <param name="degrees">Degrees of freedom. Range: &gt;= 1.</param>
    public static double UpperTail(double x, int degrees)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(degrees);
        return x <= 0 ? 1 : SpecialFunctions.GammaUpperRegularized(degrees / 2.0, x / 2);
    }
}

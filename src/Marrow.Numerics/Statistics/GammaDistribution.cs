using Marrow.Numerics.Vectors;
using MathNet.Numerics;

namespace Marrow.Numerics.Statistics;

/// <summary>The gamma distribution with density x^(k-1) exp(-x/theta) / (Gamma(k) theta^k) for x above 0.</summary>
public static class GammaDistribution
{
    /// <summary>Logarithm of the density; minus infinity below 0.</summary>
    /// <param name="x">Where.</param>
    /// <param name="shape">k. Range: &gt; 0.</param>
    /// <param name="scale">theta. Range: &gt; 0.</param>
    public static double LogDensity(double x, double shape, double scale)
    {
        Check(shape, scale);
        if (!(x >= 0)) return double.NegativeInfinity;
        // At 0 the logarithm times zero is no number.
        var power = shape == 1 ? 0 : (shape - 1) * VectorMath.Ln(x);
        return power - x / scale - shape * VectorMath.Ln(scale) - SpecialFunctions.GammaLn(shape);
    }

    /// <summary>P(X &lt;= x), the regularised lower incomplete gamma function of k and x/theta.</summary>
    /// <param name="x">Where.</param>
    /// <param name="shape">k. Range: &gt; 0.</param>
    /// <param name="scale">theta. Range: &gt; 0.</param>
    public static double Cumulative(double x, double shape, double scale)
    {
        Check(shape, scale);
        return x > 0 ? SpecialFunctions.GammaLowerRegularized(shape, x / scale) : 0;
    }

    private static void Check(double shape, double scale)
    {
        if (!(shape > 0)) throw new ArgumentOutOfRangeException(nameof(shape), shape, "The shape must be above 0.");
        if (!(scale > 0)) throw new ArgumentOutOfRangeException(nameof(scale), scale, "The scale must be above 0.");
    }
}

using Marrow.Numerics.Random;
using Marrow.Numerics.Vectors;

namespace Marrow.Numerics.Statistics;

/// <summary>The normal distribution, with the same bits on every platform.</summary>
public static class NormalDistribution
{
    private const double InverseRootTwoPi = 0.39894228040143267793994605993438;

    /// <summary>Density exp(-x^2/2) / sqrt(2 pi). The square is split, so that the error stays relative in the tails.</summary>
    public static double Density(double x)
    {
        if (Math.Abs(x) > 40)
            return 0;
        var head = Math.Floor(x * 16) / 16;
        return InverseRootTwoPi * VectorMath.Exp(-0.5 * head * head) * VectorMath.Exp(-0.5 * (x - head) * (x + head));
    }

    /// <summary>Phi(x) = P(X &lt;= x), relative error below 1e-13 down to x = -37.5, where it leaves the normal range of a double.</summary>
    /// <remarks>Within 2.5 of 0 the series 1/2 + phi(x) (x + x^3/3 + x^5/15 + ...), whose terms have one sign; beyond it Laplace's continued
    /// fraction of Mills' ratio, from the end (Abramowitz and Stegun 26.2.11 and 26.2.14).</remarks>
    public static double Cumulative(double x)
    {
        if (double.IsNaN(x))
            return double.NaN;
        if (Math.Abs(x) > 2.5)
            return x < 0 ? UpperTail(-x) : 1 - UpperTail(x);
        var term = x;
        var sum = x;
        for (var k = 3; ; k += 2)
        {
            term *= x * x / k;
            var next = sum + term;
            if (next == sum)
                return 0.5 + (Density(x) * sum);
            sum = next;
        }
    }

    /// <summary>Inverse of Phi: Wichura's AS 241, PPND16, relative error about 1e-16 (Applied Statistics 37, 1988, doi:10.2307/2347330).</summary>
    /// <param name="p">Probability from 0 (minus infinity) to 1 (infinity); anything else gives NaN.</param>
    public static double Quantile(double p)
    {
        var q = p - 0.5;
        if (Math.Abs(q) <= 0.425)
            return q * Ratio(_centreNumerator, _centreDenominator, 0.180625 - (q * q));
        if (!(p > 0 && p < 1))
            return p == 0 ? double.NegativeInfinity : p == 1 ? double.PositiveInfinity : double.NaN;
        var r = Math.Sqrt(-VectorMath.Ln(q < 0 ? p : 1 - p));
        var z = r <= 5 ? Ratio(_middleNumerator, _middleDenominator, r - 1.6) : Ratio(_tailNumerator, _tailDenominator, r - 5);
        return q < 0 ? -z : z;
    }

    /// <summary>Quantile of a normal distribution truncated to [lower, upper].</summary>
    /// <param name="p">Probability, from 0 to 1.</param>
    /// <param name="mean">Mean before truncation.</param>
    /// <param name="standardDeviation">Before truncation. Range: &gt; 0.</param>
    /// <param name="lower">Lower bound; may be minus infinity.</param>
    /// <param name="upper">Upper bound; may be infinity.</param>
    /// <exception cref="ArgumentException">The bounds hold no probability that a double can express.</exception>
    public static double TruncatedQuantile(double p, double mean, double standardDeviation, double lower, double upper)
    {
        Guard.Probability(p);
        Guard.Positive(standardDeviation, "standard deviation");
        var a = (lower - mean) / standardDeviation;
        var b = (upper - mean) / standardDeviation;
        // Both probabilities are taken in the lower tail, where they are exact.
        var mirrored = a > 0;
        var from = Cumulative(mirrored ? -b : a);
        var to = Cumulative(mirrored ? -a : b);
        Guard.Require(to > from, $"normal({mean}, {standardDeviation}) truncated to [{lower}, {upper}] holds no probability");
        var z = Quantile(from + ((mirrored ? 1 - p : p) * (to - from)));
        return Math.Clamp(mean + (standardDeviation * (mirrored ? -z : z)), lower, upper);
    }

    private static double UpperTail(double x)
    {
        if (x > 40)
            return 0;
        // From 2.5 on, 64 levels leave less than 1e-16 of the fraction.
        var fraction = x;
        for (var k = 64; k > 0; k--)
            fraction = x + (k / fraction);
        return Density(x) / fraction;
    }

    private static double Ratio(double[] numerator, double[] denominator, double x)
    {
        double above = 0;
        double below = 0;
        for (var i = numerator.Length - 1; i >= 0; i--)
        {
            above = (above * x) + numerator[i];
            below = (below * x) + denominator[i];
        }

        return above / below;
    }

    // Coefficients of the three rational approximations, ascending powers, as published.
    private static readonly double[] _centreNumerator =
        [3.3871328727963666080, 133.14166789178437745, 1971.5909503065514427, 13731.693765509461125, 45921.953931549871457, 67265.770927008700853, 33430.575583588128105, 2509.0809287301226727];

    private static readonly double[] _centreDenominator =
        [1, 42.313330701600911252, 687.18700749205790830, 5394.1960214247511077, 21213.794301586595867, 39307.895800092710610, 28729.085735721942674, 5226.4952788528545610];

    private static readonly double[] _middleNumerator =
        [1.42343711074968357734, 4.63033784615654529590, 5.76949722146069140550, 3.64784832476320460504, 1.27045825245236838258, 0.241780725177450611770, 0.0227238449892691845833, 0.000774545014278341407640];

    private static readonly double[] _middleDenominator =
        [1, 2.05319162663775882187, 1.67638483018380384940, 0.689767334985100004550, 0.148103976427480074590, 0.0151986665636164571966, 0.000547593808499534494600, 1.05075007164441684324e-9];

    private static readonly double[] _tailNumerator =
        [6.65790464350110377720, 5.46378491116411436990, 1.78482653991729133580, 0.296560571828504891230, 0.0265321895265761230930, 0.00124266094738807843860, 0.0000271155556874348757815, 2.01033439929228813265e-7];

    private static readonly double[] _tailDenominator =
        [1, 0.599832206555887937690, 0.136929880922735805310, 0.0148753612908506148525, 0.000786869131145613259100, 0.0000184631831751005468180, 1.42151175831644588870e-7, 2.04426310338993978564e-15];
}

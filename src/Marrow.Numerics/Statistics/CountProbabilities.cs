using Marrow.Numerics.Vectors;

namespace Marrow.Numerics.Statistics;

/// <summary>Logarithms of Poisson and binomial probabilities by Loader's saddle-point form, accurate for counts up to 2^52
/// (C. Loader, "Fast and accurate computation of binomial probabilities", 2000): no difference of large log-factorials is taken.</summary>
public static class CountProbabilities
{
    private const double LogTwoPi = 1.8378770664093454835606594728112;

    /// <summary>log(k! e^k / (k^k sqrt(2 pi k))) for k = 0..15, where the series is not accurate enough; entry 0 is unused.</summary>
    private static readonly double[] _smallStirlingErrors = SmallStirlingErrors();

    /// <summary>log P(K = k), K Poisson: -s(k) - D(k; mean) - log(2 pi k)/2.</summary>
    /// <param name="k">A whole number, not negative.</param>
    /// <param name="mean">Range: &gt;= 0.</param>
    public static double LogPoisson(double k, double mean)
    {
        if (mean == 0)
            return k == 0 ? 0 : double.NegativeInfinity;
        return k == 0 ? -mean : -StirlingError(k) - Deviance(k, mean) - (0.5 * (LogTwoPi + VectorMath.Ln(k)));
    }

    /// <summary>log P(K = k), K binomial.</summary>
    /// <param name="k">A whole number from 0 to <paramref name="trials"/>.</param>
    /// <param name="trials">A whole number, not negative.</param>
    /// <param name="probability">Of success in each trial.</param>
    public static double LogBinomial(double k, double trials, double probability)
    {
        if (probability is 0 or 1)
            return k == (trials * probability) ? 0 : double.NegativeInfinity;
        if (k == 0)
            return trials * LogOnePlus(-probability);
        if (k == trials)
            return trials * VectorMath.Ln(probability);
        var failures = trials - k;
        return StirlingError(trials) - StirlingError(k) - StirlingError(failures)
            - Deviance(k, trials * probability) - Deviance(failures, trials * (1 - probability))
            - (0.5 * (LogTwoPi + VectorMath.Ln(k) + VectorMath.Ln(failures / trials)));
    }

    /// <summary>log(1 + x) with the rounding error of 1 + x divided out (Goldberg 1991, theorem 4, doi:10.1145/103162.103163).</summary>
    internal static double LogOnePlus(double x)
    {
        var sum = 1 + x;
        return sum == 1 ? x : VectorMath.Ln(sum) * (x / (sum - 1));
    }

    /// <summary>Error of Stirling's formula for log k!, with the asymptotic series 1/12k - 1/360k^3 + ... above 15.</summary>
    private static double StirlingError(double k)
    {
        if (k < _smallStirlingErrors.Length)
            return _smallStirlingErrors[(int)k];
        var square = k * k;
        return ((1.0 / 12) - (((1.0 / 360) - (((1.0 / 1260) - (((1.0 / 1680) - (1.0 / 1188 / square)) / square)) / square)) / square)) / k;
    }

    /// <summary>D(k; m) = k log(k/m) + m - k, by a series near k = m where the terms cancel.</summary>
    private static double Deviance(double k, double mean)
    {
        var difference = k - mean;
        if (Math.Abs(difference) >= 0.1 * (k + mean))
            return (k * VectorMath.Ln(k / mean)) - difference;
        var v = difference / (k + mean);
        var sum = difference * v;
        var term = 2 * k * v;
        for (var j = 1; ; j++)
        {
            term *= v * v;
            var next = sum + (term / ((2 * j) + 1));
            if (next == sum)
                return sum;
            sum = next;
        }
    }

    private static double[] SmallStirlingErrors()
    {
        var errors = new double[16];
        var factorial = 1.0;
        for (var k = 1; k < errors.Length; k++)
        {
            factorial *= k;
            errors[k] = VectorMath.Ln(factorial) + k - ((k + 0.5) * VectorMath.Ln(k)) - (0.5 * LogTwoPi);
        }

        return errors;
    }
}

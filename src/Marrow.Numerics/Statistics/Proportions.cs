using Marrow.Numerics.Random;
using MathNet.Numerics;

namespace Marrow.Numerics.Statistics;

/// <summary>Confidence intervals of a binomial proportion.</summary>
public static class Proportions
{
    /// <summary>Exact interval of Clopper and Pearson 1934 (doi:10.1093/biomet/26.4.404): the quantiles alpha/2 of Beta(k, n - k + 1)
    /// and 1 - alpha/2 of Beta(k + 1, n - k). Covers with at least the stated probability.</summary>
    /// <param name="successes">k. Range: 0 to n.</param>
    /// <param name="trials">n. Range: &gt;= 1.</param>
    /// <param name="confidence">1 - alpha. Range: between 0 and 1.</param>
    public static Interval ClopperPearson(int successes, int trials, double confidence = 0.95)
    {
        Check(successes, trials, confidence);
        var tail = (1 - confidence) / 2;
        return new(
            successes == 0 ? 0 : BetaQuantile(tail, successes, trials - successes + 1.0),
            successes == trials ? 1 : BetaQuantile(1 - tail, successes + 1.0, trials - successes));
    }

    /// <summary>Score interval of Wilson 1927 (doi:10.1080/01621459.1927.10502953).</summary>
    /// <param name="successes">k. Range: 0 to n.</param>
    /// <param name="trials">n. Range: &gt;= 1.</param>
    /// <param name="confidence">1 - alpha. Range: between 0 and 1.</param>
    public static Interval Wilson(int successes, int trials, double confidence = 0.95)
    {
        Check(successes, trials, confidence);
        var z = NormalDistribution.Quantile(0.5 + (confidence / 2));
        double n = trials;
        var p = successes / n;
        var centre = (p + (z * z / (2 * n))) / (1 + (z * z / n));
        var half = z / (1 + (z * z / n)) * Math.Sqrt((p * (1 - p) / n) + (z * z / (4 * n * n)));
        return new(successes == 0 ? 0 : centre - half, successes == trials ? 1 : centre + half);
    }

    /// <summary>Quantile of the beta distribution: bisection of the regularised incomplete beta function over the ordered doubles of
    /// [0, 1], so that small quantiles keep their relative accuracy.</summary>
    /// <param name="probability">Range: 0 to 1.</param>
    /// <param name="a">First shape. Range: &gt; 0.</param>
    /// <param name="b">Second shape. Range: &gt; 0.</param>
    public static double BetaQuantile(double probability, double a, double b)
    {
        Guard.Probability(probability);
        Guard.Positive(a, "first shape");
        Guard.Positive(b, "second shape");
        long low = 0;
        var high = BitConverter.DoubleToInt64Bits(1);
        while (high - low > 1)
        {
            var middle = low + ((high - low) / 2);
            if (SpecialFunctions.BetaRegularized(a, b, BitConverter.Int64BitsToDouble(middle)) < probability)
                low = middle;
            else
                high = middle;
        }

        return probability == 0 ? 0 : BitConverter.Int64BitsToDouble(high);
    }

    private static void Check(int successes, int trials, double confidence)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(trials);
        Guard.Require(successes >= 0 && successes <= trials, $"{successes} successes in {trials} trials");
        Guard.Require(confidence is > 0 and < 1, $"confidence is {confidence}; it must lie between 0 and 1");
    }
}

using Marrow.Numerics.Random;

namespace Marrow.Numerics.Statistics;

/// <summary>Sample quantiles of type 7, the default of R and NumPy (Hyndman and Fan 1996, doi:10.1080/00031305.1996.10473566).</summary>
public static class Quantiles
{
    /// <summary>x_j + g (x_{j+1} - x_j) with j + g = (n - 1) p, of the ascending values x_0..x_{n-1}. Infinite values are allowed, NaN is not.</summary>
    /// <param name="sorted">Values in ascending order; at least one.</param>
    /// <param name="probability">Range: 0 to 1.</param>
    public static double OfSorted(ReadOnlySpan<double> sorted, double probability)
    {
        Guard.Require(!sorted.IsEmpty, $"a quantile needs at least one value");
        Guard.Probability(probability);
        var position = (sorted.Length - 1) * probability;
        var below = (int)position;
        var fraction = position - below;
        if (fraction == 0 || sorted[below] == sorted[below + 1])
            return sorted[below];
        return double.IsInfinity(sorted[below]) ? sorted[below] : sorted[below] + (fraction * (sorted[below + 1] - sorted[below]));
    }

    /// <summary>Several quantiles of values in any order; the values are copied and sorted once.</summary>
    /// <exception cref="ArgumentException">No values, or one that is not a number.</exception>
    public static double[] Of(IEnumerable<double> values, params ReadOnlySpan<double> probabilities)
    {
        var sorted = Sort(values);
        var quantiles = new double[probabilities.Length];
        for (var i = 0; i < quantiles.Length; i++)
            quantiles[i] = OfSorted(sorted, probabilities[i]);
        return quantiles;
    }

    /// <summary>The quantile of probability one half.</summary>
    public static double Median(IEnumerable<double> values) => OfSorted(Sort(values), 0.5);

    private static double[] Sort(IEnumerable<double> values)
    {
        var sorted = values.ToArray();
        Array.Sort(sorted);
        // NaN sorts before every number.
        Guard.Require(sorted.Length == 0 || !double.IsNaN(sorted[0]), $"quantiles of values that are not numbers are not defined");
        return sorted;
    }
}

using Marrow.Numerics.Vectors;

namespace Marrow.Numerics.Statistics;

/// <summary>Result of a Kolmogorov-Smirnov test.</summary>
/// <param name="Distance">Largest distance D between the two distribution functions.</param>
/// <param name="PValue">Probability of a distance at least as large if both are the same, from the limiting law (Stephens 1970's
/// correction for finite size); conservative where values are tied.</param>
public readonly record struct KolmogorovSmirnovResult(double Distance, double PValue);

/// <summary>Kolmogorov-Smirnov tests of samples against a distribution and against each other.</summary>
public static class KolmogorovSmirnov
{
    /// <summary>A sample against a distribution function. The sample may hold +infinity (an event that has not happened): there the
    /// distribution function need not reach 1.</summary>
    /// <param name="sample">Values in any order, at least one.</param>
    /// <param name="distribution">P(X &lt;= x).</param>
    public static KolmogorovSmirnovResult OneSample(IEnumerable<double> sample, Func<double, double> distribution)
    {
        ArgumentNullException.ThrowIfNull(distribution);
        var sorted = Sorted(sample);
        double distance = 0, n = sorted.Length;
        for (var i = 0; i < sorted.Length && double.IsFinite(sorted[i]); i++)
        {
            var p = distribution(sorted[i]);
            distance = Math.Max(distance, Math.Max(((i + 1) / n) - p, p - (i / n)));
        }
        return new KolmogorovSmirnovResult(distance, UpperTail(distance, n));
    }

    /// <summary>Two samples against each other; tied values, +infinity included, are passed together.</summary>
    public static KolmogorovSmirnovResult TwoSample(IEnumerable<double> first, IEnumerable<double> second)
    {
        double[] a = Sorted(first), b = Sorted(second);
        double distance = 0;
        for (int i = 0, j = 0; i < a.Length && j < b.Length;)
        {
            var x = Math.Min(a[i], b[j]);
            while (i < a.Length && a[i] <= x) i++;
            while (j < b.Length && b[j] <= x) j++;
            distance = Math.Max(distance, Math.Abs((i / (double)a.Length) - (j / (double)b.Length)));
        }
        return new KolmogorovSmirnovResult(distance, UpperTail(distance, a.Length * (double)b.Length / (a.Length + b.Length)));
    }

    /// <summary>P(D &gt; distance) for n values: Q(x) = 2 sum (-1)^(k-1) e^(-2 k^2 x^2) at x = (sqrt n + 0.12 + 0.11/sqrt n) D.</summary>
    private static double UpperTail(double distance, double n)
    {
        var root = Math.Sqrt(n);
        var x = (root + 0.12 + (0.11 / root)) * distance;
        if (x < 0.2) return 1; // 1 - Q is below 1e-12 there, where the series converges slowly
        double sum = 0, sign = 1;
        for (var k = 1; k <= 100; k++, sign = -sign)
        {
            var term = VectorMath.Exp(-2.0 * k * k * x * x);
            sum += sign * term;
            if (term < 1e-17) break;
        }
        return Math.Clamp(2 * sum, 0, 1);
    }

    private static double[] Sorted(IEnumerable<double> sample)
    {
        ArgumentNullException.ThrowIfNull(sample);
        double[] values = [.. sample];
        if (values.Length == 0) throw new ArgumentException("The sample is empty.", nameof(sample));
        if (Array.Exists(values, double.IsNaN)) throw new ArgumentException("The sample holds a value that is not a number.", nameof(sample));
        Array.Sort(values);
        return values;
    }
}

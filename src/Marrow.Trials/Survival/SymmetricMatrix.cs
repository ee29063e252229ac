namespace Marrow.Trials.Survival;

/// <summary>Cholesky factorisation of small covariance and information matrices, that names the row at which a matrix is singular.</summary>
internal static class SymmetricMatrix
{
    /// <summary>A pivot below this share of its diagonal entry is rounding: the row depends on those before it.</summary>
    private const double Singular = 1e-11;

    /// <summary>Replaces the lower triangle of a by L, a = L L'. False: row <paramref name="dependent"/> is a combination of those before it.</summary>
    public static bool TryFactor(double[,] a, out int dependent)
    {
        var n = a.GetLength(0);
        for (var j = 0; j < n; j++)
        {
            var pivot = a[j, j];
            for (var k = 0; k < j; k++)
                pivot -= a[j, k] * a[j, k];
            if (!(pivot > Singular * a[j, j]))
            {
                dependent = j;
                return false;
            }

            a[j, j] = Math.Sqrt(pivot);
            for (var i = j + 1; i < n; i++)
            {
                for (var k = 0; k < j; k++)
                    a[i, j] -= a[i, k] * a[j, k];
                a[i, j] /= a[j, j];
            }
        }

        dependent = -1;
        return true;
    }

    /// <summary>x with L L' x = b.</summary>
    public static double[] Solve(double[,] factor, ReadOnlySpan<double> b)
    {
        var x = SolveLower(factor, b);
        for (var i = x.Length - 1; i >= 0; i--)
        {
            for (var k = i + 1; k < x.Length; k++)
                x[i] -= factor[k, i] * x[k];
            x[i] /= factor[i, i];
        }

        return x;
    }

    /// <summary>b' (L L')^-1 b.</summary>
    public static double QuadraticInverse(double[,] factor, ReadOnlySpan<double> b) => SolveLower(factor, b).Sum(v => v * v);

    private static double[] SolveLower(double[,] factor, ReadOnlySpan<double> b)
    {
        var x = b.ToArray();
        for (var i = 0; i < x.Length; i++)
        {
            for (var k = 0; k < i; k++)
                x[i] -= factor[i, k] * x[k];
            x[i] /= factor[i, i];
        }

        return x;
    }
}

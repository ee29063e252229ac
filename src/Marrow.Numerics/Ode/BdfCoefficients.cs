namespace Marrow.Numerics.Ode;

/// <summary>Constants of the backward differentiation formulas of order q = 1..5 in Nordsieck form, as tables indexed by order
/// (element q; elements 0, 6 and 7 are 0).</summary>
/// <remarks>
/// With l(x) = prod_{i=1..q} (1 + x/i), a step is z := P z + l d, where P is Pascal's triangle and d = y_{n+1} - y_predicted solves
/// d = gamma f(y_predicted + d) - z1/l1, gamma = h/l1. The local error is d/((q+1) l1). See Brown, Byrne, Hindmarsh,
/// SIAM J. Sci. Stat. Comput. 10 (1989) 1038, doi:10.1137/0910062.
/// </remarks>
internal sealed class BdfCoefficients
{
    public const int MaxOrder = 5;

    /// <summary>l_j by order, j = 1..5 (row 0 is unused).</summary>
    public readonly double[][] L = Rows();

    /// <summary>Coefficient of x^j in x(x+1)...(x+q-1), by q: the backward difference that a change of order adds or removes.</summary>
    public readonly double[][] Difference = Rows();

    /// <summary>1/l1.</summary>
    public readonly double[] InvL1 = new double[8];

    /// <summary>l_q, the factor of d in the last row.</summary>
    public readonly double[] Last = new double[8];

    /// <summary>Local error as a multiple of d.</summary>
    public readonly double[] Error = new double[8];

    /// <summary>Local error at order q-1 as a multiple of z_q.</summary>
    public readonly double[] ErrorDown = new double[8];

    /// <summary>Local error at order q+1 as a multiple of d - d_previous.</summary>
    public readonly double[] ErrorUp = new double[8];

    /// <summary>1/(q+1)!.</summary>
    public readonly double[] InvFactorialNext = new double[8];

    public BdfCoefficients()
    {
        double[] poly = [1, 0, 0, 0, 0, 0], rising = [0, 1, 0, 0, 0, 0];
        double factorial = 1, harmonic = 0;
        for (var q = 1; q <= MaxOrder; q++)
        {
            factorial *= q;
            harmonic += 1.0 / q;
            for (var j = 5; j >= 1; j--) poly[j] += poly[j - 1] / q;
            if (q > 1)
                for (var j = 5; j >= 1; j--) rising[j] = (rising[j] * (q - 1)) + rising[j - 1];
            for (var j = 0; j < 6; j++) { L[j][q] = poly[j]; Difference[j][q] = rising[j]; }
            InvL1[q] = 1 / harmonic;
            Last[q] = poly[q];
            Error[q] = InvL1[q] / (q + 1);
            InvFactorialNext[q] = 1 / (factorial * (q + 1));
            if (q == 1) continue;
            ErrorDown[q] = Error[q - 1] * factorial;
            ErrorUp[q - 1] = Error[q];
        }
    }

    private static double[][] Rows() => [.. Enumerable.Range(0, 6).Select(_ => new double[8])];
}

using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Marrow.Numerics.Vectors;

/// <summary>Elementary functions in lanes. <c>Exp</c>, <c>Ln</c>, <c>Log10</c> and <c>Pow</c> use only correctly rounded operations
/// (+, -, *, /, fused multiply-add) and bit operations: the same bits in every lane, at every width and on every machine. Each is
/// within 1 ulp of the exact value (subnormal results included), with the limits of C's functions: e^x overflows to infinity above
/// 709.78 and is 0 below -745.13; ln 0 = -infinity, ln of a negative number is NaN; pow(x, 0) = pow(1, y) = 1 even for NaN.</summary>
/// <remarks>Method: e^x = 2^n e^r with Taylor's series to r^13; ln x from 2 artanh((m - 1)/(m + 1)); pow through a logarithm in two parts.</remarks>
public static class VectorMath
{
    private const MethodImplOptions Fast = MethodImplOptions.AggressiveOptimization;

    /// <summary>e^x, within 1 ulp.</summary>
    [MethodImpl(Fast)]
    public static Vector512<double> Exp(Vector512<double> x) => ElementaryFunctions.Exp<Vector512<double>, Lanes512>(x);

    /// <summary>e^x, within 1 ulp.</summary>
    [MethodImpl(Fast)]
    public static Vector256<double> Exp(Vector256<double> x) => ElementaryFunctions.Exp<Vector256<double>, Lanes256>(x);

    /// <summary>e^x, within 1 ulp.</summary>
    [MethodImpl(Fast)]
    public static double Exp(double x) => ElementaryFunctions.Exp<double, Lanes1>(x);

    /// <summary>Natural logarithm, within 1 ulp.</summary>
    [MethodImpl(Fast)]
    public static Vector512<double> Ln(Vector512<double> x) => ElementaryFunctions.Ln<Vector512<double>, Lanes512>(x);

    /// <summary>Natural logarithm, within 1 ulp.</summary>
    [MethodImpl(Fast)]
    public static Vector256<double> Ln(Vector256<double> x) => ElementaryFunctions.Ln<Vector256<double>, Lanes256>(x);

    /// <summary>Natural logarithm, within 1 ulp.</summary>
    [MethodImpl(Fast)]
    public static double Ln(double x) => ElementaryFunctions.Ln<double, Lanes1>(x);

    /// <summary>Decadic logarithm, within 1 ulp.</summary>
    [MethodImpl(Fast)]
    public static Vector512<double> Log10(Vector512<double> x) => ElementaryFunctions.Log10<Vector512<double>, Lanes512>(x);

    /// <summary>Decadic logarithm, within 1 ulp.</summary>
    [MethodImpl(Fast)]
    public static Vector256<double> Log10(Vector256<double> x) => ElementaryFunctions.Log10<Vector256<double>, Lanes256>(x);

    /// <summary>Decadic logarithm, within 1 ulp.</summary>
    [MethodImpl(Fast)]
    public static double Log10(double x) => ElementaryFunctions.Log10<double, Lanes1>(x);

    /// <summary>x^y, within 1 ulp.</summary>
    [MethodImpl(Fast)]
    public static Vector512<double> Pow(Vector512<double> x, Vector512<double> y) => ElementaryFunctions.Pow<Vector512<double>, Lanes512>(x, y);

    /// <summary>x^y, within 1 ulp.</summary>
    [MethodImpl(Fast)]
    public static Vector256<double> Pow(Vector256<double> x, Vector256<double> y) => ElementaryFunctions.Pow<Vector256<double>, Lanes256>(x, y);

    /// <summary>x^y, within 1 ulp.</summary>
    [MethodImpl(Fast)]
    public static double Pow(double x, double y) => ElementaryFunctions.Pow<double, Lanes1>(x, y);

    /// <summary>A rarely used function, lane by lane; see <see cref="ScalarFunctions"/>.</summary>
    [MethodImpl(Fast)]
    public static Vector512<double> Map(ScalarFunction function, Vector512<double> x) => Lanes512.Map(ScalarFunctions.Of(function), x);

    /// <summary>A rarely used function, lane by lane; see <see cref="ScalarFunctions"/>.</summary>
    [MethodImpl(Fast)]
    public static Vector256<double> Map(ScalarFunction function, Vector256<double> x) => Lanes256.Map(ScalarFunctions.Of(function), x);

    /// <summary>A rarely used function, lane by lane; see <see cref="ScalarFunctions"/>.</summary>
    [MethodImpl(Fast)]
    public static double Map(ScalarFunction function, double x) => Lanes1.Map(ScalarFunctions.Of(function), x);
}

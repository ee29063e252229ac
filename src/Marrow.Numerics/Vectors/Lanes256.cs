using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Marrow.Numerics.Vectors;

/// <summary>Four lanes.</summary>
internal readonly struct Lanes256 : ILaneOperations<Vector256<double>>
{
    private const MethodImplOptions Inline = MethodImplOptions.AggressiveInlining;

    [MethodImpl(Inline)]
    public static Vector256<double> Create(double value) => Vector256.Create(value);

    [MethodImpl(Inline)]
    public static Vector256<double> Add(Vector256<double> a, Vector256<double> b) => a + b;

    [MethodImpl(Inline)]
    public static Vector256<double> Subtract(Vector256<double> a, Vector256<double> b) => a - b;

    [MethodImpl(Inline)]
    public static Vector256<double> Multiply(Vector256<double> a, Vector256<double> b) => a * b;

    [MethodImpl(Inline)]
    public static Vector256<double> Divide(Vector256<double> a, Vector256<double> b) => a / b;

    [MethodImpl(Inline)]
    public static Vector256<double> Fma(Vector256<double> a, Vector256<double> b, Vector256<double> c) => Vector256.FusedMultiplyAdd(a, b, c);

    [MethodImpl(Inline)]
    public static Vector256<double> Negate(Vector256<double> a) => -a;

    [MethodImpl(Inline)]
    public static Vector256<double> Abs(Vector256<double> a) => Vector256.Abs(a);

    [MethodImpl(Inline)]
    public static Vector256<double> Less(Vector256<double> a, Vector256<double> b) => Vector256.LessThan(a, b);

    [MethodImpl(Inline)]
    public static Vector256<double> Equal(Vector256<double> a, Vector256<double> b) => Vector256.Equals(a, b);

    [MethodImpl(Inline)]
    public static Vector256<double> Select(Vector256<double> mask, Vector256<double> a, Vector256<double> b) => Vector256.ConditionalSelect(mask, a, b);

    [MethodImpl(Inline)]
    public static Vector256<double> And(Vector256<double> a, Vector256<double> b) => a & b;

    [MethodImpl(Inline)]
    public static Vector256<double> Or(Vector256<double> a, Vector256<double> b) => a | b;

    [MethodImpl(Inline)]
    public static Vector256<double> AndNot(Vector256<double> a, Vector256<double> b) => Vector256.AndNot(a, b);

    [MethodImpl(Inline)]
    public static Vector256<double> AddBits(Vector256<double> a, Vector256<double> b) => (a.AsInt64() + b.AsInt64()).AsDouble();

    [MethodImpl(Inline)]
    public static Vector256<double> BitsToExponent(Vector256<double> a) => Vector256.ShiftLeft(a.AsInt64(), 52).AsDouble();

    [MethodImpl(Inline)]
    public static Vector256<double> ExponentToBits(Vector256<double> a) => Vector256.ShiftRightLogical(a.AsInt64(), 52).AsDouble();

    public static Vector256<double> Map(Func<double, double> function, Vector256<double> x)
    {
        var y = x;
        for (var lane = 0; lane < Vector256<double>.Count; lane++) y = y.WithElement(lane, function(x[lane]));
        return y;
    }
}

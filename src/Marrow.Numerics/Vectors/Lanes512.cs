using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Marrow.Numerics.Vectors;

/// <summary>Eight lanes.</summary>
internal readonly struct Lanes512 : ILaneOperations<Vector512<double>>
{
    private const MethodImplOptions Inline = MethodImplOptions.AggressiveInlining;

    [MethodImpl(Inline)]
    public static Vector512<double> Create(double value) => Vector512.Create(value);

    [MethodImpl(Inline)]
    public static Vector512<double> Add(Vector512<double> a, Vector512<double> b) => a + b;

    [MethodImpl(Inline)]
    public static Vector512<double> Subtract(Vector512<double> a, Vector512<double> b) => a - b;

    [MethodImpl(Inline)]
    public static Vector512<double> Multiply(Vector512<double> a, Vector512<double> b) => a * b;

    [MethodImpl(Inline)]
    public static Vector512<double> Divide(Vector512<double> a, Vector512<double> b) => a / b;

    [MethodImpl(Inline)]
    public static Vector512<double> Fma(Vector512<double> a, Vector512<double> b, Vector512<double> c) => Vector512.FusedMultiplyAdd(a, b, c);

    [MethodImpl(Inline)]
    public static Vector512<double> Negate(Vector512<double> a) => -a;

    [MethodImpl(Inline)]
    public static Vector512<double> Abs(Vector512<double> a) => Vector512.Abs(a);

    [MethodImpl(Inline)]
    public static Vector512<double> Less(Vector512<double> a, Vector512<double> b) => Vector512.LessThan(a, b);

    [MethodImpl(Inline)]
    public static Vector512<double> Equal(Vector512<double> a, Vector512<double> b) => Vector512.Equals(a, b);

    [MethodImpl(Inline)]
    public static Vector512<double> Select(Vector512<double> mask, Vector512<double> a, Vector512<double> b) => Vector512.ConditionalSelect(mask, a, b);

    [MethodImpl(Inline)]
    public static Vector512<double> And(Vector512<double> a, Vector512<double> b) => a & b;

    [MethodImpl(Inline)]
    public static Vector512<double> Or(Vector512<double> a, Vector512<double> b) => a | b;

    [MethodImpl(Inline)]
    public static Vector512<double> AndNot(Vector512<double> a, Vector512<double> b) => Vector512.AndNot(a, b);

    [MethodImpl(Inline)]
    public static Vector512<double> AddBits(Vector512<double> a, Vector512<double> b) => (a.AsInt64() + b.AsInt64()).AsDouble();

    [MethodImpl(Inline)]
    public static Vector512<double> BitsToExponent(Vector512<double> a) => Vector512.ShiftLeft(a.AsInt64(), 52).AsDouble();

    [MethodImpl(Inline)]
    public static Vector512<double> ExponentToBits(Vector512<double> a) => Vector512.ShiftRightLogical(a.AsInt64(), 52).AsDouble();

    public static Vector512<double> Map(Func<double, double> function, Vector512<double> x)
    {
        var y = x;
        for (var lane = 0; lane < Vector512<double>.Count; lane++) y = y.WithElement(lane, function(x[lane]));
        return y;
    }
}

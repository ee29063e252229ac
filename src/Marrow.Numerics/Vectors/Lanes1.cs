using System.Runtime.CompilerServices;

namespace Marrow.Numerics.Vectors;

/// <summary>One lane.</summary>
internal readonly struct Lanes1 : ILaneOperations<double>
{
    private const MethodImplOptions Inline = MethodImplOptions.AggressiveInlining;

    [MethodImpl(Inline)]
    public static double Create(double value) => value;

    [MethodImpl(Inline)]
    public static double Add(double a, double b) => a + b;

    [MethodImpl(Inline)]
    public static double Subtract(double a, double b) => a - b;

    [MethodImpl(Inline)]
    public static double Multiply(double a, double b) => a * b;

    [MethodImpl(Inline)]
    public static double Divide(double a, double b) => a / b;

    [MethodImpl(Inline)]
    public static double Fma(double a, double b, double c) => Math.FusedMultiplyAdd(a, b, c);

    [MethodImpl(Inline)]
    public static double Negate(double a) => -a;

    [MethodImpl(Inline)]
    public static double Abs(double a) => Math.Abs(a);

    [MethodImpl(Inline)]
    public static double Less(double a, double b) => Mask(a < b);

    [MethodImpl(Inline)]
    public static double Equal(double a, double b) => Mask(a == b);

    [MethodImpl(Inline)]
    public static double Select(double mask, double a, double b) => Bits(mask) != 0 ? a : b;

    [MethodImpl(Inline)]
    public static double And(double a, double b) => Value(Bits(a) & Bits(b));

    [MethodImpl(Inline)]
    public static double Or(double a, double b) => Value(Bits(a) | Bits(b));

    [MethodImpl(Inline)]
    public static double AndNot(double a, double b) => Value(Bits(a) & ~Bits(b));

    [MethodImpl(Inline)]
    public static double AddBits(double a, double b) => Value(Bits(a) + Bits(b));

    [MethodImpl(Inline)]
    public static double BitsToExponent(double a) => Value(Bits(a) << 52);

    [MethodImpl(Inline)]
    public static double ExponentToBits(double a) => Value(Bits(a) >>> 52);

    public static double Map(Func<double, double> function, double x) => function(x);

    [MethodImpl(Inline)]
    private static double Mask(bool set) => Value(set ? -1L : 0L);

    [MethodImpl(Inline)]
    private static long Bits(double a) => BitConverter.DoubleToInt64Bits(a);

    [MethodImpl(Inline)]
    private static double Value(long bits) => BitConverter.Int64BitsToDouble(bits);
}

using System.Numerics;

namespace Marrow.Tests.Vectors;

/// <summary>Exponential and logarithm as fixed-point integers with 320 bits after the point, from their series: the reference by
/// which errors are measured in units of the last place.</summary>
internal static class ExactFunctions
{
    private const int Bits = 320;

    private static readonly BigInteger One = BigInteger.One << Bits;

    private static readonly BigInteger Ln2 = 2 * Artanh(One / 3);

    /// <summary>ln x for x above 0.</summary>
    public static BigInteger Ln(double x)
    {
        var (mantissa, exponent) = Parts(x);
        var length = (int)mantissa.GetBitLength();
        var m = Shift(mantissa, Bits - length);
        return ((exponent + length) * Ln2) + (2 * Artanh(((m - One) << Bits) / (m + One)));
    }

    public static BigInteger Log10(double x) => (Ln(x) << Bits) / Ln(10);

    /// <summary>The exponent y ln x of a power.</summary>
    public static BigInteger Exponent(double x, double y)
    {
        var (mantissa, exponent) = Parts(y);
        return Shift(Ln(x) * mantissa, exponent);
    }

    public static BigInteger Fixed(double x)
    {
        var (mantissa, exponent) = Parts(x);
        return Shift(mantissa, exponent + Bits);
    }

    /// <summary>How far a result is from e^x, in units of its last place.</summary>
    public static double ErrorOfExp(BigInteger x, double result)
    {
        var n = BigInteger.Divide(x, Ln2);
        var r = x - (n * Ln2);
        BigInteger sum = One, term = One;
        for (var k = 1; !term.IsZero; k++)
        {
            term = ((term * r) >> Bits) / k;
            sum += term;
        }
        return Error(sum, (int)n, result);
    }

    /// <summary>How far a result is from a fixed-point value, in units of its last place.</summary>
    public static double Error(BigInteger exact, double result) => Error(exact, 0, result);

    private static double Error(BigInteger exact, int power, double result)
    {
        const int Guard = 60;
        var (mantissa, exponent) = Parts(result);
        var scaled = Shift(exact, power - Bits - exponent + Guard);
        return Math.Abs((double)(scaled - (mantissa << Guard))) / Math.Pow(2, Guard);
    }

    private static BigInteger Artanh(BigInteger s)
    {
        BigInteger square = (s * s) >> Bits, power = s, sum = s;
        for (var k = 3; !power.IsZero; k += 2)
        {
            power = (power * square) >> Bits;
            if (power == -1) break;
            sum += power / k;
        }
        return sum;
    }

    private static BigInteger Shift(BigInteger x, int by) => by >= 0 ? x << by : x >> -by;

    /// <summary>x as an integer times a power of two, the integer of 53 bits unless x is subnormal.</summary>
    private static (BigInteger Mantissa, int Exponent) Parts(double x)
    {
        var bits = BitConverter.DoubleToInt64Bits(x);
        var field = (int)(bits >> 52 & 0x7FF);
        var fraction = bits & 0xFFFFFFFFFFFFF;
        var mantissa = field == 0 ? fraction : fraction | 0x10000000000000;
        return (bits < 0 ? -mantissa : mantissa, Math.Max(field, 1) - 1075);
    }
}

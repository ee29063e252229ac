using System.Runtime.CompilerServices;

namespace Marrow.Numerics.Vectors;

/// <summary>Exponential, logarithms and power as polynomials, written once for every width. All coefficients are those of Taylor
/// series, taken far enough that truncation stays below 2^-57 of the result.</summary>
internal static class ElementaryFunctions
{
    private const MethodImplOptions Inline = MethodImplOptions.AggressiveInlining;

    /// <summary>1.5 2^52: adding and subtracting it rounds to an integer, which also stands in the low bits of the sum.</summary>
    private const double Rounder = 6755399441055744;
    private const double Log2E = 1.4426950408889634;

    // ln 2 in two parts; the first ends in 32 zero bits, so that its product with an exponent is exact.
    private const double Ln2Hi = 0.6931471803691238, Ln2Lo = 1.9082149292705877e-10;
    private const double ThirdLo = 1.850371707708594e-17;
    private const double Log10EHi = 0.4342944819032518, Log10ELo = 1.098319650216765e-17;

    // Beyond these e^x is infinite or zero.
    private const double Largest = 710, Smallest = -746;

    private const double SmallestNormal = 2.2250738585072014e-308, TwoTo52 = 4503599627370496, TwoTo54 = 18014398509481984;

    /// <summary>1/13!, ..., 1/2!: coefficients of (e^r - 1 - r)/r^2, |r| at most ln(2)/2; the rest is below 2^-57.</summary>
    private static ReadOnlySpan<double> ExpSeries => [
      1 / 6227020800.0, 1 / 479001600.0, 1 / 39916800.0, 1 / 3628800.0, 1 / 362880.0, 1 / 40320.0, 1 / 5040.0, 1 / 720.0,
    1 / 120.0, 1 / 24.0, 1 / 6.0, 1 / 2.0];

    /// <summary>2/21, ..., 2/5, 2/3: coefficients of (2 artanh(s) - 2 s)/s^3 in powers of s^2, s at most 0.1716; the rest is below 2^-60.</summary>
    private static ReadOnlySpan<double> ArtanhSeries => [
      2.0 / 21, 2.0 / 19, 2.0 / 17, 2.0 / 15, 2.0 / 13, 2.0 / 11, 2.0 / 9, 2.0 / 7, 2.0 / 5, 2.0 / 3];

    /// <summary>1/25, ..., 1/5: the same halved and continued, for the logarithm in two parts; the first term is added apart.</summary>
    private static ReadOnlySpan<double> ArtanhTail => [
      1.0 / 25, 1.0 / 23, 1.0 / 21, 1.0 / 19, 1.0 / 17, 1.0 / 15, 1.0 / 13, 1.0 / 11, 1.0 / 9, 1.0 / 7, 1.0 / 5];

    [MethodImpl(Inline)]
    public static V Exp<V, O>(V x)
      where V : struct
      where O : ILaneOperations<V> => ExpOfSum<V, O>(Clamp<V, O>(x), O.Create(0));

    /// <summary>Correct within 1 ulp for x above 0, finite or not; see <see cref="VectorMath"/>.</summary>
    [MethodImpl(Inline)]
    public static V Ln<V, O>(V x)
      where V : struct
      where O : ILaneOperations<V>
    {
        var (k, m) = Split<V, O>(x);
        // ln m = f - f^2/2 + s (f^2/2 + R) with f = m - 1, s = f/(2 + f): only small terms carry rounding errors.
        V f = O.Subtract(m, O.Create(1)), s = O.Divide(f, O.Add(f, O.Create(2))), s2 = O.Multiply(s, s);
        var r = O.Multiply(s2, Polynomial<V, O>(ArtanhSeries, s2));
        var half = O.Multiply(O.Multiply(f, f), O.Create(0.5));
        var small = O.Fma(s, O.Add(half, r), O.Multiply(k, O.Create(Ln2Lo)));
        var ln = O.Subtract(O.Multiply(k, O.Create(Ln2Hi)), O.Subtract(O.Subtract(half, small), f));
        return LogarithmAtLimits<V, O>(x, ln);
    }

    [MethodImpl(Inline)]
    public static V Log10<V, O>(V x)
      where V : struct
      where O : ILaneOperations<V>
    {
        var (hi, lo) = LnInTwoParts<V, O>(x);
        V c = O.Create(Log10EHi), product = O.Multiply(hi, c);
        var rest = O.Fma(hi, c, O.Negate(product));
        rest = O.Fma(hi, O.Create(Log10ELo), O.Fma(lo, c, rest));
        return LogarithmAtLimits<V, O>(x, O.Add(product, rest));
    }

    /// <summary>x^y as C's pow defines it, limits included.</summary>
    [MethodImpl(Inline)]
    public static V Pow<V, O>(V x, V y)
      where V : struct
      where O : ILaneOperations<V>
    {
        V zero = O.Create(0), one = O.Create(1), infinity = O.Create(double.PositiveInfinity), size = O.Abs(x);
        var (hi, lo) = LnInTwoParts<V, O>(size);
        hi = LogarithmAtLimits<V, O>(size, hi);
        var product = O.Multiply(y, hi);
        var rest = O.Fma(y, lo, O.Fma(y, hi, O.Negate(product)));
        var bounded = Clamp<V, O>(product);
        var power = ExpOfSum<V, O>(bounded, O.Select(O.Equal(bounded, product), rest, zero));

        V ySize = O.Abs(y), half = O.Multiply(ySize, O.Create(0.5)), signBit = O.Create(-0.0);
        var whole = IsWhole<V, O>(ySize);
        var odd = O.AndNot(O.And(whole, O.Less(ySize, O.Create(2 * TwoTo52))), IsWhole<V, O>(half));
        power = O.Or(power, O.And(odd, O.And(x, signBit)));
        var undefined = O.AndNot(O.And(O.Less(x, zero), O.Less(size, infinity)), whole);
        power = O.Select(O.And(undefined, O.Equal(y, y)), O.Create(double.NaN), power);
        var isOne = O.Or(O.Equal(y, zero), O.Equal(x, one));
        isOne = O.Or(isOne, O.And(O.Equal(size, one), O.Equal(ySize, infinity)));
        return O.Select(isOne, one, power);
    }

    /// <summary>Whether a value at or above 0 is an integer; infinity counts as one.</summary>
    [MethodImpl(Inline)]
    private static V IsWhole<V, O>(V size)
      where V : struct
      where O : ILaneOperations<V>
    {
        var large = O.Create(TwoTo52);
        var rounded = O.Subtract(O.Add(size, large), large);
        return O.Or(O.Equal(rounded, size), O.Less(large, size));
    }

    /// <summary>x within the range in which e^x is neither 0 nor infinite; NaN stays.</summary>
    [MethodImpl(Inline)]
    private static V Clamp<V, O>(V x)
      where V : struct
      where O : ILaneOperations<V>
    {
        V high = O.Create(Largest), low = O.Create(Smallest);
        x = O.Select(O.Less(high, x), high, x);
        return O.Select(O.Less(x, low), low, x);
    }

    /// <summary>e^(x + tail) for x within the clamp and a tail below the resolution of x.</summary>
    [MethodImpl(Inline)]
    private static V ExpOfSum<V, O>(V x, V tail)
      where V : struct
      where O : ILaneOperations<V>
    {
        var n = Round<V, O>(O.Multiply(x, O.Create(Log2E)));
        // r in two parts: the first product is exact, and what rounding takes from r comes back in c.
        V start = O.Fma(n, O.Create(-Ln2Hi), x), step = O.Fma(n, O.Create(Ln2Lo), O.Negate(tail));
        V r = O.Subtract(start, step), c = O.Subtract(O.Subtract(start, r), step);
        var p = O.Add(r, O.Fma(O.Multiply(r, r), Polynomial<V, O>(ExpSeries, r), c));
        var y = O.Add(O.Create(1), p);
        // In two factors, so that results below the normal range round once and those above it overflow.
        V first = Round<V, O>(O.Multiply(n, O.Create(0.5))), second = O.Subtract(n, first);
        return O.Multiply(O.Multiply(y, PowerOfTwo<V, O>(first)), PowerOfTwo<V, O>(second));
    }

    [MethodImpl(Inline)]
    private static V Round<V, O>(V x)
      where V : struct
      where O : ILaneOperations<V> => O.Subtract(O.Add(x, O.Create(Rounder)), O.Create(Rounder));

    /// <summary>2^k for an integer k from -1022 to 1023.</summary>
    [MethodImpl(Inline)]
    private static V PowerOfTwo<V, O>(V k)
      where V : struct
      where O : ILaneOperations<V> => O.BitsToExponent(O.Add(k, O.Create(Rounder + 1023)));

    /// <summary>x = 2^k m with m from sqrt(1/2) to sqrt(2).</summary>
    [MethodImpl(Inline)]
    private static (V K, V M) Split<V, O>(V x)
      where V : struct
      where O : ILaneOperations<V>
    {
        V tiny = O.Less(x, O.Create(SmallestNormal)), bias = O.Select(tiny, O.Create(TwoTo52 + 1023 + 54), O.Create(TwoTo52 + 1023));
        x = O.Select(tiny, O.Multiply(x, O.Create(TwoTo54)), x);
        // Shifting the origin of the mantissa to sqrt(1/2) makes the exponent field count from there.
        var root = O.Create(0.7071067811865476);
        var shift = O.Create(BitConverter.Int64BitsToDouble(0x3FF0000000000000 - 0x3FE6A09E667F3BCD));
        var bits = O.AddBits(x, shift);
        var k = O.Subtract(O.Or(O.ExponentToBits(bits), O.Create(TwoTo52)), bias);
        var mantissa = O.And(bits, O.Create(BitConverter.Int64BitsToDouble(0x000FFFFFFFFFFFFF)));
        return (k, O.AddBits(mantissa, root));
    }

    /// <summary>ln x as hi + lo with a relative error below 2^-63, for finite x above 0.</summary>
    [MethodImpl(Inline)]
    private static (V Hi, V Lo) LnInTwoParts<V, O>(V x)
      where V : struct
      where O : ILaneOperations<V>
    {
        var (k, m) = Split<V, O>(x);
        V one = O.Create(1), f = O.Subtract(m, one);
        V d = O.Add(m, one), dLo = O.Subtract(m, O.Subtract(d, one));
        var s = O.Divide(f, d);
        var sLo = O.Divide(O.Fma(O.Negate(s), dLo, O.Fma(O.Negate(s), d, f)), d);
        var s2 = O.Multiply(s, s);
        var s2Lo = O.Fma(O.Add(s, s), sLo, O.Fma(s, s, O.Negate(s2)));
        // c = 1/3 + s^2/5 + ..., g = s^3 c, ln m = 2 (s + g)
        var p = Polynomial<V, O>(ArtanhTail, s2);
        V third = O.Create(1.0 / 3), t = O.Multiply(s2, p), tLo = O.Fma(s2Lo, p, O.Fma(s2, p, O.Negate(t)));
        V c = O.Add(third, t), cLo = O.Add(O.Add(O.Subtract(third, c), t), O.Add(tLo, O.Create(ThirdLo)));
        V q = O.Multiply(s, s2), qLo = O.Fma(s, s2Lo, O.Fma(sLo, s2, O.Fma(s, s2, O.Negate(q))));
        V g = O.Multiply(q, c), gLo = O.Fma(q, cLo, O.Fma(qLo, c, O.Fma(q, c, O.Negate(g))));
        V a = O.Add(s, g), aLo = O.Add(O.Add(O.Subtract(s, a), g), O.Add(sLo, gLo));
        a = O.Add(a, a);
        V base2 = O.Multiply(k, O.Create(Ln2Hi)), hi = O.Add(base2, a);
        var lo = O.Add(O.Add(O.Subtract(base2, hi), a), O.Fma(k, O.Create(Ln2Lo), O.Add(aLo, aLo)));
        var sum = O.Add(hi, lo);
        return (sum, O.Add(O.Subtract(hi, sum), lo));
    }

    /// <summary>Puts in the values of a logarithm at 0, below it, at infinity and at NaN.</summary>
    [MethodImpl(Inline)]
    private static V LogarithmAtLimits<V, O>(V x, V value)
      where V : struct
      where O : ILaneOperations<V>
    {
        V zero = O.Create(0), infinity = O.Create(double.PositiveInfinity);
        value = O.Select(O.Equal(x, zero), O.Create(double.NegativeInfinity), value);
        value = O.Select(O.Less(x, zero), O.Create(double.NaN), value);
        return O.Select(O.Less(x, infinity), value, x);
    }

    /// <summary>Horner's rule, highest coefficient first.</summary>
    [MethodImpl(Inline)]
    private static V Polynomial<V, O>(ReadOnlySpan<double> coefficients, V x)
      where V : struct
      where O : ILaneOperations<V>
    {
        var sum = O.Create(coefficients[0]);
        for (var i = 1; i < coefficients.Length; i++) sum = O.Fma(sum, x, O.Create(coefficients[i]));
        return sum;
    }
}

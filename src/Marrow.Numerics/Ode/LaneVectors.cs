using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using V = System.Runtime.Intrinsics.Vector512<double>;

namespace Marrow.Numerics.Ode;

/// <summary>Small vector helpers of the stepper. Every operation is correctly rounded or exact, so bits are the same on every processor.</summary>
internal static class LaneVectors
{
    private const MethodImplOptions Inline = MethodImplOptions.AggressiveInlining;

    [MethodImpl(Inline)]
    public static V Fma(V a, V b, V c) => Vector512.FusedMultiplyAdd(a, b, c);

    /// <summary>Larger of two numbers; b where either is not a number.</summary>
    [MethodImpl(Inline)]
    public static V Larger(V a, V b) => Vector512.ConditionalSelect(Vector512.GreaterThan(a, b), a, b);

    /// <summary>Smaller of two numbers; b where either is not a number.</summary>
    [MethodImpl(Inline)]
    public static V Smaller(V a, V b) => Vector512.ConditionalSelect(Vector512.LessThan(a, b), a, b);

    /// <summary>One bit a lane, from a comparison.</summary>
    [MethodImpl(Inline)]
    public static uint Bits(V mask) => (uint)Vector512.ExtractMostSignificantBits(mask);

    /// <summary>All bits of the lanes whose bit is set.</summary>
    [MethodImpl(Inline)]
    public static V MaskOf(uint bits)
    {
        var lane = Vector512.Create(1L, 2, 4, 8, 16, 32, 64, 128);
        return Vector512.Equals(Vector512.Create((long)bits) & lane, lane).AsDouble();
    }

    /// <summary>Looks a value up by the order in each lane (0..7).</summary>
    public static unsafe V ByOrder(double[] table, V order)
    {
        V result;
        double* from = (double*)&order, to = (double*)&result;
        for (var lane = 0; lane < LaneLayout.Lanes; lane++) to[lane] = table[(int)from[lane]];
        return result;
    }

    /// <summary>x^-e for x above 1e-30, to about three digits: enough to choose a step size. Only exact and correctly rounded operations.</summary>
    public static V RoughPower(V x, V e)
    {
        x = Larger(x, Vector512.Create(1e-30));
        x = Smaller(x, Vector512.Create(1e30));
        var bits = x.AsInt64();
        // An integer below 2^52 becomes a double when it is put into the fraction of 2^52.
        var two52 = Vector512.Create(0x4330000000000000L);
        var exponent = (Vector512.ShiftRightLogical(bits, 52) | two52).AsDouble() - Vector512.Create(4503599627370496.0 + 1023.0);
        var mantissa = ((bits & Vector512.Create(0x000FFFFFFFFFFFFFL)) | Vector512.Create(0x3FF0000000000000L)).AsDouble();
        var root2 = Vector512.Create(1.4142135623730951);
        var t = (mantissa - root2) / (mantissa + root2);
        var t2 = t * t;
        var series = Fma(t2, Fma(t2, Vector512.Create(0.57707801635558535), Vector512.Create(0.96179669392597555)), Vector512.Create(2.8853900817779268));
        var power = -Fma(t, series, exponent + Vector512.Create(0.5)) * e;
        // 2^power = 2^round * e^((power - round) ln 2)
        var magic = Vector512.Create(6755399441055744.0); // 1.5 * 2^52: adding it rounds to an integer
        var rounded = power + magic - magic;
        var u = (power - rounded) * Vector512.Create(0.6931471805599453);
        var exp = Fma(u, Fma(u, Fma(u, Fma(u, Vector512.Create(1.0 / 24), Vector512.Create(1.0 / 6)), Vector512.Create(0.5)), V.One), V.One);
        var scale = Vector512.ShiftLeft((power + magic).AsInt64() + Vector512.Create(1023L), 52).AsDouble();
        return exp * scale;
    }
}

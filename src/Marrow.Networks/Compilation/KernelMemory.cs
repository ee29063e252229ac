using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using Marrow.Numerics.Ode;

namespace Marrow.Networks.Compilation;

/// <summary>Memory access as generated code calls it; all of it is inlined there. Place v of a block is the vector that starts at
/// double 8 v, its first half or one of its lanes (the reference is shifted by the caller), or double v of a plain array.</summary>
internal static class KernelMemory
{
    private const MethodImplOptions Inline = MethodImplOptions.AggressiveInlining;

    [MethodImpl(Inline)]
    public static Vector512<double> Load512(ref double block, int place) =>
      Vector512.LoadUnsafe(ref Unsafe.Add(ref block, place * LaneLayout.Lanes));

    [MethodImpl(Inline)]
    public static Vector256<double> Load256(ref double block, int place) =>
      Vector256.LoadUnsafe(ref Unsafe.Add(ref block, place * LaneLayout.Lanes));

    [MethodImpl(Inline)]
    public static double Load(ref double block, int offset) => Unsafe.Add(ref block, offset);

    [MethodImpl(Inline)]
    public static void Store512(Vector512<double> value, ref double block, int place) =>
      value.StoreUnsafe(ref Unsafe.Add(ref block, place * LaneLayout.Lanes));

    [MethodImpl(Inline)]
    public static void Store256(Vector256<double> value, ref double block, int place) =>
      value.StoreUnsafe(ref Unsafe.Add(ref block, place * LaneLayout.Lanes));

    [MethodImpl(Inline)]
    public static void Store(double value, ref double block, int offset) => Unsafe.Add(ref block, offset) = value;

    /// <summary>Whether a mask lane is set.</summary>
    [MethodImpl(Inline)]
    public static bool IsSet(double mask) => BitConverter.DoubleToInt64Bits(mask) != 0;
}

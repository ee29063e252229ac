using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using Marrow.Numerics.Vectors;

namespace Marrow.Numerics.Ode;

/// <summary>The factorisation of I - gamma J and its solution as loops over a pattern, for matrices whose straight-line code would take longer
/// to compile than to be of use. Every operation and its order are those of the straight-line code, and so are the bits.</summary>
/// <param name="pattern">The pattern.</param>
public sealed class LoopedFactors(FactorPattern pattern)
{
    /// <summary>Rows whose sums the straight-line code interleaves: columns inside a group come last.</summary>
    private const int Group = 4;
    private const int Lanes = LaneLayout.Lanes;

    private readonly LaneLayout _at = new(pattern.States);

    /// <summary>The kernels <see cref="LaneKernels.Factor"/>, <see cref="LaneKernels.SolveFirst"/> and <see cref="LaneKernels.SolveNext"/> for eight lanes.</summary>
    public (LaneKernel Factor, LaneKernel SolveFirst, LaneKernel SolveNext) EightLanes() => Vector512.IsHardwareAccelerated
        ? (Factor<Vector512<double>, Lanes512>, First<Vector512<double>, Lanes512>, Next<Vector512<double>, Lanes512>)
        : (Halves(Factor<Vector256<double>, Lanes256>), Halves(First<Vector256<double>, Lanes256>), Halves(Next<Vector256<double>, Lanes256>));

    /// <summary>The same for one lane.</summary>
    public (LaneKernel Factor, LaneKernel SolveFirst, LaneKernel SolveNext) OneLane() => (Factor<double, Lanes1>, First<double, Lanes1>, Next<double, Lanes1>);

    private static LaneKernel Halves(LaneKernel half) => (ref double y, ref double p, ref double s, ref double m) =>
    {
        half(ref y, ref p, ref s, ref m);
        half(ref Unsafe.Add(ref y, Lanes / 2), ref Unsafe.Add(ref p, Lanes / 2), ref Unsafe.Add(ref s, Lanes / 2), ref Unsafe.Add(ref m, Lanes / 2));
    };

    private void Factor<V, O>(ref double y, ref double p, ref double s, ref double m)
        where V : struct
        where O : ILaneOperations<V>
    {
        var gamma = At<V>(ref s, LaneLayout.Gamma);
        for (var i = 0; i < pattern.Order.Count; i++)
        {
            int[] lower = pattern.Lower[i], upper = pattern.Upper[i];
            Scatter<V, O>(i, gamma, ref m);
            foreach (var k in lower)
            {
                var minus = O.Negate(At<V>(ref m, pattern.Work + k));
                var place = pattern.DiagonalPlace[k] + 1;
                foreach (var j in pattern.Upper[k])
                {
                    ref var w = ref At<V>(ref m, pattern.Work + j);
                    w = O.Fma(minus, At<V>(ref m, place++), w);
                }
            }
            var diagonal = pattern.DiagonalPlace[i];
            var pivot = O.Divide(O.Create(1), At<V>(ref m, pattern.Work + i));
            At<V>(ref m, diagonal) = pivot;
            for (var k = 0; k < lower.Length; k++)
                At<V>(ref m, pattern.LowerPlace[i] + k) = O.Multiply(At<V>(ref m, pattern.Work + lower[k]), At<V>(ref m, pattern.DiagonalPlace[lower[k]]));
            for (var k = 0; k < upper.Length; k++)
                At<V>(ref m, diagonal + 1 + k) = O.Multiply(At<V>(ref m, pattern.Work + upper[k]), pivot);
        }
    }

    /// <summary>Row i of I - gamma J into the places for work.</summary>
    private void Scatter<V, O>(int i, V gamma, ref double m)
        where V : struct
        where O : ILaneOperations<V>
    {
        foreach (var j in pattern.Lower[i]) At<V>(ref m, pattern.Work + j) = O.Create(0);
        foreach (var j in pattern.Upper[i]) At<V>(ref m, pattern.Work + j) = O.Create(0);
        At<V>(ref m, pattern.Work + i) = O.Create(1);
        int[] columns = pattern.Columns[i], entries = pattern.Entries[i];
        var isTerm = pattern.Order[i] >= pattern.States;
        for (var k = 0; k < columns.Length; k++)
        {
            var entry = At<V>(ref m, entries[k]);
            At<V>(ref m, pattern.Work + columns[k]) = isTerm ? O.Negate(entry)
                : columns[k] == i ? O.Fma(O.Negate(gamma), entry, O.Create(1)) : O.Negate(O.Multiply(gamma, entry));
        }
    }

    private void First<V, O>(ref double y, ref double p, ref double s, ref double m)
        where V : struct
        where O : ILaneOperations<V> => Solve<V, O>(first: true, ref s, ref m);

    private void Next<V, O>(ref double y, ref double p, ref double s, ref double m)
        where V : struct
        where O : ILaneOperations<V> => Solve<V, O>(first: false, ref s, ref m);

    private void Solve<V, O>(bool first, ref double s, ref double m)
        where V : struct
        where O : ILaneOperations<V>
    {
        Forward<V, O>(ref s, ref m);
        V sumDelta = O.Create(0), sumD = O.Create(0);
        for (var high = pattern.Order.Count - 1; high >= 0; high -= Group)
        {
            var low = Math.Max(0, high - Group + 1);
            for (var i = high; i >= low; i--) Back<V, O>(i, high, ref m);
            for (var i = high; i >= low; i--)
            {
                var state = pattern.Order[i];
                if (state >= pattern.States) continue;
                var delta = At<V>(ref m, pattern.Work + i);
                var weight = At<V>(ref s, _at.W + state);
                sumDelta = AddSquare<V, O>(delta, weight, sumDelta);
                ref var d = ref At<V>(ref s, LaneLayout.D + state);
                d = first ? delta : O.Select(At<V>(ref s, LaneLayout.Mask), O.Add(d, delta), d);
                if (!first) sumD = AddSquare<V, O>(d, weight, sumD);
            }
        }
        At<V>(ref s, LaneLayout.NormDelta) = sumDelta;
        At<V>(ref s, LaneLayout.NormD) = first ? sumDelta : sumD;
    }

    private void Forward<V, O>(ref double s, ref double m)
        where V : struct
        where O : ILaneOperations<V>
    {
        for (var i = 0; i < pattern.Order.Count; i++)
        {
            var x = pattern.Order[i] >= pattern.States ? O.Create(0) : At<V>(ref s, _at.R + pattern.Order[i]);
            var place = pattern.LowerPlace[i];
            foreach (var j in pattern.Lower[i]) x = O.Fma(O.Negate(At<V>(ref m, pattern.Work + j)), At<V>(ref m, place++), x);
            At<V>(ref m, pattern.Work + i) = x;
        }
    }

    /// <summary>Row i of the back substitution; columns up to <paramref name="high"/> belong to its group and come last.</summary>
    private void Back<V, O>(int i, int high, ref double m)
        where V : struct
        where O : ILaneOperations<V>
    {
        var upper = pattern.Upper[i];
        var diagonal = pattern.DiagonalPlace[i];
        var x = O.Multiply(At<V>(ref m, pattern.Work + i), At<V>(ref m, diagonal));
        var inside = 0;
        while (inside < upper.Length && upper[inside] <= high) inside++;
        for (var k = inside; k < upper.Length; k++) x = O.Fma(O.Negate(At<V>(ref m, pattern.Work + upper[k])), At<V>(ref m, diagonal + 1 + k), x);
        for (var k = 0; k < inside; k++) x = O.Fma(O.Negate(At<V>(ref m, pattern.Work + upper[k])), At<V>(ref m, diagonal + 1 + k), x);
        At<V>(ref m, pattern.Work + i) = x;
    }

    private static V AddSquare<V, O>(V value, V weight, V sum)
        where V : struct
        where O : ILaneOperations<V>
    {
        var weighted = O.Multiply(value, weight);
        return O.Fma(weighted, weighted, sum);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static ref V At<V>(ref double block, int place)
        where V : struct => ref Unsafe.As<double, V>(ref Unsafe.Add(ref block, place * Lanes));
}

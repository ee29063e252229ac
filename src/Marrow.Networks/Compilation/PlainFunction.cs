using System.Runtime.InteropServices;
using Marrow.Numerics.Ode;

namespace Marrow.Networks.Compilation;

/// <summary>Expressions of time, states and parameters as a compiled function of plain arrays. Everything is computed in place, so
/// it needs no preparation; its bits are those of the lane kernels.</summary>
internal sealed class PlainFunction
{
    private static readonly KernelAccess Access = new(
      (code, blocks, state) => code.Load(blocks.Y, state),
      (code, blocks, root, value) => code.Store(value, blocks.M, root),
      blocks => (blocks.S, LaneLayout.Time + 1));

    private readonly KernelSchedule _schedule;
    private readonly Lazy<LaneKernel[]> _pieces;

    public PlainFunction(IReadOnlyList<Node> results, IReadOnlyList<bool> clamped, int chunk)
    {
        Count = results.Count;
        _schedule = new KernelSchedule(results, null, chunk);
        _pieces = new Lazy<LaneKernel[]>(
          () => KernelEmitter.Compile([.. _schedule.Pieces.Select(piece => new PieceWriter(_schedule, piece, LaneCode.Plain, Access, clamped).Write())]));
    }

    /// <summary>Number of results.</summary>
    public int Count { get; }

    public void Run(double time, ReadOnlySpan<double> states, ReadOnlySpan<double> parameters, Span<double> results)
    {
        if (Count == 0) return;
        if (results.Length < Count) throw new ArgumentException($"Room for {Count} results is needed, not {results.Length}.", nameof(results));
        Span<double> scratch = _schedule.PassedCount < 512 ? stackalloc double[_schedule.PassedCount + 1] : new double[_schedule.PassedCount + 1];
        scratch[LaneLayout.Time] = time;
        ref var y = ref MemoryMarshal.GetReference(states);
        ref var p = ref MemoryMarshal.GetReference(parameters);
        foreach (var piece in _pieces.Value)
            piece(ref y, ref p, ref MemoryMarshal.GetReference(scratch), ref MemoryMarshal.GetReference(results));
    }
}

using System.Runtime.InteropServices;
using V = System.Runtime.Intrinsics.Vector512<double>;

namespace Marrow.Numerics.Ode;

/// <summary>Owns the aligned memory blocks of one stepper.</summary>
internal sealed unsafe class LaneMemory : IDisposable
{
    private readonly List<nint> _blocks = [];

    /// <summary>A block of vectors, set to zero.</summary>
    public V* Vectors(int count)
    {
        var bytes = (nuint)Math.Max(count, 1) * 64;
        var block = NativeMemory.AlignedAlloc(bytes, 64);
        NativeMemory.Clear(block, bytes);
        _blocks.Add((nint)block);
        return (V*)block;
    }

    public void Dispose()
    {
        foreach (var block in _blocks) NativeMemory.AlignedFree((void*)block);
        _blocks.Clear();
    }
}

using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics.X86;
using Marrow.Numerics.Ode;

namespace Marrow.Networks.Compilation;

/// <summary>Pieces of a kernel: called one after another.</summary>
internal delegate KernelTree[] KernelPieces(LaneCode code);

/// <summary>Makes kernels of a width from their pieces. Code is generated at the first call: most runs need only one width.</summary>
internal static class KernelFactory
{
    /// <summary>The width for eight lanes on this machine: one pass of 512 bits where the processor has them, else two of 256. Either
    /// gives the same bits; without AVX-512, emulated 512-bit vectors in generated code were measured some fifty times slower.</summary>
    public static LaneWidth BestWidth => Avx512F.IsSupported ? LaneWidth.Eight : LaneWidth.Four;

    /// <summary>A kernel of the given width; of half width, it is run for both halves.</summary>
    public static LaneKernel Make(KernelPieces pieces, LaneWidth width)
    {
        var deferred = new Deferred(new Lazy<LaneKernel[]>(() => KernelEmitter.Compile(pieces(LaneCode.Of(width)))));
        return width == LaneWidth.Four ? deferred.RunHalves : deferred.Run;
    }

    private sealed class Deferred(Lazy<LaneKernel[]> pieces)
    {
        private const int Half = LaneLayout.Lanes / 2;

        public void Run(ref double y, ref double p, ref double s, ref double m)
        {
            foreach (var piece in pieces.Value) piece(ref y, ref p, ref s, ref m);
        }

        public void RunHalves(ref double y, ref double p, ref double s, ref double m)
        {
            foreach (var piece in pieces.Value)
            {
                piece(ref y, ref p, ref s, ref m);
                piece(ref Unsafe.Add(ref y, Half), ref Unsafe.Add(ref p, Half), ref Unsafe.Add(ref s, Half), ref Unsafe.Add(ref m, Half));
            }
        }
    }
}

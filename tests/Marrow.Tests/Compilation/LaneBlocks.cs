using System.Runtime.CompilerServices;
using Marrow.Networks.Compilation;
using Marrow.Numerics.Ode;

namespace Marrow.Tests.Compilation;

/// <summary>Memory of eight lanes for a compiled model, filled at random but reproducibly, lane by lane independent of the others.</summary>
internal sealed class LaneBlocks
{
    private const int Lanes = LaneLayout.Lanes;

    public LaneBlocks(CompiledModel model, int seed)
    {
        var n = model.States.Count;
        (Model, At) = (model, new LaneLayout(n));
        (Z, Y, S) = (new double[n * LaneLayout.Rows * Lanes], new double[n * Lanes], new double[At.Vectors * Lanes]);
        (P, M, Out) = (new double[model.System.ParameterVectors * Lanes], new double[model.System.MatrixVectors * Lanes],
          new double[(model.System.Roots + model.System.Observables + 1) * Lanes]);
        var defaults = model.DefaultParameters();
        for (var lane = 0; lane < Lanes; lane++) Fill(lane, new System.Random((seed * Lanes) + lane), defaults);
    }

    public CompiledModel Model { get; }

    public LaneLayout At { get; }

    public double[] Z { get; }

    public double[] Y { get; }

    public double[] P { get; }

    public double[] S { get; }

    public double[] M { get; }

    public double[] Out { get; }

    public IEnumerable<double[]> All => [Z, Y, P, S, M, Out];

    public static double[] Lane(double[] block, int first, int count, int lane) =>
      [.. Enumerable.Range(first, count).Select(v => block[(v * Lanes) + lane])];

    public double[] States(int lane) => Lane(Y, 0, Model.States.Count, lane);

    public double[] Parameters(int lane) => Lane(P, 0, Model.Parameters.Count, lane);

    /// <summary>Runs every kernel once in the order of a step; kernels of one lane only for that lane.</summary>
    public void RunAll(LaneKernels k, int lane = 0)
    {
        void run(LaneKernel kernel, double[] y, double[] m) => kernel(ref y[lane], ref P[lane], ref S[lane], ref m[lane]);
        run(k.Prepare, Y, M);
        run(k.Rhs, Y, M);
        run(k.Roots, Y, Out);
        if (Model.System.Observables > 0) k.Observables(ref Y[lane], ref P[lane], ref S[lane], ref Out[(Model.System.Roots * Lanes) + lane]);
        run(k.Jacobian, Z, M);
        run(k.Factor, Z, M);
        run(k.ResidualFirst, Z, M);
        run(k.SolveFirst, Z, M);
        run(k.ResidualNext, Z, M);
        run(k.SolveNext, Z, M);
    }

    public void Run(LaneKernel kernel, double[] y, double[] m) => kernel(ref y[0], ref P[0], ref S[0], ref m[0]);

    public static bool SameBits(double a, double b) => BitConverter.DoubleToInt64Bits(a) == BitConverter.DoubleToInt64Bits(b);

    private void Fill(int lane, System.Random random, double[] defaults)
    {
        ref double at(double[] block, int vector) => ref Unsafe.Add(ref block[lane], vector * Lanes);
        for (var i = 0; i < defaults.Length; i++) at(P, i) = defaults[i] * (0.5 + random.NextDouble());
        for (var i = 0; i < Model.States.Count; i++)
        {
            at(Y, i) = 2 * random.NextDouble();
            for (var row = 0; row < LaneLayout.Rows; row++) at(Z, (i * LaneLayout.Rows) + row) = row == 0 ? at(Y, i) : (random.NextDouble() - 0.5) * 0.1;
            at(S, At.W + i) = 1 / (1e-6 + (1e-4 * random.NextDouble()));
        }
        at(S, LaneLayout.Time) = 10 * random.NextDouble();
        at(S, LaneLayout.Gamma) = random.NextDouble();
        at(S, LaneLayout.InvL1) = 0.4 + (0.6 * random.NextDouble());
        at(S, LaneLayout.Mask) = BitConverter.Int64BitsToDouble(lane % 3 == 2 ? 0 : -1);
    }
}

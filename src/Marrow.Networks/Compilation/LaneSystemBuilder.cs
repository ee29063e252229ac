using System.Linq.Expressions;
using Marrow.Numerics.Ode;

namespace Marrow.Networks.Compilation;

/// <summary>Makes the kernels of a system from its right-hand side, root functions and observables.</summary>
internal sealed class LaneSystemBuilder
{
    private readonly ExpressionGraph _graph;
    private readonly DerivedConstants _derived;
    private readonly LinearLayout _linear;
    private readonly LaneLayout _at;
    private readonly IReadOnlyList<bool> _clamped;
    private readonly CompileOptions _options;
    private readonly KernelSchedule _rhs, _residual, _jacobian, _roots, _observables, _prepare;
    private readonly IReadOnlyDictionary<int, ImplicitRow>? _mass;

    public LaneSystemBuilder(
      ExpressionGraph graph, IReadOnlyList<Node> rates, IReadOnlyList<Node> roots, IReadOnlyList<Node> observables, int parameters,
      IReadOnlyList<bool> clamped, CompileOptions options, IReadOnlyDictionary<int, ImplicitRow>? implicitRows = null)
    {
        _mass = implicitRows;
        // Of E y' = g the kernels of Newton's iteration need g; what starts a step needs y', as far as it is known.
        var slopes = rates;
        if (_mass is not null) rates = [.. rates.Select((rate, i) => _mass.TryGetValue(i, out var row) ? row.Right : rate)];
        (_at, _clamped, _options, Parameters) = (new LaneLayout(rates.Count), clamped, options, parameters);
        _derived = new DerivedConstants(parameters);
        var places = new List<(int, int)>();
        var entries = new List<Node>();
        var shared = SharedTerms.Of(rates);
        // A rate that is a shared term itself is a row with the single entry 1.
        for (var i = 0; i < rates.Count; i++)
        {
            int[] columns = shared.VariableOf(rates[i]) is { } own ? [own] : shared.ReachInside(rates[i]);
            AddRow(i, columns, j => graph.Derivative(rates[i], j, shared));
        }
        for (var k = 0; k < shared.Nodes.Count; k++)
            AddRow(rates.Count + k, shared.ReachInside(shared.Nodes[k]), j => graph.InnerDerivative(shared.Nodes[k], j, shared));
        void AddRow(int row, int[] columns, Func<int, Node> derivative)
        {
            foreach (var j in columns)
            {
                if (j == Node.TimeVariable || derivative(j) is not { } entry || entry.IsConstant(0)) continue;
                places.Add((row, j));
                entries.Add(entry);
            }
        }

        _linear = new LinearLayout(rates.Count, shared.Nodes.Count, places, _mass);
        KernelSchedule schedule(IReadOnlyList<Node> nodes) => new(nodes, _derived, options.ChunkNodes);
        (_rhs, _jacobian, _roots, _observables) = (schedule(slopes), schedule(entries), schedule(roots), schedule(observables));
        _residual = _mass is null ? _rhs : schedule(rates);
        foreach (var entry in (_mass ?? new Dictionary<int, ImplicitRow>()).Values.SelectMany(row => row.Mass.Values).Where(e => e.Kind != NodeKind.Constant)) _derived.Place(entry);
        _prepare = new KernelSchedule(_derived.Nodes, null, options.ChunkNodes);
        (JacobianEntries, Rates, _graph) = (places, rates, graph);
    }

    public int Parameters { get; }

    /// <summary>Where derivatives are not 0, in the order of their places in the matrix block; rows and columns from the number of
    /// states on are shared terms.</summary>
    public IReadOnlyList<(int Row, int Column)> JacobianEntries { get; }

    /// <summary>dy/dt of each state.</summary>
    public IReadOnlyList<Node> Rates { get; }

    /// <summary>df/dy where it is not 0, with nothing shared: what a solver of another make needs.</summary>
    public IEnumerable<(int Row, int Column, Node Value)> PlainJacobian()
    {
        var none = SharedTerms.None;
        for (var i = 0; i < Rates.Count; i++)
        {
            foreach (var j in Rates[i].Dependencies.Where(j => j != Node.TimeVariable))
                if (_graph.Derivative(Rates[i], j, none) is var value && !value.IsConstant(0)) yield return (i, j, value);
        }
    }

    /// <summary>Entries of L + U.</summary>
    public int FactorCount => _linear.FactorCount;

    /// <summary>Parameters, derived constants and room for values that pass between pieces.</summary>
    public int ParameterVectors =>
      _derived.End + new[] { _rhs, _residual, _jacobian, _roots, _observables, _prepare }.Max(s => s.PassedCount);

    public int MatrixVectors => _linear.Vectors;

    public LaneKernels Kernels(LaneWidth width)
    {
        LaneKernel graphKernel(
          KernelSchedule schedule, Func<LaneCode, KernelBlocks, int, Expression> state,
          Func<LaneCode, KernelBlocks, int, Expression, Expression> store)
        {
            var access = new KernelAccess(state, store, blocks => (blocks.P, _derived.End));
            return KernelFactory.Make(
              code => [.. schedule.Pieces.Select(piece => new PieceWriter(schedule, piece, code, access, _clamped).Write())], width);
        }

        var (factor, solveFirst, solveNext) = Solution(width);
        Expression result(LaneCode code, KernelBlocks blocks, int k, Expression value) => code.Store(value, blocks.M, k);
        return new LaneKernels
        {
            Prepare = graphKernel(_prepare, Compact, (code, blocks, k, value) => code.Store(value, blocks.P, Parameters + k)),
            Rhs = graphKernel(_rhs, Compact, (code, blocks, i, value) => code.Store(value, blocks.S, _at.R + i)),
            ResidualFirst = graphKernel(
            _residual, Predicted, (code, blocks, i, value) => code.Store(Residual(code, blocks, i, value), blocks.S, _at.R + i)),
            ResidualNext = graphKernel(_residual, Corrected, NextResidual),
            Jacobian = graphKernel(_jacobian, Predicted, MaskedEntry),
            Factor = factor,
            SolveFirst = solveFirst,
            SolveNext = solveNext,
            Roots = graphKernel(_roots, Compact, result),
            Observables = graphKernel(_observables, Compact, result),
        };
    }

    private (LaneKernel Factor, LaneKernel SolveFirst, LaneKernel SolveNext) Solution(LaneWidth width)
    {
        if (_mass is null && _linear.MultiplyAdds > _options.LongestFactorisation)
            return width == LaneWidth.One ? new LoopedFactors(_linear.Pattern()).OneLane() : new LoopedFactors(_linear.Pattern()).EightLanes();
        var chunk = _options.ChunkNodes;
        return (KernelFactory.Make(code => new FactorWriter(_linear, code, chunk, Fixed).Write(), width),
            KernelFactory.Make(code => new SolveWriter(_linear, code, true, chunk).Write(), width),
            KernelFactory.Make(code => new SolveWriter(_linear, code, false, chunk).Write(), width));
    }

    private static Expression Compact(LaneCode code, KernelBlocks blocks, int i) => code.Load(blocks.Y, i);

    private static Expression Predicted(LaneCode code, KernelBlocks blocks, int i) => code.Load(blocks.Y, LaneLayout.Rows * i);

    private Expression Corrected(LaneCode code, KernelBlocks blocks, int i) =>
      Expression.Add(Predicted(code, blocks, i), code.Load(blocks.S, LaneLayout.D + i));

    /// <summary>gamma f - z1/l1; gamma g - E z1/l1 in an implicit row.</summary>
    private Expression Residual(LaneCode code, KernelBlocks blocks, int i, Expression f)
    {
        var right = Expression.Multiply(code.Load(blocks.S, LaneLayout.Gamma), f);
        Expression slope(int j) => code.Load(blocks.Y, (LaneLayout.Rows * j) + 1);
        if (_mass is null || !_mass.TryGetValue(i, out var row)) return code.NegatedFma(code.Load(blocks.S, LaneLayout.InvL1), slope(i), right);
        return row.Mass.Aggregate((Expression)right, (sum, entry) =>
          code.NegatedFma(Expression.Multiply(Fixed(blocks, code, entry.Value), code.Load(blocks.S, LaneLayout.InvL1)), slope(entry.Key), sum));
    }

    private Expression NextResidual(LaneCode code, KernelBlocks blocks, int i, Expression f)
    {
        var residual = Residual(code, blocks, i, f);
        Expression correction(int j) => code.Load(blocks.S, LaneLayout.D + j);
        var next = _mass is null || !_mass.TryGetValue(i, out var row)
          ? Expression.Subtract(residual, correction(i))
          : row.Mass.Aggregate(residual, (sum, entry) => code.NegatedFma(Fixed(blocks, code, entry.Value), correction(entry.Key), sum));
        return code.Store(next, blocks.S, _at.R + i);
    }

    /// <summary>A value that a patient's parameters fix.</summary>
    private Expression Fixed(KernelBlocks blocks, LaneCode code, Node node) =>
      node.Kind == NodeKind.Constant ? code.Constant(node.Value) : code.Load(blocks.P, _derived.Place(node));

    private static Expression MaskedEntry(LaneCode code, KernelBlocks blocks, int k, Expression value)
    {
        var mask = code.Mask(code.Load(blocks.S, LaneLayout.Mask));
        return code.Store(code.Select(mask, value, code.Load(blocks.M, k)), blocks.M, k);
    }
}

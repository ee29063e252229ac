using Marrow.Networks.Diagnostics;
using Marrow.Networks.Structure;

namespace Marrow.Networks.Compilation;

/// <summary>A row of E y' = g(t, y).</summary>
/// <param name="Mass">Entries of E by column.</param>
/// <param name="Right">g.</param>
/// <param name="IsLate">Whether the row holds no derivative of weight: it is eliminated last.</param>
internal sealed record ImplicitRow(IReadOnlyDictionary<int, Node> Mass, Node Right, bool IsLate);

/// <summary>What makes a system E y' = g(t, y) with another E than 1: algebraic rules, 0 = F, and fast reactions.</summary>
/// <remarks>
/// <para>Fast reactions with laws v and stoichiometry N are in equilibrium at all times. With species p as many as independent reactions and
/// B the inverse of N's rows of p, the equations are combined so that each contains either no fast law or one alone:
/// y_q' - N_q B y_p' = f_q - N_q B f_p for the other species q, and (B y_p')_j = (B f_p)_j + k v_j with k so large that v_j = 0. A law that is 0
/// whatever the species are, say because an event has switched it off, leaves the reaction's species to the slow ones.</para>
/// <para>Where fast reactions depend on one another, the rows of p are y_p' = f_p + k (N v)_p.</para>
/// </remarks>
internal sealed class ImplicitEquations
{
    // The slow part moves the equilibrium by its rate over k, which is rounding.
    private const double Stiffness = 1e15;

    private readonly NetworkEquations _equations;
    private readonly Node?[,] _changes;
    private readonly List<int> _pivots = [], _basis = [];

    private ImplicitEquations(NetworkEquations equations, IReadOnlyList<AlgebraicRule> rules, IReadOnlyList<Reaction> fast, Func<IReadOnlyList<Node>, double[]> numbers, Reporter reporter)
    {
        _equations = equations;
        Algebraic = [.. rules.Select(r => (equations.Symbols.Find(r.Variable)!.Index, equations.Formula(r.Value)))];
        Laws = [.. fast.Select(r => equations.Value(r.Id, r.Where))];
        var states = equations.Symbols.States.Count;
        _changes = new Node?[states, fast.Count];
        for (var j = 0; j < fast.Count; j++)
        {
            foreach (var (state, change) in equations.FastChanges(fast[j]))
            {
                if (change.Varies) reporter.Error(CompilationCodes.FastStoichiometry, fast[j].Where, $"reaction '{fast[j].Id}' is fast, and its stoichiometry changes");
                else if (!change.IsConstant(0)) _changes[state, j] = change;
            }
        }
        foreach (var (state, _) in Algebraic) Rows[state] = new ImplicitRow(new Dictionary<int, Node>(), Algebraic.First(a => a.State == state).Zero, true);
        if (fast.Count > 0 && !reporter.Bag.HasErrors) Combine(Numbers(numbers));
    }

    /// <summary>Rows that are not y_i' = f_i, by state.</summary>
    public Dictionary<int, ImplicitRow> Rows { get; } = [];

    /// <summary>States that algebraic rules determine, and what is 0 then.</summary>
    public IReadOnlyList<(int State, Node Zero)> Algebraic { get; }

    /// <summary>Laws of the fast reactions.</summary>
    public IReadOnlyList<Node> Laws { get; }

    /// <summary>What a fast reaction adds to a state.</summary>
    public Node Change(int state, int reaction) => _changes[state, reaction] ?? Graph.Zero;

    private ExpressionGraph Graph => _equations.Graph;

    /// <summary>The implicit equations of a network; null if it has none.</summary>
    /// <param name="network">The network.</param>
    /// <param name="equations">Its equations.</param>
    /// <param name="numbers">Values of nodes of parameters alone, by which pivots are chosen.</param>
    /// <param name="reporter">Receives what cannot be done.</param>
    public static ImplicitEquations? Of(ReactionNetwork network, NetworkEquations equations, Func<IReadOnlyList<Node>, double[]> numbers, Reporter reporter)
    {
        Reaction[] fast = [.. network.Reactions.Where(r => r.IsFast)];
        return fast.Length + network.AlgebraicRules.Length == 0 ? null : new ImplicitEquations(equations, network.AlgebraicRules, fast, numbers, reporter);
    }

    /// <summary>Where a fast reaction's law jumps, its equilibrium may: conditions in it become events that change nothing, after which states
    /// are made consistent anew.</summary>
    /// <param name="plain">Makes functions.</param>
    public IEnumerable<CompiledEvent> Switches(Func<IReadOnlyList<Node>, PlainFunction> plain)
    {
        var roots = Laws.Concat(Algebraic.Select(a => a.Zero));
        var conditions = InfluenceProbe.Below(roots).Where(n => n.Kind == NodeKind.Select && n.A!.Varies).Select(n => n.A!).Distinct().OrderBy(n => n.Id);
        var none = plain([]);
        foreach (var condition in conditions.SelectMany(c => new[] { c, Graph.Not(c) }).Distinct())
        {
            var source = new NetworkEvent($"equilibrium {condition.Id}", null, new ApplyExpression(MathFunction.True, [], SourceSpan.None), [], null, null, true, true, SourceSpan.None);
            yield return new CompiledEvent(source, condition, [], none, none, none, none);
        }
    }

    private double[,] Numbers(Func<IReadOnlyList<Node>, double[]> numbers)
    {
        int rows = _changes.GetLength(0), columns = _changes.GetLength(1);
        var all = numbers([.. Enumerable.Range(0, rows * columns).Select(k => Change(k / columns, k % columns))]);
        var matrix = new double[rows, columns];
        for (var k = 0; k < all.Length; k++) matrix[k / columns, k % columns] = double.IsFinite(all[k]) ? all[k] : 0;
        return matrix;
    }

    private void Combine(double[,] numbers)
    {
        ChoosePivots(numbers);
        var inverse = Inverse();
        int r = _basis.Count, states = _changes.GetLength(0);
        for (var q = 0; q < states; q++)
        {
            if (_pivots.Contains(q) || !Enumerable.Range(0, Laws.Count).Any(j => _changes[q, j] is not null)) continue;
            var mass = new Dictionary<int, Node> { [q] = Graph.One };
            var right = _equations.Rate(q);
            for (var k = 0; k < r; k++)
            {
                var weight = Sum(Enumerable.Range(0, r).Select(j => Graph.Multiply(Change(q, _basis[j]), inverse[j, k])));
                if (weight.IsConstant(0)) continue;
                mass[_pivots[k]] = Graph.Negate(weight);
                right = Graph.Subtract(right, Graph.Multiply(weight, _equations.Rate(_pivots[k])));
            }
            Rows[q] = new ImplicitRow(mass, right, false);
        }
        for (var j = 0; j < r; j++) Rows[_pivots[j]] = r == Laws.Count ? ReactionRow(j, inverse) : SpeciesRow(_pivots[j]);
    }

    private ImplicitRow ReactionRow(int j, Node[,] inverse)
    {
        var mass = new Dictionary<int, Node>();
        var right = Graph.Multiply(Graph.Constant(Stiffness), Laws[_basis[j]]);
        for (var k = 0; k < _pivots.Count; k++)
        {
            if (inverse[j, k].IsConstant(0)) continue;
            mass[_pivots[k]] = inverse[j, k];
            right = Graph.Add(right, Graph.Multiply(inverse[j, k], _equations.Rate(_pivots[k])));
        }
        return new ImplicitRow(mass, right, true);
    }

    private ImplicitRow SpeciesRow(int state)
    {
        var fast = Sum(Enumerable.Range(0, Laws.Count).Select(j => Graph.Multiply(Change(state, j), Laws[j])));
        return new ImplicitRow(new Dictionary<int, Node> { [state] = Graph.One }, Graph.Add(_equations.Rate(state), Graph.Multiply(Graph.Constant(Stiffness), fast)), true);
    }

    private Node Sum(IEnumerable<Node> terms) => terms.Aggregate(Graph.Zero, Graph.Add);

    /// <summary>Independent reactions, and a species for each, by elimination with the largest pivot of each column.</summary>
    private void ChoosePivots(double[,] m)
    {
        int rows = m.GetLength(0), columns = m.GetLength(1);
        for (var j = 0; j < columns; j++)
        {
            var best = -1;
            for (var i = 0; i < rows; i++)
                if (!_pivots.Contains(i) && (best < 0 || Math.Abs(m[i, j]) > Math.Abs(m[best, j]))) best = i;
            if (best < 0 || Math.Abs(m[best, j]) < 1e-9) continue;
            _pivots.Add(best);
            _basis.Add(j);
            for (var c = j + 1; c < columns; c++)
            {
                var factor = m[best, c] / m[best, j];
                for (var i = 0; i < rows; i++) m[i, c] -= factor * m[i, j];
            }
        }
    }

    /// <summary>The inverse of the changes of the pivot species by the independent reactions (Gauss and Jordan).</summary>
    private Node[,] Inverse()
    {
        var n = _basis.Count;
        var a = new Node[n, 2 * n];
        for (var k = 0; k < n; k++)
        {
            for (var j = 0; j < n; j++) (a[k, j], a[k, n + j]) = (Change(_pivots[k], _basis[j]), j == k ? Graph.One : Graph.Zero);
        }
        for (var j = 0; j < n; j++)
        {
            var pivot = Graph.Reciprocal(a[j, j]);
            for (var c = 0; c < 2 * n; c++) a[j, c] = Graph.Multiply(a[j, c], pivot);
            for (var k = 0; k < n; k++)
            {
                var factor = a[k, j];
                if (k == j || factor.IsConstant(0)) continue;
                for (var c = 0; c < 2 * n; c++) a[k, c] = Graph.Subtract(a[k, c], Graph.Multiply(factor, a[j, c]));
            }
        }
        var inverse = new Node[n, n];
        for (var j = 0; j < n; j++)
            for (var k = 0; k < n; k++) inverse[j, k] = a[j, n + k];
        return inverse;
    }
}

namespace Marrow.Networks.Compilation;

/// <summary>Terms on which many rates depend and which depend on many states themselves, such as the whole burden of a disease. Newton's
/// matrix gets a row and a column for each, z = phi(y, z): that is a few entries where the product of both would fill a block.</summary>
/// <remarks>I - gamma df/dy is the Schur complement of the enlarged matrix
/// [I - gamma f_y, -gamma f_z; -phi_y, I - phi_z], so the correction of the states is the same.</remarks>
internal sealed class SharedTerms
{
    private readonly Dictionary<Node, int> _variables = [];
    private readonly Dictionary<Node, int[]> _reach = [];
    private readonly List<Node> _nodes = [];

    private SharedTerms()
    {
    }

    /// <summary>No term is shared.</summary>
    public static SharedTerms None => new();

    /// <summary>The terms; the k-th is the variable number states + k. Each depends on earlier ones only.</summary>
    public IReadOnlyList<Node> Nodes => _nodes;

    /// <summary>Derivatives found so far, by node and variable.</summary>
    public Dictionary<(int Node, int Variable), Node> Derivatives { get; } = [];

    /// <summary>Finds the terms of a system that are worth a row of their own.</summary>
    public static SharedTerms Of(IReadOnlyList<Node> rates)
    {
        var found = new SharedTerms();
        var use = new TermUse(rates);
        foreach (var node in use.Order)
        {
            if (node.IsCondition || node.Kind is NodeKind.State or NodeKind.Time or NodeKind.Delayed || use.Parents(node) < 2) continue;
            long columns = found.ReachInside(node).Length, rows = use.Rows(node);
            if (columns * rows > 2 * (columns + rows + 1)) found.Add(node, rates.Count);
        }
        return found;
    }

    /// <summary>Number of a shared term as a variable; null if it is not one.</summary>
    public int? VariableOf(Node node) => _variables.TryGetValue(node, out var variable) ? variable : null;

    /// <summary>Whether what defines a term contains a variable outside other shared terms.</summary>
    public bool Reaches(Node node, int variable) => Array.BinarySearch(ReachInside(node), variable) >= 0;

    /// <summary>Variables in what defines a term, ascending; shared terms stand for what is in them.</summary>
    public int[] ReachInside(Node node)
    {
        if (_variables.Count == 0) return node.Dependencies;
        if (_reach.TryGetValue(node, out var known)) return known;
        int[] all = node.Kind is NodeKind.State or NodeKind.Time or NodeKind.Delayed
          ? node.Dependencies
          : [.. node.Operands.SelectMany(o => VariableOf(o) is { } own ? [own] : ReachInside(o)).Distinct().Order()];
        return _reach[node] = all;
    }

    private void Add(Node node, int states)
    {
        _variables[node] = states + _nodes.Count;
        _nodes.Add(node);
        // What was found for nodes above it did not know of it.
        _reach.Clear();
    }

    /// <summary>Who uses a term: the nodes just above it, and the rates that depend on it.</summary>
    private sealed class TermUse
    {
        private readonly Dictionary<Node, HashSet<Node>> _parents = [];
        private readonly Dictionary<Node, ulong[]> _rows = [];

        public TermUse(IReadOnlyList<Node> rates)
        {
            for (var i = 0; i < rates.Count; i++) Visit(rates[i], null);
            var words = (rates.Count + 63) / 64;
            foreach (var node in Order) _rows[node] = new ulong[words];
            for (var i = 0; i < rates.Count; i++)
            {
                if (_rows.TryGetValue(rates[i], out var own)) own[i >> 6] |= 1UL << (i & 63);
            }
            foreach (var node in Enumerable.Reverse(Order))
            {
                foreach (var operand in node.Operands.Where(o => o.Varies))
                    for (var w = 0; w < words; w++) _rows[operand][w] |= _rows[node][w];
            }
        }

        /// <summary>Nodes that vary, operands first.</summary>
        public List<Node> Order { get; } = [];

        public int Parents(Node node) => _parents[node].Count;

        public long Rows(Node node) => _rows[node].Sum(w => (long)System.Numerics.BitOperations.PopCount(w));

        private void Visit(Node node, Node? parent)
        {
            if (!node.Varies) return;
            var known = _parents.TryGetValue(node, out var parents);
            if (!known) _parents[node] = parents = [];
            if (parent is not null) parents!.Add(parent);
            if (known) return;
            foreach (var operand in node.Operands) Visit(operand, node);
            Order.Add(node);
        }
    }
}

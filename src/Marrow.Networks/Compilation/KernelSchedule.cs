namespace Marrow.Networks.Compilation;

/// <summary>Expressions that a patient's parameters fix and that kernels read from the places after the parameters.</summary>
internal sealed class DerivedConstants(int parameters)
{
    private readonly Dictionary<Node, int> _places = [];
    private readonly List<Node> _nodes = [];

    public IReadOnlyList<Node> Nodes => _nodes;

    /// <summary>First place after parameters and derived constants.</summary>
    public int End => parameters + _nodes.Count;

    public int Place(Node node)
    {
        if (node.Kind is NodeKind.Parameter or NodeKind.Delayed) return node.Index;
        if (_places.TryGetValue(node, out var place)) return place;
        _nodes.Add(node);
        return _places[node] = parameters + _nodes.Count - 1;
    }
}

/// <summary>The order in which a kernel computes its nodes, cut into pieces of limited size because the run-time compiler handles
/// very large methods badly. A value that a later piece needs passes through memory.</summary>
internal sealed class KernelSchedule
{
    private readonly DerivedConstants? _derived;
    private readonly Dictionary<Node, int> _pieceOf = [], _passed = [];
    private readonly List<SchedulePiece> _pieces = [];
    private readonly int _chunk;
    private SchedulePiece _piece = new();

    /// <param name="roots">What the kernel computes.</param>
    /// <param name="derived">Where constants of the patient are stored; null to compute them in place.</param>
    /// <param name="chunk">Nodes in a piece.</param>
    public KernelSchedule(IReadOnlyList<Node> roots, DerivedConstants? derived, int chunk)
    {
        (_derived, _chunk) = (derived, chunk);
        for (var i = 0; i < roots.Count; i++)
        {
            Visit(roots[i]);
            _piece.Steps.Add((roots[i], i));
            if (_piece.Steps.Count >= _chunk) Cut();
        }
        if (_piece.Steps.Count > 0) Cut();
        for (var i = 0; i < _pieces.Count; i++) CountUses(_pieces[i], i);
    }

    public IReadOnlyList<SchedulePiece> Pieces => _pieces;

    /// <summary>Places needed to pass values from piece to piece.</summary>
    public int PassedCount => _passed.Count;

    /// <summary>The place through which a value passes to later pieces, or -1.</summary>
    public int PassedAt(Node node) => _passed.GetValueOrDefault(node, -1);

    /// <summary>Whether a node is read rather than computed.</summary>
    public bool IsLeaf(Node n) =>
      n.Kind is NodeKind.Constant or NodeKind.Parameter or NodeKind.State or NodeKind.Time or NodeKind.Delayed or NodeKind.True
      || (_derived is not null && !n.Varies && !n.IsCondition);

    /// <summary>Place of a constant of the patient among the parameters.</summary>
    public int PlaceOf(Node n) => _derived?.Place(n) ?? n.Index;

    private void Visit(Node n)
    {
        if (IsLeaf(n))
        {
            if (!n.Varies && n.Kind is not (NodeKind.Constant or NodeKind.True)) PlaceOf(n);
            return;
        }
        if (_pieceOf.ContainsKey(n)) return;
        foreach (var operand in Lowering.Of(n).Operands) Visit(operand);
        _pieceOf[n] = _pieces.Count;
        _piece.Steps.Add((n, -1));
        if (_piece.Steps.Count >= _chunk) Cut();
    }

    private void Cut()
    {
        _pieces.Add(_piece);
        _piece = new SchedulePiece();
    }

    private void CountUses(SchedulePiece piece, int index)
    {
        foreach (var (node, root) in piece.Steps)
        {
            if (root >= 0) Use(piece, index, node);
            else
            {
                foreach (var operand in Lowering.Of(node).Operands) Use(piece, index, operand);
            }
        }
    }

    private void Use(SchedulePiece piece, int index, Node n)
    {
        piece.Uses[n] = piece.Uses.GetValueOrDefault(n) + 1;
        if (IsLeaf(n) || _pieceOf[n] == index) return;
        if (!n.IsCondition) _passed.TryAdd(n, _passed.Count);
        else if (piece.Uses[n] == 1)
        {
            // Conditions are cheap and have no form in memory: each piece decides them anew.
            foreach (var operand in Lowering.Of(n).Operands) Use(piece, index, operand);
        }
    }
}

/// <summary>A part of a kernel that becomes one method.</summary>
internal sealed class SchedulePiece
{
    /// <summary>Nodes to compute (-1) or roots to store (their number), in order.</summary>
    public List<(Node Node, int Root)> Steps { get; } = [];

    /// <summary>How often the piece needs a value.</summary>
    public Dictionary<Node, int> Uses { get; } = [];
}

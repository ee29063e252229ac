using Marrow.Numerics.Vectors;

namespace Marrow.Networks.Compilation;

/// <content>The same expression of other values.</content>
internal sealed partial class ExpressionGraph
{
    /// <summary>An expression with other nodes in place of what varies: states, time and values of the past.</summary>
    /// <param name="e">The expression.</param>
    /// <param name="leaf">What stands in place of a leaf.</param>
    public Node Substitute(Node e, Func<Node, Node> leaf) =>
        Replace(e, n => n.Kind is NodeKind.State or NodeKind.Time or NodeKind.Delayed ? leaf(n) : null, []);

    /// <summary>Expressions with other nodes in place of some of theirs.</summary>
    /// <param name="all">The expressions.</param>
    /// <param name="replacement">What stands in place of a node, which may be the node itself to leave all of it as it is; null to look inside.</param>
    public Node[] Replace(IEnumerable<Node> all, Func<Node, Node?> replacement)
    {
        var known = new Dictionary<Node, Node>();
        return [.. all.Select(e => Replace(e, replacement, known))];
    }

    private Node Replace(Node e, Func<Node, Node?> replacement, Dictionary<Node, Node> known)
    {
        if (replacement(e) is { } other) return other;
        if (e.A is null || e.Kind == NodeKind.Delayed || (!e.Varies && !e.IsCondition)) return e;
        if (known.TryGetValue(e, out var value)) return value;
        Node a = Replace(e.A, replacement, known), b = e.B is null ? a : Replace(e.B, replacement, known), c = e.C is null ? a : Replace(e.C, replacement, known);
        return known[e] = e.Kind switch
        {
            NodeKind.Add => Add(a, b),
            NodeKind.Subtract => Subtract(a, b),
            NodeKind.Multiply => Multiply(a, b),
            NodeKind.Negate => Negate(a),
            NodeKind.Reciprocal => Reciprocal(a),
            NodeKind.Sqrt => Sqrt(a),
            NodeKind.Abs => Abs(a),
            NodeKind.Floor => Floor(a),
            NodeKind.Ceiling => Ceiling(a),
            NodeKind.Exp => Exp(a),
            NodeKind.Ln => Ln(a),
            NodeKind.Log10 => Log10(a),
            NodeKind.Power => Power(a, b),
            NodeKind.Map => Map((ScalarFunction)e.Index, a),
            NodeKind.Select => Select(a, b, c),
            NodeKind.Less => Less(a, b),
            NodeKind.LessOrEqual => LessOrEqual(a, b),
            NodeKind.Equal => Equal(a, b),
            NodeKind.And => And(a, b),
            NodeKind.Or => Or(a, b),
            NodeKind.Not => Not(a),
            _ => throw new InvalidOperationException($"Nothing is put into {e.Kind}."),
        };
    }
}

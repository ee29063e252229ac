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
        if (e.A is null || e.Kind == NodeKind.Delayed || !e.Varies) return e;
        if (known.TryGetValue(e, out var value)) return value;
        Node? of(Node? operand) => operand is null ? null : Replace(operand, replacement, known);
        return known[e] = With(e, of(e.A)!, of(e.B), of(e.C));
    }
}

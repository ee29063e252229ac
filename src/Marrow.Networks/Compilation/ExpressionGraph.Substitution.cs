namespace Marrow.Networks.Compilation;

/// <content>The same expression of other values.</content>
internal sealed partial class ExpressionGraph
{
    /// <summary>An expression with other nodes in place of what varies: states, time and values of the past.</summary>
    /// <param name="e">The expression.</param>
    /// <param name="leaf">What stands in place of a leaf.</param>
    public Node Substitute(Node e, Func<Node, Node> leaf) => Substitute(e, leaf, []);

    private Node Substitute(Node e, Func<Node, Node> leaf, Dictionary<Node, Node> known)
    {
        if (e.Kind is NodeKind.State or NodeKind.Time or NodeKind.Delayed) return leaf(e);
        if (e.A is null || !e.Varies) return e;
        if (known.TryGetValue(e, out var value)) return value;
        Node? of(Node? operand) => operand is null ? null : Substitute(operand, leaf, known);
        return known[e] = With(e, of(e.A)!, of(e.B), of(e.C));
    }
}

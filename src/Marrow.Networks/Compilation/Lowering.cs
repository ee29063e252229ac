namespace Marrow.Networks.Compilation;

/// <summary>How a node is computed from its operands.</summary>
internal enum Form
{
    /// <summary>As its kind says.</summary>
    Plain,

    /// <summary>a b + c, rounded once.</summary>
    MultiplyAdd,

    /// <summary>c - a b, rounded once.</summary>
    NegatedMultiplyAdd,

    /// <summary>a b - c, rounded once.</summary>
    MultiplySubtract,
}

/// <summary>Turns nodes into machine operations. Whether a product and a sum become one fused operation depends on the nodes alone,
/// so a node has the same bits in every kernel and at every width.</summary>
internal static class Lowering
{
    public static (Form Form, Node[] Operands) Of(Node n)
    {
        Node a = n.A!, b = n.B!;
        if (n.Kind == NodeKind.Add)
        {
            if (Fuses(n, a)) return (Form.MultiplyAdd, [a.A!, a.B!, b]);
            if (Fuses(n, b)) return (Form.MultiplyAdd, [b.A!, b.B!, a]);
        }
        if (n.Kind == NodeKind.Subtract)
        {
            if (Fuses(n, b)) return (Form.NegatedMultiplyAdd, [b.A!, b.B!, a]);
            if (Fuses(n, a)) return (Form.MultiplySubtract, [a.A!, a.B!, b]);
        }
        if (n.A is null) return (Form.Plain, []);
        if (n.B is null) return (Form.Plain, [a]);
        return (Form.Plain, n.C is null ? [a, b] : [a, b, n.C]);
    }

    /// <summary>A product that a patient's parameters fix is a stored constant to a sum that varies, so it is not fused.</summary>
    private static bool Fuses(Node sum, Node term) => term.Kind == NodeKind.Multiply && (term.Varies || !sum.Varies);
}

using Marrow.Numerics.Vectors;

namespace Marrow.Networks.Compilation;

/// <summary>What a node of the expression graph computes.</summary>
internal enum NodeKind
{
    Constant,
    Parameter,
    State,
    Time,
    Delayed,
    Add,
    Subtract,
    Multiply,
    Negate,
    Reciprocal,
    Sqrt,
    Abs,
    Floor,
    Ceiling,
    Exp,
    Ln,
    Log10,
    Power,
    Map,
    Select,
    True,
    Less,
    LessOrEqual,
    Equal,
    And,
    Or,
    Not,
}

/// <summary>A node of an <see cref="ExpressionGraph"/>: equal expressions are one node. A <see cref="NodeKind.Select"/> holds its
/// condition in <see cref="A"/>. A <see cref="NodeKind.Delayed"/> is a leaf that is read from the place <see cref="Index"/> of the
/// parameters, into which the solver puts the value that <see cref="A"/> had a time <see cref="B"/> ago.</summary>
internal sealed class Node
{
    /// <summary>Stands for time among <see cref="Dependencies"/>.</summary>
    public const int TimeVariable = -1;

    public Node(NodeKind kind, Node? a, Node? b, Node? c, double value, int index, int id)
    {
        (Kind, A, B, C, Value, Index, Id) = (kind, a, b, c, value, index, id);
        Dependencies = kind switch
        {
            NodeKind.State => [index],
            NodeKind.Time or NodeKind.Delayed => [TimeVariable],
            _ => Union(Union(a?.Dependencies, b?.Dependencies), c?.Dependencies),
        };
    }

    public NodeKind Kind { get; }

    public Node? A { get; }

    public Node? B { get; }

    public Node? C { get; }

    /// <summary>Value of a constant.</summary>
    public double Value { get; }

    /// <summary>Which state, parameter or <see cref="ScalarFunction"/>.</summary>
    public int Index { get; }

    /// <summary>Number in the order of creation.</summary>
    public int Id { get; }

    /// <summary>States on which the value depends, ascending, with <see cref="TimeVariable"/> first if time is among them.</summary>
    public int[] Dependencies { get; }

    /// <summary>False if the value is the same during the whole life of a patient.</summary>
    public bool Varies => Dependencies.Length > 0;

    /// <summary>What the value is computed from: nothing for a leaf, be it one of the past.</summary>
    public IEnumerable<Node> Operands => Kind == NodeKind.Delayed ? [] : new[] { A, B, C }.OfType<Node>();

    public bool IsCondition => Kind >= NodeKind.True;

    public bool IsConstant(double value) => Kind == NodeKind.Constant && Value == value;

    public bool DependsOn(int variable) => Array.BinarySearch(Dependencies, variable) >= 0;

    private static int[] Union(int[]? a, int[]? b)
    {
        if (a is null || a.Length == 0) return b ?? [];
        if (b is null || b.Length == 0 || ReferenceEquals(a, b)) return a;
        var all = new List<int>(a.Length + b.Length);
        int i = 0, j = 0;
        while (i < a.Length || j < b.Length)
        {
            if (j == b.Length || (i < a.Length && a[i] < b[j])) all.Add(a[i++]);
            else
            {
                if (i < a.Length && a[i] == b[j]) i++;
                all.Add(b[j++]);
            }
        }
        return all.Count == a.Length ? a : all.Count == b.Length ? b : [.. all];
    }
}

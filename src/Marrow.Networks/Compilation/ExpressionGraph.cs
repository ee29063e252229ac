using Marrow.Numerics.Vectors;

namespace Marrow.Networks.Compilation;

/// <summary>Builds nodes, each expression once, simplifying as it goes. Constants are folded with the same functions that kernels
/// use.</summary>
internal sealed partial class ExpressionGraph
{
    /// <summary>Integer powers up to this one become products.</summary>
    private const int LargestProductPower = 16;

    private readonly Dictionary<(NodeKind, int, int, int, long), Node> _nodes = [];

    public int Count => _nodes.Count;

    public Node Zero => Constant(0);

    public Node One => Constant(1);

    public Node True => Make(NodeKind.True);

    public Node False => Not(True);

    public Node Time => Make(NodeKind.Time);

    public Node Constant(double value) => Make(NodeKind.Constant, value: value);

    public Node State(int index) => Make(NodeKind.State, index: index);

    public Node Parameter(int index) => Make(NodeKind.Parameter, index: index);

    /// <summary>The value that a had a time b ago, read from a place among the parameters.</summary>
    public Node Delayed(Node a, Node b, int place) => Make(NodeKind.Delayed, a, b, index: place);

    /// <summary>How the value of a past time changes with time; set where there are such values.</summary>
    public Func<Node, Node>? DelayedRate { get; set; }

    public Node Add(Node a, Node b)
    {
        if (a.IsConstant(0)) return b;
        if (b.IsConstant(0)) return a;
        if (Constants(a, b)) return Constant(a.Value + b.Value);
        if (b.Kind == NodeKind.Negate) return Subtract(a, b.A!);
        if (a.Kind == NodeKind.Negate) return Subtract(b, a.A!);
        return Make(NodeKind.Add, a, b);
    }

    public Node Subtract(Node a, Node b)
    {
        if (b.IsConstant(0)) return a;
        if (a.IsConstant(0)) return Negate(b);
        if (ReferenceEquals(a, b)) return Zero;
        if (Constants(a, b)) return Constant(a.Value - b.Value);
        if (b.Kind == NodeKind.Negate) return Add(a, b.A!);
        if (a.Kind == NodeKind.Negate) return Negate(Add(a.A!, b));
        return Make(NodeKind.Subtract, a, b);
    }

    public Node Negate(Node a) => a.Kind switch
    {
        NodeKind.Constant => Constant(-a.Value),
        NodeKind.Negate => a.A!,
        NodeKind.Subtract => Subtract(a.B!, a.A!),
        _ => Make(NodeKind.Negate, a),
    };

    public Node Multiply(Node a, Node b)
    {
        if (a.IsConstant(0) || b.IsConstant(0)) return Zero;
        if (a.IsConstant(1)) return b;
        if (b.IsConstant(1)) return a;
        if (a.IsConstant(-1)) return Negate(b);
        if (b.IsConstant(-1)) return Negate(a);
        if (Constants(a, b)) return Constant(a.Value * b.Value);
        if (a.Kind == NodeKind.Negate) return Negate(Multiply(a.A!, b));
        if (b.Kind == NodeKind.Negate) return Negate(Multiply(a, b.A!));
        // p (q x) = (p q) x: what a patient's parameters fix is computed once per patient.
        if (!a.Varies && b.Kind == NodeKind.Multiply && b.Varies)
        {
            if (!b.A!.Varies) return Multiply(Multiply(a, b.A), b.B!);
            if (!b.B!.Varies) return Multiply(Multiply(a, b.B), b.A);
        }
        if (!b.Varies && a.Kind == NodeKind.Multiply && a.Varies) return Multiply(b, a);
        return Make(NodeKind.Multiply, a, b);
    }

    public Node Reciprocal(Node a) => a.Kind switch
    {
        NodeKind.Constant => Constant(1 / a.Value),
        NodeKind.Negate => Negate(Reciprocal(a.A!)),
        _ => Make(NodeKind.Reciprocal, a),
    };

    /// <summary>a / b as a times 1/b: the reciprocal is shared with the derivatives and with other quotients.</summary>
    public Node Divide(Node a, Node b) => Constants(a, b) ? Constant(a.Value / b.Value) : Multiply(a, Reciprocal(b));

    public Node Sqrt(Node a) => Fold(NodeKind.Sqrt, a, Math.Sqrt);

    public Node Abs(Node a) => Fold(NodeKind.Abs, a, Math.Abs);

    public Node Floor(Node a) => Fold(NodeKind.Floor, a, Math.Floor);

    public Node Ceiling(Node a) => Fold(NodeKind.Ceiling, a, Math.Ceiling);

    public Node Exp(Node a) => Fold(NodeKind.Exp, a, VectorMath.Exp);

    public Node Ln(Node a) => Fold(NodeKind.Ln, a, VectorMath.Ln);

    public Node Log10(Node a) => Fold(NodeKind.Log10, a, VectorMath.Log10);

    public Node Map(ScalarFunction function, Node a) =>
      a.Kind == NodeKind.Constant
        ? Constant(VectorMath.Map(function, a.Value))
        : Make(NodeKind.Map, a, index: (int)function);

    public Node Truncate(Node a) => Select(Less(a, Zero), Ceiling(a), Floor(a));

    public Node Minimum(Node a, Node b) => ReferenceEquals(a, b) ? a : Select(Less(b, a), b, a);

    public Node Maximum(Node a, Node b) => ReferenceEquals(a, b) ? a : Select(Less(a, b), b, a);

    public Node Power(Node a, Node b)
    {
        if (Constants(a, b)) return Constant(VectorMath.Pow(a.Value, b.Value));
        if (b.Kind != NodeKind.Constant) return Make(NodeKind.Power, a, b);
        if (b.Value == 0) return One;
        if (b.Value < 0) return Reciprocal(Power(a, Constant(-b.Value)));
        if (b.Value == 0.5) return Sqrt(a);
        return b.Value <= LargestProductPower && b.Value == Math.Floor(b.Value)
          ? Product(a, (int)b.Value)
          : Make(NodeKind.Power, a, b);
    }

    public Node Select(Node condition, Node a, Node b)
    {
        if (ReferenceEquals(condition, True) || ReferenceEquals(a, b)) return a;
        if (condition.Kind == NodeKind.Not) return Select(condition.A!, b, a);
        return Make(NodeKind.Select, condition, a, b);
    }

    public Node Less(Node a, Node b) => Constants(a, b) ? Truth(a.Value < b.Value) : Make(NodeKind.Less, a, b);

    public Node LessOrEqual(Node a, Node b) =>
      Constants(a, b) ? Truth(a.Value <= b.Value) : Make(NodeKind.LessOrEqual, a, b);

    public Node Equal(Node a, Node b) => Constants(a, b) ? Truth(a.Value == b.Value) : Make(NodeKind.Equal, a, b);

    public Node And(Node a, Node b)
    {
        if (ReferenceEquals(a, True) || ReferenceEquals(a, b)) return b;
        if (ReferenceEquals(b, True)) return a;
        return ReferenceEquals(a, False) || ReferenceEquals(b, False) ? False : Make(NodeKind.And, a, b);
    }

    public Node Or(Node a, Node b)
    {
        if (ReferenceEquals(a, False) || ReferenceEquals(a, b)) return b;
        if (ReferenceEquals(b, False)) return a;
        return ReferenceEquals(a, True) || ReferenceEquals(b, True) ? True : Make(NodeKind.Or, a, b);
    }

    public Node Not(Node a) => a.Kind == NodeKind.Not ? a.A! : Make(NodeKind.Not, a);

    public Node Truth(bool value) => value ? True : False;

    /// <summary>A condition from a number (not 0), or the condition itself.</summary>
    public Node AsCondition(Node a) => a.IsCondition ? a : Not(Equal(a, Zero));

    /// <summary>1 or 0 from a condition, or the number itself.</summary>
    public Node AsNumber(Node a) => a.IsCondition ? Select(a, One, Zero) : a;

    /// <summary>The same operation on other operands.</summary>
    public Node With(Node node, Node a, Node? b, Node? c) => node.Kind switch
    {
        _ when ReferenceEquals(a, node.A) && ReferenceEquals(b, node.B) && ReferenceEquals(c, node.C) => node,
        NodeKind.Add => Add(a, b!),
        NodeKind.Subtract => Subtract(a, b!),
        NodeKind.Multiply => Multiply(a, b!),
        NodeKind.Negate => Negate(a),
        NodeKind.Reciprocal => Reciprocal(a),
        NodeKind.Power => Power(a, b!),
        NodeKind.Select => Select(a, b!, c!),
        NodeKind.Less => Less(a, b!),
        NodeKind.LessOrEqual => LessOrEqual(a, b!),
        NodeKind.Equal => Equal(a, b!),
        NodeKind.And => And(a, b!),
        NodeKind.Or => Or(a, b!),
        NodeKind.Not => Not(a),
        NodeKind.Sqrt => Sqrt(a),
        NodeKind.Abs => Abs(a),
        NodeKind.Floor => Floor(a),
        NodeKind.Ceiling => Ceiling(a),
        NodeKind.Exp => Exp(a),
        NodeKind.Ln => Ln(a),
        NodeKind.Log10 => Log10(a),
        NodeKind.Map => Map((ScalarFunction)node.Index, a),
        _ => Make(node.Kind, a, b, c, node.Value, node.Index),
    };

    private Node Product(Node a, int power)
    {
        if (power == 1) return a;
        var half = Product(a, power / 2);
        var square = Multiply(half, half);
        return power % 2 == 0 ? square : Multiply(square, a);
    }

    private Node Fold(NodeKind kind, Node a, Func<double, double> function) =>
      a.Kind == NodeKind.Constant ? Constant(function(a.Value)) : Make(kind, a);

    private static bool Constants(Node a, Node b) => a.Kind == NodeKind.Constant && b.Kind == NodeKind.Constant;

    private Node Make(NodeKind kind, Node? a = null, Node? b = null, Node? c = null, double value = 0, int index = -1)
    {
        // What commutes is kept in one order, so that a + b and b + a are the same node.
        var commutes = kind is NodeKind.Add or NodeKind.Multiply or NodeKind.Equal or NodeKind.And or NodeKind.Or;
        if (commutes && a!.Id > b!.Id) (a, b) = (b, a);
        var payload = kind == NodeKind.Constant ? BitConverter.DoubleToInt64Bits(value) : index;
        var key = (kind, a?.Id ?? -1, b?.Id ?? -1, c?.Id ?? -1, payload);
        if (!_nodes.TryGetValue(key, out var node)) _nodes[key] = node = new Node(kind, a, b, c, value, index, _nodes.Count);
        return node;
    }
}

using System.Linq.Expressions;
using Marrow.Numerics.Ode;
using Marrow.Numerics.Vectors;

namespace Marrow.Networks.Compilation;

/// <summary>The memory blocks of a kernel as parameters of generated code.</summary>
internal sealed record KernelBlocks
{
    public ParameterExpression Y { get; } = Block("y");

    public ParameterExpression P { get; } = Block("p");

    public ParameterExpression S { get; } = Block("s");

    public ParameterExpression M { get; } = Block("m");

    /// <summary>A piece of a kernel of what has been written so far.</summary>
    public KernelTree Tree(IEnumerable<ParameterExpression> variables, IEnumerable<Expression> body) => new([Y, P, S, M], [.. variables], [.. body]);

    private static ParameterExpression Block(string name) => Expression.Parameter(typeof(double).MakeByRefType(), name);
}

/// <summary>How a kernel reads states and what it does with its results.</summary>
/// <param name="State">Reads a state.</param>
/// <param name="Store">Stores the value of a root.</param>
/// <param name="Passed">Block and first place through which values pass from piece to piece.</param>
internal sealed record KernelAccess(
  Func<LaneCode, KernelBlocks, int, Expression> State, Func<LaneCode, KernelBlocks, int, Expression, Expression> Store,
  Func<KernelBlocks, (ParameterExpression Block, int Place)> Passed);

/// <summary>Writes the code of one piece of a schedule for one width.</summary>
internal sealed class PieceWriter(KernelSchedule schedule, SchedulePiece piece, LaneCode code, KernelAccess access, IReadOnlyList<bool> clamped)
{
    /// <summary>Expressions nested deeper than this go through a variable.</summary>
    private const int DeepestNesting = 24;

    private readonly KernelBlocks _blocks = new();
    private readonly Dictionary<Node, ParameterExpression> _variables = [];
    private readonly Dictionary<Node, int> _depth = [];
    private readonly List<Expression> _body = [];

    public KernelTree Write()
    {
        foreach (var (node, root) in piece.Steps)
        {
            if (root >= 0) _body.Add(access.Store(code, _blocks, root, Get(node)));
            else Step(node);
        }
        return _blocks.Tree(_variables.Values, _body);
    }

    private void Step(Node node)
    {
        var passed = schedule.PassedAt(node);
        var depth = 1 + Lowering.Of(node).Operands.Max(o => _depth.GetValueOrDefault(o));
        if (piece.Uses.GetValueOrDefault(node) <= 1 && passed < 0 && depth <= DeepestNesting)
        {
            _depth[node] = depth;
            return;
        }
        var variable = Keep(node, Code(node));
        if (passed < 0) return;
        var (block, place) = access.Passed(_blocks);
        _body.Add(code.Store(variable, block, place + passed));
    }

    private ParameterExpression Keep(Node node, Expression value)
    {
        var variable = Expression.Variable(node.IsCondition ? code.ConditionType : code.Type);
        _variables[node] = variable;
        _body.Add(Expression.Assign(variable, value));
        return variable;
    }

    private Expression Get(Node n)
    {
        if (_variables.TryGetValue(n, out var variable)) return variable;
        if (n.Kind == NodeKind.Constant) return code.Constant(n.Value);
        if (n.Kind == NodeKind.True) return code.True;
        if (n.Kind == NodeKind.State) return State(n);
        if (n.Kind == NodeKind.Time) return code.Load(_blocks.S, LaneLayout.Time);
        if (schedule.IsLeaf(n)) return code.Load(_blocks.P, schedule.PlaceOf(n));
        var passed = schedule.PassedAt(n);
        // A passed value that this piece computes has a variable by now; the others come from an earlier piece.
        if (passed >= 0)
        {
            var (block, place) = access.Passed(_blocks);
            return code.Load(block, place + passed);
        }
        return n.IsCondition && piece.Uses[n] > 1 ? Keep(n, Code(n)) : Code(n);
    }

    private Expression State(Node n)
    {
        var value = access.State(code, _blocks, n.Index);
        var isClamped = clamped[n.Index];
        if (!isClamped && piece.Uses[n] == 1) return value;
        var variable = Keep(n, value);
        if (isClamped)
        {
            var floor = code.Select(code.Less(variable, code.Constant(0)), code.Constant(0), variable);
            _body.Add(Expression.Assign(variable, floor));
        }
        return variable;
    }

    private Expression Code(Node n)
    {
        var (form, operands) = Lowering.Of(n);
        var x = Array.ConvertAll(operands, Get);
        return form switch
        {
            Form.MultiplyAdd => code.Fma(x[0], x[1], x[2]),
            Form.NegatedMultiplyAdd => code.NegatedFma(x[0], x[1], x[2]),
            Form.MultiplySubtract => code.Fma(x[0], x[1], Expression.Negate(x[2])),
            _ => Plain(n, x),
        };
    }

    private Expression Plain(Node n, Expression[] x) => n.Kind switch
    {
        NodeKind.Add => Expression.Add(x[0], x[1]),
        NodeKind.Subtract => Expression.Subtract(x[0], x[1]),
        NodeKind.Multiply => Expression.Multiply(x[0], x[1]),
        NodeKind.Negate => Expression.Negate(x[0]),
        NodeKind.Reciprocal => Expression.Divide(code.Constant(1), x[0]),
        NodeKind.Sqrt or NodeKind.Abs or NodeKind.Floor or NodeKind.Ceiling => code.Elementary(n.Kind, x[0]),
        NodeKind.Exp => LaneCode.Function(nameof(VectorMath.Exp), x),
        NodeKind.Ln => LaneCode.Function(nameof(VectorMath.Ln), x),
        NodeKind.Log10 => LaneCode.Function(nameof(VectorMath.Log10), x),
        NodeKind.Power => LaneCode.Function(nameof(VectorMath.Pow), x),
        NodeKind.Map => LaneCode.Function(nameof(VectorMath.Map), Expression.Constant((ScalarFunction)n.Index), x[0]),
        NodeKind.Select => code.Select(x[0], x[1], x[2]),
        NodeKind.Less => code.Less(x[0], x[1]),
        NodeKind.LessOrEqual => code.LessOrEqual(x[0], x[1]),
        NodeKind.Equal => code.Equal(x[0], x[1]),
        NodeKind.And => Expression.And(x[0], x[1]),
        NodeKind.Or => Expression.Or(x[0], x[1]),
        NodeKind.Not => LaneCode.Not(x[0]),
        _ => throw new InvalidOperationException($"{n.Kind} is not computed."),
    };
}

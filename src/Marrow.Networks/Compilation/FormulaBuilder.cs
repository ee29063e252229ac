using Marrow.Networks.Diagnostics;
using Marrow.Networks.Structure;
using Marrow.Numerics.Vectors;

namespace Marrow.Networks.Compilation;

/// <summary>Turns formulas into graph nodes, user functions inlined. What is wrong goes to the reporter; a node stands in for it.</summary>
internal sealed class FormulaBuilder(
  ExpressionGraph graph, ReactionNetwork network, Reporter reporter, Func<string, SourceSpan, Node> nameValue, Func<Node> time,
  Func<Node, SourceSpan, Node> rateOf, Func<Expression, Node>? rateOfFormula = null,
  Func<Expression, Expression, SourceSpan, Node>? delay = null)
{
    private readonly Dictionary<string, FunctionDefinition> _functions =
      network.Functions.GroupBy(f => f.Id).ToDictionary(g => g.Key, g => g.First());

    private readonly HashSet<string> _open = [];

    /// <summary>The value of a formula as a number (a condition becomes 1 or 0).</summary>
    public Node Number(Expression formula) => graph.AsNumber(Build(formula, null));

    /// <summary>The value of a formula as a condition (a number holds if it is not 0).</summary>
    public Node Condition(Expression formula) => graph.AsCondition(Build(formula, null));

    private Node Build(Expression formula, Dictionary<string, Node>? arguments) => formula switch
    {
        NumberExpression n => graph.Constant(n.Value),
        TimeExpression => time(),
        NameExpression n when arguments is null => nameValue(n.Name, n.Where),
        NameExpression n => Argument(n, arguments),
        CallExpression c => Call(c, arguments),
        ApplyExpression a => Apply(a, arguments),
        _ => throw new InvalidOperationException($"Unknown expression {formula.GetType().Name}."),
    };

    private Node Argument(NameExpression name, Dictionary<string, Node> arguments)
    {
        if (arguments.TryGetValue(name.Name, out var value)) return value;
        reporter.Error(CompilationCodes.UnknownName, name.Where,
            $"unknown name '{name.Name}' in a function", "a function knows only its arguments", "make it an argument");
        return graph.One;
    }

    private Node Call(CallExpression call, Dictionary<string, Node>? arguments)
    {
        if (!_functions.TryGetValue(call.Function, out var function))
        {
            reporter.Error(CompilationCodes.UnknownFunction, call.Where, $"unknown function '{call.Function}'");
            return graph.One;
        }
        if (function.Arguments.Length != call.Arguments.Length)
        {
            reporter.Error(CompilationCodes.WrongArguments, call.Where,
                $"'{call.Function}' takes {function.Arguments.Length} arguments, not {call.Arguments.Length}");
            return graph.One;
        }
        if (!_open.Add(call.Function))
        {
            reporter.Error(CompilationCodes.RecursiveFunction, call.Where, $"function '{call.Function}' calls itself");
            return graph.One;
        }
        _open.Remove(call.Function);
        var inner = new Dictionary<string, Node>();
        for (var i = 0; i < call.Arguments.Length; i++) inner[function.Arguments[i]] = Build(call.Arguments[i], arguments);
        _open.Add(call.Function);
        var value = Build(function.Body, inner);
        _open.Remove(call.Function);
        return value;
    }

    private Node Apply(ApplyExpression apply, Dictionary<string, Node>? arguments)
    {
        if (!ArityIsRight(apply)) return graph.One;
        if (apply.Function == MathFunction.RateOf && arguments is null && rateOfFormula is not null) return rateOfFormula(apply.Arguments[0]);
        if (apply.Function == MathFunction.Delay) return Delay(apply, arguments);
        var a = apply.Arguments.Select(x => Build(x, arguments)).ToArray();
        switch (apply.Function)
        {
            case MathFunction.True:
                return graph.True;
            case MathFunction.False:
                return graph.False;
            case MathFunction.And:
                return a.Select(graph.AsCondition).Aggregate(graph.True, graph.And);
            case MathFunction.Or:
                return a.Select(graph.AsCondition).Aggregate(graph.False, graph.Or);
            case MathFunction.Xor:
                return a.Select(graph.AsCondition).Aggregate(graph.False, Xor);
            case MathFunction.Not:
                return graph.Not(graph.AsCondition(a[0]));
            case MathFunction.Implies:
                return graph.Or(graph.Not(graph.AsCondition(a[0])), graph.AsCondition(a[1]));
            case MathFunction.Piecewise:
                return Piecewise(a);
        }
        for (var i = 0; i < a.Length; i++) a[i] = graph.AsNumber(a[i]);
        if (IsRelation(apply.Function)) return Relation(apply.Function, a);
        return apply.Function switch
        {
            MathFunction.RateOf => rateOf(a[0], apply.Where),
            MathFunction.Factorial => graph.Map(ScalarFunction.Factorial, a[0]),
            _ => Arithmetic(apply.Function, a),
        };
    }

    private Node Delay(ApplyExpression apply, Dictionary<string, Node>? arguments)
    {
        if (arguments is null && delay is not null) return delay(apply.Arguments[0], apply.Arguments[1], apply.Where);
        reporter.Error(CompilationCodes.DelayInFunction, apply.Where, "a function that names a value of the past");
        return graph.One;
    }

    private Node Arithmetic(MathFunction function, Node[] a)
    {
        switch (function)
        {
            case MathFunction.Add:
                return a.Aggregate(graph.Zero, graph.Add);
            case MathFunction.Multiply:
                return a.Aggregate(graph.One, graph.Multiply);
            case MathFunction.Min:
                return a.Aggregate(graph.Minimum);
            case MathFunction.Max:
                return a.Aggregate(graph.Maximum);
        }
        return function switch
        {
            MathFunction.Subtract => graph.Subtract(a[0], a[1]),
            MathFunction.Negate => graph.Negate(a[0]),
            MathFunction.Divide => graph.Divide(a[0], a[1]),
            MathFunction.Power => graph.Power(a[0], a[1]),
            MathFunction.Exp => graph.Exp(a[0]),
            MathFunction.Ln => graph.Ln(a[0]),
            MathFunction.Log10 => graph.Log10(a[0]),
            MathFunction.Log => graph.Divide(graph.Ln(a[1]), graph.Ln(a[0])),
            MathFunction.Sqrt => graph.Sqrt(a[0]),
            MathFunction.Root => graph.Power(a[1], graph.Reciprocal(a[0])),
            MathFunction.Abs => graph.Abs(a[0]),
            MathFunction.Floor => graph.Floor(a[0]),
            MathFunction.Ceiling => graph.Ceiling(a[0]),
            MathFunction.Quotient => graph.Truncate(graph.Divide(a[0], a[1])),
            MathFunction.Remainder => graph.Subtract(a[0], graph.Multiply(a[1], graph.Truncate(graph.Divide(a[0], a[1])))),
            _ => Trigonometric(function, a[0]),
        };
    }

    private Node Trigonometric(MathFunction function, Node a) => function switch
    {
        MathFunction.Sin => graph.Map(ScalarFunction.Sin, a),
        MathFunction.Cos => graph.Map(ScalarFunction.Cos, a),
        MathFunction.Tan => graph.Map(ScalarFunction.Tan, a),
        MathFunction.Sec => graph.Reciprocal(graph.Map(ScalarFunction.Cos, a)),
        MathFunction.Csc => graph.Reciprocal(graph.Map(ScalarFunction.Sin, a)),
        MathFunction.Cot => graph.Reciprocal(graph.Map(ScalarFunction.Tan, a)),
        MathFunction.Asin => graph.Map(ScalarFunction.Asin, a),
        MathFunction.Acos => graph.Map(ScalarFunction.Acos, a),
        MathFunction.Atan => graph.Map(ScalarFunction.Atan, a),
        MathFunction.Asec => graph.Map(ScalarFunction.Acos, graph.Reciprocal(a)),
        MathFunction.Acsc => graph.Map(ScalarFunction.Asin, graph.Reciprocal(a)),
        MathFunction.Acot => graph.Map(ScalarFunction.Atan, graph.Reciprocal(a)),
        MathFunction.Sinh => graph.Map(ScalarFunction.Sinh, a),
        MathFunction.Cosh => graph.Map(ScalarFunction.Cosh, a),
        MathFunction.Tanh => graph.Map(ScalarFunction.Tanh, a),
        MathFunction.Sech => graph.Reciprocal(graph.Map(ScalarFunction.Cosh, a)),
        MathFunction.Csch => graph.Reciprocal(graph.Map(ScalarFunction.Sinh, a)),
        MathFunction.Coth => graph.Reciprocal(graph.Map(ScalarFunction.Tanh, a)),
        MathFunction.Asinh => graph.Map(ScalarFunction.Asinh, a),
        MathFunction.Acosh => graph.Map(ScalarFunction.Acosh, a),
        MathFunction.Atanh => graph.Map(ScalarFunction.Atanh, a),
        MathFunction.Asech => graph.Map(ScalarFunction.Acosh, graph.Reciprocal(a)),
        MathFunction.Acsch => graph.Map(ScalarFunction.Asinh, graph.Reciprocal(a)),
        MathFunction.Acoth => graph.Map(ScalarFunction.Atanh, graph.Reciprocal(a)),
        _ => throw new InvalidOperationException($"Unknown function {function}."),
    };

    /// <summary>value, condition, ..., otherwise; without an otherwise the value is undefined where no condition holds.</summary>
    private Node Piecewise(Node[] a)
    {
        var values = a.Where((_, i) => i % 2 == 0);
        var isCondition = values.All(v => v.IsCondition);
        var result = a.Length % 2 == 1 ? a[^1] : isCondition ? graph.False : graph.Constant(double.NaN);
        if (!isCondition) result = graph.AsNumber(result);
        for (var i = (a.Length / 2 * 2) - 2; i >= 0; i -= 2)
        {
            var condition = graph.AsCondition(a[i + 1]);
            result = isCondition
              ? graph.Or(graph.And(condition, a[i]), graph.And(graph.Not(condition), result))
              : graph.Select(condition, graph.AsNumber(a[i]), result);
        }
        return result;
    }

    /// <summary>A chain of relations, a &lt; b &lt; c, holds if every link does.</summary>
    private Node Relation(MathFunction function, Node[] a)
    {
        var holds = graph.True;
        for (var i = 0; i + 1 < a.Length; i++)
        {
            Node x = a[i], y = a[i + 1];
            holds = graph.And(holds, function switch
            {
                MathFunction.Less => graph.Less(x, y),
                MathFunction.LessOrEqual => graph.LessOrEqual(x, y),
                MathFunction.Greater => graph.Less(y, x),
                MathFunction.GreaterOrEqual => graph.LessOrEqual(y, x),
                MathFunction.Equal => graph.Equal(x, y),
                _ => graph.Not(graph.Equal(x, y)),
            });
        }
        return holds;
    }

    private Node Xor(Node a, Node b) => graph.And(graph.Or(a, b), graph.Not(graph.And(a, b)));

    private static bool IsRelation(MathFunction function) => function is >= MathFunction.Less and <= MathFunction.NotEqual;

    private bool ArityIsRight(ApplyExpression apply)
    {
        var count = apply.Arguments.Length;
        var (least, most) = apply.Function switch
        {
            MathFunction.Add or MathFunction.Multiply or MathFunction.And or MathFunction.Or or MathFunction.Xor => (0, int.MaxValue),
            MathFunction.Min or MathFunction.Max or MathFunction.Piecewise => (1, int.MaxValue),
            MathFunction.True or MathFunction.False => (0, 0),
            MathFunction.Subtract or MathFunction.Divide or MathFunction.Power or MathFunction.Log or MathFunction.Root
              or MathFunction.Quotient or MathFunction.Remainder or MathFunction.Implies or MathFunction.Delay => (2, 2),
            _ when IsRelation(apply.Function) => (2, int.MaxValue),
            _ => (1, 1),
        };
        if (count >= least && count <= most) return true;
        reporter.Error(CompilationCodes.WrongArguments, apply.Where,
            $"{apply.Function} with {count} arguments", $"it takes {(least == most ? least : $"at least {least}")}");
        return false;
    }
}

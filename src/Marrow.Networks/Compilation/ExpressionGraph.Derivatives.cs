using Marrow.Numerics.Vectors;

namespace Marrow.Networks.Compilation;

/// <content>Symbolic derivatives. A choice is differentiated branch by branch; rounding functions have derivative 0.</content>
internal sealed partial class ExpressionGraph
{
    private readonly Dictionary<(int Node, int Variable), Node> _derivatives = [];

    /// <summary>Partial derivative with respect to a state, or to time (<see cref="Node.TimeVariable"/>).</summary>
    public Node Derivative(Node e, int variable)
    {
        if (e.IsCondition || !e.DependsOn(variable)) return Zero;
        if (e.Kind is NodeKind.State or NodeKind.Time) return One;
        if (_derivatives.TryGetValue((e.Id, variable), out var known)) return known;
        var derivative = e.Kind switch
        {
            NodeKind.Add => Add(Derivative(e.A!, variable), Derivative(e.B!, variable)),
            NodeKind.Subtract => Subtract(Derivative(e.A!, variable), Derivative(e.B!, variable)),
            NodeKind.Multiply => Add(
              Multiply(Derivative(e.A!, variable), e.B!), Multiply(e.A!, Derivative(e.B!, variable))),
            NodeKind.Select => Select(e.A!, Derivative(e.B!, variable), Derivative(e.C!, variable)),
            NodeKind.Power => PowerDerivative(e, variable),
            NodeKind.Floor or NodeKind.Ceiling => Zero,
            _ => Multiply(OuterDerivative(e), Derivative(e.A!, variable)),
        };
        return _derivatives[(e.Id, variable)] = derivative;
    }

    /// <summary>Derivative of a function of one argument with respect to that argument.</summary>
    private Node OuterDerivative(Node e)
    {
        var a = e.A!;
        return e.Kind switch
        {
            NodeKind.Negate => Constant(-1),
            NodeKind.Reciprocal => Negate(Multiply(e, e)),
            NodeKind.Sqrt => Divide(Constant(0.5), e),
            NodeKind.Abs => Select(Less(a, Zero), Constant(-1), One),
            NodeKind.Exp => e,
            NodeKind.Ln => Reciprocal(a),
            NodeKind.Log10 => Divide(Reciprocal(Constant(VectorMath.Ln(10))), a),
            NodeKind.Map => MapDerivative((ScalarFunction)e.Index, e, a),
            _ => throw new InvalidOperationException($"No derivative of {e.Kind}."),
        };
    }

    private Node MapDerivative(ScalarFunction function, Node e, Node a)
    {
        var square = Multiply(a, a);
        return function switch
        {
            ScalarFunction.Sin => Map(ScalarFunction.Cos, a),
            ScalarFunction.Cos => Negate(Map(ScalarFunction.Sin, a)),
            ScalarFunction.Tan => Add(One, Multiply(e, e)),
            ScalarFunction.Asin => Reciprocal(Sqrt(Subtract(One, square))),
            ScalarFunction.Acos => Negate(Reciprocal(Sqrt(Subtract(One, square)))),
            ScalarFunction.Atan => Reciprocal(Add(One, square)),
            ScalarFunction.Sinh => Map(ScalarFunction.Cosh, a),
            ScalarFunction.Cosh => Map(ScalarFunction.Sinh, a),
            ScalarFunction.Tanh => Subtract(One, Multiply(e, e)),
            ScalarFunction.Asinh => Reciprocal(Sqrt(Add(square, One))),
            ScalarFunction.Acosh => Reciprocal(Sqrt(Subtract(square, One))),
            ScalarFunction.Atanh => Reciprocal(Subtract(One, square)),
            _ => throw new InvalidOperationException($"No derivative of {function}."),
        };
    }

    /// <summary>(a^b)' = b a^(b-1) a' + a^b ln(a) b'; the second term is 0 at a = 0, where ln a is not finite.</summary>
    private Node PowerDerivative(Node e, int variable)
    {
        Node a = e.A!, b = e.B!;
        var byBase = Multiply(Multiply(b, Power(a, Subtract(b, One))), Derivative(a, variable));
        if (!b.DependsOn(variable)) return byBase;
        var byExponent = Multiply(Multiply(e, Ln(a)), Derivative(b, variable));
        return Add(byBase, Select(Less(Zero, a), byExponent, Zero));
    }
}

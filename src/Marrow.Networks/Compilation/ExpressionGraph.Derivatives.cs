using Marrow.Numerics.Vectors;

namespace Marrow.Networks.Compilation;

/// <content>Symbolic derivatives. A choice is differentiated branch by branch; rounding functions have derivative 0.</content>
internal sealed partial class ExpressionGraph
{
    /// <summary>Partial derivative with respect to a state, or to time (<see cref="Node.TimeVariable"/>).</summary>
    public Node Derivative(Node e, int variable) => Derivative(e, variable, SharedTerms.None);

    /// <summary>Partial derivative with respect to a state or a shared term, all shared terms below <paramref name="e"/> held fixed.</summary>
    public Node Derivative(Node e, int variable, SharedTerms shared)
    {
        if (shared.VariableOf(e) is { } own) return own == variable ? One : Zero;
        return InnerDerivative(e, variable, shared);
    }

    /// <summary>The same for what defines a term, be it shared itself or not.</summary>
    public Node InnerDerivative(Node e, int variable, SharedTerms shared)
    {
        if (e.IsCondition || !shared.Reaches(e, variable)) return Zero;
        if (e.Kind is NodeKind.State or NodeKind.Time) return One;
        if (e.Kind == NodeKind.Delayed) return DelayedRate!(e);
        if (shared.Derivatives.TryGetValue((e.Id, variable), out var known)) return known;
        Node of(Node operand) => Derivative(operand, variable, shared);
        var derivative = e.Kind switch
        {
            NodeKind.Add => Add(of(e.A!), of(e.B!)),
            NodeKind.Subtract => Subtract(of(e.A!), of(e.B!)),
            NodeKind.Multiply => Add(Multiply(of(e.A!), e.B!), Multiply(e.A!, of(e.B!))),
            NodeKind.Select => Select(e.A!, of(e.B!), of(e.C!)),
            NodeKind.Power => PowerDerivative(e, of(e.A!), of(e.B!)),
            NodeKind.Floor or NodeKind.Ceiling => Zero,
            _ => Multiply(OuterDerivative(e), of(e.A!)),
        };
        return shared.Derivatives[(e.Id, variable)] = derivative;
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
            // x! = gamma(x + 1), whose logarithm has the derivative digamma.
            ScalarFunction.Factorial => Multiply(e, Map(ScalarFunction.Digamma, Add(a, One))),
            ScalarFunction.Digamma => Map(ScalarFunction.Trigamma, a),
            ScalarFunction.Trigamma => Map(ScalarFunction.Tetragamma, a),
            _ => throw new InvalidOperationException($"No derivative of {function}."),
        };
    }

    /// <summary>(a^b)' = b a^(b-1) a' + a^b ln(a) b'; the second term is 0 at a = 0, where ln a is not finite.</summary>
    private Node PowerDerivative(Node e, Node ofBase, Node ofExponent)
    {
        Node a = e.A!, b = e.B!;
        var byBase = Multiply(Multiply(b, Power(a, Subtract(b, One))), ofBase);
        if (ofExponent.IsConstant(0)) return byBase;
        var byExponent = Multiply(Multiply(e, Ln(a)), ofExponent);
        return Add(byBase, Select(Less(Zero, a), byExponent, Zero));
    }
}

using FsCheck;
using FsCheck.Fluent;
using Marrow.Networks.Compilation;
using Marrow.Networks.Structure;
using Marrow.Numerics.Vectors;
using static Marrow.Tests.Compilation.F;

namespace Marrow.Tests.Compilation;

public class ExpressionGraphTests
{
    private static readonly ExpressionGraph Graph = new();

    private static double Evaluate(Node node, params double[] states)
    {
        var result = new double[1];
        new PlainFunction([node], new bool[8], 300).Run(1.5, states, [2.5], result);
        return result[0];
    }

    [Fact]
    public void Equal_expressions_are_one_node()
    {
        Node x = Graph.State(0), y = Graph.State(1);
        Assert.Same(Graph.Add(x, y), Graph.Add(y, x));
        Assert.Same(Graph.Multiply(Graph.Add(x, y), x), Graph.Multiply(x, Graph.Add(y, x)));
        Assert.NotSame(Graph.Subtract(x, y), Graph.Subtract(y, x));
        Assert.NotSame(Graph.Constant(0.0), Graph.Constant(-0.0));
    }

    [Fact]
    public void Constants_are_folded_and_neutral_elements_vanish()
    {
        var x = Graph.State(0);
        Assert.Same(x, Graph.Multiply(Graph.One, Graph.Add(x, Graph.Zero)));
        Assert.Same(Graph.Zero, Graph.Subtract(x, x));
        Assert.Same(Graph.Constant(VectorMath.Exp(2)), Graph.Exp(Graph.Add(Graph.One, Graph.One)));
        Assert.Same(x, Graph.Select(Graph.Less(Graph.Zero, Graph.One), x, Graph.One));
        Assert.Same(Graph.Multiply(x, x), Graph.Power(x, Graph.Constant(2)));
    }

    [Fact]
    public void Products_of_parameters_are_gathered_for_once_per_patient()
    {
        Node p = Graph.Parameter(0), q = Graph.Parameter(1), x = Graph.State(0);
        Assert.Same(Graph.Multiply(Graph.Multiply(p, q), x), Graph.Multiply(p, Graph.Multiply(x, q)));
    }

    [Theory]
    [InlineData(MathFunction.Exp, 0.7), InlineData(MathFunction.Ln, 0.7), InlineData(MathFunction.Log10, 0.7), InlineData(MathFunction.Sqrt, 0.7)]
    [InlineData(MathFunction.Abs, -0.7), InlineData(MathFunction.Abs, 0.7), InlineData(MathFunction.Sin, 0.7), InlineData(MathFunction.Cos, 0.7)]
    [InlineData(MathFunction.Tan, 0.7), InlineData(MathFunction.Asin, 0.7), InlineData(MathFunction.Acos, 0.7), InlineData(MathFunction.Atan, 0.7)]
    [InlineData(MathFunction.Sec, 0.7), InlineData(MathFunction.Csc, 0.7), InlineData(MathFunction.Cot, 0.7), InlineData(MathFunction.Acot, 0.7)]
    [InlineData(MathFunction.Asec, 1.7), InlineData(MathFunction.Acsc, 1.7), InlineData(MathFunction.Acosh, 1.7), InlineData(MathFunction.Acoth, 1.7)]
    [InlineData(MathFunction.Sinh, 0.7), InlineData(MathFunction.Cosh, 0.7), InlineData(MathFunction.Tanh, 0.7), InlineData(MathFunction.Asinh, 0.7)]
    [InlineData(MathFunction.Sech, 0.7), InlineData(MathFunction.Csch, 0.7), InlineData(MathFunction.Coth, 0.7), InlineData(MathFunction.Atanh, 0.7)]
    [InlineData(MathFunction.Asech, 0.7), InlineData(MathFunction.Acsch, 0.7), InlineData(MathFunction.Floor, 0.7), InlineData(MathFunction.Ceiling, 0.7)]
    [InlineData(MathFunction.Factorial, 0.7), InlineData(MathFunction.Factorial, 2.3)]
    public void Functions_of_one_argument_and_their_derivatives_are_right(MathFunction function, double at)
    {
        var node = Node(Apply(function, N("x")));
        Assert.Equal(Reference(function, at), Evaluate(node, at), 1e-14);
        // Central difference at h = 1e-5: truncation h^2 f'''/6, f''' below 100 here, and cancellation eps/h.
        const double h = 1e-5;
        var difference = (Reference(function, at + h) - Reference(function, at - h)) / (2 * h);
        Assert.Equal(difference, Evaluate(Graph.Derivative(node, 0), at), 3e-9);
    }

    [Fact]
    public void Functions_of_two_arguments_and_their_derivatives_are_right()
    {
        (F Formula, Func<double, double, double> Reference)[] cases =
        [
            (N("x").Power(N("y")), Math.Pow), (N("x").Power(2.5), (x, _) => Math.Pow(x, 2.5)), (N("x").Power(-3), (x, _) => Math.Pow(x, -3)),
            (N("x").Power(N("p")), (x, _) => Math.Pow(x, 2.5)), (Apply(MathFunction.Min, N("x"), N("y"), 1.2), (x, y) => Math.Min(1.2, Math.Min(x, y))),
            (Apply(MathFunction.Max, N("x"), N("y")), Math.Max), (Apply(MathFunction.Log, N("x"), N("y")), (x, y) => Math.Log(y) / Math.Log(x)),
            (Apply(MathFunction.Root, 3, N("y")), (_, y) => Math.Cbrt(y)), (N("x") / N("y"), (x, y) => x / y),
            (Apply(MathFunction.Remainder, N("y"), N("x")), (x, y) => y % x), (Apply(MathFunction.Quotient, N("y"), N("x")), (x, y) => Math.Truncate(y / x)),
            (Apply(MathFunction.Piecewise, N("x") * N("y"), N("x") > 1, N("y") * N("y")), (x, y) => x > 1 ? x * y : y * y),
        ];
        foreach (var (formula, reference) in cases)
        {
            var node = Node(formula);
            foreach (var (x, y) in new[] { (0.6, 1.9), (1.6, 0.7), (1.4, 2.9) })
            {
                const double h = 1e-5;
                Assert.Equal(reference(x, y), Evaluate(node, x, y), 1e-13);
                Assert.Equal((reference(x + h, y) - reference(x - h, y)) / (2 * h), Evaluate(Graph.Derivative(node, 0), x, y), 3e-8);
                Assert.Equal((reference(x, y + h) - reference(x, y - h)) / (2 * h), Evaluate(Graph.Derivative(node, 1), x, y), 3e-8);
            }
        }
    }

    [Fact]
    public void Derivatives_of_the_gamma_function_have_their_known_values()
    {
        // Abramowitz and Stegun 6.3.2 and 6.4.2: psi(1), psi'(1) = pi^2/6, psi''(1) = -2 zeta(3); psi'(1/2) = pi^2/2.
        Assert.Equal(-0.57721566490153286, ScalarFunctions.Of(ScalarFunction.Digamma)(1), 1e-12);
        Assert.Equal(Math.PI * Math.PI / 6, ScalarFunctions.Of(ScalarFunction.Trigamma)(1), 1e-11);
        Assert.Equal(Math.PI * Math.PI / 2, ScalarFunctions.Of(ScalarFunction.Trigamma)(0.5), 1e-11);
        Assert.Equal(-2.4041138063191886, ScalarFunctions.Of(ScalarFunction.Tetragamma)(1), 1e-10);
    }

    [Fact]
    public void A_hill_term_has_a_finite_derivative_at_zero()
    {
        var hill = Node(N("x").Power(N("p")) / (1 + N("x").Power(N("p"))));
        Assert.Equal(0, Evaluate(Graph.Derivative(hill, 0), 0));
    }

    [Fact]
    public void Random_formulas_agree_with_their_naive_evaluation() => Prop.ForAll(Formulas.ToArbitrary(), f =>
    {
        double[] point = [0.7, 1.3];
        var (expected, error) = Naive(f, point);
        var actual = Evaluate(Node(f), point);
        // The bound is the running error analysis of the naive evaluation, with room for the other order of operations.
        return !double.IsFinite(expected) || error > 0.1 || Math.Abs(actual - expected) <= 8 * error;
    }).QuickCheckThrowOnFailure();

    /// <summary>Formulas of x, y, p and constants, without division by what may be 0.</summary>
    private static Gen<Expression> Formulas => Gen.Sized(size => Tree(Math.Min(size, 40)));

    private static Gen<Expression> Tree(int size)
    {
        var leaf = Gen.Elements<Expression>(N("x"), N("y"), N("p"), (F)2, (F)0.5, (F)(-1), (F)0, (F)1);
        if (size <= 1) return leaf;
        var part = Gen.Choose(1, size - 1).SelectMany(n => Tree(n / 2));
        var binary = Gen.Elements(MathFunction.Add, MathFunction.Subtract, MathFunction.Multiply, MathFunction.Min, MathFunction.Max)
            .SelectMany(f => part.SelectMany(a => part.Select(b => Apply(f, new F(a), new F(b)).Expression)));
        var divided = part.SelectMany(a => part.Select(b => (new F(a) / (1.5 + Apply(MathFunction.Abs, new F(b)))).Expression));
        var negated = part.Select(a => (-new F(a)).Expression);
        var chosen = part.SelectMany(a => part.Select(b => Apply(MathFunction.Piecewise, new F(a), N("x") < N("y"), new F(b)).Expression));
        return Gen.OneOf(leaf, binary, binary, divided, negated, chosen);
    }

    private static (double Value, double Error) Naive(Expression e, double[] at)
    {
        const double eps = 2.3e-16;
        if (e is NumberExpression n) return (n.Value, 0);
        if (e is NameExpression name) return (name.Name == "x" ? at[0] : name.Name == "y" ? at[1] : 2.5, 0);
        var apply = (ApplyExpression)e;
        var a = Naive(apply.Arguments[0], at);
        if (apply.Function == MathFunction.Abs) return (Math.Abs(a.Value), a.Error);
        if (apply.Function == MathFunction.Negate) return (-a.Value, a.Error);
        var b = Naive(apply.Arguments[apply.Function == MathFunction.Piecewise ? 2 : 1], at);
        if (apply.Function == MathFunction.Piecewise) return at[0] < at[1] ? a : b;
        var value = apply.Function switch
        {
            MathFunction.Add => a.Value + b.Value,
            MathFunction.Subtract => a.Value - b.Value,
            MathFunction.Multiply => a.Value * b.Value,
            MathFunction.Divide => a.Value / b.Value,
            MathFunction.Min => Math.Min(a.Value, b.Value),
            _ => Math.Max(a.Value, b.Value),
        };
        var carried = apply.Function switch
        {
            MathFunction.Multiply => (Math.Abs(a.Value) * b.Error) + (Math.Abs(b.Value) * a.Error) + (a.Error * b.Error),
            MathFunction.Divide => a.Error + (Math.Abs(a.Value) * b.Error),
            _ => a.Error + b.Error,
        };
        return (value, carried + (eps * (Math.Abs(value) + Math.Abs(a.Value) + Math.Abs(b.Value))));
    }

    private static Node Node(Expression formula)
    {
        var network = new ReactionNetwork { Name = "formula" };
        var builder = new FormulaBuilder(
            Graph, network, new(new()), (name, _) => name == "x" ? Graph.State(0) : name == "y" ? Graph.State(1) : Graph.Parameter(0),
            () => Graph.Time, (node, _) => node);
        return builder.Number(formula);
    }

    private static double Reference(MathFunction function, double x) => function switch
    {
        MathFunction.Factorial => global::MathNet.Numerics.SpecialFunctions.Gamma(x + 1),
        MathFunction.Exp => Math.Exp(x),
        MathFunction.Ln => Math.Log(x),
        MathFunction.Log10 => Math.Log10(x),
        MathFunction.Sqrt => Math.Sqrt(x),
        MathFunction.Abs => Math.Abs(x),
        MathFunction.Floor => Math.Floor(x),
        MathFunction.Ceiling => Math.Ceiling(x),
        _ => MathNet(function, x),
    };

    private static double MathNet(MathFunction function, double x) => function switch
    {
        MathFunction.Sin => global::MathNet.Numerics.Trig.Sin(x),
        MathFunction.Cos => global::MathNet.Numerics.Trig.Cos(x),
        MathFunction.Tan => global::MathNet.Numerics.Trig.Tan(x),
        MathFunction.Sec => global::MathNet.Numerics.Trig.Sec(x),
        MathFunction.Csc => global::MathNet.Numerics.Trig.Csc(x),
        MathFunction.Cot => global::MathNet.Numerics.Trig.Cot(x),
        MathFunction.Asin => Math.Asin(x),
        MathFunction.Acos => Math.Acos(x),
        MathFunction.Atan => Math.Atan(x),
        MathFunction.Asec => Math.Acos(1 / x),
        MathFunction.Acsc => Math.Asin(1 / x),
        MathFunction.Acot => Math.Atan(1 / x),
        MathFunction.Sinh => Math.Sinh(x),
        MathFunction.Cosh => Math.Cosh(x),
        MathFunction.Tanh => Math.Tanh(x),
        MathFunction.Sech => 1 / Math.Cosh(x),
        MathFunction.Csch => 1 / Math.Sinh(x),
        MathFunction.Coth => 1 / Math.Tanh(x),
        MathFunction.Asinh => Math.Asinh(x),
        MathFunction.Acosh => Math.Acosh(x),
        MathFunction.Atanh => Math.Atanh(x),
        MathFunction.Asech => Math.Acosh(1 / x),
        MathFunction.Acsch => Math.Asinh(1 / x),
        _ => Math.Atanh(1 / x),
    };
}

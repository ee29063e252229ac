using FsCheck;
using FsCheck.Fluent;
using Marrow.Networks.Antimony;
using Marrow.Networks.Diagnostics;
using Marrow.Networks.Structure;

namespace Marrow.Tests.Antimony;

public class AntimonyRobustnessTests
{
    private const string Valid = """
        function hill(x, k) x/(k + x) end
        model clone(S, R)
          Growth: => S; k*S*R*hill(S, 3)
          k = 0.5; S = 1; k has 1/d
        end
        model *main()
          compartment C = 1
          species Cells in C = 3, $Food = 2
          A: clone(Cells, Food)
          E: at time > 3 && Cells > 2, persistent = false: Food = 1
          J: 2 Cells -> ; (Cells^2 - 1)/piecewise(1, Cells > 1, 2)
        end
        """;

    private static readonly Gen<string> Pieces = Gen.Elements(
        "(", ")", ";", "\n", ":", "=", "'", "->", "=>", "-|", "at", "model", "end", "function", "in", "is", "has", "1e9", "x", ".", ",", "^", "-", "\"", "/*", "#", "{", "@", "\\", "import", "unit", "species", "after", "piecewise(", "\u00e9", "$");

    [Fact]
    public void No_text_crashes_the_reader()
    {
        var mutation = from at in Gen.Choose(0, Valid.Length) from length in Gen.Choose(0, 12) from piece in Pieces select (at, length, piece);
        Prop.ForAll(mutation.ListOf().ToArbitrary(), mutations =>
        {
            var text = Valid;
            foreach (var (at, length, piece) in mutations)
            {
                var start = Math.Min(at, text.Length);
                text = text.Remove(start, Math.Min(length, text.Length - start)).Insert(start, piece);
            }
            return ReadsOrExplains(text);
        }).QuickCheckThrowOnFailure();
    }

    [Fact]
    public void Random_pieces_do_not_crash_the_reader() =>
        Prop.ForAll(Pieces.ListOf().ToArbitrary(), pieces => ReadsOrExplains(string.Join(' ', pieces))).QuickCheckThrowOnFailure();

    [Theory]
    [InlineData("(", 100_000)]
    [InlineData("-", 100_000)]
    [InlineData("2^", 100_000)]
    [InlineData("1 + 2 - ", 100_000)]
    [InlineData("sin(", 100_000)]
    [InlineData("; (", 50_000)]
    public void Endless_nesting_is_refused(string piece, int count) =>
        Assert.NotEmpty(Reading.Problems("x = " + string.Concat(Enumerable.Repeat(piece, count)) + "1"));

    [Fact]
    public void Formulas_read_back_as_they_were_written() =>
        Prop.ForAll(Formula(5).ToArbitrary(), formula =>
        {
            var text = ExpressionText.Of(formula);
            var network = AntimonyReader.ReadText($"x := {text}\na = 1; b = 2; c = 3", "model.ant", new DiagnosticBag());
            return network is not null && ExpressionText.Of(network.AssignmentRules[0].Value) == text
                && Evaluate(network.AssignmentRules[0].Value).Equals(Evaluate(formula));
        }).QuickCheckThrowOnFailure();

    private static bool ReadsOrExplains(string text)
    {
        var bag = new DiagnosticBag();
        var network = AntimonyReader.ReadText(text, "model.ant", bag);
        return network is null == bag.HasErrors && bag.Items.All(d => d.ToString().Length > 0);
    }

    private static Gen<Expression> Formula(int depth)
    {
        var leaf = Gen.OneOf(
            Gen.Elements<Expression>(Name("a"), Name("b"), Name("c")),
            Gen.Choose(0, 100).Select(v => (Expression)new NumberExpression(v / 8.0, null, SourceSpan.None)));
        if (depth == 0) return leaf;
        var binary = from f in Gen.Elements(MathFunction.Add, MathFunction.Subtract, MathFunction.Multiply, MathFunction.Divide, MathFunction.Power, MathFunction.Less)
                     from x in Formula(depth - 1)
                     from y in Formula(depth - 1)
                     select (Expression)new ApplyExpression(f, [x, y], SourceSpan.None);
        var unary = from f in Gen.Elements(MathFunction.Negate, MathFunction.Exp, MathFunction.Abs)
                    from x in Formula(depth - 1)
                    select (Expression)new ApplyExpression(f, [x], SourceSpan.None);
        return Gen.OneOf(leaf, binary, unary);
    }

    private static NameExpression Name(string name) => new(name, SourceSpan.None);

    /// <summary>Value with a = 1.25, b = 2.5, c = 0.75; the same tree gives the same bits.</summary>
    private static double Evaluate(Expression expression)
    {
        if (expression is NumberExpression n) return n.Value;
        if (expression is NameExpression name) return name.Name switch { "a" => 1.25, "b" => 2.5, _ => 0.75 };
        var apply = (ApplyExpression)expression;
        var values = apply.Arguments.Select(Evaluate).ToList();
        return apply.Function switch
        {
            MathFunction.Add => values.Aggregate((x, y) => x + y),
            MathFunction.Multiply => values.Aggregate((x, y) => x * y),
            MathFunction.Subtract => values[0] - values[1],
            MathFunction.Divide => values[0] / values[1],
            MathFunction.Power => Math.Pow(values[0], values[1]),
            MathFunction.Less => values[0] < values[1] ? 1 : 0,
            MathFunction.Negate => -values[0],
            MathFunction.Exp => Math.Exp(values[0]),
            _ => Math.Abs(values[0]),
        };
    }
}

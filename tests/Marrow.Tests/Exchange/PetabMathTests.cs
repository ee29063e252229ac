using System.Globalization;
using Marrow.Exchange.Petab;
using Marrow.Networks.Compilation;
using Marrow.Networks.Diagnostics;
using Marrow.Networks.Structure;

namespace Marrow.Tests.Exchange;

/// <summary>Formulas of PEtab tables, whose precedences and functions are their own.</summary>
public sealed class PetabMathTests : IDisposable
{
    private readonly PetabFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("-2^2", -4)]
    [InlineData("2^3^2", 512)]
    [InlineData("2**-1", 0.5)]
    [InlineData("2 - 3 - 4", -5)]
    [InlineData("12 / 3 / 2 * 5", 10)]
    [InlineData("1.5e1 + 2E-1 + .5", 15.7)]
    [InlineData("1 < 2 == true", 1)]
    [InlineData("1 || 0 && 0", 0)]
    [InlineData("!0 + 1", 2)]
    [InlineData("log(8, 2)", 3)]
    [InlineData("log2(8) + log10(100)", 5)]
    [InlineData("ln(exp(2)) + log(exp(1))", 3)]
    [InlineData("sign(-3) + sign(0) + 2 * sign(4)", 1)]
    [InlineData("max(1, 2) - min(3, pow(2, 2))", -1)]
    [InlineData("piecewise(1, 2 < 1, 2, 3 > 2, 3)", 2)]
    [InlineData("arctan(tan(0.5)) * 2", 1)]
    [InlineData("abs(-inf)", double.PositiveInfinity)]
    public void A_formula_has_the_value_that_the_grammar_gives_it(string formula, double value)
    {
        var read = Read(formula, out var problems);
        Assert.True(read is not null, string.Join('\n', problems));
        var network = new ReactionNetwork
        {
            Name = "m",
            Parameters = [new Parameter("p", null, null, false, null, SourceSpan.None)],
            AssignmentRules = [new AssignmentRule("p", read, SourceSpan.None)],
        };
        var found = new double[1];
        CompiledModel.Compile(network, new CompileOptions { Observables = ["p"] }).Evaluate(0, [], [], found);
        // The functions of the kernels are exact to a few units in the last place.
        Assert.Equal(value, found[0], Math.Abs(value) < 100 ? 1e-14 : 1e-11);
    }

    [Theory]
    [InlineData("", 1)]
    [InlineData("A +", 4)]
    [InlineData("(A", 3)]
    [InlineData("A B", 3)]
    [InlineData("A ? 2", 3)]
    [InlineData("sine(A)", 1)]
    [InlineData("log(1, 2, 3)", 12)]
    [InlineData("1.2.3", 1)]
    [InlineData("2 * )", 5)]
    public void A_broken_formula_is_shown_where_it_breaks(string formula, int column)
    {
        Assert.Null(Read(formula, out var problems));
        var problem = Assert.Single(problems);
        Assert.Equal("MRW9207", problem.Code);
        Assert.Equal(column + 2, problem.Where.Column);
    }

    [Theory]
    [InlineData("(", 100_000)]
    [InlineData("-", 100_000)]
    [InlineData("2^", 100_000)]
    [InlineData("1<", 100_000)]
    [InlineData("sin(", 100_000)]
    public void Endless_formulas_are_refused(string piece, int times)
    {
        Assert.Null(Read(string.Concat(Enumerable.Repeat(piece, times)) + "1", out var problems));
        Assert.Equal("MRW9207", Assert.Single(problems).Code);
    }

    [Fact]
    public void A_sum_of_many_terms_is_no_deep_tree()
    {
        var sum = Assert.IsType<ApplyExpression>(Read(string.Join(" + ", Enumerable.Range(0, 1000).Select(i => i.ToString(CultureInfo.InvariantCulture))), out _));
        Assert.Equal(1000, sum.Arguments.Length);
    }

    private Expression? Read(string formula, out IReadOnlyList<Diagnostic> problems)
    {
        _folder.Write("formula.tsv", $"a\tformula\n1\t{formula}\n");
        var bag = new DiagnosticBag();
        var row = PetabTable.Read(_folder.PathOf("formula.tsv"), ["formula"], bag)!.Rows[0];
        var read = PetabMath.Read(row, "formula", bag);
        problems = bag.Items;
        return read;
    }
}

using Marrow.Networks.Diagnostics;
using Marrow.Networks.Structure;

namespace Marrow.Networks.Compilation;

/// <summary>Values of formulas by themselves, with the operations of compiled models.</summary>
public static class FormulaValue
{
    private static readonly ReactionNetwork Empty = new() { Name = "" };

    /// <summary>The value of a formula; not a number where a name has no value.</summary>
    /// <param name="formula">The formula; it calls no functions of a model.</param>
    /// <param name="value">Value of a name; null if it has none.</param>
    public static double Of(Expression formula, Func<string, double?> value)
    {
        if (formula is NumberExpression number) return number.Value;
        if (formula is NameExpression name) return value(name.Name) ?? double.NaN;
        var graph = new ExpressionGraph();
        var builder = new FormulaBuilder(
            graph, Empty, new Reporter(new DiagnosticBag()), (n, _) => graph.Constant(value(n) ?? double.NaN), () => graph.Constant(value("time") ?? double.NaN), (_, _) => graph.Constant(double.NaN));
        return builder.Number(formula) is { Kind: NodeKind.Constant } constant ? constant.Value : double.NaN;
    }
}

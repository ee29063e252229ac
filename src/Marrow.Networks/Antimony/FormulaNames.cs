using Marrow.Networks.Structure;

namespace Marrow.Networks.Antimony;

/// <summary>The names that a formula mentions.</summary>
internal static class FormulaNames
{
    public static IEnumerable<NameSyntax> Of(Expression? formula) => formula is null
        ? []
        : ExpressionWalk.Nodes(formula).OfType<NameExpression>().Select(n => new NameSyntax(n.Name, n.Where));
}

using Marrow.Networks.Structure;

namespace Marrow.Networks.Antimony;

/// <summary>Units as Antimony spells them.</summary>
internal static class UnitText
{
    /// <summary>The right side of <c>unit u = ...</c>.</summary>
    public static string Of(UnitDefinition unit)
    {
        var factors = unit.Factors.Select(Of).ToList();
        return factors.Count == 0 ? "dimensionless" : string.Join("*", factors);
    }

    /// <summary>A unit of a table without letters that Antimony does not know.</summary>
    public static string Ascii(string unit) => unit.Replace('\u00B5', 'u').Replace('\u03BC', 'u').Replace('\u00B7', '*');

    private static string Of(UnitFactor factor)
    {
        var multiplier = factor.Multiplier * Math.Pow(10, factor.Scale);
        var kind = multiplier == 1 ? factor.Kind : factor.Kind == "dimensionless" ? ExpressionText.Of(multiplier) : $"{ExpressionText.Of(multiplier)}*{factor.Kind}";
        if (factor.Exponent == 1) return kind;
        return multiplier == 1 ? $"{kind}^{ExpressionText.Of(factor.Exponent)}" : $"({kind})^{ExpressionText.Of(factor.Exponent)}";
    }
}

using Marrow.Networks.Structure;

namespace Marrow.Networks.Antimony;

/// <summary>How time and the extent of reactions inside an instance relate to those of the main module: a time of the instance times the
/// factors of time is one of the main module, and so with extents.</summary>
internal sealed record ModuleConversion(IReadOnlyList<ConversionFactor> Time, IReadOnlyList<ConversionFactor> Extent)
{
    public static ModuleConversion None { get; } = new([], []);

    /// <summary>Factors of an instance inside.</summary>
    public ModuleConversion Inside(InstanceSyntax instance, string prefix) => new(With(Time, instance.TimeFactor, prefix), With(Extent, instance.ExtentFactor, prefix));

    /// <summary>Factors from a rate law inside to one of the main module.</summary>
    public IReadOnlyList<ConversionFactor> Rate => [.. Extent, .. Time.Select(f => f.Inverse())];

    private static IReadOnlyList<ConversionFactor> With(IReadOnlyList<ConversionFactor> factors, Expression? factor, string prefix) =>
        factor is null ? factors : [.. factors, new ConversionFactor(factor, prefix)];
}

/// <summary>Formulas of a module in the names and units of the main module. Where no factor is given they stay as written.</summary>
internal sealed class FormulaConverter(Instantiator instances)
{
    /// <summary>Rewrites a formula that stands in the instance with this prefix.</summary>
    public Expression Convert(Expression formula, string prefix) => Convert(formula, prefix, instances.Conversions.GetValueOrDefault(prefix, ModuleConversion.None));

    /// <summary>A formula in main-module terms times factors.</summary>
    public Expression Times(Expression formula, IEnumerable<ConversionFactor> factors)
    {
        foreach (var factor in factors)
        {
            // Factors are constants of the module that states them: no unit of time or extent of their own.
            var value = factor.Value is NameExpression name ? Name(name, factor.Prefix) : factor.Value;
            formula = new ApplyExpression(factor.IsDivisor ? MathFunction.Divide : MathFunction.Multiply, [formula, value], formula.Where);
        }
        return formula;
    }

    private Expression Convert(Expression formula, string prefix, ModuleConversion conversion) => formula switch
    {
        NameExpression n => Convert(n, prefix, conversion),
        TimeExpression => Times(formula, conversion.Time.Select(f => f.Inverse())),
        ApplyExpression { Function: MathFunction.RateOf } rate => Times(rate with { Arguments = [Convert(rate.Arguments[0], prefix, conversion)] }, conversion.Time),
        ApplyExpression { Function: MathFunction.Delay } past => past with
        {
            Arguments = [Convert(past.Arguments[0], prefix, conversion), Times(Convert(past.Arguments[1], prefix, conversion), conversion.Time)],
        },
        ApplyExpression a => a with { Arguments = [.. a.Arguments.Select(x => Convert(x, prefix, conversion))] },
        CallExpression c => c with { Arguments = [.. c.Arguments.Select(x => Convert(x, prefix, conversion))] },
        _ => formula,
    };

    private Expression Convert(NameExpression name, string prefix, ModuleConversion conversion)
    {
        var symbol = instances.Resolve(prefix, new NameSyntax(name.Name, name.Where));
        Expression value = name with { Name = symbol.Root.Id };
        // A reaction of another module that stands in for one of this is converted by the factor given with it alone.
        if (symbol.Root.Reaction is not null && ReferenceEquals(symbol, symbol.Root)) value = Times(value, conversion.Rate.Select(f => f.Inverse()));
        return Times(value, symbol.ToRoot.Select(f => f.Inverse()));
    }

    private NameExpression Name(NameExpression name, string prefix) =>
        name with { Name = instances.Resolve(prefix, new NameSyntax(name.Name, name.Where)).Root.Id };
}

using System.Collections.Immutable;
using System.Globalization;
using Marrow.Networks.Structure;

namespace Marrow.Networks.Units;

/// <summary>The names of units: those that a model defines, and the built-in ones.</summary>
public sealed class UnitScope
{
    private readonly Dictionary<string, Unit> _own = new(StringComparer.Ordinal);

    /// <summary>The built-in units alone.</summary>
    public static UnitScope BuiltIn { get; } = new();

    /// <summary>The units of a network, and the built-in ones.</summary>
    public static UnitScope Of(ReactionNetwork network)
    {
        var scope = new UnitScope();
        foreach (var definition in network.Units) scope._own[definition.Id] = scope.Compose(definition);
        return scope;
    }

    /// <summary>Names of the units, for suggestions.</summary>
    public IEnumerable<string> Names => _own.Keys.Concat(BaseUnits.Named.Keys).Concat(BaseUnits.Prefixed.Keys);

    /// <summary>The unit that a model defines under this name, if it does.</summary>
    public Unit? Defined(string name) => _own.GetValueOrDefault(name);

    internal void Define(string name, Unit unit) => _own[name] = unit;

    /// <summary>A unit by name, with a metric prefix (<c>pM</c>) or a trailing exponent (<c>m2</c>); null if there is none.</summary>
    internal Unit? Find(string name)
    {
        if (_own.TryGetValue(name, out var unit) || BaseUnits.Named.TryGetValue(name, out unit!) || BaseUnits.Prefixed.TryGetValue(name, out unit)) return unit;
        if (name.Length > 1 && BaseUnits.Prefixes.TryGetValue(name[0], out var factor) && BaseUnits.Prefixed.TryGetValue(name[1..], out unit)) return new Unit(unit.Exponents, unit.Scale * factor);
        var digits = name.Length;
        while (digits > 0 && char.IsAsciiDigit(name[digits - 1])) digits--;
        if (digits == name.Length || digits == 0 || name.Length - digits > 2) return null;
        return Find(name[..digits])?.Pow(int.Parse(name[digits..], CultureInfo.InvariantCulture));
    }

    /// <summary>A unit as the product of SBML base units that a <see cref="UnitDefinition"/> holds.</summary>
    internal static ImmutableArray<UnitFactor> Factors(Unit unit)
    {
        var factors = ImmutableArray.CreateBuilder<UnitFactor>();
        if (unit.Scale != 1 || unit.IsDimensionless) factors.Add(new UnitFactor("dimensionless", 1, 0, unit.Scale));
        for (var i = 0; i < BaseUnits.Count; i++)
        {
            if (unit.Exponents[i] != 0) factors.Add(new UnitFactor(BaseUnits.Kind(i), unit.Exponents[i], 0, 1));
        }
        return factors.ToImmutable();
    }

    private Unit Compose(UnitDefinition definition)
    {
        var product = Unit.Dimensionless;
        foreach (var factor in definition.Factors)
        {
            var kind = Find(factor.Kind) ?? Unit.Dimensionless;
            product *= new Unit(kind.Exponents, kind.Scale * factor.Multiplier * Math.Pow(10, factor.Scale)).Pow(factor.Exponent);
        }
        return product;
    }
}

using System.Collections.Immutable;
using Marrow.Networks.Diagnostics;
using Marrow.Networks.Structure;
using Marrow.Networks.Units;

namespace Marrow.Networks.Sbml.Writing;

/// <summary>Units as SBML names them: base units, and definitions for all others. A unit that a quantity spells as a product, such as
/// <c>pM/d</c>, becomes a definition with a name of its own.</summary>
internal sealed class UnitIds
{
    private static readonly HashSet<string> Base = new(StringComparer.Ordinal)
    {
        "ampere", "avogadro", "becquerel", "candela", "coulomb", "dimensionless", "farad", "gram", "gray", "henry", "hertz", "item", "joule", "katal", "kelvin", "kilogram",
        "litre", "lumen", "lux", "metre", "mole", "newton", "ohm", "pascal", "radian", "second", "siemens", "sievert", "steradian", "tesla", "volt", "watt", "weber",
    };

    private readonly UnitScope _scope;
    private readonly Dictionary<string, string?> _ids = new(StringComparer.Ordinal);
    private readonly HashSet<string> _taken = new(Base, StringComparer.Ordinal);
    private readonly List<UnitDefinition> _definitions = [];

    public UnitIds(ReactionNetwork network)
    {
        _scope = UnitScope.Of(network);
        foreach (var unit in network.Units)
        {
            var id = Free(unit.Id);
            _ids[unit.Id] = id;
            _definitions.Add(unit with { Id = id, Factors = unit.Factors.All(f => Base.Contains(f.Kind)) ? unit.Factors : Factors(unit) });
        }
    }

    /// <summary>All definitions; complete once every unit of the network was asked for.</summary>
    public IReadOnlyList<UnitDefinition> Definitions => _definitions;

    /// <summary>The identifier of a unit as a quantity spells it; null if nobody knows it.</summary>
    public string? Of(string? unit)
    {
        if (unit is null) return null;
        if (_ids.TryGetValue(unit, out var known)) return known;
        if (Base.Contains(unit)) return unit;
        if (!Unit.TryParse(unit, _scope, out var parsed, out _)) return _ids[unit] = null;
        var id = Free(Spelled(unit));
        _definitions.Add(new UnitDefinition(id, UnitScope.Factors(parsed), SourceSpan.None));
        return _ids[unit] = id;
    }

    private ImmutableArray<UnitFactor> Factors(UnitDefinition unit) => UnitScope.Factors(_scope.Defined(unit.Id)!);

    private static string Spelled(string unit)
    {
        var words = unit.Replace("/", "_per_", StringComparison.Ordinal).Replace("^", "", StringComparison.Ordinal).Replace("%", "percent", StringComparison.Ordinal).Replace("-", "minus", StringComparison.Ordinal);
        return char.IsAsciiDigit(words[0]) ? "unit_" + Identifiers.Of(words) : Identifiers.Of(words);
    }

    private string Free(string id)
    {
        while (!_taken.Add(id)) id += "_";
        return id;
    }
}

using System.Collections.Immutable;
using Marrow.Networks.Diagnostics;
using Marrow.Networks.Structure;
using Marrow.Networks.Units;

namespace Marrow.Networks.Sbml;

/// <summary>Units of a document. What is wrong with units never keeps a model from running: it is left out with a warning.</summary>
internal sealed class SbmlUnits
{
    private static readonly string[] Implied = ["substance", "volume", "area", "length", "time"];

    private readonly Dictionary<string, UnitDefinition> _defined = new(StringComparer.Ordinal);

    public SbmlUnits(SbmlDocument document, Reporter reporter)
    {
        foreach (var node in document.Model.Members("listOfUnitDefinitions").Where(n => n.Name == "unitDefinition"))
        {
            var id = document.Id(node);
            var factors = node.Members("listOfUnits").Where(u => u.Name == "unit").Select(u => Factor(document, u, reporter)).ToList();
            if (factors.TrueForAll(f => f is not null)) _defined[id] = new UnitDefinition(id, [.. factors.Select(f => f!)], node.Where);
        }
        if (document.Level == 2)
        {
            // Level 2 gives units to what says none; a model may define them anew.
            foreach (var (id, kind, exponent) in new[] { ("substance", "mole", 1.0), ("volume", "litre", 1), ("area", "metre", 2), ("length", "metre", 1), ("time", "second", 1) })
                _defined.TryAdd(id, new UnitDefinition(id, [new UnitFactor(kind, exponent, 0, 1)], document.Model.Where));
            Alias("time_unit", "time", document.Model.Where);
            Defaults = new SbmlUnitDefaults(2, "substance", "substance", "time", "volume", "area", "length");
            return;
        }
        Alias("time_unit", document.Model["timeUnits"], document.Model.Where);
        Alias("substance", document.Model["substanceUnits"], document.Model.Where);
        Alias("volume", document.Model["volumeUnits"], document.Model.Where);
        string? Named(string attribute) => Of(document.Model[attribute], document.Model, reporter);
        Defaults = new SbmlUnitDefaults(3, Named("substanceUnits"), Named("extentUnits"), Named("timeUnits"), Named("volumeUnits"), Named("areaUnits"), Named("lengthUnits"));
    }

    /// <summary>Units of what names none.</summary>
    public SbmlUnitDefaults Defaults { get; }

    /// <summary>All definitions.</summary>
    public ImmutableArray<UnitDefinition> All => [.. _defined.Values];

    /// <summary>Whether a unit has a meaning.</summary>
    public bool Knows(string unit) => _defined.ContainsKey(unit) || (!Implied.Contains(unit) && BaseUnits.Named.ContainsKey(unit));

    /// <summary>A unit as the network keeps it; null, reported, if nothing defines it.</summary>
    public string? Of(string? unit, XmlNode node, Reporter reporter)
    {
        if (unit is null || Knows(unit)) return unit;
        reporter.Warn(ErrorCodes.SbmlUnits, node.Where, $"SBML rule 10313: nothing defines the unit '{unit}' of {node.Name} '{node["id"]}'", "it has no unit", "defining the unit, or correcting its name");
        return null;
    }

    private void Alias(string id, string? unit, SourceSpan where)
    {
        if (unit is null || unit == id) return;
        if (_defined.TryGetValue(unit, out var known)) _defined[id] = known with { Id = id };
        else if (Knows(unit)) _defined[id] = new UnitDefinition(id, [new UnitFactor(unit, 1, 0, 1)], where);
    }

    private static UnitFactor? Factor(SbmlDocument document, XmlNode node, Reporter reporter)
    {
        var kind = node["kind"] ?? "";
        if (kind == "avogadro") return new UnitFactor("dimensionless", 1, 0, 6.02214179e23);
        if (BaseUnits.Named.ContainsKey(kind)) return new UnitFactor(kind, document.Number(node, "exponent") ?? 1, (int)(document.Number(node, "scale") ?? 0), document.Number(node, "multiplier") ?? 1);
        reporter.Warn(ErrorCodes.UnknownUnit, node.Where, $"'{kind}' is no base unit");
        return null;
    }
}

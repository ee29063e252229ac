using Marrow.Networks.Diagnostics;
using Marrow.Networks.Structure;

namespace Marrow.Networks.Units;

/// <summary>Units of a network's quantities as text.</summary>
public sealed class UnitNames
{
    private readonly QuantityUnits _quantities;
    private readonly Dictionary<string, string> _written = new(StringComparer.Ordinal);

    /// <summary>Finds the units of a network.</summary>
    public UnitNames(ReactionNetwork network)
    {
        ArgumentNullException.ThrowIfNull(network);
        // Problems of units were reported when the network was read.
        _quantities = new QuantityUnits(network, new UnitReport(new Reporter(new DiagnosticBag()), Severity.Warning), strict: false);
        Time = network.Units.FirstOrDefault(u => u.Id == "time_unit") is null ? "d" : Text(_quantities.Time);
        foreach (var p in network.Parameters) Keep(p.Id, p.Unit);
        foreach (var s in network.Species.Where(s => s.IsSubstanceOnly)) Keep(s.Id, s.Unit);
    }

    /// <summary>Unit of time; days where the network does not say.</summary>
    public string Time { get; }

    /// <summary>Unit of a species, parameter, rule variable or reaction as formulas mean it; empty for pure numbers and where none is known.</summary>
    public string Of(string id) => _written.TryGetValue(id, out var text) ? text : Text(_quantities.Of(id));

    /// <summary>Unit of the amount of a species.</summary>
    public string OfAmount(string species) => Text(_quantities.Amount(species));

    private void Keep(string id, string? unit)
    {
        if (unit is { Length: > 0 }) _written[id] = unit == "dimensionless" ? "" : unit;
    }

    private static string Text(Unit? unit) => unit is null || unit.Equals(Unit.Dimensionless) ? "" : unit.ToString();
}

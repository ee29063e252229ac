using Marrow.Networks.Diagnostics;
using Marrow.Networks.Provenance;

namespace Marrow.Trials.Studies;

/// <summary>Kind with source (measured, fitted) or reason (assumed).</summary>
internal sealed record Provenance(ParameterKind Kind, string Text)
{
    /// <summary>Reads <c>kind</c>, <c>source</c> and <c>reason</c> of a mapping; null if it has none of them and need not.</summary>
    public static Provenance? Read(YamlMap map, bool required)
    {
        var source = map.TextOrNull("source");
        var reason = map.TextOrNull("reason");
        if (!map.Has("kind"))
        {
            if (required)
            {
                map.Source.Bag.Error(StudyCodes.NoProvenance, $"{map.Name} has no 'kind'", map.Where with { Length = 1 },
                    "every number needs a source", "add 'kind: measured | fitted' with 'source: ...', or 'kind: assumed' with 'reason: ...'");
            }
            return null;
        }
        var kind = map.Choice("kind", ParameterKind.Assumed);
        if (kind == ParameterKind.Switch)
            map.Error("kind", StudyCodes.UnknownChoice, "a number of a study is no switch", "switches belong to models", "measured, fitted or assumed");
        if (kind == ParameterKind.Assumed && reason is null)
            map.Error("kind", StudyCodes.NoProvenance, "an assumed number needs a reason", "", "add 'reason: ...'");
        if (kind != ParameterKind.Assumed && source is null)
            map.Error("kind", StudyCodes.NoProvenance, $"a {kind.ToString().ToLowerInvariant()} number needs a source", "", "add 'source: DOI or address'");
        return new Provenance(kind, (kind == ParameterKind.Assumed ? reason : source) ?? "");
    }
}

/// <summary>A number with its provenance, as reports list it.</summary>
/// <param name="Name">Path in the file, such as <c>AgeYears.alpha</c>.</param>
/// <param name="Value">The number.</param>
/// <param name="Unit">Its unit; 1 if it has none.</param>
/// <param name="Provenance">Where it comes from.</param>
/// <param name="Where">Place in the file.</param>
internal sealed record SourcedNumber(string Name, double Value, string Unit, Provenance Provenance, SourceSpan Where);

/// <summary>Reads numbers with provenance and keeps a list of them. A number is written plainly and takes the provenance of its
/// mapping, or as a mapping of its own: <c>{value: .35, kind: assumed, reason: ...}</c>.</summary>
internal sealed class SourcedReader(YamlMap map, string path, Provenance? inherited, string unit, List<SourcedNumber> log)
{
    /// <summary>A number that must be there and lie within the limits.</summary>
    public double Number(string key, double lower = double.NegativeInfinity, double upper = double.PositiveInfinity) =>
        NumberOrNull(key, lower, upper, required: true) ?? double.NaN;

    /// <summary>A number within the limits, or null.</summary>
    public double? NumberOrNull(string key, double lower = double.NegativeInfinity, double upper = double.PositiveInfinity, bool required = false)
    {
        if (!map.HasMap(key))
        {
            var plain = map.NumberOrNull(key, lower, upper, required);
            if (plain is { } value && inherited is not null) log.Add(new($"{path}.{key}", value, unit, inherited, map.WhereOf(key)));
            return plain;
        }
        var own = map.Map(key)!;
        var number = own.Number("value", lower, upper);
        var ownUnit = own.TextOrNull("unit") ?? unit;
        if (Provenance.Read(own, required: true) is { } provenance) log.Add(new($"{path}.{key}", number, ownUnit, provenance, own.Where));
        own.Close();
        return number;
    }

    /// <summary>Keeps a list of numbers that was read by itself.</summary>
    public void LogEach(string key, IReadOnlyList<double> values)
    {
        if (inherited is null) return;
        for (var i = 0; i < values.Count; i++) log.Add(new($"{path}.{key}[{i}]", values[i], unit, inherited, map.WhereOf(key)));
    }
}

using System.Collections.Immutable;
using System.Globalization;
using Marrow.Networks.Diagnostics;
using Marrow.Networks.Structure;

namespace Marrow.Cli.Simulation;

/// <summary>Values given on the command line, <c>--set name=value</c>: they replace what the model starts from, so that
/// everything computed from it follows.</summary>
internal static class Overrides
{
    /// <summary>Splits <c>name=value</c>; null if it is not of that form.</summary>
    internal static (string Name, double Value)? Parse(string text)
    {
        var equals = text.IndexOf('=', StringComparison.Ordinal);
        return equals > 0 && double.TryParse(text[(equals + 1)..], NumberStyles.Float, CultureInfo.InvariantCulture, out var value)
            ? (text[..equals].Trim(), value)
            : null;
    }

    /// <summary>The network with a value replaced; an unknown name is an error in <paramref name="bag"/>.</summary>
    internal static ReactionNetwork Apply(ReactionNetwork network, string name, double value, DiagnosticBag bag)
    {
        var number = new NumberExpression(value, null, SourceSpan.None);
        var rule = network.AssignmentRules.FirstOrDefault(r => r.Variable == name);
        if (rule is not null)
        {
            bag.Add(CommandErrors.SetsComputedValue.At(rule.Where, $"--set {name}: a rule computes {name} at all times"));
            return network;
        }
        if (IndexOf(network.Parameters, p => p.Id == name) is { } parameter)
            return network with { Parameters = network.Parameters.SetItem(parameter, network.Parameters[parameter] with { Value = number }) };
        if (IndexOf(network.Species, s => s.Id == name) is { } species)
            return network with { Species = network.Species.SetItem(species, network.Species[species] with { Initial = number, InitialIsAmount = network.Species[species].IsSubstanceOnly }) };
        if (IndexOf(network.Compartments, c => c.Id == name) is { } compartment)
            return network with { Compartments = network.Compartments.SetItem(compartment, network.Compartments[compartment] with { Size = number }) };
        bag.Add(CommandErrors.UnknownName.Misspelt("--set", name, $"{name} is no parameter, species or compartment of {network.Name}", Names(network)));
        return network;
    }

    private static IEnumerable<string> Names(ReactionNetwork network) =>
        [.. network.Parameters.Select(p => p.Id), .. network.Species.Select(s => s.Id), .. network.Compartments.Select(c => c.Id)];

    private static int? IndexOf<T>(ImmutableArray<T> items, Func<T, bool> match)
    {
        for (var i = 0; i < items.Length; i++)
        {
            if (match(items[i])) return i;
        }
        return null;
    }
}

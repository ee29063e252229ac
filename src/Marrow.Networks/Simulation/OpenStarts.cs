using System.Collections.Immutable;
using Marrow.Networks.Diagnostics;
using Marrow.Networks.Structure;

namespace Marrow.Networks.Simulation;

/// <summary>Opens values of a network from outside: what a parameter, a compartment or a species starts from becomes a parameter of the
/// compiled model, so that all that is computed from it follows for each set of values, without compiling again.</summary>
public static class OpenStarts
{
    /// <summary>The parameter of the compiled model that holds the start of a name; no model can have a name like this.</summary>
    /// <param name="name">Parameter, compartment or species.</param>
    public static string Of(string name) => $"start of {name}";

    /// <summary>Whether a value can be opened: the network declares it, and no assignment rule computes it at all times.</summary>
    public static bool Can(ReactionNetwork network, string name)
    {
        ArgumentNullException.ThrowIfNull(network);
        return network.AssignmentRules.All(r => r.Variable != name) && Declared(network).Contains(name);
    }

    /// <summary>Every name that <see cref="Can"/> allows.</summary>
    public static IEnumerable<string> All(ReactionNetwork network)
    {
        ArgumentNullException.ThrowIfNull(network);
        return Declared(network).Except(network.AssignmentRules.Select(r => r.Variable), StringComparer.Ordinal);
    }

    /// <summary>The network with the starts of some names open. A species starts from what its name means in formulas: its concentration,
    /// unless it is substance-only.</summary>
    /// <param name="network">The network.</param>
    /// <param name="names">Names that <see cref="Can"/> allows.</param>
    public static ReactionNetwork Open(this ReactionNetwork network, IReadOnlyCollection<string> names)
    {
        ArgumentNullException.ThrowIfNull(network);
        ArgumentNullException.ThrowIfNull(names);
        var open = names.ToHashSet(StringComparer.Ordinal);
        return network with
        {
            Parameters = [.. network.Parameters.Select(p => open.Contains(p.Id) ? p with { Value = Start(p.Id) } : p), .. open.Select(Place)],
            Species = [.. network.Species.Select(s => open.Contains(s.Id) ? s with { Initial = Start(s.Id), InitialIsAmount = s.IsSubstanceOnly } : s)],
            Compartments = [.. network.Compartments.Select(c => open.Contains(c.Id) ? c with { Size = Start(c.Id) } : c)],
        };
    }

    private static IEnumerable<string> Declared(ReactionNetwork network) =>
        network.Parameters.Select(p => p.Id).Concat(network.Species.Select(s => s.Id)).Concat(network.Compartments.Select(c => c.Id));

    private static NameExpression Start(string name) => new(Of(name), SourceSpan.None);

    private static Parameter Place(string name) => new(Of(name), null, new NumberExpression(double.NaN, null, SourceSpan.None), true, null, SourceSpan.None);
}

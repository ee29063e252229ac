using Marrow.Networks.Antimony;
using Marrow.Networks.Diagnostics;
using Marrow.Networks.Structure;

namespace Marrow.Networks.Sbml.Writing;

/// <summary>Level 3 has no formula for a stoichiometry: one that changes is a species reference with a name, which rules, initial assignments
/// and events set. A parameter that is nothing but one stoichiometry becomes that reference; others get a reference with a rule.</summary>
internal sealed class Stoichiometries
{
    private readonly Dictionary<string, Parameter> _parameters = new(StringComparer.Ordinal);
    private readonly HashSet<SpeciesReference> _own;
    private readonly HashSet<string> _taken;

    public Stoichiometries(ReactionNetwork network)
    {
        var named = NamedStoichiometries.In(network, areAbove0: false);
        Network = named;
        _taken = named.Parameters.Select(p => p.Id).Concat(named.Species.Select(s => s.Id)).Concat(named.Compartments.Select(c => c.Id)).Concat(named.Reactions.Select(r => r.Id))
            .Concat(named.Events.Select(e => e.Id)).Concat(named.Functions.Select(f => f.Id)).Concat(named.Constraints.Select(c => c.Id).OfType<string>()).ToHashSet(StringComparer.Ordinal);
        var uses = named.Reactions.SelectMany(r => r.Reactants.Concat(r.Products)).Where(p => p.Factor is NameExpression)
            .GroupBy(p => ((NameExpression)p.Factor!).Name, StringComparer.Ordinal).ToDictionary(g => g.Key, g => g.ToList(), StringComparer.Ordinal);
        foreach (var parameter in named.Parameters.Where(p => p.Unit is null && uses.TryGetValue(p.Id, out var parts) && parts.Count == 1)) _parameters[parameter.Id] = parameter;
        _own = new HashSet<SpeciesReference>(_parameters.Keys.Select(id => uses[id][0]), ReferenceEqualityComparer.Instance);
    }

    /// <summary>The network with a name for each stoichiometry that is no number.</summary>
    public ReactionNetwork Network { get; }

    /// <summary>Rules of the references that were made here; complete once <see cref="NameOf"/> was asked for each reference.</summary>
    public List<AssignmentRule> Rules { get; } = [];

    /// <summary>Whether a parameter becomes a species reference.</summary>
    public bool IsReference(Parameter parameter) => _parameters.ContainsKey(parameter.Id);

    /// <summary>The name of a reference whose stoichiometry is no number, and the parameter that it was, if it was one.</summary>
    public (string Id, Parameter? Parameter) NameOf(Reaction reaction, SpeciesReference part)
    {
        var factor = (NameExpression)part.Factor!;
        if (_own.Contains(part)) return (factor.Name, _parameters[factor.Name]);
        var id = $"{reaction.Id}__{part.Species}__stoichiometry";
        while (!_taken.Add(id)) id += "_";
        Rules.Add(new AssignmentRule(id, factor, SourceSpan.None));
        return (id, null);
    }
}

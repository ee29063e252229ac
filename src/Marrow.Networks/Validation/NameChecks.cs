using Marrow.Networks.Diagnostics;
using Marrow.Networks.Structure;

namespace Marrow.Networks.Validation;

/// <summary>Every name of a formula means something that has a value; identifiers are unique.</summary>
internal sealed class NameChecks(ReactionNetwork network, Reporter reporter)
{
    public void Run(bool valuesFollow)
    {
        Unique();
        Compartments();
        UndeclaredNames();
        if (!valuesFollow) Values();
        Misspelt();
    }

    private void Unique()
    {
        var seen = new HashSet<string>(StringComparer.Ordinal);
        foreach (var s in network.Species) Add(s.Id, s.Where);
        foreach (var p in network.Parameters) Add(p.Id, p.Where);
        foreach (var c in network.Compartments) Add(c.Id, c.Where);
        foreach (var r in network.Reactions) Add(r.Id, r.Where);
        foreach (var e in network.Events) Add(e.Id, e.Where);

        void Add(string id, SourceSpan where)
        {
            if (!seen.Add(id)) reporter.Error(ErrorCodes.Duplicate, where, $"'{id}' is defined twice", "", "another name");
        }
    }

    private void Compartments()
    {
        var known = network.Compartments.Select(c => c.Id).ToHashSet(StringComparer.Ordinal);
        foreach (var species in network.Species.Where(s => !known.Contains(s.Compartment)))
        {
            reporter.Error(ErrorCodes.UnknownCompartment, species.Where, $"'{species.Id}' lies in '{species.Compartment}', which is not a compartment", "",
                Spelling.Hint(species.Compartment, known, $"compartment {species.Compartment} = 1"));
        }
    }

    private void UndeclaredNames()
    {
        var known = network.Species.Select(s => s.Id).Concat(network.Parameters.Select(p => p.Id)).Concat(network.Compartments.Select(c => c.Id))
            .Concat(network.Reactions.Select(r => r.Id)).ToHashSet(StringComparer.Ordinal);
        foreach (var formula in NetworkFormulas.Of(network))
        {
            foreach (var name in ExpressionWalk.Nodes(formula).OfType<NameExpression>().Where(n => !known.Contains(n.Name)))
            {
                reporter.Error(ErrorCodes.UnknownName, name.Where, $"'{name.Name}' is not defined", "", Spelling.Hint(name.Name, known, "a parameter, species or rule of this name"));
            }
        }
        var species = network.Species.Select(s => s.Id).ToHashSet(StringComparer.Ordinal);
        foreach (var reaction in network.Reactions)
        {
            foreach (var part in reaction.Reactants.Concat(reaction.Products).Where(p => !species.Contains(p.Species)))
            {
                reporter.Error(ErrorCodes.UnknownName, reaction.Where, $"reaction '{reaction.Id}' names '{part.Species}', which is not a species", "", Spelling.Hint(part.Species, species, $"species {part.Species}"));
            }
        }
    }

    /// <summary>Parameters without any value are misspellings or were forgotten.</summary>
    public void Values()
    {
        var ruled = Ruled();
        var valued = network.Parameters.Where(p => p.Value is not null || ruled.Contains(p.Id)).Select(p => p.Id)
            .Concat(network.Species.Select(s => s.Id)).Concat(network.Compartments.Select(c => c.Id)).Concat(network.Reactions.Select(r => r.Id)).ToHashSet(StringComparer.Ordinal);
        var uses = Uses();
        foreach (var parameter in network.Parameters.Where(p => !valued.Contains(p.Id)))
        {
            var where = uses.TryGetValue(parameter.Id, out var use) ? use : parameter.Where;
            reporter.Error(ErrorCodes.UnknownName, where, $"'{parameter.Id}' has no value", "no statement defines it", Spelling.Hint(parameter.Id, valued, $"{parameter.Id} = ..."));
        }
    }

    private HashSet<string> Ruled() => network.AssignmentRules.Select(r => r.Variable).ToHashSet(StringComparer.Ordinal);

    private Dictionary<string, SourceSpan> Uses()
    {
        var uses = new Dictionary<string, SourceSpan>(StringComparer.Ordinal);
        foreach (var name in NetworkFormulas.Of(network).SelectMany(ExpressionWalk.Nodes).OfType<NameExpression>()) uses.TryAdd(name.Name, name.Where);
        return uses;
    }

    /// <summary>In a model that declares its species, one that only a reaction mentions is probably a misspelling.</summary>
    private void Misspelt()
    {
        var declared = network.Species.Where(s => s.Unit is not null || s.Initial is not null || s.IsSubstanceOnly).Select(s => s.Id).ToHashSet(StringComparer.Ordinal);
        if (declared.Count == 0) return;
        var ruled = Ruled().Concat(network.RateRules.Select(r => r.Variable)).ToHashSet(StringComparer.Ordinal);
        foreach (var species in network.Species.Where(s => !declared.Contains(s.Id) && !ruled.Contains(s.Id)))
        {
            if (Spelling.Nearest(species.Id, declared) is not { } near || species.Id.Length < 4) continue;
            reporter.Warn(ErrorCodes.UndeclaredSpecies, species.Where, $"species '{species.Id}' has neither value nor unit and starts at 0", $"'{near}' has", $"'{near}', if that is meant");
        }
    }
}

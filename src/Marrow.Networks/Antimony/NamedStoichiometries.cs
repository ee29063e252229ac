using Marrow.Networks.Diagnostics;
using Marrow.Networks.Structure;

namespace Marrow.Networks.Antimony;

/// <summary>Antimony writes a stoichiometry as a number or a name: other formulas become assignment rules of new parameters.</summary>
internal static class NamedStoichiometries
{
    public static ReactionNetwork In(ReactionNetwork network)
    {
        var taken = network.Parameters.Select(p => p.Id).Concat(network.Species.Select(s => s.Id)).Concat(network.Compartments.Select(c => c.Id))
            .Concat(network.Reactions.Select(r => r.Id)).Concat(network.Events.Select(e => e.Id)).ToHashSet(StringComparer.Ordinal);
        var rules = new List<AssignmentRule>();

        SpeciesReference Named(Reaction reaction, SpeciesReference part)
        {
            if (part.Factor is null || (part.Factor is NameExpression && part.Stoichiometry == 1)) return part;
            var name = $"{reaction.Id}__{part.Species}__stoichiometry";
            while (!taken.Add(name)) name += "_";
            var number = new NumberExpression(part.Stoichiometry, null, SourceSpan.None);
            var value = part.Stoichiometry == 1 ? part.Factor : new ApplyExpression(MathFunction.Multiply, [number, part.Factor], SourceSpan.None);
            rules.Add(new AssignmentRule(name, value, reaction.Where));
            return new SpeciesReference(part.Species, 1) { Factor = new NameExpression(name, SourceSpan.None) };
        }

        var reactions = network.Reactions.Select(r => r with { Reactants = [.. r.Reactants.Select(p => Named(r, p))], Products = [.. r.Products.Select(p => Named(r, p))] }).ToList();
        return rules.Count == 0 ? network : network with
        {
            Reactions = [.. reactions],
            Parameters = network.Parameters.AddRange(rules.Select(r => new Parameter(r.Variable, null, null, false, null, r.Where))),
            AssignmentRules = network.AssignmentRules.AddRange(rules),
        };
    }
}

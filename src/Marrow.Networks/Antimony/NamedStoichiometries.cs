using Marrow.Networks.Diagnostics;
using Marrow.Networks.Structure;

namespace Marrow.Networks.Antimony;

/// <summary>Antimony writes a stoichiometry as a number or a name: other formulas become assignment rules of new parameters, and numbers that
/// are not above 0 become parameters.</summary>
internal static class NamedStoichiometries
{
    /// <summary>The network with a name for each stoichiometry that is no number.</summary>
    /// <param name="network">The network.</param>
    /// <param name="areAbove0">Whether numbers must be above 0.</param>
    public static ReactionNetwork In(ReactionNetwork network, bool areAbove0)
    {
        var taken = network.Parameters.Select(p => p.Id).Concat(network.Species.Select(s => s.Id)).Concat(network.Compartments.Select(c => c.Id))
            .Concat(network.Reactions.Select(r => r.Id)).Concat(network.Events.Select(e => e.Id)).ToHashSet(StringComparer.Ordinal);
        var rules = new List<AssignmentRule>();
        var numbers = new List<Parameter>();

        SpeciesReference Named(Reaction reaction, SpeciesReference part)
        {
            var isNumber = part.Factor is null;
            if (isNumber && (!areAbove0 || (part.Stoichiometry > 0 && double.IsFinite(part.Stoichiometry)))) return part;
            if (part.Factor is NameExpression && part.Stoichiometry == 1) return part;
            var name = $"{reaction.Id}__{part.Species}__stoichiometry";
            while (!taken.Add(name)) name += "_";
            var number = new NumberExpression(part.Stoichiometry, null, SourceSpan.None);
            if (part.Factor is null) numbers.Add(new Parameter(name, null, number, true, null, reaction.Where));
            else rules.Add(new AssignmentRule(name, part.Stoichiometry == 1 ? part.Factor : new ApplyExpression(MathFunction.Multiply, [number, part.Factor], SourceSpan.None), reaction.Where));
            return new SpeciesReference(part.Species, 1) { Factor = new NameExpression(name, SourceSpan.None) };
        }

        var reactions = network.Reactions.Select(r => r with { Reactants = [.. r.Reactants.Select(p => Named(r, p))], Products = [.. r.Products.Select(p => Named(r, p))] }).ToList();
        return rules.Count + numbers.Count == 0 ? network : network with
        {
            Reactions = [.. reactions],
            Parameters = network.Parameters.AddRange(numbers.Concat(rules.Select(r => new Parameter(r.Variable, null, null, false, null, r.Where)))),
            AssignmentRules = network.AssignmentRules.AddRange(rules),
        };
    }
}

using Marrow.Networks.Structure;

namespace Marrow.Networks.Units;

/// <summary>Tells stoichiometries that have a name from conversion factors: both stand as parameters in the factors of species references.</summary>
internal static class SbmlStoichiometries
{
    /// <summary>Names of species references. A conversion factor is a parameter with a place of its own in the document.</summary>
    public static HashSet<string> Of(ReactionNetwork network)
    {
        var places = network.Parameters.ToDictionary(p => p.Id, p => p.Where, StringComparer.Ordinal);
        return [.. network.Reactions.SelectMany(r => r.Reactants.Concat(r.Products)).SelectMany(Names).Where(n => places.TryGetValue(n.Name, out var where) && where == n.Where).Select(n => n.Name)];
    }

    /// <summary>The names that stand in the factor of a species reference.</summary>
    public static IEnumerable<NameExpression> Names(SpeciesReference reference) =>
        reference.Factor is { } factor ? ExpressionWalk.Nodes(factor).OfType<NameExpression>() : [];
}

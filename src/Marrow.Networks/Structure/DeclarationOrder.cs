namespace Marrow.Networks.Structure;

/// <summary>Rules have an order of their own in no language: they are kept in that of the declarations, so that a model gives the same bits
/// whatever language it was written in meanwhile.</summary>
internal static class DeclarationOrder
{
    /// <summary>Place of each compartment, species and parameter.</summary>
    public static Dictionary<string, int> Of(ReactionNetwork network)
    {
        var places = new Dictionary<string, int>(StringComparer.Ordinal);
        foreach (var id in network.Compartments.Select(c => c.Id).Concat(network.Species.Select(s => s.Id)).Concat(network.Parameters.Select(p => p.Id))) places.TryAdd(id, places.Count);
        return places;
    }

    /// <summary>The network with its rules in order.</summary>
    public static ReactionNetwork Apply(ReactionNetwork network)
    {
        var places = Of(network);
        return network with
        {
            AssignmentRules = [.. network.AssignmentRules.OrderBy(r => places.GetValueOrDefault(r.Variable, int.MaxValue))],
            RateRules = [.. network.RateRules.OrderBy(r => places.GetValueOrDefault(r.Variable, int.MaxValue))],
        };
    }
}

using Marrow.Networks.Structure;

namespace Marrow.Networks.Validation;

/// <summary>All formulas of a network.</summary>
internal static class NetworkFormulas
{
    public static IEnumerable<Expression> Of(ReactionNetwork network) =>
        network.Reactions.Select(r => r.KineticLaw)
            .Concat(network.AssignmentRules.Select(r => r.Value))
            .Concat(network.RateRules.Select(r => r.Rate))
            .Concat(network.AlgebraicRules.Select(r => r.Value))
            .Concat(network.Events.SelectMany(Of))
            .Concat(network.Reactions.SelectMany(r => r.Reactants.Concat(r.Products)).Select(p => p.Factor).OfType<Expression>())
            .Concat(network.Constraints.Select(c => c.Condition))
            .Concat(network.Parameters.Select(p => p.Value).OfType<Expression>())
            .Concat(network.Species.Select(s => s.Initial).OfType<Expression>())
            .Concat(network.Compartments.Select(c => c.Size).OfType<Expression>());

    private static IEnumerable<Expression> Of(NetworkEvent @event) =>
        @event.Assignments.Select(a => a.Value).Prepend(@event.Trigger).Concat(new[] { @event.Delay, @event.Priority }.OfType<Expression>());
}

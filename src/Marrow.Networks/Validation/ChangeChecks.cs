using Marrow.Networks.Diagnostics;
using Marrow.Networks.Structure;

namespace Marrow.Networks.Validation;

/// <summary>Nothing is determined twice, and constants stay constant.</summary>
internal sealed class ChangeChecks(ReactionNetwork network, Reporter reporter)
{
    private readonly HashSet<string> _assigned = network.AssignmentRules.Select(r => r.Variable).ToHashSet(StringComparer.Ordinal);
    private readonly HashSet<string> _rated = network.RateRules.Select(r => r.Variable).ToHashSet(StringComparer.Ordinal);
    private readonly Dictionary<string, Species> _species = network.Species.GroupBy(s => s.Id).ToDictionary(g => g.Key, g => g.First(), StringComparer.Ordinal);
    private readonly HashSet<string> _constants = network.Species.Where(s => s.IsConstant).Select(s => s.Id)
        .Concat(network.Parameters.Where(p => p.IsConstant).Select(p => p.Id)).Concat(network.Compartments.Where(c => c.IsConstant).Select(c => c.Id)).ToHashSet(StringComparer.Ordinal);

    private readonly HashSet<string> _targets = network.Species.Select(s => s.Id)
        .Concat(network.Parameters.Select(p => p.Id)).Concat(network.Compartments.Select(c => c.Id)).ToHashSet(StringComparer.Ordinal);

    public void Run()
    {
        Rules(network.AssignmentRules.Select(r => (r.Variable, r.Where)), "assignment rule");
        Rules(network.RateRules.Select(r => (r.Variable, r.Where)), "rate rule");
        foreach (var rule in network.RateRules.Where(r => _assigned.Contains(r.Variable)))
        {
            reporter.Error(ErrorCodes.Overdetermined, rule.Where, $"'{rule.Variable}' has an assignment rule and a rate rule", "", "keeping one of them");
        }
        foreach (var reaction in network.Reactions) Reaction(reaction);
        foreach (var @event in network.Events) Event(@event);
    }

    private void Rules(IEnumerable<(string Variable, SourceSpan Where)> rules, string kind)
    {
        var seen = new HashSet<string>(StringComparer.Ordinal);
        foreach (var (variable, where) in rules)
        {
            if (!seen.Add(variable)) reporter.Error(ErrorCodes.Duplicate, where, $"'{variable}' has two rules", $"each is an {kind}", "keeping one of them");
            Target(variable, where, kind);
        }
    }

    private void Target(string variable, SourceSpan where, string by)
    {
        if (!_targets.Contains(variable)) reporter.Error(ErrorCodes.BadTarget, where, $"'{variable}' cannot be changed by an {by}", "it is not a species, parameter or compartment");
        else if (_constants.Contains(variable)) reporter.Error(ErrorCodes.ConstantChanged, where, $"'{variable}' is declared constant and changed by an {by}", "", $"var {variable}");
    }

    private void Reaction(Reaction reaction)
    {
        foreach (var id in reaction.Reactants.Concat(reaction.Products).Select(r => r.Species).Distinct())
        {
            if (!_species.TryGetValue(id, out var species) || species.IsBoundary) continue;
            if (species.IsConstant) reporter.Error(ErrorCodes.ConstantChanged, reaction.Where, $"reaction '{reaction.Id}' changes '{id}', which is constant", "", $"${id}, if reactions are not to change it");
            else if (_assigned.Contains(id) || _rated.Contains(id))
            {
                reporter.Error(ErrorCodes.Overdetermined, reaction.Where, $"reaction '{reaction.Id}' changes '{id}', which a rule determines", "", $"${id}, if reactions are not to change it");
            }
        }
    }

    private void Event(NetworkEvent @event)
    {
        var seen = new HashSet<string>(StringComparer.Ordinal);
        foreach (var assignment in @event.Assignments)
        {
            if (!seen.Add(assignment.Variable)) reporter.Error(ErrorCodes.Duplicate, assignment.Where, $"event '{@event.Id}' assigns '{assignment.Variable}' twice", "", "keeping one of them");
            Target(assignment.Variable, assignment.Where, "event");
            if (_assigned.Contains(assignment.Variable))
            {
                reporter.Error(ErrorCodes.Overdetermined, assignment.Where, $"event '{@event.Id}' assigns '{assignment.Variable}', which an assignment rule determines at all times", "", "assigning to what the rule depends on");
            }
        }
    }
}

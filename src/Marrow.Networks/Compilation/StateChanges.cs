using Marrow.Networks.Structure;
using Marrow.Numerics.SteadyStates;

namespace Marrow.Networks.Compilation;

/// <summary>What each process adds to each state: the stoichiometry of reactions, and a process of its own for a state with a rule or with
/// stoichiometry that varies.</summary>
internal static class StateChanges
{
    /// <summary>The sums of states that never change.</summary>
    public static ConservationLaws Laws(ReactionNetwork network, NetworkEquations equations)
    {
        var states = equations.Symbols.States;
        var own = new bool[states.Count];
        var columns = new List<StateTerm[]>();
        foreach (var reaction in network.Reactions)
        {
            if (equations.Value(reaction.Id, reaction.Where).IsConstant(0)) continue;
            columns.Add([.. equations.FixedChanges(reaction, part => Mark(part.Species))
                .Select(x => (State: Find(x.Species), x.Net)).Where(x => x.State is not null).Select(x => new StateTerm(x.State!.Value, x.Net))]);
        }
        foreach (var rule in network.RateRules) Mark(rule.Variable);
        bool[] rests = [.. own.Select((_, i) => equations.Rate(i).IsConstant(0))];
        bool[] alone = [.. own.Select((isOwn, i) => !rests[i] && (isOwn || states[i].Species is not { IsBoundary: false, IsConstant: false }))];
        var together = columns.Select(c => c.Where(x => !rests[x.State] && !alone[x.State]).ToArray());
        return ConservationLaws.Of(states.Count, [.. together, .. Alone(Enumerable.Range(0, alone.Length).Where(i => alone[i]))]);

        int? Find(string name) => equations.Symbols.Find(name) is { Storage: Storage.State } symbol ? symbol.Index : null;
        void Mark(string name)
        {
            if (Find(name) is { } state) own[state] = true;
        }
    }

    /// <summary>A process of its own for each state.</summary>
    public static IEnumerable<StateTerm[]> Alone(IEnumerable<int> states) => states.Select(i => new[] { new StateTerm(i, 1) });
}

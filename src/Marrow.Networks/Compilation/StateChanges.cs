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
        var columns = new List<double[]>();
        foreach (var reaction in network.Reactions)
        {
            if (equations.Value(reaction.Id, reaction.Where).IsConstant(0)) continue;
            var column = new double[states.Count];
            foreach (var (species, change) in equations.FixedChanges(reaction, part => Mark(part.Species)))
                if (Find(species) is { } state) column[state] += change;
            columns.Add(column);
        }
        foreach (var rule in network.RateRules) Mark(rule.Variable);
        for (var i = 0; i < own.Length; i++)
        {
            if (equations.Rate(i).IsConstant(0)) columns.ForEach(c => c[i] = 0);
            else if (own[i] || states[i].Species is not { IsBoundary: false, IsConstant: false }) Add(i);
        }
        return ConservationLaws.Of([.. Enumerable.Range(0, own.Length).Select(i => columns.Select(c => c[i]).ToArray())]);

        int? Find(string name) => equations.Symbols.Find(name) is { Storage: Storage.State } symbol ? symbol.Index : null;
        void Mark(string name)
        {
            if (Find(name) is { } state) own[state] = true;
        }
        void Add(int state)
        {
            columns.ForEach(c => c[state] = 0);
            var column = new double[own.Length];
            column[state] = 1;
            columns.Add(column);
        }
    }
}

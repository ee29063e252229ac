namespace Marrow.Trials.Patients;

/// <summary>The history rule with the model's indices in place of names.</summary>
internal sealed record HistoryPlan(
    HistoryRule Rule, IReadOnlyList<CloneStates> Clones, IReadOnlyList<(string Share, int From, int To)> Shifts, IReadOnlyList<FactorPlan> Factors)
{
    /// <summary>Draws the values of the history and applies them to the states and parameters at diagnosis. A patient who was never
    /// <paramref name="treated"/> has values that change nothing: shares of 0 and factors of 1.</summary>
    public void Apply(PatientRandom random, Dictionary<string, double> values, Span<double> states, Span<double> parameters, bool treated = true)
    {
        Covariates.Draw(Rule.Laws, DrawnKind.History, Rule.Correlated, random, values);
        if (!treated)
        {
            foreach (var (share, _, _) in Shifts) values[share] = 0;
            foreach (var by in Factors.Select(f => f.Rule.By).OfType<string>()) values[by] = 1;
        }
        foreach (var (share, from, to) in Shifts)
        {
            for (var i = 0; i < Clones[from].States.Count; i++)
            {
                var moved = values[share] * states[Clones[from].States[i]];
                states[Clones[from].States[i]] -= moved;
                states[Clones[to].States[i]] += moved;
            }
        }
        foreach (var factor in Factors)
        {
            if (factor.Rule.If is { } condition && values[condition] == 0) continue;
            if (!treated && factor.Rule.By is null) continue;
            var by = factor.Rule.By is { } name ? values[name] : factor.Rule.Number;
            foreach (var state in factor.States) states[state] *= by;
            foreach (var parameter in factor.Parameters) parameters[parameter] *= by;
        }
        foreach (var clone in Clones) MakeWhole(clone, random, states);
    }

    /// <summary>A clone of few cells is a whole number of cells, Poisson about its expectation, divided over the sites as before.</summary>
    private void MakeWhole(CloneStates clone, PatientRandom random, Span<double> states)
    {
        var total = 0.0;
        foreach (var state in clone.States) total += states[state];
        var cells = total * Rule.CellsPerUnit;
        if (cells <= 0 || cells >= Rule.SmallCloneCells) return;
        var drawn = random.Stream("history cells of " + clone.Name).Poisson(cells);
        foreach (var state in clone.States) states[state] *= drawn / cells;
    }
}

/// <summary>States of a clone, site by site.</summary>
internal sealed record CloneStates(string Name, IReadOnlyList<int> States);

/// <summary>A history factor with indices.</summary>
internal sealed record FactorPlan(HistoryFactor Rule, IReadOnlyList<int> States, IReadOnlyList<int> Parameters);

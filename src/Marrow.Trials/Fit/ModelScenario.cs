namespace Marrow.Trials.Fit;

/// <summary>A model run from its own start, with doses: one typical patient, or as many as the spreads of its parameter tables describe.</summary>
internal sealed record ModelScenario : FitScenario
{
    /// <summary>The model's file.</summary>
    public required string ModelFile { get; init; }

    /// <summary>Days between records.</summary>
    public required double Every { get; init; }

    /// <summary>Parameters set at the start.</summary>
    public IReadOnlyList<(string Name, double Value)> Set { get; init; } = [];

    /// <summary>Doses and changes, by day.</summary>
    public IReadOnlyList<ScenarioDose> Doses { get; init; } = [];

    /// <inheritdoc/>
    public override double From => 0;

    /// <inheritdoc/>
    public override string? ProblemOf(string observable) => Observables.Contains(observable) ? null : $"the model has no '{observable}'";

    /// <summary>States and computed values.</summary>
    public IEnumerable<string> Observables =>
        Model.Network.Species.Select(s => s.Id).Concat(Model.Network.AssignmentRules.Select(r => r.Variable)).Concat(Model.Network.RateRules.Select(r => r.Variable));

    /// <summary>Recorded days, 0 to the end.</summary>
    public double[] Grid()
    {
        var steps = (int)Math.Ceiling((To / Every) - 1e-9);
        return [.. Enumerable.Range(0, steps + 1).Select(i => i == steps ? To : i * Every)];
    }
}

/// <summary>A bolus into a state, or a new value of a parameter.</summary>
/// <param name="Day">When.</param>
/// <param name="Target">State or parameter.</param>
/// <param name="Amount">Added to the state, or the parameter's value from then on, in its unit.</param>
internal sealed record ScenarioDose(double Day, string Target, double Amount);

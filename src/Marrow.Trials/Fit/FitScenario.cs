using Marrow.Networks.Provenance;

namespace Marrow.Trials.Fit;

/// <summary>Something that is simulated and compared with targets.</summary>
internal abstract record FitScenario
{
    /// <summary>Name that targets use.</summary>
    public required string Name { get; init; }

    /// <summary>First recorded day.</summary>
    public abstract double From { get; }

    /// <summary>Last recorded day.</summary>
    public required double To { get; init; }

    /// <summary>Virtual patients.</summary>
    public required int Patients { get; init; }

    /// <summary>The model with its parameter tables.</summary>
    public required LoadedModel Model { get; init; }

    /// <summary>Files that the results depend on.</summary>
    public required IReadOnlyList<string> Files { get; init; }

    /// <summary>States and computed values.</summary>
    public IEnumerable<string> Observables =>
        Model.Network.Species.Select(s => s.Id).Concat(Model.Network.AssignmentRules.Select(r => r.Variable)).Concat(Model.Network.RateRules.Select(r => r.Variable));

    /// <summary>Parameters that may be fitted.</summary>
    public IEnumerable<string> Parameters => Model.Network.Parameters.Select(p => p.Id).Except(Model.Network.AssignmentRules.Select(r => r.Variable));
}

/// <summary>Predicts targets at points of the parameter space.</summary>
internal interface ITargetEvaluator
{
    /// <summary>Predictions for each point, one a target in the problem's order, in the targets' units; NaN where too many patients failed.
    /// Patients and their random numbers are the same at every point.</summary>
    /// <param name="points">Parameter values, in the problem's order.</param>
    /// <param name="cancel">Stops the work.</param>
    IReadOnlyList<double[]> Predict(IReadOnlyList<double[]> points, CancellationToken cancel);
}

using Marrow.Networks.Provenance;

namespace Marrow.Trials.Fit;

/// <summary>Something that is simulated and compared with targets.</summary>
internal abstract record FitScenario
{
    /// <summary>Name that targets use.</summary>
    public required string Name { get; init; }

    /// <summary>First day that may be read.</summary>
    public abstract double From { get; }

    /// <summary>Last recorded day.</summary>
    public required double To { get; init; }

    /// <summary>Virtual patients.</summary>
    public required int Patients { get; init; }

    /// <summary>The model with its parameter tables.</summary>
    public required LoadedModel Model { get; init; }

    /// <summary>Files that the results depend on.</summary>
    public required IReadOnlyList<string> Files { get; init; }

    /// <summary>The disease, by the name of its table; empty for a user's own model.</summary>
    public virtual string Disease => "";

    /// <summary>Parameters that may be fitted.</summary>
    public IEnumerable<string> Parameters => Model.Network.Parameters.Select(p => p.Id).Except(Model.Network.AssignmentRules.Select(r => r.Variable));

    /// <summary>Why something cannot be observed; null if it can.</summary>
    public abstract string? ProblemOf(string observable);
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

/// <summary>Simulates scenarios of one kind.</summary>
internal interface IScenarioEngine
{
    /// <summary>What it simulates.</summary>
    IReadOnlyList<FitScenario> Scenarios { get; }

    /// <summary>Runs jobs, in any order and side by side.</summary>
    void Run(IReadOnlyList<ScenarioJob> jobs, CancellationToken cancel);
}

/// <summary>A scenario at a point.</summary>
/// <param name="Scenario">What is simulated.</param>
/// <param name="Values">Parameter values, in the problem's order.</param>
/// <param name="Results">Receives the patients' values.</param>
internal sealed record ScenarioJob(FitScenario Scenario, double[] Values, ScenarioResults Results);

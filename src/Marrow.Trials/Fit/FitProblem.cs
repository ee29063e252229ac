using Marrow.Networks.Provenance;

namespace Marrow.Trials.Fit;

/// <summary>How a fit searches.</summary>
public enum FitMethod
{
    /// <summary>Damped Gauss-Newton steps with finite differences under common random numbers.</summary>
    GaussNewton,

    /// <summary>Evolution strategy without derivatives, for rugged or discontinuous objectives.</summary>
    Cma,
}

/// <summary>Parameters with priors, targets, and the scenarios that connect them.</summary>
public sealed record FitProblem
{
    internal FitProblem(IReadOnlyList<FitScenario> scenarios) => Scenarios = scenarios;

    /// <summary>The problem with another number of patients in every scenario.</summary>
    internal FitProblem WithPatients(int patients) => this with { Scenarios = [.. Scenarios.Select(s => s with { Patients = patients })] };

    /// <summary>The problem with one of its scenarios and the targets of that one.</summary>
    internal FitProblem Only(string scenario) => this with
    {
        Scenarios = [.. Scenarios.Where(s => s.Name == scenario)],
        Targets = [.. Targets.Where(t => t.Scenario == scenario)],
    };

    /// <summary>Title.</summary>
    public required string Title { get; init; }

    /// <summary>The file.</summary>
    public required string File { get; init; }

    /// <summary>What there is to simulate, in words.</summary>
    public string Size => FormattableString.Invariant(
        $"{Scenarios.Count} scenarios, {Scenarios.Sum(s => s.Patients)} patients a point, {Iterations} iterations of {((Central ? 2 : 1) * Parameters.Count) + 1} points and trial steps at most");

    /// <summary>Folder that sources in tables are relative to: that of models and studies, or of the file.</summary>
    internal string Root { get; init; } = "";

    /// <summary>Files that the results depend on.</summary>
    public required IReadOnlyList<string> Files { get; init; }

    /// <summary>Seed of every random number.</summary>
    public required ulong Seed { get; init; }

    /// <summary>How to search, if the command line does not say.</summary>
    public required FitMethod Method { get; init; }

    /// <summary>Steps or generations.</summary>
    public required int Iterations { get; init; }

    /// <summary>Step of the finite differences, in prior standard deviations: wide enough to bridge the ripples of a sample of patients.</summary>
    public required double DifferenceStep { get; init; }

    /// <summary>Differences to both sides.</summary>
    public required bool Central { get; init; }

    /// <summary>A parameter moves a target if one prior standard deviation moves it by this many spreads.</summary>
    public required double InfluenceThreshold { get; init; }

    /// <summary>Share of the patients of a scenario that may fail, or never get the disease; beyond it the scenario's targets have no prediction.</summary>
    public double AllowedFailures { get; init; } = .1;

    /// <summary>Relative tolerance of the integration.</summary>
    public required double RelativeTolerance { get; init; }

    /// <summary>Absolute tolerance, in the units of the states.</summary>
    public required double AbsoluteTolerance { get; init; }

    /// <summary>What is estimated.</summary>
    public required IReadOnlyList<FitParameter> Parameters { get; init; }

    /// <summary>What it is compared with.</summary>
    public required IReadOnlyList<FitTarget> Targets { get; init; }

    internal IReadOnlyList<FitScenario> Scenarios { get; private init; }

    /// <summary>Rows of the models' tables that hold a parameter; one each place.</summary>
    internal IReadOnlyList<ParameterRecord> RowsOf(FitParameter parameter) =>
        [.. Scenarios.Where(parameter.ActsIn).Select(s => s.Model.Parameters.Find(parameter.Id)).OfType<ParameterRecord>().DistinctBy(r => r.Where)];

    internal FitScenario ScenarioOf(FitTarget target) => Scenarios.First(s => s.Name == target.Scenario);
}

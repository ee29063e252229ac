using Marrow.Networks.Diagnostics;
using Marrow.Networks.Provenance;
using Marrow.Trials.Studies;

namespace Marrow.Trials.Fit;

/// <summary>Which shares of patients are followed when every parameter of a disease is multiplied and divided.</summary>
public sealed record ElasticityProblem
{
    internal ElasticityProblem(FitProblem inner) => Inner = inner;

    /// <summary>Factor by which each parameter is multiplied, and divided. Range: above 1.</summary>
    public required double Factor { get; init; }

    /// <summary>Parameters that are left out, by name: definitions, conversions of units and choices of the user.</summary>
    public IReadOnlyList<string> Except { get; init; } = [];

    /// <summary>Title.</summary>
    public string Title => Inner.Title;

    /// <summary>The file.</summary>
    public string File => Inner.File;

    /// <summary>Names of the outcomes.</summary>
    public IReadOnlyList<string> Outcomes => [.. Inner.Targets.Select(t => t.Id)];

    /// <summary>Scenarios, seed and outcomes in the form of a fit; its parameters are all that the model has.</summary>
    internal FitProblem Inner { get; }

    /// <summary>Provenance of a parameter's value.</summary>
    internal ParameterRecord? RowOf(FitParameter parameter) =>
        Inner.Scenarios.Select(s => s.Model.Parameters.Find(parameter.Id)).FirstOrDefault(r => r is not null);

    /// <summary>Reads a file: title, repository, seed, patients, factor, except, scenarios as in a fit, and outcomes (id, scenario, observable, time,
    /// statistic), each a share of patients with a width.</summary>
    /// <param name="path">The YAML file.</param>
    /// <param name="patients">Replaces the file's number; null for its own.</param>
    /// <param name="bag">Collects every problem.</param>
    /// <returns>Null if there are errors.</returns>
    public static ElasticityProblem? Load(string path, int? patients, DiagnosticBag bag)
    {
        ArgumentNullException.ThrowIfNull(bag);
        return YamlSource.ReadFile(path, bag) is { } map ? Read(map, patients, bag) : null;
    }

    /// <summary>Reads the mapping of a file.</summary>
    internal static ElasticityProblem? Read(YamlMap map, int? patients, DiagnosticBag bag)
    {
        var path = map.Source.File;
        var title = map.Text("title");
        var seed = (ulong)map.Number("seed", 0, 9e15);
        var own = map.WholeOr("patients", 200, 2, 100_000);
        var factor = map.NumberOrNull("factor", 1.0001, 10) ?? 1.25;
        var scenarios = ScenarioReader.Read(map, patients ?? own, bag);
        var outcomes = map.Maps("outcomes").Select(m => ReadOutcome(m, scenarios)).OfType<FitTarget>().ToArray();
        var except = map.Texts("except", required: false);
        foreach (var name in except.Where(n => scenarios.Count > 0 && !scenarios.Any(s => s.Parameters.Contains(n))))
            map.Error("except", FitCodes.UnknownParameter, $"no model has a parameter '{name}'", "", Suggestion.For(name, scenarios.SelectMany(s => s.Parameters)));
        map.Close();
        if (bag.HasErrors) return null;
        return new ElasticityProblem(new FitProblem(scenarios)
        {
            Title = title,
            File = path,
            Files = [path, .. scenarios.SelectMany(s => s.Files).Distinct(StringComparer.Ordinal)],
            Seed = seed,
            Method = FitMethod.GaussNewton,
            Iterations = 0,
            DifferenceStep = 0,
            Central = true,
            InfluenceThreshold = 0,
            RelativeTolerance = 1e-6,
            AbsoluteTolerance = 1e-9,
            Parameters = ParametersOf(scenarios, except),
            Targets = outcomes,
        })
        { Factor = factor, Except = except };
    }

    /// <summary>Every number of the tables that can be multiplied: neither 0 nor a switch, nor left out.</summary>
    private static FitParameter[] ParametersOf(IReadOnlyList<FitScenario> scenarios, IReadOnlyList<string> except) =>
    [
        .. scenarios.SelectMany(s => s.Model.Parameters.Rows.Where(r => r.Value != 0 && IsNumberOfNature(r) && !except.Contains(r.Id) && s.Parameters.Contains(r.Id)))
            .DistinctBy(r => r.Id)
            .Select(r => new FitParameter { Id = r.Id, Median = r.Value, Unit = r.Unit, Sd = 1 }),
    ];

    private static bool IsNumberOfNature(ParameterRecord row) => row.Kind is ParameterKind.Measured or ParameterKind.Fitted or ParameterKind.Assumed;

    private static FitTarget? ReadOutcome(YamlMap map, IReadOnlyList<FitScenario> scenarios)
    {
        var time = TimeReadout.Parse(map.Text("time"), out var timeProblem);
        var statistic = PatientStatistic.Parse(map.Text("statistic"), out var statisticProblem);
        if (time is null) map.Error("time", FitCodes.BadReadout, timeProblem);
        if (statistic is null) map.Error("statistic", FitCodes.BadReadout, statisticProblem);
        var scenario = scenarios.FirstOrDefault(s => s.Name == map.Text("scenario"));
        if (scenario is null) map.Error("scenario", FitCodes.UnknownScenario, $"there is no scenario '{map.Text("scenario")}'", "", Suggestion.For(map.Text("scenario"), scenarios.Select(s => s.Name)));
        if (scenario?.ProblemOf(map.Text("observable")) is { } problem) map.Error("observable", FitCodes.UnknownObservable, problem);
        var outcome = time is null || statistic is null ? null : new FitTarget
        {
            Id = map.Text("id"),
            Scenario = map.Text("scenario"),
            Observable = map.Text("observable"),
            Time = time,
            Statistic = statistic,
            Published = 1,
            Spread = 1,
            Scale = TargetScale.Linear,
            Study = "",
            Source = "",
        };
        map.Close();
        return outcome;
    }
}

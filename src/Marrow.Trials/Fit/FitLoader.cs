using Marrow.Networks.Diagnostics;
using Marrow.Networks.Shipped;
using Marrow.Trials.Studies;

namespace Marrow.Trials.Fit;

/// <summary>Reads a fit and every file it names, and finds all problems before anything runs.</summary>
public static class FitLoader
{
    private const int MostPatients = 100_000;

    /// <summary>Reads a fit file.</summary>
    /// <param name="path">The YAML file.</param>
    /// <param name="bag">Collects every problem, each with its place.</param>
    /// <returns>The problem, or null if there are errors.</returns>
    public static FitProblem? Load(string path, DiagnosticBag bag)
    {
        ArgumentNullException.ThrowIfNull(bag);
        if (YamlSource.ReadFile(path, bag) is not { } map) return null;
        var problem = Read(map, bag);
        return bag.HasErrors ? null : problem;
    }

    /// <summary>Whether a mapping is that of a fit.</summary>
    internal static bool IsFit(YamlMap map) => map.Has("scenarios") && map.Has("targets");

    /// <summary>Reads the mapping of a file.</summary>
    internal static FitProblem Read(YamlMap map, DiagnosticBag bag)
    {
        var title = map.Text("title");
        map.TextOrNull("question");
        var seed = (ulong)map.Number("seed", 0, 9e15);
        var patients = map.WholeOr("patients", 1, 1, MostPatients);
        var search = map.Map("search", required: false) ?? YamlSource.ReadText("{}", map.Source.File, new DiagnosticBag())!;
        var scenarios = ScenarioReader.Read(map, patients, bag);
        var targetFile = FileOf(map, "targets", map.Text("targets"));
        var targets = File.Exists(targetFile) ? TargetTable.Load(targetFile, bag) : [];
        var parameters = map.Maps("parameters").Select(m => ReadParameter(m, scenarios)).OfType<FitParameter>().ToArray();
        foreach (var twice in parameters.GroupBy(p => p.Name).Where(g => g.Count() > 1))
            map.Error("parameters", StudyCodes.Duplicate, $"parameter '{twice.Key}' stands twice");
        CheckTargets(map, targets, scenarios, bag);
        if (!bag.HasErrors && (parameters.Length == 0 || targets.Count == 0 || scenarios.Count == 0))
            bag.Error(FitCodes.NothingToFit, $"{parameters.Length} parameters, {targets.Count} targets, {scenarios.Count} scenarios", map.Where with { Length = 1 });
        var problem = new FitProblem(scenarios)
        {
            Title = title,
            File = map.Source.File,
            Root = ScenarioReader.RootOf(map),
            Files = [map.Source.File, targetFile, .. scenarios.SelectMany(s => s.Files).Distinct(StringComparer.Ordinal)],
            Seed = seed,
            Method = search.Choice("method", FitMethod.GaussNewton, required: false),
            Iterations = search.WholeOr("iterations", 10, 0, 1_000_000),
            DifferenceStep = search.NumberOrNull("difference", 1e-6, 2) ?? .1,
            Central = search.TextOrNull("sides") != "one",
            InfluenceThreshold = search.NumberOrNull("influence", 1e-6, 10) ?? .1,
            AllowedFailures = search.NumberOrNull("allowed_failures", 0, 1) ?? .1,
            RelativeTolerance = search.NumberOrNull("relative", 1e-12, .1) ?? 1e-6,
            AbsoluteTolerance = search.NumberOrNull("absolute", 1e-15, 1) ?? 1e-9,
            Parameters = parameters,
            Targets = targets,
        };
        search.Close();
        map.Close();
        return problem;
    }

    private static FitParameter? ReadParameter(YamlMap map, IReadOnlyList<FitScenario> scenarios)
    {
        var id = map.Text("id");
        var disease = map.TextOrNull("disease") ?? "";
        var acts = map.Texts("scenarios", required: false);
        FitScenario[] own = [.. scenarios.Where(s => (disease.Length == 0 || s.Disease == disease) && (acts.Count == 0 || acts.Contains(s.Name)))];
        if (scenarios.Count > 0 && own.Length == 0) map.Error("id", FitCodes.UnknownScenario, $"'{id}' acts in none of the scenarios");
        foreach (var name in acts.Where(n => scenarios.All(s => s.Name != n)))
            map.Error("scenarios", FitCodes.UnknownScenario, $"there is no scenario '{name}'", "", Suggestion.For(name, scenarios.Select(s => s.Name)));
        var row = own.Select(s => s.Model.Parameters.Find(id)).FirstOrDefault(r => r is not null);
        var model = own.Select(s => s.Model.Network.Parameters.FirstOrDefault(p => p.Id == id)).FirstOrDefault(p => p is not null);
        if (id.Length > 0 && own.Length > 0 && !own.Any(s => s.Parameters.Contains(id)))
            map.Error("id", FitCodes.UnknownParameter, $"no model of this fit has a parameter '{id}'", "", Suggestion.For(id, own.SelectMany(s => s.Parameters)));
        var literal = (model?.Value as Networks.Structure.NumberExpression)?.Value;
        var parameter = new FitParameter
        {
            Id = id,
            Disease = disease,
            Scenarios = acts,
            Median = map.NumberOrNull("median") ?? row?.Value ?? literal ?? double.NaN,
            Unit = row?.Unit ?? model?.Unit ?? "1",
            Law = map.Choice("prior", PriorLaw.LogNormal),
            Sd = map.Number("sd"),
            Lower = map.NumberOrNull("lower") ?? double.NegativeInfinity,
            Upper = map.NumberOrNull("upper") ?? double.PositiveInfinity,
            Reason = map.TextOrNull("reason") ?? map.TextOrNull("source") ?? "",
        };
        map.TextOrNull("source");
        if (parameter.Reason.Length == 0) map.Error("id", FitCodes.NoReason, $"the prior of '{id}' has neither reason nor source");
        if (model is not null && parameter.Problem() is { } problem) map.Error("id", FitCodes.BadPrior, $"the prior of '{id}': {problem}");
        map.Close();
        return parameter;
    }

    private static void CheckTargets(YamlMap map, IReadOnlyList<FitTarget> targets, IReadOnlyList<FitScenario> scenarios, DiagnosticBag bag)
    {
        foreach (var target in targets)
        {
            if (scenarios.FirstOrDefault(s => s.Name == target.Scenario) is not { } scenario)
            {
                bag.Error(FitCodes.UnknownScenario, $"target '{target.Id}': there is no scenario '{target.Scenario}'", target.Where, "", Suggestion.For(target.Scenario, scenarios.Select(s => s.Name)));
                continue;
            }
            foreach (var problem in target.Observables.Where(o => o.Length > 0).Select(scenario.ProblemOf).OfType<string>())
                bag.Error(FitCodes.UnknownObservable, $"target '{target.Id}': {problem}", target.Where);
            foreach (var time in new[] { target.Time, target.Among?.Time }.OfType<TimeReadout>().Where(t => t.From < scenario.From || t.To > scenario.To))
                bag.Error(FitCodes.OutsideTime, $"target '{target.Id}': '{time.Text}' leaves the {scenario.To} days of '{scenario.Name}'", target.Where);
        }
        foreach (var scenario in scenarios.Where(s => targets.Count > 0 && !targets.Any(t => t.Scenario == s.Name)))
            map.Error("scenarios", FitCodes.UnusedScenario, $"no target reads the scenario '{scenario.Name}'");
    }

    /// <summary>Path of a file beside the fit; its absence is reported.</summary>
    internal static string FileOf(YamlMap map, string key, string relative)
    {
        var path = ShippedFiles.Resolve(relative, map.Source.Folder);
        if (relative.Length > 0 && !File.Exists(path)) map.Error(key, StudyCodes.Unreadable, $"there is no file '{relative}'", "", "correct the path; it is relative to this file");
        return path;
    }
}

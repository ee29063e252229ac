using Marrow.Networks.Diagnostics;
using Marrow.Networks.Provenance;
using Marrow.Trials.Experiments;
using Marrow.Trials.Studies;

namespace Marrow.Trials.Fit;

/// <summary>Reads the scenarios of a fit.</summary>
internal static class ScenarioReader
{
    /// <summary>Whether few cells are counted one by one, or taken as fractions.</summary>
    private enum Counting
    {
        Yes,
        No,
    }

    /// <summary>Folders of models that hold what runs gave, not what patients are made of.</summary>
    private static readonly string[] OutputFolders = ["fit", "results"];

    /// <summary>All scenarios that can be read.</summary>
    public static IReadOnlyList<FitScenario> Read(YamlMap fit, int patients, DiagnosticBag bag)
    {
        var scenarios = new List<FitScenario>();
        var root = RootOf(fit);
        if (fit.Map("scenarios") is not { } map) return scenarios;
        var cohorts = new Dictionary<string, CohortModel?>(StringComparer.Ordinal);
        foreach (var name in map.Keys.ToArray())
        {
            if (map.Map(name) is not { } entry) continue;
            FitScenario? scenario = entry.Has("disease") ? ReadCohort(name, entry, patients, root, cohorts, bag) : ReadModel(name, entry, patients, bag);
            if (scenario is not null) scenarios.Add(scenario);
        }
        map.Close();
        return scenarios;
    }

    /// <summary>Where models and studies are.</summary>
    public static string RootOf(YamlMap fit) => Path.GetFullPath(Path.Combine(fit.Source.Folder, fit.TextOrNull("repository") ?? "."));

    private static ModelScenario? ReadModel(string name, YamlMap map, int patients, DiagnosticBag bag)
    {
        var file = FitLoader.FileOf(map, "model", map.Text("model"));
        string[] tables = [.. map.Texts("tables", required: false).Select(t => FitLoader.FileOf(map, "tables", t))];
        var model = File.Exists(file) && tables.All(File.Exists) ? ModelLoader.Load(file, tables, bag, strict: tables.Length > 0) : null;
        var names = model is null ? null : new ModelNames(model.Network);
        var days = map.Number("days", double.Epsilon);
        var scenario = new
        {
            Every = map.NumberOrNull("every", double.Epsilon) ?? 1,
            Patients = map.WholeOr("patients", patients, 1, 100_000),
            Set = ReadSet(map, "set", names),
            Doses = map.Maps("doses", required: false).Select(d => ReadDose(d, names)).OrderBy(d => d.Day).ToArray(),
        };
        map.Close();
        return model is null ? null : new ModelScenario
        {
            Name = name,
            To = days,
            Patients = scenario.Patients,
            Model = model,
            ModelFile = file,
            Files = [file, .. tables],
            Every = scenario.Every,
            Set = scenario.Set,
            Doses = scenario.Doses,
        };
    }

    /// <summary>Patients of a disease, brought into the scenario by the sentences that contexts of experiments use.</summary>
    private static CohortScenario? ReadCohort(
        string name, YamlMap map, int patients, string root, Dictionary<string, CohortModel?> cohorts, DiagnosticBag bag)
    {
        var files = CohortFiles.InRepository(root, map.Text("disease"));
        if (map.TextOrNull("population") is { } population) files = files with { Population = Path.Combine(root, population) };
        var counted = map.Choice("counted", Counting.Yes, required: false);
        var key = $"{files.Disease} {files.Population} {counted}";
        if (!cohorts.TryGetValue(key, out var cohort))
        {
            cohort = CohortModel.Load(files, bag);
            cohorts[key] = cohort = counted == Counting.No ? cohort?.Uncounted() : cohort;
        }
        var days = map.Number("days", double.Epsilon);
        var own = map.WholeOr("patients", patients, 1, 100_000);
        var bare = new ScenarioPlan
        {
            Disease = files.Disease,
            Scenario = new Scenario { Name = name, Days = days, Start = new ScenarioStart { Kind = StartKind.Healthy } },
        };
        var plan = ScenarioAction.Apply(ScenarioAction.Read(map.Text("do"), map.WhereOf("do"), bag), bare);
        if (plan.Disease != files.Disease || plan.Site.Length > 0 || plan.Presets.Count > 0 || plan.Scenario.Days != days)
            map.Error("do", ExperimentCodes.BadAction, "a fit has keys for disease and days, and knows no site or preset");
        foreach (var problem in cohort is null ? [] : Problems(plan.Scenario, cohort)) map.Error("do", StudyCodes.UnknownName, problem);
        map.Close();
        return cohort is null ? null : new CohortScenario
        {
            Name = name,
            To = days,
            Patients = own,
            Model = cohort.Model,
            Files = FilesBelow(root),
            Cohort = cohort,
            Scenario = plan.Scenario,
        };
    }

    /// <summary>What a scenario names that is not there, found without compiling the model.</summary>
    private static IEnumerable<string> Problems(Scenario scenario, CohortModel cohort)
    {
        var known = ReadoutFormulas.Known(cohort.Model.Network);
        var covariates = cohort.Parts.Population.Covariates.Select(c => c.Name).ToHashSet(StringComparer.Ordinal);
        foreach (var s in scenario.Settings.Where(s => s.Kind != SettingKind.Clone && !known.Contains(s.Target) && !covariates.Contains(s.Target)))
            yield return $"neither the model nor the population has '{s.Target}'";
        foreach (var use in scenario.Regimens.Concat(scenario.Start.Induction).Where(u => cohort.Regimen(u.Name) is null))
            yield return cohort.WhyNot(use.Name);
        if (scenario.Start.SeedState is { Length: > 0 } seed && !known.Contains(seed)) yield return $"the model has no state '{seed}'";
    }

    /// <summary>Everything that patients are made of: models and regimens. Which of them a disease reads is known only after reading, so
    /// all count.</summary>
    private static IReadOnlyList<string> FilesBelow(string root)
    {
        var models = Path.Combine(root, "models");
        string[] outputs = [.. OutputFolders.Select(f => Path.Combine(models, f) + Path.DirectorySeparatorChar)];
        return [.. new[] { models, Path.Combine(root, "studies") }.Where(Directory.Exists)
            .SelectMany(f => Directory.EnumerateFiles(f, "*", SearchOption.AllDirectories))
            .Where(f => Path.GetExtension(f) is ".ant" or ".csv" or ".yaml" && !outputs.Any(o => f.StartsWith(o, StringComparison.Ordinal)))
            .Order(StringComparer.Ordinal)];
    }

    private static List<(string Name, double Value)> ReadSet(YamlMap map, string key, ModelNames? names)
    {
        var set = new List<(string, double)>();
        if (map.Map(key, required: false) is not { } values) return set;
        foreach (var name in values.Keys.ToArray())
        {
            set.Add((name, values.Number(name)));
            names?.StateOrParameter(values, name, name);
        }
        values.Close();
        return set;
    }

    private static ScenarioDose ReadDose(YamlMap map, ModelNames? names)
    {
        var target = map.Text("into");
        names?.StateOrParameter(map, "into", target);
        var dose = new ScenarioDose(map.Number("day", 0), target, map.Number("amount"));
        map.Close();
        return dose;
    }
}

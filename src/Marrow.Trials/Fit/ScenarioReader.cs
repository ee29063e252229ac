using Marrow.Networks.Diagnostics;
using Marrow.Networks.Provenance;
using Marrow.Trials.Experiments;
using Marrow.Trials.Studies;

namespace Marrow.Trials.Fit;

/// <summary>Reads the scenarios of a fit.</summary>
internal static class ScenarioReader
{
    /// <summary>All scenarios that can be read.</summary>
    public static IReadOnlyList<FitScenario> Read(YamlMap fit, int patients, DiagnosticBag bag)
    {
        var scenarios = new List<FitScenario>();
        var root = Path.GetFullPath(Path.Combine(fit.Source.Folder, fit.TextOrNull("repository") ?? "."));
        if (fit.Map("scenarios") is not { } map) return scenarios;
        var diseases = new Dictionary<string, CohortModel?>(StringComparer.Ordinal);
        foreach (var name in map.Keys.ToArray())
        {
            if (map.Map(name) is not { } entry) continue;
            FitScenario? scenario = entry.Has("disease") ? ReadCohort(name, entry, patients, root, diseases, bag) : ReadModel(name, entry, patients, bag);
            if (scenario is not null) scenarios.Add(scenario);
        }
        map.Close();
        return scenarios;
    }

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

    private static CohortScenario? ReadCohort(
        string name, YamlMap map, int patients, string root, Dictionary<string, CohortModel?> diseases, DiagnosticBag bag)
    {
        var disease = map.Text("disease");
        if (!diseases.TryGetValue(disease, out var cohort))
            diseases[disease] = cohort = CohortModel.Load(CohortFiles.InRepository(root, disease), bag);
        var names = cohort is null ? null : new ModelNames(cohort.Model.Network);
        var start = new ScenarioStart
        {
            Kind = map.Choice("start", StartKind.Healthy),
            SeedState = map.TextOrNull("seed_state") ?? "",
            SeedCells = map.NumberOrNull("seed_cells", 0) ?? 1e4,
            PriorTreatment = map.TextOrNull("prior_treatment") == "true",
            Induction = ReadRegimens(map, "induction", cohort),
            InductionDays = map.NumberOrNull("induction_days", 0) ?? 0,
        };
        if (start.SeedState.Length > 0) names?.State(map, "seed_state", start.SeedState);
        var days = map.Number("days", double.Epsilon);
        var own = map.WholeOr("patients", patients, 1, 100_000);
        var set = ReadSet(map, "set", names, cohort).Select(v => new Setting(v.Name, SettingKind.Set, v.Value, SettingPhase.Life));
        var atStart = ReadSet(map, "at_start", names).Select(v => new Setting(v.Name, SettingKind.Set, v.Value));
        var regimens = ReadRegimens(map, "regimens", cohort);
        map.Close();
        return cohort is null ? null : new CohortScenario
        {
            Name = name,
            To = days,
            Patients = own,
            Model = cohort.Model,
            Files = FilesBelow(root),
            Cohort = cohort,
            Scenario = new Scenario
            {
                Name = name,
                Start = start,
                Days = days,
                Regimens = regimens,
                Settings = [.. set, .. atStart],
            },
        };
    }

    private static RegimenUse[] ReadRegimens(YamlMap map, string key, CohortModel? cohort)
    {
        var names = map.Texts(key, required: false);
        foreach (var name in names)
        {
            if (cohort is not null && cohort.Regimen(name) is null) map.Error(key, StudyCodes.UnknownName, cohort.WhyNot(name));
        }
        return [.. names.Select(n => new RegimenUse(n))];
    }

    /// <summary>Everything that patients are made of: models and regimens. Which of them a disease reads is known only after reading, so
    /// all count.</summary>
    private static IReadOnlyList<string> FilesBelow(string root)
    {
        var models = Path.Combine(root, "models");
        var fits = Path.Combine(models, "fit") + Path.DirectorySeparatorChar;
        return [.. new[] { models, Path.Combine(root, "studies") }.Where(Directory.Exists)
            .SelectMany(f => Directory.EnumerateFiles(f, "*", SearchOption.AllDirectories))
            .Where(f => Path.GetExtension(f) is ".ant" or ".csv" or ".yaml" && !f.StartsWith(fits, StringComparison.Ordinal))
            .Order(StringComparer.Ordinal)];
    }

    /// <summary>Names with values; a name of the population's covariates is allowed too where there is a cohort.</summary>
    private static List<(string Name, double Value)> ReadSet(YamlMap map, string key, ModelNames? names, CohortModel? cohort = null)
    {
        var set = new List<(string, double)>();
        if (map.Map(key, required: false) is not { } values) return set;
        foreach (var name in values.Keys.ToArray())
        {
            set.Add((name, values.Number(name)));
            if (cohort?.Parts.Population.Covariates.Any(c => c.Name == name) != true) names?.StateOrParameter(values, name, name);
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

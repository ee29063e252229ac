using Marrow.Networks.Diagnostics;
using Marrow.Networks.Provenance;
using Marrow.Trials.Studies;

namespace Marrow.Trials.Fit;

/// <summary>Reads the scenarios of a fit.</summary>
internal static class ScenarioReader
{
    /// <summary>All scenarios that can be read.</summary>
    public static IReadOnlyList<FitScenario> Read(YamlMap fit, int patients, DiagnosticBag bag)
    {
        var scenarios = new List<FitScenario>();
        if (fit.Map("scenarios") is not { } map) return scenarios;
        foreach (var name in map.Keys.ToArray())
        {
            if (map.Map(name) is { } entry && ReadModel(name, entry, patients, bag) is { } scenario) scenarios.Add(scenario);
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
            Set = ReadSet(map, names),
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

    private static List<(string, double)> ReadSet(YamlMap map, ModelNames? names)
    {
        var set = new List<(string, double)>();
        if (map.Map("set", required: false) is not { } values) return set;
        foreach (var key in values.Keys.ToArray())
        {
            set.Add((key, values.Number(key)));
            names?.StateOrParameter(values, key, key);
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

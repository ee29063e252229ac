using Marrow.Networks.Diagnostics;
using Marrow.Networks.Provenance;
using Marrow.Networks.Shipped;
using Marrow.Trials.Clinical;
using Marrow.Trials.Endpoints;
using Marrow.Trials.Observations;
using Marrow.Trials.Patients;
using Marrow.Trials.Regimens;

namespace Marrow.Trials.Studies;

/// <summary>Reads a study and every file it names, and finds all problems before anything runs.</summary>
public static class StudyLoader
{
    /// <summary>Reads a study file.</summary>
    /// <param name="path">The YAML file.</param>
    /// <param name="bag">Collects every problem, each with its place.</param>
    /// <returns>The study, or null if there are errors.</returns>
    public static Study? Load(string path, DiagnosticBag bag)
    {
        if (YamlSource.ReadFile(path, bag) is not { } map) return null;
        var study = Read(map, bag);
        return bag.HasErrors ? null : study;
    }

    /// <summary>Reads the mapping of a file.</summary>
    internal static Study? Read(YamlMap map, DiagnosticBag bag)
    {
        var folder = map.Source.Folder;
        string FileOf(string key) => NamedFile.Of(map, key);
        var title = map.Text("title");
        var question = map.Text("question");
        var modelFile = FileOf("model");
        var tables = map.Has("tables") ? [.. map.Texts("tables").Select(t => NamedFile.Of(map, "tables", t))] : ModelTables.Of(modelFile, bag).ToArray();
        var scalingFile = FileOf("scaling");
        var drugFile = FileOf("drugs");
        var ownDrugFile = map.Has("own_drugs") ? FileOf("own_drugs") : null;
        var clinicalFolder = CheckFolder(map, "clinical", folder);
        var protocol = map.Text("protocol");
        var published = map.Has("published") ? FileOf("published") : null;
        var publishedCurves = map.Has("published_curves") ? FileOf("published_curves") : null;
        var populationFile = FileOf("population");
        var solver = ReadSolver(map);
        var patients = map.Whole("patients", 1, 10_000_000);
        var seed = (ulong)map.Number("seed", 0, 9e15);
        var months = map.Number("follow_up_months", 1, 1200);
        var allowed = map.NumberOrNull("allowed_failures", 0, 1) ?? .01;
        var endpoints = map.Texts("endpoints", required: false);

        var model = File.Exists(modelFile) && tables.All(File.Exists) ? ModelLoader.Load(modelFile, tables, bag) : null;
        var names = model is null ? null : new ModelNames(model.Network, model.Parameters);
        var drugs = DrugInputs.LoadAll(new[] { drugFile, ownDrugFile }.OfType<string>().Where(File.Exists), bag);
        var population = File.Exists(populationFile) ? PopulationLoader.Load(populationFile, names, bag) : null;
        var arms = ReadArms(map, drugs, population, names, bag);
        string[] armNames = [.. arms.Select(a => a.Name)];
        CheckProtocol(map, clinicalFolder, protocol);
        var clinical = Directory.Exists(Path.Combine(clinicalFolder, protocol)) && protocol.Length > 0 ? ClinicalProtocol.Load(clinicalFolder, protocol, bag) : null;
        var scaling = population is null || !File.Exists(scalingFile) ? null
            : SizeScaling.Load(scalingFile, population.SizeFactor, population.ValueNames, bag);
        var figures = clinical is not null && published is not null && File.Exists(published) ? PublishedTable.Load(published, clinical, armNames, bag) : null;
        var curves = publishedCurves is not null && File.Exists(publishedCurves) ? PublishedCurves.Load(publishedCurves, armNames, bag) : null;
        foreach (var endpoint in endpoints.Except(TrialSummarizer.EndpointIds))
            map.Error("endpoints", StudyCodes.UnknownName, $"there is no endpoint '{endpoint}'", "", Suggestion.For(endpoint, TrialSummarizer.EndpointIds));
        var uncertainty = UncertaintyReader.Read(map, model, population);
        var observing = new ObservationReader(map, clinical, names, [.. arms.Select(a => a.Regimen)]);
        var observations = observing.Read();
        map.Close();
        if (model is not null && scaling is not null) CheckScaling(scaling, names!, bag);
        if (population is null || model is null || clinical is null || scaling is null) return null;
        return new Study(new StudyParts(model, population, clinical, scaling, figures, curves))
        {
            Title = title,
            Question = question,
            File = map.Source.File,
            ModelFile = modelFile,
            TableFiles = tables,
            ScalingFile = scalingFile,
            DrugFile = drugFile,
            OwnDrugFile = ownDrugFile,
            ClinicalFolder = clinicalFolder,
            Protocol = protocol,
            PublishedFile = published,
            PublishedCurvesFile = publishedCurves,
            PopulationFile = populationFile,
            Arms = arms,
            Patients = patients,
            Seed = seed,
            FollowUpMonths = months,
            AllowedFailures = allowed,
            Solver = solver,
            Endpoints = endpoints,
            Uncertainty = uncertainty,
            Observations = observations,
            Numbers = [.. uncertainty?.Numbers ?? [], .. observing.Numbers],
        };
    }

    private static void CheckScaling(SizeScaling scaling, ModelNames names, DiagnosticBag bag)
    {
        foreach (var (name, where) in scaling.Names)
        {
            if (!names.HasParameter(name) && !names.HasState(name))
                bag.Error(StudyCodes.UnknownName, $"the model has no parameter or state '{name}'", where);
        }
    }

    private static SolverSettings ReadSolver(YamlMap map)
    {
        if (map.Map("solver") is not { } body) return new SolverSettings(1e-6, 1e-12, 1);
        var settings = new SolverSettings(body.Number("relative", 1e-12, 1e-2), body.Number("absolute", 1e-30, 1), body.Whole("max_steps", 100, int.MaxValue));
        body.Close();
        return settings;
    }

    private static List<StudyArm> ReadArms(YamlMap map, DrugInputs drugs, Population? population, ModelNames? names, DiagnosticBag bag)
    {
        var arms = new List<StudyArm>();
        var read = new Dictionary<string, Regimen?>(StringComparer.Ordinal);
        Regimen? Regimen(YamlMap entry)
        {
            var file = NamedFile.Of(entry, "regimen");
            if (!File.Exists(file) || population is null) return null;
            // Arms that share a regimen do not repeat its problems.
            if (!read.TryGetValue(file, out var regimen)) read[file] = regimen = RegimenLoader.Load(file, drugs, population, names, bag);
            return regimen;
        }
        foreach (var entry in map.Maps("arms"))
        {
            var name = entry.Text("name");
            var regimen = Regimen(entry);
            var crossover = entry.Map("crossover", required: false) is { } body ? CrossoverReader.Read(body, Regimen(body), names) : null;
            entry.Close();
            if (arms.Exists(a => a.Name == name)) entry.Error("name", StudyCodes.Duplicate, $"two arms are named '{name}'");
            if (regimen is not null) arms.Add(new StudyArm(name, regimen, crossover));
        }
        return arms;
    }

    private static string CheckFolder(YamlMap map, string key, string folder)
    {
        var name = map.Text(key);
        var path = ShippedFiles.Resolve(name, folder);
        if (name.Length > 0 && !Directory.Exists(path))
            map.Error(key, StudyCodes.Unreadable, $"the folder {ShippedFiles.Describe(name)} does not exist", "paths are relative to the file that names them");
        return path;
    }

    private static void CheckProtocol(YamlMap map, string folder, string protocol)
    {
        if (protocol.Length == 0 || !Directory.Exists(folder) || Directory.Exists(Path.Combine(folder, protocol))) return;
        map.Error("protocol", StudyCodes.UnknownName, $"there is no protocol '{protocol}'", "a protocol is a folder beside the clinical tables", Suggestion.For(protocol, Directory.EnumerateDirectories(folder).Select(d => Path.GetFileName(d)!)));
    }
}

using System.Globalization;
using Marrow.Networks.Diagnostics;
using Marrow.Trials.Studies;

namespace Marrow.Exchange.Petab;

/// <summary>The files that belong to one model of a problem; paths are complete.</summary>
internal sealed record PetabFileSet(
    string Model, IReadOnlyList<string> Conditions, IReadOnlyList<string> Experiments, IReadOnlyList<string> Measurements,
    IReadOnlyList<string> Observables, IReadOnlyList<string> Mappings);

/// <summary>What the YAML file of a problem names.</summary>
/// <param name="Version">1 or 2.</param>
/// <param name="Parameters">Tables of parameters.</param>
/// <param name="Sets">The models with their files.</param>
internal sealed record PetabFiles(int Version, IReadOnlyList<string> Parameters, IReadOnlyList<PetabFileSet> Sets)
{
    private const string FormatVersion = "format_version";

    /// <summary>Whether a YAML file has the keys of a problem.</summary>
    public static bool Recognises(string path) =>
        YamlSource.ReadFile(path, new DiagnosticBag()) is { } map && map.Has(FormatVersion) && (map.Has("problems") || map.Has("model_files") || map.Has("measurement_files"));

    /// <summary>Reads a file; null, with the problems reported, if it names no models.</summary>
    public static PetabFiles? Read(string path, DiagnosticBag bag)
    {
        if (YamlSource.ReadFile(path, bag) is not { } map) return null;
        var text = map.Text(FormatVersion);
        var version = text.Split('.')[0];
        var files = version switch
        {
            "1" => First(map),
            "2" => Second(map),
            _ => null,
        };
        if (files is null && text.Length > 0 && version is not ("1" or "2")) map.Error(FormatVersion, PetabCodes.Version, $"format_version is {text}");
        return files;
    }

    private static PetabFiles First(YamlMap map)
    {
        var sets = new List<PetabFileSet>();
        foreach (var problem in map.Maps("problems"))
        {
            var models = Paths(problem, "sbml_files");
            if (models.Count > 1) problem.Error("sbml_files", PetabCodes.Models, $"one entry of 'problems' names {models.Count} SBML files");
            sets.Add(new PetabFileSet(models.FirstOrDefault(""), Paths(problem, "condition_files"), [], Paths(problem, "measurement_files"), Paths(problem, "observable_files"), []));
            Unknown(problem, "sbml_files", "condition_files", "measurement_files", "observable_files", "visualization_files", "mapping_files");
        }
        Extensions(map);
        Unknown(map, FormatVersion, "problems", "parameter_file", "extensions");
        return new PetabFiles(1, Paths(map, "parameter_file"), sets);
    }

    private static PetabFiles? Second(YamlMap map)
    {
        Extensions(map);
        Unknown(map, FormatVersion, "id", "model_files", "parameter_files", "condition_files", "experiment_files", "measurement_files", "observable_files", "mapping_files", "visualization_files", "extensions");
        if (map.Map("model_files") is not { } models) return null;
        string[] names = [.. models.Keys];
        if (names.Length > 1) map.Error("model_files", PetabCodes.Models, $"the problem has {names.Length.ToString(CultureInfo.InvariantCulture)} models");
        if (names.Length == 0) map.Error("model_files", PetabCodes.BadProblem, "the problem has no model");
        if (names.Length == 0 || models.Map(names[0]) is not { } model) return null;
        var language = model.Text("language");
        if (language is not ("sbml" or "")) model.Error("language", PetabCodes.Language, $"the language of model '{names[0]}' is '{language}'");
        var location = model.Text("location");
        var set = new PetabFileSet(
            location.Length > 0 ? Beside(map, location) : "", Paths(map, "condition_files", required: false), Paths(map, "experiment_files", required: false),
            Paths(map, "measurement_files"), Paths(map, "observable_files"), Paths(map, "mapping_files", required: false));
        return new PetabFiles(2, Paths(map, "parameter_files"), [set]);
    }

    /// <summary>Paths are shown as the user would type them, so that messages and editors find them.</summary>
    private static IReadOnlyList<string> Paths(YamlMap map, string key, bool required = true) =>
        [.. map.Texts(key, required).Select(file => Beside(map, file))];

    private static string Beside(YamlMap map, string file) => Path.Combine(Path.GetDirectoryName(map.Source.File) ?? "", file);

    private static void Extensions(YamlMap map)
    {
        if (!map.HasMap("extensions") || map.Map("extensions") is not { } extensions) return;
        foreach (var name in extensions.Keys)
        {
            if (extensions.HasMap(name) && extensions.Map(name)!.TextOrNull("required") is "true") extensions.Error(name, PetabCodes.Extension, $"extension '{name}'");
        }
    }

    private static void Unknown(YamlMap map, params string[] known)
    {
        foreach (var key in map.Keys.Except(known))
            map.Source.Bag.Warn(PetabCodes.BadProblem, $"unknown key '{key}' in {map.Name}", map.WhereOf(key), "it is read past", Spelling.Hint(key, known, "removing it"));
    }
}

using System.Reflection;
using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;

namespace Marrow.Trials.Studies;

/// <summary>Hashes of everything that a run depends on.</summary>
internal static partial class InputHashes
{
    /// <summary>SHA-256 of every input file of a study, imported modules and clinical tables included, by path relative to the study.</summary>
    public static IReadOnlyList<InputHash> Of(Study study)
    {
        var files = new SortedSet<string>(StringComparer.Ordinal);
        foreach (var file in study.InputFiles) files.Add(Path.GetFullPath(file));
        AddImports(Path.GetFullPath(study.ModelFile), files);
        foreach (var file in Directory.EnumerateFiles(study.ClinicalFolder, "*", SearchOption.AllDirectories)) files.Add(Path.GetFullPath(file));
        return Hashes(files, Path.GetDirectoryName(Path.GetFullPath(study.File))!);
    }

    /// <summary>SHA-256 of files, those that models import included, by path relative to a folder.</summary>
    public static IReadOnlyList<InputHash> OfFiles(IEnumerable<string> inputs, string folder)
    {
        var files = new SortedSet<string>(StringComparer.Ordinal);
        foreach (var file in inputs.Select(Path.GetFullPath))
        {
            files.Add(file);
            if (Path.GetExtension(file) == ".ant") AddImports(file, files);
        }
        return Hashes(files, folder);
    }

    /// <summary>One hash of every model, population and regimen below a root, of seed and program.</summary>
    public static string OfFolder(string root, ulong seed)
    {
        string[] folders = [Path.Combine(root, "models"), Path.Combine(root, "studies")];
        var files = folders.Where(Directory.Exists).SelectMany(f => Directory.EnumerateFiles(f, "*", SearchOption.AllDirectories))
            .Where(f => Path.GetExtension(f) is ".ant" or ".csv" or ".yaml");
        return Key(Hashes(new SortedSet<string>(files, StringComparer.Ordinal), root), seed);
    }

    private static IReadOnlyList<InputHash> Hashes(SortedSet<string> files, string folder) =>
        [.. files.Select(f => new InputHash(Path.GetRelativePath(folder, f).Replace('\\', '/'), Hash(File.ReadAllBytes(f))))];

    /// <summary>One hash of inputs, seed, program and whatever else was chosen: results under equal keys are equal.</summary>
    public static string Key(IReadOnlyList<InputHash> inputs, ulong seed, string choices = "")
    {
        var text = new StringBuilder();
        foreach (var input in inputs) text.Append(input.File).Append(' ').Append(input.Sha256).Append('\n');
        text.Append("seed ").Append(seed).Append('\n').Append(choices);
        foreach (var assembly in Programs) text.Append(assembly.GetName().Name).Append(' ').Append(assembly.ManifestModule.ModuleVersionId).Append('\n');
        return Hash(Encoding.UTF8.GetBytes(text.ToString()));
    }

    /// <summary>The assemblies whose code makes the results.</summary>
    public static IReadOnlyList<Assembly> Programs { get; } =
        [typeof(Numerics.Ode.LaneStepper).Assembly, typeof(Networks.Diagnostics.Diagnostic).Assembly, typeof(Study).Assembly];

    private static void AddImports(string file, SortedSet<string> files)
    {
        foreach (Match match in ImportLine().Matches(File.ReadAllText(file)))
        {
            var imported = Path.GetFullPath(Path.Combine(Path.GetDirectoryName(file)!, match.Groups[1].Value));
            if (File.Exists(imported) && files.Add(imported)) AddImports(imported, files);
        }
    }

    private static string Hash(byte[] bytes) => Convert.ToHexStringLower(SHA256.HashData(bytes));

    [GeneratedRegex("^\\s*import\\s+\"([^\"]+)\"", RegexOptions.Multiline)]
    private static partial Regex ImportLine();
}

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
        var folder = Path.GetDirectoryName(Path.GetFullPath(study.File))!;
        return [.. files.Select(f => new InputHash(Path.GetRelativePath(folder, f).Replace('\\', '/'), Hash(File.ReadAllBytes(f))))];
    }

    /// <summary>One hash of inputs, seed and program: results under equal keys are equal.</summary>
    public static string Key(IReadOnlyList<InputHash> inputs, ulong seed)
    {
        var text = new StringBuilder();
        foreach (var input in inputs) text.Append(input.File).Append(' ').Append(input.Sha256).Append('\n');
        text.Append("seed ").Append(seed).Append('\n');
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

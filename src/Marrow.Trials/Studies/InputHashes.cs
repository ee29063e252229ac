using System.Reflection;
using System.Security.Cryptography;
using System.Text;
using Marrow.Networks.Shipped;

namespace Marrow.Trials.Studies;

/// <summary>Hashes of everything that a run depends on.</summary>
internal static class InputHashes
{
    /// <summary>SHA-256 of every input file of a study, imported modules and clinical tables included, by path relative to the study; what
    /// comes with Marrow goes by its name (marrow:...), unless the study does so too.</summary>
    public static IReadOnlyList<InputHash> Of(Study study)
    {
        var files = new SortedSet<string>(StringComparer.Ordinal);
        foreach (var file in study.InputFiles) files.Add(Path.GetFullPath(file));
        files.UnionWith(ModelImports.Closure(study.ModelFile));
        // What a population extends, and its tables of subtypes, are where its numbers stand.
        foreach (var number in study.Parts.Population.Numbers) files.Add(Path.GetFullPath(number.Where.File));
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
            if (Path.GetExtension(file) == ".ant") files.UnionWith(ModelImports.Closure(file));
        }
        return Hashes(files, folder);
    }

    /// <summary>One hash of every model, population and regimen below a root, of seed and program.</summary>
    public static string OfFolder(string root, ulong seed)
    {
        string[] folders = [Path.Combine(root, "models"), Path.Combine(root, "studies")];
        var files = folders.Where(Directory.Exists).SelectMany(f => Directory.EnumerateFiles(f, "*", SearchOption.AllDirectories))
            .Where(f => Path.GetExtension(f) is ".ant" or ".csv" or ".yaml");
        return Key([.. new SortedSet<string>(files, StringComparer.Ordinal).Select(f => new InputHash(Relative(root, f), Hash(File.ReadAllBytes(f))))], seed);
    }

    private static IReadOnlyList<InputHash> Hashes(SortedSet<string> files, string folder)
    {
        // Where an installation lies must not change the key of a run.
        var own = ShippedFiles.NameOf(Path.Combine(folder, "_")) is not null;
        return [.. files.Select(f => new InputHash((own ? null : ShippedFiles.NameOf(f)) ?? Relative(folder, f), Hash(File.ReadAllBytes(f)))).OrderBy(h => h.File, StringComparer.Ordinal)];
    }

    private static string Relative(string folder, string file) => Path.GetRelativePath(folder, file).Replace('\\', '/');

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

    private static string Hash(byte[] bytes) => Convert.ToHexStringLower(SHA256.HashData(bytes));
}

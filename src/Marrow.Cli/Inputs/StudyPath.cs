using Marrow.Networks.Diagnostics;
using Marrow.Networks.Shipped;

namespace Marrow.Cli.Inputs;

/// <summary>Finds the study that a command line means.</summary>
internal static class StudyPath
{
    private const string StudiesFolder = "studies";
    private const string StudyOfFolder = "study.yaml";

    /// <summary>The path of the study file, or null with a problem in <paramref name="bag"/>. A file is taken as it is, a folder
    /// stands for the study in it, and a bare name is looked for among the studies of the current folder and of this installation.</summary>
    internal static string? Find(string given, DiagnosticBag bag)
    {
        if (ShippedFiles.IsReference(given)) return InputFile.Find(given, bag);
        if (File.Exists(given)) return given;
        if (Directory.Exists(given) && File.Exists(Path.Combine(given, StudyOfFolder))) return Path.Combine(given, StudyOfFolder);
        var folders = StudyFolders().ToList();
        foreach (var folder in folders)
        {
            foreach (var name in new[] { given, given + ".yaml", Path.GetRelativePath(StudiesFolder, given) })
            {
                if (File.Exists(Path.Combine(folder, name))) return Path.Combine(folder, name);
            }
        }
        var known = folders.SelectMany(folder => Directory.EnumerateFiles(folder, "*.yaml")).Select(path => Path.GetFileNameWithoutExtension(path)!).Distinct();
        bag.Add(CommandErrors.FileMissing.At(new SourceSpan(given, 0, 0, 1), "no such study", Spelling.Hint(Path.GetFileNameWithoutExtension(given), known, CommandErrors.FileMissing.Cure)));
        return null;
    }

    private static IEnumerable<string> StudyFolders()
    {
        if (Directory.Exists(StudiesFolder)) yield return StudiesFolder;
        if (ShippedFiles.Folder(StudiesFolder) is { } shipped) yield return shipped;
    }
}

using Marrow.Networks.Diagnostics;
using Marrow.Networks.Provenance;

namespace Marrow.Cli.Inputs;

/// <summary>Finds a model and the tables that hold its numbers.</summary>
internal static class ModelSource
{
    private const string CommonTable = "parameters.csv";

    /// <summary>Reads a model. Its tables are those named, or else the <c>parameters.csv</c> of the nearest folder above and the table of
    /// the model's own name beside it. A model below a <c>parameters.csv</c> is held to the rules of Marrow's own models, where every
    /// number needs unit and source; in a user's own model what is missing is a warning.</summary>
    internal static LoadedModel? Load(string path, IReadOnlyList<string> tables, DiagnosticBag bag)
    {
        var common = CommonTableAbove(path);
        var own = Path.ChangeExtension(path, ".csv");
        IReadOnlyList<string> files = tables.Count > 0 ? tables : [.. new[] { common, own }.OfType<string>().Where(File.Exists)];
        foreach (var file in files.Prepend(path).Where(file => !File.Exists(file)))
            bag.Add(CommandErrors.FileMissing.At(new SourceSpan(file, 0, 0, 1), "no such file"));
        return bag.HasErrors ? null : ModelLoader.Load(path, files, bag, strict: common is not null);
    }

    private static string? CommonTableAbove(string path)
    {
        for (var folder = Path.GetDirectoryName(Path.GetFullPath(path)); folder is not null; folder = Path.GetDirectoryName(folder))
        {
            if (File.Exists(Path.Combine(folder, CommonTable))) return Path.Combine(folder, CommonTable);
        }
        return null;
    }
}

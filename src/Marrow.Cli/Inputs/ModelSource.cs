using Marrow.Networks.Diagnostics;
using Marrow.Networks.Provenance;

namespace Marrow.Cli.Inputs;

/// <summary>Finds a model and the tables that hold its numbers.</summary>
internal static class ModelSource
{
    private const string CommonTable = "parameters.csv";

    /// <summary>Reads a model. Where a table of the model's own name stands beside it, its tables are the <c>parameters.csv</c> of the
    /// nearest folder above and that one, and the rules of Marrow's own models hold: every number needs unit and source. Tables may
    /// be named instead. A model without tables is a user's own, in which what is missing is a warning.</summary>
    internal static LoadedModel? Load(string path, IReadOnlyList<string> named, DiagnosticBag bag)
    {
        var own = Path.ChangeExtension(path, ".csv");
        var common = CommonTableAbove(path);
        IReadOnlyList<string> tables = named.Count > 0 ? named : File.Exists(own) ? [.. new[] { common, own }.OfType<string>()] : [];
        foreach (var file in tables.Prepend(path).Where(file => !File.Exists(file)))
            bag.Add(CommandErrors.FileMissing.At(new SourceSpan(file, 0, 0, 1), "no such file"));
        return bag.HasErrors ? null : ModelLoader.Load(path, tables, bag, strict: tables.Count > 0 && common is not null);
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

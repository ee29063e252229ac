using CsvHelper;
using Marrow.Networks.Diagnostics;
using Marrow.Networks.Shipped;

namespace Marrow.Networks.Provenance;

/// <summary>Finds the tables that hold the numbers of a model.</summary>
public static class ModelTables
{
    /// <summary>Name of the list of tables of a folder of models.</summary>
    internal const string ListName = "tables.csv";

    private const string CommonName = "parameters.csv";

    /// <summary>All tables of a model: those above it, then the table of its own name beside it. A model that imports shipped files stands
    /// on their tables, with or without one of its own.</summary>
    /// <param name="modelPath">The Antimony file.</param>
    /// <param name="bag">Receives every problem of the list.</param>
    /// <returns>The paths, in the order in which they are laid over one another; none if the model has no table of its own or nothing is
    /// above it: it is then not one of Marrow's own kind.</returns>
    public static IReadOnlyList<string> Of(string modelPath, DiagnosticBag bag)
    {
        // A name that is missing has been reported where it is missing.
        if (modelPath.Length == 0) return [];
        var own = Path.ChangeExtension(modelPath, ".csv");
        // Without common tables a file of the model's name is more likely the result of a simulation.
        var common = Common(modelPath, bag);
        return common.Count > 0 && File.Exists(own) ? [.. common, own] : common.Count > 0 && ModelImports.Shipped(modelPath).Count > 0 ? common : [];
    }

    /// <summary>The tables that a model shares with others: those that the nearest <c>tables.csv</c> above it lists (columns <c>table</c>,
    /// <c>holds</c>; paths relative to the list), or the nearest <c>parameters.csv</c> where there is no list. Below
    /// neither, the tables of the shipped files that it imports.</summary>
    /// <param name="modelPath">The Antimony file.</param>
    /// <param name="bag">Receives every problem of the list.</param>
    public static IReadOnlyList<string> Common(string modelPath, DiagnosticBag bag)
    {
        for (var folder = Path.GetDirectoryName(Path.GetFullPath(modelPath)); folder is not null; folder = Path.GetDirectoryName(folder))
        {
            var list = Path.Combine(folder, ListName);
            if (File.Exists(list)) return Listed(list, bag);
            var common = Path.Combine(folder, CommonName);
            if (File.Exists(common)) return [common];
        }
        return [.. ModelImports.Shipped(modelPath).SelectMany(shipped => Of(shipped, bag) is { Count: > 0 } all ? all : Common(shipped, bag)).Distinct(StringComparer.Ordinal)];
    }

    private static List<string> Listed(string list, DiagnosticBag bag)
    {
        var tables = new List<string>();
        var reporter = new Reporter(bag);
        try
        {
            using var csv = CsvReader.FromFile(list, new CsvReaderOptions { CommentPrefix = '#', TrimWhitespace = true, TrackLineNumbers = true });
            if (!csv.Headers.Contains("table"))
            {
                reporter.Error(ErrorCodes.BadTable, new SourceSpan(list, 1, 0, 1), "the column 'table' is missing", "", "table,holds");
                return tables;
            }
            while (csv.Read())
            {
                var name = csv.GetString("table");
                var path = Path.Combine(Path.GetDirectoryName(list)!, name);
                if (!File.Exists(path)) reporter.Error(ErrorCodes.BadTable, new SourceSpan(list, (int)csv.LineNumber, 0, 1), $"the table '{name}' does not exist", "paths are relative to the list");
                else tables.Add(path);
            }
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or CsvFormatException)
        {
            reporter.Error(ErrorCodes.BadTable, new SourceSpan(list, 0, 0, 1), $"cannot read '{list}'", e.Message);
        }
        return tables;
    }
}

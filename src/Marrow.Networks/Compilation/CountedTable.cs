using System.Globalization;
using CsvHelper;
using Marrow.Networks.Diagnostics;
using Marrow.Networks.Shipped;
using Marrow.Networks.Structure;

namespace Marrow.Networks.Compilation;

/// <summary>Reads the table that marks species as counted while they are few (group, species, below, above, note).</summary>
public static class CountedTable
{
    /// <summary>Where the table of a folder of models lies.</summary>
    private const string Place = "modules/counted.csv";
    private static readonly string[] Columns = ["group", "species", "below", "above", "note"];

    /// <summary>The table that belongs to a model: <c>modules/counted.csv</c> in the nearest folder above it that has one, or above
    /// the shipped files that it imports; null if none has.</summary>
    public static string? Above(string modelPath)
    {
        for (var folder = Path.GetDirectoryName(Path.GetFullPath(modelPath)); folder is not null; folder = Path.GetDirectoryName(folder))
            if (File.Exists(Path.Combine(folder, Place))) return Path.GetFullPath(Path.Combine(folder, Place));
        return ModelImports.Shipped(modelPath).Select(Above).FirstOrDefault(table => table is not null);
    }

    /// <summary>The populations of a table that a network has.</summary>
    /// <param name="path">The table: group, species (separated by blanks), thresholds below and above in cells, note.</param>
    /// <param name="network">The network; a group none of whose species it has is passed over.</param>
    /// <param name="bag">Receives every problem.</param>
    public static IReadOnlyList<CountedPopulation> Read(string path, ReactionNetwork network, DiagnosticBag bag)
    {
        ArgumentNullException.ThrowIfNull(network);
        ArgumentNullException.ThrowIfNull(bag);
        var reporter = new Reporter(bag);
        var populations = new List<CountedPopulation>();
        var species = network.Species.Select(s => s.Id).ToHashSet(StringComparer.Ordinal);
        try
        {
            using var csv = CsvReader.FromFile(path, new CsvReaderOptions { TrackLineNumbers = true, CommentPrefix = '#', TrimWhitespace = true });
            string[] missing = [.. Columns.Where(c => !csv.Headers.Contains(c))];
            if (missing.Length > 0) reporter.Error(ErrorCodes.BadTable, new SourceSpan(path, 1, 0, 1), $"columns missing: {string.Join(", ", missing)}", "", string.Join(',', Columns));
            while (missing.Length == 0 && csv.Read())
            {
                if (Row(csv, new SourceSpan(path, (int)csv.LineNumber, 0, 1), species, reporter) is { } population) populations.Add(population);
            }
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or CsvFormatException or IndexOutOfRangeException)
        {
            reporter.Error(ErrorCodes.BadTable, new SourceSpan(path, 0, 0, 1), $"cannot read '{path}'", e.Message);
        }
        return populations;
    }

    private static CountedPopulation? Row(CsvReader csv, SourceSpan where, HashSet<string> known, Reporter reporter)
    {
        double Cells(string column)
        {
            var text = csv.GetString(column);
            if (double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var value) && value >= 0 && double.IsFinite(value)) return value;
            reporter.Error(ErrorCodes.NotANumber, where, $"{column} is '{text}'", "", "a number of cells");
            return 0;
        }

        var names = csv.GetString("species").Split(' ', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        var population = new CountedPopulation(csv.GetString("group"), names, Cells("below"), Cells("above"));
        string[] absent = [.. names.Where(n => !known.Contains(n))];
        if (population.Name.Length == 0) reporter.Error(ErrorCodes.BadTable, where, "a row without group");
        if (csv.GetString("note").Length == 0) reporter.Error(ErrorCodes.BadTable, where, $"'{population.Name}' has no note", "", "why it is counted and where the thresholds come from");
        if (absent.Length == names.Length) return null;
        if (absent.Length > 0)
            reporter.Error(ErrorCodes.BadTable, where, $"'{population.Name}': there is no species {string.Join(", ", absent)}", "the others of the row exist", Spelling.Hint(absent[0], known, "removing it"));
        return population;
    }
}

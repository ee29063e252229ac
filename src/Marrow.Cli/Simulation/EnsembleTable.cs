using System.Globalization;
using CsvHelper;
using Marrow.Networks.Diagnostics;
using Marrow.Networks.Simulation;
using Marrow.Networks.Structure;

namespace Marrow.Cli.Simulation;

/// <summary>The table of <c>--ensemble</c>: a row a patient, a column a value of the model.</summary>
/// <param name="Ids">Identifiers of the rows: the column <c>id</c>, or their numbers.</param>
/// <param name="Names">Parameters, compartments and species that the columns set.</param>
/// <param name="Values">Values, row by row in the order of the names.</param>
internal sealed record EnsembleTable(IReadOnlyList<string> Ids, IReadOnlyList<string> Names, IReadOnlyList<double[]> Values)
{
    private const string Id = "id";

    /// <summary>Reads the table; null if there are problems, all of which go to <paramref name="bag"/>.</summary>
    internal static EnsembleTable? Read(string path, ReactionNetwork network, DiagnosticBag bag)
    {
        var before = bag.Items.Count;
        try
        {
            using var csv = CsvReader.FromFile(path, new CsvReaderOptions { TrackLineNumbers = true, CommentPrefix = '#' });
            string[] header = [.. csv.Headers];
            string[] names = [.. header.Where(h => h != Id)];
            CheckNames(path, header, names, network, bag);
            var (ids, values) = (new List<string>(), new List<double[]>());
            while (csv.Read())
            {
                var where = new SourceSpan(path, (int)csv.LineNumber, 1, 1);
                ids.Add(header.Contains(Id) ? csv.GetString(Id) : (ids.Count + 1).ToString(CultureInfo.InvariantCulture));
                values.Add([.. names.Select(name => Number(csv.GetString(name), name, where, bag))]);
            }
            CheckIds(path, ids, bag);
            return bag.Items.Skip(before).Any(d => d.Severity == Severity.Error) ? null : new EnsembleTable(ids, names, values);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or CsvFormatException or IndexOutOfRangeException)
        {
            bag.Add(CommandErrors.BadEnsemble.At(new SourceSpan(path, 0, 0, 1), $"cannot read '{path}': {e.Message}"));
            return null;
        }
    }

    private static void CheckNames(string path, string[] header, string[] names, ReactionNetwork network, DiagnosticBag bag)
    {
        var where = new SourceSpan(path, 1, 1, 1);
        foreach (var twice in header.GroupBy(h => h).Where(g => g.Count() > 1)) bag.Add(CommandErrors.BadEnsemble.At(where, $"column '{twice.Key}' stands twice"));
        if (names.Length == 0) bag.Add(CommandErrors.BadEnsemble.At(where, "no column names a value of the model"));
        foreach (var name in names.Where(name => !OpenStarts.Can(network, name)))
        {
            bag.Add(CommandErrors.BadEnsemble.At(where, network.AssignmentRules.Any(r => r.Variable == name)
                ? $"a rule computes '{name}' at all times, so that a column cannot set it" : $"'{name}' is no parameter, species or compartment of {network.Name}",
                Spelling.Hint(name, OpenStarts.All(network), CommandErrors.BadEnsemble.Cure)));
        }
    }

    private static void CheckIds(string path, List<string> ids, DiagnosticBag bag)
    {
        if (ids.Count == 0) bag.Add(CommandErrors.BadEnsemble.At(new SourceSpan(path, 1, 1, 1), "the table has no row"));
        foreach (var twice in ids.GroupBy(id => id).Where(g => g.Count() > 1)) bag.Add(CommandErrors.BadEnsemble.At(new SourceSpan(path, 0, 0, 1), $"id '{twice.Key}' stands {twice.Count()} times"));
        foreach (var odd in ids.Where(id => id.Contains(',', StringComparison.Ordinal) || id.Contains('"', StringComparison.Ordinal) || id.Contains('\n', StringComparison.Ordinal)))
            bag.Add(CommandErrors.BadEnsemble.At(new SourceSpan(path, 0, 0, 1), $"id '{odd}' has a comma, a quote or a line break"));
    }

    private static double Number(string text, string name, SourceSpan where, DiagnosticBag bag)
    {
        if (double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var value) && double.IsFinite(value)) return value;
        bag.Add(CommandErrors.BadEnsemble.At(where, $"'{text}' in column {name} is not a finite number"));
        return double.NaN;
    }
}

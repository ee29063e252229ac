using System.Globalization;
using CsvHelper;
using Marrow.Networks.Diagnostics;

namespace Marrow.Trials.Clinical;

/// <summary>A comma-separated table with named columns, read with the line of every row so that each problem can show its place.</summary>
internal sealed class ClinicalTable
{
    private ClinicalTable(IReadOnlyList<ClinicalRow> rows) => Rows = rows;

    /// <summary>Rows in the order of the file.</summary>
    public IReadOnlyList<ClinicalRow> Rows { get; }

    /// <summary>Reads a table; if that is impossible the problem is reported and the table is empty.</summary>
    /// <param name="path">The table.</param>
    /// <param name="columns">Columns that it must have.</param>
    /// <param name="bag">Every problem found.</param>
    /// <param name="optional">Columns that it may have; empty text where it has not.</param>
    public static ClinicalTable Load(string path, IReadOnlyList<string> columns, DiagnosticBag bag, IReadOnlyList<string>? optional = null)
    {
        var rows = new List<ClinicalRow>();
        try
        {
            using var csv = CsvReader.FromFile(path, new CsvReaderOptions { TrackLineNumbers = true, CommentPrefix = '#' });
            var header = csv.Headers.ToArray();
            var missing = columns.Except(header, StringComparer.Ordinal).ToArray();
            if (missing.Length > 0)
            {
                bag.Error(ClinicalCodes.WrongColumns, $"column{(missing.Length > 1 ? "s" : "")} {string.Join(", ", missing)} missing",
                    new SourceSpan(path, 1, 1, 1), "", $"make the first line '{string.Join(',', columns)}'");
                return new ClinicalTable([]);
            }

            while (csv.Read())
            {
                var fields = columns.ToDictionary(c => c, c => csv.GetString(c), StringComparer.Ordinal);
                foreach (var column in optional ?? []) fields[column] = header.Contains(column) ? csv.GetString(column) : "";
                rows.Add(new ClinicalRow(new SourceSpan(path, (int)csv.LineNumber, 1, 1), fields, bag));
            }
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or CsvFormatException or IndexOutOfRangeException)
        {
            bag.Error(ClinicalCodes.Unreadable, $"cannot read '{path}'", new SourceSpan(path, 0, 0, 1), e.Message, "check the path, and the commas and quotes of each row");
        }

        return new ClinicalTable(rows);
    }
}

/// <summary>A row of a <see cref="ClinicalTable"/>. Problems are reported and replaced by harmless values, so that reading finds all of them.</summary>
internal sealed class ClinicalRow(SourceSpan where, IReadOnlyDictionary<string, string> fields, DiagnosticBag bag)
{
    /// <summary>Place of the row.</summary>
    public SourceSpan Where { get; } = where;

    /// <summary>Where problems go.</summary>
    public DiagnosticBag Bag { get; } = bag;

    /// <summary>Text of a column.</summary>
    public string Text(string column) => fields[column];

    /// <summary>Number of a column, within limits.</summary>
    public double Number(string column, double lower = double.NegativeInfinity, double upper = double.PositiveInfinity) =>
        NumberOrNull(column, lower, upper) ?? Missing(column);

    /// <summary>Number of a column, within limits; null if it is empty.</summary>
    public double? NumberOrNull(string column, double lower = double.NegativeInfinity, double upper = double.PositiveInfinity)
    {
        var text = fields[column];
        if (text.Length == 0) return null;
        if (!double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var value) || !double.IsFinite(value))
        {
            Bag.Error(ClinicalCodes.BadNumber, $"'{text}' in column {column} is not a number", Where);
            return double.NaN;
        }

        if (value < lower || value > upper)
            Bag.Error(ClinicalCodes.BadNumber, string.Create(CultureInfo.InvariantCulture, $"{column} is {value}, outside {lower} to {upper}"), Where);
        return value;
    }

    /// <summary>Reports the unit if it is not the one the rules compute in.</summary>
    public void RequireUnit(string name, string expected)
    {
        if (!string.Equals(Text("unit"), expected, StringComparison.Ordinal))
            Bag.Error(ClinicalCodes.WrongUnit, $"{name} is in '{Text("unit")}'", Where, $"the rules compute in '{expected}'", $"convert the value to {expected}");
    }

    /// <summary>The row's number with its provenance; reports what is missing.</summary>
    public ClinicalValue Sourced(string id, double value)
    {
        var text = Text("kind");
        var source = Text("source");
        var note = Text("note");
        if (!Enum.TryParse<ValueKind>(text, ignoreCase: true, out var kind) || char.IsDigit(text[0]))
            Bag.Error(ClinicalCodes.NoProvenance, $"kind '{text}' of {id} is not measured, fitted or assumed", Where);
        else if (kind == ValueKind.Assumed && note.Length == 0)
            Bag.Error(ClinicalCodes.NoProvenance, $"{id} is assumed without a reason", Where, "", "write the reason into 'note'");
        else if (kind != ValueKind.Assumed && source.Length == 0)
            Bag.Error(ClinicalCodes.NoProvenance, $"{id} is {text} but names no source", Where, "", "write a DOI or address into 'source', or make it 'assumed' with a reason in 'note'");
        if (Text("unit").Length == 0)
            Bag.Error(ClinicalCodes.WrongUnit, $"{id} has no unit", Where, "", "write 1 for a pure number");
        return new ClinicalValue(id, value, Text("unit"), kind, source, note, Where.File, Where.Line);
    }

    private double Missing(string column)
    {
        Bag.Error(ClinicalCodes.BadNumber, $"column {column} is empty", Where);
        return double.NaN;
    }
}

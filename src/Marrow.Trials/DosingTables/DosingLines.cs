using System.Globalization;
using CsvHelper;
using Marrow.Networks.Diagnostics;

namespace Marrow.Trials.DosingTables;

/// <summary>The lines of a table as cells, with the place of each cell for messages.</summary>
internal sealed class DosingLines(string file, string text, DiagnosticBag bag) : IDisposable
{
    private readonly string[] _lines = text.TrimStart('\uFEFF').ReplaceLineEndings("\n").Split('\n');
    private CsvReader? _csv;
    private int _headerLine;

    /// <summary>Headings, without blanks around them.</summary>
    public IReadOnlyList<string> Header { get; private set; } = [];

    public bool ReadHeader()
    {
        _headerLine = Array.FindIndex(_lines, l => l.Trim().Length > 0 && !l.StartsWith('#')) + 1;
        if (_headerLine == 0)
        {
            bag.Error(DosingCodes.BadTable, "the table is empty", new SourceSpan(file, 1, 1, 1));
            return false;
        }
        _csv = CsvReader.FromText(string.Join('\n', _lines), new CsvReaderOptions
        {
            Separator = ',',
            CommentPrefix = '#',
            TrimWhitespace = true,
            TrackLineNumbers = true,
            FieldCountMismatch = CsvFieldCountHandling.Skip,
            OnMalformedRecord = Malformed,
        });
        Header = [.. _csv.Headers.Select(h => h.Trim())];
        return true;
    }

    /// <summary>Goes to the next row; false at the end.</summary>
    public bool ReadRow() => _csv!.Read();

    /// <summary>The text of a cell; empty where the column is missing.</summary>
    public string Text(int column) => column < 0 ? "" : _csv!.GetString(column).Trim();

    /// <summary>A cell as a number; null where it is missing ('.' or empty), or none.</summary>
    public double? Number(int column)
    {
        var cell = Text(column);
        var value = Parse(cell, out var good);
        if (good) return value;
        Error(DosingCodes.BadCell, column, $"{Header[column]} is '{cell}'", "it is not a number");
        return null;
    }

    /// <summary>A cell as a number; null where it is missing.</summary>
    /// <param name="cell">Its text.</param>
    /// <param name="good">False if it is neither.</param>
    public static double? Parse(string cell, out bool good)
    {
        good = cell is "" or "." or "NA";
        if (good) return null;
        good = double.TryParse(cell, NumberStyles.Float, CultureInfo.InvariantCulture, out var value) && double.IsFinite(value);
        return good ? value : null;
    }

    public void Dispose() => _csv?.Dispose();

    public void Error(ErrorCode code, int column, string what, string why = "", string remedy = "")
    {
        var where = Place(column);
        bag.Error(code, what, where, why, remedy, SourceLine(where.Line));
    }

    /// <summary>Place of a cell of the present row.</summary>
    public SourceSpan Place(int column) => Place((int)_csv!.LineNumber, column);

    /// <summary>Place of a heading.</summary>
    public SourceSpan HeaderPlace(int column) => Place(_headerLine, column);

    private string? SourceLine(int line) => line >= 1 && line <= _lines.Length ? _lines[line - 1] : null;

    private SourceSpan Place(int line, int column)
    {
        if (SourceLine(line) is not { } source || column < 0) return new SourceSpan(file, line, 1, 1);
        int at = 0, start = 0;
        for (var quoted = false; at < source.Length; at++)
        {
            if (source[at] == '"') quoted = !quoted;
            if (source[at] != ',' || quoted) continue;
            if (column-- == 0) break;
            start = at + 1;
        }
        while (start < at && source[start] == ' ') start++;
        return new SourceSpan(file, line, start + 1, Math.Max(1, at - start));
    }

    private void Malformed(CsvMalformedRecord bad)
    {
        var where = new SourceSpan(file, (int)bad.LineNumber, 1, 1);
        if (bad.Reason == CsvMalformedReason.FieldCountMismatch) bag.Error(DosingCodes.BadTable, $"the row has not as many cells as the header ({Header.Count})", where, "", "'.' for what is missing", SourceLine(where.Line));
        else bag.Error(DosingCodes.BadTable, "the quotes of the row do not match", where, "", "doubling a quote inside a quoted cell", SourceLine(where.Line));
    }
}

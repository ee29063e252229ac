using System.Globalization;
using Marrow.Networks.Diagnostics;

namespace Marrow.Exchange.Petab;

/// <summary>A table of a PEtab problem: lines of cells between tabs, without quoting (IANA text/tab-separated-values), the first with
/// the names of the columns. Blank lines are skipped, and blanks around a cell or quotes that enclose it whole are not part of it.</summary>
internal sealed class PetabTable
{
    private const long LargestFile = 256L << 20;

    private readonly Dictionary<string, int> _places;

    private PetabTable(string file, IReadOnlyList<string> columns, Dictionary<string, int> places) => (File, Columns, _places) = (file, columns, places);

    /// <summary>Path as the problem gives it.</summary>
    public string File { get; }

    /// <summary>Names of the columns, in order.</summary>
    public IReadOnlyList<string> Columns { get; }

    /// <summary>The rows, in order.</summary>
    public IReadOnlyList<PetabRow> Rows { get; private set; } = [];

    /// <summary>Place of the header.</summary>
    public SourceSpan Header { get; private init; }

    /// <summary>Place of a column, or -1.</summary>
    public int Place(string column) => _places.GetValueOrDefault(column, -1);

    /// <summary>Whether the table has the column.</summary>
    public bool Has(string column) => _places.ContainsKey(column);

    /// <summary>Reads a table; null, with the problem reported, if it cannot be read or lacks a column that it must have.</summary>
    public static PetabTable? Read(string path, IReadOnlyList<string> required, DiagnosticBag bag)
    {
        if (Lines(path, bag) is not { } lines) return null;
        var first = Array.FindIndex(lines, line => !string.IsNullOrWhiteSpace(line));
        if (first < 0)
        {
            bag.Error(PetabCodes.BadTable, "the table is empty", new SourceSpan(path, 1, 1, 1), "", $"the columns {string.Join(", ", required)}");
            return null;
        }
        string[] columns = [.. lines[first].Split('\t').Select(Bare)];
        var places = new Dictionary<string, int>(StringComparer.Ordinal);
        var header = new SourceSpan(path, first + 1, 1, 1);
        for (var i = 0; i < columns.Length; i++)
        {
            if (columns[i].Length > 0 && !places.TryAdd(columns[i], i)) bag.Error(PetabCodes.Duplicate, $"column '{columns[i]}' stands twice", header, "", "", lines[first]);
        }
        foreach (var column in required.Where(c => !places.ContainsKey(c)))
            bag.Error(PetabCodes.BadTable, $"column '{column}' is missing", header, "", Spelling.Nearest(column, columns) is { } near ? $"rename '{near}' to '{column}'" : $"the column '{column}'", lines[first]);
        var table = new PetabTable(path, columns, places) { Header = header };
        table.Rows = [.. table.RowsOf(lines, first + 1, bag)];
        return required.All(places.ContainsKey) ? table : null;
    }

    private IEnumerable<PetabRow> RowsOf(string[] lines, int from, DiagnosticBag bag)
    {
        for (var i = from; i < lines.Length; i++)
        {
            if (string.IsNullOrWhiteSpace(lines[i])) continue;
            var cells = lines[i].Split('\t');
            for (var k = 0; k < cells.Length; k++) cells[k] = Bare(cells[k]);
            var row = new PetabRow(this, i + 1, lines[i], cells);
            if (cells.Skip(Columns.Count).Any(c => c.Length > 0))
                bag.Error(PetabCodes.BadTable, $"the row has {cells.Length} cells, the header {Columns.Count}", row.Where(""), "", "one tab between two cells", lines[i]);
            yield return row;
        }
    }

    private static string[]? Lines(string path, DiagnosticBag bag)
    {
        try
        {
            if (new FileInfo(path) is { Exists: true, Length: > LargestFile })
            {
                bag.Error(PetabCodes.BadTable, $"'{path}' is larger than {LargestFile >> 20} MiB", new SourceSpan(path, 0, 0, 1), "", "several files");
                return null;
            }
            return System.IO.File.ReadAllText(path).ReplaceLineEndings("\n").Split('\n');
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            bag.Error(PetabCodes.BadTable, $"cannot read '{path}'", new SourceSpan(path, 0, 0, 1), e.Message, "the path, which is relative to the YAML file");
            return null;
        }
    }

    private static string Bare(string cell)
    {
        var text = cell.Trim(' ', '\r', '\uFEFF');
        return text.Length > 1 && text[0] == '"' && text[^1] == '"' ? text[1..^1].Trim() : text;
    }
}

/// <summary>A row of a table.</summary>
/// <param name="table">Its table.</param>
/// <param name="line">Its line, from 1.</param>
/// <param name="text">The line itself.</param>
/// <param name="cells">What stands between the tabs.</param>
internal sealed class PetabRow(PetabTable table, int line, string text, string[] cells)
{
    /// <summary>Whether its table has a column.</summary>
    public bool Has(string column) => table.Has(column);

    /// <summary>The line itself, for messages.</summary>
    public string Text => text;

    /// <summary>The text of a cell; empty where there is none.</summary>
    public string this[string column] => this[table.Place(column)];

    /// <summary>The text of a cell by place; empty where there is none.</summary>
    public string this[int place] => place >= 0 && place < cells.Length ? cells[place] : "";

    /// <summary>The text of a cell, where the words for "no number" count as empty, as the libraries of PEtab read them.</summary>
    public string Given(string column) => this[column] is var cell && IsNothing(cell) ? "" : cell;

    /// <summary>Whether a cell says that nothing is given.</summary>
    public static bool IsNothing(string cell) => cell.Length == 0 || cell.Equals("nan", StringComparison.OrdinalIgnoreCase);

    /// <summary>Place of a cell, or of the row.</summary>
    public SourceSpan Where(string column, int offset = 0, int length = 0)
    {
        var place = table.Place(column);
        if (place < 0 || place >= cells.Length) return new SourceSpan(table.File, line, 1, 1);
        var start = 0;
        for (var i = 0; i < place; i++) start = text.IndexOf('\t', start) + 1;
        var cell = cells[place];
        if (cell.Length > 0) start = Math.Max(start, text.IndexOf(cell, start, StringComparison.Ordinal));
        return new SourceSpan(table.File, line, start + offset + 1, length > 0 ? length : Math.Max(1, cell.Length - offset));
    }

    /// <summary>Reports an error at a cell.</summary>
    public void Error(string column, DiagnosticBag bag, ErrorCode code, string what, string why = "", string @try = "") =>
        bag.Error(code, what, Where(column), why, @try, text);

    /// <summary>Reports a warning at a cell.</summary>
    public void Warn(string column, DiagnosticBag bag, ErrorCode code, string what, string why = "", string @try = "") =>
        bag.Warn(code, what, Where(column), why, @try, text);

    /// <summary>The identifier in a cell; null, with the problem reported, if it is none.</summary>
    public string? Id(string column, DiagnosticBag bag)
    {
        var id = this[column];
        if (IsId(id)) return id;
        Error(column, bag, PetabCodes.BadId, id.Length == 0 ? $"{column} is empty" : $"{column} '{id}' is not an identifier");
        return null;
    }

    /// <summary>Whether a text is an identifier of PEtab.</summary>
    public static bool IsId(string text) => text.Length > 0 && !char.IsAsciiDigit(text[0]) && text.All(c => char.IsAsciiLetterOrDigit(c) || c == '_');

    /// <summary>The number in a cell, infinities included; null where it is empty or, with the problem reported, no number.</summary>
    public double? Number(string column, DiagnosticBag bag, bool required = false)
    {
        var cell = this[column];
        if (IsNothing(cell))
        {
            if (required) Error(column, bag, PetabCodes.BadValue, $"{column} is empty", "", "a number");
            return null;
        }
        if (TryNumber(cell) is { } value) return value;
        Error(column, bag, PetabCodes.BadValue, $"{column} is '{cell}'", "it is not a number", "a number such as 1.5 or 2e-7");
        return null;
    }

    /// <summary>A text as a number; null if it is none.</summary>
    public static double? TryNumber(string text) => text switch
    {
        "inf" or "+inf" => double.PositiveInfinity,
        "-inf" => double.NegativeInfinity,
        _ => double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var value) ? value : null,
    };

    /// <summary>The parts of a cell between semicolons; none if it is empty.</summary>
    public IReadOnlyList<string> Parts(string column) =>
        Given(column) is { Length: > 0 } cell ? cell.Split(';', StringSplitOptions.TrimEntries) : [];
}

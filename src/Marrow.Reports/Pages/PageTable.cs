using System.Globalization;
using CsvHelper;

namespace Marrow.Reports.Pages;

/// <summary>A row of a table that a page is written from.</summary>
internal sealed class PageRow(string file, int line, IReadOnlyDictionary<string, string> cells)
{
    /// <summary>Place of the row, for messages.</summary>
    public string Where { get; } = $"{file}:{line}";

    /// <summary>Text of a column.</summary>
    public string this[string column] => cells[column];

    /// <summary>Parts of a cell that lists several things, separated by blanks or by <paramref name="separator"/>.</summary>
    public string[] List(string column, char separator = ' ') =>
        this[column].Split(separator, StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);

    /// <summary>A number; results may be infinite.</summary>
    public double Number(string column) => this[column] switch
    {
        "Inf" => double.PositiveInfinity,
        "-Inf" => double.NegativeInfinity,
        _ => Finite(column),
    };

    /// <summary>A number; null where the cell is empty.</summary>
    public double? NumberOrNull(string column) => this[column].Length == 0 ? null : Number(column);

    private double Finite(string column) =>
        double.TryParse(this[column], NumberStyles.Float, CultureInfo.InvariantCulture, out var value) ? value
            : throw new InvalidDataException($"{Where}: {column} is '{this[column]}'; a number is needed.");
}

/// <summary>Reads the tables that pages are written from.</summary>
internal static class PageTable
{
    /// <summary>The rows in the order of the file, by their id in the first column.</summary>
    /// <exception cref="InvalidDataException">A column is missing or an id stands twice.</exception>
    public static IReadOnlyList<PageRow> Read(string path, params string[] columns)
    {
        using var csv = CsvReader.FromFile(path, new CsvReaderOptions { CommentPrefix = '#', TrackLineNumbers = true });
        var header = csv.Headers.ToArray();
        var name = Path.GetFileName(path);
        if (columns.Except(header, StringComparer.Ordinal).ToArray() is { Length: > 0 } missing)
            throw new InvalidDataException($"{name}:1: columns missing: {string.Join(", ", missing)}.");
        var rows = new List<PageRow>();
        while (csv.Read())
            rows.Add(new PageRow(name, (int)csv.LineNumber, header.ToDictionary(c => c, c => csv.GetString(c).Trim(), StringComparer.Ordinal)));
        return rows;
    }

    /// <summary>As <see cref="Read"/>, by id; a file that is absent gives no rows.</summary>
    public static IReadOnlyDictionary<string, PageRow> ById(string path, params string[] columns)
    {
        var rows = new Dictionary<string, PageRow>(StringComparer.Ordinal);
        if (!File.Exists(path)) return rows;
        foreach (var row in Read(path, [.. columns, "id"]))
        {
            if (!rows.TryAdd(row["id"], row)) throw new InvalidDataException($"{row.Where}: '{row["id"]}' stands twice.");
        }
        return rows;
    }
}

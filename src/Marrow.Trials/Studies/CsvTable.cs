using System.Globalization;
using CsvHelper;

namespace Marrow.Trials.Studies;

/// <summary>A CSV file that appears under its name only when it is complete. Numbers have the shortest form that reads back exactly.</summary>
internal sealed class CsvTable : IDisposable
{
    private readonly string _path;
    private readonly string _temporary;
    private readonly CsvWriter _csv;
    private bool _complete;

    private CsvTable(string path)
    {
        _path = path;
        _temporary = path + ".tmp";
        _csv = CsvWriter.ToFile(_temporary, new CsvWriterOptions { NewLine = "\n" });
    }

    /// <summary>Writes a table.</summary>
    public static void Write(string folder, string name, IEnumerable<string> header, IEnumerable<IEnumerable<object?>> rows)
    {
        using var table = new CsvTable(Path.Combine(folder, name));
        table.Row(header);
        foreach (var row in rows) table.Row(row);
        table._complete = true;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _csv.Dispose();
        if (_complete) File.Move(_temporary, _path, overwrite: true);
        else File.Delete(_temporary);
    }

    private void Row(IEnumerable<object?> fields)
    {
        foreach (var field in fields) _csv.WriteField(Text(field));
        _csv.EndRecord();
    }

    private static string Text(object? value) => value switch
    {
        null => "",
        double.NaN => "",
        bool b => b ? "1" : "0",
        Enum e => SnakeCase(e.ToString()),
        IFormattable f => f.ToString(null, CultureInfo.InvariantCulture),
        _ => value.ToString() ?? "",
    };

    private static string SnakeCase(string name) =>
        string.Concat(name.Select((c, i) => char.IsUpper(c) && i > 0 && char.IsLower(name[i - 1]) ? $"_{char.ToLowerInvariant(c)}" : $"{char.ToLowerInvariant(c)}"));
}

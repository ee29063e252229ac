using System.Globalization;
using Marrow.Networks.Diagnostics;
using Marrow.Networks.Provenance;
using Marrow.Trials.Studies;

namespace Marrow.Trials.Fit;

/// <summary>Makes the result of a fit part of the models: puts its values into the parameter tables that hold them, in place. Value, limits,
/// kind, source and locator change, and subtypes keep their relation to the
/// typical value; other cells, comments and the order of rows stay as they are, to the byte.</summary>
public static class FittedValues
{
    /// <summary>Rewrites the tables, and keeps posteriors, influence and misfits beside the fit file.</summary>
    /// <param name="result">A fit with a posterior.</param>
    /// <returns>The files written.</returns>
    /// <exception cref="StudyException">A parameter has no row of its own, or a table cannot be rewritten; nothing is written then.</exception>
    public static IReadOnlyList<string> Write(FitResult result)
    {
        ArgumentNullException.ThrowIfNull(result);
        if (result.Posterior is null) throw new StudyException("there are no fitted values to write: the fit was only evaluated");
        var fit = Path.GetFullPath(result.Problem.File);
        var source = Path.GetRelativePath(result.Problem.Root, fit).Replace(Path.DirectorySeparatorChar, '/');
        var tables = new Dictionary<string, string>(StringComparer.Ordinal);
        for (var j = 0; j < result.Problem.Parameters.Count; j++)
        {
            var row = RowOf(result.Problem, result.Problem.Parameters[j]);
            var file = row.Where.File;
            string Text(string path) => tables.TryGetValue(path, out var text) ? text : File.ReadAllText(path);
            tables[file] = Rewritten(Text(file), row, result.ValueOf(j), source);
            foreach (var relative in OfSubtypes(row))
                tables[relative.Where.File] = Moved(Text(relative.Where.File), relative, result.ValueOf(j) / row.Value);
        }
        foreach (var (file, text) in tables)
        {
            File.WriteAllText(file + ".tmp", text);
            File.Move(file + ".tmp", file, overwrite: true);
        }
        var folder = Path.GetDirectoryName(fit)!;
        FitTables.WriteKept(result, folder);
        return [.. tables.Keys.Order(StringComparer.Ordinal), .. new[] { FitTables.Posteriors, FitTables.Influence, FitTables.Misfits }.Select(n => Path.Combine(folder, n))];
    }

    /// <summary>The table with another value in one row.</summary>
    /// <param name="table">Text of the table.</param>
    /// <param name="row">The row as it was read.</param>
    /// <param name="value">New typical value; limits of a value that varies between patients move with it.</param>
    /// <param name="source">Source of the new value.</param>
    internal static string Rewritten(string table, ParameterRecord row, double value, string source)
    {
        var (lower, upper) = FitTables.LimitsOf(row, value);
        var limits = row.LogSd is not null;
        return WithCells(table, row,
            [("value", value), ("lower", limits ? lower : null), ("upper", limits ? upper : null)], [("kind", "fitted"), ("source", source), ("locator", FitTables.Posteriors)]);
    }

    /// <summary>The table with value and limits of one row multiplied.</summary>
    internal static string Moved(string table, ParameterRecord row, double factor)
    {
        static double Rounded(double x) => double.Parse(x.ToString("G4", CultureInfo.InvariantCulture), CultureInfo.InvariantCulture);
        return WithCells(table, row, [("value", Rounded(row.Value * factor)), .. new[] { ("lower", row.Lower), ("upper", row.Upper) }
            .Select(l => (l.Item1, l.Item2 is { } x ? Rounded(x * factor) : (double?)null))], []);
    }

    /// <summary>Rows of a disease's subtypes that stand in relation to its typical value, so that they move with it.</summary>
    private static IEnumerable<ParameterRecord> OfSubtypes(ParameterRecord row)
    {
        var folder = Path.ChangeExtension(row.Where.File, null);
        return row.LogSd is null || !Directory.Exists(folder) ? []
            : Directory.EnumerateFiles(folder, "*.csv").Order(StringComparer.Ordinal).Select(f => ParameterTable.Load(f, new DiagnosticBag()).Find(row.Id)).OfType<ParameterRecord>();
    }

    private static string WithCells(string table, ParameterRecord row, IEnumerable<(string Column, double? Value)> numbers, IEnumerable<(string Column, string Text)> texts)
    {
        var lines = table.Split('\n');
        var header = Array.FindIndex(lines, l => l.Length > 0 && l[0] != '#');
        var columns = header < 0 ? [] : Cells(lines[header].TrimEnd('\r')).Select(c => c.Trim()).ToList();
        var at = Array.FindIndex(lines, header + 1, l => l.Length > 0 && l[0] != '#' && Cells(l)[0].Trim() == row.Id);
        if (at < 0) throw new StudyException($"'{row.Where.File}' has no row '{row.Id}' any more");
        var end = lines[at].EndsWith('\r') ? "\r" : "";
        var cells = Cells(lines[at].TrimEnd('\r'));
        if (cells.Count != columns.Count) throw new StudyException($"row '{row.Id}' of '{row.Where.File}' goes over several lines; write it in one");
        foreach (var (column, value) in numbers)
            if (value is { } number) cells[columns.IndexOf(column)] = number.ToString(CultureInfo.InvariantCulture);
        foreach (var (column, text) in texts) cells[columns.IndexOf(column)] = text;
        lines[at] = string.Join(',', cells) + end;
        return string.Join('\n', lines);
    }

    /// <summary>The one row that holds a parameter. That of a disease must stand in a table of this disease alone.</summary>
    private static ParameterRecord RowOf(FitProblem problem, FitParameter parameter)
    {
        var rows = problem.RowsOf(parameter);
        if (rows.Count != 1) throw new StudyException($"'{parameter.Name}' stands in {rows.Count} tables of this fit's models; it needs one row, of a disease if 'disease' says so");
        var others = parameter.Disease.Length == 0 ? [] : problem.Scenarios.Where(s => s.Disease != parameter.Disease);
        if (others.Any(s => s.Model.Parameters.Find(parameter.Id)?.Where == rows[0].Where))
            throw new StudyException($"'{parameter.Name}' is fitted to one disease, but its row in '{rows[0].Where.File}' is that of all: give the disease a row of its own, or fit the parameter for all");
        return rows[0];
    }

    /// <summary>Cells as they are written, quotes included.</summary>
    private static List<string> Cells(string line)
    {
        var cells = new List<string>();
        var (start, quoted) = (0, false);
        for (var i = 0; i <= line.Length; i++)
        {
            if (i < line.Length && line[i] == '"') quoted = !quoted;
            if (i < line.Length && (quoted || line[i] != ',')) continue;
            cells.Add(line[start..i]);
            start = i + 1;
        }
        return cells;
    }
}

using Marrow.Networks.Diagnostics;

namespace Marrow.Networks.Provenance;

/// <summary>Parameters with value, unit and source, in the order of their first mention.</summary>
public sealed class ParameterTable
{
    private readonly Dictionary<string, int> _index;

    internal ParameterTable(IEnumerable<ParameterRecord> rows)
    {
        Rows = [.. rows];
        _index = new Dictionary<string, int>(Rows.Count, StringComparer.Ordinal);
        for (var i = 0; i < Rows.Count; i++) _index[Rows[i].Id] = i;
    }

    /// <summary>Columns of a table, in their usual order.</summary>
    public static IReadOnlyList<string> Columns { get; } = ParameterTableReader.Columns.Split(',');

    /// <summary>A table without rows.</summary>
    public static ParameterTable Empty { get; } = new([]);

    /// <summary>The rows.</summary>
    public IReadOnlyList<ParameterRecord> Rows { get; }

    /// <summary>Number of measured values.</summary>
    public int MeasuredCount => Rows.Count(r => r.Kind == ParameterKind.Measured);

    /// <summary>Number of fitted values.</summary>
    public int FittedCount => Rows.Count(r => r.Kind == ParameterKind.Fitted);

    /// <summary>Number of assumed values.</summary>
    public int AssumedCount => Rows.Count(r => r.Kind == ParameterKind.Assumed);

    /// <summary>Number of measured or fitted values whose source nobody has read yet.</summary>
    public int UnverifiedCount => Rows.Count(r => r.Kind is ParameterKind.Measured or ParameterKind.Fitted && r.IsUnverified);

    /// <summary>The row of a parameter, or null.</summary>
    public ParameterRecord? Find(string id) => _index.TryGetValue(id, out var i) ? Rows[i] : null;

    /// <summary>Reads a table from CSV with the columns id, value, unit, lower, upper, distribution, kind, source, locator, system, note.
    /// Every problem goes to <paramref name="bag"/> with file and line; rows with problems are left out.</summary>
    public static ParameterTable Load(string path, DiagnosticBag bag) => new ParameterTableReader(path, new Reporter(bag)).Read();

    /// <summary>This table with the rows of another: rows of the same id are replaced in place, new ones follow.</summary>
    public ParameterTable Overlay(ParameterTable later)
    {
        var rows = Rows.Select(r => later.Find(r.Id) ?? r);
        return new ParameterTable(rows.Concat(later.Rows.Where(r => Find(r.Id) is null)));
    }

    /// <summary>The rows that a model uses.</summary>
    public ParameterTable Only(IReadOnlySet<string> ids) => new(Rows.Where(r => ids.Contains(r.Id)));
}

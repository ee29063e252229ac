using System.Globalization;
using Marrow.Networks.Diagnostics;

namespace Marrow.Trials.Clinical;

/// <summary>A table of named numbers (id, value, unit, kind, source, note). Rules ask for their numbers with the unit they compute in;
/// what is missing, in another unit, unsourced or asked for by nobody is reported.</summary>
internal sealed class ValueTable
{
    /// <summary>Columns of the table.</summary>
    internal static readonly string[] Columns = ["id", "value", "unit", "kind", "source", "note"];
    private readonly string _path;
    private readonly DiagnosticBag _bag;
    private readonly Dictionary<string, (ClinicalRow Row, ClinicalValue Value)> _rows = new(StringComparer.Ordinal);
    private readonly HashSet<string> _asked = new(StringComparer.Ordinal);

    private ValueTable(string path, DiagnosticBag bag)
    {
        _path = path;
        _bag = bag;
    }

    /// <summary>All numbers, in the order of the file.</summary>
    public IEnumerable<ClinicalValue> Values => _rows.Values.Select(r => r.Value);

    /// <summary>Reads a table.</summary>
    public static ValueTable Load(string path, DiagnosticBag bag)
    {
        var table = new ValueTable(path, bag);
        foreach (var row in ClinicalTable.Load(path, Columns, bag).Rows)
        {
            var id = row.Text("id");
            var value = row.Sourced(id, row.Number("value"));
            if (!table._rows.TryAdd(id, (row, value)))
                bag.Error(ClinicalCodes.Duplicate, $"'{id}' appears twice", row.Where, $"it is also in line {table._rows[id].Row.Where.Line}");
        }

        return table;
    }

    /// <summary>A number that must be there, in this unit and within these limits.</summary>
    public double Number(string id, string unit, double lower = 0, double upper = double.PositiveInfinity)
    {
        _asked.Add(id);
        if (!_rows.TryGetValue(id, out var entry))
        {
            _bag.Error(ClinicalCodes.MissingRow, $"'{id}' is missing", new SourceSpan(_path, 0, 0, 1), "", $"add a row '{id},value,{unit},kind,source,note'");
            return double.NaN;
        }

        entry.Row.RequireUnit(id, unit);
        return entry.Row.Number("value", lower, upper);
    }

    /// <summary>A share, 0-1.</summary>
    public double Share(string id) => Number(id, "1", 0, 1);

    /// <summary>Numbers whose id begins with a prefix, with the rest of the id, in the order of the file; there must be at least one.</summary>
    public IReadOnlyList<(string Name, double Value)> Group(string prefix, string unit, double lower = 0, double upper = double.PositiveInfinity)
    {
        var found = _rows.Keys.Where(id => id.StartsWith(prefix, StringComparison.Ordinal)).Select(id => (id[prefix.Length..], Number(id, unit, lower, upper))).ToArray();
        if (found.Length == 0)
            _bag.Error(ClinicalCodes.MissingRow, $"no row begins with '{prefix}'", new SourceSpan(_path, 0, 0, 1));
        return found;
    }

    /// <summary>A function of a number, as rows '&lt;prefix&gt;&lt;argument&gt;' with rising arguments.</summary>
    public IReadOnlyList<(double At, double Value)> Steps(string prefix, string unit, double lower = 0, double upper = double.PositiveInfinity)
    {
        var steps = new List<(double At, double Value)>();
        foreach (var (name, value) in Group(prefix, unit, lower, upper))
        {
            var where = _rows[prefix + name].Row.Where;
            if (!double.TryParse(name, NumberStyles.Float, CultureInfo.InvariantCulture, out var at))
                _bag.Error(ClinicalCodes.BadNumber, $"'{name}' of '{prefix}{name}' is not a number", where);
            else if (steps.Count > 0 && at <= steps[^1].At)
                _bag.Error(ClinicalCodes.NotRising, $"'{prefix}{name}' comes after '{prefix}{steps[^1].At.ToString(CultureInfo.InvariantCulture)}'", where, "rows of a function rise");
            else
                steps.Add((at, value));
        }

        if (steps.Count == 0) steps.Add((0, double.NaN));
        return steps;
    }

    /// <summary>Reports every row that no rule asked for.</summary>
    public void Close()
    {
        foreach (var (id, (row, _)) in _rows.Where(r => !_asked.Contains(r.Key)))
            _bag.Error(ClinicalCodes.UnknownRow, $"no rule reads '{id}'", row.Where, "", "check the spelling, or remove the row");
    }
}

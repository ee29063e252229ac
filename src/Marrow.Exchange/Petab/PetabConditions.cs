using System.Globalization;
using Marrow.Networks.Diagnostics;
using Marrow.Networks.Structure;

namespace Marrow.Exchange.Petab;

/// <summary>Reads the tables of conditions and, of version 2, of experiments.</summary>
/// <param name="version">1 or 2.</param>
/// <param name="bag">Receives every problem.</param>
internal sealed class PetabConditions(int version, DiagnosticBag bag)
{
    private const string ConditionId = "conditionId", TargetId = "targetId", TargetValue = "targetValue", ExperimentId = "experimentId", Time = "time";

    private readonly Dictionary<string, PetabCondition> _conditions = new(StringComparer.Ordinal);
    private readonly List<PetabExperiment> _experiments = [];
    private readonly Dictionary<string, int> _places = new(StringComparer.Ordinal);

    /// <summary>Conditions by identifier.</summary>
    public IReadOnlyDictionary<string, PetabCondition> Conditions => _conditions;

    /// <summary>Experiments: those of the table, or those that measurements of version 1 ask for.</summary>
    public IReadOnlyList<PetabExperiment> Experiments => _experiments;

    /// <summary>Reads tables of conditions.</summary>
    public void Read(IReadOnlyList<string> files)
    {
        string[] columns = version == 1 ? [ConditionId] : [ConditionId, TargetId, TargetValue];
        foreach (var table in files.Select(file => PetabTable.Read(file, columns, bag)).OfType<PetabTable>())
        {
            if (version == 1) Wide(table);
            else Long(table);
        }
    }

    /// <summary>Reads tables of experiments.</summary>
    public void ReadExperiments(IReadOnlyList<string> files)
    {
        var rows = files.Select(file => PetabTable.Read(file, [ExperimentId, Time, ConditionId], bag)).OfType<PetabTable>().SelectMany(t => t.Rows);
        foreach (var group in rows.Select(row => (Id: row.Id(ExperimentId, bag), Row: row)).Where(x => x.Id is not null).GroupBy(x => x.Id!, StringComparer.Ordinal))
        {
            _places[group.Key] = _experiments.Count;
            _experiments.Add(new PetabExperiment(group.Key, Completed([.. Periods([.. group.Select(x => x.Row)])])));
        }
    }

    /// <summary>Place of an experiment of the table, or of the model as it is where the name is empty; -1 if there is none.</summary>
    public int Place(string id)
    {
        if (id.Length > 0 || _places.ContainsKey(id)) return _places.GetValueOrDefault(id, -1);
        return Add("", "the model as it is", [new PetabPeriod(0, [])]);
    }

    /// <summary>Place of the experiment of a measurement of version 1.</summary>
    /// <param name="before">Condition of the pre-equilibration; null: none.</param>
    /// <param name="condition">Condition from time 0 on.</param>
    public int Place(PetabCondition? before, PetabCondition condition)
    {
        var key = $"{before?.Id}\t{condition.Id}";
        if (_places.TryGetValue(key, out var place)) return place;
        PetabPeriod[] first = before is null ? [] : [new PetabPeriod(double.NegativeInfinity, before.Changes)];
        return Add(key, before is null ? condition.Id : $"{condition.Id} after {before.Id}", [.. first, new PetabPeriod(0, condition.Changes)]);
    }

    private int Add(string key, string label, IReadOnlyList<PetabPeriod> periods)
    {
        _places[key] = _experiments.Count;
        _experiments.Add(new PetabExperiment(label, periods));
        return _experiments.Count - 1;
    }

    private void Wide(PetabTable table)
    {
        string[] targets = [.. table.Columns.Where(c => c.Length > 0 && c is not (ConditionId or "conditionName"))];
        foreach (var row in table.Rows)
        {
            if (row.Id(ConditionId, bag) is not { } id) continue;
            if (_conditions.ContainsKey(id)) row.Error(ConditionId, bag, PetabCodes.Duplicate, $"condition '{id}' stands twice");
            else _conditions[id] = new PetabCondition(id, [.. targets.Select(target => new PetabChange(target, Cell(row, target), row, target))]);
        }
    }

    private Expression? Cell(PetabRow row, string column)
    {
        var cell = row.Given(column);
        if (cell.Length == 0) return null;
        if (PetabRow.TryNumber(cell) is { } number) return new NumberExpression(number, null, row.Where(column));
        if (PetabRow.IsId(cell)) return new NameExpression(cell, row.Where(column));
        row.Error(column, bag, PetabCodes.BadValue, $"{column} is '{cell}'", "it is neither a number nor an identifier", "a parameter of the parameter table");
        return null;
    }

    private void Long(PetabTable table)
    {
        foreach (var row in table.Rows)
        {
            if (row.Id(ConditionId, bag) is not { } id || row.Id(TargetId, bag) is not { } target || PetabMath.Read(row, TargetValue, bag) is not { } value) continue;
            var known = _conditions.GetValueOrDefault(id, new PetabCondition(id, []));
            if (known.Changes.Any(c => c.Target == target)) row.Error(TargetId, bag, PetabCodes.Duplicate, $"condition '{id}' sets '{target}' twice");
            else _conditions[id] = known with { Changes = [.. known.Changes, new PetabChange(target, value, row, TargetValue)] };
        }
    }

    private IEnumerable<PetabPeriod> Periods(IReadOnlyList<PetabRow> rows)
    {
        var timed = rows.Select(row => (Row: row, Time: row.Number(Time, bag, required: true))).Where(x => x.Time is not null);
        foreach (var period in timed.GroupBy(x => x.Time!.Value).OrderBy(g => g.Key))
        {
            if (double.IsNaN(period.Key) || double.IsPositiveInfinity(period.Key))
            {
                period.First().Row.Error(Time, bag, PetabCodes.BadTimes, "a condition cannot begin at the end of all times", "", "a number, or -inf");
                continue;
            }
            var changes = new List<PetabChange>();
            foreach (var (row, _) in period)
            {
                var id = row.Given(ConditionId);
                if (id.Length == 0) continue;
                if (!_conditions.TryGetValue(id, out var condition))
                {
                    row.Error(ConditionId, bag, PetabCodes.UnknownId, $"condition '{id}' is not defined", "", Spelling.Hint(id, _conditions.Keys, "a row of the condition table"));
                    continue;
                }
                foreach (var change in condition.Changes.Where(c => changes.Exists(x => x.Target == c.Target)))
                    row.Error(ConditionId, bag, PetabCodes.Duplicate, string.Create(CultureInfo.InvariantCulture, $"two conditions set '{change.Target}' at time {period.Key}"));
                changes.AddRange(condition.Changes);
            }
            yield return new PetabPeriod(period.Key, changes);
        }
    }

    /// <summary>After a steady state the clock begins at 0, unless the table says otherwise.</summary>
    private static IReadOnlyList<PetabPeriod> Completed(IReadOnlyList<PetabPeriod> periods) =>
        periods.Any(p => double.IsFinite(p.Time)) ? periods : [.. periods, new PetabPeriod(0, [])];
}

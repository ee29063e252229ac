using Marrow.Networks.Diagnostics;

namespace Marrow.Exchange.Petab;

/// <summary>Reads the tables of measurements.</summary>
internal sealed class PetabMeasurements
{
    /// <summary>Problems of rows that are reported; a table with one wrong column would otherwise fill pages.</summary>
    private const int MostReported = 100;

    private const string ObservableId = "observableId", Before = "preequilibrationConditionId", Condition = "simulationConditionId", ExperimentId = "experimentId", Value = "measurement", Time = "time";

    private readonly int _version;
    private readonly IReadOnlyList<PetabObservable> _observables;
    private readonly PetabConditions _conditions;
    private readonly DiagnosticBag _bag;
    private readonly Dictionary<string, int> _places;
    private readonly Dictionary<string, PetabOverride[]> _overrides = new(StringComparer.Ordinal);
    private readonly HashSet<string> _broken;
    private int _reported;

    /// <param name="version">1 or 2.</param>
    /// <param name="observables">The observables.</param>
    /// <param name="broken">Identifiers of observables that could not be read.</param>
    /// <param name="conditions">The conditions; gets the experiments of version 1.</param>
    /// <param name="bag">Receives every problem.</param>
    public PetabMeasurements(int version, IReadOnlyList<PetabObservable> observables, HashSet<string> broken, PetabConditions conditions, DiagnosticBag bag)
    {
        (_version, _observables, _broken, _conditions, _bag) = (version, observables, broken, conditions, bag);
        _places = observables.Select((o, i) => (o.Id, i)).ToDictionary(x => x.Id, x => x.i, StringComparer.Ordinal);
    }

    /// <summary>The tables, in order.</summary>
    public List<PetabTable> Tables { get; } = [];

    /// <summary>Names that fill placeholders, each with one of the rows that name it.</summary>
    public Dictionary<string, (PetabRow Row, string Column)> Names { get; } = new(StringComparer.Ordinal);

    /// <summary>Reads the tables: a measurement for each row, in order, unless there are errors.</summary>
    public IReadOnlyList<PetabMeasurement> Read(IReadOnlyList<string> files)
    {
        string[] columns = _version == 1 ? [ObservableId, Condition, Value, Time] : [ObservableId, ExperimentId, Value, Time];
        Tables.AddRange(files.Select(file => PetabTable.Read(file, columns, _bag)).OfType<PetabTable>());
        var measurements = new List<PetabMeasurement>();
        foreach (var row in Tables.SelectMany(t => t.Rows))
        {
            if (_reported >= MostReported) break;
            var known = _bag.Items.Count;
            if (Read(row) is { } measurement) measurements.Add(measurement);
            if (_bag.Items.Count > known) _reported++;
        }
        return measurements;
    }

    private PetabMeasurement? Read(PetabRow row)
    {
        var observable = ObservableOf(row);
        var experiment = _version == 1 ? FirstExperiment(row) : SecondExperiment(row);
        var time = row.Number(Time, _bag, required: true);
        var value = PetabRow.IsNothing(row[Value]) ? double.NaN : row.Number(Value, _bag);
        if (observable < 0 || experiment < 0 || time is null || value is null) return null;
        var what = _observables[observable];
        var (formula, noise) = (Overrides(row, "observableParameters", what, what.FormulaPlaceholders), Overrides(row, "noiseParameters", what, what.NoisePlaceholders));
        CheckTime(row, time.Value, _conditions.Experiments[experiment]);
        if (what.Scale != PetabScale.Lin && value <= 0)
            row.Error(Value, _bag, PetabCodes.BadMeasurement, $"'{what.Id}' is measured as {row[Value]}", "its noise is that of the logarithm");
        return formula is null || noise is null ? null : new PetabMeasurement(observable, experiment, time.Value, value.Value, formula, noise);
    }

    private int ObservableOf(PetabRow row)
    {
        var id = row[ObservableId];
        if (_places.TryGetValue(id, out var place)) return place;
        if (!_broken.Contains(id)) row.Error(ObservableId, _bag, PetabCodes.UnknownId, $"observable '{id}' is not defined", "", Spelling.Hint(id, _places.Keys, "a row of the observable table"));
        return -1;
    }

    private int FirstExperiment(PetabRow row)
    {
        var (before, condition) = (row.Given(Before), ConditionOf(row, Condition, row[Condition]));
        var first = before.Length > 0 ? ConditionOf(row, Before, before) : null;
        return condition is null || (before.Length > 0 && first is null) ? -1 : _conditions.Place(first, condition);
    }

    private PetabCondition? ConditionOf(PetabRow row, string column, string id)
    {
        if (_conditions.Conditions.TryGetValue(id, out var condition)) return condition;
        row.Error(column, _bag, PetabCodes.UnknownId, $"condition '{id}' is not defined", "", Spelling.Hint(id, _conditions.Conditions.Keys, "a row of the condition table"));
        return null;
    }

    private int SecondExperiment(PetabRow row)
    {
        var id = row.Given(ExperimentId);
        var place = _conditions.Place(id);
        if (place < 0) row.Error(ExperimentId, _bag, PetabCodes.UnknownId, $"experiment '{id}' is not defined", "", Spelling.Hint(id, _conditions.Experiments.Select(e => e.Label), "a row of the experiment table"));
        return place;
    }

    private void CheckTime(PetabRow row, double time, PetabExperiment experiment)
    {
        if (double.IsNaN(time) || double.IsNegativeInfinity(time)) row.Error(Time, _bag, PetabCodes.BadTimes, $"time is {row[Time]}", "", "a number, or inf for the steady state");
        else if (time < experiment.Timed.First().Time)
            row.Error(Time, _bag, PetabCodes.BadTimes, $"a measurement at time {row[Time]}", FormattableString.Invariant($"its experiment, {experiment.Label}, begins at {experiment.Timed.First().Time}"));
    }

    /// <summary>What fills the placeholders of an observable. Many rows share the same text.</summary>
    private PetabOverride[]? Overrides(PetabRow row, string column, PetabObservable observable, IReadOnlyList<string> placeholders)
    {
        var cell = row.Given(column);
        if (!_overrides.TryGetValue(cell, out var values)) _overrides[cell] = values = Parse(row, column);
        if (values.Length == placeholders.Count) return values;
        row.Error(column, _bag, PetabCodes.WrongOverrides, FormattableString.Invariant($"{column} gives {values.Length} value{(values.Length == 1 ? "" : "s")}, observable '{observable.Id}' has {placeholders.Count} placeholder{(placeholders.Count == 1 ? "" : "s")}"),
            placeholders.Count > 0 ? $"they are {string.Join(", ", placeholders)}" : "");
        return null;
    }

    private PetabOverride[] Parse(PetabRow row, string column)
    {
        var parts = row.Parts(column);
        var values = new PetabOverride[parts.Count];
        for (var i = 0; i < values.Length; i++)
        {
            if (PetabRow.TryNumber(parts[i]) is { } number) values[i] = new PetabOverride(number, null);
            else if (PetabRow.IsId(parts[i]))
            {
                values[i] = new PetabOverride(double.NaN, parts[i]);
                Names.TryAdd(parts[i], (row, column));
            }
            else row.Error(column, _bag, PetabCodes.BadValue, $"{column} holds '{parts[i]}'", "it is neither a number nor an identifier", "numbers or parameters, separated by ';'");
        }
        return values;
    }
}

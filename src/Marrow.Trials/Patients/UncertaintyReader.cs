using System.Globalization;
using Marrow.Networks.Provenance;
using Marrow.Trials.Clinical;
using Marrow.Trials.Studies;

namespace Marrow.Trials.Patients;

/// <summary>Reads <c>uncertainty</c> of a study: a table of standard errors of typical values, the number of replicates, and perhaps
/// correlations of the errors, as a list or as a table such as <c>marrow fit</c> writes.</summary>
internal sealed class UncertaintyReader
{
    private static readonly string[] Columns = ["name", "se", "log_se", "logit_se", "unit", "kind", "source", "note"];
    private static readonly (string Column, ErrorScale Scale)[] Scales = [("se", ErrorScale.Linear), ("log_se", ErrorScale.Log), ("logit_se", ErrorScale.Logit)];
    private static readonly string[] PairColumns = ["a", "b", "rho", "unit", "kind", "source", "note"];

    private readonly YamlMap _map;
    private readonly LoadedModel? _model;
    private readonly Population? _population;
    private readonly List<SourcedNumber> _numbers = [];
    private readonly List<UncertainValue> _values = [];

    private UncertaintyReader(YamlMap map, LoadedModel? model, Population? population)
    {
        _map = map;
        _model = model;
        _population = population;
    }

    /// <summary>Reads the section of a study; null without one. Names and values are checked where model and population could be read.</summary>
    public static Uncertainty? Read(YamlMap study, LoadedModel? model, Population? population) =>
        study.Map("uncertainty", required: false) is { } map ? new UncertaintyReader(map, model, population).Read() : null;

    private Uncertainty Read()
    {
        var table = NamedFile.Of(_map, "table");
        var replicates = _map.Whole("replicates", 2, 100_000);
        var pairTable = _map.Has("correlation_table") ? NamedFile.Of(_map, "correlation_table") : null;
        if (File.Exists(table))
        {
            foreach (var row in ClinicalTable.Load(table, Columns, _map.Source.Bag).Rows) ReadRow(row);
        }
        var reader = new CorrelationReader(_map, _numbers, Find);
        var pairs = reader.Read().ToList();
        if (pairTable is not null && File.Exists(pairTable)) pairs.AddRange(ReadPairs(pairTable));
        _map.Close();
        return new Uncertainty(table, pairTable, replicates, _values, reader.Combine(pairs, _ => 0), _population?.Cut ?? double.PositiveInfinity, _numbers);
    }

    private void ReadRow(ClinicalRow row)
    {
        var name = row.Text("name");
        var given = Scales.Where(c => row.Text(c.Column).Length > 0).ToArray();
        if (given.Length != 1)
        {
            row.Bag.Error(StudyCodes.Conflict, $"'{name}' needs exactly one of se, log_se and logit_se", row.Where, "", "log_se for what cannot be negative, logit_se for shares");
            return;
        }
        var error = row.Number(given[0].Column, 0);
        Log(row, $"{name}.{given[0].Column}", error);
        if (Check(row, name, given[0].Scale, error)) _values.Add(new UncertainValue(name, given[0].Scale, error));
    }

    private bool Check(ClinicalRow row, string name, ErrorScale scale, double error)
    {
        if (_model is null || _population is null) return true;
        if (_model.Parameters.Find(name) is not { } parameter)
        {
            row.Bag.Error(StudyCodes.UnknownName, $"the model has no parameter '{name}' with a row in its tables", row.Where, "", Suggestion.For(name, _model.Parameters.Rows.Select(r => r.Id)));
            return false;
        }
        if (_values.Exists(v => v.Parameter == name))
        {
            row.Bag.Error(StudyCodes.Duplicate, $"'{name}' appears twice", row.Where, "", "leave one of the rows out");
            return false;
        }
        if (Fault(parameter, _population, row, scale, error) is not { } fault) return true;
        row.Bag.Error(StudyCodes.Conflict, fault.What, row.Where, fault.Why, fault.Try);
        return false;
    }

    private static (string What, string Why, string Try)? Fault(ParameterRecord parameter, Population population, ClinicalRow row, ErrorScale scale, double error)
    {
        var unit = scale == ErrorScale.Linear ? parameter.Unit : "1";
        var value = parameter.Value.ToString(CultureInfo.InvariantCulture);
        if (population.Constants.Any(c => c.Parameter == parameter.Id))
            return ($"the population sets '{parameter.Id}' to a value of each patient", "it has no typical value", "leave the row out");
        if (row.Text("unit") != unit) return ($"the error of '{parameter.Id}' is in '{row.Text("unit")}'", $"on this scale it is in '{unit}'", $"give it in {unit}");
        return scale switch
        {
            ErrorScale.Log when !(parameter.Value > 0) => ($"'{parameter.Id}' is {value}, which has no logarithm", "", "give 'se'"),
            ErrorScale.Logit when parameter.Value is not (> 0 and < 1) => ($"'{parameter.Id}' is {value}, not a share between 0 and 1", "", "give 'log_se' or 'se'"),
            ErrorScale.Linear when parameter.Value != 0 && error * population.Cut >= Math.Abs(parameter.Value) =>
                ($"'{parameter.Id}' could change its sign", string.Create(CultureInfo.InvariantCulture, $"it is {value}, and draws go as far as {population.Cut} standard errors"), "give 'log_se'"),
            _ => null,
        };
    }

    private List<Correlation> ReadPairs(string path)
    {
        var pairs = new List<Correlation>();
        foreach (var row in ClinicalTable.Load(path, PairColumns, _map.Source.Bag).Rows)
        {
            var (a, b) = (row.Text("a"), row.Text("b"));
            foreach (var name in new[] { a, b }.Where(n => !_values.Exists(v => v.Parameter == n)))
                row.Bag.Error(StudyCodes.UnknownName, $"'{name}' is not in the table of standard errors", row.Where, "", Suggestion.For(name, _values.Select(v => v.Parameter)));
            var rho = row.Number("rho", -1, 1);
            row.RequireUnit("rho", "1");
            Log(row, $"correlation of {a} and {b}", rho);
            pairs.Add(new Correlation(new DrawnNumber(DrawnKind.TypicalValue, a), new DrawnNumber(DrawnKind.TypicalValue, b), rho));
        }
        return pairs;
    }

    private DrawnNumber? Find(YamlMap entry, string name)
    {
        if (_values.Exists(v => v.Parameter == name)) return new DrawnNumber(DrawnKind.TypicalValue, name);
        entry.Error("between", StudyCodes.UnknownName, $"'{name}' is not in the table of standard errors", "", Suggestion.For(name, _values.Select(v => v.Parameter)));
        return null;
    }

    private void Log(ClinicalRow row, string name, double value)
    {
        var sourced = row.Sourced(name, value);
        var kind = Enum.Parse<ParameterKind>($"{sourced.Kind}");
        _numbers.Add(new SourcedNumber(name, value, sourced.Unit, new Provenance(kind, kind == ParameterKind.Assumed ? sourced.Note : sourced.Source), row.Where));
    }
}

using System.Globalization;
using Marrow.Trials.Clinical;
using Marrow.Trials.Studies;

namespace Marrow.Trials.Patients;

/// <summary>Reads <c>time_varying</c> of a population: a list of <c>{parameter, carry: forward | backward, days, values or ratios, unit,
/// kind, source or reason}</c>, with <c>table: FILE.csv</c> (patient, day, value) in place of days and values where patients differ.</summary>
internal sealed class TimeVaryingReader(YamlMap population, ModelNames? model, List<SourcedNumber> log)
{
    private static readonly string[] Columns = ["patient", "day", "value"];

    /// <summary>What the values of a table are.</summary>
    private enum Meaning
    {
        Value,
        Ratio,
    }

    /// <summary>Reads the section.</summary>
    public IReadOnlyList<TimeVaryingRule> Read()
    {
        var rules = new List<TimeVaryingRule>();
        foreach (var map in population.Maps("time_varying", required: false))
        {
            var rule = map.Has("table") ? ReadTable(map) : ReadList(map);
            model?.Parameter(map, "parameter", rule.Parameter);
            map.Close();
            if (rules.Exists(r => r.Parameter == rule.Parameter)) map.Error("parameter", StudyCodes.Duplicate, $"'{rule.Parameter}' varies twice", "", "join the two entries");
            rules.Add(rule);
        }
        return rules;
    }

    private TimeVaryingRule ReadList(YamlMap map)
    {
        var ratio = map.Has("ratios");
        var key = ratio ? "ratios" : "values";
        if (ratio && map.Has("values")) map.Error("ratios", StudyCodes.Conflict, "'values' and 'ratios' exclude each other");
        var (name, days, values) = (map.Text("parameter"), map.Numbers("days"), map.Numbers(key));
        if (days.Count != values.Count) map.Error(key, StudyCodes.Conflict, $"{name} needs as many '{key}' as 'days'");
        if (!Rise(days)) map.Error("days", StudyCodes.OutOfRange, $"'days' of {name} must rise");
        var unit = ratio ? "1" : map.Text("unit");
        var numbers = new SourcedReader(map, $"{name} over time", Provenance.Read(map, required: true), unit, log);
        numbers.LogEach(key, values);
        return new TimeVaryingRule
        {
            Parameter = name,
            Carry = map.Choice("carry", Carry.Forward),
            Ratio = ratio,
            Points = [.. days.Zip(values, (day, value) => new DatedValue(day, value))],
        };
    }

    private TimeVaryingRule ReadTable(YamlMap map)
    {
        var name = map.Text("parameter");
        var path = NamedFile.Of(map, "table");
        var ratio = map.Choice("as", Meaning.Value, required: false) == Meaning.Ratio;
        var provenance = Provenance.Read(map, required: true);
        var unit = ratio ? "1" : map.Text("unit");
        var byPatient = new Dictionary<int, IReadOnlyList<DatedValue>>();
        if (File.Exists(path))
        {
            foreach (var group in ClinicalTable.Load(path, Columns, map.Source.Bag).Rows.GroupBy(r => r.Number("patient", 0, int.MaxValue)))
            {
                DatedValue[] points = [.. group.Select(r => new DatedValue(r.Number("day"), r.Number("value")))];
                if (!Rise([.. points.Select(p => p.Day)]) || group.Key != Math.Floor(group.Key))
                    map.Source.Bag.Error(StudyCodes.BadRow, string.Create(CultureInfo.InvariantCulture, $"the days of patient {group.Key} do not rise"), group.First().Where, "", "patients are whole numbers from 0, and the rows of each in order of time");
                else byPatient[(int)group.Key] = points;
                if (provenance is null) continue;
                foreach (var row in group) log.Add(new SourcedNumber($"{name} of patient {row.Text("patient")} on day {row.Text("day")}", row.Number("value"), unit, provenance, row.Where));
            }
        }
        return new TimeVaryingRule { Parameter = name, Carry = map.Choice("carry", Carry.Forward), Ratio = ratio, ByPatient = byPatient, TableFile = path };
    }

    private static bool Rise(IReadOnlyList<double> days) => days.Zip(days.Skip(1), (a, b) => a < b).All(rising => rising);
}

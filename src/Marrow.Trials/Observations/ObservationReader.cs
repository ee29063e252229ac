using Marrow.Trials.Clinical;
using Marrow.Trials.Regimens;
using Marrow.Trials.Studies;

namespace Marrow.Trials.Observations;

/// <summary>Reads <c>observations</c> of a study: a list of <c>{series}</c>, an assay of the clinical tables with its unit, error and limit, or
/// of <c>{readout, unit, error, limit_of_quantification}</c>; each with <c>at: visits</c>, <c>at: dosing_table</c> (and <c>cmt</c>) or
/// <c>days</c>, and <c>below</c>.</summary>
internal sealed class ObservationReader(YamlMap study, ClinicalProtocol? clinical, ModelNames? model, IReadOnlyList<Regimen> regimens)
{
    private enum Moments
    {
        Visits,
        DosingTable,
    }

    private readonly List<SourcedNumber> _numbers = [];

    /// <summary>Every number of the section that is not in the clinical tables.</summary>
    public IReadOnlyList<SourcedNumber> Numbers => _numbers;

    /// <summary>Reads the section.</summary>
    public IReadOnlyList<ObservationRule> Read()
    {
        var rules = new List<ObservationRule>();
        foreach (var map in study.Maps("observations", required: false))
        {
            var rule = map.Has("series") ? OfSeries(map) : OfReadout(map);
            var (days, atTable) = Days(map);
            var compartment = Compartment(map, atTable);
            var below = map.Choice("below", BelowLimit.Flag, required: false);
            if (map.Has("below") && rule is { Limit: 0 }) map.Error("below", StudyCodes.Conflict, $"{rule.Id} has no limit of quantification", "", "leave 'below' out, or give 'limit_of_quantification'");
            map.Close();
            if (rule is null) continue;
            if (rules.Exists(r => r.Id == rule.Id)) map.Error("id", StudyCodes.Duplicate, $"two observations are named '{rule.Id}'", "their errors would be the same", "give one of them another 'id'");
            rules.Add(rule with { Days = days, AtTable = atTable, Compartment = compartment, Below = below });
        }
        return rules;
    }

    private ObservationRule? OfSeries(YamlMap map)
    {
        var name = map.Text("series");
        var id = map.TextOrNull("id") ?? name;
        if (clinical is null) return null;
        if (clinical.Series.FirstOrDefault(s => s.Id == name) is { } series)
        {
            return new ObservationRule
            {
                Id = id,
                Readout = series.Readout,
                Unit = series.Unit,
                Scale = series.Scale,
                Error = new ObservationError(series.ResidualLogSd, 0, 0),
                Limit = series.Limit,
            };
        }
        map.Error("series", StudyCodes.UnknownName, $"the protocol has no series '{name}'", "", Suggestion.For(name, clinical.Series.Select(s => s.Id)));
        return null;
    }

    private ObservationRule OfReadout(YamlMap map)
    {
        var readout = map.Text("readout");
        var id = map.TextOrNull("id") ?? readout;
        var unit = map.Text("unit");
        model?.ObservableOrState(map, "readout", readout);
        var error = default(ObservationError);
        if (map.Map("error", required: false) is { } body)
        {
            var numbers = new SourcedReader(body, $"observed {id}", Provenance.Read(body, required: true), "1", _numbers);
            error = new ObservationError(numbers.NumberOrNull("log_sd", 0) ?? 0, numbers.NumberOrNull("proportional", 0) ?? 0, numbers.NumberOrNull("additive", 0) ?? 0);
            body.Close();
        }
        var limit = map.Has("limit_of_quantification") ? new SourcedReader(map, $"observed {id}", null, unit, _numbers).Number("limit_of_quantification", 0) : 0;
        if (map.Has("limit_of_quantification") && !map.HasMap("limit_of_quantification"))
            map.Error("limit_of_quantification", StudyCodes.NoProvenance, $"the limit of {id} has no source", "every number needs one", "limit_of_quantification: {value: ..., kind: ..., source or reason: ...}");
        return new ObservationRule { Id = id, Readout = readout, Unit = unit, Error = error, Limit = limit };
    }

    /// <summary>Which observations of a dosing table are meant; null for all, or where no table is.</summary>
    private string? Compartment(YamlMap map, bool atTable)
    {
        var compartment = map.TextOrNull("cmt");
        if (compartment is not null && !atTable) map.Error("cmt", StudyCodes.Conflict, "'cmt' belongs to 'at: dosing_table'", "it picks observations of a dosing table");
        if (!atTable) return null;
        RegimenTable[] tables = [.. regimens.Select(r => r.Table).OfType<RegimenTable>()];
        if (!regimens.Any(r => r.NamesTable)) map.Error("at", StudyCodes.Conflict, "no arm has a dosing table", "its observations are those of the table that a regimen names under 'dosing_table'", "at: visits");
        else if (tables.Length > 0 && !tables.SelectMany(t => t.Table.Rows).Any(r => ObservationCourse.IsOf(r, compartment)))
            map.Error(compartment is null ? "at" : "cmt", StudyCodes.Conflict, compartment is null ? "the dosing table has no observations" : $"the dosing table has no observations with CMT {compartment}", "observations are rows with EVID 0");
        return compartment;
    }

    private static (IReadOnlyList<double> Days, bool AtTable) Days(YamlMap map)
    {
        if (!map.Has("days")) return ([], map.Choice("at", Moments.Visits) == Moments.DosingTable);
        if (map.Has("at")) map.Error("at", StudyCodes.Conflict, "'at' and 'days' exclude each other");
        map.TextOrNull("at");
        var days = map.Numbers("days");
        if (days.Count == 0 || !days.Zip(days.Skip(1), (a, b) => a < b).All(rising => rising)) map.Error("days", StudyCodes.OutOfRange, "'days' must rise");
        return (days, false);
    }
}

using Marrow.Networks.Diagnostics;
using Marrow.Trials.Patients;
using Marrow.Trials.Studies;

namespace Marrow.Trials.Regimens;

/// <summary>Reads regimen files.</summary>
internal sealed class RegimenLoader
{
    private readonly YamlMap _map;
    private readonly List<SourcedNumber> _numbers = [];
    private readonly LawReader _laws;
    private readonly DoseReader _doses;
    private readonly ConditionReader _conditions;
    private readonly RegimenTableReader _tables;
    private readonly ModelNames? _model;

    private RegimenLoader(YamlMap map, DrugInputs drugs, Population population, ModelNames? model)
    {
        _tables = new RegimenTableReader(drugs, population, model, _numbers);
        _map = map;
        _model = model;
        _laws = new LawReader(population.ValueNames, population.Cut, _numbers);
        _laws.AddCategories(population.Categories);
        _doses = new DoseReader(drugs, _laws, model, _numbers);
        _conditions = new ConditionReader(model, _numbers);
    }

    /// <summary>Reads a file. Its laws may read the values of the population's patients; names of the model are checked if it is given.</summary>
    public static Regimen? Load(string path, DrugInputs drugs, Population population, ModelNames? model, DiagnosticBag bag) =>
        YamlSource.ReadFile(path, bag) is { } map ? Read(map, drugs, population, model) : null;

    /// <summary>Reads the mapping of a file.</summary>
    public static Regimen Read(YamlMap map, DrugInputs drugs, Population population, ModelNames? model) => new RegimenLoader(map, drugs, population, model).Read();

    private Regimen Read()
    {
        var title = _map.Text("title");
        var values = _laws.ReadAll(_map.Map("values", required: false));
        var preparation = ReadPreparation();
        var settings = _map.Maps("settings", required: false).Select(ReadSetting).ToArray();
        var table = _map.Map("dosing_table", required: false) is { } t ? _tables.Read(t) : null;
        var planned = _map.Maps("doses", required: !_map.Has("dosing_table")).Select(ReadPlanned).OfType<PlannedDose>().ToArray();
        var care = _map.Maps("care", required: false).Select(ReadCare).ToArray();
        _map.Close();
        return new Regimen
        {
            Title = title,
            File = _map.Source.File,
            Preparation = preparation,
            Values = values,
            Doses = planned,
            Table = table,
            NamesTable = _map.Has("dosing_table"),
            Settings = settings,
            Care = care,
            Numbers = _numbers,
        };
    }

    private Preparation? ReadPreparation()
    {
        if (_map.Map("preparation", required: false) is not { } map) return null;
        var wait = map.Map("wait") is { } w ? _laws.Read(w, "wait from enrolment to infusion") : null;
        Bridging? bridging = null;
        if (map.Map("bridging", required: false) is { } b)
        {
            var share = b.Map("given_to") is { } s ? _laws.Read(s, "bridging given") : null;
            var name = b.Text("switch");
            _model?.Parameter(b, "switch", name);
            var until = b.Number("until_day");
            if (share is not null) bridging = new Bridging(share, name, until);
            b.Close();
        }
        map.Close();
        return wait is null ? null : new Preparation(wait, bridging);
    }

    private ModelSetting ReadSetting(YamlMap map)
    {
        var parameter = map.Text("parameter");
        _model?.Parameter(map, "parameter", parameter);
        var multiplies = map.Has("times");
        if (multiplies && map.Has("value")) map.Error("times", StudyCodes.Conflict, "'value' and 'times' exclude each other", "a setting replaces a value or multiplies it");
        var numbers = new SourcedReader(map, parameter, Provenance.Read(map, required: true), map.Text("unit"), _numbers);
        var value = multiplies ? numbers.Number("times", 0) : numbers.Number("value");
        if (multiplies) numbers.NumberOrNull("value");
        map.Close();
        return new ModelSetting(parameter, value, multiplies);
    }

    private PlannedDose? ReadPlanned(YamlMap map)
    {
        var dose = _doses.Read(map);
        var days = map.Numbers("days");
        var cycles = map.WholeOr("cycles", 1, 1, 1000);
        var cycleDays = cycles > 1 ? map.Number("cycle_days", double.Epsilon) : map.NumberOrNull("cycle_days") ?? 0;
        var given = map.Map("given_to", required: false) is { } g ? _laws.Read(g, $"{dose?.Drug.Drug} given") : null;
        var companions = map.Maps("with", required: false).Select(ReadCompanion).OfType<Companion>().ToArray();
        var rules = map.Maps("rules", required: false).Select(r => ReadRule(r, dose?.Drug.Drug ?? "dose")).ToArray();
        map.Close();
        if (dose is null) return null;
        double[] all = [.. Enumerable.Range(0, cycles).SelectMany(c => days.Select(d => d + (c * cycleDays))).Order()];
        for (var i = 1; i < all.Length; i++)
        {
            if (all[i] - all[i - 1] < dose.Duration)
                map.Error("days", StudyCodes.Conflict, $"two infusions of {dose.Drug.Drug} overlap", "", "shorten 'hours' or move the days apart");
        }
        return new PlannedDose(dose, all, given, companions) { Rules = rules, PerCycle = days.Count };
    }

    private DoseRule ReadRule(YamlMap map, string drug)
    {
        var action = map.Choice("then", DoseAction.Skip);
        var when = map.Map("when") is { } w ? _conditions.Read(w, $"{drug} rule") : new Condition("", Relation.Above, double.NaN);
        var numbers = new SourcedReader(map, $"{drug} rule", Provenance.Read(map, required: action == DoseAction.Scale), "1", _numbers);
        var rule = new DoseRule
        {
            When = when,
            Action = action,
            Factor = action == DoseAction.Scale ? numbers.Number("by", 0) : 1,
            Lasting = action == DoseAction.Scale && map.Choice("lasting", DoseReader.Answer.No, required: false) == DoseReader.Answer.Yes,
            Every = action == DoseAction.Hold ? map.Number("every_hours", .25) / DoseReader.HoursPerDay : 1,
            AtMost = action == DoseAction.Hold ? map.NumberOrNull("at_most_days", 0) ?? double.PositiveInfinity : double.PositiveInfinity,
            OfCycle = map.Choice("each", DoseRuleScope.Dose, required: false) == DoseRuleScope.Cycle,
            FromDay = map.NumberOrNull("from_day") ?? double.NegativeInfinity,
            ToDay = map.NumberOrNull("to_day") ?? double.PositiveInfinity,
        };
        map.Close();
        return rule;
    }

    private Companion? ReadCompanion(YamlMap map)
    {
        var state = map.Text("state");
        var numbers = new SourcedReader(map, state, Provenance.Read(map, required: true), map.Text("unit"), _numbers);
        var amount = numbers.Number("amount", 0);
        _model?.State(map, "state", state);
        var scaled = _doses.ScaledBy(map);
        var share = map.Map("share") is { } s ? _laws.Read(s, $"{state} given") : null;
        map.Close();
        return share is null ? null : new Companion(state, amount, scaled, share);
    }

    private CareRule ReadCare(YamlMap map)
    {
        var name = map.Text("name");
        var rule = new CareRule
        {
            Name = name,
            When = map.Map("when") is { } when ? _conditions.Read(when, name) : new Condition("", Relation.Above, double.NaN),
            Every = map.Number("every_hours", .25) / DoseReader.HoursPerDay,
            FromDay = map.Number("from_day"),
            ToDay = map.Number("to_day"),
            Treatments = [.. map.Maps("give").Select(ReadTreatment)],
        };
        map.Close();
        foreach (var treatment in rule.Treatments)
        {
            if (treatment.After is { } after && rule.Treatments.All(t => t.Name != after.Treatment))
                map.Error("give", StudyCodes.UnknownName, $"'{after.Treatment}' is not a treatment of this rule", "", Suggestion.For(after.Treatment, rule.Treatments.Select(t => t.Name)));
        }
        return rule;
    }

    private RuleTreatment ReadTreatment(YamlMap map)
    {
        var name = map.Text("name");
        var doses = new List<RuleDose>();
        foreach (var entry in map.Maps("doses"))
        {
            var dose = _doses.Read(entry);
            double[] offsets = [.. entry.Numbers("at_hours").Select(h => h / DoseReader.HoursPerDay)];
            entry.Close();
            if (dose is not null) doses.Add(new RuleDose(dose, offsets));
        }
        (string, int)? after = null;
        if (map.Map("after", required: false) is { } a)
        {
            after = (a.Text("treatment"), a.Whole("starts", 1, 100));
            a.Close();
        }
        var again = map.NumberOrNull("again_after_hours", 0) is { } hours ? hours / DoseReader.HoursPerDay : 0;
        var treatment = new RuleTreatment(name, doses, again, map.WholeOr("at_most", int.MaxValue, 1, int.MaxValue), after);
        map.Close();
        return treatment;
    }
}

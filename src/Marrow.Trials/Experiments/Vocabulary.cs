using System.Text.RegularExpressions;
using Marrow.Networks.Diagnostics;
using Marrow.Trials.Clinical;
using Marrow.Trials.Studies;

namespace Marrow.Trials.Experiments;

/// <summary>How a property of subgroup rules is found or made.</summary>
internal enum PropertyKind
{
    /// <summary>A measured number that rules compare; high and low are its outer thirds.</summary>
    Number,
    /// <summary>Patients are taken whose measured number obeys the row.</summary>
    Filter,
    /// <summary>Made so in both runs, by actions.</summary>
    Setting,
}

/// <summary>A row of properties.csv.</summary>
internal sealed record PropertyRow(
    string Property, string Value, string Disease, PropertyKind Kind, Measure? Measure, bool InOnRun, string Operator, double Number,
    IReadOnlyList<ScenarioAction> Actions, string WhyNot)
{
    /// <summary>The start of scenarios that it is for; null for all.</summary>
    public StartKind? Start { get; init; }
}

/// <summary>A row of observables.csv.</summary>
internal sealed record ObservableRow(string Name, string Disease, string Site, Measure? Measure, string Of, string WhyNot);

/// <summary>A row of switches.csv.</summary>
internal sealed record SwitchRow(string Name, string Disease, IReadOnlyList<ScenarioAction> On, IReadOnlyList<ScenarioAction> Off, string WhyNot);

/// <summary>An entry of contexts/*.yaml. Where a context says what on and off are, the switch does not.</summary>
internal sealed record ContextRow(
    string Name, IReadOnlyList<string> Observables, double Day, IReadOnlyList<ScenarioAction> Actions, IReadOnlyList<ScenarioAction> On,
    IReadOnlyList<ScenarioAction> Off, string WhyNot)
{
    /// <summary>Whether on and off are the context's.</summary>
    public bool IsSwitch => On.Count + Off.Count > 0;
}

/// <summary>The words of tables of expected effects, as data: contexts, observables, properties, switches and needs.</summary>
public sealed partial class Vocabulary
{
    /// <summary>Columns of the table.</summary>
    internal static readonly string[] ObservableColumns =
        ["observable", "disease", "site", "formula", "reading", "threshold", "threshold2", "day", "until", "floor", "survival", "of", "note"];

    /// <summary>Columns of the table.</summary>
    internal static readonly string[] PropertyColumns =
        ["property", "value", "disease", "kind", "formula", "reading", "day", "until", "run", "op", "number", "do", "note"];

    /// <summary>Columns of the table.</summary>
    internal static readonly string[] SwitchColumns = ["switch", "disease", "on", "off", "note"];

    private readonly Dictionary<string, List<ContextRow>> _contexts = new(StringComparer.Ordinal);
    private readonly Dictionary<string, (bool Available, string Why)> _needs = new(StringComparer.Ordinal);
    private readonly Dictionary<string, (string File, string Protocol)> _diseases = new(StringComparer.Ordinal);
    private List<ObservableRow> _observables = [];
    private List<PropertyRow> _properties = [];
    private List<SwitchRow> _switches = [];
    private Dictionary<(string Switch, string Alternative), IReadOnlyList<ScenarioAction>> _alternatives = [];

    private Vocabulary() { }

    /// <summary>Every formula of the model that observables and properties of a disease use.</summary>
    internal IEnumerable<string> Formulas(string disease) =>
        _observables.Where(o => Fits(o.Disease, disease)).Select(o => o.Measure)
            .Concat(_properties.Where(p => Fits(p.Disease, disease)).Select(p => p.Measure))
            .OfType<Measure>().Where(m => m.ReadsModel).Select(m => m.Formula).Distinct(StringComparer.Ordinal);

    /// <summary>Reads the folder of experiments; every problem goes to <paramref name="bag"/>.</summary>
    public static Vocabulary Load(string folder, DiagnosticBag bag)
    {
        ArgumentNullException.ThrowIfNull(bag);
        var vocabulary = new Vocabulary();
        vocabulary._observables = [.. Rows("observables.csv", ObservableColumns).Select(ReadObservable)];
        vocabulary._properties = [.. Rows("properties.csv", PropertyColumns).Select(ReadProperty)];
        vocabulary._switches = [.. Rows("switches.csv", SwitchColumns).Select(ReadSwitch)];
        vocabulary._alternatives = Once(Rows("alternatives.csv", ["switch", "alternative", "do", "note"]))
            .ToDictionary(r => (r.Text("switch"), r.Text("alternative")), r => ScenarioAction.Read(r.Text("do"), r.Where, bag));
        foreach (var row in Rows("needs.csv", ["need", "available", "note"])) vocabulary._needs[row.Text("need")] = (row.Text("available") == "1", row.Text("note"));
        foreach (var row in Rows("diseases.csv", ["disease", "file", "protocol", "note"])) vocabulary._diseases[row.Text("disease")] = (row.Text("file"), row.Text("protocol"));
        var contexts = Path.Combine(folder, "contexts");
        string[] files = Directory.Exists(contexts) ? [.. Directory.EnumerateFiles(contexts, "*.yaml").Order(StringComparer.Ordinal)] : [];
        foreach (var file in files)
            vocabulary._contexts[Path.GetFileNameWithoutExtension(file)] = [.. ReadContexts(file, bag)];
        return vocabulary;

        IEnumerable<ClinicalRow> Once(IEnumerable<ClinicalRow> rows)
        {
            var seen = new HashSet<(string, string)>();
            foreach (var row in rows)
            {
                if (seen.Add((row.Text("switch"), row.Text("alternative")))) yield return row;
                else bag.Error(ExperimentCodes.Duplicate, $"'{row.Text("switch")}' has the alternative '{row.Text("alternative")}' twice", row.Where);
            }
        }

        IReadOnlyList<ClinicalRow> Rows(string name, string[] columns) => ClinicalTable.Load(Path.Combine(folder, name), columns, bag).Rows;
    }

    /// <summary>Name of the files of a disease; null if there are none.</summary>
    internal string? FileOf(string disease) => _diseases.GetValueOrDefault(disease).File is { Length: > 0 } file ? file : null;

    /// <summary>Visits and criteria by which the clinical layer judges a disease, by the name of its files; null for the usual ones.</summary>
    internal string? ProtocolOf(string file) => _diseases.Values.FirstOrDefault(d => d.File == file).Protocol is { Length: > 0 } protocol ? protocol : null;

    /// <summary>Why a need is not met; null if it is.</summary>
    internal string? Unmet(string need) => !_needs.TryGetValue(need, out var known) ? $"needs {need}" : known.Available ? null : $"needs {need}: {known.Why}";

    /// <summary>The context of this name for an observable.</summary>
    internal ContextRow? Context(string disease, string name, string observable) =>
        _contexts.GetValueOrDefault(disease)?.Find(c => c.Name == name && (c.Observables.Count == 0 || c.Observables.Any(o => Means(observable, o))));

    private static bool Means(string observable, string name) => observable == name || observable.StartsWith(name + "_", StringComparison.Ordinal);

    /// <summary>The rows of a property.</summary>
    internal IEnumerable<PropertyRow> Properties(string name, string disease) =>
        _properties.Where(p => p.Property == name && Fits(p.Disease, disease)).OrderByDescending(p => p.Disease.Length);

    /// <summary>On and off of a switch: those of its row, or 1 and 0 of the parameter of its name from day 0.</summary>
    internal SwitchRow Switch(string name, string disease)
    {
        if (_switches.Where(s => s.Name == name && Fits(s.Disease, disease)).OrderByDescending(s => s.Disease.Length).FirstOrDefault() is { } row) return row;
        var parameter = name.Replace(".", "__", StringComparison.Ordinal);
        return new SwitchRow(name, "", [ScenarioAction.Set(parameter, 1, SettingPhase.Start)], [ScenarioAction.Set(parameter, 0, SettingPhase.Start)], "");
    }

    /// <summary>What makes a named alternative of a disputed effect true, in both runs; nothing where the model knows no variant.</summary>
    internal IReadOnlyList<ScenarioAction> Alternative(string name, string alternative) => _alternatives.GetValueOrDefault((name, alternative), []);

    /// <summary>The measure of an observable: its row, the day of its suffix (or of the context) put in.</summary>
    /// <param name="name">Observable, with its suffix.</param>
    /// <param name="disease">Name of the disease's files.</param>
    /// <param name="site">Site at which it is read; empty for its own.</param>
    /// <param name="day">Day of readings without suffix; NaN for that of the row.</param>
    /// <param name="problem">Why there is none.</param>
    internal Measure? MeasureOf(string name, string disease, string site, double day, out string problem)
    {
        problem = "";
        if (Find(name, disease, site) is { } exact) return Complete(exact, disease, site, double.NaN, day, ref problem);
        if (Suffix().Match(name) is { Success: true } m && Find(m.Groups["base"].Value, disease, site) is { } row)
            return Complete(row, disease, site, Days(m), day, ref problem);
        problem = $"no observable '{name}'";
        return null;
    }

    private Measure? Complete(ObservableRow row, string disease, string site, double suffix, double context, ref string problem)
    {
        if (row.Measure is not { } measure)
        {
            problem = $"{row.Name}: {row.WhyNot}";
            return null;
        }
        var day = !double.IsNaN(suffix) ? suffix : !double.IsNaN(context) && measure.Kind == MeasureKind.Number && measure.ReadsModel ? context : measure.Day;
        measure = measure with { Day = day };
        if (row.Of.Length == 0) return measure;
        var of = MeasureOf(row.Of, disease, site, double.NaN, out problem);
        return of is null ? null : measure with { Of = of };
    }

    private ObservableRow? Find(string name, string disease, string site) =>
        _observables.Where(o => o.Name == name && Fits(o.Disease, disease) && (o.Site == site || o.Site.Length == 0))
            .OrderByDescending(o => o.Site.Length > 0).ThenByDescending(o => o.Disease.Length).FirstOrDefault();

    private static double Days(Match suffix)
    {
        var number = double.Parse(suffix.Groups["n"].Value, System.Globalization.CultureInfo.InvariantCulture);
        return suffix.Groups["unit"].Value switch
        {
            "day" => number,
            "hour" => number / 24,
            "week" => number * 7,
            _ => number * Calendar.DaysPerMonth,
        };
    }

    private static bool Fits(string row, string disease) => row.Length == 0 || row == disease;

    private static ObservableRow ReadObservable(ClinicalRow row)
    {
        var measure = row.Text("formula").Length == 0 ? null : new Measure
        {
            Formula = row.Text("formula"),
            Reading = Choice<MeasureReading>(row, "reading"),
            Threshold = row.NumberOrNull("threshold") ?? 0,
            Threshold2 = row.NumberOrNull("threshold2") ?? 0,
            Day = row.NumberOrNull("day") ?? 28,
            Until = row.NumberOrNull("until") ?? 0,
            Floor = row.NumberOrNull("floor") ?? double.NegativeInfinity,
            Role = row.Text("survival").Length == 0 ? EventRole.Harm : Choice<EventRole>(row, "survival"),
        };
        CheckOutcome(row, measure);
        return new ObservableRow(row.Text("observable"), row.Text("disease"), row.Text("site"), measure, row.Text("of"), row.Text("note"));
    }

    private static PropertyRow ReadProperty(ClinicalRow row)
    {
        var kind = Choice<PropertyKind>(row, "kind");
        var measure = row.Text("formula").Length == 0 ? null : new Measure
        {
            Formula = row.Text("formula"),
            Reading = Choice<MeasureReading>(row, "reading"),
            Day = row.NumberOrNull("day") ?? 0,
            Until = row.NumberOrNull("until") ?? 0,
            Scale = kind == PropertyKind.Number ? row.NumberOrNull("number") ?? 1 : 1,
        };
        CheckOutcome(row, measure);
        var actions = ScenarioAction.Read(row.Text("do"), row.Where, row.Bag);
        var value = row.Text("value").Split('@');
        return new PropertyRow(row.Text("property"), value[0], row.Text("disease"), kind, measure, row.Text("run") == "on",
            row.Text("op"), row.NumberOrNull("number") ?? 0, actions, measure is null && actions.Count == 0 && kind != PropertyKind.Setting ? row.Text("note") : row.Text("op") == "waiting" ? row.Text("note") : "")
        {
            Start = value.Length > 1 ? Choice<StartKind>(row, "value", value[1]) : null,
        };
    }

    private static void CheckOutcome(ClinicalRow row, Measure? measure)
    {
        if (measure is { Reading: MeasureReading.Outcome or MeasureReading.OutcomeFlag or MeasureReading.OutcomeEvent } && !ClinicalMeasure.Knows(measure))
            row.Bag.Error(ExperimentCodes.BadCell, $"the clinical layer has no '{measure.Formula}' of this kind", row.Where, "", Suggestion.For(measure.Formula, ClinicalMeasure.Names));
    }

    private static SwitchRow ReadSwitch(ClinicalRow row) => new(
        row.Text("switch"), row.Text("disease"), ScenarioAction.Read(row.Text("on"), row.Where, row.Bag), ScenarioAction.Read(row.Text("off"), row.Where, row.Bag),
        row.Text("on") + row.Text("off") is "" ? row.Text("note") : "");

    /// <summary>The contexts of a file.</summary>
    internal static IReadOnlyList<ContextRow> ReadContexts(string file, DiagnosticBag bag)
    {
        return YamlSource.ReadFile(file, bag) is { } map ? ReadContexts(map, bag) : [];
    }

    /// <summary>The contexts of a mapping.</summary>
    internal static IReadOnlyList<ContextRow> ReadContexts(YamlMap map, DiagnosticBag bag)
    {
        var rows = new List<ContextRow>();
        foreach (var entry in map.Maps("contexts"))
        {
            IReadOnlyList<ScenarioAction> Actions(string key) => entry.TextOrNull(key) is { } text ? ScenarioAction.Read(text, entry.WhereOf(key), bag) : [];
            var actions = Actions("do");
            var why = entry.TextOrNull("why_not") ?? "";
            rows.Add(new ContextRow(entry.Text("name"), entry.Texts("observables", required: false), entry.NumberOrNull("day") ?? double.NaN, actions, Actions("on"), Actions("off"), why));
            entry.TextOrNull("note");
            if (actions.Count == 0 && why.Length == 0) entry.Error("name", StudyCodes.MissingKey, $"the context '{rows[^1].Name}' has neither 'do' nor 'why_not'");
            entry.Close();
        }
        map.Close();
        return rows;
    }

    private static T Choice<T>(ClinicalRow row, string column) where T : struct, Enum => Choice<T>(row, column, row.Text(column));

    private static T Choice<T>(ClinicalRow row, string column, string text) where T : struct, Enum
    {
        var words = Enum.GetValues<T>().ToDictionary(v => SnakeCase(v.ToString()), v => v);
        if (words.TryGetValue(text, out var value)) return value;
        row.Bag.Error(ExperimentCodes.BadCell, $"'{text}' in column {column} is none of the words it may hold", row.Where, "", string.Join(", ", words.Keys));
        return default;
    }

    /// <summary>The name as tables write it.</summary>
    internal static string SnakeCase(string name) => string.Concat(name.Select((c, i) => char.IsUpper(c) && i > 0 ? $"_{char.ToLowerInvariant(c)}" : $"{char.ToLowerInvariant(c)}"));

    [GeneratedRegex(@"^(?<base>.+?)_((?<unit>day|hour|week)_(?<n>\d+)|(?<n>\d+)(?<unit>m))$")]
    private static partial Regex Suffix();
}

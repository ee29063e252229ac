using Marrow.Networks.Diagnostics;
using Marrow.Trials.Studies;

namespace Marrow.Trials.Patients;

/// <summary>Reads population files.</summary>
internal sealed class PopulationLoader
{
    private readonly YamlMap _map;
    private readonly List<SourcedNumber> _numbers = [];

    private readonly ModelNames? _model;

    /// <summary>Files that led here by <c>extends</c>, this one last.</summary>
    private readonly IReadOnlyList<string> _extending;

    private PopulationLoader(YamlMap map, ModelNames? model, IReadOnlyList<string> extendedBy)
    {
        _map = map;
        _model = model;
        _extending = [.. extendedBy, Path.GetFullPath(map.Source.File)];
    }

    /// <summary>Reads a file; problems go to <paramref name="bag"/>. Names of the model are checked if it is given.</summary>
    public static Population? Load(string path, ModelNames? model, DiagnosticBag bag) => Load(path, model, bag, []);

    /// <summary>Reads the mapping of a file.</summary>
    public static Population Read(YamlMap map, ModelNames? model = null) => new PopulationLoader(map, model, []).Read();

    private static Population? Load(string path, ModelNames? model, DiagnosticBag bag, IReadOnlyList<string> extendedBy) =>
        YamlSource.ReadFile(path, bag) is { } map ? new PopulationLoader(map, model, extendedBy).Read() : null;

    private Population Read()
    {
        var basis = ReadBasis();
        var title = _map.Text("title");
        var cut = basis is not null && !_map.Has("draws") ? basis.Cut : ReadCut();
        var inherited = Inherited(basis, "covariates", b => b.Covariates);
        var laws = new LawReader(inherited.Select(l => l.Name), cut, _numbers);
        laws.AddCategories(basis?.Categories);
        var covariates = Merge(basis?.Covariates, laws.ReadAll(_map.Map("covariates", required: basis is null)));
        foreach (var name in BodySize.Required.Where(n => !laws.Known.Contains(n)))
            _map.Error("covariates", StudyCodes.MissingKey, $"the covariate '{name}' is missing", "weight, height and organ function follow from it");
        var subtypes = basis?.Subtypes ?? SubtypeMixture.None;
        if (_map.Map("subtypes", required: false) is { } mixture && new SubtypeReader(mixture, _numbers).Read(laws.Known) is { } read)
            (covariates, subtypes) = ([.. covariates.Where(c => c.Name != SubtypeMixture.Value), read.Law], Checked(read.Mixture));
        laws.AddKnown(covariates.Select(c => c.Name));
        laws.AddCategories(covariates);
        laws.AddKnown(BodySize.Derived.Concat(Inherited(basis, "factors", b => b.Factors).Select(l => l.Name)));
        var factors = Merge(basis?.Factors, laws.ReadAll(_map.Map("factors", required: false)));
        IReadOnlyList<(string Parameter, string Value)> constants = [.. ReadPairs("constants", laws.Known).Concat(basis?.Constants ?? []).DistinctBy(c => c.Item1)];
        IReadOnlyList<(string Parameter, string Value)> multiplied = [.. ReadPairs("multiply", laws.Known).Concat(basis?.Multiplied ?? []).DistinctBy(c => c.Item1)];
        var sizeFactor = _map.Has("size_factor") || basis is null ? _map.Text("size_factor") : basis.SizeFactor;
        if (sizeFactor.Length > 0 && !laws.Known.Contains(sizeFactor))
            _map.Error("size_factor", StudyCodes.UnknownName, $"'{sizeFactor}' is not a value of the patient", "", Suggestion.For(sizeFactor, laws.Known));
        var entry = basis is not null && !_map.Has("entry") ? basis.Entry : ReadEntry(laws);
        var history = basis is not null && !_map.Has("history") ? basis.History : ReadHistory(laws);
        var correlations = ReadCorrelations(basis, covariates, factors, history.Laws);
        var varying = basis is not null && !_map.Has("time_varying") ? basis.TimeVarying : new TimeVaryingReader(_map, _model, _numbers).Read();
        _map.Close();
        return new Population
        {
            Title = title,
            File = _map.Source.File,
            Cut = cut,
            Covariates = covariates,
            Subtypes = subtypes,
            Factors = factors,
            Constants = constants,
            Multiplied = multiplied,
            TimeVarying = varying,
            MoreFiles = [.. basis is null ? [] : basis.MoreFiles.Prepend(basis.File), .. varying.Select(v => v.TableFile).OfType<string>()],
            SizeFactor = sizeFactor,
            Correlations = correlations,
            Entry = entry,
            History = history with { Correlated = correlations.Numbers },
            Numbers = [.. basis?.Numbers ?? [], .. _numbers],
        };
    }

    /// <summary>The population that this one <c>extends</c>: laws and constants of the same name replace its own, and so do whole
    /// sections <c>draws</c>, <c>entry</c>, <c>history</c>, <c>correlations</c> and <c>time_varying</c>; what is not mentioned is taken over.</summary>
    private Population? ReadBasis()
    {
        if (!_map.Has("extends")) return null;
        var path = NamedFile.Of(_map, "extends");
        if (path.Length == 0) return null;
        if (_extending.Contains(Path.GetFullPath(path)))
        {
            _map.Error("extends", StudyCodes.CyclicFiles, $"'{_map.Text("extends")}' extends this file", string.Join(" -> ", _extending.Select(Path.GetFileName)), "removing one of the two");
            return null;
        }
        return File.Exists(path) ? Load(path, _model, _map.Source.Bag, _extending) : null;
    }

    /// <summary>Laws of the basis that the section does not replace.</summary>
    private IEnumerable<Law> Inherited(Population? basis, string section, Func<Population, IReadOnlyList<Law>> of) =>
        basis is null ? [] : of(basis).Where(l => _map.Map(section, required: false)?.Has(l.Name) != true);

    private static IReadOnlyList<Law> Merge(IReadOnlyList<Law>? basis, IReadOnlyList<Law> own)
    {
        if (basis is null) return own;
        var mine = own.ToDictionary(l => l.Name, StringComparer.Ordinal);
        return [.. basis.Select(l => mine.GetValueOrDefault(l.Name, l)), .. own.Where(l => basis.All(b => b.Name != l.Name))];
    }

    private CorrelationRule ReadCorrelations(Population? basis, IReadOnlyList<Law> covariates, IReadOnlyList<Law> factors, IReadOnlyList<Law> history)
    {
        var reader = new PopulationCorrelations(_map, _model, _numbers);
        reader.Add(DrawnKind.Covariate, covariates);
        reader.Add(DrawnKind.Factor, factors);
        reader.Add(DrawnKind.History, history);
        return reader.Read(basis?.Correlations);
    }

    private SubtypeMixture Checked(SubtypeMixture mixture)
    {
        foreach (var id in mixture.Subtypes.SelectMany(s => s.Table.Rows).Select(r => r.Id).Distinct(StringComparer.Ordinal)) _model?.Parameter(_map, "subtypes", id);
        return mixture;
    }

    private double ReadCut()
    {
        if (_map.Map("draws") is not { } map) return double.PositiveInfinity;
        var cut = Sourced(map, "draws").Number("z_cut", .1, 10);
        map.Close();
        return cut;
    }

    private SourcedReader Sourced(YamlMap map, string path) => new(map, path, Provenance.Read(map, required: true), "1", _numbers);

    private List<(string, string)> ReadPairs(string key, IReadOnlyCollection<string>? allowed)
    {
        var pairs = new List<(string, string)>();
        if (_map.Map(key, required: false) is not { } map) return pairs;
        foreach (var name in map.Keys.ToArray())
        {
            var value = map.Text(name);
            _model?.Parameter(map, name, name);
            if (allowed is not null && value.Length > 0 && !allowed.Contains(value))
                map.Error(name, StudyCodes.UnknownName, $"'{value}' is not a value of the patient", "", Suggestion.For(value, allowed));
            pairs.Add((name, value));
        }
        map.Close();
        return pairs;
    }

    private EntryRule ReadEntry(LawReader laws)
    {
        var map = _map.Map("entry") ?? YamlSource.ReadText("{}", _map.Source.File, new DiagnosticBag())!;
        var numbers = Sourced(map, "entry");
        var remember = new List<(string, string)>();
        if (map.Map("remember", required: false) is { } r)
        {
            foreach (var parameter in r.Keys.ToArray())
            {
                remember.Add((parameter, r.Text(parameter)));
                _model?.Parameter(r, parameter, parameter);
                _model?.State(r, parameter, r.Text(parameter));
            }
            r.Close();
        }
        var stopValue = map.Text("stop_value");
        if (stopValue.Length > 0 && !laws.Known.Contains(stopValue))
            map.Error("stop_value", StudyCodes.UnknownName, $"'{stopValue}' is not a value of the patient", "", Suggestion.For(stopValue, laws.Known));
        var rule = new EntryRule
        {
            RestDays = numbers.Number("rest_days", 0),
            Remember = remember,
            SeedState = map.Text("seed_state"),
            SeedAmount = numbers.Number("seed_amount", double.Epsilon),
            StopEvent = map.Text("stop_event"),
            StopParameter = map.Text("stop_parameter"),
            StopValue = stopValue,
            ShareObservable = map.Text("share_observable"),
            BurdenObservable = map.Text("burden_observable"),
            LimitDays = numbers.Number("limit_days", 1),
            StillPerDay = numbers.Number("still_per_day", 0),
            StillLogPerDay = numbers.Number("still_log_per_day", 0),
            WindowDays = numbers.Number("window_days", 1),
            Draws = map.Whole("draws", 1, 100_000),
        };
        _model?.State(map, "seed_state", rule.SeedState);
        _model?.Event(map, "stop_event", rule.StopEvent);
        _model?.Parameter(map, "stop_parameter", rule.StopParameter);
        _model?.Observable(map, "share_observable", rule.ShareObservable);
        _model?.Observable(map, "burden_observable", rule.BurdenObservable);
        map.Close();
        return rule;
    }

    private HistoryRule ReadHistory(LawReader laws)
    {
        var map = _map.Map("history", required: false) ?? YamlSource.ReadText("{}", _map.Source.File, new DiagnosticBag())!;
        var drawn = laws.ReadAll(map.Map("values", required: false));
        var clones = new List<(string, IReadOnlyList<string>)>();
        if (map.Map("clones", required: false) is { } c)
        {
            foreach (var name in c.Keys.ToArray())
            {
                clones.Add((name, c.Texts(name)));
                foreach (var state in c.Texts(name)) _model?.State(c, name, state);
            }
            c.Close();
        }
        var shifts = map.Maps("shifts", required: false).Select(s => ReadShift(s, laws, clones)).ToArray();
        var factors = map.Maps("factors", required: false).Select(f => ReadFactor(f, laws)).ToArray();
        double small = 0, cells = 1;
        if (map.Map("small_clones", required: false) is { } s)
        {
            var numbers = Sourced(s, "small_clones");
            small = numbers.Number("below_cells", 0);
            cells = numbers.Number("cells_per_unit", double.Epsilon);
            s.Close();
        }
        map.Close();
        return new HistoryRule { Laws = drawn, Shifts = shifts, Factors = factors, SmallCloneCells = small, CellsPerUnit = cells, Clones = clones };
    }

    private static CloneShift ReadShift(YamlMap map, LawReader laws, List<(string Name, IReadOnlyList<string> States)> clones)
    {
        var shift = new CloneShift(PatientValue(map, "share", laws) ?? "", map.Text("from"), map.Text("to"));
        foreach (var key in (string[])["from", "to"])
        {
            if (clones.TrueForAll(c => c.Name != map.Text(key)))
                map.Error(key, StudyCodes.UnknownName, $"'{map.Text(key)}' is not listed under 'clones'", "", Suggestion.For(map.Text(key), clones.Select(c => c.Name)));
        }
        map.Close();
        return shift;
    }

    private HistoryFactor ReadFactor(YamlMap map, LawReader laws)
    {
        var targets = map.Texts("of");
        foreach (var target in targets) _model?.StateOrParameter(map, "of", target);
        var condition = map.Has("if") ? PatientValue(map, "if", laws) : null;
        HistoryFactor factor;
        if (map.Has("number"))
            factor = new HistoryFactor(targets, null, Sourced(map, string.Join(",", targets)).Number("number", 0), condition);
        else
            factor = new HistoryFactor(targets, PatientValue(map, "by", laws), 1, condition);
        map.Close();
        return factor;
    }

    private static string? PatientValue(YamlMap map, string key, LawReader laws)
    {
        var name = map.Text(key);
        if (name.Length > 0 && !laws.Known.Contains(name))
            map.Error(key, StudyCodes.UnknownName, $"'{name}' is not a value of the patient", "", Suggestion.For(name, laws.Known));
        return name;
    }
}

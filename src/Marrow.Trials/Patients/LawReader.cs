using Marrow.Trials.Studies;

namespace Marrow.Trials.Patients;

/// <summary>Reads laws from YAML, in the order of the file: a law may use the covariates and laws before it.</summary>
internal sealed class LawReader(IEnumerable<string> known, double cut, List<SourcedNumber> log)
{
    private readonly HashSet<string> _known = [.. known];
    private readonly Dictionary<string, IReadOnlyList<string>> _categories = new(StringComparer.Ordinal);

    /// <summary>Names that a law may read so far.</summary>
    public IReadOnlyCollection<string> Known => _known;

    /// <summary>Adds values that are computed, not drawn.</summary>
    public void AddKnown(IEnumerable<string> names) => _known.UnionWith(names);

    /// <summary>Adds names of the categories of values.</summary>
    public void AddCategories(IReadOnlyDictionary<string, IReadOnlyList<string>>? categories)
    {
        foreach (var (name, names) in categories ?? new Dictionary<string, IReadOnlyList<string>>()) _categories[name] = names;
    }

    /// <summary>Adds names of the categories that laws draw.</summary>
    public void AddCategories(IReadOnlyList<Law> laws) => AddCategories(laws.Where(l => l.Categories.Count > 0).ToDictionary(l => l.Name, l => l.Categories, StringComparer.Ordinal));

    /// <summary>Reads a mapping of names to laws.</summary>
    public IReadOnlyList<Law> ReadAll(YamlMap? map)
    {
        if (map is null) return [];
        var laws = new List<Law>();
        foreach (var name in map.Keys.ToArray())
        {
            if (map.Map(name) is not { } body) continue;
            laws.Add(Read(body, name));
            AddCategories([laws[^1]]);
            if (!_known.Add(name)) map.Error(name, StudyCodes.Duplicate, $"'{name}' is already a value of the patient");
        }
        map.Close();
        return laws;
    }

    /// <summary>Reads one law.</summary>
    public Law Read(YamlMap map, string name)
    {
        var family = map.Choice("law", LawFamily.Fixed);
        var unit = map.Text("unit");
        var provenance = Provenance.Read(map, required: true);
        var numbers = new SourcedReader(map, name, provenance, unit, log);
        var law = family switch
        {
            LawFamily.Fixed => new Law { Name = name, Family = family, Location = numbers.Number("value") },
            LawFamily.Normal or LawFamily.Log10 or LawFamily.Logit => new Law
            {
                Name = name,
                Family = family,
                Location = numbers.Number("location"),
                Sd = numbers.NumberOrNull("sd", 0) ?? 0,
            },
            LawFamily.Log => new Law { Name = name, Family = family, Location = numbers.Number("median", double.Epsilon), Sd = numbers.NumberOrNull("sd", 0) ?? 0 },
            LawFamily.Beta => new Law { Name = name, Family = family, Alpha = numbers.Number("alpha", double.Epsilon), Beta = numbers.Number("beta", double.Epsilon) },
            LawFamily.Poisson => new Law { Name = name, Family = family, Location = numbers.Number("mean", double.Epsilon, 500), Shift = numbers.NumberOrNull("shift") ?? 0 },
            LawFamily.Bernoulli => map.Has("effects")
                ? new Law { Name = name, Family = family, Location = numbers.Number("location") }
                : new Law { Name = name, Family = family, Location = numbers.Number("share", 0, 1) },
            LawFamily.Decay => new Law
            {
                Name = name,
                Family = family,
                Of = CheckName(map, "of"),
                Location = numbers.Number("location"),
                Amplitude = numbers.Number("amplitude"),
                Scale = numbers.Number("scale", double.Epsilon),
            },
            LawFamily.Shares => CategoryReader.ReadShares(map, name, numbers),
            _ => ReadSteps(map, name, numbers),
        };
        law = law with
        {
            Effects = ReadEffects(map, name, provenance),
            OnlyFrom = ReadCondition(map, name, provenance),
            Lower = numbers.NumberOrNull("lower", required: family == LawFamily.Beta) ?? double.NegativeInfinity,
            Upper = numbers.NumberOrNull("upper", required: family == LawFamily.Beta) ?? double.PositiveInfinity,
            Cut = cut,
        };
        if (law.Lower > law.Upper) map.Error("lower", StudyCodes.Conflict, $"'lower' of {name} is above 'upper'");
        map.Close();
        return law;
    }

    private Law ReadSteps(YamlMap map, string name, SourcedReader numbers)
    {
        if (map.HasMap("values"))
        {
            var of = CheckName(map, "of");
            var byName = new CategoryReader(_categories).Read(map, "values", of, numbers, other: null);
            return new Law { Name = name, Family = LawFamily.Steps, Of = of, Steps = byName.Count == 0 ? [(0, 0)] : [.. byName.Select((v, i) => (i + 1.0, v))] };
        }
        var rows = new List<(double From, double Value)>();
        var from = map.Numbers("from");
        var values = map.Numbers("values");
        if (from.Count != values.Count || from.Count == 0)
            map.Error("values", StudyCodes.Conflict, $"{name} needs as many 'values' as 'from'");
        for (var i = 0; i < Math.Min(from.Count, values.Count); i++) rows.Add((from[i], values[i]));
        if (!rows.Zip(rows.Skip(1), (a, b) => a.From < b.From).All(rising => rising))
            map.Error("from", StudyCodes.OutOfRange, $"'from' of {name} must rise");
        numbers.LogEach("values", values);
        return new Law { Name = name, Family = LawFamily.Steps, Of = CheckName(map, "of"), Steps = rows };
    }

    private List<Effect> ReadEffects(YamlMap map, string name, Provenance? inherited)
    {
        var effects = new List<Effect>();
        foreach (var entry in map.Maps("effects", required: false))
        {
            var of = CheckName(entry, "of");
            var own = Provenance.Read(entry, required: false) ?? inherited;
            var numbers = new SourcedReader(entry, $"{name}.{of}", own, "1", log);
            var logarithmic = entry.Has("ratio_to");
            effects.Add(new CategoryReader(_categories).ReadEffect(entry, of, numbers)
                ?? new Effect(of, logarithmic ? numbers.Number("ratio_to", double.Epsilon) : numbers.NumberOrNull("centre") ?? 0, numbers.Number("slope"), logarithmic));
            entry.Close();
        }
        return effects;
    }

    private (string, double)? ReadCondition(YamlMap map, string name, Provenance? inherited)
    {
        if (map.Map("only_from", required: false) is not { } body) return null;
        var numbers = new SourcedReader(body, $"{name}.only_from", inherited, "1", log);
        var condition = (CheckName(body, "of"), numbers.Number("at_least"));
        body.Close();
        return condition;
    }

    private string CheckName(YamlMap map, string key)
    {
        var name = map.Text(key);
        if (name.Length > 0 && !_known.Contains(name))
            map.Error(key, StudyCodes.UnknownName, $"'{name}' is not a value of the patient here", "a law reads covariates and the laws before it", Suggestion.For(name, _known));
        return name;
    }
}

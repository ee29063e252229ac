using Marrow.Trials.Studies;

namespace Marrow.Trials.Patients;

/// <summary>Reads <c>correlations</c> of a population: between covariates, factors, values of the history, and parameters of the model that
/// differ between patients.</summary>
internal sealed class PopulationCorrelations(YamlMap map, ModelNames? model, List<SourcedNumber> log)
{
    private readonly List<(DrawnNumber Number, Law Law)> _laws = [];

    /// <summary>Adds laws whose numbers may be correlated, in the order of drawing.</summary>
    public void Add(DrawnKind kind, IReadOnlyList<Law> laws) => _laws.AddRange(laws.Select(l => (new DrawnNumber(kind, l.Name), l)));

    /// <summary>Reads the section; without one, that of the population that this one extends holds on.</summary>
    /// <param name="basis">Correlations of that population.</param>
    public CorrelationRule Read(CorrelationRule? basis)
    {
        var reader = new CorrelationReader(map, log, Find);
        var own = map.Has(CorrelationReader.Key);
        var pairs = own || basis is null ? reader.Read() : basis.Pairs;
        if (!own)
        {
            foreach (var number in pairs.SelectMany(p => (DrawnNumber[])[p.A, p.B]).Distinct().Where(n => n.Kind != DrawnKind.Biology && !_laws.Exists(l => l.Number == n && IsDrawn(l.Law))))
                map.Error("extends", StudyCodes.UnknownName, $"the correlations taken over speak of '{number.Name}', which is not drawn here", "", $"give the section '{CorrelationReader.Key}' anew");
        }
        return pairs.Count == 0 ? CorrelationRule.None : new CorrelationRule(pairs, reader.Combine(pairs, Position));
    }

    private int Position(DrawnNumber number) => Math.Max(0, _laws.FindIndex(l => l.Number == number));

    private DrawnNumber? Find(YamlMap entry, string name)
    {
        var at = _laws.FindIndex(l => l.Number.Name == name);
        if (at >= 0)
        {
            if (IsDrawn(_laws[at].Law)) return _laws[at].Number;
            entry.Error("between", StudyCodes.Conflict, $"'{name}' has no spread of its own", "it is fixed, or follows from other values", "correlate what it follows from, or give its law an sd");
            return null;
        }
        if (model is null) return new DrawnNumber(DrawnKind.Biology, name);
        if (model.Spread.Contains(name)) return new DrawnNumber(DrawnKind.Biology, name);
        if (model.HasParameter(name))
            entry.Error("between", StudyCodes.Conflict, $"the parameter '{name}' is the same in all patients", "its row in the model's tables has no spread", $"give it a distribution such as lognormal(0.3), or leave it out");
        else
            entry.Error("between", StudyCodes.UnknownName, $"'{name}' is neither a drawn value of the patient nor a parameter of the model", "", Suggestion.For(name, _laws.Select(l => l.Number.Name).Concat(model.Spread)));
        return null;
    }

    private static bool IsDrawn(Law law) => law.Family switch
    {
        LawFamily.Fixed or LawFamily.Steps or LawFamily.Decay => false,
        LawFamily.Normal or LawFamily.Log or LawFamily.Log10 or LawFamily.Logit => law.Sd > 0,
        _ => true,
    };
}

using Marrow.Networks.Diagnostics;
using Marrow.Networks.Structure;

namespace Marrow.Exchange.Petab;

/// <summary>Checks that every identifier of the tables means something, and that what they set may be set.</summary>
internal sealed class PetabNames
{
    private readonly int _version;
    private readonly DiagnosticBag _bag;
    private readonly HashSet<string> _settable, _reactions, _ruled, _model;
    private readonly Dictionary<string, PetabParameter> _parameters;
    private readonly HashSet<string> _species;

    public PetabNames(int version, ReactionNetwork network, IReadOnlyList<PetabParameter> parameters, DiagnosticBag bag)
    {
        (_version, _bag) = (version, bag);
        _species = Set(network.Species.Select(s => s.Id));
        _settable = Set(_species.Concat(network.Parameters.Select(p => p.Id)).Concat(network.Compartments.Select(c => c.Id)));
        _reactions = Set(network.Reactions.Select(r => r.Id));
        _ruled = Set(network.AssignmentRules.Select(r => r.Variable));
        _model = Set(_settable.Concat(_reactions));
        _parameters = parameters.ToDictionary(p => p.Id, StringComparer.Ordinal);
        Used = Set(parameters.Select(p => p.Id).Where(_model.Contains));
        foreach (var parameter in parameters) CheckParameter(parameter);
    }

    /// <summary>Identifiers that the model or a table uses.</summary>
    public HashSet<string> Used { get; }

    /// <summary>Checks the tables of one model.</summary>
    /// <param name="observables">The observables.</param>
    /// <param name="conditions">The conditions.</param>
    /// <param name="overrides">Names that fill placeholders, with a row of each.</param>
    public void Check(
        IReadOnlyList<PetabObservable> observables, IEnumerable<PetabCondition> conditions, IReadOnlyDictionary<string, (PetabRow Row, string Column)> overrides)
    {
        var changes = conditions.SelectMany(c => c.Changes).ToList();
        var targets = Set(changes.Select(c => c.Target));
        var ids = Set(observables.Select(o => o.Id));
        var known = Set(_model.Concat(_parameters.Keys).Concat(targets));
        foreach (var observable in observables)
        {
            CheckFormula(observable.Formula, observable, "observableFormula", known, ids);
            CheckFormula(observable.Noise, observable, "noiseFormula", known, ids);
        }
        foreach (var (name, (row, column)) in overrides) Use(name, row, column, known, row.Where(column));
        foreach (var change in changes.Where(c => c.Value is not null))
        {
            // In version 1 a condition names parameters of the tables or the model.
            var values = _version == 1 ? Set(_model.Concat(_parameters.Keys)) : known;
            foreach (var name in Names(change.Value!)) Use(name.Name, change.Row, change.Column, values, name.Where);
        }
        foreach (var change in changes.DistinctBy(c => c.Target)) CheckTarget(change);
    }

    private void CheckParameter(PetabParameter parameter)
    {
        var id = parameter.Id;
        if (_ruled.Contains(id)) parameter.Row.Error("parameterId", _bag, PetabCodes.BadTarget, $"parameter '{id}' is computed by a rule of the model");
        else if (_reactions.Contains(id) || _species.Contains(id))
            parameter.Row.Error("parameterId", _bag, PetabCodes.BadTarget, $"'{id}' is no parameter of the model but a {(_species.Contains(id) ? "species" : "reaction")}", "", "a condition that sets it to a parameter");
    }

    private void CheckFormula(Expression formula, PetabObservable observable, string column, HashSet<string> known, HashSet<string> observables)
    {
        foreach (var name in Names(formula))
        {
            if (observable.FormulaPlaceholders.Contains(name.Name) || observable.NoisePlaceholders.Contains(name.Name)) continue;
            if (observables.Contains(name.Name) && !known.Contains(name.Name)) continue;
            Use(name.Name, observable.Row, column, known, name.Where);
        }
    }

    private void Use(string name, PetabRow row, string column, HashSet<string> known, SourceSpan where)
    {
        Used.Add(name);
        if (known.Contains(name)) return;
        _bag.Error(PetabCodes.UnknownId, $"{column} names '{name}', which nothing defines", where, "", Spelling.Hint(name, known, "a row of the parameter table"), row.Text);
    }

    private void CheckTarget(PetabChange change)
    {
        var column = _version == 1 ? change.Column : "targetId";
        var target = change.Target;
        void Refuse(ErrorCode code, string what, string remedy = "") => _bag.Error(code, what, change.Row.Where(column), "", remedy, change.Row.Text);
        if (_ruled.Contains(target)) Refuse(PetabCodes.BadTarget, $"a condition sets '{target}', which a rule of the model computes");
        else if (_reactions.Contains(target)) Refuse(PetabCodes.BadTarget, $"a condition sets '{target}', which is a reaction");
        else if (_parameters.ContainsKey(target)) Refuse(PetabCodes.BadTarget, $"a condition sets '{target}', which stands in the parameter table", "one of the two");
        else if (!_settable.Contains(target) && !Used.Contains(target)) Refuse(PetabCodes.UnknownId, $"a condition sets '{target}', which neither the model nor a formula has", Spelling.Hint(target, _settable, ""));
    }

    private static IEnumerable<NameExpression> Names(Expression formula) => ExpressionWalk.Nodes(formula).OfType<NameExpression>();

    private static HashSet<string> Set(IEnumerable<string> names) => names.ToHashSet(StringComparer.Ordinal);
}

using System.Collections.Immutable;
using Marrow.Networks.Compilation;
using Marrow.Networks.Diagnostics;
using Marrow.Networks.Structure;

namespace Marrow.Exchange.Petab;

/// <summary>Puts observables, noise and what conditions set into the network of a problem, so that one compiled model serves all
/// experiments. Names that it adds hold blanks: no model can have them.</summary>
internal sealed class PetabModel
{
    private readonly PetabPart _part;
    private readonly int _version;
    private readonly HashSet<string> _targets, _ruled, _rated, _assigned;
    private readonly List<Parameter> _added = [];
    private readonly List<AssignmentRule> _rules = [];
    private readonly List<string> _observed = [];
    private readonly Dictionary<string, double> _nominal;

    private PetabModel(int version, PetabPart part, IReadOnlyList<PetabParameter> parameters)
    {
        (_version, _part) = (version, part);
        _targets = Set(part.Experiments.SelectMany(e => e.Periods).SelectMany(p => p.Changes).Select(c => c.Target));
        _ruled = Set(part.Network.AssignmentRules.Select(r => r.Variable));
        _rated = Set(part.Network.RateRules.Select(r => r.Variable));
        _assigned = Set(part.Network.Events.SelectMany(e => e.Assignments).Select(a => a.Variable));
        _nominal = parameters.ToDictionary(p => p.Id, p => p.Nominal ?? double.NaN, StringComparer.Ordinal);
    }

    /// <summary>The network with its additions.</summary>
    public ReactionNetwork Network { get; private set; } = null!;

    /// <summary>Names of what is read at points of a course.</summary>
    public IReadOnlyList<string> Observed => _observed;

    /// <summary>Name of the rule of an observable.</summary>
    public static string Observable(string id) => $"observable {id}";

    /// <summary>Name of the rule of the noise of an observable.</summary>
    public static string Noise(string id) => $"noise of {id}";

    /// <summary>Name of the rule that says whether the trigger of an event holds.</summary>
    public static string Trigger(string id) => $"trigger of {id}";

    /// <summary>Name of the rule of a formula of a condition.</summary>
    public static string Value(PetabChange change) => FormattableString.Invariant($"value at {change.Row.Where(change.Column)}");

    /// <summary>Parameter that holds a start that a condition gives.</summary>
    public static string Start(string target) => $"start of {target}";

    /// <summary>Parameter that says whether a condition gives a start.</summary>
    public static string HasStart(string target) => $"start of {target} is given";

    /// <summary>Compiles a part of a problem.</summary>
    /// <exception cref="InputException">The network has errors or uses what is not supported.</exception>
    public static PetabModel Build(int version, PetabPart part, IReadOnlyList<PetabParameter> parameters)
    {
        var model = new PetabModel(version, part, parameters);
        model.Build();
        return model;
    }

    /// <summary>Compiles the network.</summary>
    public CompiledModel Compile() => CompiledModel.Compile(Network, new CompileOptions { Observables = [.. _observed.Distinct(StringComparer.Ordinal)] });

    private void Build()
    {
        var network = _part.Network;
        var known = Set(network.Species.Select(s => s.Id).Concat(network.Parameters.Select(p => p.Id)).Concat(network.Compartments.Select(c => c.Id)).Concat(network.Reactions.Select(r => r.Id)));
        foreach (var (id, value) in _nominal.Where(p => !known.Contains(p.Key))) Add(id, Number(value));
        foreach (var target in _targets.Where(t => !known.Contains(t) && !_nominal.ContainsKey(t))) Add(target, Number(double.NaN));
        known.UnionWith(_added.Select(p => p.Id));
        Observables(known);
        Values();
        Triggers();
        _observed.AddRange(Overrides().Where(IsNoParameter));
        foreach (var compartment in network.Compartments) _observed.Add(compartment.Id);
        Network = Held(network with
        {
            Species = [.. network.Species.Select(Species)],
            Parameters = [.. network.Parameters.Select(p => p with { Value = Initial(p.Id, p.Value) }), .. _added],
            Compartments = [.. network.Compartments.Select(c => c with { Size = Initial(c.Id, c.Size) })],
            AssignmentRules = [.. network.AssignmentRules, .. _rules],
        });
    }

    private IEnumerable<string> Overrides() => _part.Measurements.SelectMany(m => m.FormulaOverrides.Concat(m.NoiseOverrides)).Select(o => o.Name).OfType<string>().Distinct(StringComparer.Ordinal);

    private void Observables(HashSet<string> known)
    {
        var formulas = _part.Observables.Where(o => !known.Contains(o.Id))
            .ToDictionary(o => o.Id, o => (Expression)new NameExpression(Observable(o.Id), SourceSpan.None), StringComparer.Ordinal);
        foreach (var placeholder in _part.Observables.SelectMany(o => o.FormulaPlaceholders.Concat(o.NoisePlaceholders)).Distinct(StringComparer.Ordinal)) Add(placeholder, Number(double.NaN));
        foreach (var observable in _part.Observables)
        {
            Rule(Observable(observable.Id), ExpressionWalk.Replace(observable.Formula, formulas));
            Rule(Noise(observable.Id), ExpressionWalk.Replace(observable.Noise, formulas));
        }
    }

    private void Values()
    {
        foreach (var change in _part.Experiments.SelectMany(e => e.Periods).SelectMany(p => p.Changes).DistinctBy(c => c.Row.Where(c.Column)))
        {
            if (change.Value is NameExpression name) _observed.AddRange(IsNoParameter(name.Name) ? [name.Name] : []);
            else if (change.Value is not (null or NumberExpression)) Rule(Value(change), change.Value);
        }
    }

    /// <summary>Whether the value of a name has to be computed; what only the parameter table sets stands among the compiled parameters.</summary>
    private bool IsNoParameter(string name) => !_nominal.ContainsKey(name) || _rated.Contains(name);

    private void Triggers()
    {
        foreach (var e in _part.Network.Events)
            Rule(Trigger(e.Id), new ApplyExpression(MathFunction.Piecewise, [Number(1), e.Trigger, Number(0)], e.Where));
    }

    private void Rule(string name, Expression formula)
    {
        _added.Add(new Parameter(name, null, null, IsConstant: false, null, SourceSpan.None));
        _rules.Add(new AssignmentRule(name, formula, SourceSpan.None));
        _observed.Add(name);
    }

    private void Add(string name, Expression value) => _added.Add(new Parameter(name, null, value, IsConstant: true, null, SourceSpan.None));

    /// <summary>The start of a parameter or compartment: that of the parameter table, or one that a condition may give.</summary>
    private Expression? Initial(string id, Expression? value)
    {
        if (_nominal.TryGetValue(id, out var nominal)) return Number(nominal);
        if (_version != 1 || !_targets.Contains(id) || (IsLiteral(value) && !_rated.Contains(id))) return value;
        return Choice(id, value ?? Number(1));
    }

    /// <summary>The start of a species that conditions of version 1 set, in the unit that its name has in formulas, so that what the model
    /// computes from it follows.</summary>
    private Species Species(Species species)
    {
        if (_version != 1 || !_targets.Contains(species.Id) || _ruled.Contains(species.Id)) return species;
        var value = species.Initial ?? Number(0);
        var size = new NameExpression(species.Compartment, species.Where);
        if (species.InitialIsAmount && !species.IsSubstanceOnly) value = new ApplyExpression(MathFunction.Divide, [value, size], species.Where);
        if (!species.InitialIsAmount && species.IsSubstanceOnly) value = new ApplyExpression(MathFunction.Multiply, [value, size], species.Where);
        return species with { Initial = Choice(species.Id, value), InitialIsAmount = species.IsSubstanceOnly };
    }

    private ApplyExpression Choice(string id, Expression otherwise)
    {
        Add(Start(id), Number(0));
        Add(HasStart(id), Number(0));
        return new ApplyExpression(MathFunction.Piecewise, [Name(Start(id)), new ApplyExpression(MathFunction.Greater, [Name(HasStart(id)), Number(0)], SourceSpan.None), otherwise], SourceSpan.None);
    }

    /// <summary>In version 2 what the model computes at the start stays when a later condition changes what it was computed from. An event
    /// that never happens gives such values a place of their own.</summary>
    private ReactionNetwork Held(ReactionNetwork network)
    {
        if (_version == 1) return network;
        var reacting = Set(network.Reactions.SelectMany(r => r.Reactants.Concat(r.Products)).Select(r => r.Species));
        var starts = network.Parameters.Select(p => (p.Id, p.Value)).Concat(network.Compartments.Select(c => (c.Id, Value: c.Size)))
            .Concat(network.Species.Where(s => !reacting.Contains(s.Id) || s.IsBoundary).Select(s => (s.Id, Value: s.Initial)));
        ImmutableArray<EventAssignment> held = [.. starts.Where(x => !IsLiteral(x.Value) && !_ruled.Contains(x.Id) && !_rated.Contains(x.Id) && !_assigned.Contains(x.Id))
            .Select(x => new EventAssignment(x.Id, Name(x.Id), SourceSpan.None))];
        if (held.Length == 0) return network;
        var never = new NetworkEvent("never", null, new ApplyExpression(MathFunction.False, [], SourceSpan.None), held, null, null, true, true, SourceSpan.None);
        return network with { Events = network.Events.Add(never) };
    }

    private static bool IsLiteral(Expression? value) => value is null || ExpressionWalk.Nodes(value).All(n => n is NumberExpression or ApplyExpression { Function: not MathFunction.RateOf });

    private static NumberExpression Number(double value) => new(value, null, SourceSpan.None);

    private static NameExpression Name(string name) => new(name, SourceSpan.None);

    private static HashSet<string> Set(IEnumerable<string> names) => names.ToHashSet(StringComparer.Ordinal);
}

using Marrow.Networks.Diagnostics;
using Marrow.Networks.Structure;

namespace Marrow.Networks.Units;

/// <summary>Units of the names of a network: declared, or inferred from the formula that determines them.</summary>
internal sealed class QuantityUnits
{
    private readonly Dictionary<string, Unit?> _declared = new(StringComparer.Ordinal);
    private readonly Dictionary<string, Unit?> _amounts = new(StringComparer.Ordinal);
    private readonly Dictionary<string, Expression> _formulas = new(StringComparer.Ordinal);
    private readonly Dictionary<string, Unit?> _inferred = new(StringComparer.Ordinal);
    private readonly HashSet<string> _inferring = new(StringComparer.Ordinal);
    private readonly UnitReport _report;
    private readonly UnitScope _scope;
    private readonly SbmlUnitDefaults? _sbml;

    /// <summary>Finds the units of a network.</summary>
    /// <param name="network">The network.</param>
    /// <param name="report">Receives problems.</param>
    /// <param name="strict">Time is in days unless the model says otherwise, and what has no unit is reported.</param>
    /// <param name="sbml">The defaults of an SBML document, where its own rules hold: what has no unit is not inferred, and a number has
    /// only the unit that it names.</param>
    public QuantityUnits(ReactionNetwork network, UnitReport report, bool strict, SbmlUnitDefaults? sbml = null)
    {
        (_report, _sbml) = (report, sbml);
        _scope = UnitScope.Of(network);
        Expressions = new ExpressionUnits(network, this, report);
        Time = sbml is not null ? Parse(sbml.Time) : _scope.Defined("time_unit") ?? (strict ? Unit.Parse("d") : null);
        foreach (var rule in network.AssignmentRules) _formulas[rule.Variable] = rule.Value;
        foreach (var parameter in network.Parameters) Parameter(parameter, strict);
        var sizes = Compartments(network);
        foreach (var species in network.Species) Add(species, sizes.GetValueOrDefault(species.Compartment), strict);
        foreach (var reaction in network.Reactions)
        {
            var taking = reaction.Reactants.Concat(reaction.Products).Select(r => Amount(r.Species)).FirstOrDefault(u => u is not null);
            _declared[reaction.Id] = PerTime(IsSbml ? Extent : taking);
        }
        if (IsSbml) foreach (var name in SbmlStoichiometries.Of(network)) _declared[name] = Unit.Dimensionless;
    }

    public ExpressionUnits Expressions { get; }

    /// <summary>Whether the rules of SBML hold.</summary>
    public bool IsSbml => _sbml is not null;

    /// <summary>Unit of the extent of reactions of an SBML document; null if unknown.</summary>
    public Unit? Extent => Parse(_sbml?.Extent);

    /// <summary>Unit of time; null if unknown.</summary>
    public Unit? Time { get; }

    /// <summary>The unit that a literal names; null, reported, if there is none.</summary>
    public Unit? Literal(string unit, SourceSpan where)
    {
        if (Unit.TryParse(unit, _scope, out var parsed, out var problem)) return parsed;
        _report.Unknown(where, problem);
        return null;
    }

    /// <summary>What the model says of a name.</summary>
    public Unit? Declared(string id) => _declared.GetValueOrDefault(id);

    /// <summary>Unit of a name in a formula.</summary>
    public Unit? Of(string id)
    {
        if (Declared(id) is { } unit) return unit;
        if (IsSbml) return null;
        if (_inferred.TryGetValue(id, out var known)) return known;
        if (!_formulas.TryGetValue(id, out var formula) || !_inferring.Add(id)) return null;
        var inferred = Expressions.Of(formula);
        _inferring.Remove(id);
        return _inferred[id] = inferred;
    }

    /// <summary>Unit of the amount of a species.</summary>
    public Unit? Amount(string species) => _amounts.GetValueOrDefault(species);

    /// <summary>Unit of the concentration of a species.</summary>
    public Unit? Concentration(string species) => Declared(species);

    /// <summary>A unit per unit of time.</summary>
    public Unit? PerTime(Unit? unit) => unit is null || Time is null ? null : unit / Time;

    private Unit? Parse(string? text) => text is not null && Unit.TryParse(text, _scope, out var unit, out _) ? unit : null;

    private void Parameter(Parameter parameter, bool strict)
    {
        var unit = Parse(parameter.Unit);
        _declared[parameter.Id] = unit;
        if (parameter.Value is { } value and not NumberExpression { Unit: null }) _formulas.TryAdd(parameter.Id, value);
        if (unit is null && strict && !_formulas.ContainsKey(parameter.Id)) _report.WithoutUnit("parameter", parameter.Id, parameter.Where);
    }

    private Dictionary<string, Unit?> Compartments(ReactionNetwork network)
    {
        var sizes = new Dictionary<string, Unit?>(StringComparer.Ordinal);
        foreach (var compartment in network.Compartments) sizes[compartment.Id] = _declared[compartment.Id] = Parse(compartment.Unit) ?? SizeOf(compartment.Dimensions);
        return sizes;
    }

    private Unit? SizeOf(double dimensions) => _sbml is null ? _scope.Defined("volume") : Parse(dimensions switch { 3 => _sbml.Volume, 2 => _sbml.Area, 1 => _sbml.Length, _ => null });

    private void Add(Species species, Unit? size, bool strict)
    {
        var amount = Parse(species.Unit) ?? (IsSbml ? Parse(_sbml!.Substance) : _scope.Defined("substance"));
        _amounts[species.Id] = amount;
        _declared[species.Id] = species.IsSubstanceOnly ? amount : amount is null || size is null ? null : amount / size;
        if (strict && amount is null) _report.WithoutUnit("species", species.Id, species.Where);
    }
}

using Marrow.Networks.Diagnostics;
using Marrow.Networks.Structure;

namespace Marrow.Networks.Units;

/// <summary>The rules of SBML about units (10501 to 10565 of the appendix on validation of the specification of Level 3 Version 2 core,
/// Hucka et al., J Integr Bioinform 15:20170081, 2018; those of Level 2 have the same numbers). What is wrong is a warning, one for each
/// element at most. A number or quantity without unit leaves the check of what it stands in open, and nothing is said.</summary>
internal sealed class SbmlUnitRules
{
    /// <summary>Last digits of the rules by what is determined.</summary>
    private const int CompartmentDigit = 1, SpeciesDigit = 2, ParameterDigit = 3, StoichiometryDigit = 4;

    private const int LawsDiffer = 10503, Assigned = 10510, Initial = 10520, Rate = 10530, Law = 10541, SubstanceOfExtent = 10542, Delay = 10551, EventAssigned = 10560, Priority = 10565;

    private readonly ReactionNetwork _network;
    private readonly SbmlUnitDefaults _defaults;
    private readonly SbmlUnitReport _report;
    private readonly QuantityUnits _quantities;
    private readonly HashSet<string> _stoichiometries;
    private readonly Dictionary<string, (int Digit, string Kind)> _kinds = new(StringComparer.Ordinal);

    public SbmlUnitRules(ReactionNetwork network, SbmlUnitDefaults defaults, Reporter reporter)
    {
        (_network, _defaults, _report) = (network, defaults, new SbmlUnitReport(reporter));
        _report.Begin();
        _quantities = new QuantityUnits(network, _report, strict: false, defaults);
        _stoichiometries = SbmlStoichiometries.Of(network);
        foreach (var parameter in network.Parameters) _kinds[parameter.Id] = _stoichiometries.Contains(parameter.Id) ? (StoichiometryDigit, "stoichiometry") : (ParameterDigit, "parameter");
        foreach (var species in network.Species) _kinds[species.Id] = (SpeciesDigit, "species");
        foreach (var compartment in network.Compartments) _kinds[compartment.Id] = (CompartmentDigit, "compartment");
    }

    /// <summary>Checks everything.</summary>
    public void Check()
    {
        Starts();
        foreach (var rule in _network.AssignmentRules.Where(r => !r.IsSolved)) Check(Assigned, rule.Variable, rule.Value, "its rule");
        foreach (var rule in _network.RateRules) Check(Rate, rule.Variable, rule.Rate, "its rule");
        foreach (var rule in _network.AlgebraicRules.Select(r => r.Value).Concat(_network.AssignmentRules.Where(r => r.IsSolved).Select(r => r.Value))) Inside(rule);
        Laws();
        if (_defaults.Level >= 3) Substances();
        foreach (var @event in _network.Events) Event(@event);
        foreach (var constraint in _network.Constraints) Inside(constraint.Condition);
    }

    /// <summary>Initial assignments: what a network begins with beside plain numbers.</summary>
    private void Starts()
    {
        foreach (var c in _network.Compartments.Where(c => c.Size is not (null or NumberExpression))) Check(Initial, c.Id, c.Size!, "its initial assignment");
        foreach (var s in _network.Species.Where(s => s.Initial is not (null or NumberExpression))) Check(Initial, s.Id, s.Initial!, "its initial assignment");
        foreach (var p in _network.Parameters.Where(p => p.Value is not (null or NumberExpression))) Check(Initial, p.Id, p.Value!, "its initial assignment");
    }

    private void Check(int group, string variable, Expression value, string valueName)
    {
        if (!_kinds.TryGetValue(variable, out var kind)) return;
        _report.Begin();
        var expected = _quantities.Of(variable);
        var found = _quantities.Expressions.Of(value);
        var what = $"{kind.Kind} '{variable}'";
        if (group == Rate) _report.Agree(group + kind.Digit, _quantities.PerTime(expected), found, value, $"{what} per time", valueName);
        else _report.Agree(group + kind.Digit, expected, found, value, what, valueName);
    }

    /// <summary>What a formula combines must fit together; what it gives is free.</summary>
    private void Inside(Expression formula)
    {
        _report.Begin();
        _quantities.Expressions.Of(formula);
    }

    private void Laws()
    {
        var extent = _quantities.PerTime(_quantities.Extent);
        (Reaction Reaction, Unit Unit)? first = null;
        foreach (var reaction in _network.Reactions)
        {
            _report.Begin();
            var law = _quantities.Expressions.Of(reaction.KineticLaw);
            if (extent is not null) _report.Agree(Law, extent, law, reaction.KineticLaw, _defaults.Level < 3 ? "substance per time" : "extent per time", $"the kinetic law of '{reaction.Id}'");
            else if (first is { } known) _report.Agree(LawsDiffer, known.Unit, law, reaction.KineticLaw, $"the kinetic law of '{known.Reaction.Id}'", $"that of '{reaction.Id}'");
            else if (law is not null && _defaults.Level >= 3) first = (reaction, law);
            foreach (var factor in reaction.Reactants.Concat(reaction.Products).Select(r => r.Factor).OfType<ApplyExpression>()) _quantities.Expressions.Of(factor);
        }
    }

    /// <summary>What reactions turn over: the extent times the conversion factor of the species is its substance.</summary>
    private void Substances()
    {
        if (_quantities.Extent is not { } extent) return;
        var places = _network.Species.ToDictionary(s => s.Id, s => s.Where, StringComparer.Ordinal);
        var seen = new HashSet<string>(StringComparer.Ordinal);
        foreach (var reference in _network.Reactions.SelectMany(r => r.Reactants.Concat(r.Products)))
        {
            if (!places.TryGetValue(reference.Species, out var where) || !seen.Add(reference.Species) || _quantities.Amount(reference.Species) is not { } substance) continue;
            var turned = extent;
            foreach (var name in SbmlStoichiometries.Names(reference).Where(n => !_stoichiometries.Contains(n.Name))) turned = turned is not null && _quantities.Of(name.Name) is { } unit ? turned * unit : null;
            if (turned is null || turned.Equals(substance)) continue;
            _report.Begin();
            _report.Tell(SubstanceOfExtent, where, $"the substance of species '{reference.Species}' has unit {_report.Spelt(substance)}, extent times its conversion factor has {_report.Spelt(turned)}");
        }
    }

    private void Event(NetworkEvent @event)
    {
        Inside(@event.Trigger);
        Measures(Delay, @event.Delay, _quantities.Time, "time", $"the delay of '{@event.Id}'");
        Measures(Priority, @event.Priority, Unit.Dimensionless, "a pure number", $"the priority of '{@event.Id}'");
        foreach (var assignment in @event.Assignments) Check(EventAssigned, assignment.Variable, assignment.Value, $"what '{@event.Id}' assigns");
    }

    private void Measures(int rule, Expression? formula, Unit? expected, string what, string name)
    {
        if (formula is null) return;
        _report.Begin();
        _report.Agree(rule, expected, _quantities.Expressions.Of(formula), formula, what, name);
    }
}

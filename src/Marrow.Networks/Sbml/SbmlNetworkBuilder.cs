using System.Collections.Immutable;
using Marrow.Networks.Diagnostics;
using Marrow.Networks.Structure;

namespace Marrow.Networks.Sbml;

/// <summary>Turns the model of a document into a network.</summary>
internal sealed class SbmlNetworkBuilder
{
    private readonly SbmlDocument _document;
    private readonly XmlNode _model;
    private readonly Reporter _reporter;
    private readonly SbmlUnits _units;
    private readonly MathReader _math;
    private readonly Dictionary<string, Expression> _initial = new(StringComparer.Ordinal);
    private readonly List<AssignmentRule> _assignments = [];
    private readonly List<RateRule> _rates = [];
    private readonly List<Expression> _algebraic = [];
    private readonly SbmlReactions _reactions;
    private readonly HashSet<string> _ruled;
    private readonly Lazy<HashSet<string>> _reacting;

    public SbmlNetworkBuilder(SbmlDocument document, Reporter reporter)
    {
        (_document, _model, _reporter) = (document, document.Model, reporter);
        _reacting = new Lazy<HashSet<string>>(Reacting);
        _units = new SbmlUnits(document, reporter);
        var functions = Members("listOfFunctionDefinitions", "functionDefinition").Select(n => n["id"] ?? "").ToHashSet(StringComparer.Ordinal);
        _math = new MathReader(functions, _units.Knows, reporter);
        foreach (var node in Members("listOfInitialAssignments", "initialAssignment"))
            if (_math.Of(node) is { } value) _initial[_document.Id(node, "symbol")] = value;
        Rules();
        _ruled = _assignments.Select(r => r.Variable).ToHashSet(StringComparer.Ordinal);
        _reactions = new SbmlReactions(document, _math, _units, _initial, _ruled, reporter);
    }

    /// <summary>The network.</summary>
    /// <param name="otherwise">Its name if the model has none.</param>
    public ReactionNetwork Build(string otherwise)
    {
        var functions = Functions();
        var compartments = Members("listOfCompartments", "compartment").Select(Compartment).ToList();
        var flat = compartments.Where(c => c.Dimensions == 0).Select(c => c.Id).ToHashSet(StringComparer.Ordinal);
        ImmutableArray<Species> species = [.. Members("listOfSpecies", "species").Select(s => Species(s, flat))];
        var parameters = Members("listOfParameters", "parameter").Select(Parameter).ToList();
        var reactions = _reactions.Read();
        var network = new ReactionNetwork
        {
            Name = _model["id"] is { Length: > 0 } id ? id : otherwise,
            DisplayName = _model["name"],
            Units = _units.All,
            SbmlUnits = _units.Defaults,
            Functions = functions,
            Compartments = [.. compartments],
            Species = species,
            Parameters = [.. parameters, .. _reactions.Parameters],
            Reactions = reactions,
            AssignmentRules = [.. _assignments],
            RateRules = [.. _rates],
            Events = [.. Members("listOfEvents", "event").Select(Event)],
            Constraints = [.. Members("listOfConstraints", "constraint").Select(Constraint).OfType<Constraint>()],
        };
        return DeclarationOrder.Apply(_algebraic.Count == 0 ? network : new AlgebraicRules(network, _reporter).Solve(_algebraic));
    }

    private IEnumerable<XmlNode> Members(string list, string name) => _model.Members(list).Where(n => n.Name == name);

    private ImmutableArray<FunctionDefinition> Functions()
    {
        var functions = ImmutableArray.CreateBuilder<FunctionDefinition>();
        var seen = new HashSet<string>(StringComparer.Ordinal);
        foreach (var node in Members("listOfFunctionDefinitions", "functionDefinition"))
        {
            var id = _document.Id(node);
            if (!seen.Add(id)) _reporter.Error(ErrorCodes.Duplicate, node.Where, $"function '{id}' is defined twice");
            if (_math.Lambda(node) is { } lambda) functions.Add(new FunctionDefinition(id, lambda.Arguments, lambda.Body, node.Where));
        }
        return functions.ToImmutable();
    }

    private void Rules()
    {
        foreach (var node in _model.Members("listOfRules"))
        {
            switch (node.Name)
            {
                case "assignmentRule" when _math.Of(node) is { } value:
                    _assignments.Add(new AssignmentRule(_document.Id(node, "variable"), value, node.Where));
                    break;
                case "rateRule" when _math.Of(node) is { } rate:
                    _rates.Add(new RateRule(_document.Id(node, "variable"), rate, node.Where));
                    break;
                case "algebraicRule" when _math.Of(node) is { } zero:
                    _algebraic.Add(zero);
                    break;
            }
        }
    }

    private Compartment Compartment(XmlNode node)
    {
        var id = _document.Id(node);
        var size = Start(id, _document.Number(node, "size"), node);
        var dimensions = _document.Number(node, "spatialDimensions") ?? 3;
        return new Compartment(id, node["name"], size, _document.Flag(node, "constant", true), _units.Of(node["units"], node, _reporter), dimensions, node.Where) { Outside = node["outside"] };
    }

    private Species Species(XmlNode node, HashSet<string> withoutSize)
    {
        var id = _document.Id(node);
        var compartment = _document.Id(node, "compartment");
        // Without a size there is no concentration.
        var isSubstanceOnly = _document.Flag(node, "hasOnlySubstanceUnits", false) || withoutSize.Contains(compartment);
        var (amount, concentration) = (_document.Number(node, "initialAmount"), _document.Number(node, "initialConcentration"));
        var isConstant = _document.Flag(node, "constant", false);
        var isBoundary = _document.Flag(node, "boundaryCondition", false) || isConstant || RuleWins(id, node);
        var isAssigned = _initial.ContainsKey(id);
        return new Species(id, node["name"], compartment, Start(id, amount ?? concentration, node), isAssigned ? isSubstanceOnly : amount is not null || (concentration is null && isSubstanceOnly),
            isSubstanceOnly, isBoundary, isConstant, _units.Of(node["substanceUnits"], node, _reporter) ?? (_document.Level == 3 ? _units.Defaults.Substance : null), node.Where);
    }

    /// <summary>Whether a rule determines a species that reactions would change too; what the rule says holds.</summary>
    private bool RuleWins(string id, XmlNode node)
    {
        if (!(_ruled.Contains(id) || _rates.Exists(r => r.Variable == id)) || !_reacting.Value.Contains(id)) return false;
        _reporter.Warn(ErrorCodes.SbmlRuleWins, node.Where, $"a rule determines species '{id}', and reactions change it", "the rule holds");
        return true;
    }

    private HashSet<string> Reacting() =>
        [.. Members("listOfReactions", "reaction").SelectMany(r => r.Members("listOfReactants").Concat(r.Members("listOfProducts"))).Select(p => p["species"] ?? "")];

    private Parameter Parameter(XmlNode node)
    {
        var id = _document.Id(node);
        var value = Start(id, _document.Number(node, "value"), node);
        if (value is null && !_ruled.Contains(id))
        {
            value = new NumberExpression(double.NaN, null, node.Where);
            _reporter.Warn(ErrorCodes.SbmlNoValue, node.Where, $"parameter '{id}' has no value", "it is NaN until something sets it");
        }
        return new Parameter(id, node["name"], value, _document.Flag(node, "constant", true), _units.Of(node["units"], node, _reporter), node.Where);
    }

    private Expression? Start(string id, double? declared, XmlNode node) =>
        _initial.TryGetValue(id, out var value) ? value : declared is { } number ? new NumberExpression(number, null, node.Where) : null;

    private NetworkEvent Event(XmlNode node, int number)
    {
        var id = node["id"] is { Length: > 0 } given ? given : Unused($"event_{number + 1}");
        var trigger = node.Child("trigger");
        var assignments = node.Members("listOfEventAssignments").Where(n => n.Name == "eventAssignment")
            .Select(n => (Node: n, Value: _math.Of(n))).Where(x => x.Value is not null).Select(x => new EventAssignment(_document.Id(x.Node, "variable"), x.Value!, x.Node.Where));
        return new NetworkEvent(id, node["name"], trigger is not null && _math.Of(trigger) is { } condition ? condition : new ApplyExpression(MathFunction.False, [], node.Where),
            [.. assignments], Formula(node.Child("delay")), Formula(node.Child("priority")),
            trigger is null || _document.Flag(trigger, "persistent", true), trigger is null || _document.Flag(trigger, "initialValue", true), node.Where)
        { UsesValuesFromTrigger = _document.Flag(node, "useValuesFromTriggerTime", true) };
    }

    private Expression? Formula(XmlNode? node) => node is null ? null : _math.Of(node);

    private string Unused(string name)
    {
        while (_model.Children.SelectMany(list => list.Children).Any(n => n["id"] == name)) name += "_";
        return name;
    }

    private Constraint? Constraint(XmlNode node) => _math.Of(node) is { } condition ? new Constraint(node["id"], condition, node.Where) : null;
}

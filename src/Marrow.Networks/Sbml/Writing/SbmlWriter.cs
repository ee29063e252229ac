using System.Text;
using System.Xml;
using Marrow.Networks.Structure;

namespace Marrow.Networks.Sbml.Writing;

/// <summary>Writes a flat network as SBML Level 3 Version 2 (core; Version 1 if it has fast reactions). Reading it back gives a network that simulates the same.</summary>
/// <remarks>Interactions become modifiers. Terms, notes and uncertainties are not written.</remarks>
public sealed class SbmlWriter
{
    /// <summary>2, or 1 for a model with fast reactions, which Version 2 has not.</summary>
    private readonly string _version;

    private readonly ReactionNetwork _network;
    private readonly Stoichiometries _stoichiometries;
    private readonly UnitIds _units;
    private readonly XmlWriter _xml;
    private readonly MathWriter _math;
    private readonly HashSet<string> _ruled;

    /// <summary>Formulas of initial assignments, with the names that they set.</summary>
    private readonly List<(string Symbol, Expression Value)> _initial = [];

    private SbmlWriter(ReactionNetwork network, XmlWriter xml)
    {
        _stoichiometries = new Stoichiometries(network);
        _network = _stoichiometries.Network;
        _units = new UnitIds(_network);
        _version = _network.Reactions.Any(r => r.IsFast) ? "1" : "2";
        (_xml, _math) = (xml, new MathWriter(xml, Core, _units.Of));
        _ruled = _network.AssignmentRules.Select(r => r.Variable).ToHashSet(StringComparer.Ordinal);
    }

    private string Core => $"http://www.sbml.org/sbml/level3/version{_version}/core";

    /// <summary>The network as a document, with line feeds.</summary>
    public static string Write(ReactionNetwork network)
    {
        ArgumentNullException.ThrowIfNull(network);
        using var stream = new MemoryStream();
        // Units are known when all quantities were written, and stand before them.
        var body = new SbmlWriter(network, Xml(Stream.Null)).Run(null);
        new SbmlWriter(network, Xml(stream)).Run(body);
        return new UTF8Encoding(false).GetString(stream.ToArray()) + "\n";
    }

    private static XmlWriter Xml(Stream stream) =>
        XmlWriter.Create(stream, new XmlWriterSettings { Indent = true, NewLineChars = "\n", Encoding = new UTF8Encoding(false), CloseOutput = false });

    /// <summary>Writes everything; the units that were asked for.</summary>
    private IReadOnlyList<UnitDefinition> Run(IReadOnlyList<UnitDefinition>? units)
    {
        _xml.WriteStartElement("sbml", Core);
        Attributes(("level", "3"), ("version", _version));
        _xml.WriteStartElement("model", Core);
        Model(units ?? []);
        List("listOfFunctionDefinitions", _network.Functions, f => Element("functionDefinition", () => _math.Write(f), ("id", f.Id)));
        List("listOfUnitDefinitions", units ?? [], Unit);
        List("listOfCompartments", _network.Compartments, Compartment);
        List("listOfSpecies", _network.Species, Species);
        List("listOfParameters", _network.Parameters.Where(p => !_stoichiometries.IsReference(p)), Parameter);
        var references = References();
        List("listOfInitialAssignments", _initial, i => Element("initialAssignment", () => _math.Write(i.Value), ("symbol", i.Symbol)));
        Rules(references);
        List("listOfConstraints", _network.Constraints, c => Element("constraint", () => _math.Write(c.Condition), ("id", c.Id)));
        List("listOfReactions", _network.Reactions, r => Reaction(r, references));
        List("listOfEvents", _network.Events, Event);
        _xml.WriteEndElement();
        _xml.WriteEndElement();
        _xml.Flush();
        return _units.Definitions;
    }

    private void Model(IReadOnlyList<UnitDefinition> units)
    {
        string? Defined(string id) => units.Any(u => u.Id == id) ? id : null;
        Attributes(("id", Identifiers.Of(_network.Name)), ("name", _network.DisplayName), ("substanceUnits", Defined("substance")), ("timeUnits", Defined("time_unit")), ("volumeUnits", Defined("volume")),
            ("areaUnits", Defined("area")), ("lengthUnits", Defined("length")), ("extentUnits", Defined("substance")));
    }

    private void Unit(UnitDefinition unit) => Element("unitDefinition", () => List("listOfUnits", unit.Factors, f =>
        Element("unit", null, ("kind", f.Kind), ("exponent", MathWriter.Text(f.Exponent)), ("scale", MathWriter.Text(f.Scale)), ("multiplier", MathWriter.Text(f.Multiplier)))), ("id", unit.Id));

    private void Compartment(Compartment c)
    {
        // A size that nothing gives is 1 in a network, and unknown in SBML.
        var size = Start(c.Id, c.Size) ?? (c.Size is null && !_ruled.Contains(c.Id) ? "1" : null);
        Element("compartment", null, ("id", c.Id), ("name", c.DisplayName), ("spatialDimensions", MathWriter.Text(c.Dimensions)), ("size", size), ("units", _units.Of(c.Unit)), ("constant", Flag(c.IsConstant)));
    }

    private void Species(Species s)
    {
        var isAmount = s.Initial is NumberExpression ? s.InitialIsAmount : s.IsSubstanceOnly;
        var start = s.Initial is null && !_ruled.Contains(s.Id) ? "0" : Start(s.Id, Initial(s));
        Element("species", null, ("id", s.Id), ("name", s.DisplayName), ("compartment", s.Compartment), (isAmount ? "initialAmount" : "initialConcentration", start), ("substanceUnits", _units.Of(s.Unit)),
            ("hasOnlySubstanceUnits", Flag(s.IsSubstanceOnly)), ("boundaryCondition", Flag(s.IsBoundary)), ("constant", Flag(s.IsConstant)));
    }

    /// <summary>A formula gives what the name means in formulas: amount or concentration.</summary>
    private static Expression? Initial(Species s)
    {
        if (s.Initial is null or NumberExpression || s.InitialIsAmount == s.IsSubstanceOnly) return s.Initial;
        return new ApplyExpression(s.InitialIsAmount ? MathFunction.Divide : MathFunction.Multiply, [s.Initial, new NameExpression(s.Compartment, s.Where)], s.Where);
    }

    private void Parameter(Parameter p) =>
        Element("parameter", null, ("id", p.Id), ("name", p.DisplayName), ("value", Start(p.Id, p.Value)), ("units", _units.Of(p.Unit)), ("constant", Flag(p.IsConstant)));

    /// <summary>The number with which something begins; a formula is kept for the initial assignments.</summary>
    private string? Start(string id, Expression? value)
    {
        if (value is null || _ruled.Contains(id)) return null;
        if (value is NumberExpression { Unit: null } number) return MathWriter.Text(number.Value);
        _initial.Add((id, value));
        return null;
    }

    /// <summary>Attributes of the species references: their initial assignments and rules stand before the reactions.</summary>
    private Dictionary<SpeciesReference, (string, string?)[]> References()
    {
        var result = new Dictionary<SpeciesReference, (string, string?)[]>(ReferenceEqualityComparer.Instance);
        foreach (var reaction in _network.Reactions)
        {
            foreach (var part in reaction.Reactants.Concat(reaction.Products))
            {
                if (part.Factor is null)
                {
                    result[part] = [("species", part.Species), ("stoichiometry", MathWriter.Text(part.Stoichiometry)), ("constant", "true")];
                    continue;
                }
                var (id, parameter) = _stoichiometries.NameOf(reaction, part);
                var start = parameter is null ? null : Start(id, parameter.Value);
                result[part] = [("id", id), ("name", parameter?.DisplayName), ("species", part.Species), ("stoichiometry", start), ("constant", Flag(parameter?.IsConstant ?? false))];
            }
        }
        return result;
    }

    /// <summary>Rules in the order in which a reader of the document declares their variables: stoichiometries come last.</summary>
    private void Rules(Dictionary<SpeciesReference, (string Name, string? Value)[]> references)
    {
        var places = DeclarationOrder.Of(_network with { Parameters = [.. _network.Parameters.Where(p => !_stoichiometries.IsReference(p))] });
        foreach (var part in _network.Reactions.SelectMany(r => r.Reactants.Concat(r.Products)).Where(p => p.Factor is not null)) places.TryAdd(references[part][0].Value!, places.Count);
        int place(string variable) => places.GetValueOrDefault(variable, int.MaxValue);
        var rules = _network.AssignmentRules.Concat(_stoichiometries.Rules).OrderBy(r => place(r.Variable)).Select(r => ("assignmentRule", (string?)r.Variable, r.Value))
            .Concat(_network.RateRules.OrderBy(r => place(r.Variable)).Select(r => ("rateRule", (string?)r.Variable, r.Rate)));
        var algebraic = _network.AlgebraicRules.Select(r => ("algebraicRule", (string?)null, r.Value));
        List("listOfRules", rules.Concat(algebraic), rule => Element(rule.Item1, () => _math.Write(rule.Item3), ("variable", rule.Item2)));
    }

    private void Reaction(Reaction r, Dictionary<SpeciesReference, (string, string?)[]> references) => Element("reaction", () =>
    {
        List("listOfReactants", r.Reactants, p => Element("speciesReference", null, references[p]));
        List("listOfProducts", r.Products, p => Element("speciesReference", null, references[p]));
        List("listOfModifiers", Modifiers(r), m => Element("modifierSpeciesReference", null, ("species", m)));
        Element("kineticLaw", () => _math.Write(r.KineticLaw));
    }, ("id", r.Id), ("name", r.DisplayName), ("reversible", Flag(r.IsReversible)), ("fast", _version == "1" ? Flag(r.IsFast) : null));

    /// <summary>What influences a reaction: what the network says, and what its law names.</summary>
    private IEnumerable<string> Modifiers(Reaction r)
    {
        var taking = r.Reactants.Concat(r.Products).Select(p => p.Species).ToHashSet(StringComparer.Ordinal);
        var named = ExpressionWalk.Nodes(r.KineticLaw).OfType<NameExpression>().Select(n => n.Name).ToHashSet(StringComparer.Ordinal);
        var further = _network.Species.Select(s => s.Id).Where(id => named.Contains(id) && !taking.Contains(id));
        return r.Modifiers.Concat(further).Distinct(StringComparer.Ordinal);
    }

    private void Event(NetworkEvent e) => Element("event", () =>
    {
        Element("trigger", () => _math.Write(e.Trigger), ("initialValue", Flag(e.InitialValue)), ("persistent", Flag(e.IsPersistent)));
        if (e.Priority is not null) Element("priority", () => _math.Write(e.Priority));
        if (e.Delay is not null) Element("delay", () => _math.Write(e.Delay));
        List("listOfEventAssignments", e.Assignments, a => Element("eventAssignment", () => _math.Write(a.Value), ("variable", a.Variable)));
    }, ("id", e.Id), ("name", e.DisplayName), ("useValuesFromTriggerTime", Flag(e.UsesValuesFromTrigger)));

    private void List<T>(string name, IEnumerable<T> members, Action<T> write)
    {
        var all = members.ToList();
        if (all.Count == 0) return;
        _xml.WriteStartElement(name, Core);
        foreach (var member in all) write(member);
        _xml.WriteEndElement();
    }

    private void Element(string name, Action? content, params (string Name, string? Value)[] attributes)
    {
        _xml.WriteStartElement(name, Core);
        Attributes(attributes);
        content?.Invoke();
        _xml.WriteEndElement();
    }

    private void Attributes(params (string Name, string? Value)[] attributes)
    {
        foreach (var (name, value) in attributes)
            if (value is not null) _xml.WriteAttributeString(name, new string([.. value.Select(c => XmlConvert.IsXmlChar(c) || char.IsSurrogate(c) ? c : ' ')]));
    }

    private static string Flag(bool value) => value ? "true" : "false";
}

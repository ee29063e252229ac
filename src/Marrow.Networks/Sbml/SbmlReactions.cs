using System.Collections.Immutable;
using Marrow.Networks.Diagnostics;
using Marrow.Networks.Structure;

namespace Marrow.Networks.Sbml;

/// <summary>Reactions of a document, with what they bring along as parameters of the network: local parameters, and stoichiometries that have a name.</summary>
internal sealed class SbmlReactions(SbmlDocument document, MathReader math, SbmlUnits units, IReadOnlyDictionary<string, Expression> initial, IReadOnlySet<string> ruled, Reporter reporter)
{
    private readonly Dictionary<string, string?> _factors = new(StringComparer.Ordinal);
    private readonly HashSet<string> _taken = new(StringComparer.Ordinal);

    private readonly List<Parameter> _locals = [];
    private readonly List<Parameter> _stoichiometries = [];

    /// <summary>Parameters that the reactions bring along, local ones first; known after <see cref="Read"/>.</summary>
    public IEnumerable<Parameter> Parameters => _locals.Concat(_stoichiometries);

    public ImmutableArray<Reaction> Read()
    {
        foreach (var node in document.Model.Children.SelectMany(list => list.Children))
        {
            if (node["id"] is { } id) _taken.Add(id);
            if (node.Name == "species" && node["id"] is { } species) _factors[species] = node["conversionFactor"] ?? document.Model["conversionFactor"];
        }
        foreach (var reference in document.Model.Members("listOfReactions").SelectMany(r => r.Children).SelectMany(list => list.Children))
            if (reference["id"] is { } id && reference.Name == "speciesReference") _taken.Add(id);
        return [.. document.Model.Members("listOfReactions").Where(n => n.Name == "reaction").Select(Reaction)];
    }

    private Reaction Reaction(XmlNode node)
    {
        var id = document.Id(node);
        var reactants = Participants(node, "listOfReactants");
        var products = Participants(node, "listOfProducts");
        var modifiers = node.Members("listOfModifiers").Select(n => document.Id(n, "species")).Distinct(StringComparer.Ordinal);
        return new Reaction(id, node["name"], reactants, products, [.. modifiers], Law(id, node), document.Flag(node, "reversible", true), node.Where) { IsFast = document.Flag(node, "fast", false) };
    }

    private Expression Law(string reaction, XmlNode node)
    {
        if (node.Child("kineticLaw") is { } law)
        {
            var locals = law.Members("listOfParameters").Concat(law.Members("listOfLocalParameters")).ToList();
            if (math.Of(law, Locals(reaction, locals)) is { } formula) return formula;
        }
        reporter.Warn(ErrorCodes.SbmlNoValue, node.Where, $"reaction '{reaction}' has no kinetic law", "it does not take place");
        return new NumberExpression(0, null, node.Where);
    }

    /// <summary>Local parameters become parameters of the network under a name of their own.</summary>
    private Dictionary<string, string> Locals(string reaction, List<XmlNode> nodes)
    {
        var names = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var node in nodes)
        {
            var id = document.Id(node);
            var name = $"{reaction}__{id}";
            while (!_taken.Add(name)) name += "_";
            if (!names.TryAdd(id, name)) reporter.Error(ErrorCodes.Duplicate, node.Where, $"local parameter '{id}' is defined twice");
            var value = document.Number(node, "value") ?? double.NaN;
            if (double.IsNaN(value)) reporter.Warn(ErrorCodes.SbmlNoValue, node.Where, $"local parameter '{id}' has no value", "it is NaN");
            _locals.Add(new Parameter(name, node["name"], new NumberExpression(value, null, node.Where), true, units.Of(node["units"], node, reporter), node.Where));
        }
        return names;
    }

    private ImmutableArray<SpeciesReference> Participants(XmlNode reaction, string list) =>
        [.. reaction.Members(list).Where(n => n.Name == "speciesReference").Select(Participant)];

    private SpeciesReference Participant(XmlNode node)
    {
        var species = document.Id(node, "species");
        var number = document.Number(node, "stoichiometry");
        if (document.Number(node, "denominator") is { } below) number = (number ?? 1) / below;
        var factor = _factors.GetValueOrDefault(species) is { } conversion ? new NameExpression(conversion, node.Where) : null;
        if (node.Child("stoichiometryMath") is { } formula && math.Of(formula) is { } value) return new SpeciesReference(species, 1) { Factor = Times(value, factor) };
        if (document.Level == 2) return new SpeciesReference(species, number ?? 1) { Factor = factor };
        if (node["id"] is not { Length: > 0 }) return new SpeciesReference(species, number ?? double.NaN) { Factor = factor };
        return new SpeciesReference(species, 1) { Factor = Times(Named(node, number), factor) };
    }

    /// <summary>A stoichiometry with a name, which formulas, rules and events may use.</summary>
    private NameExpression Named(XmlNode node, double? number)
    {
        var id = document.Id(node);
        var value = initial.GetValueOrDefault(id) ?? (number is null && ruled.Contains(id) ? null : new NumberExpression(number ?? double.NaN, null, node.Where));
        _stoichiometries.Add(new Parameter(id, node["name"], value, document.Flag(node, "constant", false), null, node.Where));
        return new NameExpression(id, node.Where);
    }

    private static Expression Times(Expression value, NameExpression? factor) =>
        factor is null ? value : new ApplyExpression(MathFunction.Multiply, [value, factor], value.Where);
}

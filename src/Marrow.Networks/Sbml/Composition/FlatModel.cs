using Marrow.Networks.Diagnostics;

namespace Marrow.Networks.Sbml.Composition;

/// <summary>Writes what is left of all instances as one model.</summary>
internal sealed class FlatModel(ModelInstance main, Merging merging, FlatNames names, FlatFormulas formulas, Reporter reporter)
{
    private static readonly string[] Lists =
    [
        "listOfFunctionDefinitions", "listOfUnitDefinitions", "listOfCompartments", "listOfSpecies", "listOfParameters", "listOfInitialAssignments", "listOfRules",
        "listOfConstraints", "listOfReactions", "listOfEvents",
    ];

    private readonly HashSet<string> _initial = new(StringComparer.Ordinal);
    private int _count;

    /// <summary>The model.</summary>
    public XmlNode Write()
    {
        var model = new XmlNode("model", main.Index.Document.Root.Space, main.Index.Model.Where);
        // Given to each species of the main model instead: it does not hold for those of submodels.
        foreach (var (name, value) in main.Index.Model.Attributes)
            if (name != "conversionFactor") model.Add(name, name.EndsWith("Units", StringComparison.Ordinal) ? formulas.Unit(value, main.Index.Model, main) : value);
        var instances = main.All.Where(i => !i.Outwards.Any(o => o.IsDeleted || o.Replacement is not null)).ToList();
        foreach (var name in Lists)
        {
            var list = new XmlNode(name, model.Space, model.Where);
            foreach (var instance in instances)
                foreach (var node in instance.Index.Model.Members(name)) Add(list, node, instance, null);
            if (list.Children.Count > 0) model.Add(list);
        }
        return model;
    }

    private void Add(XmlNode parent, XmlNode node, ModelInstance instance, LocalNames? locals)
    {
        var element = new Element(instance, node);
        if (CompDocument.IsComposition(node.Space) || merging.IsRemoved(element)) return;
        if (++_count == XmlLoader.MostElements) reporter.Error(ErrorCodes.TooComplex, node.Where, $"more than {XmlLoader.MostElements} elements in all submodels together");
        if (_count >= XmlLoader.MostElements) return;
        if (node.Name == "kineticLaw") locals = Locals(node, instance);
        if (node.Name == "math")
        {
            parent.Add(formulas.Convert(node, instance, locals));
            return;
        }
        var copy = new XmlNode(node.Name, node.Space, node.Where);
        foreach (var (name, value) in node.Attributes) copy.Add(name, Attribute(element, name, value, locals));
        Inherit(copy, element);
        if (node.Name == "initialAssignment" && !_initial.Add(copy["symbol"] ?? ""))
            reporter.Error(ErrorCodes.Duplicate, node.Where, $"'{copy["symbol"]}' has two initial assignments", "one may be that of a submodel", "deleting one of them");
        var factors = Factors(element);
        foreach (var child in node.Children)
        {
            if (child.Name == "math" && factors.Count > 0) copy.Add(formulas.Convert(child, instance, locals, factors));
            else Add(copy, child, instance, locals);
        }
        parent.Add(copy);
    }

    /// <summary>Flat names of the parameters of a kinetic law: other ones in a submodel, if they would hide what the law means.</summary>
    private LocalNames Locals(XmlNode law, ModelInstance instance)
    {
        var result = new Dictionary<string, string>(StringComparer.Ordinal);
        var replaced = new Dictionary<string, Element>(StringComparer.Ordinal);
        var taken = new HashSet<string>(StringComparer.Ordinal);
        foreach (var node in law.Members("listOfLocalParameters").Concat(law.Members("listOfParameters")))
        {
            var element = new Element(instance, node);
            if (node["id"] is not { } id) continue;
            if (merging.Final(element) != element) replaced.TryAdd(id, element);
            else if (!merging.IsRemoved(element)) result.TryAdd(id, instance == main ? id : names.Local(id, taken));
        }
        return new LocalNames(result, replaced);
    }

    private string Attribute(Element element, string name, string value, LocalNames? locals)
    {
        var (instance, node) = element;
        switch (name)
        {
            case "id" when instance.Index.IsLocal(node): return locals?.Names.GetValueOrDefault(value, value) ?? value;
            case "id": return names.Of(merging.NameSource(element)) ?? names.Of(element) ?? value;
            case "units" or "substanceUnits": return formulas.Unit(value, node, instance);
            case "species" or "symbol" or "variable" or "compartment" or "outside" or "conversionFactor": return Name(value, node, instance);
            default: return value;
        }
    }

    private string Name(string id, XmlNode node, ModelInstance instance) =>
        instance.Index.Ids.TryGetValue(id, out var target) ? formulas.NameOf(new Element(instance, target), node) ?? id : instance.Prefix + id;

    /// <summary>Attributes of the model that hold for elements which do not say otherwise.</summary>
    private void Inherit(XmlNode copy, Element element)
    {
        var (instance, node) = element;
        var model = instance.Index.Model;
        if (node.Name == "species" && node["conversionFactor"] is null && model["conversionFactor"] is { } factor) copy.Add("conversionFactor", Name(factor, node, instance));
        if (instance == main) return;
        if (node.Name == "species") Inherit(copy, "substanceUnits", model["substanceUnits"], element);
        if (node.Name == "compartment") Inherit(copy, "units", model[node["spatialDimensions"] switch { "1" => "lengthUnits", "2" => "areaUnits", _ => "volumeUnits" }], element);
    }

    private void Inherit(XmlNode copy, string attribute, string? unit, Element element)
    {
        if (unit is not null && copy[attribute] is null) copy.Add(attribute, formulas.Unit(unit, element.Node, element.Owner));
    }

    /// <summary>By what the formula of an element is multiplied.</summary>
    private List<Factor> Factors(Element element)
    {
        var factors = new List<Factor>();
        switch (element.Node.Name)
        {
            case "kineticLaw": return [.. Merging.Rate(element.Owner)];
            case "delay": return [.. Merging.Time(element.Owner)];
            case "initialAssignment": Target("symbol"); break;
            case "assignmentRule" or "eventAssignment": Target("variable"); break;
            case "rateRule":
                Target("variable");
                foreach (var factor in Merging.Time(element.Owner)) Factor.Multiply(factors, factor.Inverse);
                break;
        }
        return factors;

        void Target(string attribute)
        {
            var found = new List<Factor>();
            if (element.Node[attribute] is { } id && element.Owner.Index.Ids.TryGetValue(id, out var target)) merging.Final(new Element(element.Owner, target), found);
            foreach (var factor in found) Factor.Multiply(factors, factor.Inverse);
        }
    }
}

using System.Globalization;
using System.Xml.Linq;
using Marrow.Networks.Diagnostics;

namespace Marrow.Exchange.Sedml;

/// <summary>Makes the changes of a document in the text of a model.</summary>
/// <param name="file">The SED-ML document.</param>
/// <param name="compute">Value of a formula of quantities of models.</param>
/// <param name="bag">Receives problems.</param>
internal sealed class ModelChanges(string file, Func<SedFormula, XDocument, double?> compute, DiagnosticBag bag)
{
    private readonly FormulaXml _formulas = new(file, bag);

    /// <summary>Makes one change after another.</summary>
    public void Apply(XDocument model, SedModel source)
    {
        foreach (var change in source.Changes)
        {
            var target = new SedTarget(Xml.Id(change, file, bag, "target"), change, SafeXml.Where(change, file));
            switch (change.Name.LocalName)
            {
                case "changeAttribute": ChangeAttribute(model, target, Xml.Id(change, file, bag, "newValue")); break;
                case "addXML": AddXml(model, target, change); break;
                case "changeXML": ChangeXml(model, target, change); break;
                case "removeXML": Remove(model, target); break;
                case "computeChange": Compute(model, target, change); break;
                default: bag.Error(SedmlCodes.Construct, $"'{change.Name.LocalName}'", target.Where); break;
            }
        }
    }

    private void ChangeAttribute(XDocument model, SedTarget target, string value)
    {
        var attribute = Targets.AttributeOf(target.Path);
        foreach (var node in Targets.Select(model, target, bag, mayBeNew: true, mayBeMissing: true))
        {
            if (node is XAttribute known) known.Value = value;
            // Some programs name the element alone, and mean its value.
            else if (node is XElement element && (attribute ?? ValueOf(element)) is { } name) Set(element, name, value);
            else bag.Error(SedmlCodes.BadTarget, $"the target '{target.Path}' of 'changeAttribute' is no attribute", target.Where);
        }
    }

    /// <summary>Gives an element an attribute. A species starts from an amount or from a concentration, not from both.</summary>
    private static void Set(XElement element, string attribute, string value)
    {
        var other = attribute switch { "initialAmount" => "initialConcentration", "initialConcentration" => "initialAmount", _ => null };
        if (other is not null) element.Attribute(other)?.Remove();
        element.SetAttributeValue(attribute, value);
    }

    private void AddXml(XDocument model, SedTarget target, XElement change)
    {
        foreach (var node in Targets.Select(model, target, bag))
        {
            if (node is XElement element) element.Add(New(change));
            else bag.Error(SedmlCodes.BadTarget, $"the target '{target.Path}' of 'addXML' is no element", target.Where);
        }
    }

    private void ChangeXml(XDocument model, SedTarget target, XElement change)
    {
        foreach (var node in Targets.Select(model, target, bag))
        {
            if (node is XElement { Parent: not null } element) element.ReplaceWith(New(change));
            else bag.Error(SedmlCodes.BadTarget, $"the target '{target.Path}' of 'changeXML' cannot be replaced", target.Where);
        }
    }

    private XElement[] New(XElement change)
    {
        XElement[] elements = [.. Xml.List(change, "newXML").Select(e => new XElement(e))];
        if (elements.Length == 0) bag.Error(SedmlCodes.BadSedml, $"'{change.Name.LocalName}' without 'newXML'", SafeXml.Where(change, file));
        return elements;
    }

    private void Remove(XDocument model, SedTarget target)
    {
        foreach (var node in Targets.Select(model, target, bag))
        {
            if (node is XAttribute attribute) attribute.Remove();
            else if (node is XElement { Parent: not null } element) element.Remove();
            else bag.Error(SedmlCodes.BadTarget, $"the target '{target.Path}' of 'removeXML' cannot be removed", target.Where);
        }
    }

    private void Compute(XDocument model, SedTarget target, XElement change)
    {
        if (_formulas.Read(change) is not { } formula || compute(formula, model) is not { } value) return;
        var text = double.IsFinite(value) ? value.ToString("R", CultureInfo.InvariantCulture) : double.IsNaN(value) ? "NaN" : value > 0 ? "INF" : "-INF";
        foreach (var node in Targets.Select(model, target, bag, mayBeNew: true))
        {
            if (node is XAttribute attribute) attribute.Value = text;
            else if (node is XElement element && (Targets.AttributeOf(target.Path) ?? ValueOf(element)) is { } name) Set(element, name, text);
            else bag.Error(SedmlCodes.BadTarget, $"the target '{target.Path}' of 'computeChange' has no value", target.Where);
        }
    }

    /// <summary>The attribute that holds the value of an element.</summary>
    private static string? ValueOf(XElement element) => element.Name.LocalName switch
    {
        "parameter" or "localParameter" => "value",
        "compartment" => element.Attribute("volume") is null ? "size" : "volume",
        "species" => element.Attribute("initialAmount") is null ? "initialConcentration" : "initialAmount",
        "speciesReference" => "stoichiometry",
        _ => null,
    };
}

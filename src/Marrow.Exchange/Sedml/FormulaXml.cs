using System.Globalization;
using System.Xml.Linq;
using Marrow.Networks.Diagnostics;
using Marrow.Networks.Sbml;
using Marrow.Networks.Structure;

namespace Marrow.Exchange.Sedml;

/// <summary>Reads formulas with their variables and parameters.</summary>
internal sealed class FormulaXml(string file, DiagnosticBag bag)
{
    private static readonly HashSet<string> Functions = [.. Reductions.ByFunction.Keys];

    /// <summary>Attributes of variables that depend on a second quantity.</summary>
    private static readonly string[] Refused = ["dimensionTerm2", "symbol2", "target2", "term2"];

    /// <summary>The symbols of KiSAO by number (terms of libSEDML and COPASI).</summary>
    private static readonly Dictionary<string, SedSymbol> Symbols = new(StringComparer.OrdinalIgnoreCase)
    {
        ["urn:sedml:symbol:time"] = SedSymbol.Time,
        ["KISAO:0000832"] = SedSymbol.Time,
        ["KISAO:0000836"] = SedSymbol.Amount,
        ["KISAO:0000838"] = SedSymbol.Concentration,
        ["KISAO:0000647"] = SedSymbol.Rate,
        ["urn:sedml:symbol:amount"] = SedSymbol.Amount,
        ["urn:sedml:symbol:concentration"] = SedSymbol.Concentration,
    };

    /// <summary>The formula of an element; null, with the reason reported, if it has none.</summary>
    public SedFormula? Read(XElement owner)
    {
        var variables = Xml.List(owner, "listOfVariables").Select(Variable).ToList();
        var parameters = new Dictionary<string, double>(StringComparer.Ordinal);
        foreach (var parameter in Xml.List(owner, "listOfParameters")) parameters[Xml.Id(parameter, file, bag)] = Xml.Number(parameter, "value", file, bag) ?? double.NaN;
        if (Xml.Child(owner, "math") is not { } math)
        {
            bag.Error(SedmlCodes.BadSedml, $"'{owner.Name.LocalName}' without formula", SafeXml.Where(owner, file));
            return null;
        }
        var formula = Math(math);
        return formula is null || variables.Any(v => v is null) ? null : new SedFormula([.. variables.Select(v => v!)], parameters, formula);
    }

    /// <summary>A formula; the reductions of SED-ML become functions of the same name.</summary>
    private Expression? Math(XElement math)
    {
        var copy = new XElement(math);
        foreach (var symbol in copy.Descendants().Where(e => e.Name.LocalName == "csymbol").ToList())
        {
            var address = (string?)symbol.Attribute("definitionURL") ?? "";
            var name = address[(address.LastIndexOfAny([':', '#', '/']) + 1)..];
            if (address.Contains("sed", StringComparison.Ordinal) && Functions.Contains(name)) symbol.ReplaceWith(new XElement(symbol.Name.Namespace + "ci", name));
        }
        // Only what was copied unchanged has places; a formula has one in any case.
        var problems = new DiagnosticBag();
        var formula = FormulaReader.Read(copy.CreateReader, file, Functions, problems);
        foreach (var problem in problems.Items) bag.Add(problem with { Where = SafeXml.Where(math, file) });
        return formula;
    }

    /// <summary>A variable; null, with the reason reported, if it cannot be followed.</summary>
    private SedVariable? Variable(XElement element)
    {
        var where = SafeXml.Where(element, file);
        foreach (var refused in Refused.Where(name => element.Attribute(name) is not null))
            return Refuse($"the attribute '{refused}' of a variable", where);
        if (element.Name.LocalName != "variable") return Refuse($"'{element.Name.LocalName}'", where);
        var symbolText = (string?)element.Attribute("symbol") ?? (string?)element.Attribute("term");
        var symbol = SedSymbol.Value;
        if (symbolText is not null && !Symbols.TryGetValue(symbolText, out symbol)) return Refuse($"the symbol '{symbolText}'", where);
        Reduction? reduction = null;
        if ((string?)element.Attribute("dimensionTerm") is { } term)
        {
            if (!Reductions.ByTerm.TryGetValue(term, out var known)) return Refuse($"the dimension term '{term}'", where);
            if (Xml.List(element, "listOfAppliedDimensions").Any() || Xml.List(element, "listOfRemainingDimensions").Any()) return Refuse("a dimension term over some dimensions only", where);
            reduction = known;
        }
        if ((string?)element.Attribute("target") is ['#', ..] && symbolText is null) symbol = SedSymbol.Data;
        var target = (string?)element.Attribute("target") is { } path ? new SedTarget(path, element, where) : null;
        if (target is null && symbol != SedSymbol.Time)
        {
            bag.Error(SedmlCodes.BadSedml, "a variable without target", where);
            return null;
        }
        return new SedVariable(
            Xml.Id(element, file, bag), target, symbol, (string?)element.Attribute("taskReference"), (string?)element.Attribute("modelReference"), reduction, where);
    }

    private SedVariable? Refuse(string what, SourceSpan where)
    {
        bag.Error(SedmlCodes.Construct, what, where);
        return null;
    }
}

/// <summary>Parts of SED-ML elements.</summary>
internal static class Xml
{
    public static XElement? Child(XElement element, string name) => element.Elements().FirstOrDefault(e => e.Name.LocalName == name);

    /// <summary>The members of a list.</summary>
    public static IEnumerable<XElement> List(XElement element, string list) => Child(element, list)?.Elements().Where(e => e.Name.LocalName is not ("notes" or "annotation")) ?? [];

    public static string Id(XElement element, string file, DiagnosticBag bag, string attribute = "id")
    {
        if ((string?)element.Attribute(attribute) is { Length: > 0 } id) return id;
        bag.Error(SedmlCodes.BadSedml, $"'{element.Name.LocalName}' without '{attribute}'", SafeXml.Where(element, file));
        return "?";
    }

    public static string Name(XElement element) => (string?)element.Attribute("name") is { Length: > 0 } name ? name : (string?)element.Attribute("id") ?? "";

    public static double? Number(XElement element, string attribute, string file, DiagnosticBag bag)
    {
        if ((string?)element.Attribute(attribute) is not { } text) return null;
        if (double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var value) && double.IsFinite(value)) return value;
        bag.Error(SedmlCodes.BadSedml, $"'{attribute}' of '{element.Name.LocalName}' is '{text}'", SafeXml.Where(element, file), "it must be a number");
        return null;
    }

    public static bool Flag(XElement element, string attribute) => (string?)element.Attribute(attribute) is "true" or "1";
}

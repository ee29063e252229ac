using System.Text.RegularExpressions;
using System.Xml;
using System.Xml.Linq;
using System.Xml.XPath;
using Marrow.Networks.Diagnostics;

namespace Marrow.Exchange.Sedml;

/// <summary>Finds what targets name in an SBML document.</summary>
internal static partial class Targets
{
    private const int LongestPath = 4096;

    /// <summary>The elements and attributes that a target selects; empty, with the reason reported, if there are none.</summary>
    /// <param name="document">The model.</param>
    /// <param name="target">The expression.</param>
    /// <param name="bag">Receives problems.</param>
    /// <param name="mayBeNew">Whether an attribute may be missing that the target gives a value: then its element is returned.</param>
    /// <param name="mayBeMissing">Whether a target that names nothing is only warned of.</param>
    public static IReadOnlyList<XObject> Select(XDocument document, SedTarget target, DiagnosticBag bag, bool mayBeNew = false, bool mayBeMissing = false)
    {
        if (!IsSimple(target.Path))
        {
            bag.Error(SedmlCodes.BadTarget, $"the target '{target.Path[..Math.Min(target.Path.Length, 80)]}' is more than the name of a place", target.Where, "searching for it may take for ever");
            return [];
        }
        try
        {
            var names = Names(document, target.Context);
            if (document.XPathEvaluate(target.Path, names) is not IEnumerable<object> found)
            {
                bag.Error(SedmlCodes.BadTarget, $"the target '{target.Path}' selects no element or attribute", target.Where);
                return [];
            }
            XObject[] nodes = [.. found.OfType<XObject>()];
            if (nodes.Length == 0 && mayBeNew && AttributeOf(target.Path) is { } attribute && document.XPathEvaluate(target.Path[..^(attribute.Length + 2)], names) is IEnumerable<object> owners)
                nodes = [.. owners.OfType<XElement>()];
            if (nodes.Length == 0 && ByName(document, target.Path) is { } named)
            {
                bag.Warn(SedmlCodes.NothingMatches, $"the target '{target.Path}' names nothing as it is written; '{named.Attribute("id")!.Value}' of the model is taken", target.Where);
                nodes = [AttributeOf(target.Path) is { } value && named.Attribute(value) is { } known ? known : named];
            }
            if (nodes.Length == 0) bag.Add(new Diagnostic(
                mayBeMissing ? Severity.Warning : Severity.Error, SedmlCodes.NothingMatches.Code, $"the target '{target.Path}' names nothing of the model", target.Where,
                mayBeMissing ? "so the change has no effect" : "", SedmlCodes.NothingMatches.Cure));
            return nodes;
        }
        catch (XPathException e)
        {
            bag.Error(SedmlCodes.BadTarget, $"the target '{target.Path}' is no XPath expression: {e.Message}", target.Where);
            return [];
        }
    }

    /// <summary>The only element of the kind and name at the end of a path: some documents misspell the way to it.</summary>
    private static XElement? ByName(XDocument document, string path)
    {
        var end = LastStep().Match(path);
        if (!end.Success) return null;
        XElement[] found = [.. document.Descendants().Where(e => e.Name.LocalName == end.Groups["kind"].Value && (string?)e.Attribute("id") == end.Groups["id"].Value).Take(2)];
        return found.Length == 1 ? found[0] : null;
    }

    /// <summary>The name at the end of a path; null if it ends otherwise.</summary>
    public static string? NameAtEnd(string path) => LastStep().Match(path) is { Success: true } end ? end.Groups["id"].Value : null;

    [GeneratedRegex("""/(\w+:)?(?<kind>\w+)\[@id=['"](?<id>\w+)['"]\](/@\w+)?$""", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex LastStep();

    /// <summary>Whether a path goes down a document once: others can take longer than anybody waits, in a few letters.</summary>
    private static bool IsSimple(string path)
    {
        var (depth, searches, quote) = (0, 0, '\0');
        for (var i = 0; i < path.Length; i++)
        {
            var (c, next) = (path[i], i + 1 < path.Length ? path[i + 1] : '\0');
            if (quote != '\0') quote = c == quote ? '\0' : quote;
            else if (c is '\'' or '"') quote = c;
            else if (c == '[') depth++;
            else if (c == ']') depth--;
            else if ((c, next) is (':', ':') or ('.', '.') || (depth > 0 && (c == '/' || c == '*'))) return false;
            else if (c == '/' && next == '/') searches++;
            if (depth > 1 || searches > 1) return false;
        }
        return path.Length <= LongestPath;
    }

    /// <summary>The attribute at the end of a path; null if it ends with an element.</summary>
    public static string? AttributeOf(string path)
    {
        var place = path.LastIndexOf("/@", StringComparison.Ordinal);
        return place < 0 ? null : path[(place + 2)..];
    }

    /// <summary>The name of the one quantity that a target means, as the network has it; null, with the reason reported, if it means none.</summary>
    public static string? Quantity(XDocument document, SedTarget target, DiagnosticBag bag)
    {
        var nodes = Select(document, target, bag, mayBeNew: true);
        if (nodes.Count == 0) return null;
        var element = nodes[0] as XElement ?? nodes[0].Parent;
        if (nodes.Count == 1 && element is not null && NameOf(element) is { } name) return name;
        bag.Error(SedmlCodes.BadTarget, nodes.Count > 1 ? $"the target '{target.Path}' means {nodes.Count} things" : $"the target '{target.Path}' has no value", target.Where);
        return null;
    }

    private static string? NameOf(XElement element)
    {
        var id = (string?)element.Attribute("id") ?? (string?)element.Attribute("name");
        switch (element.Name.LocalName)
        {
            case "species" or "compartment" or "reaction" or "speciesReference": return id;
            // As the reader of SBML names local parameters.
            case "localParameter" or "parameter" when element.Ancestors().FirstOrDefault(e => e.Name.LocalName == "reaction") is { } reaction: return $"{(string?)reaction.Attribute("id")}__{id}";
            case "parameter": return id;
            case "assignmentRule" or "rateRule": return (string?)element.Attribute("variable");
            case "initialAssignment": return (string?)element.Attribute("symbol");
            default: return null;
        }
    }

    /// <summary>The prefixes of the document, where those of any SBML core mean the one of this model: documents often name another level.</summary>
    private static XmlNamespaceManager Names(XDocument document, XElement context)
    {
        var own = document.Root!.Name.NamespaceName;
        var names = new XmlNamespaceManager(new NameTable());
        names.AddNamespace("sbml", own);
        foreach (var declaration in context.AncestorsAndSelf().Reverse().Attributes().Where(a => a.IsNamespaceDeclaration && a.Name.LocalName is not ("xmlns" or "xml")))
            names.AddNamespace(declaration.Name.LocalName, IsCore(declaration.Value) ? own : declaration.Value);
        return names;
    }

    private static bool IsCore(string space) =>
        space.StartsWith("http://www.sbml.org/sbml/level", StringComparison.Ordinal) && (space.Split('/').Length <= 6 || space.EndsWith("/core", StringComparison.Ordinal));
}

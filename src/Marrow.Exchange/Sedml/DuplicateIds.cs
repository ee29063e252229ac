using System.Xml.Linq;
using Marrow.Networks.Diagnostics;

namespace Marrow.Exchange.Sedml;

/// <summary>Finds parts of a document that share an identifier, so that it is not clear which of them is meant. Some programs write a data
/// generator once for each curve that shows it: parts that say the same are one.</summary>
internal static class DuplicateIds
{
    /// <summary>Lists whose members are called by their identifiers.</summary>
    private static readonly HashSet<string> Lists = new(StringComparer.Ordinal)
    {
        "listOfDataDescriptions", "listOfModels", "listOfSimulations", "listOfTasks", "listOfDataGenerators", "listOfOutputs", "listOfRanges", "listOfVariables", "listOfParameters",
    };

    /// <summary>Reports every identifier that two different parts of one kind have.</summary>
    public static void Report(XElement root, string file, DiagnosticBag bag)
    {
        // Changes of models hold SBML, whose lists may be called alike.
        var own = root.Descendants().Where(e => e.Name.Namespace == root.Name.Namespace).ToList();
        foreach (var list in own.Where(e => Lists.Contains(e.Name.LocalName))) Report(list.Elements(), file, bag);
        // Data generators name a source without the data that it belongs to.
        Report(own.Where(e => e.Name.LocalName == "dataSource"), file, bag);
    }

    private static void Report(IEnumerable<XElement> members, string file, DiagnosticBag bag)
    {
        var first = new Dictionary<string, XElement>(StringComparer.Ordinal);
        var told = new HashSet<string>(StringComparer.Ordinal);
        foreach (var member in members)
        {
            if ((string?)member.Attribute("id") is not { Length: > 0 } id || first.TryAdd(id, member)) continue;
            var other = first[id];
            if ((member.Parent == other.Parent && XNode.DeepEquals(member, other)) || !told.Add(id)) continue;
            bag.Error(SedmlCodes.Duplicate, $"'{id}' is the identifier of two different parts", SafeXml.Where(member, file), $"the other is '{other.Name.LocalName}' in line {SafeXml.Where(other, file).Line}");
        }
    }
}

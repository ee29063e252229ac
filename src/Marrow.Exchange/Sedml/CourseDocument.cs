using System.Globalization;
using System.Xml.Linq;

namespace Marrow.Exchange.Sedml;

/// <summary>One course of a model with equal steps, as a question for any program that reads SED-ML.</summary>
/// <param name="Sbml">The model, SBML.</param>
/// <param name="Start">Time at which it starts, and the first that is kept.</param>
/// <param name="End">Last time.</param>
/// <param name="Steps">Intervals between the times kept.</param>
/// <param name="Relative">Relative tolerance.</param>
/// <param name="Absolute">Absolute tolerance.</param>
/// <param name="Columns">Quantities of the report, by their names in the model, with what they are drawn beside: those of one unit share a plot.</param>
public sealed record CourseDocument(
    string Sbml, double Start, double End, int Steps, double Relative, double Absolute, IReadOnlyList<(string Name, string Unit)> Columns)
{
    /// <summary>Intervals that a document may ask for; its reader takes no more.</summary>
    public const int MostSteps = SedmlReader.MostValues;

    /// <summary>Values that a document may ask for: times as often as there are columns, the time among them.</summary>
    public const long MostValues = TaskRunner.MostValues;

    /// <summary>Unit of time, for the axes of plots; empty where the model does not say.</summary>
    public string TimeUnit { get; init; } = "";

    /// <summary>Level 1 Version 3, which more programs read than its successor.</summary>
    private static readonly XNamespace Sed = "http://sed-ml.org/sed-ml/level1/version3";

    private static readonly XNamespace MathMl = "http://www.w3.org/1998/Math/MathML";

    /// <summary>The document: a report <c>course</c> with a column <c>time</c> and one for each quantity, and a plot for each unit.</summary>
    /// <param name="source">Name of the model's file, beside the document.</param>
    /// <exception cref="ArgumentException">The model has no such quantity.</exception>
    public XDocument Write(string source)
    {
        var model = XDocument.Parse(Sbml);
        var space = model.Root!.Name.Namespace;
        var places = Places(model.Root);
        string target(string name) => places.TryGetValue(name, out var place) ? place : throw new ArgumentException($"The model has no '{name}'.", nameof(source));
        return new XDocument(new XElement(
            Sed + "sedML", new XAttribute(XNamespace.Xmlns + "sbml", space), new XAttribute("level", 1), new XAttribute("version", 3),
            List("listOfSimulations", Simulation()),
            List("listOfModels", new XElement(Sed + "model", Of("id", "model"), Of("language", $"urn:sedml:language:sbml.level-3.version-{(string?)model.Root.Attribute("version")}"), Of("source", source))),
            List("listOfTasks", new XElement(Sed + "task", Of("id", "task"), Of("modelReference", "model"), Of("simulationReference", "simulation"))),
            List("listOfDataGenerators", [Generator("times", TimeUnit.Length > 0 ? $"time, {TimeUnit}" : "time", new XAttribute("symbol", "urn:sedml:symbol:time")), .. Columns.Select(c => Generator(IdOf(c.Name), c.Name, Of("target", target(c.Name))))]),
            List("listOfOutputs", [Report(), .. Plots()])));
    }

    private XElement Simulation() => new(
        Sed + "uniformTimeCourse", Of("id", "simulation"), Of("initialTime", Start), Of("outputStartTime", Start), Of("outputEndTime", End), Of("numberOfPoints", Steps),
        new XElement(
            Sed + "algorithm", Of("kisaoID", "KISAO:0000019"),
            List("listOfAlgorithmParameters", Tolerance("KISAO:0000209", Relative), Tolerance("KISAO:0000211", Absolute))));

    private XElement Report() => new(
        Sed + "report", Of("id", "course"), Of("name", "Course"),
        List("listOfDataSets", [Set("times", "time"), .. Columns.Select(c => Set(IdOf(c.Name), c.Name))]));

    private IEnumerable<XElement> Plots()
    {
        var groups = Columns.GroupBy(c => c.Unit, StringComparer.Ordinal).ToArray();
        return groups.Select((group, i) => Plot(group, i + 1, groups.Length == 1 && group.Key.Length == 0 ? "Course" : $"Course, {(group.Key.Length > 0 ? group.Key : "numbers")}"));
    }

    private static XElement Plot(IGrouping<string, (string Name, string Unit)> group, int number, string name) => new(
        Sed + "plot2D", Of("id", $"plot{number.ToString(CultureInfo.InvariantCulture)}"), Of("name", name),
        List("listOfCurves", [.. group.Select(c => new XElement(
            Sed + "curve", Of("id", $"curve_{c.Name}"), Of("name", c.Name), Of("logX", false), Of("logY", false), Of("xDataReference", "times"), Of("yDataReference", IdOf(c.Name))))]));

    private static XElement Generator(string id, string name, XAttribute what) => new(
        Sed + "dataGenerator", Of("id", id), Of("name", name),
        List("listOfVariables", new XElement(Sed + "variable", Of("id", $"of_{id}"), Of("taskReference", "task"), what)),
        new XElement(MathMl + "math", new XElement(MathMl + "ci", $"of_{id}")));

    /// <summary>Where each thing with a name stands in the model, as XPath.</summary>
    private static Dictionary<string, string> Places(XElement root)
    {
        var places = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var element in root.Descendants().Where(e => e.Name.LocalName is "species" or "parameter" or "compartment" or "reaction" or "speciesReference"))
        {
            if ((string?)element.Attribute("id") is not { } id) continue;
            var steps = element.AncestorsAndSelf().Reverse().Select(e => e.Name.LocalName is "sbml" or "model" || e.Attribute("id") is not { } own ? $"/sbml:{e.Name.LocalName}" : $"/sbml:{e.Name.LocalName}[@id='{own.Value}']");
            places.TryAdd(id, string.Concat(steps));
        }
        return places;
    }

    private static XElement Tolerance(string term, double value) => new(Sed + "algorithmParameter", Of("kisaoID", term), Of("value", value));

    private static XElement Set(string generator, string label) => new(Sed + "dataSet", Of("id", $"set_{generator}"), Of("label", label), Of("dataReference", generator));

    private static string IdOf(string name) => $"values_{name}";

    private static XAttribute Of(string name, object value) => new(name, value);

    private static XElement List(string name, params IEnumerable<XElement> members) => new(Sed + name, members);
}

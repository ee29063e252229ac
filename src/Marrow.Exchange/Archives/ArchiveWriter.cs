using System.IO.Compression;
using System.Text;
using System.Xml.Linq;

namespace Marrow.Exchange.Archives;

/// <summary>Writes a model with a time course as a COMBINE archive: manifest, SBML, SED-ML.</summary>
public static class ArchiveWriter
{
    private const string ModelName = "model.xml", DocumentName = "simulation.sedml";
    private const string Specifications = "http://identifiers.org/combine.specifications/";

    private static readonly XNamespace Manifest = Specifications + "omex-manifest";
    private static readonly XNamespace Sedml = "http://sed-ml.org/sed-ml/level1/version3";
    private static readonly XNamespace Math = "http://www.w3.org/1998/Math/MathML";

    /// <summary>Writes the archive.</summary>
    /// <param name="path">The file.</param>
    /// <param name="sbml">The model as SBML.</param>
    /// <param name="species">Species of the report and the plot.</param>
    /// <param name="end">Last time.</param>
    /// <param name="steps">Intervals.</param>
    public static void Write(string path, string sbml, IReadOnlyList<string> species, double end = 100, int steps = 100)
    {
        using var zip = ZipFile.Open(path, ZipArchiveMode.Create);
        Add(zip, "manifest.xml", ManifestOf().ToString());
        Add(zip, ModelName, sbml);
        var space = XDocument.Parse(sbml).Root!.Name.NamespaceName;
        Add(zip, DocumentName, Document(space, species, end, steps).ToString());
    }

    private static void Add(ZipArchive zip, string name, string text)
    {
        var entry = zip.CreateEntry(name);
        // The same model gives the same bytes.
        entry.LastWriteTime = new DateTimeOffset(1980, 1, 1, 0, 0, 0, TimeSpan.Zero);
        using var writer = new StreamWriter(entry.Open(), new UTF8Encoding(false));
        writer.Write(text.StartsWith("<?xml", StringComparison.Ordinal) ? text : $"<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n{text}\n");
    }

    private static XElement ManifestOf()
    {
        var document = Content("./" + DocumentName, "sed-ml.level-1.version-3");
        document.SetAttributeValue("master", "true");
        return new XElement(Manifest + "omexManifest", Content(".", "omex"), Content("./manifest.xml", "omex-manifest"), Content("./" + ModelName, "sbml"), document);
    }

    private static XElement Content(string location, string format) =>
        new(Manifest + "content", new XAttribute("location", location), new XAttribute("format", Specifications + format));

    private static XElement Document(string space, IReadOnlyList<string> species, double end, int steps) => new(
        Sedml + "sedML", new XAttribute(XNamespace.Xmlns + "sbml", space), new XAttribute("level", 1), new XAttribute("version", 3),
        new XElement(Sedml + "listOfSimulations", new XElement(
            Sedml + "uniformTimeCourse", new XAttribute("id", "course"), new XAttribute("initialTime", 0), new XAttribute("outputStartTime", 0), new XAttribute("outputEndTime", end),
            new XAttribute("numberOfPoints", steps), new XElement(Sedml + "algorithm", new XAttribute("kisaoID", "KISAO:0000019")))),
        new XElement(Sedml + "listOfModels", new XElement(
            Sedml + "model", new XAttribute("id", "model"), new XAttribute("language", "urn:sedml:language:sbml"), new XAttribute("source", ModelName))),
        new XElement(Sedml + "listOfTasks", new XElement(
            Sedml + "task", new XAttribute("id", "task"), new XAttribute("modelReference", "model"), new XAttribute("simulationReference", "course"))),
        new XElement(Sedml + "listOfDataGenerators", Generator("time", "symbol", "urn:sedml:symbol:time"), species.Select(s => Generator(
            "value_" + s, "target", $"/sbml:sbml/sbml:model/sbml:listOfSpecies/sbml:species[@id='{s}']"))),
        new XElement(Sedml + "listOfOutputs", Report(species), Plot(species)));

    private static XElement Generator(string id, string attribute, string value) => new(
        Sedml + "dataGenerator", new XAttribute("id", id), new XElement(Sedml + "listOfVariables", new XElement(
            Sedml + "variable", new XAttribute("id", "variable_" + id), new XAttribute("taskReference", "task"), new XAttribute(attribute, value))),
        new XElement(Math + "math", new XElement(Math + "ci", "variable_" + id)));

    private static XElement Report(IReadOnlyList<string> species) => new(
        Sedml + "report", new XAttribute("id", "report"), new XElement(Sedml + "listOfDataSets", Set("time", "time"), species.Select(s => Set(s, "value_" + s))));

    private static XElement Set(string label, string generator) => new(
        Sedml + "dataSet", new XAttribute("id", "set_" + label), new XAttribute("label", label), new XAttribute("dataReference", generator));

    private static XElement Plot(IReadOnlyList<string> species) => new(
        Sedml + "plot2D", new XAttribute("id", "plot"), new XElement(Sedml + "listOfCurves", species.Select(s => new XElement(
            Sedml + "curve", new XAttribute("id", "curve_" + s), new XAttribute("name", s), new XAttribute("logX", "false"), new XAttribute("logY", "false"),
            new XAttribute("xDataReference", "time"), new XAttribute("yDataReference", "value_" + s)))));
}

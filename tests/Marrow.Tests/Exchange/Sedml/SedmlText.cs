using System.Globalization;
using Marrow.Exchange.Sedml;
using Marrow.Networks.Diagnostics;

namespace Marrow.Tests.Exchange.Sedml;

/// <summary>Small documents over one model: dS/dt = a/V - k S, so that S goes to a/(k V) with k.</summary>
internal static class SedmlText
{
    public const string Species = "/sbml:sbml/sbml:model/sbml:listOfSpecies/sbml:species[@id='S']";
    public const double K = 0.5, V = 2, S0 = 8;

    public const string Model = """
        <?xml version="1.0" encoding="UTF-8"?>
        <sbml xmlns="http://www.sbml.org/sbml/level3/version1/core" level="3" version="1">
          <model id="turnover">
            <listOfCompartments><compartment id="V" size="2" spatialDimensions="3" constant="true"/></listOfCompartments>
            <listOfSpecies><species id="S" compartment="V" initialConcentration="8" hasOnlySubstanceUnits="false" boundaryCondition="false" constant="false"/></listOfSpecies>
            <listOfParameters><parameter id="k" value="0.5" constant="true"/><parameter id="a" value="0" constant="true"/><parameter id="twice" constant="false"/></listOfParameters>
            <listOfRules><assignmentRule variable="twice"><math xmlns="http://www.w3.org/1998/Math/MathML"><apply><times/><cn>2</cn><ci>S</ci></apply></math></assignmentRule></listOfRules>
            <listOfReactions>
              <reaction id="Loss" reversible="false" fast="false"><listOfReactants><speciesReference species="S" stoichiometry="1" constant="true"/></listOfReactants>
                <kineticLaw><math xmlns="http://www.w3.org/1998/Math/MathML"><apply><times/><ci>k</ci><ci>S</ci><ci>V</ci></apply></math></kineticLaw></reaction>
              <reaction id="Gain" reversible="false" fast="false"><listOfProducts><speciesReference species="S" stoichiometry="1" constant="true"/></listOfProducts>
                <kineticLaw><math xmlns="http://www.w3.org/1998/Math/MathML"><ci>a</ci></math></kineticLaw></reaction>
            </listOfReactions>
          </model>
        </sbml>
        """;

    public const string Turnover = """<model id="m" language="urn:sedml:language:sbml" source="turnover.xml"/>""";

    /// <summary>S at the given time without gain.</summary>
    public static double At(double time, double k = K, double start = S0) => start * Math.Exp(-k * time);

    public static string Parameter(string id) => $"/sbml:sbml/sbml:model/sbml:listOfParameters/sbml:parameter[@id='{id}']";

    public static string Course(string id = "s", double start = 0, double output = 0, double end = 10, int points = 10, string algorithm = """<algorithm kisaoID="KISAO:0000019"><listOfAlgorithmParameters><algorithmParameter kisaoID="KISAO:0000209" value="1e-9"/><algorithmParameter kisaoID="KISAO:0000211" value="1e-12"/></listOfAlgorithmParameters></algorithm>""") =>
        string.Create(CultureInfo.InvariantCulture, $"""<uniformTimeCourse id="{id}" initialTime="{start}" outputStartTime="{output}" outputEndTime="{end}" numberOfPoints="{points}">{algorithm}</uniformTimeCourse>""");

    public const string Rest = """<steadyState id="s"><algorithm kisaoID="KISAO:0000407"/></steadyState>""";
    public const string OneTask = """<task id="t" modelReference="m" simulationReference="s"/>""";

    public static string Variable(string id, string target, string task = "t", string more = "") => $"""<variable id="{id}" taskReference="{task}" target="{target}" {more}/>""";

    public static string Time(string task = "t") => Generator("time", $"""<variable id="x" taskReference="{task}" symbol="urn:sedml:symbol:time"/>""", "<ci>x</ci>");

    public static string Generator(string id, string variables, string math, string more = "") =>
        $"""<dataGenerator id="{id}"><listOfVariables>{variables}</listOfVariables>{more}{MathOf(math)}</dataGenerator>""";

    public static string MathOf(string content) => $"""<math xmlns="http://www.w3.org/1998/Math/MathML">{content}</math>""";

    public static string Report(params string[] generators) =>
        $"""<report id="r"><listOfDataSets>{string.Concat(generators.Select(g => $"""<dataSet id="d_{g}" label="{g}" dataReference="{g}"/>"""))}</listOfDataSets></report>""";

    public static string Document(string simulations, string tasks, string generators, string outputs, string models = Turnover, int version = 3) =>
        $"""<?xml version="1.0" encoding="UTF-8"?><sedML xmlns="http://sed-ml.org/sed-ml/level1/version{version}" xmlns:sbml="http://www.sbml.org/sbml/level3/version1/core" level="1" version="{version}"><listOfModels>{models}</listOfModels><listOfSimulations>{simulations}</listOfSimulations><listOfTasks>{tasks}</listOfTasks><listOfDataGenerators>{generators}</listOfDataGenerators><listOfOutputs>{outputs}</listOfOutputs></sedML>""";

    /// <summary>A document with a time course of S after some changes of the model.</summary>
    public static string Changed(string changes) => Document(
        Course(end: 4, points: 4), OneTask, Generator("S", Variable("S", Species), "<ci>S</ci>"), Report("S"), $"""<model id="m" source="turnover.xml"><listOfChanges>{changes}</listOfChanges></model>""");

    /// <summary>A repeated task over ranges, with S of its runs.</summary>
    public static string Repeated(string simulation, string attributes, string ranges, string changes, string version = "") => Document(
        simulation, OneTask + $"""<repeatedTask id="rep" {attributes}><listOfRanges>{ranges}</listOfRanges><listOfChanges>{changes}</listOfChanges><listOfSubTasks><subTask task="t" order="1"/></listOfSubTasks></repeatedTask>""",
        Generator("S", Variable("S", Species, "rep"), "<ci>S</ci>") + Generator("k", Variable("k", Parameter("k"), "rep"), "<ci>k</ci>") + Generator("a", Variable("a", Parameter("a"), "rep"), "<ci>a</ci>"), Report("S", "k", "a") + version);

    public static string SetValue(string target, string range, string math) =>
        $"""<setValue modelReference="m" target="{target}" range="{range}">{MathOf(math)}</setValue>""";

    public static SedmlResults Run(string document, string model = Model)
    {
        var bag = new DiagnosticBag();
        var results = SedmlRun.Run(Files(document, model), "doc.sedml", bag, TestContext.Current.CancellationToken);
        Assert.True(results is not null, string.Join('\n', bag.Items));
        return results;
    }

    public static IReadOnlyList<Diagnostic> Problems(string document, string model = Model)
    {
        var bag = new DiagnosticBag();
        Assert.Null(SedmlRun.Run(Files(document, model), "doc.sedml", bag, TestContext.Current.CancellationToken));
        return bag.Items;
    }

    public static IDocumentFiles Files(string document, string model, params (string Name, string Text)[] others) =>
        new TextFiles(others.Append(("doc.sedml", document)).Append(("turnover.xml", model)).ToDictionary(f => f.Item1, f => f.Item2));

    private sealed class TextFiles(Dictionary<string, string> texts) : IDocumentFiles
    {
        public string? Read(string path) => texts.GetValueOrDefault(path);

        public string NameOf(string path) => path;
    }
}

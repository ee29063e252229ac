using static Marrow.Tests.Exchange.Sedml.SedmlText;

namespace Marrow.Tests.Exchange.Sedml;

public class SedmlRefusalTests
{
    private static readonly string S = Generator("S", Variable("S", Species), "<ci>S</ci>");

    private static string With(string? simulations = null, string? tasks = null, string? generators = null, string? outputs = null, string models = Turnover) =>
        Document(simulations ?? Course(), tasks ?? OneTask, generators ?? S, outputs ?? Report("S"), models);

    public static TheoryData<string, string> Documents => new()
    {
        { With().Replace("level=\"1\" version=\"3\"", "level=\"2\" version=\"1\"", StringComparison.Ordinal), "MRW5950" },
        { With(outputs: """<plot3D id="p"/>"""), "MRW5951" },
        { With(simulations: """<analysis id="s"><algorithm kisaoID="KISAO:0000019"/></analysis>"""), "MRW5951" },
        { With(tasks: """<parameterEstimationTask id="t"/>"""), "MRW5951" },
        { With(simulations: Course(algorithm: """<algorithm kisaoID="KISAO:0000437"/>""")), "MRW5952" },
        { With(models: """<model id="m" language="urn:sedml:language:cellml" source="turnover.xml"/>"""), "MRW5953" },
        { With(models: """<model id="m" source="urn:miriam:biomodels.db:BIOMD0000000012"/>"""), "MRW5954" },
        { With(models: """<model id="m" source="/etc/passwd"/>"""), "MRW5954" },
        { With(models: """<model id="m" source="absent.xml"/>"""), "MRW9001" },
        { With(models: """<model id="m" source="#n"/><model id="n" source="#m"/>"""), "MRW9107" },
        { With(tasks: """<task id="t" modelReference="m" simulationReference="z"/>"""), "MRW9102" },
        { With(tasks: """<task id="t" modelReference="z" simulationReference="s"/>"""), "MRW9102" },
        { With(outputs: Report("Z")), "MRW9102" },
        { With(models: Turnover + """<model id="m" source="other.xml"/>"""), "MRW9113" },
        { With(generators: S + Generator("S", Variable("S", Species), "<cn>2</cn>")), "MRW9113" },
        { With(generators: Generator("S", Variable("S", Species) + Variable("S", Parameter("k")), "<ci>S</ci>")), "MRW9113" },
        { With(generators: Generator("S", Variable("S", Species, "z"), "<ci>S</ci>")), "MRW9102" },
        { With(generators: Generator("S", Variable("S", Species + "/sbml:nothing"), "<ci>S</ci>")), "MRW9103" },
        { With(generators: """<dataGenerator id="S"/>"""), "MRW9101" },
        { With(simulations: Course(points: 100_000_000)), "MRW9108" },
        { With(simulations: Course(output: 20)), "MRW9101" },
        { "<sedML", "MRW9101" },
        { "<!DOCTYPE x [<!ENTITY e SYSTEM \"file:///etc/passwd\">]><sedML level=\"1\" version=\"3\">&e;</sedML>", "MRW9101" },
        { string.Concat(Enumerable.Repeat("<a>", 10_000)) + string.Concat(Enumerable.Repeat("</a>", 10_000)), "MRW9108" },
        { Repeated(Rest, """range="x" """, """<vectorRange id="x"><value>1</value></vectorRange>""", SetValue(Parameter("twice"), "x", "<ci>x</ci>")), "MRW9105" },
        { Repeated(Rest, """range="y" """, """<vectorRange id="x"><value>1</value></vectorRange>""", ""), "MRW9102" },
        { Repeated(Rest, """range="x" """, """<uniformRange id="x" start="-1" end="1" numberOfPoints="2" type="log"/>""", ""), "MRW9106" },
        { Repeated(Rest, """range="x" """, """<dataRange id="x" sourceReference="d"/>""", ""), "MRW9102" },
        { With(tasks: """<repeatedTask id="t" range="x"><listOfRanges><vectorRange id="x"><value>1</value></vectorRange></listOfRanges><listOfSubTasks><subTask task="t"/></listOfSubTasks></repeatedTask>"""), "MRW9107" },
    };

    [Theory]
    [MemberData(nameof(Documents))]
    public void A_document_that_cannot_be_run_is_refused_by_name(string document, string code) => Assert.Contains(Problems(document), p => p.Code == code);

    [Fact]
    public void Parts_with_one_identifier_that_say_the_same_are_one() => Assert.Single(SedmlText.Run(With(generators: S + S)).Reports[0].Columns);

    [Fact]
    public void A_document_broken_off_anywhere_is_an_error()
    {
        var whole = With();
        for (var length = 0; length < whole.Length; length += 7) Assert.NotEmpty(Problems(whole[..length]));
    }

    [Fact]
    public void A_document_of_more_elements_than_fit_into_memory_is_refused()
    {
        Assert.Contains(Problems($"<sedML>{string.Concat(Enumerable.Repeat("<a/>", 2_000_000))}</sedML>"), p => p.Code == "MRW9108");
    }
}

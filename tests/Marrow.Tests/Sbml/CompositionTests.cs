using Marrow.Networks.Diagnostics;
using Marrow.Networks.Sbml;
using Marrow.Tests.Cli;

namespace Marrow.Tests.Sbml;

/// <summary>Models put together of others. The expected numbers are closed forms.</summary>
public sealed class CompositionTests
{
    // The local tolerance of 1e-9 is kept at each of some hundred steps.
    private const double Tolerance = 1e-6;

    private const string Packages = "xmlns:comp='http://www.sbml.org/sbml/level3/version1/comp/version1' comp:required='true'";

    /// <summary>x' = -k x with an event that sets y, and a reaction that makes S.</summary>
    private static readonly string Part = Definition("part",
        $"<listOfFunctionDefinitions><functionDefinition id='f'>{SbmlText.Math("<lambda><bvar><ci>k</ci></bvar><apply><times/><cn>2</cn><ci>k</ci></apply></lambda>")}</functionDefinition></listOfFunctionDefinitions>"
        + "<listOfCompartments><compartment id='C' size='1' constant='true'/></listOfCompartments>"
        + "<listOfSpecies><species id='S' compartment='C' initialAmount='0' hasOnlySubstanceUnits='true' boundaryCondition='false' constant='false'/></listOfSpecies>"
        + $"<listOfParameters>{SbmlText.Parameter("x", 1, false)}{SbmlText.Parameter("k", .5)}{SbmlText.Parameter("y", 0, false)}{SbmlText.Parameter("z", 0, false)}</listOfParameters>"
        + $"<listOfRules><rateRule variable='x' metaid='decay'>{SbmlText.Math("<apply><minus/><apply><times/><ci>k</ci><ci>x</ci></apply></apply>")}</rateRule>"
        + $"<assignmentRule variable='z'>{SbmlText.Math("<apply><ci>f</ci><ci>J</ci></apply>")}</assignmentRule></listOfRules>"
        + $"<listOfReactions><reaction id='J' reversible='false'><listOfProducts><speciesReference species='S' stoichiometry='1' constant='true'/></listOfProducts><kineticLaw>{SbmlText.Times("v", "k")}<listOfLocalParameters><localParameter id='v' value='4'/></listOfLocalParameters></kineticLaw></reaction></listOfReactions>"
        + $"<listOfEvents><event id='E' useValuesFromTriggerTime='true'><trigger initialValue='true' persistent='true'>{SbmlText.Math("<apply><geq/><csymbol encoding='text' definitionURL='http://www.sbml.org/sbml/symbols/time'>t</csymbol><cn>1</cn></apply>")}</trigger>"
        + $"<delay>{SbmlText.Number("0.5")}</delay><listOfEventAssignments><eventAssignment variable='y'>{SbmlText.Number("7")}</eventAssignment></listOfEventAssignments></event></listOfEvents>",
        "<comp:port comp:id='rate' comp:idRef='k'/><comp:port comp:id='law' comp:metaIdRef='decay'/>");

    private static string Definition(string id, string content, string ports = "") => $"<comp:modelDefinition id='{id}'>{content}{(ports.Length == 0 ? "" : $"<comp:listOfPorts>{ports}</comp:listOfPorts>")}</comp:modelDefinition>";

    private static string Submodel(string id, string model = "part", string attributes = "", string deletions = "") =>
        $"<comp:submodel comp:id='{id}' comp:modelRef='{model}' {attributes}>{(deletions.Length == 0 ? "" : $"<comp:listOfDeletions>{deletions}</comp:listOfDeletions>")}</comp:submodel>";

    private static string Replacing(string submodel, string reference, string more = "", string inside = "") =>
        $"<comp:listOfReplacedElements><comp:replacedElement comp:submodelRef='{submodel}' {reference} {more}>{inside}</comp:replacedElement></comp:listOfReplacedElements>";

    private static string Parameter(string id, double value, string inside, bool constant = true) =>
        FormattableString.Invariant($"<parameter id='{id}' value='{value}' constant='{(constant ? "true" : "false")}'>{inside}</parameter>");

    private static string Document(string content, string submodels, string? definitions = null, string more = "", string attributes = "") => SbmlText
        .Model($"{content}<comp:listOfSubmodels>{submodels}</comp:listOfSubmodels>", attributes, Packages)
        .Replace("</sbml>", $"<comp:listOfModelDefinitions>{definitions ?? Part}</comp:listOfModelDefinitions>{more}</sbml>", StringComparison.Ordinal);

    [Fact]
    public void Instances_keep_their_members_under_names_of_their_own()
    {
        var course = SbmlText.Simulate(Document($"<listOfParameters>{SbmlText.Parameter("A__k", 3)}</listOfParameters>", Submodel("A") + Submodel("B")), "A__x", "B__x", "A__S", "A__z", "B__y", "A__k", "A__k_");
        Assert.Equal(Math.Exp(-1), course["A__x"][2], Tolerance);
        Assert.Equal(Math.Exp(-1), course["B__x"][2], Tolerance);
        // 4 * 0.5 for two units of time; a function of the rate; an event after 1.5.
        Assert.Equal(4, course["A__S"][2], Tolerance);
        Assert.Equal(4, course["A__z"][2], 1e-12);
        Assert.Equal([0, 0, 7], course["B__y"]);
        // A name that the main model has already goes to the main model.
        Assert.Equal([3, .5], [course["A__k"][0], course["A__k_"][0]]);
    }

    [Fact]
    public void A_factor_of_time_stretches_everything_in_time()
    {
        // Time inside runs ten times as fast: t = 0.1 s.
        var text = Document($"<listOfParameters>{SbmlText.Parameter("fast", .1)}</listOfParameters>", Submodel("A", attributes: "comp:timeConversionFactor='fast'"));
        var course = SbmlText.Simulate(text, "A__x", "A__S", "A__z", "A__y");
        Assert.Equal(Math.Exp(-.5 * 10), course["A__x"][1], Tolerance);
        Assert.Equal(20, course["A__S"][1], Tolerance);
        // A rate read inside is one per time inside.
        Assert.Equal(4, course["A__z"][1], 1e-12);
        Assert.Equal([0, 7, 7], course["A__y"]);
    }

    [Fact]
    public void A_factor_of_extent_multiplies_reactions_and_not_what_is_read_of_them_inside()
    {
        var text = Document($"<listOfParameters>{SbmlText.Parameter("many", 100)}</listOfParameters>", Submodel("A", attributes: "comp:extentConversionFactor='many'"));
        var course = SbmlText.Simulate(text, "A__S", "A__J", "A__z");
        Assert.Equal(400, course["A__S"][2], 400 * Tolerance);
        Assert.Equal(200, course["A__J"][2], 1e-10);
        Assert.Equal(4, course["A__z"][2], 1e-12);
    }

    [Fact]
    public void A_replacement_stands_in_for_what_it_replaces_with_its_factor()
    {
        // x = X / 10: X' = -k X from 5, and an inner k of 1 by way of a port.
        var content = $"<listOfParameters>{SbmlText.Parameter("ten", 10)}{Parameter("X", 5, Replacing("A", "comp:idRef='x'", "comp:conversionFactor='ten'"), false)}{Parameter("v", 1, Replacing("A", "comp:portRef='rate'"))}</listOfParameters>";
        var course = SbmlText.Simulate(Document(content, Submodel("A")), "X", "A__S");
        Assert.Equal(5 * Math.Exp(-2), course["X"][2], Tolerance);
        // The local parameter v of the law is not the v of the main model that now stands in the same law.
        Assert.Equal(8, course["A__S"][2], Tolerance);
    }

    [Fact]
    public void An_inner_element_can_stand_in_for_an_outer_one_and_takes_its_name()
    {
        var inner = Definition("outer", "<listOfParameters><parameter id='k' value='9' constant='true'><comp:replacedBy comp:submodelRef='P' comp:portRef='rate'/></parameter></listOfParameters>"
            + $"<comp:listOfSubmodels>{Submodel("P")}</comp:listOfSubmodels>");
        var content = $"<listOfParameters>{Parameter("q", 3, "<comp:replacedBy comp:submodelRef='O' comp:idRef='P'><comp:sBaseRef comp:idRef='k'/></comp:replacedBy>")}</listOfParameters>";
        var course = SbmlText.Simulate(Document(content, Submodel("O", "outer"), Part + inner), "q", "O__P__x");
        Assert.Equal(.5, course["q"][2]);
        Assert.Equal(Math.Exp(-1), course["O__P__x"][2], Tolerance);
    }

    [Fact]
    public void What_is_deleted_has_no_effect()
    {
        var text = Document("", Submodel("A", deletions: "<comp:deletion comp:portRef='law'/><comp:deletion comp:idRef='E'/>"));
        var course = SbmlText.Simulate(text, "A__x", "A__y");
        Assert.Equal([1, 1, 1], course["A__x"]);
        Assert.Equal([0, 0, 0], course["A__y"]);
    }

    [Fact]
    public void A_submodel_can_be_replaced_by_another_one()
    {
        var outer = Definition("outer", $"<listOfParameters>{Parameter("seen", 0, "<comp:replacedBy comp:submodelRef='P' comp:idRef='x'/>", false)}</listOfParameters><comp:listOfSubmodels>{Submodel("P")}</comp:listOfSubmodels>");
        var own = $"<comp:submodel comp:id='Q' comp:modelRef='part'>{Replacing("O", "comp:idRef='P'")}</comp:submodel>";
        var network = SbmlText.Read(Document("", Submodel("O", "outer") + own, Part + outer));
        Assert.DoesNotContain(network.Parameters, p => p.Id.StartsWith("O__P", StringComparison.Ordinal));
        Assert.Contains(network.RateRules, r => r.Variable is "O__seen" or "Q__x");
    }

    [Fact]
    public void A_conversion_factor_of_the_whole_model_holds_for_its_own_species_only()
    {
        var content = $"{SbmlText.Compartment}{SbmlText.Species("T", "initialAmount='0'")}<listOfParameters>{SbmlText.Parameter("f", 3)}</listOfParameters>"
            + $"<listOfReactions><reaction id='K' reversible='false'><listOfProducts><speciesReference species='T' stoichiometry='1' constant='true'/></listOfProducts><kineticLaw>{SbmlText.Number("1")}</kineticLaw></reaction></listOfReactions>";
        var course = SbmlText.Simulate(Document(content, Submodel("A"), attributes: "conversionFactor='f'"), "T", "A__S");
        // 3 per time in a volume of 2.
        Assert.Equal(3, course["T"][2], Tolerance);
        Assert.Equal(4, course["A__S"][2], Tolerance);
    }

    [Fact]
    public void A_model_in_a_file_beside_the_document_is_read()
    {
        using var folder = new TemporaryFolder();
        folder.Write("parts/part.xml", Document("", Submodel("A")));
        var bag = new DiagnosticBag();
        var network = SbmlReader.ReadFile(folder.Write("main.xml", External("parts/part.xml", "comp:modelRef='part'")), bag);
        Assert.True(network is not null, string.Join('\n', bag.Items));
        Assert.Contains(network.Parameters, p => p.Id == "F__x");
    }

    private static string External(string source, string model = "") =>
        Document("", Submodel("F", "far"), more: $"<comp:listOfExternalModelDefinitions><comp:externalModelDefinition comp:id='far' comp:source='{source}' {model}/></comp:listOfExternalModelDefinitions>");

    [Theory]
    [InlineData("http://example.org/part.xml", "MRW1110")]
    [InlineData("file:///etc/passwd", "MRW1110")]
    [InlineData("/etc/passwd", "MRW1110")]
    [InlineData("../part.xml", "MRW1110")]
    [InlineData("sub/%2e%2e/%2e%2e/part.xml", "MRW1110")]
    [InlineData("", "MRW1110")]
    [InlineData("nobody.xml", "MRW1011")]
    [InlineData("main.xml", "MRW2006")]
    public void Models_elsewhere_are_not_read(string source, string code)
    {
        using var folder = new TemporaryFolder();
        folder.Write("part.xml", Document("", Submodel("A")));
        var bag = new DiagnosticBag();
        Assert.Null(SbmlReader.ReadFile(folder.Write("here/main.xml", External(source)), bag));
        Assert.All(bag.Items, d => Assert.True(d.Code == code && d.Where.Line > 0 || d.Code == "MRW1011", d.ToString()));
        Assert.Contains(bag.Items, d => d.Code == code);
    }

    public static TheoryData<string, string> Wrong => new()
    {
        { "MRW2006", Document("", Submodel("A", "loop"), Definition("loop", $"<comp:listOfSubmodels>{Submodel("B", "loop")}</comp:listOfSubmodels>")) },
        { "MRW2005", Document("", Submodel("A", "nobody")) },
        { "MRW2003", Document($"<listOfParameters>{Parameter("p", 1, Replacing("A", "comp:idRef='nobody'"))}</listOfParameters>", Submodel("A")) },
        { "MRW2003", Document($"<listOfParameters>{Parameter("p", 1, Replacing("B", "comp:idRef='k'"))}</listOfParameters>", Submodel("A")) },
        { "MRW2003", Document("", Submodel("A", deletions: "<comp:deletion comp:portRef='nobody'/>")) },
        { "MRW2001", Document($"<listOfParameters>{Parameter("p", 1, Replacing("A", "comp:idRef='k'", "comp:conversionFactor='nobody'"))}</listOfParameters>", Submodel("A")) },
        { "MRW2018", Document("", Submodel("A", deletions: "<comp:deletion comp:idRef='k'/>")) },
        { "MRW2006", Document("", Submodel("A", "ports", deletions: "<comp:deletion comp:portRef='a'/>"), Definition("ports", $"<comp:listOfSubmodels>{Submodel("P", "ports2")}</comp:listOfSubmodels>", "<comp:port comp:id='a' comp:portRef='a'/>") + Definition("ports2", "")) },
    };

    [Theory]
    [MemberData(nameof(Wrong))]
    public void Parts_that_do_not_fit_together_are_reported_with_their_place(string code, string text) =>
        Assert.Contains(SbmlText.Refused(text), d => d.Code == code && d.Where.Line > 0 && d.Try.Length > 0);

    [Fact]
    public void Submodels_that_multiply_without_end_are_refused()
    {
        // Ten times ten times ... : 10^12 parts in a few lines.
        var definitions = string.Concat(Enumerable.Range(0, 12).Select(i => Definition($"m{i}", $"<comp:listOfSubmodels>{string.Concat(Enumerable.Range(0, 10).Select(k => Submodel($"s{k}", $"m{i + 1}")))}</comp:listOfSubmodels>"))) + Definition("m12", "");
        Assert.Contains(SbmlText.Refused(Document("", Submodel("A", "m0"), definitions)), d => d.Code == "MRW1009");
    }
}

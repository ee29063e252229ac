using System.Text;
using Marrow.Cli;
using Marrow.Networks.Diagnostics;
using Marrow.Networks.Sbml;
using Marrow.Tests.Cli;

namespace Marrow.Tests.Sbml;

public sealed class SbmlRefusalTests
{
    private const string Whole = "<?xml version='1.0'?><sbml xmlns='http://www.sbml.org/sbml/level3/version2/core' level='3' version='2'><model id='m'><listOfParameters><parameter id='p' value='1' constant='false'/></listOfParameters>"
        + "<listOfRules><rateRule variable='p'><math xmlns='http://www.w3.org/1998/Math/MathML'><apply><minus/><ci> p </ci></apply></math></rateRule></listOfRules></model></sbml>";

    private static string Rule(string formula) =>
        SbmlText.Model($"<listOfParameters>{SbmlText.Parameter("p", 1, false)}</listOfParameters><listOfRules><assignmentRule variable='p'>{SbmlText.Math(formula)}</assignmentRule></listOfRules>");

    private static string Symbol(string address) => $"<apply><csymbol encoding='text' definitionURL='{address}'>s</csymbol><cn>1</cn><cn>1</cn></apply>";

    public static TheoryData<string, string> Unsupported => new()
    {
        { "MRW5925", Rule(Symbol("http://www.sbml.org/sbml/symbols/distrib/normal")) },
        { "MRW5926", Rule(Symbol("http://example.org/other")) },
        { "MRW5921", SbmlText.Model("", packages: "xmlns:qual='http://www.sbml.org/sbml/level3/version1/qual/version1' qual:required='true'") },
        { "MRW5921", SbmlText.Model("", packages: "xmlns:fbc='http://www.sbml.org/sbml/level3/version1/fbc/version2' fbc:required='false'") },
    };

    [Theory]
    [MemberData(nameof(Unsupported))]
    public void What_cannot_be_run_is_refused_by_name(string code, string text)
    {
        var problems = SbmlText.Refused(text);
        Assert.Equal(code, Assert.Single(problems, p => p.Severity == Severity.Error).Code);

        using var folder = new TemporaryFolder();
        Assert.Equal(ExitCode.NotSupported, CommandLine.Run("simulate", folder.Write("model.xml", text)).Code);
    }

    [Fact]
    public void Packages_that_change_nothing_are_read_past() =>
        Assert.Empty(SbmlText.Read(SbmlText.Model("", packages: "xmlns:layout='http://www.sbml.org/sbml/level3/version1/layout/version1' layout:required='false'")).Reactions);

    [Theory]
    [InlineData("<!DOCTYPE sbml SYSTEM 'file:///etc/passwd'>")]
    [InlineData("<!DOCTYPE sbml [<!ENTITY a 'xxxxxxxxxx'><!ENTITY b '&a;&a;&a;&a;&a;&a;&a;&a;'>]>")]
    public void Document_types_and_their_entities_are_refused(string type) =>
        Assert.Equal("MRW1101", Assert.Single(SbmlText.Refused(type + "<sbml level='3' version='2'><model id='&b;'/></sbml>")).Code);

    [Theory]
    [InlineData("apply")]
    [InlineData("notes")]
    public void Ten_thousand_elements_inside_one_another_are_a_problem_and_no_crash(string name)
    {
        var deep = new StringBuilder().Insert(0, $"<{name}><not/>", 10_000).ToString() + new StringBuilder().Insert(0, $"</{name}>", 10_000);
        var bag = new DiagnosticBag();
        var network = SbmlReader.ReadText(Rule(deep), "model.xml", bag);
        Assert.Null(network);
        Assert.Equal(name == "apply" ? "MRW1009" : "MRW1102", bag.Items[0].Code);
    }

    [Fact]
    public void A_formula_of_the_deepest_nesting_allowed_runs()
    {
        const int depth = XmlLimits.DeepestNesting - 10;
        var formula = new StringBuilder().Insert(0, "<apply><minus/>", depth).ToString() + "<cn>1</cn>" + new StringBuilder().Insert(0, "</apply>", depth);
        Assert.Equal(depth % 2 == 0 ? 1 : -1, SbmlText.Simulate(Rule(formula), "p")["p"][0]);
    }

    [Fact]
    public void A_file_cut_anywhere_is_a_problem_and_no_crash()
    {
        Assert.NotNull(SbmlReader.ReadText(Whole, "model.xml", new DiagnosticBag()));
        for (var length = 0; length < Whole.Length; length++) Assert.Contains(SbmlText.Refused(Whole[..length]), p => p.Code == "MRW1101");
    }

    [Theory]
    [InlineData("<apply><frob/><cn>1</cn></apply>")]
    [InlineData("<apply><ci>g</ci></apply>")]
    [InlineData("<cn>one</cn>")]
    [InlineData("<cn type='rational'>1</cn>")]
    [InlineData("<apply/>")]
    [InlineData("<piecewise><piece><cn>1</cn></piece></piecewise>")]
    public void What_is_no_formula_is_reported_with_its_line(string formula) =>
        Assert.All(SbmlText.Refused(Rule(formula)), p => Assert.True(p is { Code: "MRW1102", Where.Line: 1 }, p.ToString()));

    [Fact]
    public void Functions_in_a_circle_are_reported()
    {
        static string Function(string id, string calls) => $"<functionDefinition id='{id}'>{SbmlText.Math($"<lambda><apply><ci>{calls}</ci></apply></lambda>")}</functionDefinition>";
        Assert.Contains(SbmlText.Refused(SbmlText.Model($"<listOfFunctionDefinitions>{Function("f", "g")}{Function("g", "f")}</listOfFunctionDefinitions>")), p => p.Code == "MRW2009");
    }
}

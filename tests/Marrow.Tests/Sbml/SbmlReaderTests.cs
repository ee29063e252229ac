using Marrow.Networks.Antimony;
using Marrow.Networks.Compilation;
using Marrow.Networks.Diagnostics;
using Marrow.Networks.Simulation;

namespace Marrow.Tests.Sbml;

public sealed class SbmlReaderTests
{
    // The local tolerance of 1e-9 is kept at each of some hundred steps.
    private const double Tolerance = 1e-6;

    private static readonly string Law = $"<kineticLaw>{SbmlText.Times("k", "S")}</kineticLaw>";

    private static string Decay(string species, string law, string more = "", string attributes = "") => SbmlText.Model(
        $"{SbmlText.Compartment}{SbmlText.Species("S", species)}<listOfParameters>{SbmlText.Parameter("k", .5)}{SbmlText.Parameter("f", 3)}</listOfParameters>{more}"
        + $"<listOfReactions><reaction id='J' reversible='false'><listOfReactants><speciesReference species='S' stoichiometry='1' constant='true'/></listOfReactants>{law}</reaction></listOfReactions>", attributes);

    [Theory]
    [InlineData("initialConcentration='8'")]
    [InlineData("initialAmount='16'")]
    public void A_name_of_a_species_means_its_concentration_and_its_rate_an_amount(string start)
    {
        // dA/dt = -k A/V with V = 2.
        var course = SbmlText.Simulate(Decay(start, Law), "S", "J");
        for (var i = 0; i < 3; i++)
        {
            Assert.Equal(8 * Math.Exp(-.25 * course.Times[i]), course["S"][i], Tolerance);
            Assert.Equal(.5 * course["S"][i], course["J"][i], Tolerance);
        }
    }

    [Fact]
    public void A_local_parameter_hides_a_global_one_in_its_reaction_only()
    {
        var law = $"<kineticLaw>{SbmlText.Times("k", "S")}<listOfLocalParameters><localParameter id='k' value='2'/></listOfLocalParameters></kineticLaw>";
        var course = SbmlText.Simulate(Decay("initialConcentration='1'", law), "S", "k");
        Assert.Equal(Math.Exp(-2), course["S"][2], Tolerance);
        Assert.Equal(.5, course["k"][2]);
    }

    [Fact]
    public void A_conversion_factor_multiplies_what_reactions_change()
    {
        var course = SbmlText.Simulate(Decay("initialConcentration='1'", Law, attributes: "conversionFactor='f'"), "S");
        Assert.Equal(Math.Exp(-3 * .25 * 2), course["S"][2], Tolerance);
    }

    [Fact]
    public void An_initial_assignment_takes_the_place_of_the_value()
    {
        var more = $"<listOfInitialAssignments><initialAssignment symbol='S'>{SbmlText.Times("f", "f")}</initialAssignment></listOfInitialAssignments>";
        Assert.Equal(9, SbmlText.Simulate(Decay("initialAmount='1'", Law, more), "S")["S"][0], 1e-12);
    }

    [Fact]
    public void A_function_is_called_with_its_arguments()
    {
        var text = Decay("initialConcentration='1'", $"<kineticLaw>{SbmlText.Math("<apply><ci>half</ci><ci>S</ci></apply>")}</kineticLaw>")
            .Replace("<listOfCompartments>", $"<listOfFunctionDefinitions><functionDefinition id='half'>{SbmlText.Math("<lambda><bvar><ci>x</ci></bvar><apply><divide/><ci>x</ci><cn type='integer'>2</cn></apply></lambda>")}</functionDefinition></listOfFunctionDefinitions><listOfCompartments>", StringComparison.Ordinal);
        Assert.Equal(Math.Exp(-.25 * 2), SbmlText.Simulate(text, "S")["S"][2], Tolerance);
    }

    [Fact]
    public void A_stoichiometry_with_a_name_can_be_set_by_a_rule()
    {
        var text = Decay("initialAmount='10'", $"<kineticLaw>{SbmlText.Number("0.5")}</kineticLaw>")
            .Replace("speciesReference species", "speciesReference id='n' species", StringComparison.Ordinal).Replace("stoichiometry='1' constant='true'", "constant='false'", StringComparison.Ordinal)
            .Replace("<listOfReactions>", $"<listOfRules><assignmentRule variable='n'>{SbmlText.Number("4")}</assignmentRule></listOfRules><listOfReactions>", StringComparison.Ordinal);
        // 10 - 4 * 0.5 t, in a volume of 2.
        Assert.Equal(3, SbmlText.Simulate(text, "S")["S"][2], Tolerance);
    }

    [Fact]
    public void An_algebraic_rule_is_solved_for_the_variable_that_nothing_else_determines()
    {
        var text = Decay("initialConcentration='4'", Law, $"<listOfRules><algebraicRule>{SbmlText.Math("<apply><minus/><apply><plus/><ci>S</ci><apply><times/><cn>2</cn><ci>y</ci></apply></apply><cn>10</cn></apply>")}</algebraicRule></listOfRules>")
            .Replace("<listOfParameters>", "<listOfParameters><parameter id='y' constant='false'/>", StringComparison.Ordinal);
        var course = SbmlText.Simulate(text, "S", "y");
        for (var i = 0; i < 3; i++) Assert.Equal((10 - course["S"][i]) / 2, course["y"][i], 1e-12);
    }

    [Fact]
    public void Events_at_the_start_are_seen_in_the_first_row_and_later_ones_from_their_time_on()
    {
        static string At(string id, string initially, string time, string value) =>
            $"<event id='{id}' useValuesFromTriggerTime='true'><trigger initialValue='{initially}' persistent='true'>{SbmlText.Math($"<apply><geq/><csymbol encoding='text' definitionURL='http://www.sbml.org/sbml/symbols/time'>t</csymbol><cn>{time}</cn></apply>")}</trigger>"
            + $"<listOfEventAssignments><eventAssignment variable='p'>{SbmlText.Number(value)}</eventAssignment></listOfEventAssignments></event>";
        var course = SbmlText.Simulate(SbmlText.Model($"<listOfParameters>{SbmlText.Parameter("p", 1, false)}</listOfParameters><listOfEvents>{At("first", "false", "0", "5")}{At("second", "true", "1.5", "7")}</listOfEvents>"), "p");
        Assert.Equal([5, 5, 7], course["p"]);
    }

    [Fact]
    public void Sbml_and_Antimony_of_one_model_give_the_same_course()
    {
        const string antimony = """
            model m()
              compartment C = 2; species S in C; S = 8; k = 0.5; x = 1;
              J: S => ; k*S;
              x' = sin(time) - x^2;
              y := piecewise(S, S > 6, ln(x + 2));
              E: at S < 5: x = 3;
            end
            """;
        static string Symbol() => "<csymbol encoding='text' definitionURL='http://www.sbml.org/sbml/symbols/time'>t</csymbol>";
        var rules = $"<listOfRules><rateRule variable='x'>{SbmlText.Math($"<apply><minus/><apply><sin/>{Symbol()}</apply><apply><power/><ci>x</ci><cn>2</cn></apply></apply>")}</rateRule>"
            + $"<assignmentRule variable='y'>{SbmlText.Math("<piecewise><piece><ci>S</ci><apply><gt/><ci>S</ci><cn>6</cn></apply></piece><otherwise><apply><ln/><apply><plus/><ci>x</ci><cn>2</cn></apply></apply></otherwise></piecewise>")}</assignmentRule></listOfRules>";
        var events = $"<listOfEvents><event id='E' useValuesFromTriggerTime='true'><trigger initialValue='true' persistent='true'>{SbmlText.Math("<apply><lt/><ci>S</ci><cn>5</cn></apply>")}</trigger>"
            + $"<listOfEventAssignments><eventAssignment variable='x'>{SbmlText.Number("3")}</eventAssignment></listOfEventAssignments></event></listOfEvents>";
        var sbml = Decay("initialConcentration='8'", Law, rules).Replace("<listOfParameters>", "<listOfParameters><parameter id='x' value='1' constant='false'/><parameter id='y' constant='false'/>", StringComparison.Ordinal)
            .Replace("</listOfReactions>", "</listOfReactions>" + events, StringComparison.Ordinal);

        var other = CompiledModel.Compile(AntimonyReader.ReadText(antimony, "m.ant", new DiagnosticBag())!, new CompileOptions { Observables = ["S", "x", "y"] }).Simulate(2, 3, relative: 1e-9, absolute: 1e-12);
        var course = SbmlText.Simulate(sbml, "S", "x", "y");
        foreach (var name in other.Names)
            for (var i = 0; i < 3; i++) Assert.Equal(other[name][i], course[name][i], Tolerance);
    }

    [Theory]
    [InlineData("<cn type='e-notation'>12<sep/>-1</cn>", 1.2)]
    [InlineData("<cn type='rational'>3<sep/>4</cn>", .75)]
    [InlineData("<apply><minus/><cn>3</cn></apply>", -3)]
    [InlineData("<apply><root/><degree><cn>3</cn></degree><cn>27</cn></apply>", 3)]
    [InlineData("<apply><root/><cn>16</cn></apply>", 4)]
    [InlineData("<apply><log/><logbase><cn>2</cn></logbase><cn>8</cn></apply>", 3)]
    [InlineData("<apply><log/><cn>1000</cn></apply>", 3)]
    [InlineData("<apply><arctan/><cn>1</cn></apply>", Math.PI / 4)]
    [InlineData("<apply><arcsinh/><cn>0</cn></apply>", 0)]
    [InlineData("<apply><rem/><cn>7</cn><cn>4</cn></apply>", 3)]
    [InlineData("<apply><max/><cn>1</cn><cn>9</cn><pi/></apply>", 9)]
    [InlineData("<apply><plus/></apply>", 0)]
    [InlineData("<semantics><exponentiale/></semantics>", Math.E)]
    [InlineData("<csymbol encoding='text' definitionURL='http://www.sbml.org/sbml/symbols/avogadro'>a</csymbol>", 6.02214179e23)]
    [InlineData("<piecewise><piece><cn>1</cn><apply><implies/><true/><false/></apply></piece><otherwise><cn>2</cn></otherwise></piecewise>", 2)]
    public void Formulas_have_the_value_that_MathML_gives_them(string formula, double value)
    {
        var text = SbmlText.Model($"<listOfParameters><parameter id='p' constant='false'/></listOfParameters><listOfRules><assignmentRule variable='p'>{SbmlText.Math(formula)}</assignmentRule></listOfRules>");
        Assert.Equal(value, SbmlText.Simulate(text, "p")["p"][2], Math.Abs(value) * 1e-12);
    }
}

using Marrow.Networks.Diagnostics;

namespace Marrow.Tests.Sbml;

public sealed class LevelOneTests
{
    // The local tolerance of 1e-9 is kept at each of some hundred steps.
    private const double Tolerance = 1e-6;

    private static string Model(string content, int version = 2) => $"<sbml xmlns='http://www.sbml.org/sbml/level1' level='1' version='{version}'><model name='m'>{content}</model></sbml>";

    private static string Decay(string law, string more = "", int version = 2)
    {
        var species = version == 1 ? "specie" : "species";
        return Model(
            $"<listOfUnitDefinitions><unitDefinition name='volume'><listOfUnits><unit kind='liter'/></listOfUnits></unitDefinition></listOfUnitDefinitions>"
            + $"<listOfCompartments><compartment name='C' volume='2'/></listOfCompartments><listOfSpecies><{species} name='S' compartment='C' initialAmount='16' boundaryCondition='false'/></listOfSpecies>"
            + $"<listOfParameters><parameter name='k' value='0.5'/><parameter name='pi' value='3'/><parameter name='p' value='0'/></listOfParameters>{more}"
            + $"<listOfReactions><reaction name='J' reversible='false'><listOfReactants><{species}Reference {species}='S' stoichiometry='1'/></listOfReactants>"
            + $"<kineticLaw formula='{law}'><listOfParameters><parameter name='k2' value='0.25'/></listOfParameters></kineticLaw></reaction></listOfReactions>", version);
    }

    [Theory]
    [InlineData("C*k*S", 1, 0.5)]
    [InlineData("C*k*S", 2, 0.5)]
    [InlineData("C * k2 * S", 2, 0.25)]
    [InlineData("pi*C*S/(1 + sqr(pi) - pow(pi, 2) + log(1))", 2, 3)]
    [InlineData("-C*S*-k^2", 2, 0.25)]
    public void A_species_decays_by_its_law(string law, int version, double rate)
    {
        var course = SbmlText.Simulate(Decay(law, version: version), "S");

        for (var t = 0; t <= 2; t++) Assert.Equal(8 * Math.Exp(-rate * t), course["S"][t], Tolerance);
    }

    [Theory]
    [InlineData("<parameterRule name='p' formula='2*S'/>", 16)]
    [InlineData("<parameterRule name='p' formula='1 + k' type='rate'/>", 0)]
    [InlineData("<algebraicRule formula='p - S/4'/>", 2)]
    public void A_rule_determines_a_parameter(string rule, double start)
    {
        var course = SbmlText.Simulate(Decay("C*k*S", $"<listOfRules>{rule}</listOfRules>"), "p", "S");

        Assert.Equal(start, course["p"][0], Tolerance);
        if (start == 0) Assert.Equal(3, course["p"][2], Tolerance);
    }

    [Fact]
    public void A_volume_and_a_species_follow_their_rules()
    {
        var rules = "<listOfRules><compartmentVolumeRule compartment='C' formula='1' type='rate'/><speciesConcentrationRule species='B' formula='C*C'/></listOfRules>";
        var text = Decay("k", rules).Replace("</listOfSpecies>", "<species name='B' compartment='C' initialAmount='0' boundaryCondition='true'/></listOfSpecies>", StringComparison.Ordinal);
        var course = SbmlText.Simulate(text, "S", "B");

        // 15 in a volume of 4.
        Assert.Equal(15.0 / 4, course["S"][2], Tolerance);
        Assert.Equal(16, course["B"][2], Tolerance);
    }

    [Theory]
    [InlineData("k*")]
    [InlineData("k S")]
    [InlineData("vmax(S, k)")]
    [InlineData("")]
    public void What_is_no_formula_is_reported_with_its_line(string law) =>
        Assert.Contains(SbmlText.Refused(Decay(law)), p => p is { Code: "MRW1102", Severity: Severity.Error, Where.Line: 1 });
}

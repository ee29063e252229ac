using Marrow.Cli;
using Marrow.Networks.Diagnostics;
using Marrow.Networks.Sbml;
using Marrow.Networks.Sbml.Writing;
using Marrow.Networks.Units;
using Marrow.Tests.Antimony;
using Marrow.Tests.Cli;
using Marrow.Tests.Sbml;

namespace Marrow.Tests.Units;

/// <summary>Models whose units are wrong in one place, one for each rule of SBML, and one in which all are right.</summary>
public sealed class SbmlUnitRuleTests
{
    private const string Sound = """
        function add(a, b) a + b end
        model m()
          unit substance = mole; unit volume = litre; unit time_unit = second; unit per_second = 1/second; unit molar = mole/litre; unit flow = litre/second; unit turnover = mole/second
          compartment C = v0; var compartment D, E = 1, F = 1; D := v0; E' = flow0
          species S in C, U in C, W in C = 1, X in C = 1, Y in C = 1; substanceOnly species T in C
          S = m0; T = 1; U := m0; W' = k*W; Y has mole
          var p1, p2, p3 = 1, p4 = 1, p5, p6, p7; p1 := q; p2 = q + q; p3' = k*q; p5 := add(q, q); p6 := piecewise(q, time > t, q); p7 := exp(n)*delay(W, t)
          p1 has mole; p2 has mole; p3 has mole; p4 has mole; p5 has mole; p6 has mole; p7 has molar
          var s1, s2, s3 = 1, s4 = 1; s1 := n; s2 = n; s3' = k
          J: s1 S -> s2 T; k*S*C
          L: s3 S -> s4 T; k*S*C
          K: -> Y; r0
          Late: at t after time > t, priority = n: F = v0, X = m0, p4 = q, s4 = n
          v0 = 1; v0 has litre; m0 = 1; m0 has molar; q = 1; q has mole; t = 1; t has second; n = 1; n has dimensionless
          k = 1; k has per_second; flow0 = 1; flow0 has flow; r0 = 1; r0 has turnover
        end
        """;

    private static List<Diagnostic> Problems(string sbml)
    {
        var bag = new DiagnosticBag();
        var network = SbmlReader.ReadText(sbml, "model.xml", bag);
        Assert.True(network is not null, string.Join('\n', bag.Items));
        DimensionalAnalysis.Check(network, bag, strict: false);
        return [.. bag.Items.Where(d => d.Code is not "MRW1103")];
    }

    private static string Sbml(string antimony) => SbmlWriter.Write(Reading.Good(antimony));

    [Fact]
    public void Units_that_fit_say_nothing() => Assert.Empty(Problems(Sbml(Sound)));

    [Theory]
    [InlineData("p5 := add(q, q)", "p5 := add(q, t)", 10501)]
    [InlineData("piecewise(q, time > t, q)", "piecewise(q, time > t, t)", 10501)]
    [InlineData("piecewise(q, time > t, q)", "piecewise(q, time > q, q)", 10501)]
    [InlineData("exp(n)", "exp(t)", 10501)]
    [InlineData("delay(W, t)", "delay(W, q)", 10501)]
    [InlineData("p2 = q + q", "p2 = q + t", 10501)]
    [InlineData("after time > t", "after time > q", 10501)]
    [InlineData("D := v0", "D := q", 10511)]
    [InlineData("U := m0", "U := q", 10512)]
    [InlineData("p1 := q", "p1 := t", 10513)]
    [InlineData("s1 := n", "s1 := q", 10514)]
    [InlineData("C = v0", "C = q", 10521)]
    [InlineData("S = m0", "S = q", 10522)]
    [InlineData("p2 = q + q", "p2 = t + t", 10523)]
    [InlineData("s2 = n", "s2 = q", 10524)]
    [InlineData("E' = flow0", "E' = v0", 10531)]
    [InlineData("W' = k*W", "W' = W", 10532)]
    [InlineData("p3' = k*q", "p3' = q", 10533)]
    [InlineData("s3' = k", "s3' = n", 10534)]
    [InlineData("s2 T; k*S*C", "s2 T; k*S", 10541)]
    [InlineData("Y has mole", "Y has item", 10542)]
    [InlineData("at t after", "at q after", 10551)]
    [InlineData("F = v0", "F = q", 10561)]
    [InlineData("X = m0", "X = q", 10562)]
    [InlineData("p4 = q", "p4 = t", 10563)]
    [InlineData("s4 = n", "s4 = q", 10564)]
    [InlineData("priority = n", "priority = t", 10565)]
    public void A_wrong_unit_is_one_warning_with_the_number_of_its_rule(string from, string to, int rule)
    {
        Assert.Contains(from, Sound, StringComparison.Ordinal);
        var problem = Assert.Single(Problems(Sbml(Sound.Replace(from, to, StringComparison.Ordinal))));
        Assert.StartsWith($"SBML rule {rule}: ", problem.What, StringComparison.Ordinal);
        Assert.Equal((Severity.Warning, "MRW3008", "model.xml"), (problem.Severity, problem.Code, problem.Where.File));
        Assert.True(problem.Where.Line > 1);
    }

    [Fact]
    public void Kinetic_laws_differ_where_no_extent_is_declared()
    {
        // Without a unit named substance the writer declares neither substance nor extent.
        var text = Sbml(Sound.Replace("unit substance = mole; ", "", StringComparison.Ordinal).Replace("r0 has turnover", "r0 has flow", StringComparison.Ordinal)
            .Replace("k*S*C", "r1", StringComparison.Ordinal).Replace("r0 = 1;", "r0 = 1; r1 = 1; r1 has turnover;", StringComparison.Ordinal));
        Assert.StartsWith("SBML rule 10503: ", Assert.Single(Problems(text)).What, StringComparison.Ordinal);
    }

    [Fact]
    public void A_unit_that_nothing_defines_is_named() =>
        Assert.StartsWith("SBML rule 10313: nothing defines the unit 'stone' of parameter 'k'", Assert.Single(Problems(SbmlText.Model(
            "<listOfParameters><parameter id='k' value='1' units='stone' constant='true'/></listOfParameters>"))).What, StringComparison.Ordinal);

    [Fact]
    public void Level_2_has_units_where_a_model_names_none()
    {
        // A concentration per second is not an amount per second.
        var problem = Assert.Single(Problems("<sbml xmlns='http://www.sbml.org/sbml/level2/version4' level='2' version='4'><model id='m'><listOfUnitDefinitions><unitDefinition id='rate'><listOfUnits><unit kind='second' exponent='-1' multiplier='60'/></listOfUnits></unitDefinition></listOfUnitDefinitions>"
            + "<listOfCompartments><compartment id='C' size='2'/></listOfCompartments><listOfSpecies><species id='S' compartment='C' initialConcentration='3'/></listOfSpecies><listOfParameters><parameter id='k' value='1' units='rate'/></listOfParameters>"
            + $"<listOfReactions><reaction id='J'><listOfReactants><speciesReference species='S'/></listOfReactants><kineticLaw>{SbmlText.Times("k", "S")}</kineticLaw></reaction></listOfReactions></model></sbml>"));
        Assert.Equal("SBML rule 10541: substance per time has unit mole/second, the kinetic law of 'J' 'k*S' has mole/litre/minute", problem.What);
    }

    [Theory]
    [InlineData("k*S*C", "2*k*S")]
    [InlineData("k*S*C", "k*S*bare")]
    [InlineData("p1 := q", "p1 := q*bare + 1")]
    public void Numbers_and_quantities_without_unit_leave_a_check_open(string from, string to) =>
        Assert.Empty(Problems(Sbml(Sound.Replace(from, to, StringComparison.Ordinal).Replace("v0 = 1;", "v0 = 1; bare = 1;", StringComparison.Ordinal))));

    [Fact]
    public void A_simulation_counts_them_and_a_check_lists_them()
    {
        using var folder = new TemporaryFolder();
        var path = folder.Write("wrong.xml", Sbml(Sound.Replace("k*S*C", "k*S", StringComparison.Ordinal)));
        var check = CommandLine.Run("check", path);
        Assert.Equal(ExitCode.Done, check.Code);
        Assert.Equal(2, check.Output.Split("SBML rule 10541").Length - 1);
        Assert.Equal(ExitCode.WrongInput, CommandLine.Run("check", path, "--strict").Code);
        var simulated = CommandLine.Run("simulate", path, "--duration", "0.1", "--steps", "1");
        Assert.Equal(ExitCode.Done, simulated.Code);
        Assert.DoesNotContain("SBML rule", simulated.Error, StringComparison.Ordinal);
        Assert.Contains("MRW3008: 2 places", simulated.Error, StringComparison.Ordinal);
    }
}

using System.Text.Json;
using Marrow.Cli;
using Marrow.Tests.Cli;

namespace Marrow.Tests.Sbml;

public sealed class SbmlCommandTests
{
    private const string Growth = "<?xml version='1.0'?><sbml xmlns='http://www.sbml.org/sbml/level2/version4' level='2' version='4'><model id='growth'>"
        + "<listOfUnitDefinitions><unitDefinition id='odd'><listOfUnits><unit kind='furlong'/></listOfUnits></unitDefinition></listOfUnitDefinitions>"
        + "<listOfCompartments><compartment id='C' size='2'/></listOfCompartments><listOfSpecies><species id='S' compartment='C' initialConcentration='3'/></listOfSpecies>"
        + "<listOfParameters><parameter id='k' value='0.5' units='odd'/></listOfParameters><listOfReactions><reaction id='J' reversible='false'><listOfProducts><speciesReference species='S'/></listOfProducts>"
        + "<listOfModifiers><modifierSpeciesReference species='S'/></listOfModifiers>"
        + "<kineticLaw><math xmlns='http://www.w3.org/1998/Math/MathML'><apply><times/><ci>C</ci><ci>k</ci><ci>S</ci></apply></math></kineticLaw></reaction></listOfReactions></model></sbml>";

    private static string[] Course(string model) => ["simulate", model, "--duration", "2", "--steps", "4", "--species", "S", "--amount", "S", "--concentration", "", "--rtol", "1e-9", "--atol", "1e-12"];

    [Fact]
    public void A_model_is_simulated_checked_and_written_as_Antimony()
    {
        using var folder = new TemporaryFolder();
        var (xml, ant) = (folder.Write("growth.xml", Growth), folder.PathOf("growth.ant"));
        var result = CommandLine.Run(Course(xml));
        Assert.Equal(ExitCode.Done, result.Code);
        var (header, rows) = result.Table();
        Assert.Equal(["time", "S"], header);
        // Local tolerance 1e-9 at each of some hundred steps.
        Assert.All(rows, row => Assert.Equal(6 * Math.Exp(.5 * row[0]), row[1], 1e-5));

        // Units that nobody knows are a warning.
        Assert.Equal(ExitCode.Done, CommandLine.Run("check", xml).Code);
        Assert.Equal(ExitCode.Done, CommandLine.Run("convert", xml, ant).Code);
        Assert.Equal(result.Output, CommandLine.Run(Course(ant)).Output);
    }

    [Fact]
    public void A_batch_writes_a_table_or_the_reason_for_each_case()
    {
        using var folder = new TemporaryFolder();
        var (good, drawn) = (folder.Write("growth.xml", Growth), folder.Write("drawn.xml", Growth.Replace("<ci>k</ci>", "<apply><csymbol definitionURL='http://www.sbml.org/sbml/symbols/distrib/normal'/><ci>k</ci></apply>", StringComparison.Ordinal)));
        static string Row(string name, string sbml) => JsonSerializer.Serialize(new Dictionary<string, object>
        {
            ["case"] = name,
            ["sbml"] = sbml,
            ["start"] = 0.0,
            ["duration"] = 2.0,
            ["steps"] = 4,
            ["variables"] = new[] { "S" },
            ["amount"] = new[] { "S" },
        });
        var manifest = folder.Write("manifest.jsonl", $"{Row("good", good)}\n{Row("drawn", drawn)}\n");

        Assert.Equal(ExitCode.NotSupported, CommandLine.Run("simulate", "--batch", manifest, "--out", folder.PathOf("out")).Code);
        var (_, rows) = CsvTable.Parse(File.ReadAllText(folder.PathOf("out/good.csv")));
        Assert.Equal(6 * Math.Exp(1), rows[4][1], 1e-5);
        Assert.StartsWith("MRW5925", File.ReadAllText(folder.PathOf("out/drawn.unsupported")), StringComparison.Ordinal);
        Assert.False(File.Exists(folder.PathOf("out/drawn.csv")));
    }

    [Fact]
    public void A_simulation_names_either_a_model_or_a_manifest() =>
        Assert.Equal(ExitCode.Usage, CommandLine.Run("simulate").Code);
}

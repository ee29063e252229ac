using System.Xml.Linq;
using Marrow.Cli;
using Marrow.Networks.Antimony;
using Marrow.Networks.Diagnostics;
using Marrow.Networks.Provenance;
using Marrow.Networks.Sbml.Writing;
using Marrow.Tests.Antimony;
using Marrow.Tests.Cli;
using Marrow.Tests.Compilation;
using Marrow.Tests.House;

namespace Marrow.Tests.Sbml;

public sealed class SbmlWriterTests
{
    private static readonly XNamespace Core = "http://www.sbml.org/sbml/level3/version2/core";

    /// <summary>Attributes that Level 3 Version 2 asks of each element, and the children that it allows in this order.</summary>
    private static readonly Dictionary<string, (string[] Attributes, string[] Children)> Schema = new()
    {
        ["sbml"] = (["level", "version"], ["model"]),
        ["model"] = ([], ["listOfFunctionDefinitions", "listOfUnitDefinitions", "listOfCompartments", "listOfSpecies", "listOfParameters", "listOfInitialAssignments", "listOfRules", "listOfConstraints", "listOfReactions", "listOfEvents"]),
        ["functionDefinition"] = (["id"], ["math"]),
        ["unitDefinition"] = (["id"], ["listOfUnits"]),
        ["unit"] = (["kind", "exponent", "scale", "multiplier"], []),
        ["compartment"] = (["id", "constant"], []),
        ["species"] = (["id", "compartment", "hasOnlySubstanceUnits", "boundaryCondition", "constant"], []),
        ["parameter"] = (["id", "constant"], []),
        ["initialAssignment"] = (["symbol"], ["math"]),
        ["assignmentRule"] = (["variable"], ["math"]),
        ["rateRule"] = (["variable"], ["math"]),
        ["constraint"] = ([], ["math"]),
        ["reaction"] = (["id", "reversible"], ["listOfReactants", "listOfProducts", "listOfModifiers", "kineticLaw"]),
        ["speciesReference"] = (["species", "constant"], []),
        ["modifierSpeciesReference"] = (["species"], []),
        ["kineticLaw"] = ([], ["math"]),
        ["event"] = (["useValuesFromTriggerTime"], ["trigger", "priority", "delay", "listOfEventAssignments"]),
        ["trigger"] = (["initialValue", "persistent"], ["math"]),
        ["priority"] = ([], ["math"]),
        ["delay"] = ([], ["math"]),
        ["eventAssignment"] = (["variable"], ["math"]),
    };

    /// <summary>Models of the house that stand alone with their tables.</summary>
    public static TheoryData<string> Models =>
        [.. Repository.Files("models", "*.ant").Where(f => File.Exists(Path.ChangeExtension(f, ".csv"))).Select(Repository.Relative)];

    [Theory, MemberData(nameof(Models))]
    public void A_model_of_the_house_says_the_same_as_SBML_and_as_Antimony_again(string path)
    {
        var bag = new DiagnosticBag();
        var full = Repository.PathOf(path);
        var network = ModelLoader.Load(full, ModelTables.Of(full, bag), bag)?.Network;
        Assert.True(network is not null, string.Join('\n', bag.Items));
        var sbml = SbmlText.Read(SbmlWriter.Write(network));
        Assert.Empty(SameEquations.Differences(network, sbml));
        Assert.Equal(SbmlWriter.Write(network), SbmlWriter.Write(sbml));
        Assert.Empty(SameEquations.Differences(network, Reading.Good(AntimonyWriter.Write(sbml))));
    }

    [Fact]
    public void Generated_models_say_the_same_after_a_round_trip()
    {
        for (var seed = 0u; seed < 12; seed++)
        {
            var network = GeneratedModel.Tame(seed);
            var again = SbmlText.Read(SbmlWriter.Write(network));
            Assert.Empty(SameEquations.Differences(network, again));
            Assert.Empty(SameEquations.Differences(network, Reading.Good(AntimonyWriter.Write(again))));
        }
    }

    [Fact]
    public void Formulas_of_every_kind_are_written_and_read_as_the_same_document()
    {
        for (var seed = 0u; seed < 100; seed++)
        {
            var text = SbmlWriter.Write(GeneratedModel.Network(seed));
            Assert.Equal(text, SbmlWriter.Write(SbmlText.Read(text)));
        }
    }

    [Fact]
    public void Elements_and_their_attributes_are_those_of_Level_3_Version_2()
    {
        var roots = Enumerable.Range(0, 10).Select(seed => XDocument.Parse(SbmlWriter.Write(GeneratedModel.Network((uint)seed))).Root!).ToList();
        Assert.All(roots, root => Assert.Equal(("3", "2"), ((string)root.Attribute("level")!, (string)root.Attribute("version")!)));
        var elements = roots.DescendantsAndSelf().Where(e => e.Name.Namespace == Core && !e.Name.LocalName.StartsWith("listOf", StringComparison.Ordinal)).ToList();
        foreach (var element in elements)
        {
            var (attributes, children) = Schema[element.Name.LocalName];
            Assert.All(attributes, a => Assert.NotNull(element.Attribute(a)));
            var places = element.Elements().Select(e => Array.IndexOf(children, e.Name.LocalName)).ToList();
            Assert.DoesNotContain(-1, places);
            Assert.Equal(places.Order(), places);
        }
        Assert.All(roots.Descendants().Where(e => e.Name.LocalName.StartsWith("listOf", StringComparison.Ordinal)), list => Assert.True(list.HasElements));
        Assert.All(Schema.Keys, name => Assert.Contains(elements, e => e.Name.LocalName == name));
        Assert.All(roots, root =>
        {
            var ids = root.Descendants().Where(e => e.Name.LocalName is not ("model" or "unitDefinition")).Attributes("id").Select(a => a.Value).ToList();
            Assert.Equal(ids.Distinct(), ids);
        });
    }

    [Fact]
    public void A_stoichiometry_that_changes_is_a_reference_with_a_name()
    {
        var network = Reading.Good("species A = 1, B = 0; p = 2; q = 3; J: p A -> q B; 0.1*A; K: p B -> ; 0.2*B");
        var text = SbmlWriter.Write(network);
        var references = XDocument.Parse(text).Descendants(Core + "speciesReference").Select(e => (string?)e.Attribute("id")).ToList();
        // q is one stoichiometry and nothing else; p stands for two.
        Assert.Equal(["J__A__stoichiometry", "q", "K__B__stoichiometry"], references);
        Assert.Equal(Courses.Of(network, "A,B", 1), Courses.Of(SbmlText.Read(text), "A,B", 1));
    }

    [Fact]
    public void Delays_algebraic_rules_and_fast_reactions_are_written_as_SBML_and_fast_reactions_refused_as_Antimony()
    {
        static string Delay() => SbmlText.Math("<apply><csymbol encoding='text' definitionURL='http://www.sbml.org/sbml/symbols/delay'>d</csymbol><ci>x</ci><cn>1</cn></apply>");
        var rules = $"<listOfParameters>{SbmlText.Parameter("x", 1, false)}{SbmlText.Parameter("y", 2, false)}</listOfParameters><listOfRules><rateRule variable='x'>{Delay()}</rateRule>";
        var delayed = SbmlText.Read(SbmlText.Model($"{rules}</listOfRules>"));
        Assert.Empty(SameEquations.Differences(delayed, SbmlText.Read(SbmlWriter.Write(delayed))));
        Assert.Null(AntimonyWriter.Unspeakable(delayed));
        Assert.Empty(SameEquations.Differences(delayed, Reading.Good(AntimonyWriter.Write(delayed))));

        // y^3 + y = x: no variable stands in it linearly.
        var algebraic = $"{rules}<algebraicRule>{SbmlText.Math("<apply><minus/><apply><plus/><apply><power/><ci>y</ci><cn>3</cn></apply><ci>y</ci></apply><ci>x</ci></apply>")}</algebraicRule></listOfRules>";
        var fast = SbmlText.Model($"{SbmlText.Compartment}{SbmlText.Species("S", "initialAmount='1'")}<listOfReactions><reaction id='J' reversible='false' fast='true'><listOfReactants><speciesReference species='S' stoichiometry='1' constant='true'/></listOfReactants><kineticLaw>{SbmlText.Math("<ci>S</ci>")}</kineticLaw></reaction></listOfReactions>")
            .Replace("version2/core", "version1/core", StringComparison.Ordinal).Replace("version='2'", "version='1'", StringComparison.Ordinal);
        foreach (var text in new[] { SbmlText.Model(algebraic), fast })
        {
            var network = SbmlText.Read(text);
            var again = SbmlText.Read(SbmlWriter.Write(network));
            Assert.Equal((network.AlgebraicRules.Length, network.Reactions.Count(r => r.IsFast)), (again.AlgebraicRules.Length, again.Reactions.Count(r => r.IsFast)));
            using var folder = new TemporaryFolder();
            var hasWords = text != fast;
            Assert.Equal(hasWords, AntimonyWriter.Unspeakable(network) is null);
            Assert.Equal(hasWords ? ExitCode.Done : ExitCode.NotSupported, CommandLine.Run("convert", folder.Write("m.xml", text), folder.PathOf("m.ant")).Code);
            Assert.Equal(hasWords, File.Exists(folder.PathOf("m.ant")));
            if (!hasWords) continue;
            var spoken = Reading.Good(File.ReadAllText(folder.PathOf("m.ant")));
            Assert.Equal("y", Assert.Single(spoken.AlgebraicRules).Variable);
            Assert.Empty(SameEquations.Differences(network, spoken));
            Assert.Equal(Courses.Of(network, "x,y", 2), Courses.Of(spoken, "x,y", 2));
        }
    }

    [Fact]
    public void Units_spelt_as_products_become_definitions()
    {
        var network = Reading.Good("unit G = 1e9 item; k = 2; k has pM/d/G; J: -> S; k*3 pM; S has G");
        var again = SbmlText.Read(SbmlWriter.Write(network));
        Assert.Equal("pM_per_d_per_G", again.Parameters.Single(p => p.Id == "k").Unit);
        Assert.Equal("G", again.Species.Single().Unit);
        var (was, @is) = (Marrow.Networks.Units.UnitScope.Of(network), Marrow.Networks.Units.UnitScope.Of(again));
        Assert.True(Marrow.Networks.Units.Unit.TryParse("pM/d/G", was, out var one, out _));
        Assert.True(Marrow.Networks.Units.Unit.TryParse("pM_per_d_per_G", @is, out var other, out _));
        Assert.Equal(one, other);
    }

    [Fact]
    public void A_converted_model_simulates_the_same()
    {
        using var folder = new TemporaryFolder();
        const string model = """
            model m()
              compartment C = 2; species S in C; S = 8; k = 0.5; x = 1;
              J: S => ; k*S;
              x' = sin(time) - x^2;
              E: at S < 5: x = 3;
            end
            """;
        var (ant, xml, again) = (folder.Write("m.ant", model), folder.PathOf("m.xml"), folder.PathOf("again.ant"));
        Assert.Equal(ExitCode.Done, CommandLine.Run("convert", ant, xml).Code);
        Assert.Equal(ExitCode.Done, CommandLine.Run("convert", xml, again).Code);
        var courses = new[] { ant, xml, again }.Select(m => CommandLine.Run("simulate", m, "--duration", "3", "--steps", "6", "--species", "S,x").Output).ToList();
        Assert.Contains("time", courses[0], StringComparison.Ordinal);
        Assert.All(courses, c => Assert.Equal(courses[0], c));
    }
}

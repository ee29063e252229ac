using System.Text.RegularExpressions;
using Marrow.Networks.Antimony;
using Marrow.Networks.Diagnostics;
using Marrow.Networks.Provenance;
using Marrow.Networks.Structure;
using Marrow.Tests.Compilation;
using Marrow.Tests.House;

namespace Marrow.Tests.Antimony;

public sealed partial class AntimonyWriterTests
{
    public static TheoryData<string> Models => [.. Repository.Files("models", "*.ant").Select(path => Path.GetRelativePath(Repository.Root, path).Replace('\\', '/')).Order(StringComparer.Ordinal)];

    [Theory, MemberData(nameof(Models))]
    public void Every_model_of_the_house_is_written_and_read_as_the_same_network(string path)
    {
        // Parts of models need the functions and units that the models around them import.
        var text = File.ReadAllText(Repository.PathOf(path));
        var instances = ModuleName().Matches(text).Select((m, i) => $"Part{i}: {m.Groups[1].Value}()");
        var whole = $"import \"models/modules/units.ant\"\nimport \"models/modules/functions.ant\"\nimport \"{path}\"\n{string.Join('\n', instances)}\nalone = 1";
        var bag = new DiagnosticBag();
        var network = AntimonyReader.ReadText(whole, "whole.ant", new Reporter(bag), valuesFollow: true, Repository.Root);
        // Two parts name compartments and instances of the model around them: the diseases contain them.
        if (network is null) Assert.All(bag.Items.Where(d => d.Severity == Severity.Error), d => Assert.True(d.Code is "MRW2001" or "MRW2003" or "MRW2013", d.ToString()));
        else IsTheSame(network);
    }

    [GeneratedRegex(@"^\s*model\s*\*?\s*(\w+)", RegexOptions.Multiline)]
    private static partial Regex ModuleName();

    [Fact]
    public void A_disease_with_its_tables_is_the_same_written_flat()
    {
        var bag = new DiagnosticBag();
        var path = Repository.PathOf("models/diseases/cll.ant");
        var network = ModelLoader.Load(path, [.. ModelTables.Common(path, bag), Path.ChangeExtension(path, ".csv")], bag)!.Network;

        IsTheSame(network);
        Assert.True(network.Species.Length > 100);
    }

    [Fact]
    public void Generated_models_are_written_and_read_as_the_same_network()
    {
        for (var seed = 0u; seed < 300; seed++) IsTheSame(GeneratedModel.Network(seed));
    }

    [Fact]
    public void Generated_models_simulate_to_the_same_bits_after_a_round_trip()
    {
        for (var seed = 0u; seed < 12; seed++)
        {
            var network = GeneratedModel.Tame(seed);
            var again = Reading.Good(AntimonyWriter.Write(network));
            var names = string.Join(',', network.Species.Select(s => s.Id));
            double[] times = [0, 0.3, 1, 2.5, 4];
            Assert.Equal(Courses.Of(network, names, times), Courses.Of(again, names, times));
        }
    }

    [Fact]
    public void A_stoichiometry_that_is_a_formula_becomes_a_rule()
    {
        var network = Reading.Good("species A = 1, B = 0; p = 2; J: p A -> 3 B; 0.1*A");
        var doubled = network.Reactions[0] with { Products = [network.Reactions[0].Products[0] with { Factor = new NameExpression("p", SourceSpan.None) }] };
        var again = Reading.Good(AntimonyWriter.Write(network with { Reactions = [doubled] }));

        Assert.Equal("3*p", Reading.Text(Assert.Single(again.AssignmentRules).Value));
        Assert.Equal(3, Courses.Of(again, "A,B", 1)[0][1] / (1 - Courses.Of(again, "A,B", 1)[0][0]), 1e-9);
    }

    private static void IsTheSame(ReactionNetwork network)
    {
        var text = AntimonyWriter.Write(network);
        var bag = new DiagnosticBag();
        var again = AntimonyReader.ReadText(text, "again.ant", new Reporter(bag), valuesFollow: true);
        Assert.False(bag.HasErrors, string.Join('\n', bag.Items));
        Assert.Equal(NetworkTree.Of(network), NetworkTree.Of(again!));
        Assert.Equal(text, AntimonyWriter.Write(again!));
    }
}

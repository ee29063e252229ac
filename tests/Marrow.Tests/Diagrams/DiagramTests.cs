using Marrow.Cli;
using Marrow.Cli.Inputs;
using Marrow.Networks.Diagnostics;
using Marrow.Reports.Diagrams;
using Marrow.Tests.Cli;
using Marrow.Tests.House;

namespace Marrow.Tests.Diagrams;

public sealed class DiagramTests : IDisposable
{
    private const string Mixed = """
        model mixed()
          compartment C = 1; C has dimensionless
          substanceOnly species X in C, Y in C, Z in C, W in C
          X = 2; Y = 3; Z = 1; W = 1
          Make: => X; k*Y*W/(K + Z) + W*b
          Wave: => Y; k*X*exp(-X/K) + Z
          Tune: => Z; k*X^2/(K^2 + X^2) + Share
          Share := 1 - W/(1 + W)
          k = 1; K = 2; b = 0.1
        end
        """;

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    private static DiagramData Build(string path)
    {
        var bag = new DiagnosticBag();
        return DiagramBuilder.Build(ModelSource.Load(path, [], bag)!, "1");
    }

    [Fact]
    public void What_raises_lowers_or_is_needed_is_found_by_trying()
    {
        var data = Build(_folder.Write("mixed.ant", Mixed));
        string effects(string process) => string.Join(", ", data.Processes.Single(p => p.Id == process).Influences.Select(i => $"{i.Id} {i.Effect}"));
        Assert.Equal("Y stimulation, W catalysis, Z inhibition", effects("Make"));
        Assert.Equal("X modulation, Z stimulation", effects("Wave"));
        Assert.Equal("X stimulation, Share stimulation", effects("Tune"));
        Assert.Equal("W inhibition", string.Join(", ", data.Entities.Single(e => e.Id == "Share").Influences.Select(i => $"{i.Id} {i.Effect}")));
    }

    [Fact]
    public void Behind_a_reaction_stand_its_equation_and_its_numbers()
    {
        var data = Build(Repository.PathOf("models/examples/leon_triana_2021.ant"));
        var process = data.Processes.Single(p => p.Id == "Divide_CarT");
        Assert.Equal(("∅ → CarT", "rho_C*(Leukaemia + BCells)*CarT", "item/d"), (process.Change, process.Rate, process.Unit));
        // A number that is computed from another brings that one along.
        Assert.Equal(["rho_C", "alpha"], process.Parameters);
        Assert.Equal(["Leukaemia stimulation", "BCells stimulation", "CarT catalysis"], process.Influences.Select(i => $"{i.Id} {i.Effect}"));
        var killing = data.Parameters["alpha"];
        Assert.Equal(("1/item/d", "killing rate per CAR-T cell"), (killing.Unit, killing.Note));
        Assert.StartsWith("examples/leon_triana_2021.ant:", killing.Source, StringComparison.Ordinal);
        Assert.Empty(data.Groups);
    }

    [Fact]
    public void The_trial_model_is_grouped_by_files_and_clones_and_every_number_has_a_kind()
    {
        var data = Build(Repository.PathOf("models/diseases/bcp_all.ant"));
        Assert.Contains(new DiagramGroup("t_cells", "module", ""), data.Groups);
        Assert.Contains(new DiagramGroup("venetoclax", "module", "therapies/"), data.Groups);
        Assert.Contains(new DiagramGroup("Sensitive", "submodule", "clone"), data.Groups);
        var groups = data.Groups.Select(g => g.Id).ToHashSet();
        Assert.All(data.Groups, g => Assert.True(g.Parent.Length == 0 || groups.Contains(g.Parent), g.Id));
        var names = data.Entities.Select(e => e.Id).ToHashSet();
        Assert.All(data.Processes, p => Assert.All(p.Inputs.Concat(p.Outputs), s => Assert.Contains(s.Id, names)));
        var used = data.Processes.SelectMany(p => p.Parameters).ToHashSet();
        Assert.Contains("measured", used.Select(p => data.Parameters[p].Kind));
        Assert.Contains(used, p => data.Parameters[p].Source.Length > 0 && data.Parameters[p].Kind == "fitted");
        // The model's own rows all have a kind; what has none is computed in the model from those that do.
        Assert.All(used.Where(p => data.Parameters[p].Kind.Length == 0), p => Assert.False(double.TryParse(data.Parameters[p].Value, out _), p));
    }

    [Fact]
    public void The_command_writes_a_page_that_asks_for_nothing_else()
    {
        var page = _folder.PathOf("d.html");
        var result = CommandLine.Run("diagram", _folder.Write("mixed.ant", Mixed), "--out", page);
        Assert.Equal(ExitCode.Done, result.Code);
        Assert.Contains(page, result.Output, StringComparison.Ordinal);
        var text = File.ReadAllText(page);
        Assert.Contains("default-src 'none'", text, StringComparison.Ordinal);
        Assert.Contains("\"id\":\"Tune\"", text, StringComparison.Ordinal);
    }

    [Fact]
    public void A_diagram_that_is_no_page_is_refused() =>
        Assert.Equal(ExitCode.Usage, CommandLine.Run("diagram", _folder.Write("mixed.ant", Mixed), "--out", "d.svg").Code);
}

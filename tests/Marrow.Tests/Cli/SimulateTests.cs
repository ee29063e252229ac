using Marrow.Cli;

namespace Marrow.Tests.Cli;

public sealed class SimulateTests : IDisposable
{
    private const string Decay = """
        model decay()
          compartment C = 2;
          species S in C;
          Loss: S -> ; k * S * C;
          S = 5; k = 0.25;
          Doubled := 2 * S;
        end
        """;

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Exponential_decay_follows_its_closed_form()
    {
        var model = _folder.Write("decay.ant", Decay);
        var (header, rows) = CommandLine.Run("simulate", model, "--end", "8", "--points", "17", "--rtol", "1e-8", "--atol", "1e-12").Table();
        Assert.Equal(["time", "S", "Doubled"], header);
        Assert.Equal(17, rows.Length);
        foreach (var row in rows)
        {
            var exact = 5 * Math.Exp(-.25 * row[0]);
            // The local tolerance is kept at each of some hundred steps; the global error stays within a thousandfold of it.
            Assert.Equal(exact, row[1], exact * 1e-5);
            Assert.Equal(2 * row[1], row[2], 1e-12);
        }
    }

    [Fact]
    public void A_set_parameter_and_a_set_initial_value_are_used()
    {
        var model = _folder.Write("decay.ant", Decay);
        var (_, rows) = CommandLine.Run("simulate", model, "--times", "0,4", "--set", "k=0.5", "--set", "S=3").Table();
        Assert.Equal(3, rows[0][1]);
        Assert.Equal(3 * Math.Exp(-2), rows[1][1], 1e-4);
    }

    [Fact]
    public void A_species_is_written_as_amount_or_as_concentration_on_request()
    {
        var model = _folder.Write("decay.ant", Decay);
        var amount = CommandLine.Run("simulate", model, "--duration", "1", "--steps", "1", "--species", "S", "--amount", "S").Table();
        Assert.Equal(["time", "S"], amount.Header);
        Assert.Equal(10, amount.Rows[0][1]);
        var concentration = CommandLine.Run("simulate", model, "--duration", "1", "--steps", "1", "--species", "S", "--amount", "", "--concentration", "S").Table();
        Assert.Equal(5, concentration.Rows[0][1]);
    }

    [Fact]
    public void Parameters_and_reactions_can_be_columns()
    {
        var model = _folder.Write("decay.ant", Decay);
        var (header, rows) = CommandLine.Run("simulate", model, "--times", "0,1", "--species", "k,Loss").Table();
        Assert.Equal(["time", "k", "Loss"], header);
        Assert.Equal([0, .25, .25 * 5 * 2], rows[0]);
    }

    [Fact]
    public void What_an_algebraic_rule_determines_is_a_column_of_its_own()
    {
        var model = _folder.Write("cubic.ant", "model cubic()\n var y = 0.5; x = 1; x' = -x; 0 = y^3 + y - 2*x;\nend\n");
        var (header, rows) = CommandLine.Run("simulate", model, "--end", "2", "--points", "5", "--rtol", "1e-8", "--atol", "1e-12").Table();
        Assert.Equal(["time", "x", "y"], header);
        foreach (var row in rows) Assert.Equal(2 * Math.Exp(-row[0]), Math.Pow(row[2], 3) + row[2], 1e-6);
    }

    [Fact]
    public void The_table_goes_to_the_file_named_and_nowhere_else()
    {
        var model = _folder.Write("decay.ant", Decay);
        var file = _folder.PathOf("results/decay.csv");
        var result = CommandLine.Run("simulate", model, "--out", file);
        Assert.Equal(ExitCode.Done, result.Code);
        Assert.Empty(result.Output);
        Assert.Equal(CommandLine.Run("simulate", model).Output, File.ReadAllText(file));
        Assert.Single(Directory.GetFiles(_folder.PathOf("results")));
    }

    [Theory]
    [InlineData("--species", "T")]
    [InlineData("--amount", "T")]
    [InlineData("--set", "T=1")]
    [InlineData("--set", "Doubled=1")]
    public void A_name_that_does_not_fit_is_an_input_error_and_writes_nothing(string option, string value)
    {
        var model = _folder.Write("decay.ant", Decay);
        var file = _folder.PathOf("decay.csv");
        var result = CommandLine.Run("simulate", model, option, value, "--out", file);
        Assert.Equal(ExitCode.WrongInput, result.Code);
        Assert.Contains("MRW80", result.Error, StringComparison.Ordinal);
        Assert.False(File.Exists(file));
    }

    [Fact]
    public void A_simulation_that_cannot_finish_says_when_and_why_and_writes_nothing()
    {
        // x' = x^2 from 1 becomes infinite at time 1.
        var model = _folder.Write("blowup.ant", "model blowup()\n  species x; x = 1;\n  J: -> x; x^2;\nend\n");
        var file = _folder.PathOf("blowup.csv");
        var result = CommandLine.Run("simulate", model, "--end", "2", "--out", file);
        Assert.Equal(ExitCode.Unfinished, result.Code);
        Assert.Contains("stopped at time", result.Error, StringComparison.Ordinal);
        Assert.Contains("try:", result.Error, StringComparison.Ordinal);
        Assert.False(File.Exists(file));
    }

    [Fact]
    public void A_model_that_needs_what_is_not_supported_is_refused_by_name()
    {
        var model = _folder.Write("random.ant", "model random()\n  species x; x = 1;\n  J: x -> ; normal(x, 2);\nend\n");
        var result = CommandLine.Run("simulate", model);
        Assert.Equal(ExitCode.NotSupported, result.Code);
        Assert.Contains("random numbers", result.Error, StringComparison.Ordinal);
    }
}

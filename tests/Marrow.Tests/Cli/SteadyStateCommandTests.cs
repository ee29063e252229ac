using Marrow.Cli;

namespace Marrow.Tests.Cli;

public sealed class SteadyStateCommandTests : IDisposable
{
    private const string Turnover = "model turnover()\n compartment V = 2; species S in V;\n => S; a; S => ; k*S*V; S = 1; a = 6; k = 0.5;\n T := 2*S;\nend\n";

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_steady_state_is_a_table_of_names_and_values()
    {
        var model = _folder.Write("turnover.ant", Turnover);
        var run = CommandLine.Run("simulate", model, "--steady-state", "--set", "a=3");
        Assert.Equal(ExitCode.Done, run.Code);
        var lines = run.Output.TrimEnd().Split('\n');
        Assert.Equal("name,value", lines[0]);
        // a = k S V
        Assert.Equal(["S", "T"], lines[1..].Select(l => l.Split(',')[0]));
        Assert.Equal(3, double.Parse(lines[1].Split(',')[1], System.Globalization.CultureInfo.InvariantCulture), 1e-9);
        Assert.Equal(6, double.Parse(lines[2].Split(',')[1], System.Globalization.CultureInfo.InvariantCulture), 1e-9);
        Assert.Contains("Stable: the first eigenvalue is -0.5", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void A_model_without_steady_state_says_why_and_writes_nothing()
    {
        var model = _folder.Write("grow.ant", "model grow()\n => S; 2; S = 0;\nend\n");
        var run = CommandLine.Run("simulate", model, "--steady-state");
        Assert.Equal(ExitCode.Unfinished, run.Code);
        Assert.Empty(run.Output);
        Assert.Contains("S grows without end", run.Error, StringComparison.Ordinal);
    }

    /// <summary>Where all rates are 0 such a model need not rest, so that a point found from rates alone would be wrong.</summary>
    [Theory]
    [InlineData("var X = 1; species A = 1; Make: => A; 3; Clear: A => ; 0.3*A*X; 0 = X^3 + X - A")]
    [InlineData("species A = 1; Make: => A; 3; Clear: A => ; delay(A, 2)")]
    public void Steady_states_are_refused_where_states_do_not_follow_rates_of_their_own(string text)
    {
        var run = CommandLine.Run("simulate", _folder.Write("implicit.ant", $"model implicit\n {text}\nend\n"), "--steady-state");
        Assert.Equal(ExitCode.Unfinished, run.Code);
        Assert.Empty(run.Output);
        Assert.Contains("a time course to a late time", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void A_total_of_many_states_is_told_by_the_first_of_them()
    {
        const int states = 20;
        var model = _folder.Write("ring.ant", $"model ring()\n{string.Concat(Enumerable.Range(0, states).Select(i => $" J{i}: A{i} -> A{(i + 1) % states}; A{i}; A{i} = 1;\n"))}end\n");
        var run = CommandLine.Run("simulate", model, "--steady-state");
        var told = Assert.Single(run.Error.Split('\n'), line => line.StartsWith("Conserved: ", StringComparison.Ordinal));
        Assert.Equal(8, told.Split(" + ").Length);
        Assert.Contains($" and {states - 8} more = 20 (amounts)", told, StringComparison.Ordinal);
    }

    [Fact]
    public void A_steady_state_has_no_times()
    {
        var model = _folder.Write("turnover.ant", Turnover);
        var run = CommandLine.Run("simulate", model, "--steady-state", "--end", "5");
        Assert.Equal(ExitCode.Usage, run.Code);
        Assert.Contains("--steady-state stands without times", run.Error, StringComparison.Ordinal);
    }
}

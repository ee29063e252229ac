using System.Globalization;
using Marrow.Cli;

namespace Marrow.Tests.Cli;

/// <summary><c>marrow simulate --ensemble</c>: a row a patient.</summary>
public sealed class EnsembleTests
{
    private const string Model = "compartment V = 2; species A in V; A = 1; k = 0.5; double := 2*k; start = 3*A; kept = 7; J: A -> ; V*k*A";

    [Fact]
    public void Every_row_is_followed_with_its_own_values_and_what_is_computed_from_them()
    {
        using var folder = new TemporaryFolder();
        var (model, table, output) = (folder.Write("m.ant", Model), folder.Write("t.csv", "id,k,A\np1,0.5,1\np2,1,4\n"), folder.PathOf("out.csv"));
        var result = CommandLine.Run("simulate", model, "--ensemble", table, "--times", "0,1", "--species", "A,start,double", "--rtol", "1e-9", "--atol", "1e-12", "--out", output);
        Assert.Equal(ExitCode.Done, result.Code);
        var lines = File.ReadAllLines(output);
        Assert.Equal("id,time,A,start,double", lines[0]);
        Assert.Equal("p1,0,1,3,1", lines[1]);
        Assert.Equal("p2,0,4,12,2", lines[3]);
        // A local tolerance of 1e-9 at some hundred steps.
        Assert.Equal(4 * Math.Exp(-1), double.Parse(lines[4].Split(',')[2], CultureInfo.InvariantCulture), 1e-6);
    }

    [Fact]
    public void A_row_gives_what_simulate_gives_with_the_same_values_whoever_runs_beside_it()
    {
        using var folder = new TemporaryFolder();
        var model = folder.Write("m.ant", Model);
        var rows = Enumerable.Range(0, 20).Select(k => FormattableString.Invariant($"{0.1 + (0.2 * k)},{1 + k},{2 + k}")).ToList();
        var table = folder.Write("t.csv", "k,A,V\n" + string.Join('\n', rows) + "\n");
        var all = CommandLine.Run("simulate", model, "--ensemble", table, "--times", "0,1,5", "--species", "A").Output.Split('\n');
        for (var k = 0; k < rows.Count; k += 7)
        {
            var values = rows[k].Split(',');
            var alone = CommandLine.Run("simulate", model, "--set", $"k={values[0]}", "--set", $"A={values[1]}", "--set", $"V={values[2]}", "--times", "0,1,5", "--species", "A").Output.Split('\n');
            var member = all.Where(line => line.StartsWith($"{k + 1},", StringComparison.Ordinal)).Select(line => line[(line.IndexOf(',', StringComparison.Ordinal) + 1)..]).ToList();
            Assert.Equal(3, member.Count);
            foreach (var (a, b) in alone.Skip(1).Zip(member))
                Assert.Equal(Last(a), Last(b), 1e-6 * Math.Max(1, Math.Abs(Last(a))));
        }
    }

    [Fact]
    public void Every_problem_of_the_table_is_said_at_once()
    {
        using var folder = new TemporaryFolder();
        var (model, table) = (folder.Write("m.ant", Model), folder.Write("t.csv", "id,kk,double,A\np1,1,2,x\np1,1,2,3\n"));
        var result = CommandLine.Run("simulate", model, "--ensemble", table, "--out", folder.PathOf("out.csv"));
        Assert.Equal(ExitCode.WrongInput, result.Code);
        Assert.Contains("'kk' is no parameter", result.Error, StringComparison.Ordinal);
        Assert.Contains("computes 'double'", result.Error, StringComparison.Ordinal);
        Assert.Contains("t.csv:2", result.Error, StringComparison.Ordinal);
        Assert.Contains("'p1' stands 2 times", result.Error, StringComparison.Ordinal);
        Assert.False(File.Exists(folder.PathOf("out.csv")));
    }

    [Fact]
    public void A_row_whose_solver_fails_is_named_and_the_others_are_written()
    {
        using var folder = new TemporaryFolder();
        var (model, table) = (folder.Write("m.ant", "x = 1; k = 1; x' = k*x^2"), folder.Write("t.csv", "id,k\ncalm,0.01\nwild,1\n"));
        var result = CommandLine.Run("simulate", model, "--ensemble", table, "--times", "0,0.5,5");
        Assert.Equal(ExitCode.TooManyFailures, result.Code);
        Assert.Contains("id wild", result.Error, StringComparison.Ordinal);
        Assert.Equal(3, result.Output.Split('\n').Count(line => line.StartsWith("calm,", StringComparison.Ordinal)));
        Assert.Equal(2, result.Output.Split('\n').Count(line => line.StartsWith("wild,", StringComparison.Ordinal)));
    }

    private static double Last(string line) => line.Length == 0 ? 0 : double.Parse(line.Split(',')[^1], CultureInfo.InvariantCulture);
}

using Marrow.Cli;

namespace Marrow.Tests.Cli;

/// <summary><c>marrow simulate --method ssa</c> and <c>--method hybrid</c>.</summary>
public sealed class RandomSimulationTests : IDisposable
{
    private const int Repeats = 600;

    private const string Cells = """
        model cells()
          compartment Body = 1; substanceOnly species X in Body
          X = 40; d = 0.5
          Death: X => ; d*X
          Twice := 2*X
        end
        """;

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    private string Counted() => _folder.Write("counted.csv", "group,species,below,above,note\nCells,X,300,600,a test\n");

    [Theory]
    [InlineData("ssa")]
    [InlineData("hybrid")]
    public void Mean_and_standard_deviation_of_repeats_are_those_of_the_binomial_law(string method)
    {
        string[] more = method == "hybrid" ? ["--counted", Counted()] : [];
        var (header, rows) = CommandLine.Run(
            ["simulate", _folder.Write("cells.ant", Cells), "--times", "0,1,3", "--method", method, "--repeats", $"{Repeats}", "--seed", "7", .. more]).Table();
        Assert.Equal(["time", "X-mean", "X-sd", "Twice-mean", "Twice-sd"], header);
        Assert.Equal([0, 40, 0, 80, 0], rows[0]);
        foreach (var row in rows[1..])
        {
            double p = Math.Exp(-0.5 * row[0]), mean = 40 * p, sd = Math.Sqrt(40 * p * (1 - p));
            Assert.InRange(row[1] - mean, -4 * sd / Math.Sqrt(Repeats), 4 * sd / Math.Sqrt(Repeats));
            // The standard error of a standard deviation, near that of a normal law.
            Assert.InRange(row[2] / sd, 1 - (4 / Math.Sqrt(2 * (Repeats - 1))), 1 + (4 / Math.Sqrt(2 * (Repeats - 1))));
            Assert.Equal(2 * row[1], row[3], 9);
        }
    }

    [Fact]
    public void One_course_is_written_as_it_is_and_its_seed_decides()
    {
        var model = _folder.Write("cells.ant", Cells);
        string Run(string seed) => CommandLine.Run("simulate", model, "--times", "0,1,2,3,4", "--method", "ssa", "--seed", seed).Output;
        Assert.Equal(Run("1"), Run("1"));
        Assert.NotEqual(Run("1"), Run("2"));
        var (header, rows) = CommandLine.Run("simulate", model, "--times", "0,1,2,3,4", "--method", "ssa", "--unit", "0.5").Table();
        Assert.Equal(["time", "X", "Twice"], header);
        Assert.All(rows, row => Assert.Equal(Math.Round(2 * row[1]), 2 * row[1]));
    }

    [Theory]
    [InlineData("--repeats 5", 2, "--method")]
    [InlineData("--method ssa --repeats 1", 2, "at least 2")]
    [InlineData("--method ssa --unit 0", 2, "above 0")]
    [InlineData("--method hybrid --unit 2", 2, "--unit")]
    [InlineData("--method hybrid", 1, "marked as counted")]
    [InlineData("--method dice", 2, "dice")]
    public void What_cannot_be_done_is_refused(string options, int code, string why)
    {
        var result = CommandLine.Run(["simulate", _folder.Write("cells.ant", Cells), .. options.Split(' ')]);
        Assert.Equal(code, (int)result.Code);
        Assert.Contains(why, result.Error, StringComparison.Ordinal);
        Assert.Empty(result.Output);
    }

    [Fact]
    public void What_changes_during_a_leap_is_not_supported_by_name()
    {
        var result = CommandLine.Run("simulate", _folder.Write("drift.ant", "model drift()\n x = 1\n x' = -x\nend"), "--method", "tau");
        Assert.Equal(ExitCode.NotSupported, result.Code);
        Assert.Contains("MRW5905", result.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("group,species,below,above\nCells,X,3,6\n", "columns missing: note")]
    [InlineData("group,species,below,above,note\nCells,X,3,six,why\n", "six")]
    [InlineData("group,species,below,above,note\nCells,X Y,3,6,why\n", "no species Y")]
    [InlineData("group,species,below,above,note\nCells,X,3,6,\n", "no note")]
    public void A_wrong_table_of_counted_populations_is_refused(string table, string why)
    {
        var result = CommandLine.Run("simulate", _folder.Write("cells.ant", Cells), "--method", "hybrid", "--counted", _folder.Write("bad.csv", table));
        Assert.Equal(ExitCode.WrongInput, result.Code);
        Assert.Contains(why, result.Error, StringComparison.Ordinal);
    }
}

using Marrow.Cli;
using Marrow.Tests.House;

namespace Marrow.Tests.Cli;

/// <summary>What the texts of docs/adding-a-model.md do; its commands are followed with those of the other pages.</summary>
public sealed class ModelPageTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly List<string> _blocks = Blocks(Repository.ReadText("docs/adding-a-model.md"));

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void The_model_of_the_page_grows_until_the_dose_and_shrinks_after_it()
    {
        var model = _folder.Write("growth.ant", Block("model growth()"));
        var (header, rows) = CommandLine.Run("simulate", model, "--end", "30", "--points", "31").Table();
        Assert.Equal(["time", "Blasts", "Drug"], header);
        // Growth at 0.05 a day until the dose on day 7; then the drug, 100 at the half-effect 10, kills faster than blasts divide.
        Assert.Equal(Math.Exp(.05 * 7), rows[7][1], 1e-4);
        Assert.True(rows[9][1] < rows[7][1]);
    }

    [Fact]
    public void The_rows_of_the_page_are_sound()
    {
        var table = _folder.Write("parameters.csv", _blocks.Last(block => block.StartsWith("id,value,unit", StringComparison.Ordinal)));
        var result = CommandLine.Run("check", table);
        Assert.Equal(ExitCode.Done, result.Code);
        Assert.Contains("2 rows", result.Output, StringComparison.Ordinal);
    }

    private string Block(string start) => Assert.Single(_blocks, block => block.StartsWith(start, StringComparison.Ordinal));

    private static List<string> Blocks(string page) =>
        [.. page.ReplaceLineEndings("\n").Split("```").Where((_, i) => i % 2 == 1).Select(block => block[(block.IndexOf('\n', StringComparison.Ordinal) + 1)..])];
}

using Marrow.Cli;
using Marrow.Tests.House;

namespace Marrow.Tests.Cli;

/// <summary>Does what docs/adding-a-model.md says, with its own texts.</summary>
public sealed class TutorialTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly List<string> _blocks = Blocks(Repository.ReadText("docs/adding-a-model.md"));

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void The_model_of_the_tutorial_is_checked_and_simulated_by_its_commands()
    {
        var model = _folder.Write("growth.ant", Block("model growth()"));
        var commands = _blocks.SelectMany(block => block.Split('\n')).Where(line => line.StartsWith("./marrow ", StringComparison.Ordinal)).ToList();
        Assert.Equal(3, commands.Count);
        foreach (var command in commands)
        {
            var arguments = command.Split(' ').Skip(1)
                .Select(word => word is "growth.ant" ? model : word is "growth.csv" ? _folder.PathOf("growth.csv") : word).ToArray();
            var result = CommandLine.Run(arguments);
            Assert.True(result.Code == ExitCode.Done, $"{command}: {result.Error}{result.Output}");
        }
        var (header, rows) = CsvTable.Parse(File.ReadAllText(_folder.PathOf("growth.csv")));
        Assert.Equal(["time", "Blasts", "Drug"], header);
        Assert.Equal(31, rows.Length);
        // Growth at 0.05 a day until the dose on day 7; then the drug, 100 at the half-effect 10, kills faster than blasts divide.
        Assert.Equal(Math.Exp(.05 * 7), rows[7][1], 1e-4);
        Assert.True(rows[9][1] < rows[7][1]);
    }

    [Fact]
    public void The_rows_of_the_tutorial_are_sound()
    {
        var table = _folder.Write("parameters.csv", Block("id,value,unit"));
        var result = CommandLine.Run("check", table);
        Assert.Equal(ExitCode.Done, result.Code);
        Assert.Contains("2 rows", result.Output, StringComparison.Ordinal);
    }

    private string Block(string start) => Assert.Single(_blocks, block => block.StartsWith(start, StringComparison.Ordinal));

    private static List<string> Blocks(string page) =>
        [.. page.ReplaceLineEndings("\n").Split("```").Where((_, i) => i % 2 == 1).Select(block => block[(block.IndexOf('\n', StringComparison.Ordinal) + 1)..])];
}

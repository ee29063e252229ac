using Marrow.Cli;

namespace Marrow.Tests.Cli;

public sealed class CommandLineTests
{
    [Fact]
    public void Help_lists_the_commands_and_says_for_research_use_only()
    {
        var help = CommandLine.Run("--help");
        Assert.Equal(ExitCode.Done, help.Code);
        Assert.Contains("research use only", help.Output, StringComparison.Ordinal);
        foreach (var command in new[] { "check" })
            Assert.Contains($"\n  {command} ", help.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void A_misspelt_command_is_a_usage_error_that_names_the_nearest_one()
    {
        var result = CommandLine.Run("chek", "model.ant");
        Assert.Equal(ExitCode.Usage, result.Code);
        Assert.Contains("check", result.Error, StringComparison.Ordinal);
        Assert.Empty(result.Output);
    }

    [Theory]
    [InlineData()]
    [InlineData("check")]
    public void A_command_line_that_cannot_be_meant_is_a_usage_error(params string[] arguments)
    {
        var result = CommandLine.Run(arguments);
        Assert.Equal(ExitCode.Usage, result.Code);
        Assert.NotEmpty(result.Error);
        Assert.Empty(result.Output);
    }
}

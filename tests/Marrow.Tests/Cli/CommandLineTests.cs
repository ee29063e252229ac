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
        foreach (var command in new[] { "run", "simulate", "check" })
            Assert.Contains($"\n  {command} ", help.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void A_misspelt_command_is_a_usage_error_that_names_the_nearest_one()
    {
        var result = CommandLine.Run("simulte", "model.ant");
        Assert.Equal(ExitCode.Usage, result.Code);
        Assert.Contains("simulate", result.Error, StringComparison.Ordinal);
        Assert.Empty(result.Output);
    }

    [Theory]
    [InlineData()]
    [InlineData("simulate")]
    [InlineData("check")]
    [InlineData("simulate", "model.ant", "--points", "many")]
    [InlineData("simulate", "model.ant", "--set", "k")]
    [InlineData("simulate", "model.ant", "--rtol", "0")]
    [InlineData("simulate", "model.ant", "--duration", "3")]
    [InlineData("run", "study.yaml", "--patients", "0")]
    public void A_command_line_that_cannot_be_meant_is_a_usage_error(params string[] arguments)
    {
        var result = CommandLine.Run(arguments);
        Assert.Equal(ExitCode.Usage, result.Code);
        Assert.NotEmpty(result.Error);
        Assert.Empty(result.Output);
    }
}

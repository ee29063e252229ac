using Marrow.Cli;

namespace Marrow.Tests.Cli;

public sealed class ModelsTests
{
    [Fact]
    public void Without_a_name_every_card_is_listed_under_its_kind()
    {
        var result = CommandLine.Run("models");
        Assert.Equal(ExitCode.Done, result.Code);
        foreach (var line in new[] { "disease:", "module:", "therapy:", "  bcp_all ", "  nk_cells ", "  rituximab " })
            Assert.Contains(line, result.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void With_a_name_its_card_is_printed_as_it_stands_in_the_documentation()
    {
        var result = CommandLine.Run("models", "nk_cells");
        Assert.Equal(ExitCode.Done, result.Code);
        Assert.Equal(House.Repository.ReadText("docs/cards/nk_cells.md").ReplaceLineEndings("\n"), result.Output);
    }

    [Fact]
    public void A_misspelt_name_is_refused_with_the_nearest_one()
    {
        var result = CommandLine.Run("models", "nk_cell");
        Assert.Equal(ExitCode.WrongInput, result.Code);
        Assert.Contains("nk_cells", result.Error, StringComparison.Ordinal);
        Assert.Empty(result.Output);
    }
}

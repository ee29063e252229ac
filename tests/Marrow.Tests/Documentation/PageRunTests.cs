using System.Text.Json;
using System.Text.RegularExpressions;
using Marrow.Tests.House;
using Marrow.Tests.Shipped;

namespace Marrow.Tests.Documentation;

/// <summary>The pages that show commands are followed as a new user would: in an empty folder, with the packed tool.</summary>
[Collection(PackedToolUsers.Name)]
public sealed partial class PageRunTests(PackedTool tool)
{
    [Theory]
    [InlineData("docs/tutorial.md", 18)]
    [InlineData("docs/adding-a-model.md", 4)]
    [InlineData("docs/dosing-tables.md", 4)]
    public void A_page_does_what_it_shows(string path, int commands)
    {
        var page = new Page(tool, path);
        page.Follow();
        Assert.Equal(commands, page.Commands);
    }

    [Fact]
    public void The_page_on_reproducibility_does_what_it_shows_and_names_the_keys_of_the_manifest()
    {
        const string path = "docs/reproducibility.md";
        var page = new Page(tool, path);
        page.Follow();
        Assert.Equal(5, page.Commands);
        using var manifest = JsonDocument.Parse(File.ReadAllText(Path.Combine(page.Folder, "two/manifest.json")));
        var named = Repository.ReadText(path).Split('\n').Where(l => l.StartsWith("| `", StringComparison.Ordinal))
            .SelectMany(l => Code().Matches(l.Split('|')[1]).Select(m => m.Groups[1].Value)).ToList();
        Assert.NotEmpty(named);
        Assert.Empty(named.Except(manifest.RootElement.EnumerateObject().Select(p => p.Name)));
    }

    [GeneratedRegex("`([a-z_]+)`")]
    private static partial Regex Code();
}

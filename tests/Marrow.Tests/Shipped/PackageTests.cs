using System.IO.Compression;
using Marrow.Tests.House;

namespace Marrow.Tests.Shipped;

/// <summary>What is in the package of the tool, and whether it runs where nothing else is.</summary>
[Collection(PackedToolUsers.Name)]
public sealed class PackageTests(PackedTool tool)
{
    [Theory]
    [InlineData("models")]
    [InlineData("studies")]
    [InlineData("templates")]
    [InlineData("schemas")]
    public void Everything_that_comes_with_Marrow_is_in_the_tool(string folder)
    {
        if (!Directory.Exists(Repository.PathOf(folder)))
        {
            Assert.Skip($"There is no folder {folder} yet.");
            return;
        }
        var expected = Repository.Files(folder, "*").Select(Repository.Relative).ToList();
        Assert.NotEmpty(expected);
        Assert.Empty(expected.Except(tool.Files));
    }

    [Fact]
    public void Readme_and_licence_are_in_the_package()
    {
        using var zip = ZipFile.OpenRead(tool.Package);
        var entries = zip.Entries.Select(e => e.FullName).ToList();
        Assert.Contains("README.md", entries);
        Assert.Contains("LICENSE", entries);
    }

    [Fact]
    public void In_an_empty_folder_the_tool_lists_its_models_checks_and_simulates_one()
    {
        var folder = tool.NewFolder();
        Assert.Contains("bcp_all", tool.Run(folder, "models").Done().Output, StringComparison.Ordinal);
        Assert.Contains("# Venetoclax", tool.Run(folder, "models", "venetoclax").Done().Output, StringComparison.Ordinal);
        tool.Run(folder, "check", "marrow:diseases/cll.ant", "marrow:studies/eliana.yaml").Done();
        var table = tool.Run(folder, "simulate", "marrow:examples/leon_triana_2021.ant", "--end", "1", "--points", "2").Done().Output;
        Assert.StartsWith("time,CarT,Leukaemia,BCells\n0,10000000,", table, StringComparison.Ordinal);
    }
}

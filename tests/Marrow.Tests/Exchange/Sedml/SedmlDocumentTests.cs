using Marrow.Cli;
using Marrow.Exchange.Sedml;
using Marrow.Networks.Diagnostics;
using Marrow.Tests.Cli;

namespace Marrow.Tests.Exchange.Sedml;

/// <summary>The documents of tests/data/sedml, one for each construct, with the numbers that they must give.</summary>
public sealed class SedmlDocumentTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    public static TheoryData<string> Documents => [.. Directory.GetFiles(ExpectedTables.Folder, "*.sedml").Select(path => Path.GetFileNameWithoutExtension(path)).Order(StringComparer.Ordinal)];

    [Theory]
    [MemberData(nameof(Documents))]
    public void A_document_gives_the_numbers_that_its_construct_means(string name)
    {
        var result = CommandLine.Run("simulate", Path.Combine(ExpectedTables.Folder, $"{name}.sedml"), "--out", _folder.Root);
        Assert.True(result.Code == ExitCode.Done, result.Error);
        Assert.DoesNotContain("warning", result.Error, StringComparison.Ordinal);
        ExpectedTables.Compare(name, _folder.Root);
    }

    [Fact]
    public void The_page_of_the_folder_names_every_document()
    {
        var page = File.ReadAllText(Path.Combine(ExpectedTables.Folder, "README.md"));
        Assert.All(Documents, row => Assert.Contains($"| `{row.Data}.sedml` |", page, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("version4", false, true, "time (s)", "S (mM)")]
    [InlineData("logAxes", true, true, "dose", "")]
    [InlineData("phasePlot", false, false, "x", "y")]
    [InlineData("repeatedCurves", false, false, "time", "S")]
    [InlineData("data", false, false, "time", "")]
    public void A_plot_says_what_its_axes_are(string name, bool isLogX, bool isLogY, string across, string along)
    {
        var bag = new DiagnosticBag();
        var results = SedmlRun.Run(new FolderFiles(ExpectedTables.Folder), $"{name}.sedml", bag, TestContext.Current.CancellationToken);
        var plot = Assert.Single(results!.Plots);
        Assert.Equal((isLogX, isLogY, across, along), (plot.IsLogX, plot.IsLogY, plot.Across, plot.Along));
    }

    [Fact]
    public void What_was_measured_is_drawn_as_points_and_an_area_without_lines()
    {
        foreach (var (name, lines, points, areas) in new[] { ("data", 1, 1, 0), ("shadedArea", 2, 0, 1) })
        {
            Assert.Equal(ExitCode.Done, CommandLine.Run("simulate", Path.Combine(ExpectedTables.Folder, $"{name}.sedml"), "--out", _folder.PathOf(name)).Code);
            var picture = Assert.Single(ExpectedTables.Figures(_folder.PathOf($"{name}/plots.html"))).GetProperty("picture").GetString()!;
            Assert.Equal((lines, points, areas), (Count("stroke-width=\"2\""), Count("stroke-linecap=\"round\""), Count("class=\"band ")));

            int Count(string part) => picture.Split(part).Length - 1;
        }
    }
}

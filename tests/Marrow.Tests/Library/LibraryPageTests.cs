using System.Text.RegularExpressions;
using Marrow.Networks.Shipped;
using Marrow.Networks.Simulation;
using Marrow.Tests.Cli;
using Marrow.Tests.House;

namespace Marrow.Tests.Library;

/// <summary>docs/library.md: its programs are those of <see cref="LibraryExamples"/>, and they do what the page says.</summary>
public sealed partial class LibraryPageTests
{
    private const string Page = "docs/library.md";

    [Theory]
    [InlineData("model")]
    [InlineData("values")]
    [InlineData("sources")]
    [InlineData("mistakes")]
    [InlineData("study")]
    public void A_program_of_the_page_is_the_one_that_is_compiled_and_run(string name)
    {
        var source = Repository.ReadText("tests/Marrow.Tests/Library/LibraryExamples.cs").ReplaceLineEndings("\n");
        var match = Regex.Match(source, $"// <{name}>\n(.*?)\n *// </{name}>", RegexOptions.Singleline);
        var lines = match.Groups[1].Value.Split('\n').Select(l => l.Length >= 8 ? l[8..] : l).Where(l => !l.Contains("most.Add", StringComparison.Ordinal));
        Assert.Contains(string.Join('\n', lines), Programs());
    }

    [Fact]
    public void Every_program_of_the_page_is_compiled_and_together_they_are_twenty_lines_at_most_from_model_to_study()
    {
        Assert.Equal(5, Programs().Count);
        var usings = 4;
        var way = Programs().Where(p => p.StartsWith("var model", StringComparison.Ordinal) || p.StartsWith("var study", StringComparison.Ordinal)).Sum(p => p.Split('\n').Length);
        Assert.InRange(way + usings, 5, 20);
    }

    [Fact]
    public void The_course_is_the_one_of_the_command_line()
    {
        var (header, rows) = CommandLine.Run("simulate", "marrow:examples/leon_triana_2021.ant", "--end", "60", "--points", "61").Table();
        Assert.Equal(rows[30][Array.IndexOf(header, "Leukaemia")], LibraryExamples.LoadCompileSimulate());
    }

    [Fact]
    public void More_cells_hold_the_leukaemia_lower()
    {
        var most = LibraryExamples.Values();
        Assert.Equal(3, most.Count);
        Assert.Equal(most.OrderDescending(), most);
    }

    [Fact]
    public void A_number_comes_with_unit_kind_and_source()
    {
        var lines = LibraryExamples.Sources();
        Assert.Contains(lines, l => l.StartsWith("VenCl = 446 L/d, Fitted: 10.2147/DDDT.S458927", StringComparison.Ordinal));
    }

    [Fact]
    public void Every_mistake_of_a_model_is_told_at_once() =>
        Assert.Equal("MRW2001 on line 2: ", LibraryExamples.Mistakes()[..19]);

    [Fact]
    public void A_study_runs_and_its_tables_and_report_are_in_the_folder()
    {
        using var folder = new TemporaryFolder();
        var result = LibraryExamples.RunStudy(folder.Root);
        Assert.Equal(4, result.Patients);
        foreach (var file in new[] { "patients.csv", "endpoints.csv", "manifest.json", "report.html" }) Assert.True(File.Exists(folder.PathOf(file)), file);
    }

    [Fact]
    public void A_name_that_nothing_has_is_refused_with_the_nearest_one()
    {
        var compiled = Model.Load("marrow:examples/leon_triana_2021.ant").Compile();
        Assert.Contains("'Leukaemia'", Assert.Throws<KeyNotFoundException>(() => compiled.Simulate(1)["Leukemia"]).Message, StringComparison.Ordinal);
        Assert.Contains("'tau_C'", Assert.Throws<ArgumentException>(() => compiled.Simulate(1, values: new Dictionary<string, double> { ["tau_c"] = 1 })).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void The_names_that_the_page_gives_exist()
    {
        foreach (Match name in ShippedName().Matches(Repository.ReadText(Page)))
            Assert.True(File.Exists(ShippedFiles.Locate(name.Value)), name.Value);
    }

    private static List<string> Programs() =>
        [.. Repository.ReadText(Page).ReplaceLineEndings("\n").Split("```").Where((_, i) => i % 2 == 1).Where(b => b.StartsWith("csharp", StringComparison.Ordinal) && !b.Contains("using ", StringComparison.Ordinal))
            .Select(b => b[(b.IndexOf('\n', StringComparison.Ordinal) + 1)..].TrimEnd('\n'))];

    [GeneratedRegex(@"marrow:[a-z_0-9/]+\.[a-z]+")]
    private static partial Regex ShippedName();
}

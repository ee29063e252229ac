using System.Text.RegularExpressions;
using Marrow.Tests.House;

namespace Marrow.Tests.Studies;

/// <summary>Every example of docs/populations.md is read with the study that it belongs to.</summary>
public sealed partial class PopulationPageTests
{
    private static readonly Lazy<(string Kind, string Text)[]> _examples = new(() =>
        [.. Block().Matches(File.ReadAllText(Repository.PathOf("docs/populations.md"))).Select(m => (m.Groups[1].Value.Trim(), m.Groups[2].Value))]);

    public static TheoryData<int> Examples => [.. Enumerable.Range(0, _examples.Value.Length).Where(i => !_examples.Value[i].Kind.StartsWith("file", StringComparison.Ordinal))];

    [Theory]
    [MemberData(nameof(Examples))]
    public void An_example_loads_without_a_problem(int number)
    {
        using var files = new StudyFiles();
        var studies = Path.GetDirectoryName(files.Study)!;
        foreach (var (kind, text) in _examples.Value.Where(e => e.Kind.StartsWith("file ", StringComparison.Ordinal)))
            File.WriteAllText(Path.Combine(studies, kind["file ".Length..]), text);
        var example = _examples.Value[number];
        if (example.Kind == "study") File.AppendAllText(files.Study, "\n" + example.Text);
        else
        {
            File.WriteAllText(Path.Combine(studies, "populations/example.yaml"), $"title: An example\nextends: eliana.yaml\n{example.Text}");
            files.Replace(files.Study, "populations/eliana.yaml", "populations/example.yaml");
        }
        Assert.Contains(example.Kind, new[] { "study", "population" });
        Assert.Empty(files.Problems());
    }

    [Fact]
    public void The_page_has_an_example_of_every_section() =>
        Assert.All(new[] { "covariates:", "multiply:", "correlations:", "time_varying:", "uncertainty:", "observations:" }, key => Assert.Contains(_examples.Value, e => e.Text.Contains(key, StringComparison.Ordinal)));

    [GeneratedRegex("```(?:yaml|csv)\n# (.*)\n((?:.*\n)*?)```")]
    private static partial Regex Block();
}

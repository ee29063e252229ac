namespace Marrow.Tests.House;

/// <summary>The README promises two commands; continuous integration and the launcher rely on their exact form.</summary>
public sealed class ReadmeTests
{
    private static readonly string[] Lines = File.ReadAllLines(Repository.PathOf("README.md"));

    [Fact]
    public void The_first_command_runs_the_virtual_trial() => Assert.Equal("./marrow run studies/eliana.yaml", Commands()[0]);

    [Fact]
    public void The_second_command_runs_the_tests_and_is_the_only_line_that_continuous_integration_can_find()
    {
        var command = Assert.Single(Lines, line => line.StartsWith("dotnet test ", StringComparison.Ordinal));
        Assert.Equal(command, Commands()[1]);
        Assert.Contains("grep -E '^dotnet test ' README.md", Repository.ReadText(".ci/run"), StringComparison.Ordinal);
    }

    [Fact]
    public void Every_link_to_a_file_of_the_repository_leads_somewhere()
    {
        var pages = new[] { "README.md", "ARCHITECTURE.md", "CONTRIBUTING.md", "CHANGELOG.md" }
            .Concat(Repository.Files("docs", "*.md").Select(Repository.Relative)).ToList();
        var broken = pages.SelectMany(page => LinksOf(page).Where(link => !Exists(page, link)).Select(link => $"{page}: {link}"));
        Assert.Empty(broken);
    }

    [Fact]
    public void The_scripts_can_be_started()
    {
        if (OperatingSystem.IsWindows())
        {
            Assert.Skip("Windows has no executable bit.");
            return;
        }
        string[] scripts = ["marrow", ".ci/run", .. Repository.Files("scripts", "*.sh").Select(Repository.Relative)];
        foreach (var script in scripts)
        {
            var mode = File.GetUnixFileMode(Repository.PathOf(script));
            Assert.True(mode.HasFlag(UnixFileMode.UserExecute), $"{script} is not executable.");
        }
    }

    private static List<string> Commands()
    {
        var fenced = false;
        var commands = new List<string>();
        foreach (var line in Lines)
        {
            if (line.StartsWith("```", StringComparison.Ordinal)) fenced = !fenced;
            else if (fenced) commands.Add(line);
        }
        return commands;
    }

    private static bool Exists(string page, string link) =>
        Path.Exists(Path.Combine(Path.GetDirectoryName(Repository.PathOf(page))!, link.Split('#')[0]));

    private static IEnumerable<string> LinksOf(string page) =>
        System.Text.RegularExpressions.Regex.Matches(Repository.ReadText(page), @"(?<!!)\[[^\]]*\]\((?<to>[^)\s]+)\)")
            .Select(match => match.Groups["to"].Value)
            .Where(link => !link.Contains("://", StringComparison.Ordinal) && !link.StartsWith('#'));
}

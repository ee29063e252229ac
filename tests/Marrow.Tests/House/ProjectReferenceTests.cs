using System.Xml.Linq;

namespace Marrow.Tests.House;

/// <summary>Who may depend on whom, as ARCHITECTURE.md draws it.</summary>
public sealed class ProjectReferenceTests
{
    private static readonly Dictionary<string, string[]> Allowed = new()
    {
        ["Marrow.Numerics"] = [],
        ["Marrow.Networks"] = ["Marrow.Numerics"],
        ["Marrow.Trials"] = ["Marrow.Networks", "Marrow.Numerics"],
        ["Marrow.Tissue"] = ["Marrow.Networks", "Marrow.Numerics"],
        ["Marrow.Exchange"] = ["Marrow.Trials", "Marrow.Networks"],
        ["Marrow.Reports"] = ["Marrow.Trials", "Marrow.Tissue"],
    };

    public static TheoryData<string> Projects() =>
        [.. new[] { "src", "bench", "tests" }.SelectMany(folder => Repository.Files(folder, "*.csproj")).Select(Repository.Relative)];

    [Theory]
    [MemberData(nameof(Projects))]
    public void A_project_refers_only_to_the_projects_that_the_design_allows(string project)
    {
        var name = Path.GetFileNameWithoutExtension(project);
        var forbidden = ReferencesOf(project).Where(target => !IsAllowed(project, name, target)).ToList();
        Assert.True(forbidden.Count == 0, $"{project} refers to {string.Join(", ", forbidden)}; ARCHITECTURE.md does not allow that edge.");
    }

    [Fact]
    public void Every_project_is_in_the_solution()
    {
        var listed = XDocument.Load(Repository.PathOf("Marrow.slnx")).Descendants("Project")
            .Select(element => element.Attribute("Path")!.Value).Order(StringComparer.Ordinal);
        Assert.Equal(Projects().Select(row => row.Data).Order(StringComparer.Ordinal), listed);
    }

    [Theory]
    [InlineData("Marrow.Numerics", "Marrow.Networks")]
    [InlineData("Marrow.Networks", "Marrow.Trials")]
    [InlineData("Marrow.Trials", "Marrow.Reports")]
    [InlineData("Marrow.Reports", "Marrow.Numerics")]
    [InlineData("Marrow.Reports", "Marrow.Cli")]
    [InlineData("Marrow.Unplanned", "Marrow.Numerics")]
    public void An_edge_outside_the_list_is_refused(string from, string to) =>
        Assert.False(IsAllowed($"src/{from}/{from}.csproj", from, to));

    private static bool IsAllowed(string project, string name, string target) =>
        name == "Marrow.Cli" || !project.StartsWith("src/", StringComparison.Ordinal)
        || (Allowed.TryGetValue(name, out var targets) && targets.Contains(target));

    private static IEnumerable<string> ReferencesOf(string project) =>
        XDocument.Load(Repository.PathOf(project)).Descendants("ProjectReference")
            .Select(element => Path.GetFileNameWithoutExtension(element.Attribute("Include")!.Value.Replace('\\', '/')));
}

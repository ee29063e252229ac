using System.Text.RegularExpressions;
using Marrow.Networks.Antimony;
using Marrow.Networks.Diagnostics;
using Marrow.Tests.House;

namespace Marrow.Tests.Antimony;

/// <summary>Every example of docs/antimony.md does what the page says.</summary>
public sealed partial class LanguagePageTests
{
    public static TheoryData<string, string, string> Rows
    {
        get
        {
            var rows = new TheoryData<string, string, string>();
            foreach (Match row in Row().Matches(Repository.ReadText("docs/antimony.md").ReplaceLineEndings("\n")))
                rows.Add(row.Groups[1].Value.Trim(), row.Groups[2].Value.Replace("\\|", "|", StringComparison.Ordinal), row.Groups[3].Value.Trim());
            return rows;
        }
    }

    [Fact]
    public void The_page_has_its_tables() => Assert.True(Rows.Count > 60);

    [Theory, MemberData(nameof(Rows))]
    public void An_example_is_read_as_the_page_says(string construct, string example, string status)
    {
        var bag = new DiagnosticBag();
        var network = AntimonyReader.ReadText(example, "example.ant", bag, Repository.Root);
        string[] errors = [.. bag.Items.Where(d => d.Severity == Severity.Error).Select(d => d.Code)];
        var isPassedOver = bag.Items.Any(d => d.Code == "MRW1012");
        switch (status)
        {
            case "supported":
                Assert.True(errors.Length == 0 && !isPassedOver && network is not null, $"{construct}: {string.Join('\n', bag.Items)}");
                break;
            case "kept":
                Assert.Empty(errors);
                Assert.True(network!.Annotations.Length + network.Uncertainties.Length + network.Constraints.Length > 0, construct);
                break;
            case "passed over":
                Assert.Empty(errors);
                Assert.True(isPassedOver, construct);
                break;
            default:
                Assert.StartsWith("refused", status, StringComparison.Ordinal);
                Assert.Equal(status.Split(": ").ElementAtOrDefault(1) ?? "MRW1008", Assert.Single(errors.Distinct()));
                break;
        }
    }

    [GeneratedRegex(@"^\| ([^|`]+) \| `((?:\\\||[^`])+)` \| ([^|]+) \|$", RegexOptions.Multiline)]
    private static partial Regex Row();
}

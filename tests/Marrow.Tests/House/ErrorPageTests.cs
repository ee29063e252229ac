using System.Reflection;
using System.Text;
using System.Text.RegularExpressions;
using Marrow.Networks.Diagnostics;

namespace Marrow.Tests.House;

/// <summary>docs/errors.md is written from the registries of codes; <c>UPDATE_GOLDEN=1</c> writes it anew.</summary>
public sealed partial class ErrorPageTests
{
    private const string Page = "docs/errors.md";
    private static readonly string[] Assemblies = ["Marrow.Numerics", "Marrow.Networks", "Marrow.Trials", "Marrow.Exchange", "Marrow.Reports", "marrow"];

    [Fact]
    public void The_page_of_errors_is_the_one_that_the_code_describes()
    {
        var expected = Write(Codes());
        if (Environment.GetEnvironmentVariable("UPDATE_GOLDEN") == "1") File.WriteAllText(Repository.PathOf(Page), expected);
        Assert.Equal(expected, Repository.ReadText(Page).ReplaceLineEndings("\n"));
    }

    [Fact]
    public void No_two_problems_share_a_code() =>
        Assert.Empty(Codes().GroupBy(code => code.Code).Where(group => group.Count() > 1).Select(group => group.Key));

    [Fact]
    public void Every_code_in_the_sources_is_registered_with_cause_and_cure()
    {
        var registered = Codes().Select(code => code.Code).ToHashSet();
        var used = Repository.Files("src", "*.cs").SelectMany(path => CodeLiteral().Matches(File.ReadAllText(path)).Select(match => match.Groups[1].Value)).Distinct();
        Assert.Empty(used.Except(registered));
        Assert.All(Codes(), code => Assert.True(code is { Title.Length: > 0, Cause.Length: > 0, Cure.Length: > 0 }, code.Code));
    }

    private static List<ErrorCode> Codes() =>
        [.. Assemblies.SelectMany(name => Assembly.Load(name).GetTypes())
            .SelectMany(type => type.GetFields(BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic))
            .Where(field => field.FieldType == typeof(ErrorCode))
            .Select(field => (ErrorCode)field.GetValue(null)!)
            .OrderBy(code => code.Code, StringComparer.Ordinal)];

    private static string Write(List<ErrorCode> codes)
    {
        var page = new StringBuilder("# Errors\n\nEvery problem that Marrow reports has a code. A message names the place, the thing and its value; this page says what leads to it and what to do. It is written from the code.\n");
        var ranges = new (char Range, string Title)[]
        {
            ('1', "Syntax of models"), ('2', "Names and structure"), ('3', "Units"), ('4', "Provenance and parameter tables"), ('5', "Compilation"),
            ('6', "Clinical tables"), ('7', "Studies, populations and regimens"), ('8', "Command line and fits"), ('9', "Files of other programs"),
        };
        foreach (var (range, title) in ranges)
        {
            var section = codes.Where(code => code.Code[3] == range).ToList();
            if (section.Count == 0) continue;
            page.Append($"\n## {title}\n\n| Code | Problem | Cause | Cure |\n|---|---|---|---|\n");
            foreach (var code in section) page.Append($"| {code.Code} | {Cell(code.Title)} | {Cell(code.Cause)} | {Cell(code.Cure)} |\n");
        }
        return page.ToString();
    }

    private static string Cell(string text) => text.Replace("|", "\\|", StringComparison.Ordinal);

    [GeneratedRegex("\"(MRW[0-9]{4})\"")]
    private static partial Regex CodeLiteral();
}

using System.Text.RegularExpressions;
using Marrow.Cli;
using Marrow.Tests.Cli;

namespace Marrow.Tests.Malformed;

/// <summary>Inputs of every kind, broken as people break them: each gets a diagnosis with place and remedy, and nothing is written.</summary>
public sealed partial class MalformedTests(Desk desk) : IClassFixture<Desk>
{
    public static TheoryData<int> Numbers => [.. MalformedCase.All.Select(c => c.Number)];

    [Fact]
    public void There_are_more_than_a_hundred_of_them() => Assert.True(MalformedCase.All.Count > 100, $"{MalformedCase.All.Count}");

    [Fact]
    public void Every_input_is_sound_before_it_is_broken()
    {
        string[] files = [.. MalformedCase.All.Select(c => c.File).Distinct().Select(desk.PathOf)];
        Assert.True(files.Length > 20);
        var result = CommandLine.Run(["check", .. files]);
        Assert.True(result.Code == ExitCode.Done, result.Output);
    }

    [Theory]
    [MemberData(nameof(Numbers))]
    public void A_broken_input_is_diagnosed_with_place_and_remedy_and_nothing_is_written(int number)
    {
        var @case = MalformedCase.All.First(c => c.Number == number);
        var sound = desk.Text(@case.File);
        var broken = @case.Break(sound);
        var path = desk.Write(@case.File, broken);
        try
        {
            var before = desk.Contents();
            var check = CommandLine.Run("check", path);
            AssertDiagnosed(@case, path, broken, check);
            if (Command(@case.File) is { } command)
            {
                var result = CommandLine.Run(command);
                Assert.True(result.Code is ExitCode.WrongInput or ExitCode.NotSupported, $"{string.Join(' ', command)}: {result.Code}\n{result.Output}{result.Error}");
                Assert.Empty(result.Output);
                Assert.Matches(Diagnosis(), result.Error);
            }
            Assert.Equal(before, desk.Contents());
        }
        finally
        {
            desk.Write(@case.File, sound);
        }
    }

    private static void AssertDiagnosed(MalformedCase @case, string path, string broken, CommandResult result)
    {
        Assert.True(result.Code == ExitCode.WrongInput, $"{result.Code}:\n{result.Output}");
        var problems = Diagnosis().Matches(result.Output);
        foreach (var code in @case.Codes)
        {
            var found = problems.Where(m => m.Groups["code"].Value == code && (m.Groups["file"].Value == path || (@case.Near.Length == 0 && m.Groups["file"].Value.StartsWith(Path.GetDirectoryName(path)!, StringComparison.Ordinal)))).ToList();
            Assert.True(found.Count > 0, $"no {code} in {@case.File}:\n{result.Output}");
            Assert.All(found, m => Assert.Contains("; try: ", m.Groups["text"].Value, StringComparison.Ordinal));
            if (@case.Near.Length == 0 || code != @case.Codes[0]) continue;
            var line = broken[..broken.IndexOf(@case.Near, StringComparison.Ordinal)].Count(c => c == '\n') + 1;
            Assert.True(found.Exists(m => int.Parse(m.Groups["line"].Value, System.Globalization.CultureInfo.InvariantCulture) == line), $"{code} is not at line {line}:\n{result.Output}");
        }
    }

    /// <summary>What would run the input and write results.</summary>
    private string[]? Command(string file) => file switch
    {
        "own.ant" or "own.xml" or "composed.xml" => ["simulate", desk.PathOf(file), "--out", desk.PathOf("out/course.csv")],
        "effects.csv" => ["effects", desk.PathOf(file), "--patients", "2", "--out", desk.PathOf("out")],
        "facts.csv" => ["facts", desk.PathOf(file), "--patients", "2", "--out", desk.PathOf("out")],
        "fit/elasticities.yaml" => ["elasticities", desk.PathOf(file), "--out", desk.PathOf("out")],
        _ when file.StartsWith("fit/", StringComparison.Ordinal) => ["fit", desk.PathOf("fit/fit.yaml"), "--out", desk.PathOf("out")],
        _ when file.Contains("/experiments/contexts", StringComparison.Ordinal) || file.EndsWith("observables.csv", StringComparison.Ordinal) || file.EndsWith("properties.csv", StringComparison.Ordinal)
            => ["effects", desk.PathOf("effects.csv"), "--patients", "2", "--out", desk.PathOf("out")],
        _ when file.Contains("/cards/", StringComparison.Ordinal) || file.EndsWith("largest_doses.csv", StringComparison.Ordinal) || file.EndsWith("tables.csv", StringComparison.Ordinal) => null,
        _ => ["run", desk.PathOf("studies/toy.yaml"), "--out", desk.PathOf("out")],
    };

    [GeneratedRegex(@"^(?<file>[^\n]+?):(?:(?<line>\d+):)?(?:(?<column>\d+):)? error (?<code>MRW\d{4}): (?<text>[^\n]+)$", RegexOptions.Multiline)]
    private static partial Regex Diagnosis();
}

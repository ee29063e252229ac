using System.Text.Json;
using Marrow.Cli;
using Marrow.Tests.Cli;

namespace Marrow.Tests.Experiments;

/// <summary>The command, on a disease of three states.</summary>
public sealed class EffectsCommandTests(ToyRoot toy) : IClassFixture<ToyRoot>
{
    private static readonly string[] Rows =
    [
        "R1,evasion.shield,none,hazard,median_of_paired_ratios,<=,0.5,,all,down",
        "R2,evasion.shield,none,hazard,median_of_paired_ratios,>=,0.5,,all,up",
        "R3,evasion.shield,none,secret,median_of_paired_ratios,>=,0.5,,all,up",
    ];

    private string Out => Path.Combine(toy.Root, "out");

    [Fact]
    public void It_says_met_missed_or_waiting_of_each_row_and_ends_with_the_counts()
    {
        var result = CommandLine.Run("effects", toy.Table(Rows), "--patients", "8", "--out", Out);
        Assert.Equal(ExitCode.Done, result.Code);
        Assert.Contains("1 met, 1 missed, 1 waiting, of 3 checks in 8 pairs each.", result.Output, StringComparison.Ordinal);
        var lines = File.ReadAllLines(Path.Combine(Out, "effects.csv"));
        Assert.Equal(4, lines.Length);
        Assert.Contains(",met,0.4,0.4,0.4,", lines[1].Replace("0.39999999999999997", "0.4", StringComparison.Ordinal).Replace("0.4000000000000001", "0.4", StringComparison.Ordinal), StringComparison.Ordinal);
        Assert.Contains("nobody can see it", lines[3], StringComparison.Ordinal);
        Assert.Contains("| R2 | missed |", File.ReadAllText(Path.Combine(Out, "effects.md")), StringComparison.Ordinal);
        Assert.Contains("class=\"missed\"", File.ReadAllText(Path.Combine(Out, "effects.html")), StringComparison.Ordinal);
        Assert.Empty(Directory.GetFiles(Out, "*.tmp"));
    }

    [Fact]
    public void Rows_can_be_chosen_and_printed_for_programs()
    {
        var result = CommandLine.Run("effects", toy.Table(Rows), "--patients", "8", "--out", Out, "--rows", "R2", "--json");
        var check = JsonDocument.Parse(Assert.Single(result.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries))).RootElement;
        Assert.Equal("R2", check.GetProperty("id").GetString());
        Assert.Equal("missed", check.GetProperty("verdict").GetString());
        Assert.Equal(8, check.GetProperty("pairs").GetInt32());
    }

    [Fact]
    public void What_the_command_line_gets_wrong_is_named_with_the_nearest_right_one()
    {
        var unknown = CommandLine.Run("effects", toy.Table(Rows), "--rows", "R12", "--out", Out);
        Assert.Equal(ExitCode.WrongInput, unknown.Code);
        Assert.Contains("the table has no 'R12'; try", unknown.Error, StringComparison.Ordinal);
        Assert.Equal(ExitCode.WrongInput, CommandLine.Run("effects", Path.Combine(toy.Root, "none.csv")).Code);
        Assert.Equal(ExitCode.Usage, CommandLine.Run("effects", toy.Table(Rows), "--patients", "1").Code);
        Assert.Equal(ExitCode.WrongInput, CommandLine.Run("effects", toy.Table(Rows[0].Replace("<=", "<", StringComparison.Ordinal)), "--out", Out).Code);
    }

    [Fact]
    public void An_action_that_is_not_understood_is_reported_with_its_line()
    {
        using var own = new ToyRoot();
        own.Write("models/experiments/switches.csv", "switch,disease,on,off,note\nevasion.shield,,shield to 0,give pill,\n");
        var result = CommandLine.Run("effects", own.Table(Rows), "--out", Path.Combine(own.Root, "out"));
        Assert.Equal(ExitCode.WrongInput, result.Code);
        Assert.Contains("switches.csv:2", result.Error, StringComparison.Ordinal);
        Assert.Contains("'shield to 0' is not an action", result.Error, StringComparison.Ordinal);
    }
}

using Marrow.Cli;
using Marrow.Cli.Inputs;
using Marrow.Tests.House;

namespace Marrow.Tests.Cli;

public sealed class NewTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    public static TheoryData<string> Kinds() => [.. Template.Kinds];

    [Fact]
    public void There_is_a_start_for_each_kind_that_the_help_names()
    {
        var help = CommandLine.Run("new", "--help").Output;
        Assert.Equal(["drug", "model", "population", "regimen", "study"], Template.Kinds);
        Assert.All(Template.Kinds, kind => Assert.Contains(kind, help, StringComparison.Ordinal));
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void What_it_writes_has_no_problem_and_says_what_comes_next(string kind)
    {
        var result = New(kind);
        var files = Files();
        Assert.NotEmpty(files);
        Assert.Contains($"marrow check", result.Output, StringComparison.Ordinal);
        foreach (var file in files)
        {
            Assert.Contains(Path.GetFileName(file), result.Output, StringComparison.Ordinal);
            Assert.DoesNotContain("NAME", File.ReadAllText(file), StringComparison.Ordinal);
        }
        var check = CommandLine.Run(["check", .. files.Where(f => !f.EndsWith("_drugs.csv", StringComparison.Ordinal))]);
        Assert.True(check.Code == ExitCode.Done, check.Output);
        Assert.DoesNotContain("MRW", check.Output, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void The_templates_themselves_are_sound(string kind)
    {
        var check = CommandLine.Run(["check", .. Repository.Files("templates/" + kind, "NAME*").Where(f => !f.EndsWith("_drugs.csv", StringComparison.Ordinal))]);
        Assert.True(check.Code == ExitCode.Done, check.Output);
    }

    [Theory]
    [InlineData("study", "first.yaml")]
    [InlineData("regimen", "first_study.yaml")]
    [InlineData("drug", "first/first_study.yaml")]
    public void What_can_be_run_runs(string kind, string study)
    {
        New(kind);
        var run = CommandLine.Run("run", _folder.PathOf(study), "--patients", "2", "--out", _folder.PathOf("run"));
        Assert.True(run.Code == ExitCode.Done, run.Error);
        Assert.True(File.Exists(_folder.PathOf("run/report.html")));
    }

    [Fact]
    public void A_new_drug_reaches_the_leukaemia_only_in_the_arm_that_gets_it()
    {
        New("drug");
        Assert.Equal(ExitCode.Done, CommandLine.Run("run", _folder.PathOf("first/first_study.yaml"), "--patients", "2", "--out", _folder.PathOf("run")).Code);
        var doses = File.ReadAllLines(_folder.PathOf("run/numbers.csv")).Where(l => l.Contains("first dose", StringComparison.Ordinal)).ToList();
        Assert.NotEmpty(doses);
        Assert.All(doses, line => Assert.Contains("first_regimen.yaml", line, StringComparison.Ordinal));
    }

    [Fact]
    public void The_new_model_is_simulated_with_its_dose()
    {
        New("model");
        var (header, rows) = CommandLine.Run("simulate", _folder.PathOf("first.ant"), "--end", "40", "--points", "41").Table();
        Assert.Equal(["time", "Blasts", "TCells", "Ratio"], header);
        // The dose on day 20 halves the blasts; T cells do not jump.
        Assert.InRange(rows[21][1] / rows[20][1], .3, .6);
        Assert.InRange(rows[21][2] / rows[20][2], .8, 1.3);
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Nothing_is_overwritten_and_nothing_written_beside_what_is_there(string kind)
    {
        New(kind);
        var taken = Files()[^1];
        foreach (var other in Files().Where(f => f != taken)) File.Delete(other);
        File.WriteAllText(taken, "mine");
        var again = CommandLine.Run("new", kind, _folder.PathOf("first"));
        Assert.Equal(ExitCode.WrongInput, again.Code);
        Assert.Contains(taken, again.Error, StringComparison.Ordinal);
        Assert.Equal("mine", File.ReadAllText(Assert.Single(Files())));
    }

    [Theory]
    [InlineData("study", "2nd")]
    [InlineData("study", "first-try")]
    [InlineData("study", "NAME")]
    [InlineData("studies", "first")]
    public void A_kind_or_name_that_cannot_be_meant_is_a_usage_error(string kind, string name)
    {
        var result = CommandLine.Run("new", kind, _folder.PathOf(name));
        Assert.Equal(ExitCode.Usage, result.Code);
        Assert.Contains("try: ", result.Error, StringComparison.Ordinal);
        Assert.Empty(Files());
    }

    [Fact]
    public void A_name_that_Marrow_uses_itself_is_refused_and_leaves_nothing()
    {
        var result = CommandLine.Run("new", "drug", _folder.PathOf("rituximab"));
        Assert.Equal(ExitCode.WrongInput, result.Code);
        Assert.Contains("'rituximab' appears twice", result.Error, StringComparison.Ordinal);
        Assert.Empty(Files());
    }

    private CommandResult New(string kind)
    {
        var result = CommandLine.Run("new", kind, _folder.PathOf("first"));
        Assert.True(result.Code == ExitCode.Done, result.Error);
        return result;
    }

    private List<string> Files() => [.. Directory.EnumerateFiles(_folder.Root, "*", SearchOption.AllDirectories).Order(StringComparer.Ordinal)];
}

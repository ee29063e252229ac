using Marrow.Cli;
using Marrow.Tests.Studies;

namespace Marrow.Tests.Cli;

/// <summary>One run of few patients, one of a tenth of the cell dose, compared.</summary>
public sealed class CompareTests : IClassFixture<CompareTests.Runs>
{
    private readonly Runs _runs;

    public CompareTests(Runs runs) => _runs = runs;

    [Fact]
    public void A_run_is_the_same_as_itself()
    {
        var result = CommandLine.Run("compare", _runs.Full, _runs.Full);
        Assert.Equal(ExitCode.Done, result.Code);
        Assert.EndsWith("No difference.\n", result.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("Endpoints", result.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void A_lower_dose_is_named_with_both_values_and_what_followed_from_it()
    {
        var result = CommandLine.Run("compare", _runs.Full, _runs.Tenth);
        Assert.Equal(ExitCode.Done, result.Code);
        foreach (var part in new[] { "(tisagenlecleucel.yaml)", "6.48", "5.48", "regimens/tisagenlecleucel.yaml", "Endpoints", "CAR-T Cmax", "Largest gap of medians over time", "endpoints differ" })
            Assert.Contains(part, result.Output, StringComparison.Ordinal);
        Assert.Contains($"{Runs.Patients} of {Runs.Patients} patients that both runs have were born with the same values", result.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("populations/eliana.yaml", result.Output, StringComparison.Ordinal);
    }

    public static TheoryData<string, string?, string?> BrokenRuns => new()
    {
        { "manifest.json", null, null }, { "manifest.json", "*", "{\"title\": " }, { "manifest.json", "*", "[1, 2]" }, { "manifest.json", "*", "7" }, { "manifest.json", "\"seed\"", "\"sede\"" },
        { "endpoints.csv", null, null }, { "endpoints.csv", "arm,id", "arm,di" }, { "survival.csv", "months", "weeks" }, { "numbers.csv", null, null }, { "outcomes.csv", "\nTisagenlecleucel,1,", "\nTisagenlecleucel,0," },
        { "patients.csv", "\n0,", "\nzero," }, { "patients.csv", "\n1,", "\n0," }, { "kinetics.csv", "*", "\"" },
    };

    [Theory]
    [MemberData(nameof(BrokenRuns))]
    public void A_run_that_is_not_whole_is_not_compared(string file, string? find, string? replace)
    {
        using var runs = new TemporaryFolder();
        foreach (var name in new[] { "a", "b" })
        {
            foreach (var table in Directory.EnumerateFiles(_runs.Full, "*.*").Where(f => Path.GetExtension(f) is ".csv" or ".json"))
                runs.Write($"{name}/{Path.GetFileName(table)}", File.ReadAllText(table));
        }
        var (a, b) = (runs.PathOf("a"), runs.PathOf("b"));
        Assert.Equal(ExitCode.Done, CommandLine.Run("compare", a, b).Code);
        var broken = runs.PathOf($"b/{file}");
        if (find is null) File.Delete(broken);
        else
        {
            var text = File.ReadAllText(broken);
            Assert.Contains(find == "*" ? "" : find, text, StringComparison.Ordinal);
            File.WriteAllText(broken, find == "*" ? replace! : text.Replace(find, replace, StringComparison.Ordinal));
        }
        var result = CommandLine.Run("compare", a, b, "--out", runs.PathOf("comparison.csv"));
        Assert.True(result.Code == ExitCode.WrongInput, $"{result.Code}: {result.Output}{result.Error}");
        Assert.Contains(Path.GetFileName(broken), result.Error, StringComparison.Ordinal);
        Assert.Contains("; try: ", result.Error, StringComparison.Ordinal);
        Assert.False(File.Exists(runs.PathOf("comparison.csv")));
    }

    [Fact]
    public void A_regimen_under_another_name_differs_in_its_numbers_only()
    {
        var renamed = Path.Combine(_runs.Folder, "renamed");
        Directory.CreateDirectory(renamed);
        foreach (var file in Directory.EnumerateFiles(_runs.Tenth)) File.Copy(file, Path.Combine(renamed, Path.GetFileName(file)), overwrite: true);
        var numbers = Path.Combine(renamed, "numbers.csv");
        File.WriteAllText(numbers, File.ReadAllText(numbers).Replace("tisagenlecleucel.yaml", "tenth.yaml", StringComparison.Ordinal));
        var output = CommandLine.Run("compare", _runs.Full, renamed).Output;
        Assert.Contains("5.48 cells/kg", output, StringComparison.Ordinal);
        Assert.DoesNotContain("cyclophosphamide dose.amount", output, StringComparison.Ordinal);
    }

    [Fact]
    public void The_endpoints_of_both_runs_can_be_had_as_a_table()
    {
        var file = Path.Combine(_runs.Folder, "compared.csv");
        Assert.Equal(ExitCode.Done, CommandLine.Run("compare", _runs.Full, _runs.Tenth, "--out", file).Code);
        var rows = File.ReadAllLines(file);
        Assert.Equal("arm,id,label,unit,a,b", rows[0]);
        var endpoints = File.ReadAllLines(Path.Combine(_runs.Full, "endpoints.csv"));
        Assert.Equal(endpoints.Length, rows.Length);
        Assert.Equal(endpoints[1].Split(',')[1], rows[1].Split(',')[1]);
    }

    [Fact]
    public void Two_folders_without_a_run_are_both_named()
    {
        var result = CommandLine.Run("compare", _runs.Folder, Path.Combine(_runs.Folder, "nowhere"));
        Assert.Equal(ExitCode.WrongInput, result.Code);
        Assert.Equal(2, result.Error.Split("MRW7201").Length - 1);
    }

    [Fact]
    public void A_table_that_was_cut_off_is_a_problem_with_its_file()
    {
        var broken = Path.Combine(_runs.Folder, "broken");
        Directory.CreateDirectory(broken);
        foreach (var file in Directory.EnumerateFiles(_runs.Full)) File.Copy(file, Path.Combine(broken, Path.GetFileName(file)), overwrite: true);
        File.WriteAllText(Path.Combine(broken, "endpoints.csv"), "arm,id\n");
        var result = CommandLine.Run("compare", _runs.Full, broken);
        Assert.Equal(ExitCode.WrongInput, result.Code);
        Assert.Contains("endpoints.csv", result.Error, StringComparison.Ordinal);
    }

    public sealed class Runs : IDisposable
    {
        public const int Patients = 4;
        private readonly TemporaryFolder _folder = new();
        private readonly StudyFiles _files = new();

        public Runs()
        {
            Full = Run("full");
            _files.Replace(_files.Regimen, "location: 6.48", "location: 5.48").Replace(_files.Regimen, "location: 8.23", "location: 7.23");
            Tenth = Run("tenth");
        }

        public string Folder => _folder.Root;

        public string Full { get; }

        public string Tenth { get; }

        public void Dispose()
        {
            _folder.Dispose();
            _files.Dispose();
        }

        private string Run(string name)
        {
            var folder = _folder.PathOf(name);
            Assert.Equal(ExitCode.Done, CommandLine.Run("run", _files.Study, "--patients", $"{Patients}", "--out", folder).Code);
            return folder;
        }
    }
}

using Marrow.Cli;
using Marrow.Tests.House;
using Marrow.Tests.Studies;

namespace Marrow.Tests.Cli;

public sealed class RunTests : IDisposable
{
    private const string Patients = "3";
    private static readonly string Eliana = Repository.PathOf("studies/eliana.yaml");

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_run_ends_with_the_endpoints_beside_the_published_ones_and_the_path_of_the_report()
    {
        var run = _folder.PathOf("run");
        var result = CommandLine.Run("run", Eliana, "--patients", Patients, "--out", run);
        Assert.Equal(ExitCode.Done, result.Code);
        foreach (var part in new[] { "Simulated", "Published", "3 virtual patients, 0 failed; seed ", "us a patient, lane use ", Path.Combine(run, "report.html") })
            Assert.Contains(part, result.Output, StringComparison.Ordinal);
        Assert.Contains("research use only", result.Error, StringComparison.Ordinal);
        Assert.Contains("3 of 3 virtual patients", result.Error, StringComparison.Ordinal);
        foreach (var file in new[] { "manifest.json", "report.html", "patients.csv", "endpoints.csv" })
            Assert.True(File.Exists(Path.Combine(run, file)), $"{file} is missing");
        Assert.Empty(Directory.GetFiles(run, "*.part"));
    }

    [Fact]
    public void A_run_that_is_taken_up_again_keeps_its_finished_patients_and_its_tables()
    {
        var run = _folder.PathOf("run");
        Assert.Equal(ExitCode.Done, CommandLine.Run("run", Eliana, "--patients", Patients, "--out", run, "--threads", "2").Code);
        var tables = Tables(run);
        Assert.NotEmpty(tables);
        var resumed = CommandLine.Run("run", Eliana, "--patients", Patients, "--out", run, "--threads", "1", "--resume");
        Assert.Equal(ExitCode.Done, resumed.Code);
        Assert.Contains("\n0 simulated", resumed.Output, StringComparison.Ordinal);
        Assert.Equal(tables, Tables(run));
    }

    [Fact]
    public void There_is_nothing_to_resume_in_an_empty_folder()
    {
        var result = CommandLine.Run("run", Eliana, "--out", _folder.PathOf("run"), "--resume");
        Assert.Equal(ExitCode.Unfinished, result.Code);
        Assert.Contains("nothing to resume", result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void A_study_with_a_problem_is_refused_before_anything_is_written()
    {
        using var files = new StudyFiles();
        files.Replace(files.Regimen, "amount: 30", "amount: -30");
        var run = _folder.PathOf("run");
        var result = CommandLine.Run("run", files.Study, "--out", run);
        Assert.Equal(ExitCode.WrongInput, result.Code);
        Assert.Contains("tisagenlecleucel.yaml:", result.Error, StringComparison.Ordinal);
        Assert.False(Directory.Exists(run));
    }

    [Fact]
    public void A_misspelt_study_is_an_input_error_that_names_the_nearest_one()
    {
        var result = CommandLine.Run("run", "elaina", "--out", _folder.PathOf("run"));
        Assert.Equal(ExitCode.WrongInput, result.Code);
        Assert.Contains("MRW8001", result.Error, StringComparison.Ordinal);
        Assert.Contains("'eliana'", result.Error, StringComparison.Ordinal);
    }

    private static Dictionary<string, string> Tables(string run) =>
        Directory.GetFiles(run, "*.csv").ToDictionary(path => Path.GetFileName(path), File.ReadAllText);
}

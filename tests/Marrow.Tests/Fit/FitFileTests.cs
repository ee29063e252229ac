using Marrow.Cli;
using Marrow.Networks.Diagnostics;
using Marrow.Networks.Provenance;
using Marrow.Tests.Cli;
using Marrow.Tests.House;
using Marrow.Trials.Fit;
using Marrow.Trials.Studies;

namespace Marrow.Tests.Fit;

public sealed class FitFileTests : IDisposable
{
    private readonly FitFiles _files = new();

    public void Dispose() => _files.Dispose();

    [Fact]
    public void Every_problem_of_a_fit_is_found_at_once_with_its_line()
    {
        _files.Replace("fit.yaml", "{id: Cl,", "{id: Clearance,");
        _files.Replace("fit.yaml", "{id: Vc, prior: log_normal, sd: 0.5, reason: test}", "{id: Vc, prior: log_normal, sd: -1}");
        _files.Replace("fit.yaml", "into: Central", "into: Centre");
        _files.Replace("targets.csv", "c0.5,bolus", "c0.5,blous");
        _files.Replace("targets.csv", "c1,bolus,Concentration,,at 1", "c1,bolus,Concentrate,,at 1");
        _files.Replace("targets.csv", "c2,bolus,Concentration,,at 2", "c2,bolus,Concentration,,peak 2");
        _files.Replace("targets.csv", "at 30,median", "at 40,median");
        var bag = new DiagnosticBag();
        Assert.Null(FitLoader.Load(_files.File, bag));
        string[] codes = [.. bag.Items.Select(d => d.Code)];
        foreach (var code in new[] { "MRW8101", "MRW8102", "MRW8103", "MRW7010", "MRW8105", "MRW8107", "MRW8106", "MRW8108" }) Assert.Contains(code, codes);
        Assert.All(bag.Items, d => Assert.True(d.Where.Line > 0, d.ToString()));
        Assert.Contains(bag.Items, d => d.Try.Contains("'bolus'", StringComparison.Ordinal));
    }

    [Fact]
    public void A_scenario_of_a_disease_is_told_in_the_sentences_of_experiments_and_what_they_name_must_be_there()
    {
        var root = Repository.Root.Replace('\\', '/');
        _files.Replace("fit.yaml", "scenarios:", $"repository: {root}\nscenarios:\n  car_t: {{disease: bcp_all, days: 8, do: start overt; regimen tisagenlecleucl; rhoo = 1; fly}}\n  here: {{disease: bcp_all, days: 8, do: start overt; days 9}}");
        var bag = new DiagnosticBag();
        Assert.Null(FitLoader.Load(_files.File, bag));
        foreach (var what in new[] { "tisagenlecleucl", "'rhoo'", "'fly'", "keys for disease and days" })
            Assert.Contains(bag.Items, d => d.What.Contains(what, StringComparison.Ordinal) && d.Where.Line > 0);
    }

    [Fact]
    public void The_command_writes_what_it_found_and_the_fitted_table_lies_over_the_model()
    {
        _files.WriteTargets(0.45, 2.2, 1.6, 4.0);
        var result = CommandLine.Run("fit", _files.File, "--out", _files.PathOf("out"));
        Assert.Equal(ExitCode.Done, result.Code);
        Assert.Contains("sum of squares", result.Output, StringComparison.Ordinal);
        Assert.Contains("iteration 1", result.Error, StringComparison.Ordinal);
        foreach (var name in new[] { "posteriors.csv", "misfit.csv", "influence.csv", "fitted.csv", "uncertainty.csv", "uncertainty_correlations.csv", "misfit.md", "manifest.json" })
            Assert.True(File.Exists(_files.PathOf($"out/{name}")), name);
        var bag = new DiagnosticBag();
        var table = ParameterTable.Load(_files.PathOf("out/fitted.csv"), bag);
        Assert.Empty(bag.Items);
        Assert.All(table.Rows, r => Assert.Equal(ParameterKind.Fitted, r.Kind));
        // Four digits are kept of a value known to about a percent.
        Assert.Equal(0.45, table.Find("Cl")!.Value, 0.01);
        Assert.NotNull(ModelLoader.Load(_files.PathOf("pk.ant"), [_files.PathOf("out/fitted.csv")], bag, strict: false));
    }

    [Fact]
    public void Evaluation_alone_predicts_at_the_medians_and_fits_nothing()
    {
        var result = CommandLine.Run("fit", _files.File, "--evaluate", "--out", _files.PathOf("out"));
        Assert.Equal(ExitCode.Done, result.Code);
        Assert.Contains("1 points simulated", result.Output, StringComparison.Ordinal);
        Assert.False(File.Exists(_files.PathOf("out/fitted.csv")));
    }

    [Fact]
    public void Wrong_input_and_wrong_usage_have_their_own_exit_codes()
    {
        Assert.Equal(ExitCode.WrongInput, CommandLine.Run("fit", _files.PathOf("none.yaml")).Code);
        Assert.Equal(ExitCode.Usage, CommandLine.Run("fit", _files.File, "--method", "guess").Code);
        Assert.Equal(ExitCode.Unfinished, CommandLine.Run("fit", _files.File, "--resume", "--out", _files.PathOf("nothing")).Code);
    }

    [Theory]
    [InlineData(FitMethod.GaussNewton)]
    [InlineData(FitMethod.Cma)]
    public void A_killed_fit_goes_on_to_the_same_bytes(FitMethod method)
    {
        _files.WriteTargets(0.4, 2.5, 1.3, 3);
        _files.Replace("fit.yaml", "iterations: 30", "iterations: 6");
        var whole = Run("whole", method);
        Assert.True(Run("torn", method).Simulated > 10);
        var journal = _files.PathOf("torn/" + Journal.FileName);
        var bytes = File.ReadAllBytes(journal);
        int[] lines = [.. Enumerable.Range(0, bytes.Length).Where(i => bytes[i] == '\n')];
        File.WriteAllBytes(journal, bytes[..(lines[lines.Length / 2] + 30)]);
        foreach (var table in Directory.EnumerateFiles(_files.PathOf("torn"), "*.csv")) File.Delete(table);
        var resumed = Run("torn", method, resume: true);
        Assert.InRange(resumed.Simulated, 1, whole.Simulated - 1);
        string[] tables = [.. Directory.EnumerateFiles(_files.PathOf("whole"), "*.csv")];
        Assert.True(tables.Length >= 4);
        foreach (var table in tables) Assert.Equal(File.ReadAllBytes(table), File.ReadAllBytes(_files.PathOf("torn/" + Path.GetFileName(table))));
    }

    [Fact]
    public void A_fit_of_other_inputs_is_not_resumed()
    {
        Run("run", FitMethod.GaussNewton);
        _files.Replace("fit.yaml", "seed: 11", "seed: 12");
        Assert.Contains("other inputs", Assert.Throws<StudyException>(() => Run("run", FitMethod.GaussNewton, resume: true)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_target_without_prediction_at_the_start_is_named()
    {
        _files.Replace("targets.csv", "c30,bolus,Concentration,,at 30,median", "c30,bolus,Peripheral,,doubling 29 29.1,median");
        Assert.Contains("c30", Assert.Throws<StudyException>(() => Run("run", FitMethod.GaussNewton)).Message, StringComparison.Ordinal);
    }

    private FitResult Run(string folder, FitMethod method, bool resume = false)
    {
        var bag = new DiagnosticBag();
        var problem = FitLoader.Load(_files.File, bag);
        Assert.Empty(bag.Items);
        return FitRunner.Run(problem!, new FitOptions { OutputFolder = _files.PathOf(folder), Method = method, Resume = resume, Threads = 1 }, null, TestContext.Current.CancellationToken);
    }
}

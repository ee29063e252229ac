using Marrow.Networks.Diagnostics;
using Marrow.Numerics.Random;
using Marrow.Tests.Cli;

namespace Marrow.Tests.Exchange;

/// <summary>What is wrong with a problem is found all at once, with its place and a remedy.</summary>
public sealed class PetabCheckTests : IDisposable
{
    private readonly PetabFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_sound_problem_has_no_problems()
    {
        Assert.Empty(_folder.Check());
        var found = CommandLine.Run("check", _folder.Problem);
        Assert.Equal(Marrow.Cli.ExitCode.Done, found.Code);
        Assert.Contains("PEtab problem: 1 measurement, 1 observable, 1 experiment, 1 parameter (1 estimated)", found.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void Every_table_is_read_to_its_end_before_anything_is_refused()
    {
        _folder.Table("conditions", "conditionId|A|Z", "c0|strat|1", "c0|1|1", "2c|1|1");
        _folder.Table("parameters", "parameterId|parameterScale|lowerBound|upperBound|nominalValue|estimate", "k|lin|2|1|0.25|1", "start|log|-1|10|x|maybe", "both|lin|0|1|1|1", "k|lin|0|1|1|1");
        _folder.Table("observables", "observableId|observableFormula|noiseFormula|observableTransformation", "o|A +|0.5|lin", "p|a * (A|1|ln", "q|A|observableParameter2_q|log");
        _folder.Table("measurements", "observableId|simulationConditionId|measurement|time|observableParameters", "p|c0|1|2|", "qq|c1|one|2|", "q|c0|0|-1|1;2;3");
        var found = _folder.Check();
        string[] expected =
        [
            "conditions.tsv:3:1 MRW9204", "conditions.tsv:4:1 MRW9203", "conditions.tsv:2:4 MRW9205", "conditions.tsv:2:10 MRW9205",
            "parameters.tsv:2:7 MRW9210", "parameters.tsv:3:17 MRW9206", "parameters.tsv:3:19 MRW9206", "parameters.tsv:4:1 MRW9209", "parameters.tsv:5:1 MRW9204",
            "observables.tsv:2:6 MRW9207", "observables.tsv:3:9 MRW9207", "observables.tsv:3:12 MRW9206", "observables.tsv:4:3 MRW9208",
            "measurements.tsv:3:1 MRW9205", "measurements.tsv:3:4 MRW9205", "measurements.tsv:3:7 MRW9206", "measurements.tsv:4:8 MRW9212", "measurements.tsv:4:6 MRW9211", "measurements.tsv:4:11 MRW9208",
        ];
        Assert.Equal(expected.Order(), found.Where(d => d.Severity == Severity.Error).Select(d => $"{Path.GetFileName(d.Where.File)}:{d.Where.Line}:{d.Where.Column} {d.Code}").Order());
        Assert.All(found, d => Assert.True(d.Try.Length > 0, d.ToString()));
    }

    [Fact]
    public void A_misspelt_name_is_suggested()
    {
        _folder.Table("observables", "observableId|observableFormula|noiseFormula", "o|scaling * A|0.5");
        _folder.Table("parameters", "parameterId|parameterScale|lowerBound|upperBound|nominalValue|estimate", "scalling|lin|0|10|0.25|1");
        var problem = Assert.Single(_folder.Check(), d => d.Severity == Severity.Error);
        Assert.Equal(("MRW9205", 2, 3, 7), (problem.Code, problem.Where.Line, problem.Where.Column, problem.Where.Length));
        Assert.Contains("scalling", problem.Try, StringComparison.Ordinal);
        Assert.Contains(_folder.Check(), d => d is { Severity: Severity.Warning, Code: "MRW9214" });
    }

    [Theory]
    [InlineData("format_version: 3\nproblems: []", "MRW5970")]
    [InlineData("format_version: 1\nparameter_file: parameters.tsv\nproblems:\n- sbml_files: [model.xml, other.xml]\n  condition_files: [conditions.tsv]\n  measurement_files: [measurements.tsv]\n  observable_files: [observables.tsv]", "MRW5971")]
    [InlineData("format_version: 2.0.0\nmodel_files: {m: {language: bngl, location: model.xml}}\nparameter_files: [parameters.tsv]\nmeasurement_files: []\nobservable_files: []", "MRW5972")]
    [InlineData("format_version: 2.0.0\nextensions: {sciml: {version: 1.0.0, required: true}}\nmodel_files: {}\nparameter_files: [parameters.tsv]\nmeasurement_files: []\nobservable_files: []", "MRW5973")]
    [InlineData("format_version: 1\nparameter_file: missing.tsv\nproblems:\n- sbml_files: [none.xml]\n  condition_files: [conditions.tsv]\n  measurement_files: [measurements.tsv]\n  observable_files: [observables.tsv]", "MRW9202")]
    public void What_the_problem_file_asks_for_and_cannot_have_is_named(string yaml, string code)
    {
        _folder.Write("problem.yaml", yaml);
        Assert.Contains(_folder.Check(), d => d.Code == code && d.Severity == Severity.Error);
    }

    [Fact]
    public void A_wrong_column_of_a_long_table_is_not_reported_row_by_row_without_end()
    {
        _folder.Table("measurements", ["observableId|simulationConditionId|measurement|time", .. Enumerable.Range(0, 5000).Select(i => $"o{i}|c0|1|2")]);
        Assert.InRange(_folder.Check().Count, 1, 200);
    }

    [Fact]
    public void The_command_evaluates_writes_the_table_and_refuses_what_it_cannot_do()
    {
        var table = _folder.PathOf("out/simulated.tsv");
        var found = CommandLine.Run("fit", _folder.Problem, "--evaluate", "--json", "--out", table);
        Assert.Equal(Marrow.Cli.ExitCode.Done, found.Code);
        Assert.Contains("\"logLikelihood\": ", found.Output, StringComparison.Ordinal);
        Assert.StartsWith("observableId\tsimulationConditionId\tsimulation\ttime\n", File.ReadAllText(table), StringComparison.Ordinal);
        Assert.Equal(Marrow.Cli.ExitCode.NotSupported, CommandLine.Run("fit", _folder.Problem).Code);
        Assert.Equal(Marrow.Cli.ExitCode.Usage, CommandLine.Run("fit", _folder.Problem, "--evaluate", "--rtol", "0").Code);
        _folder.Table("conditions", "conditionId", "other");
        Assert.Equal(Marrow.Cli.ExitCode.WrongInput, CommandLine.Run("fit", _folder.Problem, "--evaluate").Code);
    }

    [Theory]
    [InlineData("problem.yaml")]
    [InlineData("conditions.tsv")]
    [InlineData("parameters.tsv")]
    [InlineData("observables.tsv")]
    [InlineData("measurements.tsv")]
    public void A_file_changed_at_random_is_read_or_explained(string file)
    {
        string[] pieces = ["\t", "\n", "\r", "\"", "'", ";", ":", "-", "[", "{", "(", ")", "^", "\0", "\uFEFF", "é", "1e999", "nan", "inf", "-inf", "A", "k", "time", "c0", "&a", "*a", "#"];
        var random = new RandomKey(20261122, Purpose.Of("changed PEtab files"), (ulong)file.Length, 0).Stream();
        var text = File.ReadAllText(_folder.PathOf(file));
        for (var change = 0; change < 200; change++)
        {
            var changed = text;
            for (var k = random.Below(4); k >= 0; k--)
            {
                var at = random.Below(changed.Length);
                changed = changed.Remove(at, Math.Min(random.Below(3), changed.Length - at)).Insert(at, pieces[random.Below(pieces.Length)]);
            }
            _folder.Write(file, changed);
            Assert.All(_folder.Check(), d => Assert.NotEmpty(d.What));
        }
    }

    [Theory]
    [InlineData("problem.yaml")]
    [InlineData("conditions.tsv")]
    [InlineData("parameters.tsv")]
    [InlineData("observables.tsv")]
    [InlineData("measurements.tsv")]
    public void A_file_cut_off_at_any_byte_is_read_or_explained(string file)
    {
        var text = File.ReadAllText(_folder.PathOf(file));
        for (var length = 0; length < text.Length; length++)
        {
            _folder.Write(file, text[..length]);
            Assert.All(_folder.Check(), d => Assert.NotEmpty(d.What));
        }
    }
}

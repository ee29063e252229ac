using Marrow.Cli;
using Marrow.Tests.Studies;

namespace Marrow.Tests.Cli;

/// <summary>Malformed models, tables and studies, as people make them: each is a clear error with its place, and nothing is written.</summary>
public sealed class MalformedInputTests : IDisposable
{
    private const string Model = """
        model growth()
          unit G = 1e9 item;
          compartment Body = 1;
          substanceOnly species Blasts in Body;
          Blasts has G; Division has day^-1; Capacity has G;
          Growth: -> Blasts; Division * Blasts * (1 - Blasts / Capacity);
          Share := Blasts / Capacity;
          Free := 1 - Share;
        end
        """;

    private const string Table = """
        id,value,unit,lower,upper,distribution,kind,source,locator,system,note
        Blasts,1,G,,,,assumed,,,human,start of the growth phase
        Division,0.05,1/d,0.01,0.2,lognormal(0.3),measured,10.1000/example,Table 2,human,
        Capacity,1000,G,,,,assumed,,,human,a full marrow
        """;

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void The_model_and_the_table_are_sound_before_they_are_broken()
    {
        var (model, table) = Write(Model, Table);
        var result = CommandLine.Run("check", model, table);
        Assert.Equal(ExitCode.Done, result.Code);
        Assert.Contains("1 measured", result.Output, StringComparison.Ordinal);
    }

    public static TheoryData<string, string, string, string, int> BrokenModels => new()
    {
        { "wrong unit", "Free := 1 - Share", "Free := Capacity - Share", "MRW30", 8 },
        { "unknown name", "Division * Blasts *", "Divison * Blasts *", "MRW4010", 6 },
        { "unknown function", "Share := Blasts", "Share := expp(Blasts)", "MRW2008", 7 },
        { "cyclic rule", "Blasts / Capacity;\n  Free", "Free * Blasts / Capacity;\n  Free", "MRW2010", 8 },
        { "truncated file", "Free := 1 - Share;\nend", "Free := 1 - (Sha", "MRW1006", 8 },
        { "unknown compartment", "in Body", "in Boddy", "MRW2013", 4 },
    };

    [Theory]
    [MemberData(nameof(BrokenModels))]
    public void A_broken_model_is_reported_at_its_line(string fault, string sound, string broken, string code, int line)
    {
        var (model, _) = Write(Broken(Model, sound, broken), Table);
        AssertReported(model, code, line, fault);
    }

    public static TheoryData<string, string, string, string, int> BrokenTables => new()
    {
        { "missing source", "10.1000/example", "", "MRW4004", 3 },
        { "missing reason", "a full marrow", "", "MRW4005", 4 },
        { "missing unit", "Capacity,1000,G,", "Capacity,1000,,", "MRW4003", 4 },
        { "unknown unit", "0.05,1/d", "0.05,1/dy", "MRW30", 3 },
        { "not a number", "0.05", "0.o5", "MRW4002", 3 },
        { "outside its range", "0.05", "0.5", "MRW4007", 3 },
        { "duplicate id", "Capacity,1000", "Division,1000", "MRW4009", 4 },
        { "unknown kind", "measured", "mesured", "MRW4006", 3 },
    };

    [Theory]
    [MemberData(nameof(BrokenTables))]
    public void A_broken_table_is_reported_at_its_line(string fault, string sound, string broken, string code, int line)
    {
        var (_, table) = Write(Model, Broken(Table, sound, broken));
        AssertReported(table, code, line, fault);
    }

    [Fact]
    public void A_parameter_without_a_row_is_reported_where_the_model_uses_it()
    {
        var (model, _) = Write(Model, Table[..Table.IndexOf("Capacity,", StringComparison.Ordinal)]);
        var result = CommandLine.Run("check", model);
        Assert.Equal(ExitCode.WrongInput, result.Code);
        Assert.Contains("MRW4010", result.Output, StringComparison.Ordinal);
        Assert.Contains("Capacity", result.Output, StringComparison.Ordinal);
    }

    public static TheoryData<string, string, string, string, string> BrokenStudies => new()
    {
        { "negative dose", "regimen", "amount: 30", "amount: -30", "MRW7006" },
        { "unknown drug", "regimen", "drug: fludarabine", "drug: fludarabin", "MRW7010" },
        { "dose without a fitting unit", "regimen", "unit: mg/m2", "unit: ug/m2", "MRW7008" },
        { "bad YAML", "study", "seed: 20150408", "seed: [1, 2", "MRW7002" },
        { "missing file", "study", "populations/eliana.yaml", "populations/elaina.yaml", "MRW7001" },
        { "unknown key", "study", "patients: 1000", "patiens: 1000", "MRW7003" },
    };

    [Theory]
    [MemberData(nameof(BrokenStudies))]
    public void A_broken_study_is_reported_in_the_file_at_fault(string fault, string which, string sound, string broken, string code)
    {
        using var files = new StudyFiles();
        var file = which == "study" ? files.Study : files.Regimen;
        files.Replace(file, sound, broken);
        var result = CommandLine.Run("check", files.Study);
        Assert.Equal(ExitCode.WrongInput, result.Code);
        var message = Assert.Single(result.Output.Split('\n'), text => text.Contains($"error {code}:", StringComparison.Ordinal));
        Assert.StartsWith($"{Path.GetFullPath(file)}:", message, StringComparison.Ordinal);
        Assert.True(message.Length > file.Length + 30, $"{fault}: the message says too little: {message}");
    }

    [Fact]
    public void Every_problem_of_every_file_is_reported_at_once_and_counted()
    {
        var (model, table) = Write(Broken(Broken(Model, "Share := Blasts", "Share := expp(Blasts)"), "in Body", "in Boddy"), Broken(Table, "10.1000/example", ""));
        var result = CommandLine.Run("check", model, table);
        foreach (var code in new[] { "MRW2008", "MRW2013", "MRW4004" })
            Assert.Contains(code, result.Output, StringComparison.Ordinal);
        Assert.Contains("3 errors", result.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void Problems_come_as_one_JSON_document_for_programs()
    {
        var (model, table) = Write(Broken(Model, "Division * Blasts *", "Divison * Blasts *"), Table);
        using var document = System.Text.Json.JsonDocument.Parse(CommandLine.Run("check", "--json", model, table).Output);
        var root = document.RootElement;
        Assert.Equal(["format", "errors", "warnings", "files", "problems"], root.EnumerateObject().Select(p => p.Name));
        Assert.Equal(1, root.GetProperty("format").GetInt32());
        Assert.Equal(1, root.GetProperty("errors").GetInt32());
        Assert.Equal([model, table], root.GetProperty("files").EnumerateArray().Select(f => f.GetProperty("path").GetString()));
        var problem = root.GetProperty("problems")[0];
        Assert.Equal(["file", "line", "column", "length", "severity", "code", "message", "why", "remedy"], problem.EnumerateObject().Select(p => p.Name));
        Assert.Equal(("MRW4010", 6), (problem.GetProperty("code").GetString(), problem.GetProperty("line").GetInt32()));
        Assert.True(problem.GetProperty("column").GetInt32() > 1);
    }

    [Fact]
    public void Warnings_fail_only_where_the_command_is_strict()
    {
        var (model, _) = Write(Broken(Model, "compartment Body = 1;", "compartment Body = 1; substanceOnly species Idle in Body; Idle has G;"), Table);
        var result = CommandLine.Run("check", model);
        Assert.Equal(ExitCode.Done, result.Code);
        Assert.Contains($"{model}:3:47: warning MRW2020", result.Output, StringComparison.Ordinal);
        Assert.Equal(ExitCode.WrongInput, CommandLine.Run("check", "--strict", model).Code);
    }

    [Fact]
    public void A_file_that_is_not_there_and_a_file_of_an_unknown_kind_are_errors()
    {
        var picture = _folder.Write("picture.png", "");
        var result = CommandLine.Run("check", _folder.PathOf("nothing.ant"), picture);
        Assert.Equal(ExitCode.WrongInput, result.Code);
        Assert.Contains("MRW8001", result.Output, StringComparison.Ordinal);
        Assert.Contains("MRW8002", result.Output, StringComparison.Ordinal);
    }

    private (string Model, string Table) Write(string model, string table)
    {
        _folder.Write("parameters.csv", Table[..(Table.IndexOf('\n', StringComparison.Ordinal) + 1)]);
        return (_folder.Write("growth.ant", model), _folder.Write("growth.csv", table));
    }

    private static string Broken(string text, string sound, string broken)
    {
        Assert.Contains(sound, text, StringComparison.Ordinal);
        return text.Replace(sound, broken, StringComparison.Ordinal);
    }

    private void AssertReported(string file, string code, int line, string fault)
    {
        var before = Directory.GetFileSystemEntries(_folder.Root);
        var result = CommandLine.Run("check", file);
        Assert.Equal(ExitCode.WrongInput, result.Code);
        Assert.True(result.Output.Contains($"{file}:{line}", StringComparison.Ordinal), $"{fault}: no message names line {line}:\n{result.Output}");
        Assert.Contains($"error {code}", result.Output, StringComparison.Ordinal);
        Assert.Equal(before, Directory.GetFileSystemEntries(_folder.Root));
    }
}

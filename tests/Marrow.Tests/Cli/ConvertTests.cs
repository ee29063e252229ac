using Marrow.Cli;

namespace Marrow.Tests.Cli;

public class ConvertTests
{
    private const string Model = "// decay\nmodel *decay( )\nspecies A=1;k=0.1 # per day\nJ:A=>;k*A\nend\n";

    [Fact]
    public void A_file_is_formatted_in_place_and_keeps_its_comments()
    {
        using var folder = new TemporaryFolder();
        var path = folder.Write("decay.ant", Model);

        Assert.Equal(ExitCode.Done, CommandLine.Run("convert", path, path).Code);
        Assert.Equal("// decay\nmodel *decay()\n  species A = 1; k = 0.1  # per day\n  J: A => ; k*A\nend\n", File.ReadAllText(path));
    }

    [Fact]
    public void A_flat_model_simulates_alike()
    {
        using var folder = new TemporaryFolder();
        var (from, to) = (folder.Write("decay.ant", Model), folder.PathOf("flat.ant"));

        Assert.Equal(ExitCode.Done, CommandLine.Run("convert", "--flat", from, to).Code);
        Assert.Equal(CommandLine.Run("simulate", from, "--end", "10", "--points", "5").Output, CommandLine.Run("simulate", to, "--end", "10", "--points", "5").Output);
    }

    [Fact]
    public void What_is_wrong_is_reported_and_nothing_is_written()
    {
        using var folder = new TemporaryFolder();
        var (from, to) = (folder.Write("bad.ant", "J: A -> B; k*"), folder.PathOf("out.ant"));

        var result = CommandLine.Run("convert", from, to);
        Assert.Equal(ExitCode.WrongInput, result.Code);
        Assert.Contains("MRW1001", result.Error, StringComparison.Ordinal);
        Assert.False(File.Exists(to));
    }

    /// <summary>A model with a rule, an event and a delay in it, whose course would show a change of any of them.</summary>
    private const string Whole = """
        model whole()
          compartment C = 2;
          species A in C, B in C; substanceOnly species N in C;
          A = 5; B = 0; N = 3; k = 0.3; Total := A + B; slow' = 0.1*A; slow = 1;
          J: A -> B; C*k*A
          L: N => ; 0.2*N
          at (time > 4): A = 5;
        end
        """;

    [Fact]
    public void An_archive_of_a_model_gives_the_course_of_the_model()
    {
        using var folder = new TemporaryFolder();
        var (model, archive) = (folder.Write("whole.ant", Whole), folder.PathOf("whole.omex"));
        string[] times = ["--start", "1", "--end", "9", "--points", "17"];
        Assert.Equal(ExitCode.Done, CommandLine.Run(["convert", model, archive, .. times]).Code);
        var run = CommandLine.Run("simulate", archive, "--out", folder.PathOf("out"));
        Assert.True(run.Code == ExitCode.Done, run.Error);
        var (header, rows) = CommandLine.Run(["simulate", model, .. times]).Table();
        var (names, found) = CsvTable.Parse(File.ReadAllText(folder.PathOf("out/course.csv")));
        Assert.Equal(header, names);
        Assert.Equal(17, found.Length);
        // The equations are the same, in the order of another text; 1e-8 of a value is what SED-ML documents promise.
        for (var row = 0; row < rows.Length; row++) Assert.Equal(rows[row], found[row], (a, b) => Math.Abs(a - b) <= 1e-8 * Math.Max(1, Math.Abs(a)));
        Assert.True(File.Exists(folder.PathOf("out/plots.html")));
    }

    [Fact]
    public void An_archive_of_the_same_question_has_the_same_bytes()
    {
        using var folder = new TemporaryFolder();
        var model = folder.Write("decay.ant", Model);
        foreach (var name in new[] { "a/decay.omex", "b/decay.omex" }) Assert.Equal(ExitCode.Done, CommandLine.Run("convert", model, folder.PathOf(name), "--species", "A").Code);
        Assert.Equal(File.ReadAllBytes(folder.PathOf("a/decay.omex")), File.ReadAllBytes(folder.PathOf("b/decay.omex")));
        Assert.Equal(ExitCode.Done, CommandLine.Run("simulate", folder.PathOf("a/decay.omex"), "--out", folder.PathOf("out")).Code);
        Assert.StartsWith("time,A\n0,1\n", File.ReadAllText(folder.PathOf("out/course.csv")), StringComparison.Ordinal);
    }

    [Fact]
    public void An_archive_called_like_its_own_list_can_be_read()
    {
        using var folder = new TemporaryFolder();
        var model = folder.Write("decay.ant", Model);
        foreach (var name in new[] { "manifest.omex", "MANIFEST.omex", ".omex" })
        {
            Assert.Equal(ExitCode.Done, CommandLine.Run("convert", model, folder.PathOf(name)).Code);
            var run = CommandLine.Run("simulate", folder.PathOf(name), "--out", folder.PathOf("out"));
            Assert.True(run.Code == ExitCode.Done, run.Error);
        }
    }

    [Theory]
    [InlineData("--points", "2000000000")]
    [InlineData("--points", "1000002")]
    [InlineData("--flat")]
    public void What_an_archive_cannot_have_is_refused(params string[] options)
    {
        using var folder = new TemporaryFolder();
        var result = CommandLine.Run(["convert", folder.Write("decay.ant", Model), folder.PathOf("decay.omex"), .. options]);
        Assert.Equal(ExitCode.Usage, result.Code);
        Assert.Contains(options[0], result.Error, StringComparison.Ordinal);
        Assert.False(File.Exists(folder.PathOf("decay.omex")));
    }

    [Fact]
    public void An_archive_of_more_values_than_its_reader_takes_is_not_written()
    {
        using var folder = new TemporaryFolder();
        var model = folder.Write("many.ant", $"model many()\n{string.Concat(Enumerable.Range(0, 20).Select(i => $" J{i}: A{i} -> ; A{i}; A{i} = 1;\n"))}end\n");
        var result = CommandLine.Run("convert", model, folder.PathOf("many.omex"), "--points", "1000001");
        Assert.Equal(ExitCode.NotSupported, result.Code);
        Assert.Contains("1000001 times of 20 quantities", result.Error, StringComparison.Ordinal);
        Assert.False(File.Exists(folder.PathOf("many.omex")));
    }

    [Fact]
    public void A_question_belongs_to_an_archive_and_an_archive_is_not_converted()
    {
        using var folder = new TemporaryFolder();
        var model = folder.Write("decay.ant", Model);
        Assert.Equal(ExitCode.Usage, CommandLine.Run("convert", model, folder.PathOf("decay.xml"), "--end", "5").Code);
        Assert.Equal(ExitCode.Usage, CommandLine.Run("convert", model, folder.PathOf("decay.omex"), "--end", "-5").Code);
        Assert.Contains("MRW8003", CommandLine.Run("convert", model, folder.PathOf("decay.omex"), "--species", "Z").Error, StringComparison.Ordinal);
        Assert.Equal(ExitCode.Done, CommandLine.Run("convert", model, folder.PathOf("decay.omex")).Code);
        var back = CommandLine.Run("convert", folder.PathOf("decay.omex"), folder.PathOf("back.ant"));
        Assert.Equal(ExitCode.NotSupported, back.Code);
        Assert.Contains("MRW5990", back.Error, StringComparison.Ordinal);
        Assert.Contains("try: marrow simulate, which runs it", CommandLine.Run("convert", folder.PathOf("decay.omex"), folder.PathOf("again.omex")).Error, StringComparison.Ordinal);
        Assert.Contains("try: an OUT that ends in .omex", CommandLine.Run("convert", model, folder.PathOf("decay.sedx")).Error, StringComparison.Ordinal);
    }
}

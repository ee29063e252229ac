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

    [Fact]
    public void A_format_that_cannot_be_converted_yet_is_named()
    {
        using var folder = new TemporaryFolder();

        var result = CommandLine.Run("convert", folder.Write("decay.ant", Model), folder.PathOf("decay.omex"));
        Assert.Equal(ExitCode.NotSupported, result.Code);
        Assert.Contains("MRW5990", result.Error, StringComparison.Ordinal);
    }
}

using Marrow.Cli;
using Marrow.Tests.Cli;

namespace Marrow.Tests.Malformed;

/// <summary>Inputs of the commands that read no study: what they refuse they explain, and what they would write does not appear.</summary>
public sealed class CommandInputTests(Desk desk) : IClassFixture<Desk>
{
    [Theory]
    [InlineData("k*S", "k*S*(2", "MRW1006")]
    [InlineData("k*S", "\"k*S", "MRW1003")]
    [InlineData("k = 0.5", "k = 0.5.5", "MRW1")]
    [InlineData("end\n", "", "MRW1005")]
    public void A_model_that_cannot_be_read_is_not_converted_and_the_old_file_stays(string find, string replace, string code)
    {
        var text = desk.Text("own.ant");
        var broken = desk.Write("broken.ant", text[..text.LastIndexOf(find, StringComparison.Ordinal)] + replace + text[(text.LastIndexOf(find, StringComparison.Ordinal) + find.Length)..]);
        var old = desk.Write("old.ant", "x = 1");
        var before = desk.Contents();
        foreach (var to in new[] { desk.PathOf("out/new.ant"), old })
        {
            foreach (string[] command in new[] { new[] { "convert", broken, to }, ["convert", broken, to, "--flat"] })
            {
                var result = CommandLine.Run(command);
                Assert.Equal(ExitCode.WrongInput, result.Code);
                Assert.Contains($"{broken}:", result.Error, StringComparison.Ordinal);
                Assert.Contains($"error {code}", result.Error, StringComparison.Ordinal);
                Assert.Contains("; try: ", result.Error, StringComparison.Ordinal);
            }
        }
        Assert.Equal(before, desk.Contents());
        Assert.Equal("x = 1", File.ReadAllText(old));
    }

    [Theory]
    [InlineData("own.ant", "own.sedx", (int)ExitCode.NotSupported, "MRW5990")]
    [InlineData("own.ant", "own.txt", (int)ExitCode.WrongInput, "MRW8002")]
    [InlineData("nobody.ant", "out.ant", (int)ExitCode.WrongInput, "MRW8001")]
    public void A_conversion_that_cannot_be_is_refused_by_name(string from, string to, int exit, string code)
    {
        var before = desk.Contents();
        var result = CommandLine.Run("convert", desk.PathOf(from), desk.PathOf(to));
        Assert.Equal(exit, (int)result.Code);
        Assert.Contains($"error {code}: ", result.Error, StringComparison.Ordinal);
        Assert.Equal(before, desk.Contents());
    }

    [Theory]
    [InlineData("--set", "kk=1", "MRW8003")]
    [InlineData("--set", "Double=1", "MRW8004")]
    [InlineData("--species", "SS", "MRW8003")]
    [InlineData("--table", "nobody.csv", "MRW8001")]
    public void An_option_that_names_what_the_model_lacks_is_explained(string option, string value, string code)
    {
        var before = desk.Contents();
        var result = CommandLine.Run("simulate", desk.PathOf("own.ant"), option, value, "--out", desk.PathOf("out/course.csv"));
        Assert.Equal(ExitCode.WrongInput, result.Code);
        Assert.Contains($"error {code}: ", result.Error, StringComparison.Ordinal);
        Assert.Contains("; try: ", result.Error, StringComparison.Ordinal);
        Assert.Equal(before, desk.Contents());
    }
}

using Marrow.Cli;
using Marrow.Tests.Cli;
using Marrow.Tests.House;

namespace Marrow.Tests.Malformed;

/// <summary>The models and studies of the repository pass the check that they ask of others.</summary>
public sealed class RepositoryCheckTests
{
    [Fact]
    public void No_input_of_the_repository_has_an_error()
    {
        string[] files =
        [
            .. new[] { "models", "studies" }.SelectMany(folder => new[] { "*.csv", "*.yaml", "*.ant" }.SelectMany(kind => Repository.Files(folder, kind)))
                // Fits read everything again; their own tests do so.
                .Where(file => !Repository.Relative(file).StartsWith("models/fit/", StringComparison.Ordinal)),
        ];
        Assert.True(files.Length > 150, $"{files.Length}");
        var result = CommandLine.Run(["check", .. files]);
        Assert.True(result.Code == ExitCode.Done, string.Join('\n', result.Output.Split('\n').Where(line => line.Contains(": error ", StringComparison.Ordinal))));
    }
}

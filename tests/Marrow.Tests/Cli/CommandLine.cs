using Marrow.Cli;

namespace Marrow.Tests.Cli;

/// <summary>Runs command lines inside the test process.</summary>
internal static class CommandLine
{
    public static CommandResult Run(params string[] arguments)
    {
        using var output = new StringWriter();
        using var error = new StringWriter();
        var code = MarrowCommand.RunAsync(arguments, output, error).GetAwaiter().GetResult();
        return new CommandResult(code, output.ToString(), error.ToString());
    }
}

internal sealed record CommandResult(ExitCode Code, string Output, string Error)
{
    /// <summary>The table on standard output: header, then rows of numbers.</summary>
    public (string[] Header, double[][] Rows) Table() => CsvTable.Parse(Output);
}

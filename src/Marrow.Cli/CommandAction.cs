using System.CommandLine;
using Marrow.Cli.Output;
using Marrow.Networks.Diagnostics;
using Marrow.Trials.Studies;

namespace Marrow.Cli;

/// <summary>What every command has in common: it can be interrupted, and what goes wrong becomes a message and an exit code.</summary>
internal static class CommandAction
{
    internal static void SetAction(this Command command, Func<ParseResult, CancellationToken, ExitCode> run) =>
        command.SetAction((result, cancel) => Task.Run(() => (int)Guarded(result, run, cancel), CancellationToken.None));

    private static ExitCode Guarded(ParseResult result, Func<ParseResult, CancellationToken, ExitCode> run, CancellationToken cancel)
    {
        var error = result.InvocationConfiguration.Error;
        try
        {
            return run(result, cancel);
        }
        catch (InputException problem)
        {
            DiagnosticPrinter.Print(problem.Diagnostics, error);
            return Refusal.Of(problem.Diagnostics);
        }
        catch (OperationCanceledException)
        {
            error.WriteLine("marrow: interrupted.");
            return ExitCode.Unfinished;
        }
        catch (Exception problem) when (problem is StudyException or InvalidDataException or IOException or UnauthorizedAccessException)
        {
            error.WriteLine($"marrow: could not finish: {problem.Message}");
            return ExitCode.Unfinished;
        }
    }
}

using System.CommandLine;
using System.CommandLine.Invocation;
using Marrow.Cli.Commands;

namespace Marrow.Cli;

/// <summary>The <c>marrow</c> command: the only place where readers, engines and writers are put together.</summary>
internal static class MarrowCommand
{
    private const string Description =
        "Marrow simulates leukaemia and the immune system, for one patient or a whole trial.\nFor research use only: not for decisions about the care of a patient.";

    // A run that is interrupted closes its journal first, so that --resume finds every finished patient.
    private static readonly TimeSpan TimeToStop = TimeSpan.FromSeconds(30);

    /// <summary>Runs one command line and returns its exit code; data goes to <paramref name="output"/>, everything else to <paramref name="error"/>.</summary>
    internal static async Task<ExitCode> RunAsync(IReadOnlyList<string> arguments, TextWriter output, TextWriter error)
    {
        var parsed = Create().Parse(arguments);
        var configuration = new InvocationConfiguration
        {
            Output = output,
            Error = error,
            EnableDefaultExceptionHandler = false,
            ProcessTerminationTimeout = TimeToStop,
        };
        if (parsed.Action is not ParseErrorAction parseError)
            return (ExitCode)await parsed.InvokeAsync(configuration).ConfigureAwait(false);
        parseError.ShowHelp = false;
        configuration.Output = error;
        await parsed.InvokeAsync(configuration).ConfigureAwait(false);
        await error.WriteLineAsync(Usage.Hint).ConfigureAwait(false);
        return ExitCode.Usage;
    }

    private static RootCommand Create() => new(Description)
    {
        RunCommand.Create(), CompareCommand.Create(), SimulateCommand.Create(), FitCommand.Create(), EffectsCommand.Create(), FactsCommand.Create(), ElasticitiesCommand.Create(), CheckCommand.Create(), ConvertCommand.Create(), ModelsCommand.Create(), DiagramCommand.Create(), NewCommand.Create(),
    };
}

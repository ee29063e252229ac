using Marrow.Networks.Diagnostics;

namespace Marrow.Cli;

/// <summary>The exit code for an input that is not run.</summary>
internal static class Refusal
{
    /// <summary>Not supported if that is all that is wrong with it; otherwise wrong.</summary>
    internal static ExitCode Of(IEnumerable<Diagnostic> problems) =>
        problems.Where(problem => problem.Severity == Severity.Error).All(problem => ErrorCodes.IsNotSupported(problem.Code)) ? ExitCode.NotSupported : ExitCode.WrongInput;
}

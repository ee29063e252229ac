using Marrow.Networks.Diagnostics;

namespace Marrow.Cli.Output;

/// <summary>Prints problems as people read them: one each, then how many there are.</summary>
internal static class DiagnosticPrinter
{
    internal static void Print(IReadOnlyCollection<Diagnostic> problems, TextWriter error)
    {
        foreach (var problem in problems) error.WriteLine(problem);
        if (problems.Count > 0) error.WriteLine(Summary(problems));
    }

    /// <summary>"2 errors, 1 warning"; notes are not counted.</summary>
    internal static string Summary(IReadOnlyCollection<Diagnostic> problems) =>
        $"{Count(problems, Severity.Error, "error")}, {Count(problems, Severity.Warning, "warning")}";

    private static string Count(IReadOnlyCollection<Diagnostic> problems, Severity severity, string noun)
    {
        var count = problems.Count(problem => problem.Severity == severity);
        return count == 1 ? $"1 {noun}" : $"{count} {noun}s";
    }
}

using Marrow.Networks.Diagnostics;

namespace Marrow.Cli.Output;

/// <summary>Prints problems as people read them: one each, then how many there are.</summary>
internal static class DiagnosticPrinter
{
    internal static void Print(IReadOnlyCollection<Diagnostic> problems, TextWriter error)
    {
        // A foreign model may have hundreds of wrong units, none of which changes what is computed.
        var units = problems.Where(p => ErrorCodes.IsUnitOfSbml(p.Code)).GroupBy(p => p.Where.File).Where(g => g.Count() > 1).ToDictionary(g => g.Key, g => g.ToList(), StringComparer.Ordinal);
        foreach (var problem in problems.Where(p => !(ErrorCodes.IsUnitOfSbml(p.Code) && units.ContainsKey(p.Where.File)))) error.WriteLine(problem);
        foreach (var (file, list) in units)
            error.WriteLine($"{file}: warning {list[0].Code}: {list.Count} places where units do not fit together by the rules of SBML; the numbers are used as they are; try: 'marrow check {file}' lists them");
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

using System.CommandLine;
using Marrow.Cli.Output;
using Marrow.Networks.Diagnostics;
using Marrow.Reports;
using Marrow.Trials.Comparisons;

namespace Marrow.Cli.Commands;

/// <summary><c>marrow compare</c>: two finished runs side by side.</summary>
internal static class CompareCommand
{
    private static readonly Argument<string> First = new("A") { Description = "Folder of a finished run." };
    private static readonly Argument<string> Second = new("B") { Description = "Folder of another." };
    private static readonly Option<bool> All = new("--all") { Description = "Print endpoints that are the same, too." };
    private static readonly Option<string?> Out = new("--out") { Description = "File for the endpoints of both runs, as CSV.", HelpName = "FILE" };

    internal static Command Create()
    {
        var command = new Command("compare", "Two finished runs side by side: what went in, endpoints, curves, and what became of the same patients.") { First, Second, All, Out };
        command.SetAction((arguments, _) => Run(arguments));
        return command;
    }

    private static ExitCode Run(ParseResult arguments)
    {
        var (output, error) = (arguments.InvocationConfiguration.Output, arguments.InvocationConfiguration.Error);
        var bag = new DiagnosticBag();
        var (a, b) = (FinishedRun.Load(arguments.GetRequiredValue(First), bag), FinishedRun.Load(arguments.GetRequiredValue(Second), bag));
        if (a is null || b is null)
        {
            DiagnosticPrinter.Print(bag.Items, error);
            return Refusal.Of(bag.Items);
        }
        var comparison = RunComparer.Compare(a, b);
        output.WriteLine($"A: {a.Folder}");
        output.WriteLine($"B: {b.Folder}");
        PlainTables.Write(ComparisonWords.Tables(comparison, arguments.GetValue(All)), output);
        output.WriteLine(ComparisonWords.Verdict(comparison));
        if (arguments.GetValue(Out) is { } file) WholeFile.Write(file, writer => ComparisonFile.Write(comparison, writer));
        return ExitCode.Done;
    }
}

using System.CommandLine;
using Marrow.Cli.Inputs;
using Marrow.Cli.Output;
using Marrow.Networks.Diagnostics;

namespace Marrow.Cli.Commands;

/// <summary><c>marrow check</c>: every problem of the files, and nothing else.</summary>
internal static class CheckCommand
{
    private static readonly Argument<string[]> Files = new("FILE")
    {
        Description = "Models (.ant), tables (.csv), studies, populations, regimens, fits, PEtab problems and other inputs (.yaml), SED-ML documents and archives (.sedml, .omex).",
        Arity = ArgumentArity.OneOrMore,
    };

    private static readonly Option<bool> Json = new("--json") { Description = "One JSON document, for programs." };
    private static readonly Option<bool> Strict = new("--strict") { Description = "Exit code 1 for warnings, too." };

    internal static Command Create()
    {
        var command = new Command("check", "Every problem of models, tables and studies, with place and remedy; exit code 1 if any is an error.") { Files, Json, Strict };
        command.SetAction((result, _) => Run(result));
        return command;
    }

    private static ExitCode Run(ParseResult result)
    {
        var output = result.InvocationConfiguration.Output;
        var all = new DiagnosticBag();
        var files = new List<CheckedFile>();
        var checker = new FileChecker();
        foreach (var file in result.GetRequiredValue(Files))
        {
            var bag = new DiagnosticBag();
            var contents = checker.Check(file, bag);
            // A file that several others name is reported once.
            CheckedFile found = new(file, contents, [.. CheckedFile.InOrder(bag.Items, file).Except(all.Items)], bag.HasErrors);
            all.AddRange(found.Problems);
            files.Add(found);
            if (!result.GetValue(Json)) Print(found, output);
        }
        if (result.GetValue(Json)) output.WriteLine(CheckDocument.Of(files));
        else if (all.Items.Count > 0) output.WriteLine(DiagnosticPrinter.Summary(all.Items));
        var refused = all.HasErrors || files.Exists(f => f.HasErrors) || (result.GetValue(Strict) && all.Items.Any(d => d.Severity == Severity.Warning));
        return refused ? ExitCode.WrongInput : ExitCode.Done;
    }

    private static void Print(CheckedFile file, TextWriter output)
    {
        foreach (var problem in file.Problems) output.WriteLine(problem);
        if (!file.HasErrors) output.WriteLine($"{file.Path}: {file.Contents}");
    }
}

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
        Description = "Models (.ant), parameter tables (.csv), studies, populations and regimens (.yaml).",
        Arity = ArgumentArity.OneOrMore,
    };

    private static readonly Option<bool> Json = new("--json") { Description = "One JSON object per problem, for programs." };

    internal static Command Create()
    {
        var command = new Command("check", "Every problem of models, tables and studies, with place and remedy; exit code 1 if any is an error.") { Files, Json };
        command.SetAction((result, _) => Run(result));
        return command;
    }

    private static ExitCode Run(ParseResult result)
    {
        var output = result.InvocationConfiguration.Output;
        var json = result.GetValue(Json);
        var all = new DiagnosticBag();
        foreach (var file in result.GetRequiredValue(Files))
        {
            var bag = new DiagnosticBag();
            var contents = FileChecker.Check(file, bag);
            foreach (var problem in bag.Items.Except(all.Items)) output.WriteLine(json ? JsonDiagnostic.Of(problem) : problem.ToString());
            if (!json && !bag.HasErrors) output.WriteLine($"{file}: {contents}");
            all.AddRange(bag.Items);
        }
        if (!json && all.Items.Count > 0) output.WriteLine(DiagnosticPrinter.Summary(all.Items));
        return all.HasErrors ? ExitCode.WrongInput : ExitCode.Done;
    }
}

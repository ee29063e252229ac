using System.CommandLine;
using System.Globalization;
using Marrow.Cli.Inputs;
using Marrow.Cli.Output;
using Marrow.Networks.Diagnostics;
using Marrow.Trials.Fit;

namespace Marrow.Cli.Commands;

/// <summary><c>marrow elasticities</c>: how shares of patients follow every parameter.</summary>
internal static class ElasticitiesCommand
{
    private static readonly Argument<string> InputFile = new("FILE") { Description = "Scenarios and outcomes (.yaml), such as models/fit/elasticities.yaml." };
    private static readonly Option<string?> Out = new("--out") { Description = "Folder for the results [runs/NAME].", HelpName = "DIR" };
    private static readonly Option<int?> Patients = new("--patients") { Description = "Virtual patients, in place of the file's number.", HelpName = "N" };
    private static readonly Option<bool> Resume = new("--resume") { Description = "Go on with the run in the folder." };
    private static readonly Option<int?> Threads = new("--threads") { Description = "Threads [one a processor]; results do not depend on it.", HelpName = "T" };
    private static readonly Option<ulong?> Seed = new("--seed") { Description = "Seed of every random number, in place of the file's.", HelpName = "S" };

    internal static Command Create()
    {
        foreach (var option in new[] { Patients, Threads })
        {
            option.Validators.Add(result =>
            {
                if (result.Tokens is [var token] && int.TryParse(token.Value, out var value) && value < 1) result.AddError($"{option.Name} must be at least 1.");
            });
        }
        var command = new Command("elasticities", "Elasticities of shares of patients to every parameter.") { InputFile, Out, Patients, Resume, Threads, Seed };
        command.SetAction(Run);
        return command;
    }

    private static ExitCode Run(ParseResult arguments, CancellationToken cancel)
    {
        var (output, error) = (arguments.InvocationConfiguration.Output, arguments.InvocationConfiguration.Error);
        var path = arguments.GetRequiredValue(InputFile);
        var bag = new DiagnosticBag();
        ElasticityProblem? problem = null;
        if (File.Exists(path)) problem = ElasticityProblem.Load(path, arguments.GetValue(Patients), bag);
        else bag.Add(CommandErrors.FileMissing.At(new SourceSpan(path, 0, 0, 1), "no such file"));
        DiagnosticPrinter.Print(bag.Items, error);
        if (problem is null) return Refusal.Of(bag.Items);

        var folder = arguments.GetValue(Out) ?? RunFolder.Choose(path, arguments.GetValue(Resume));
        var options = new FitOptions
        {
            OutputFolder = folder,
            Resume = arguments.GetValue(Resume),
            Threads = arguments.GetValue(Threads) ?? 0,
            Seed = arguments.GetValue(Seed),
        };
        IReadOnlyList<Elasticity> all;
        try
        {
            all = ElasticityRunner.Run(problem, options, (done, total) => error.WriteLine($"{done} of {total} parameters"), cancel);
        }
        catch (OperationCanceledException)
        {
            error.WriteLine($"marrow: interrupted; finished parameters are kept. To go on: marrow elasticities {path} --out {folder} --resume");
            return ExitCode.Unfinished;
        }
        foreach (var outcome in problem.Outcomes)
        {
            output.WriteLine(outcome);
            foreach (var e in all.Where(e => e.Outcome == outcome && !double.IsNaN(e.Value)).OrderByDescending(e => Math.Abs(e.Value)).Take(10))
                output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"  {e.Parameter,-20} {e.Value,7:0.00}  [{e.Lower:0.00}, {e.Upper:0.00}]  {e.Kind}"));
        }
        output.WriteLine(Path.Combine(folder, "elasticities.md"));
        return ExitCode.Done;
    }
}

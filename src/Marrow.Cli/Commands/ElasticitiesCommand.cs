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
    private static readonly Argument<string> ProblemFile = new("FILE") { Description = "Scenarios and outcomes (.yaml), such as models/fit/elasticities.yaml." };
    private static readonly Option<string?> Out = CommonOptions.Out("Folder for the results [runs/NAME].");
    private static readonly Option<int?> Patients = CommonOptions.Patients("Virtual patients, in place of the file's number.");
    private static readonly Option<bool> Resume = CommonOptions.Resume("finished parameters are");
    private static readonly Option<int?> Threads = CommonOptions.Threads();
    private static readonly Option<ulong?> Seed = CommonOptions.Seed(", in place of the file's");

    internal static Command Create()
    {
        var command = new Command("elasticities", "Elasticities of shares of patients to every parameter.") { ProblemFile, Out, Patients, Resume, Threads, Seed };
        command.SetAction(Run);
        return command;
    }

    private static ExitCode Run(ParseResult arguments, CancellationToken cancel)
    {
        var (output, error) = (arguments.InvocationConfiguration.Output, arguments.InvocationConfiguration.Error);
        var path = arguments.GetRequiredValue(ProblemFile);
        var bag = new DiagnosticBag();
        var problem = InputFile.Read(path, bag, file => ElasticityProblem.Load(file, arguments.GetValue(Patients), bag));
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

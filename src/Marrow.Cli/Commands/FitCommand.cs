using System.CommandLine;
using System.Globalization;
using Marrow.Cli.Inputs;
using Marrow.Cli.Output;
using Marrow.Exchange.Petab;
using Marrow.Networks.Diagnostics;
using Marrow.Trials.Fit;

namespace Marrow.Cli.Commands;

/// <summary><c>marrow fit</c>: parameters from published targets.</summary>
internal static class FitCommand
{
    private const string GaussNewton = "gauss-newton", Cma = "cma";

    private static readonly Argument<string> FitFile = new("FIT") { Description = "Fit (.yaml): scenarios, parameters with priors, and a table of targets; or a PEtab problem (.yaml), with --evaluate." };
    private static readonly Option<string?> Out = CommonOptions.Out("Folder for the results [runs/NAME]; of a PEtab problem, file for the simulation table.");
    private static readonly Option<bool> Resume = CommonOptions.Resume("evaluated points are");
    private static readonly Option<int?> Threads = CommonOptions.Threads();
    private static readonly Option<ulong?> Seed = CommonOptions.Seed(", in place of the fit's");
    private static readonly Option<string?> Method = new("--method") { Description = "gauss-newton (derivatives by differences) or cma (evolution strategy), in place of the fit's.", HelpName = "METHOD" };
    private static readonly Option<bool> Evaluate = new("--evaluate") { Description = "Only predict the targets at the priors' medians, or a PEtab problem's measurements at its nominal values." };
    private static readonly Option<bool> Json = new("--json") { Description = "Of a PEtab problem: the figures as one JSON document." };
    private static readonly Option<bool> Write = new("--write") { Description = "Put the fitted values into the models' parameter tables, and keep posteriors, influence and misfits beside FIT." };

    private static readonly Option<double?> RelativeTolerance = new("--rtol") { Description = "Of a PEtab problem: relative tolerance [1e-10].", HelpName = "R" };
    private static readonly Option<double?> AbsoluteTolerance = new("--atol") { Description = "Of a PEtab problem: absolute tolerance [1e-16].", HelpName = "A" };

    internal static Command Create()
    {
        Method.AcceptOnlyFromAmong(GaussNewton, Cma);
        var command = new Command("fit", "Estimate parameters of models from published targets.") { FitFile, Out, Resume, Threads, Seed, Method, Evaluate, Write, Json, RelativeTolerance, AbsoluteTolerance };
        command.Validators.Add(result =>
        {
            foreach (var option in new[] { RelativeTolerance, AbsoluteTolerance })
                if (result.GetValue(option) is { } value && !(value > 0 && double.IsFinite(value))) result.AddError($"{option.Name} must be above 0.");
            if (result.GetValue(Evaluate) && result.GetValue(Write)) result.AddError("--evaluate fits nothing that --write could write.");
        });
        command.SetAction(Run);
        return command;
    }

    private static ExitCode Run(ParseResult arguments, CancellationToken cancel)
    {
        var (output, error) = (arguments.InvocationConfiguration.Output, arguments.InvocationConfiguration.Error);
        var path = arguments.GetRequiredValue(FitFile);
        var bag = new DiagnosticBag();
        if (InputFile.Find(path, new DiagnosticBag()) is { } found && PetabProblem.Recognises(found))
        {
            return new PetabFit(found, arguments.GetValue(Evaluate), arguments.GetValue(Out), arguments.GetValue(Json), arguments.GetValue(RelativeTolerance), arguments.GetValue(AbsoluteTolerance))
                .Run(output, error, cancel);
        }
        var problem = InputFile.Read(path, bag, file => FitLoader.Load(file, bag));
        DiagnosticPrinter.Print(bag.Items, error);
        if (problem is null) return Refusal.Of(bag.Items);

        var folder = arguments.GetValue(Out) ?? RunFolder.Choose(path, arguments.GetValue(Resume));
        error.WriteLine($"{problem.Title}: {problem.Parameters.Count} parameters, {problem.Targets.Count} targets; {problem.Size}. For research use only.");
        FitResult result;
        try
        {
            result = FitRunner.Run(problem, Options(arguments, folder), new Lines(error), cancel);
        }
        catch (OperationCanceledException)
        {
            error.WriteLine($"marrow: interrupted; evaluated points are kept. To go on: marrow fit {path} --out {folder} --resume");
            return ExitCode.Unfinished;
        }
        Print(result, folder, output);
        if (arguments.GetValue(Write))
        {
            foreach (var file in FittedValues.Write(result)) output.WriteLine($"wrote {file}");
        }
        return ExitCode.Done;
    }

    private static FitOptions Options(ParseResult arguments, string folder) => new()
    {
        OutputFolder = folder,
        Resume = arguments.GetValue(Resume),
        Threads = arguments.GetValue(Threads) ?? 0,
        Seed = arguments.GetValue(Seed),
        Method = arguments.GetValue(Method) switch { Cma => FitMethod.Cma, GaussNewton => FitMethod.GaussNewton, _ => null },
        EvaluateOnly = arguments.GetValue(Evaluate),
    };

    private static void Print(FitResult result, string folder, TextWriter output)
    {
        static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
        var width = result.Problem.Targets.Max(t => t.Id.Length);
        output.WriteLine($"{"Target".PadRight(width)}  {"Published",10}  {"Before",10}  {"After",10}  Misfit, spreads");
        for (var i = 0; i < result.Problem.Targets.Count; i++)
        {
            var t = result.Problem.Targets[i];
            output.WriteLine(Text($"{t.Id.PadRight(width)}  {t.Published,10:G4}  {result.Before[i],10:G4}  {result.After[i],10:G4}  {result.MisfitsBefore[i],6:0.0} -> {result.MisfitsAfter[i]:0.0}"));
        }
        output.WriteLine(Text($"sum of squares {result.ObjectiveBefore:G6} -> {result.ObjectiveAfter:G6}; {result.Simulated} points simulated; seed {result.Problem.Seed}"));
        output.WriteLine(Path.Combine(folder, "misfit.md"));
    }

    private sealed class Lines(TextWriter error) : IProgress<FitProgress>
    {
        public void Report(FitProgress value) =>
            error.WriteLine(double.IsNaN(value.Objective)
                ? string.Create(CultureInfo.InvariantCulture, $"{value.Points} points simulated, for the first derivatives")
                : string.Create(CultureInfo.InvariantCulture, $"iteration {value.Iteration}: {value.Points} points, sum of squares {value.Objective:G6}"));
    }
}

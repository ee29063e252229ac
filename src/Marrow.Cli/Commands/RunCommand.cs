using System.CommandLine;
using Marrow.Cli.Inputs;
using Marrow.Cli.Output;
using Marrow.Networks.Diagnostics;
using Marrow.Reports;
using Marrow.Trials.Studies;

namespace Marrow.Cli.Commands;

/// <summary><c>marrow run</c>: a study, from virtual patients to tables and report.</summary>
internal static class RunCommand
{
    private const string ReportFile = "report.html";

    private static readonly Argument<string> StudyFile = new("STUDY") { Description = "Study (.yaml), the folder of one, or the name of one in studies/." };
    private static readonly Option<string?> Out = CommonOptions.Out("Folder for the results [runs/NAME].");
    private static readonly Option<int?> Patients = CommonOptions.Patients("Virtual patients to enrol, in place of the study's number.");
    private static readonly Option<ulong?> Seed = CommonOptions.Seed(", in place of the study's");
    private static readonly Option<int?> Threads = CommonOptions.Threads();
    private static readonly Option<bool> Resume = CommonOptions.Resume("finished patients are");

    internal static Command Create()
    {
        var command = new Command("run", "Run a study: a virtual trial, its tables and its report.") { StudyFile, Out, Patients, Seed, Threads, Resume };
        command.SetAction(Run);
        return command;
    }

    private static ExitCode Run(ParseResult arguments, CancellationToken cancel)
    {
        var (output, error) = (arguments.InvocationConfiguration.Output, arguments.InvocationConfiguration.Error);
        var bag = new DiagnosticBag();
        var path = StudyPath.Find(arguments.GetRequiredValue(StudyFile), bag);
        var study = path is null ? null : StudyLoader.Load(path, bag);
        DiagnosticPrinter.Print(bag.Items, error);
        if (bag.HasErrors || study is null) return Refusal.Of(bag.Items);

        var folder = arguments.GetValue(Out) ?? RunFolder.Choose(path!, arguments.GetValue(Resume));
        var options = new RunOptions
        {
            OutputFolder = folder,
            Patients = arguments.GetValue(Patients),
            Seed = arguments.GetValue(Seed),
            Threads = arguments.GetValue(Threads) ?? 0,
            Resume = arguments.GetValue(Resume),
        };
        error.WriteLine($"{study.Title}: {options.Patients ?? study.Patients} virtual patients, {study.FollowUpMonths} months. For research use only.");
        StudyResult result;
        try
        {
            result = RunProgressView.Show(error, options.Patients ?? study.Patients, progress => StudyRunner.Run(study, options, progress, cancel));
        }
        catch (OperationCanceledException)
        {
            error.WriteLine($"marrow: interrupted; finished patients are kept. To go on: marrow run {path} --out {folder} --resume");
            return ExitCode.Unfinished;
        }
        var report = Path.Combine(folder, ReportFile);
        ReportWriter.Write(result, report);
        RunSummary.Print(result, report, output);
        return result.TooManyFailures ? ExitCode.TooManyFailures : ExitCode.Done;
    }
}

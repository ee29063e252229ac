using Marrow.Trials.Studies;
using Spectre.Console;

namespace Marrow.Cli.Output;

/// <summary>Shows how far a run has come: a bar on a terminal, a line for every tenth elsewhere.</summary>
internal static class RunProgressView
{
    private const int Lines = 10;

    internal static StudyResult Show(TextWriter error, int total, Func<IProgress<RunProgress>, StudyResult> run)
    {
        if (!ReferenceEquals(error, Console.Error) || Console.IsErrorRedirected) return run(new LineProgress(error));
        var console = AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(error) });
        return console.Progress()
            .Columns(new TaskDescriptionColumn(), new ProgressBarColumn(), new PercentageColumn(), new RemainingTimeColumn())
            .Start(context =>
            {
                var task = context.AddTask("virtual patients", maxValue: total);
                return run(new BarProgress(task));
            });
    }

    private static string Failed(in RunProgress progress) => progress.Failed > 0 ? $", {progress.Failed} failed" : "";

    private sealed class BarProgress(ProgressTask task) : IProgress<RunProgress>
    {
        public void Report(RunProgress value)
        {
            task.Value = value.Done;
            task.Description = $"virtual patients{Failed(value)}";
        }
    }

    private sealed class LineProgress(TextWriter error) : IProgress<RunProgress>
    {
        private readonly Lock _lock = new();
        private int _printed;

        public void Report(RunProgress value)
        {
            lock (_lock)
            {
                var tenth = value.Total == 0 ? 0 : (int)((long)value.Done * Lines / value.Total);
                if (tenth <= _printed) return;
                _printed = tenth;
                error.WriteLine($"{value.Done} of {value.Total} virtual patients{Failed(value)}");
            }
        }
    }
}

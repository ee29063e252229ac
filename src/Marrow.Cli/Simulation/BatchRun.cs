using Marrow.Cli.Inputs;
using Marrow.Cli.Output;
using Marrow.Networks.Diagnostics;

namespace Marrow.Cli.Simulation;

/// <summary>Many simulations in one process. A run that fails leaves no table, and a run that is not supported a file that says why.</summary>
internal sealed class BatchRun(string folder, TextWriter error)
{
    // The error of a solution is the sum of local errors, some hundred times the tolerance of each step.
    private const double Margin = 1e-4;
    private const double TightestRelative = 1e-12;
    private const double TightestAbsolute = 1e-20;

    /// <summary>Runs every row, and says how many were done.</summary>
    internal ExitCode Run(IReadOnlyList<BatchRow> rows, CancellationToken cancel)
    {
        var worst = ExitCode.Done;
        foreach (var row in rows)
        {
            cancel.ThrowIfCancellationRequested();
            var code = Run(row, cancel);
            if (code != ExitCode.Done && (worst is ExitCode.Done or ExitCode.NotSupported)) worst = code;
        }
        return worst;
    }

    private ExitCode Run(BatchRow row, CancellationToken cancel)
    {
        var bag = new DiagnosticBag();
        try
        {
            var columns = ModelSource.Load(row.Sbml, [], bag) is { } model ? OutputColumns.Choose(model.Network, row.Variables ?? [], row.Amount ?? [], row.Concentration ?? [], bag) : null;
            if (columns is null || bag.HasErrors) return Refuse(row, bag.Items);
            var course = Simulator.Run(columns, row.Grid.ToTimes(), Math.Max(TightestRelative, (row.Relative ?? 1e-4) * Margin), Math.Max(TightestAbsolute, (row.Absolute ?? 1e-7) * Margin), cancel);
            if (course.Note is { } note) error.WriteLine($"{row.Case}: {note}");
            if (course.Failure is { } failure) return Fail(row, failure);
            WholeFile.Write(row.Output ?? Path.Combine(folder, row.Case + ".csv"), course.Table.WriteCsv);
            return ExitCode.Done;
        }
        catch (InputException problem)
        {
            return Refuse(row, problem.Diagnostics);
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
        {
            return Fail(row, problem.Message);
        }
    }

    private ExitCode Refuse(BatchRow row, IReadOnlyList<Diagnostic> problems)
    {
        var first = problems.First(p => p.Severity == Severity.Error);
        error.WriteLine($"{row.Case}: {first}");
        var code = Refusal.Of(problems);
        if (code == ExitCode.NotSupported)
            WholeFile.Write(row.Unsupported ?? Path.Combine(folder, row.Case + ".unsupported"), writer => writer.WriteLine($"{first.Code}: {first.What}"));
        return code;
    }

    private ExitCode Fail(BatchRow row, string why)
    {
        error.WriteLine($"{row.Case}: {why}");
        return ExitCode.Unfinished;
    }
}

using System.CommandLine;
using System.Globalization;
using Marrow.Cli.Inputs;
using Marrow.Cli.Output;
using Marrow.Cli.Simulation;
using Marrow.Networks.Compilation;
using Marrow.Networks.Diagnostics;
using Marrow.Networks.Simulation;

namespace Marrow.Cli.Commands;

/// <summary><c>marrow simulate</c>: one trajectory of a model, or the spread of many random ones, as a table.</summary>
internal static class SimulateCommand
{
    internal static Command Create()
    {
        var command = new Command("simulate", "One trajectory of a model, or mean and spread of many random ones, as CSV; or what a SED-ML document or archive describes.");
        SimulateOptions.AddTo(command);
        command.SetAction((result, cancel) => Run(new SimulateOptions(result), cancel));
        return command;
    }

    private static ExitCode Run(SimulateOptions options, CancellationToken cancel)
    {
        if (Usage.Refuse(options.Problems(), options.Error)) return ExitCode.Usage;
        if (options.IsDocument) return DocumentRun.Run(options.Model!, options.Out!, options.Error, cancel);
        if (options.Batch is { } manifest) return new BatchRun(options.Out!, options.Error).Run(BatchManifest.Read(manifest), cancel);
        var bag = new DiagnosticBag();
        var (columns, counted, ensemble) = Prepare(options, bag);
        if (options.Doses is { } doses) return Dosed(options, doses, columns, bag, cancel);
        DiagnosticPrinter.Print(bag.Items, options.Error);
        if (bag.HasErrors || columns is null) return Refusal.Of(bag.Items);
        if (ensemble is not null) return RunEnsemble(options, columns, ensemble, cancel);
        if (options.SteadyState) return SteadyStateRun.Run(columns, options.Grid.Start ?? 0, options.Out, options.Output, options.Error, cancel);
        return RunCourse(options, columns, counted, cancel);
    }

    private static ExitCode RunCourse(SimulateOptions options, OutputColumns columns, IReadOnlyList<CountedPopulation> counted, CancellationToken cancel)
    {
        var (table, failure) = Simulate(options, columns, counted, cancel);
        if (failure is not null)
        {
            options.Error.WriteLine($"marrow: {failure}");
            return ExitCode.Unfinished;
        }
        if (options.Out is { } path) WholeFile.Write(path, table.WriteCsv);
        if (options.Plot is { } plot) plot.Draw(table, columns, NoteOf(options), options.Output, options.Error);
        else if (options.Out is null) table.WriteCsv(options.Output);
        return ExitCode.Done;
    }

    private static ExitCode RunEnsemble(SimulateOptions options, OutputColumns columns, EnsembleTable table, CancellationToken cancel)
    {
        var simulator = new EnsembleSimulator(table, columns, options.Grid.ToTimes(), options.Tolerances, options.Error);
        if (options.Out is { } path) WholeFile.Write(path, writer => simulator.Write(writer, cancel));
        else simulator.Write(options.Output, cancel);
        return simulator.Failed > 0 ? ExitCode.TooManyFailures : ExitCode.Done;
    }

    private static ExitCode Dosed(SimulateOptions options, string doses, OutputColumns? columns, DiagnosticBag bag, CancellationToken cancel)
    {
        double[] times = options.Grid.IsGiven ? options.Grid.ToTimes() : [];
        var dosed = columns is null ? null : DosedSimulator.Run(doses, columns, times, options.Tolerances, bag, cancel);
        DiagnosticPrinter.Print(bag.Items, options.Error);
        if (bag.HasErrors || dosed is null) return Refusal.Of(bag.Items);
        foreach (var failure in dosed.Failures) options.Error.WriteLine($"marrow: {failure}");
        if (dosed.Failures.Count > 0) return ExitCode.Unfinished;
        if (options.Out is { } path) WholeFile.Write(path, writer => DosedSimulator.WriteCsv(writer, columns!, dosed));
        else DosedSimulator.WriteCsv(options.Output, columns!, dosed);
        return ExitCode.Done;
    }

    /// <summary>How the curves came about.</summary>
    private static string NoteOf(SimulateOptions options)
    {
        if (!options.IsRandom) return "One course of the differential equations.";
        var way = options.Method switch
        {
            SimulationMethod.Ssa => "Exact stochastic simulation",
            SimulationMethod.Tau => "Stochastic simulation in leaps",
            _ => "Small populations counted one by one",
        };
        var random = options.Random;
        var seed = string.Create(CultureInfo.InvariantCulture, $"seed {random.Seed}");
        return random.Repeats is { } n ? string.Create(CultureInfo.InvariantCulture, $"{way}: mean and one standard deviation to both sides of {n} courses, {seed}.") : $"{way}: one course, {seed}.";
    }

    private static (TrajectoryTable Table, string? Failure) Simulate(
        SimulateOptions options, OutputColumns columns, IReadOnlyList<CountedPopulation> counted, CancellationToken cancel)
    {
        var times = options.Grid.ToTimes();
        if (options.IsRandom) return RepeatedSimulator.Run(columns, counted, times, options.Random, cancel);
        var tolerances = options.Tolerances;
        var course = Simulator.Run(columns, times, tolerances.RelativeTolerance, tolerances.AbsoluteTolerance, cancel);
        if (course.Note is { } note) options.Error.WriteLine($"marrow: {note}");
        return (course.Table, course.Failure);
    }

    private static (OutputColumns? Columns, IReadOnlyList<CountedPopulation> Counted, EnsembleTable? Ensemble) Prepare(SimulateOptions options, DiagnosticBag bag)
    {
        var loaded = ModelSource.Load(options.Model!, options.Tables, bag);
        if (loaded is null) return (null, [], null);
        var network = loaded.Network;
        var counted = options.Counted is { } table ? CountedTable.Read(table, network, bag) : loaded.Counted;
        if (options.Method == SimulationMethod.Hybrid && counted.Count == 0 && !bag.HasErrors)
            bag.Add(CommandErrors.NothingCounted.At(new SourceSpan("--method", 0, 0, 1), $"no population of {network.Name} is marked as counted"));
        foreach (var text in options.Set)
        {
            var (name, value) = Overrides.Parse(text)!.Value;
            network = Overrides.Apply(network, name, value, bag);
        }
        var ensemble = options.Ensemble is { } rows && InputFile.Find(rows, bag) is { } file ? EnsembleTable.Read(file, network, bag) : null;
        if (ensemble is not null) network = network.Open([.. ensemble.Names]);
        return (OutputColumns.Choose(network, options.Species, options.Amount, options.Concentration, bag), counted, ensemble);
    }
}

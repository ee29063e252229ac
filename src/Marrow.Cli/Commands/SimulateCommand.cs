using System.CommandLine;
using System.Globalization;
using Marrow.Cli.Inputs;
using Marrow.Cli.Output;
using Marrow.Cli.Simulation;
using Marrow.Networks.Compilation;
using Marrow.Networks.Diagnostics;
using Marrow.Networks.Simulation;
using Marrow.Numerics.Ode;

namespace Marrow.Cli.Commands;

/// <summary><c>marrow simulate</c>: one trajectory of a model, or the spread of many random ones, as a table.</summary>
internal static class SimulateCommand
{
    private static readonly Argument<string?> Model = new("MODEL") { Description = "Antimony (.ant) or SBML model (.xml), SED-ML document (.sedml) or COMBINE archive (.omex, .sedx); not with --batch.", Arity = ArgumentArity.ZeroOrOne };
    private static readonly Option<double?> Start = new("--start") { Description = "Time at which the model starts [0].", HelpName = "TIME" };
    private static readonly Option<double?> End = new("--end") { Description = "Last time [100].", HelpName = "TIME" };
    private static readonly Option<int?> Points = new("--points") { Description = "Rows, first and last time included [101].", HelpName = "N" };
    private static readonly Option<double?> Duration = new("--duration") { Description = "Time simulated, with --steps instead of --end and --points.", HelpName = "D" };
    private static readonly Option<int?> Steps = new("--steps") { Description = "Intervals within --duration.", HelpName = "N" };
    private static readonly Option<string?> Times = new("--times") { Description = "Times of the rows, such as 0,7,28; the model starts at the first.", HelpName = "T,T,..." };
    private static readonly Option<string[]> Set = new("--set") { Description = "Value of a parameter, or initial value of a species; may be repeated.", HelpName = "NAME=VALUE" };
    private static readonly Option<string[]> Species = new("--species") { Description = "Columns: species, rule variables, parameters or reactions [all that vary].", HelpName = "A,B,..." };
    private static readonly Option<string[]> Amount = new("--amount") { Description = "Species written as amounts.", HelpName = "A,..." };
    private static readonly Option<string[]> Concentration = new("--concentration") { Description = "Species written as concentrations.", HelpName = "B,..." };
    private static readonly Option<double?> RelativeTolerance = new("--rtol") { Description = "Relative tolerance [1e-6].", HelpName = "R" };
    private static readonly Option<double?> AbsoluteTolerance = new("--atol") { Description = "Absolute tolerance [1e-9].", HelpName = "A" };
    private static readonly Option<string[]> Tables = new("--table") { Description = "Parameter table laid over the model; may be repeated, later rows win.", HelpName = "FILE" };
    private static readonly Option<SimulationMethod> Method = new("--method") { Description = "ode: differential equations; ssa: every reaction by itself, exactly; tau: many reactions at once; hybrid: counted populations random while small [auto].", HelpName = "auto|ode|ssa|tau|hybrid" };
    private static readonly Option<int?> Repeats = new("--repeats") { Description = "Repeats of a random simulation; writes mean and standard deviation of each column.", HelpName = "N" };
    private static readonly Option<ulong?> Seed = new("--seed") { Description = "Seed of a random simulation [1].", HelpName = "S" };
    private static readonly Option<double?> Unit = new("--unit") { Description = "What one individual is in the unit of the species, for --method ssa and tau [OneCell of the model, or 1].", HelpName = "U" };
    private static readonly Option<double?> Epsilon = new("--epsilon") { Description = "Relative change of rates within a leap of --method tau [0.03].", HelpName = "E" };
    private static readonly Option<string?> Counted = new("--counted") { Description = "Table of the populations that --method hybrid counts [modules/counted.csv above the model].", HelpName = "FILE" };
    private static readonly Option<string?> Plot = new("--plot") { Description = "Curves at once, in the terminal or in a file (.svg, .html); the table then goes only to --out.", HelpName = "terminal|FILE", Arity = ArgumentArity.ZeroOrOne };
    private static readonly Option<bool> Log = new("--log") { Description = "Logarithmic vertical axes, with --plot." };
    private static readonly Option<string?> Ensemble = new("--ensemble") { Description = "Table with a row a patient and a column a parameter, species or compartment; writes all patients, by id.", HelpName = "TABLE.csv" };
    private static readonly Option<bool> SteadyState = new("--steady-state") { Description = "Where the model comes to rest, instead of a course: a table of names and values." };
    private static readonly Option<string?> Batch = new("--batch") { Description = "Many runs in one process: a JSON object a line; --out is then a folder.", HelpName = "MANIFEST.jsonl" };
    private static readonly Option<string?> Doses = new("--doses") { Description = "Clinical dosing table: every ID is simulated, with rows at its observations and at times given here.", HelpName = "TABLE.csv" };
    private static readonly Option<string?> Out = new("--out") { Description = "File for the table [standard output]; with --batch, a document or an archive a folder.", HelpName = "FILE|DIR" };

    internal static Command Create()
    {
        var command = new Command("simulate", "One trajectory of a model, or mean and spread of many random ones, as CSV; or what a SED-ML document or archive describes.") { Model };
        foreach (var option in Options()) command.Add(option);
        command.SetAction(Run);
        return command;
    }

    private static IEnumerable<Option> Options() =>
    [
        Start, End, Points, Duration, Steps, Times, Set, Species, Amount, Concentration, RelativeTolerance, AbsoluteTolerance, Tables, Method, Repeats, Seed, Unit, Epsilon, Counted, Plot, Log, Ensemble, SteadyState, Batch, Doses, Out,
    ];

    /// <summary>What is wrong with the options taken together; each alone is checked when it is parsed.</summary>
    private static IEnumerable<string> UsageProblems(ParseResult result)
    {
        if (result.GetValue(Batch) is null == result.GetValue(Model) is null) yield return "Name a model, or a manifest with --batch.";
        if (result.GetValue(Batch) is not null && result.GetValue(Out) is null) yield return "--batch needs a folder: --out DIR.";
        if (IsDocument(result) && result.GetValue(Out) is null) yield return "A SED-ML document or archive needs a folder for what it writes: --out DIR.";
        if (IsDocument(result) && Options().Any(option => option != Out && result.GetResult(option) is { Implicit: false }))
            yield return "A SED-ML document or archive says itself what is simulated: only --out stands beside it.";
        if (GridOf(result).Problem() is { } problem) yield return problem;
        foreach (var text in (result.GetValue(Set) ?? []).Where(text => Overrides.Parse(text) is null))
            yield return $"--set '{text}' is not of the form NAME=VALUE, such as --set KillRate=0.5.";
        var method = result.GetValue(Method);
        var random = IsRandom(method);
        if (!random && (result.GetValue(Repeats) is not null || result.GetValue(Seed) is not null)) yield return "--repeats and --seed belong to --method ssa, tau or hybrid.";
        if (result.GetValue(Repeats) is < 2) yield return "--repeats must be at least 2; leave it out for a single course.";
        if (result.GetValue(Unit) is not null && method is not (SimulationMethod.Ssa or SimulationMethod.Tau)) yield return "--unit belongs to --method ssa or tau.";
        if (result.GetValue(Epsilon) is { } epsilon && (method != SimulationMethod.Tau || !(epsilon > 0 && epsilon < 1))) yield return "--epsilon belongs to --method tau, and lies between 0 and 1.";
        if (result.GetValue(Counted) is not null && method != SimulationMethod.Hybrid) yield return "--counted belongs to --method hybrid.";
        if (result.GetValue(Ensemble) is not null && (random || PlotOf(result) is not null || result.GetValue(Doses) is not null)) yield return "--ensemble follows the differential equations and writes a table: not with --method ssa, tau or hybrid, --doses or --plot.";
        if (result.GetValue(Doses) is not null && (method is not (SimulationMethod.Auto or SimulationMethod.Ode) || result.GetValue(Batch) is not null || PlotOf(result) is not null))
            yield return "--doses goes with --method ode, and neither with --batch nor with --plot.";
        if (PlotOf(result)?.Problem() is { } plot) yield return plot;
        if (result.GetValue(SteadyState) && (random || new Option[] { End, Points, Duration, Times, Plot, Ensemble, Doses, Batch }.Any(option => result.GetResult(option) is not null)))
            yield return "--steady-state stands without times, --plot, --ensemble, --doses, --batch and random methods.";
        if (result.GetValue(Log) && PlotOf(result) is null) yield return "--log belongs to --plot.";
        foreach (var option in new[] { RelativeTolerance, AbsoluteTolerance, Unit })
        {
            if (result.GetValue(option) is { } value && !(value > 0 && double.IsFinite(value))) yield return $"{option.Name} must be above 0.";
        }
    }

    private static bool IsRandom(SimulationMethod method) => method is SimulationMethod.Ssa or SimulationMethod.Tau or SimulationMethod.Hybrid;

    private static bool IsDocument(ParseResult result) => result.GetValue(Model) is { } model && DocumentRun.Reads(model);

    private static TimeGrid GridOf(ParseResult result) =>
        new(result.GetValue(Start), result.GetValue(End), result.GetValue(Points), result.GetValue(Duration), result.GetValue(Steps), result.GetValue(Times));

    private static PlotTarget? PlotOf(ParseResult result) =>
        result.GetResult(Plot) is null ? null : new PlotTarget(result.GetValue(Plot) ?? PlotTarget.Terminal, result.GetValue(Log));

    private static ExitCode Run(ParseResult result, CancellationToken cancel)
    {
        var (output, error) = (result.InvocationConfiguration.Output, result.InvocationConfiguration.Error);
        if (Usage.Refuse(UsageProblems(result), error)) return ExitCode.Usage;
        if (IsDocument(result)) return DocumentRun.Run(result.GetValue(Model)!, result.GetValue(Out)!, error, cancel);
        if (result.GetValue(Batch) is { } manifest) return new BatchRun(result.GetValue(Out)!, error).Run(BatchManifest.Read(manifest), cancel);
        var bag = new DiagnosticBag();
        var (columns, counted, ensemble) = Prepare(result, bag);
        if (result.GetValue(Doses) is { } doses) return Dosed(result, doses, columns, bag, cancel);
        DiagnosticPrinter.Print(bag.Items, error);
        if (bag.HasErrors || columns is null) return Refusal.Of(bag.Items);
        if (ensemble is not null) return RunEnsemble(result, columns, ensemble, cancel);
        if (result.GetValue(SteadyState)) return SteadyStateRun.Run(columns, result.GetValue(Start) ?? 0, result.GetValue(Out), output, error, cancel);
        var (table, failure) = Simulate(result, columns, counted, cancel);
        if (failure is not null)
        {
            error.WriteLine($"marrow: {failure}");
            return ExitCode.Unfinished;
        }
        if (result.GetValue(Out) is { } path) WholeFile.Write(path, table.WriteCsv);
        if (PlotOf(result) is { } plot) plot.Draw(table, columns, NoteOf(result), output, error);
        else if (result.GetValue(Out) is null) table.WriteCsv(output);
        return ExitCode.Done;
    }

    private static ExitCode RunEnsemble(ParseResult result, OutputColumns columns, EnsembleTable table, CancellationToken cancel)
    {
        var (relative, absolute) = TolerancesOf(result);
        var options = new StepperOptions { RelativeTolerance = relative, AbsoluteTolerance = absolute };
        var simulator = new EnsembleSimulator(table, columns, GridOf(result).ToTimes(), options, result.InvocationConfiguration.Error);
        if (result.GetValue(Out) is { } path) WholeFile.Write(path, writer => simulator.Write(writer, cancel));
        else simulator.Write(result.InvocationConfiguration.Output, cancel);
        return simulator.Failed > 0 ? ExitCode.TooManyFailures : ExitCode.Done;
    }

    private static (double Relative, double Absolute) TolerancesOf(ParseResult result) =>
        (result.GetValue(RelativeTolerance) ?? Simulator.RelativeTolerance, result.GetValue(AbsoluteTolerance) ?? Simulator.AbsoluteTolerance);

    private static ExitCode Dosed(ParseResult result, string doses, OutputColumns? columns, DiagnosticBag bag, CancellationToken cancel)
    {
        var (output, error) = (result.InvocationConfiguration.Output, result.InvocationConfiguration.Error);
        var (relative, absolute) = TolerancesOf(result);
        var options = new StepperOptions { RelativeTolerance = relative, AbsoluteTolerance = absolute };
        double[] times = GridOf(result).IsGiven ? GridOf(result).ToTimes() : [];
        var dosed = columns is null ? null : DosedSimulator.Run(doses, columns, times, options, bag, cancel);
        DiagnosticPrinter.Print(bag.Items, error);
        if (bag.HasErrors || dosed is null) return Refusal.Of(bag.Items);
        foreach (var failure in dosed.Failures) error.WriteLine($"marrow: {failure}");
        if (dosed.Failures.Count > 0) return ExitCode.Unfinished;
        if (result.GetValue(Out) is { } path) WholeFile.Write(path, writer => DosedSimulator.WriteCsv(writer, columns!, dosed));
        else DosedSimulator.WriteCsv(output, columns!, dosed);
        return ExitCode.Done;
    }

    /// <summary>How the curves came about.</summary>
    private static string NoteOf(ParseResult result)
    {
        var (method, repeats) = (result.GetValue(Method), result.GetValue(Repeats));
        if (!IsRandom(method)) return "One course of the differential equations.";
        var way = method switch
        {
            SimulationMethod.Ssa => "Exact stochastic simulation",
            SimulationMethod.Tau => "Stochastic simulation in leaps",
            _ => "Small populations counted one by one",
        };
        var seed = string.Create(CultureInfo.InvariantCulture, $"seed {result.GetValue(Seed) ?? 1}");
        return repeats is { } n ? string.Create(CultureInfo.InvariantCulture, $"{way}: mean and one standard deviation to both sides of {n} courses, {seed}.") : $"{way}: one course, {seed}.";
    }

    private static (TrajectoryTable Table, string? Failure) Simulate(
        ParseResult result, OutputColumns columns, IReadOnlyList<CountedPopulation> counted, CancellationToken cancel)
    {
        var times = GridOf(result).ToTimes();
        var (relative, absolute) = TolerancesOf(result);
        if (IsRandom(result.GetValue(Method)))
        {
            var settings = new RandomSettings(
                result.GetValue(Method), result.GetValue(Repeats), result.GetValue(Seed) ?? 1, result.GetValue(Unit), result.GetValue(Epsilon) ?? 0.03, relative, absolute);
            return RepeatedSimulator.Run(columns, counted, times, settings, cancel);
        }
        var course = Simulator.Run(columns, times, relative, absolute, cancel);
        if (course.Note is { } note) result.InvocationConfiguration.Error.WriteLine($"marrow: {note}");
        return (course.Table, course.Failure);
    }

    private static (OutputColumns? Columns, IReadOnlyList<CountedPopulation> Counted, EnsembleTable? Ensemble) Prepare(ParseResult result, DiagnosticBag bag)
    {
        var loaded = ModelSource.Load(result.GetValue(Model)!, result.GetValue(Tables) ?? [], bag);
        if (loaded is null) return (null, [], null);
        var network = loaded.Network;
        var counted = result.GetValue(Counted) is { } table ? CountedTable.Read(table, network, bag) : loaded.Counted;
        if (result.GetValue(Method) == SimulationMethod.Hybrid && counted.Count == 0 && !bag.HasErrors)
            bag.Add(CommandErrors.NothingCounted.At(new SourceSpan("--method", 0, 0, 1), $"no population of {network.Name} is marked as counted"));
        foreach (var text in result.GetValue(Set) ?? [])
        {
            var (name, value) = Overrides.Parse(text)!.Value;
            network = Overrides.Apply(network, name, value, bag);
        }
        var ensemble = result.GetValue(Ensemble) is { } rows && InputFile.Find(rows, bag) is { } file ? EnsembleTable.Read(file, network, bag) : null;
        if (ensemble is not null) network = network.Open([.. ensemble.Names]);
        return (OutputColumns.Choose(network, List(result, Species), List(result, Amount), List(result, Concentration), bag), counted, ensemble);
    }

    // An empty list arrives as one empty word from programs that always write every option.
    private static string[] List(ParseResult result, Option<string[]> option) =>
        [.. (result.GetValue(option) ?? []).SelectMany(text => text.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)).Distinct()];
}

using System.CommandLine;
using Marrow.Cli.Inputs;
using Marrow.Cli.Output;
using Marrow.Cli.Simulation;
using Marrow.Networks.Diagnostics;
using Marrow.Numerics.Ode;

namespace Marrow.Cli.Commands;

/// <summary><c>marrow simulate</c>: one trajectory of a model, as a table.</summary>
internal static class SimulateCommand
{
    private static readonly Argument<string> Model = new("MODEL") { Description = "Antimony model (.ant)." };
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
    private static readonly Option<string?> Out = new("--out") { Description = "File for the table [standard output].", HelpName = "FILE" };

    internal static Command Create()
    {
        var command = new Command("simulate", "One trajectory of a model, as CSV.")
        {
            Model, Start, End, Points, Duration, Steps, Times, Set, Species, Amount, Concentration, RelativeTolerance, AbsoluteTolerance, Tables, Out,
        };
        command.SetAction(Run);
        return command;
    }

    /// <summary>What is wrong with the options taken together; each alone is checked when it is parsed.</summary>
    private static IEnumerable<string> UsageProblems(ParseResult result)
    {
        if (GridOf(result).Problem() is { } problem) yield return problem;
        foreach (var text in (result.GetValue(Set) ?? []).Where(text => Overrides.Parse(text) is null))
            yield return $"--set '{text}' is not of the form NAME=VALUE, such as --set KillRate=0.5.";
        foreach (var option in new[] { RelativeTolerance, AbsoluteTolerance })
        {
            if (result.GetValue(option) is { } value && !(value > 0 && double.IsFinite(value))) yield return $"{option.Name} must be above 0.";
        }
    }

    private static TimeGrid GridOf(ParseResult result) =>
        new(result.GetValue(Start), result.GetValue(End), result.GetValue(Points), result.GetValue(Duration), result.GetValue(Steps), result.GetValue(Times));

    private static ExitCode Run(ParseResult result, CancellationToken cancel)
    {
        var (output, error) = (result.InvocationConfiguration.Output, result.InvocationConfiguration.Error);
        if (Usage.Refuse(UsageProblems(result), error)) return ExitCode.Usage;
        var bag = new DiagnosticBag();
        var columns = Prepare(result, bag);
        DiagnosticPrinter.Print(bag.Items, error);
        if (bag.HasErrors || columns is null) return Refusal.Of(bag.Items);
        var (table, report, model) = Simulator.Run(columns, GridOf(result).ToTimes(), result.GetValue(RelativeTolerance) ?? 1e-6, result.GetValue(AbsoluteTolerance) ?? 1e-9, cancel);
        if (report.Outcome != Outcome.Done)
        {
            error.WriteLine($"marrow: {Simulator.Explain(report, model)}");
            return ExitCode.Unfinished;
        }
        if (result.GetValue(Out) is { } path) WholeFile.Write(path, table.WriteCsv);
        else table.WriteCsv(output);
        return ExitCode.Done;
    }

    private static OutputColumns? Prepare(ParseResult result, DiagnosticBag bag)
    {
        var network = ModelSource.Load(result.GetRequiredValue(Model), result.GetValue(Tables) ?? [], bag)?.Network;
        if (network is null) return null;
        foreach (var text in result.GetValue(Set) ?? [])
        {
            var (name, value) = Overrides.Parse(text)!.Value;
            network = Overrides.Apply(network, name, value, bag);
        }
        return OutputColumns.Choose(network, List(result, Species), List(result, Amount), List(result, Concentration), bag);
    }

    // An empty list arrives as one empty word from programs that always write every option.
    private static string[] List(ParseResult result, Option<string[]> option) =>
        [.. (result.GetValue(option) ?? []).SelectMany(text => text.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)).Distinct()];
}

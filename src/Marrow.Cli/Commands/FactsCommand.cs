using System.CommandLine;
using System.Globalization;
using Marrow.Cli.Inputs;
using Marrow.Cli.Output;
using Marrow.Networks.Diagnostics;
using Marrow.Trials.Experiments.Facts;

namespace Marrow.Cli.Commands;

/// <summary><c>marrow facts</c>: published facts beside virtual patients, in units of the published spread.</summary>
internal static class FactsCommand
{
    private const int LeastPatients = 2;

    private static readonly Argument<string?> Table = new("TABLE") { Description = "Table of facts [models/facts.csv].", Arity = ArgumentArity.ZeroOrOne };
    private static readonly Option<int?> Patients = CommonOptions.Patients("Virtual patients for each fact [200].", LeastPatients);
    private static readonly Option<string?> Out = CommonOptions.Out("Folder for facts.csv and the runs of studies [runs/facts]; a run that was stopped goes on there.");
    private static readonly Option<ulong?> Seed = CommonOptions.Seed(" [1]");
    private static readonly Option<int?> Threads = CommonOptions.Threads();
    private static readonly Option<string?> Rows = CommonOptions.Rows("--rows", "Only these facts, such as F001,F032.", "ID,ID");

    internal static Command Create()
    {
        var command = new Command("facts", "Published facts beside virtual patients, in units of the published spread.") { Table, Patients, Out, Seed, Threads, Rows };
        command.SetAction(Run);
        return command;
    }

    private static ExitCode Run(ParseResult arguments, CancellationToken cancel)
    {
        var (output, error) = (arguments.InvocationConfiguration.Output, arguments.InvocationConfiguration.Error);
        var bag = new DiagnosticBag();
        var own = arguments.GetValue(Table);
        if (ModelFolder.Find("experiments", bag, own) is not { } models) return Refused(bag, error);
        var facts = InputFile.Read(own ?? Path.Combine(models, "facts.csv"), bag, file => FactTable.Load(file, bag)) ?? [];
        var ids = arguments.Names(Rows, facts.Select(f => f.Id), bag);
        if (bag.HasErrors) return Refused(bag, error);
        var folder = arguments.GetValue(Out) ?? Path.Combine("runs", "facts");
        Directory.CreateDirectory(folder);
        var chosen = facts.Where(f => ids.Length == 0 || ids.Contains(f.Id)).ToList();
        var results = FactsRunner.Run(chosen, arguments.Experiment(models, folder, Patients, Seed, Threads), folder, bag, new Told(error), cancel);
        if (bag.HasErrors) return Refused(bag, error);
        WholeFile.Write(Path.Combine(folder, "facts.csv"), writer => Write(results, writer));
        Print(results, output);
        return ExitCode.Done;
    }

    private static ExitCode Refused(DiagnosticBag bag, TextWriter error)
    {
        DiagnosticPrinter.Print(bag.Items, error);
        return Refusal.Of(bag.Items);
    }

    /// <summary>The table behind docs/facts.md.</summary>
    private static void Write(IReadOnlyList<FactResult> results, TextWriter writer)
    {
        writer.Write("id,verdict,value,lower,upper,pairs,reason\n");
        foreach (var r in results)
            writer.Write($"{r.Fact.Id},{r.Verdict},{Number(r.Value)},{Number(r.Interval.Lower)},{Number(r.Interval.Upper)},{r.N.ToString(CultureInfo.InvariantCulture)},\"{r.Reason.Replace("\"", "\"\"", StringComparison.Ordinal)}\"\n");
    }

    private static void Print(IReadOnlyList<FactResult> results, TextWriter output)
    {
        foreach (var r in results)
        {
            var distance = double.IsNaN(r.Value) ? r.Reason : string.Create(CultureInfo.InvariantCulture, $"{r.Value:G4}, published {r.Fact.Published:G4}: {r.Fact.Distance(r.Value):+0.0;-0.0;0.0} spreads");
            output.WriteLine($"{r.Fact.Id}  {r.Verdict,-8} {r.Fact.Text}: {distance}");
        }
        var judged = results.Where(r => !double.IsNaN(r.Value)).ToList();
        output.WriteLine($"{judged.Count(r => r.Verdict == "met")} of {judged.Count} facts within {FactResult.Near.ToString(CultureInfo.InvariantCulture)} spreads; {results.Count - judged.Count} without a value.");
    }

    private static string Number(double value) => double.IsFinite(value) ? value.ToString("R", CultureInfo.InvariantCulture) : "";

    /// <summary>Progress as plain lines.</summary>
    private sealed class Told(TextWriter error) : IProgress<string>
    {
        public void Report(string value) => error.WriteLine(value);
    }
}

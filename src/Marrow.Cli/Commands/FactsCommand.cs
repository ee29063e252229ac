using System.CommandLine;
using System.Globalization;
using Marrow.Cli.Output;
using Marrow.Networks.Diagnostics;
using Marrow.Trials.Experiments;
using Marrow.Trials.Experiments.Facts;

namespace Marrow.Cli.Commands;

/// <summary><c>marrow facts</c>: published facts beside virtual patients, in units of the published spread.</summary>
internal static class FactsCommand
{
    private const int DefaultPatients = 200;
    private static readonly Argument<string?> Table = new("TABLE") { Description = "Table of facts [models/facts.csv].", Arity = ArgumentArity.ZeroOrOne };
    private static readonly Option<int> Patients = new("--patients") { Description = "Virtual patients for each fact [200].", HelpName = "N", DefaultValueFactory = _ => DefaultPatients };
    private static readonly Option<string> Out = new("--out") { Description = "Folder for facts.csv and the runs of studies [runs/facts].", HelpName = "DIR", DefaultValueFactory = _ => Path.Combine("runs", "facts") };
    private static readonly Option<ulong> Seed = new("--seed") { Description = "Seed of every random number [1].", HelpName = "S", DefaultValueFactory = _ => 1 };
    private static readonly Option<int> Threads = new("--threads") { Description = "Threads [one a processor]; results do not depend on it.", HelpName = "T" };
    private static readonly Option<string[]> Rows = new("--rows") { Description = "Only these facts, such as F001,F032.", HelpName = "IDS", CustomParser = r => [.. r.Tokens.SelectMany(t => t.Value.Split(','))] };

    internal static Command Create()
    {
        Patients.Validators.Add(result =>
        {
            if (result.Tokens is [var token] && int.TryParse(token.Value, out var value) && value < 2) result.AddError("--patients must be at least 2.");
        });
        var command = new Command("facts", "Published facts beside virtual patients, in units of the published spread.") { Table, Patients, Out, Seed, Threads, Rows };
        command.SetAction(Run);
        return command;
    }

    private static ExitCode Run(ParseResult arguments, CancellationToken cancel)
    {
        var (output, error) = (arguments.InvocationConfiguration.Output, arguments.InvocationConfiguration.Error);
        var bag = new DiagnosticBag();
        if (Inputs.ModelFolder.Find(bag) is not { } models) return Refused(bag, error);
        var facts = FactTable.Load(arguments.GetValue(Table) ?? Path.Combine(models, "facts.csv"), bag);
        var chosen = arguments.GetValue(Rows) is { Length: > 0 } ids ? facts.Where(f => ids.Contains(f.Id)).ToList() : facts;
        if (bag.HasErrors) return Refused(bag, error);
        var folder = arguments.GetRequiredValue(Out);
        Directory.CreateDirectory(folder);
        var options = new EffectsOptions
        {
            Root = Path.GetDirectoryName(models)!,
            Pairs = arguments.GetRequiredValue(Patients),
            Seed = arguments.GetRequiredValue(Seed),
            Threads = arguments.GetValue(Threads),
            Journal = Path.Combine(folder, "journal"),
        };
        var results = FactsRunner.Run(chosen, options, folder, bag, new Told(error), cancel);
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

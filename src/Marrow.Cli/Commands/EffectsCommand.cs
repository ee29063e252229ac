using System.CommandLine;
using System.Text.Json;
using Marrow.Cli.Output;
using Marrow.Networks.Diagnostics;
using Marrow.Trials.Experiments;

namespace Marrow.Cli.Commands;

/// <summary><c>marrow effects</c>: which expected effects of switches and drugs hold, with measured sizes.</summary>
internal static class EffectsCommand
{
    private const int LeastPairs = 2;

    private static readonly Argument<string> Table = new("TABLE") { Description = "Table of expected effects (.csv), such as models/expected_effects.csv." };
    private static readonly Option<int?> Patients = new("--patients") { Description = "Matched pairs for each check [200].", HelpName = "N" };
    private static readonly Option<string?> Out = new("--out") { Description = "Folder for effects.csv, .md and .html [runs/effects]; a run that was stopped goes on there.", HelpName = "DIR" };
    private static readonly Option<ulong?> Seed = new("--seed") { Description = "Seed of every random number [1].", HelpName = "S" };
    private static readonly Option<int?> Threads = new("--threads") { Description = "Threads [one a processor]; results do not depend on it.", HelpName = "T" };
    private static readonly Option<string?> Rows = new("--rows") { Description = "Only these rows, such as E001,E045.", HelpName = "ID,ID" };
    private static readonly Option<string?> Diseases = new("--diseases") { Description = "Only rows of these diseases, such as BCP-ALL,CLL.", HelpName = "D,D" };
    private static readonly Option<bool> Json = new("--json") { Description = "One JSON object per check on standard output, for programs." };

    internal static Command Create()
    {
        Least(Patients, LeastPairs);
        Least(Threads, 1);
        var command = new Command("effects", "Judge a table of expected effects on matched pairs of virtual patients: met, missed or waiting.")
            { Table, Patients, Out, Seed, Threads, Rows, Diseases, Json };
        command.SetAction(Run);
        return command;
    }

    private static void Least(Option<int?> option, int least) => option.Validators.Add(result =>
    {
        if (result.Tokens is [var token] && int.TryParse(token.Value, out var value) && value < least) result.AddError($"{option.Name} must be at least {least}.");
    });

    private static ExitCode Run(ParseResult arguments, CancellationToken cancel)
    {
        var (output, error) = (arguments.InvocationConfiguration.Output, arguments.InvocationConfiguration.Error);
        var bag = new DiagnosticBag();
        var path = arguments.GetRequiredValue(Table);
        var root = RootOf(path, bag);
        var rows = root is null ? [] : Chosen(EffectsTable.Load(path, bag), arguments, bag);
        if (bag.HasErrors)
        {
            DiagnosticPrinter.Print(bag.Items, error);
            return Refusal.Of(bag.Items);
        }
        var folder = arguments.GetValue(Out) ?? Path.Combine("runs", "effects");
        var options = new EffectsOptions
        {
            Root = root!,
            Pairs = arguments.GetValue(Patients) ?? new EffectsOptions { Root = root! }.Pairs,
            Seed = arguments.GetValue(Seed) ?? 1,
            Threads = arguments.GetValue(Threads) ?? 0,
            Journal = Path.Combine(folder, "journal"),
        };
        error.WriteLine($"{rows.Count} checks in {options.Pairs} matched pairs each. For research use only.");
        var json = arguments.GetValue(Json);
        var result = EffectsRunner.Run(rows, options, bag, new Lines(error, json ? output : null), cancel);
        DiagnosticPrinter.Print(bag.Items, error);
        if (bag.HasErrors) return Refusal.Of(bag.Items);
        EffectsReport.Write(result, folder);
        if (!json)
        {
            foreach (var row in result.Rows.Where(r => r.Verdict != EffectVerdict.Waiting))
                output.WriteLine($"{row.Row.Id}  {row.Verdict.ToString().ToLowerInvariant(),-7} {row.Row.Switch} on {row.Row.Observable}: {EffectsReport.Measured(row)}, expected {row.Row.Condition} {row.Row.Unit}");
            output.WriteLine(EffectsReport.Summary(result));
            output.WriteLine(string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{result.Simulated} courses in {result.Seconds:F0} s. Tables: {Path.GetFullPath(folder)}"));
        }
        return ExitCode.Done;
    }

    private static IReadOnlyList<EffectRow> Chosen(IReadOnlyList<EffectRow> rows, ParseResult arguments, DiagnosticBag bag)
    {
        string[] Split(Option<string?> option) => arguments.GetValue(option)?.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries) ?? [];
        var (ids, diseases) = (Split(Rows), Split(Diseases));
        foreach (var id in ids.Where(id => rows.All(r => r.Id != id)))
            bag.Add(CommandErrors.UnknownName.Misspelt("--rows", id, $"the table has no row '{id}'", rows.Select(r => r.Id)));
        foreach (var disease in diseases.Where(d => rows.All(r => r.Disease != d)))
            bag.Add(CommandErrors.UnknownName.Misspelt("--diseases", disease, $"the table has no disease '{disease}'", rows.Select(r => r.Disease).Distinct()));
        return [.. rows.Where(r => (ids.Length == 0 || ids.Contains(r.Id)) && (diseases.Length == 0 || diseases.Contains(r.Disease)))];
    }

    /// <summary>The folder above the table, or above the current one, that holds the models and their experiments.</summary>
    private static string? RootOf(string table, DiagnosticBag bag)
    {
        if (!File.Exists(table))
        {
            bag.Add(CommandErrors.FileMissing.At(new SourceSpan(table, 0, 0, 1), "no such file"));
            return null;
        }
        foreach (var from in (string?[])[Path.GetDirectoryName(Path.GetFullPath(table)), Environment.CurrentDirectory])
        {
            for (var folder = from; folder is not null; folder = Path.GetDirectoryName(folder))
            {
                if (Directory.Exists(Path.Combine(folder, "models", "experiments"))) return folder;
            }
        }
        bag.Add(CommandErrors.FileMissing.At(new SourceSpan(table, 0, 0, 1), "no folder models/experiments above the table or the current folder", "run the command inside the repository"));
        return null;
    }

    /// <summary>A line a check: to people on the error stream, to programs on the output.</summary>
    private sealed class Lines(TextWriter error, TextWriter? json) : IProgress<EffectsProgress>
    {
        public void Report(EffectsProgress value)
        {
            if (value.Row is not { } r) return;
            error.WriteLine($"[{value.Done}/{value.Total}] {r.Row.Id} {r.Verdict.ToString().ToLowerInvariant()} {EffectsReport.Measured(r)} {r.Reason}".TrimEnd());
            json?.WriteLine(JsonSerializer.Serialize(new
            {
                id = r.Row.Id,
                verdict = r.Verdict.ToString().ToLowerInvariant(),
                value = double.IsFinite(r.Value) ? r.Value : (double?)null,
                lower = double.IsFinite(r.Interval.Lower) ? r.Interval.Lower : (double?)null,
                upper = double.IsFinite(r.Interval.Upper) ? r.Interval.Upper : (double?)null,
                pairs = r.Pairs,
                reason = r.Reason,
            }));
        }
    }
}

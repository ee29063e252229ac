using System.CommandLine;
using System.Text.Json;
using Marrow.Cli.Inputs;
using Marrow.Cli.Output;
using Marrow.Networks.Diagnostics;
using Marrow.Trials.Experiments;

namespace Marrow.Cli.Commands;

/// <summary><c>marrow effects</c>: which expected effects of switches and drugs hold, with measured sizes.</summary>
internal static class EffectsCommand
{
    private const int LeastPairs = 2;

    private static readonly Argument<string> Table = new("TABLE") { Description = "Table of expected effects (.csv), such as models/expected_effects.csv." };
    private static readonly Option<int?> Patients = CommonOptions.Patients("Matched pairs for each check [200].", LeastPairs);
    private static readonly Option<string?> Out = CommonOptions.Out("Folder for effects.csv, .md and .html [runs/effects]; a run that was stopped goes on there.");
    private static readonly Option<ulong?> Seed = CommonOptions.Seed(" [1]");
    private static readonly Option<int?> Threads = CommonOptions.Threads();
    private static readonly Option<string?> Rows = CommonOptions.Rows("--rows", "Only these rows, such as E001,E045.", "ID,ID");
    private static readonly Option<string?> Diseases = CommonOptions.Rows("--diseases", "Only rows of these diseases, such as BCP-ALL,CLL.", "D,D");
    private static readonly Option<bool> Json = new("--json") { Description = "One JSON object per check on standard output, for programs." };

    internal static Command Create()
    {
        var command = new Command("effects", "Judge a table of expected effects on matched pairs of virtual patients: met, missed or waiting.")
            { Table, Patients, Out, Seed, Threads, Rows, Diseases, Json };
        command.SetAction(Run);
        return command;
    }

    private static ExitCode Run(ParseResult arguments, CancellationToken cancel)
    {
        var (output, error) = (arguments.InvocationConfiguration.Output, arguments.InvocationConfiguration.Error);
        var bag = new DiagnosticBag();
        var path = arguments.GetRequiredValue(Table);
        var models = ModelFolder.Find("experiments", bag, path);
        var table = models is null ? null : InputFile.Read(path, bag, file => EffectsTable.Load(file, bag));
        var rows = table is null ? [] : Chosen(table, arguments, bag);
        if (bag.HasErrors)
        {
            DiagnosticPrinter.Print(bag.Items, error);
            return Refusal.Of(bag.Items);
        }
        var folder = arguments.GetValue(Out) ?? Path.Combine("runs", "effects");
        var options = arguments.Experiment(models!, folder, Patients, Seed, Threads);
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
        var ids = arguments.Names(Rows, rows.Select(r => r.Id), bag);
        var diseases = arguments.Names(Diseases, rows.Select(r => r.Disease), bag);
        return [.. rows.Where(r => (ids.Length == 0 || ids.Contains(r.Id)) && (diseases.Length == 0 || diseases.Contains(r.Disease)))];
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

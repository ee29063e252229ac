using System.Globalization;
using Marrow.Reports;
using Marrow.Trials.Studies;
using Spectre.Console;

namespace Marrow.Cli.Output;

/// <summary>What a run prints at its end: endpoints simulated and published, what it cost, and where the report is.</summary>
internal static class RunSummary
{
    private const int FailuresShown = 10;

    internal static void Print(StudyResult result, string report, TextWriter output)
    {
        var console = PlainTables.Console(output);
        foreach (var arm in SummaryTable.Rows(result).GroupBy(row => row.Arm)) console.Write(TableOf(arm.Key, arm));
        foreach (var line in SummaryTable.Comparisons(result)) output.WriteLine(line);
        foreach (var failure in result.Failures.Take(FailuresShown))
        {
            output.WriteLine(string.Create(CultureInfo.InvariantCulture,
                $"patient {failure.Patient} failed ({failure.Phase}, day {failure.Day:G5}): {failure.Cause}; try: {failure.Remedy}"));
        }
        var timing = result.Timing;
        output.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"{result.Patients} virtual patients, {result.Failures.Select(f => f.Patient).Distinct().Count()} failed; seed {result.Seed}; {Assumed(result)}."));
        output.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"{timing.Simulated} simulated in {timing.Seconds:F1} s on {timing.Threads} threads: {timing.MicrosecondsPerPatient:F0} us a patient, lane use {timing.LaneUse:P0}."));
        foreach (var sentence in result.Study.Stated) output.WriteLine($"{sentence}.");
        output.WriteLine($"Report: {Path.GetFullPath(report)}");
    }

    /// <summary>How much rests on assumptions, by count and, where elasticities are at hand, by weight.</summary>
    private static string Assumed(StudyResult result)
    {
        var counts = result.ParameterCounts;
        var weighted = result.WeightedShares is { } shares ? string.Create(CultureInfo.InvariantCulture, $", {shares.Assumed:P0} weighted by elasticity") : "";
        return string.Create(CultureInfo.InvariantCulture,
            $"{counts.Assumed} of {counts.Measured + counts.Fitted + counts.Assumed} numbers assumed ({(double)counts.Assumed / Math.Max(1, counts.Measured + counts.Fitted + counts.Assumed):P0}{weighted})");
    }

    private static Table TableOf(string arm, IEnumerable<SummaryRow> rows)
    {
        var table = new Table { Title = new TableTitle(Markup.Escape(arm)), Border = TableBorder.Simple };
        SummaryRow[] all = [.. rows];
        // Prediction says where a trial would land; uncertainty how well the simulated value itself is known.
        var uncertain = Array.Exists(all, r => r.Uncertainty.Length > 0);
        string[] headings = uncertain
            ? ["Endpoint", "Simulated", "90 % prediction", "90 % uncertainty", "Published", "Interval", ""]
            : ["Endpoint", "Simulated", "90 % interval", "Published", "Interval", ""];
        foreach (var heading in headings) table.AddColumn(heading);
        string? group = null;
        foreach (var row in all)
        {
            if (row.Group != group) table.AddRow(new Markup($"[bold]{Markup.Escape(row.Group)}[/]"));
            group = row.Group;
            string[] known = uncertain ? [row.Uncertainty] : [];
            string[] cells = ["  " + row.Endpoint, row.Simulated, row.SimulatedInterval, .. known, row.Published, row.PublishedInterval, row.Verdict];
            table.AddRow([.. cells.Select(Markup.Escape)]);
        }
        return table;
    }
}

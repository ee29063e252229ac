using System.Globalization;
using System.Xml.Linq;
using Marrow.Cli;
using Marrow.Exchange.Archives;
using Marrow.Exchange.Sedml;
using Marrow.Networks.Compilation;
using Marrow.Networks.Diagnostics;

namespace Marrow.ReferenceTests.Sedml;

/// <summary>Published figures as SED-ML archives: each curve against <c>marrow simulate</c> of the model as the document changes it, with the
/// times of the document, to 1e-8 of the curve's peak. Both are one engine: what is tested is everything around it.</summary>
public sealed class PublicArchiveTests
{
    private const int Count = 21;
    private const double Near = 1e-8;

    [Fact]
    public void Every_curve_of_the_public_archives_is_what_simulate_gives()
    {
        var data = Environment.GetEnvironmentVariable("MARROW_DATA") ?? "";
        Assert.SkipWhen(data.Length == 0, "MARROW_DATA is not set");
        var archives = Directory.GetFiles(Path.Combine(data, "sedml"), "*.sedx");
        Assert.Equal(Count, archives.Length);
        var differences = new List<string>();
        var curves = 0;
        foreach (var archive in archives.Order(StringComparer.Ordinal)) curves += Compare(archive, differences);
        Assert.True(differences.Count == 0, string.Join('\n', differences));
        // 129 curves in all, 15 of which show measured data, and 70 data sets of reports.
        Assert.True(curves >= 150, $"{curves} curves were compared");
    }

    private static int Compare(string path, List<string> differences)
    {
        var bag = new DiagnosticBag();
        using var archive = CombineArchive.Open(path, bag);
        var name = Assert.Single(archive!.Documents(bag));
        var document = SedmlReader.Read(archive.Read(name)!, name, bag);
        var results = SedmlRun.Run(archive, name, bag, TestContext.Current.CancellationToken);
        Assert.True(results is not null && document is not null, string.Join('\n', bag.Items));
        // Some documents say the same twice.
        var generators = document.Generators.GroupBy(g => g.Id, StringComparer.Ordinal).ToDictionary(g => g.Key, g => g.First(), StringComparer.Ordinal);
        var compared = 0;
        foreach (var (report, values) in document.Reports.Zip(results.Reports))
            foreach (var (set, value) in report.DataSets.Where(d => !generators[d.Generator].Data.Any()).Zip(values.Values)) compared += Check(set.Label, generators[set.Generator], Assert.Single(value));
        foreach (var plot in results.Plots)
        {
            var source = document.Plots.Single(p => p.Id == plot.Id).Curves.Where(c => !generators[c.X].Data.Any() && !generators[c.Y].Data.Any());
            foreach (var (curve, value) in source.Zip(plot.Curves)) compared += Check($"{plot.Name}, {value.Name}", generators[curve.Y], value.Y) + Check($"{plot.Name}, {value.Name}, across", generators[curve.X], value.X);
        }
        return compared;

        int Check(string what, SedGenerator generator, IReadOnlyList<double> found)
        {
            var expected = Expected(generator, document, results);
            var peak = expected.Where(double.IsFinite).Select(Math.Abs).DefaultIfEmpty(0).Max();
            var worst = expected.Count == found.Count ? expected.Zip(found, (a, b) => a.Equals(b) ? 0 : Math.Abs(a - b)).DefaultIfEmpty(0).Max() : double.PositiveInfinity;
            if (!(worst <= Near * peak)) differences.Add($"{Path.GetFileName(path)}: {what}: {worst:G3} of {peak:G3}");
            return 1;
        }
    }

    /// <summary>The values of a generator from tables of <c>marrow simulate</c>.</summary>
    private static IReadOnlyList<double> Expected(SedGenerator generator, SedmlDocument document, SedmlResults results)
    {
        var columns = generator.Formula.Variables.ToDictionary(v => v.Id, v => Column(v, document, results), StringComparer.Ordinal);
        return [.. Enumerable.Range(0, columns.Values.Select(c => c.Length).DefaultIfEmpty(1).Max())
            .Select(i => FormulaValue.Of(generator.Formula.Math, n => columns.TryGetValue(n, out var c) ? c[i] : generator.Formula.Parameters.TryGetValue(n, out var p) ? p : null))];
    }

    private static double[] Column(SedVariable variable, SedmlDocument document, SedmlResults results)
    {
        var task = document.Tasks.OfType<SedPlainTask>().Single(t => t.Id == variable.Task);
        var times = document.Simulations.Single(s => s.Id == task.Simulation);
        Assert.Equal(times.Start, times.OutputStart);
        var sbml = results.Models[task.Model];
        var column = variable.Target is null ? "time" : Targets.Quantity(XDocument.Parse(sbml), variable.Target, new DiagnosticBag())!;
        if (column == "time") return [.. Enumerable.Range(0, times.Steps + 1).Select(i => i == times.Steps ? times.End : times.Start + ((times.End - times.Start) * i / times.Steps))];
        var file = Path.Combine(Path.GetTempPath(), $"{Guid.NewGuid():N}.xml");
        File.WriteAllText(file, sbml);
        try
        {
            using var output = new StringWriter();
            using var error = new StringWriter();
            string[] arguments = ["simulate", file, "--start", Text(times.Start), "--end", Text(times.End), "--points", Text(times.Steps + 1), "--species", column];
            Assert.True(MarrowCommand.RunAsync(arguments, output, error).GetAwaiter().GetResult() == ExitCode.Done, error.ToString());
            var rows = output.ToString().TrimEnd().Split('\n')[1..];
            return [.. rows.Select(r => Number(r.Split(',')[1]))];
        }
        finally
        {
            File.Delete(file);
        }
    }

    private static double Number(string text) =>
        text switch { "INF" => double.PositiveInfinity, "-INF" => double.NegativeInfinity, _ => double.Parse(text, CultureInfo.InvariantCulture) };

    private static string Text(double value) => value.ToString("R", CultureInfo.InvariantCulture);
}

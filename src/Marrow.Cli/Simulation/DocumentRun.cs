using Marrow.Cli.Inputs;
using Marrow.Cli.Output;
using Marrow.Exchange.Archives;
using Marrow.Exchange.Sedml;
using Marrow.Networks.Diagnostics;
using Marrow.Reports.Plots;

namespace Marrow.Cli.Simulation;

/// <summary><c>marrow simulate</c> of a SED-ML document or an archive: each report as CSV, all plots as one page.</summary>
internal static class DocumentRun
{
    internal const string PageName = "plots.html";

    /// <summary>More curves than this in one plot are no picture.</summary>
    private const int MostCurves = 24;

    /// <summary>Whether a file is a document or an archive.</summary>
    internal static bool Reads(string path) => SedmlRun.Reads(path) || CombineArchive.Reads(path);

    /// <summary>Runs what is inside.</summary>
    internal static ExitCode Run(string path, string folder, TextWriter error, CancellationToken cancel)
    {
        var bag = new DiagnosticBag();
        try
        {
            var documents = InputFile.Find(path, bag) is { } found ? Results(found, bag, cancel) : [];
            DiagnosticPrinter.Print([.. bag.Items.DistinctBy(d => (d.Code, d.What))], error);
            if (bag.HasErrors) return Refusal.Of(bag.Items);
            foreach (var (name, results) in documents) Write(name, results, documents.Count > 1 ? Path.Combine(folder, FileName(name)) : folder, error);
            return ExitCode.Done;
        }
        catch (SedmlException problem)
        {
            error.WriteLine($"marrow: {problem.Message}");
            return ExitCode.Unfinished;
        }
    }

    private static List<(string Name, SedmlResults Results)> Results(string path, DiagnosticBag bag, CancellationToken cancel)
    {
        var results = new List<(string, SedmlResults)>();
        if (SedmlRun.Reads(path))
        {
            var file = Path.GetFileName(path);
            if (SedmlRun.Run(new FolderFiles(Path.GetDirectoryName(path) ?? ""), file, bag, cancel) is { } own) results.Add((Path.GetFileNameWithoutExtension(file), own));
            return results;
        }
        using var archive = CombineArchive.Open(path, bag);
        if (archive is null) return results;
        foreach (var document in archive.Documents(bag))
            if (SedmlRun.Run(archive, document, bag, cancel) is { } one) results.Add((Path.ChangeExtension(document, null), one));
        return results;
    }

    private static void Write(string name, SedmlResults results, string folder, TextWriter error)
    {
        var taken = new HashSet<string>(StringComparer.OrdinalIgnoreCase) { PageName };
        foreach (var report in results.Reports)
        {
            var file = FileName(report.Id) + ".csv";
            while (!taken.Add(file)) file = "_" + file;
            WholeFile.Write(Path.Combine(folder, file), report.WriteCsv);
            error.WriteLine($"{Path.Combine(folder, file)}: {report.Name}");
        }
        if (results.Plots.Count == 0) return;
        var title = name[(name.LastIndexOf('/') + 1)..];
        var page = Path.Combine(folder, PageName);
        var figures = results.Plots.Select(p => (Curves(p), p.IsLogY)).ToList();
        WholeFile.Write(page, writer => writer.Write(PlotPage.Of(title, $"{(figures.Count == 1 ? "The plot" : $"The {figures.Count} plots")} of a SED-ML document.", figures, ProgramVersion.Text)));
        error.WriteLine($"{page}: {string.Join(", ", results.Plots.Select(p => p.Name))}");
    }

    private static CurveSet Curves(SedmlPlot plot)
    {
        var shared = plot.Curves.Count > 0 && plot.Curves.All(c => c.X.SequenceEqual(plot.Curves[0].X)) && Increases(plot.Curves[0].X);
        var curves = plot.Curves.Take(MostCurves).Select(c => Curve(c, shared));
        var note = plot.Curves.Count > MostCurves ? $"{MostCurves} of {plot.Curves.Count} curves are drawn." : "";
        return new CurveSet(plot.Name, "", shared ? plot.Curves[0].X : [], [.. curves], note) { Across = plot.Across, IsLogAcross = plot.IsLogX, IsOnOneAxis = true };
    }

    /// <summary>An area is drawn as a band around its middle.</summary>
    private static Curve Curve(SedmlCurve curve, bool shared)
    {
        var values = curve.UpperY is { } upper ? curve.Y.Zip(upper, (a, b) => (a + b) / 2).ToArray() : curve.Y;
        var spread = curve.UpperY is { } top ? curve.Y.Zip(top, (a, b) => Math.Abs(b - a) / 2).ToArray() : null;
        return new Curve(curve.Name, "", values, spread) { Across = shared ? null : curve.X };
    }

    private static bool Increases(IReadOnlyList<double> values) => values.Count > 1 && Enumerable.Range(1, values.Count - 1).All(i => values[i] > values[i - 1]);

    /// <summary>A name of the document as one of a file: nothing in it leads elsewhere.</summary>
    private static string FileName(string id)
    {
        var name = string.Concat(id.Take(100).Select(c => char.IsAsciiLetterOrDigit(c) || c is '_' or '-' or '.' ? c : '_')).Trim('.');
        return name.Length > 0 ? name : "_";
    }
}

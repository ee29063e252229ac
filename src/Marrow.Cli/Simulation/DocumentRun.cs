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
        var page = Path.Combine(folder, PageName);
        WholeFile.Write(page, writer => writer.Write(Page(name[(name.LastIndexOf('/') + 1)..], [.. results.Plots.Select(p => (Curves(p), p.IsLogY))])));
        error.WriteLine($"{page}: {string.Join(", ", results.Plots.Select(p => p.Name))}");
    }

    /// <summary>A page of one plot is called like it.</summary>
    private static string Page(string document, IReadOnlyList<(CurveSet Set, bool IsLogarithmic)> figures) => figures is [var (only, _)]
        ? PlotPage.Of(only.Title, $"From the SED-ML document {document}. {only.Note}".TrimEnd(), figures, ProgramVersion.Text)
        : PlotPage.Of(document, $"The {figures.Count} plots of the SED-ML document.", figures, ProgramVersion.Text);

    private static CurveSet Curves(SedmlPlot plot)
    {
        var shared = plot.Curves.Count > 0 && plot.Curves.All(c => c.X.SequenceEqual(plot.Curves[0].X)) && Increases(plot.Curves[0].X);
        var most = Math.Min(MostCurves, plot.Curves.Count);
        var curves = Enumerable.Range(0, most).Select(i => Curve(plot.Curves[most == 1 ? 0 : (int)((long)i * (plot.Curves.Count - 1) / (most - 1))], shared));
        bool isDrawn(SedmlCurve curve) => curve.X.Zip(curve.Y).Any(p => HasPlace(p.First, plot.IsLogX) && HasPlace(p.Second, plot.IsLogY));
        var note = plot.Curves.Count > MostCurves ? $"{MostCurves} of {plot.Curves.Count} curves are drawn, from the first to the last." : plot.Curves.Count == 0 ? "The plot has no curves." : plot.Curves.Any(isDrawn) ? "" : "No value of it has a place on its axes.";
        return new CurveSet(plot.Name, "", shared ? plot.Curves[0].X : [], [.. curves], note) { Across = plot.Across, Along = plot.Along, IsLogAcross = plot.IsLogX, IsOnOneAxis = true };
    }

    private static bool HasPlace(double value, bool isLogarithmic) => double.IsFinite(value) && (!isLogarithmic || value > 0);

    private static Curve Curve(SedmlCurve curve, bool shared) =>
        new(curve.Name, "", curve.Y) { Across = shared ? null : curve.X, IsPoints = curve.IsMeasured, Upper = curve.UpperY };

    private static bool Increases(IReadOnlyList<double> values) => values.Count > 1 && Enumerable.Range(1, values.Count - 1).All(i => values[i] > values[i - 1]);

    /// <summary>A name of the document as one of a file: nothing in it leads elsewhere.</summary>
    private static string FileName(string id)
    {
        var name = string.Concat(id.Take(100).Select(c => char.IsAsciiLetterOrDigit(c) || c is '_' or '-' or '.' ? c : '_')).Trim('.');
        return name.Length > 0 ? name : "_";
    }
}

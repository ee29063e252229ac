using Marrow.Networks.Diagnostics;

namespace Marrow.Exchange.Sedml;

/// <summary>Runs SED-ML documents.</summary>
public static class SedmlRun
{
    /// <summary>Whether a file is a document by its ending.</summary>
    public static bool Reads(string path) => Path.GetExtension(path).Equals(".sedml", StringComparison.OrdinalIgnoreCase);

    /// <summary>Runs what a document describes.</summary>
    /// <param name="files">Where the document and its models are.</param>
    /// <param name="path">The document among them.</param>
    /// <param name="bag">Receives every problem, and as notes which solvers stand in for others.</param>
    /// <param name="cancel">Stops the run.</param>
    /// <returns>Reports and plots; null if there were errors.</returns>
    /// <exception cref="SedmlException">A simulation did not reach its end.</exception>
    public static SedmlResults? Run(IDocumentFiles files, string path, DiagnosticBag bag, CancellationToken cancel = default)
    {
        ArgumentNullException.ThrowIfNull(files);
        ArgumentNullException.ThrowIfNull(path);
        ArgumentNullException.ThrowIfNull(bag);
        if (files.Read(path) is not { } text)
        {
            bag.Error(ExchangeCodes.FileUnreadable, "the document cannot be read", new SourceSpan(files.NameOf(path), 0, 0, 1));
            return null;
        }
        if (SedmlReader.Read(text, files.NameOf(path), bag) is not { } document) return null;
        document = WithoutData(document, bag);
        var used = Used(document, bag);
        if (bag.HasErrors) return null;
        var library = new ModelLibrary(document, path, files, bag);
        var tasks = new TaskRunner(document, library, bag);
        var variables = used.Values.SelectMany(g => g.Formula.Variables).ToList();
        if (tasks.Run(variables.Select(v => v.Task!), variables, cancel) is not { } results) return null;
        var generators = new Generators(results, tasks, bag);
        var reports = document.Reports.Select(r => new SedmlReport(r.Id, r.Name, [.. r.DataSets.Select(d => d.Label)], [.. r.DataSets.Select(d => generators.Of(used[d.Generator]))])).ToList();
        var plots = document.Plots.Select(p => Plot(p, used, generators)).ToList();
        if (bag.HasErrors) return null;
        var models = results.Values.SelectMany(r => r).Select(r => r.Model).Distinct(StringComparer.Ordinal);
        return new SedmlResults(reports, plots) { Models = models.ToDictionary(m => m, m => library.Sbml(m)!, StringComparer.Ordinal) };
    }

    /// <summary>A document without curves and data sets of measured data, which are named; what is left is what simulations give.</summary>
    internal static SedmlDocument WithoutData(SedmlDocument document, DiagnosticBag bag)
    {
        var data = document.Generators.Where(g => g.NeedsData).GroupBy(g => g.Id).ToDictionary(g => g.Key, g => g.First(), StringComparer.Ordinal);
        if (data.Count == 0) return document;
        bool keep(string kind, string name, params string?[] generators)
        {
            if (generators.OfType<string>().FirstOrDefault(data.ContainsKey) is not { } first) return true;
            bag.Warn(SedmlCodes.DataLeftOut, $"the {kind} '{name}' is left out: it shows data that are not read", data[first].Where);
            return false;
        }
        return document with
        {
            Reports = [.. document.Reports.Select(r => r with { DataSets = [.. r.DataSets.Where(d => keep("data set", d.Label, d.Generator))] })],
            Plots = [.. document.Plots.Select(p => p with { Curves = [.. p.Curves.Where(c => keep("curve", $"{p.Name}, {c.Name}", c.X, c.Y, c.UpperY))] }).Where(p => p.Curves.Count > 0)],
        };
    }

    /// <summary>The generators that outputs name.</summary>
    internal static Dictionary<string, SedGenerator> Used(SedmlDocument document, DiagnosticBag bag)
    {
        var all = document.Generators.GroupBy(g => g.Id).ToDictionary(g => g.Key, g => g.First(), StringComparer.Ordinal);
        var used = new Dictionary<string, SedGenerator>(StringComparer.Ordinal);
        var names = document.Reports.SelectMany(r => r.DataSets.Select(d => d.Generator))
            .Concat(document.Plots.SelectMany(p => p.Curves).SelectMany(c => new[] { c.X, c.Y, c.UpperY }).OfType<string>());
        foreach (var name in names.Distinct(StringComparer.Ordinal))
        {
            if (all.TryGetValue(name, out var generator)) used[name] = generator;
            else bag.Error(SedmlCodes.UnknownReference, $"the document has no data generator '{name}'", new SourceSpan(document.File, 0, 0, 1), "", Spelling.Hint(name, all.Keys, SedmlCodes.UnknownReference.Cure));
        }
        return used;
    }

    private static SedmlPlot Plot(SedPlot plot, Dictionary<string, SedGenerator> used, Generators generators)
    {
        var curves = new List<SedmlCurve>();
        foreach (var curve in plot.Curves)
        {
            var (x, y) = (generators.Of(used[curve.X]), generators.Of(used[curve.Y]));
            var upper = curve.UpperY is null ? null : generators.Of(used[curve.UpperY]);
            var name = curve.Name.Length > 0 ? curve.Name : used[curve.Y].Name;
            for (var run = 0; run < Math.Max(x.Length, y.Length); run++)
            {
                double[] across = x[Math.Min(run, x.Length - 1)], along = y[Math.Min(run, y.Length - 1)];
                var count = Math.Min(across.Length, along.Length);
                curves.Add(new SedmlCurve(y.Length > 1 ? $"{name}, {run + 1}" : name, across[..count], along[..count], upper?[Math.Min(run, upper.Length - 1)]));
            }
        }
        var labels = plot.Curves.Select(c => used[c.X].Name).Distinct(StringComparer.Ordinal).ToList();
        return new SedmlPlot(plot.Id, plot.Name, labels.Count == 1 ? labels[0] : string.Join(", ", labels.Take(2)), plot.IsLogX, plot.IsLogY, curves);
    }
}

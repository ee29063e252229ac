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
        if (Open(files, path, bag) is not { } open || bag.HasErrors) return null;
        var (document, data, used) = open;
        var library = new ModelLibrary(document, path, files, bag);
        var tasks = new TaskRunner(document, library, bag);
        var variables = used.Values.SelectMany(g => g.Formula.Variables).Where(v => v.Symbol != SedSymbol.Data).ToList();
        if (tasks.Run(variables.Select(v => v.Task!), variables, cancel) is not { } results) return null;
        var generators = new Generators(results, data, tasks, bag);
        var reports = document.Reports.Select(r => new SedmlReport(r.Id, r.Name, [.. r.DataSets.Select(d => d.Label)], [.. r.DataSets.Select(d => generators.Of(used[d.Generator]))])).ToList();
        var plots = document.Plots.Select(p => Plot(p, used, generators)).ToList();
        if (bag.HasErrors) return null;
        var models = results.Values.SelectMany(r => r).Select(r => r.Model).Distinct(StringComparer.Ordinal);
        return new SedmlResults(reports, plots) { Models = models.ToDictionary(m => m, m => library.Sbml(m)!, StringComparer.Ordinal) };
    }

    /// <summary>Reads a document and its data; what is asked of data that are not fetched is left out.</summary>
    /// <returns>The document, its data, and the generators that its outputs name; null if it cannot be read.</returns>
    internal static (SedmlDocument Document, DataLibrary Data, Dictionary<string, SedGenerator> Used)? Open(IDocumentFiles files, string path, DiagnosticBag bag)
    {
        if (files.Read(path) is not { } text)
        {
            bag.Error(ExchangeCodes.FileUnreadable, "the document cannot be read", new SourceSpan(files.NameOf(path), 0, 0, 1));
            return null;
        }
        if (SedmlReader.Read(text, files.NameOf(path), bag) is not { } document) return null;
        var data = new DataLibrary(document, path, files, bag);
        document = WithoutAway(data.WithRanges(), data, bag);
        var used = Used(document, bag);
        foreach (var variable in used.Values.SelectMany(g => g.Formula.Variables).Where(v => v.Symbol == SedSymbol.Data)) data.Values(variable.Source, variable.Where);
        return (document, data, used);
    }

    /// <summary>A document without curves and data sets of data that lie at an address, which are named.</summary>
    private static SedmlDocument WithoutAway(SedmlDocument document, DataLibrary library, DiagnosticBag bag)
    {
        var data = document.Generators.Where(g => g.Data.Any(v => library.IsAway(v.Source))).GroupBy(g => g.Id).ToDictionary(g => g.Key, g => g.First(), StringComparer.Ordinal);
        if (data.Count == 0) return document;
        bool keep(string kind, string name, params string?[] generators)
        {
            if (generators.OfType<string>().FirstOrDefault(data.ContainsKey) is not { } first) return true;
            bag.Warn(SedmlCodes.DataLeftOut, $"the {kind} '{name}' is left out: it shows data that are not fetched", data[first].Where);
            return false;
        }
        return document with
        {
            Reports = [.. document.Reports.Select(r => r with { DataSets = [.. r.DataSets.Where(d => keep("data set", d.Label, d.Generator))] })],
            Plots = [.. document.Plots.Select(p => p with { Curves = [.. p.Curves.Where(c => keep("curve", $"{p.Name}, {c.Name}", c.X, c.Y, c.UpperY))] }).Where(p => p.Curves.Count > 0)],
        };
    }

    /// <summary>The generators that outputs name.</summary>
    private static Dictionary<string, SedGenerator> Used(SedmlDocument document, DiagnosticBag bag)
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
            var labels = y.Length > 1 ? generators.LabelsOf(used[curve.Y]) : null;
            string nameOf(int run) => y.Length == 1 ? name : labels?.Count != y.Length ? $"{name}, {run + 1}" : plot.Curves.Count == 1 ? labels[run] : $"{name}, {labels[run]}";
            for (var run = 0; run < Math.Max(x.Length, y.Length); run++)
            {
                var across = x[Math.Min(run, x.Length - 1)];
                var along = Level(y[Math.Min(run, y.Length - 1)], across.Length);
                var top = upper is null ? null : Level(upper[Math.Min(run, upper.Length - 1)], across.Length);
                var count = Math.Min(across.Length, Math.Min(along.Length, top?.Length ?? int.MaxValue));
                curves.Add(new SedmlCurve(nameOf(run), across[..count], along[..count], top?[..count], used[curve.Y].IsMeasured));
            }
        }
        return new SedmlPlot(plot.Id, plot.Name, Across(plot, used), Along(plot, used, curves), plot.IsLogX, plot.IsLogY, curves);
    }

    /// <summary>One number is a line at its level.</summary>
    private static double[] Level(double[] values, int count) => values.Length == 1 ? [.. Enumerable.Repeat(values[0], count)] : values;

    /// <summary>What is along the horizontal axis: what simulations are drawn over, if there are any; data often call it otherwise.</summary>
    private static string Across(SedPlot plot, Dictionary<string, SedGenerator> used)
    {
        if (plot.Across.Length > 0) return plot.Across;
        string[] all = [.. plot.Curves.Where(c => !used[c.X].IsMeasured).Select(c => used[c.X].Name).Distinct(StringComparer.Ordinal)];
        if (all.Length == 0) all = [.. plot.Curves.Select(c => used[c.X].Name).Distinct(StringComparer.Ordinal)];
        return string.Join(", ", all.Take(2));
    }

    /// <summary>What is along the vertical axis: what all curves show, if they are called otherwise.</summary>
    private static string Along(SedPlot plot, Dictionary<string, SedGenerator> used, List<SedmlCurve> curves)
    {
        if (plot.Along.Length > 0) return plot.Along;
        string[] all = [.. plot.Curves.Select(c => used[c.Y].Name).Distinct(StringComparer.Ordinal)];
        return all.Length == 1 && curves.Any(c => c.Name != all[0]) ? all[0] : "";
    }
}

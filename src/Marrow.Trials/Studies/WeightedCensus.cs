using System.Globalization;
using CsvHelper;
using Marrow.Networks.Provenance;

namespace Marrow.Trials.Studies;

/// <summary>Shares of measured, fitted and assumed parameters, each weighted by how much the answers depend on it.</summary>
/// <param name="Measured">Share of the weight that is measured.</param>
/// <param name="Fitted">Share that is fitted.</param>
/// <param name="Assumed">Share that is assumed.</param>
/// <param name="Parameters">Parameters with a weight.</param>
public sealed record WeightedShares(double Measured, double Fitted, double Assumed, int Parameters);

/// <summary>Weights provenance with elasticities: a parameter counts with the mean size of its elasticities over all outcomes of the table.</summary>
internal static class WeightedCensus
{
    /// <summary>Name of the table: among the results that lie beside the model or above it.</summary>
    public const string FileName = "results/elasticities.csv";

    private const int FoldersUp = 2;

    /// <summary>The shares of a study's model; null where there is no table, or nothing in it is of this model.</summary>
    public static WeightedShares? Count(Study study) => Find(study.ModelFile) is { } path
        ? Count(Read(path), study.Parts.Model.Parameters.Rows.DistinctBy(r => r.Id).ToDictionary(r => r.Id, r => r.Kind, StringComparer.Ordinal))
        : null;

    /// <summary>The shares of these weights.</summary>
    internal static WeightedShares? Count(IReadOnlyDictionary<string, double> weights, IReadOnlyDictionary<string, ParameterKind> kinds)
    {
        (ParameterKind Kind, double Weight)[] known = [.. weights.Where(w => kinds.ContainsKey(w.Key)).OrderBy(w => w.Key, StringComparer.Ordinal).Select(w => (kinds[w.Key], w.Value))];
        var all = known.Sum(k => k.Weight);
        if (!(all > 0)) return null;
        double Share(ParameterKind kind) => known.Where(k => k.Kind == kind).Sum(k => k.Weight) / all;
        return new WeightedShares(Share(ParameterKind.Measured), Share(ParameterKind.Fitted), Share(ParameterKind.Assumed), known.Length);
    }

    /// <summary>Mean size of the elasticities by parameter; rows without a number do not count.</summary>
    internal static IReadOnlyDictionary<string, double> Read(string path)
    {
        using var csv = CsvReader.FromFile(path, new CsvReaderOptions());
        var rows = new List<(string Parameter, double Size)>();
        while (csv.Read())
        {
            if (double.TryParse(csv.GetString("elasticity"), NumberStyles.Float, CultureInfo.InvariantCulture, out var value) && double.IsFinite(value))
                rows.Add((csv.GetString("parameter"), Math.Abs(value)));
        }

        return rows.GroupBy(r => r.Parameter, StringComparer.Ordinal).ToDictionary(g => g.Key, g => g.Average(r => r.Size), StringComparer.Ordinal);
    }

    private static string? Find(string modelFile)
    {
        var folder = Path.GetDirectoryName(Path.GetFullPath(modelFile));
        for (var i = 0; i < FoldersUp && folder is not null; i++, folder = Path.GetDirectoryName(folder))
        {
            var path = Path.Combine([folder, .. FileName.Split('/')]);
            if (File.Exists(path)) return path;
        }

        return null;
    }
}

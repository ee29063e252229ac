using Marrow.Networks.Diagnostics;

namespace Marrow.Trials.Clinical;

/// <summary>An assay of residual disease (mrd.csv).</summary>
/// <param name="Id">Name.</param>
/// <param name="Cells">Cells or genomes of a sample.</param>
/// <param name="PositiveFrom">Leukaemic events from which the sample is positive.</param>
/// <param name="Cd19Gated">Whether it looks for leukaemia among CD19-positive cells only.</param>
internal sealed record MrdAssay(string Id, double Cells, double PositiveFrom, bool Cd19Gated)
{
    /// <summary>Columns of the table.</summary>
    internal static readonly string[] Columns = ["assay", "cells", "positive_from", "cd19_gated", "unit", "kind", "source", "note"];

    /// <summary>The assay of this name, and the provenance of all.</summary>
    public static (MrdAssay Assay, IReadOnlyList<ClinicalValue> Values) Load(string folder, string id, DiagnosticBag bag)
    {
        var path = Path.Combine(folder, "mrd.csv");
        var assays = new List<MrdAssay>();
        var values = new List<ClinicalValue>();
        foreach (var row in ClinicalTable.Load(path, Columns, bag).Rows)
        {
            row.RequireUnit("cells", "cell");
            var assay = new MrdAssay(row.Text("assay"), row.Number("cells", 1), row.Number("positive_from", 1), row.Number("cd19_gated", 0, 1) > 0);
            if (assays.Exists(a => a.Id == assay.Id)) bag.Error(ClinicalCodes.Duplicate, $"'{assay.Id}' appears twice", row.Where);
            values.Add(row.Sourced(assay.Id, assay.Cells));
            assays.Add(assay);
        }

        if (assays.Find(a => a.Id == id) is { } found) return (found, values);
        bag.Error(ClinicalCodes.UnknownName, $"there is no assay '{id}' of residual disease", new SourceSpan(path, 0, 0, 1),
            "the protocol names it by a row 'mrd.assay.<name>' of its rules.csv", $"one of: {string.Join(", ", assays.Select(a => a.Id))}");
        return (new MrdAssay(id, 1, 1, false), values);
    }
}

using Marrow.Networks.Diagnostics;

namespace Marrow.Trials.Clinical;

/// <summary>A readout that reports show over time (series.csv).</summary>
/// <param name="Id">Name in tables.</param>
/// <param name="Label">Name in reports.</param>
/// <param name="Readout">Column of the course.</param>
/// <param name="Scale">Factor from the readout to the unit shown.</param>
/// <param name="Unit">Unit shown.</param>
/// <param name="ClipLower">Values below are shown as this.</param>
/// <param name="ClipUpper">Values above are shown as this.</param>
/// <param name="Limit">Limit of the assay, shown as a line; 0 for none.</param>
/// <param name="ResidualLogSd">Assay error, log; 0 for a latent value.</param>
/// <param name="Logarithmic">Whether the axis is logarithmic.</param>
public sealed record KineticsSeries(
    string Id, string Label, string Readout, double Scale, string Unit, double ClipLower, double ClipUpper, double Limit, double ResidualLogSd, bool Logarithmic)
{
    /// <summary>Columns of the table.</summary>
    internal static readonly string[] Columns =
        ["id", "label", "readout", "scale", "unit", "clip_lower", "clip_upper", "limit", "residual_log_sd", "axis", "kind", "source", "note"];

    internal static IReadOnlyList<KineticsSeries> Load(string folder, List<ClinicalValue> values, DiagnosticBag bag)
    {
        var series = new List<KineticsSeries>();
        foreach (var row in ClinicalTable.Load(Path.Combine(folder, "series.csv"), Columns, bag).Rows)
        {
            var id = row.Text("id");
            var logarithmic = row.Text("axis") == "log";
            var known = Readouts.All.Concat(Readouts.Optional).ToList();
            if (!known.Contains(row.Text("readout")))
                bag.Error(ClinicalCodes.UnknownName, $"'{row.Text("readout")}' is not a readout", row.Where, "", $"one of {string.Join(", ", known)}");
            if (!logarithmic && row.Text("axis") != "linear")
                bag.Error(ClinicalCodes.UnknownName, $"axis '{row.Text("axis")}' is not log or linear", row.Where);
            if (series.Exists(s => s.Id == id)) bag.Error(ClinicalCodes.Duplicate, $"'{id}' appears twice", row.Where);
            var lower = row.Number("clip_lower", logarithmic ? double.Epsilon : double.NegativeInfinity);
            var item = new KineticsSeries(id, row.Text("label"), row.Text("readout"), row.Number("scale", double.Epsilon), row.Text("unit"),
                lower, row.Number("clip_upper", lower), row.Number("limit", 0), row.Number("residual_log_sd", 0), logarithmic);
            values.Add(row.Sourced(id, item.Limit));
            series.Add(item);
        }

        return series;
    }
}

/// <summary>A data cut-off of a trial (views.csv).</summary>
/// <param name="Id">Name in tables.</param>
/// <param name="Label">Name in reports.</param>
/// <param name="CutMonth">Months from the first infusion of the trial to the cut-off.</param>
public sealed record DataCut(string Id, string Label, double CutMonth)
{
    /// <summary>Columns of the table.</summary>
    internal static readonly string[] Columns = ["id", "label", "cut", "unit", "kind", "source", "note"];

    internal static IReadOnlyList<DataCut> Load(string folder, List<ClinicalValue> values, DiagnosticBag bag)
    {
        var cuts = new List<DataCut>();
        foreach (var row in ClinicalTable.Load(Path.Combine(folder, "views.csv"), Columns, bag).Rows)
        {
            var cut = new DataCut(row.Text("id"), row.Text("label"), row.Number("cut", 0));
            row.RequireUnit("cut", "month");
            if (cuts.Exists(c => c.Id == cut.Id)) bag.Error(ClinicalCodes.Duplicate, $"'{cut.Id}' appears twice", row.Where);
            values.Add(row.Sourced(cut.Id, cut.CutMonth));
            cuts.Add(cut);
        }

        return cuts;
    }
}

using Marrow.Networks.Diagnostics;
using Marrow.Trials.Clinical;

namespace Marrow.Trials.Endpoints;

/// <summary>A published figure.</summary>
/// <param name="Endpoint">Endpoint that it stands beside, or <c>curve:&lt;series&gt;</c> for a point in a readout over time.</param>
/// <param name="Day">Day of such a point; null for a level.</param>
/// <param name="Value">Value.</param>
/// <param name="Lower">Lower end of the interval.</param>
/// <param name="Upper">Upper end of the interval.</param>
/// <param name="Interval">What the interval is; empty without one.</param>
/// <param name="N">Patients behind the value.</param>
/// <param name="TrialN">Patients of the trial it was read in, where not the protocol's.</param>
/// <param name="View">Data cut-off, where not the protocol's last.</param>
/// <param name="Mark">F: read in a public text; R: recalled, unverified.</param>
/// <param name="Source">Address.</param>
/// <param name="Note">Remark.</param>
/// <param name="Arm">Arm, where a study has several; empty for all.</param>
public sealed record PublishedFigure(
    string Endpoint, double? Day, double Value, double? Lower, double? Upper, string Interval, int? N, int? TrialN, string View, string Mark, string Source, string Note, string Arm = "");

/// <summary>The published figures of a trial (a table beside the study).</summary>
public sealed class PublishedTable
{
    private const string CurvePrefix = "curve:";
    /// <summary>Columns of the table; 'arm' may be left out.</summary>
    internal static readonly string[] Columns = ["endpoint", "day", "value", "lower", "upper", "interval", "n", "trial_n", "view", "mark", "source", "note"];
    private static readonly string[] _optional = ["arm"];
    private readonly Dictionary<(string Endpoint, string Arm), PublishedFigure> _figures = [];
    private readonly List<PublishedFigure> _points = [];

    private PublishedTable()
    {
    }

    /// <summary>Every figure.</summary>
    public IEnumerable<PublishedFigure> Figures => _figures.Values.Concat(_points);

    /// <summary>Reads a table.</summary>
    /// <param name="path">Table with the columns endpoint, day, value, lower, upper, interval, n, trial_n, view, mark, source, note, and arm where a study has several.</param>
    /// <param name="protocol">Protocol that names views and series.</param>
    /// <param name="arms">Arms of the study.</param>
    /// <param name="bag">Every problem found.</param>
    public static PublishedTable Load(string path, ClinicalProtocol protocol, IReadOnlyList<string> arms, DiagnosticBag bag)
    {
        ArgumentNullException.ThrowIfNull(protocol);
        ArgumentNullException.ThrowIfNull(bag);
        var table = new PublishedTable();
        var known = EndpointList.All.Select(e => e.Id).Concat(ArmComparer.HazardRatios).ToHashSet(StringComparer.Ordinal);
        foreach (var row in ClinicalTable.Load(path, Columns, bag, _optional).Rows)
        {
            var figure = Read(row);
            CheckArm(figure.Arm, arms, row.Where, bag);
            if (figure.Endpoint.StartsWith(CurvePrefix, StringComparison.Ordinal))
            {
                if (!protocol.Series.Any(s => s.Id == figure.Endpoint[CurvePrefix.Length..]))
                    bag.Error(ClinicalCodes.UnknownName, $"'{figure.Endpoint}' names no series of the protocol", row.Where, "", $"one of {string.Join(", ", protocol.Series.Select(s => CurvePrefix + s.Id))}");
                table._points.Add(figure);
            }
            else if (!known.Contains(figure.Endpoint))
            {
                bag.Error(ClinicalCodes.UnknownName, $"there is no endpoint '{figure.Endpoint}'", row.Where, "", $"one of {string.Join(", ", known)}");
            }
            else if (!table._figures.TryAdd((figure.Endpoint, figure.Arm), figure))
            {
                bag.Error(ClinicalCodes.Duplicate, $"'{figure.Endpoint}' appears twice", row.Where);
            }

            if (figure.View.Length > 0 && figure.View != ClinicalProtocol.ModelView && !protocol.Cuts.Any(c => c.Id == figure.View))
                bag.Error(ClinicalCodes.UnknownName, $"the protocol has no view '{figure.View}'", row.Where, "", $"one of {string.Join(", ", protocol.Cuts.Select(c => c.Id))}");
        }

        return table;
    }

    /// <summary>The figure of an endpoint in an arm, or null.</summary>
    public PublishedFigure? Find(string endpoint, string arm) => _figures.GetValueOrDefault((endpoint, arm)) ?? _figures.GetValueOrDefault((endpoint, ""));

    /// <summary>Points in a series of an arm.</summary>
    internal IReadOnlyList<PublishedPoint> Points(string series, string arm) =>
        [.. _points.Where(p => p.Endpoint == CurvePrefix + series && (p.Arm.Length == 0 || p.Arm == arm)).Select(p => new PublishedPoint(p.Day, p.Value, p.Note))];

    /// <summary>Reports an arm that the study does not have; without arms no study is at hand.</summary>
    internal static void CheckArm(string arm, IReadOnlyList<string> arms, SourceSpan where, DiagnosticBag bag)
    {
        if (arm.Length > 0 && arms.Count > 0 && !arms.Contains(arm)) bag.Error(ClinicalCodes.UnknownName, $"the study has no arm '{arm}'", where, "", $"one of {string.Join(", ", arms)}");
    }

    private static PublishedFigure Read(ClinicalRow row)
    {
        var mark = row.Text("mark");
        if (mark is not ("F" or "R"))
            row.Bag.Error(ClinicalCodes.NoProvenance, $"mark '{mark}' is not F (read) or R (recalled)", row.Where);
        if (row.Text("source").Length == 0)
            row.Bag.Error(ClinicalCodes.NoProvenance, $"'{row.Text("endpoint")}' names no source", row.Where);
        var lower = row.NumberOrNull("lower");
        var upper = row.NumberOrNull("upper", lower ?? double.NegativeInfinity);
        return new PublishedFigure(
            row.Text("endpoint"), row.NumberOrNull("day", 0), row.Number("value"), lower, upper, row.Text("interval"), (int?)row.NumberOrNull("n", 1, 1e6),
            (int?)row.NumberOrNull("trial_n", 1, 1e6), row.Text("view"), mark, row.Text("source"), row.Text("note"), row.Text("arm"));
    }
}

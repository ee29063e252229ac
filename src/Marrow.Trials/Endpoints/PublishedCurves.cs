using Marrow.Networks.Diagnostics;
using Marrow.Trials.Clinical;

namespace Marrow.Trials.Endpoints;

/// <summary>A published survival curve, as read off a figure.</summary>
/// <param name="Arm">Arm; empty for every arm.</param>
/// <param name="Curve">Curve that it stands beside: os, efs, ...</param>
/// <param name="Months">Times, rising.</param>
/// <param name="Survival">Survival from each time on.</param>
/// <param name="Source">Where it was read.</param>
public sealed record PublishedCurve(string Arm, string Curve, IReadOnlyList<double> Months, IReadOnlyList<double> Survival, string Source);

/// <summary>Published survival curves (a table beside the study): arm, curve, months, survival, source, note.</summary>
public sealed class PublishedCurves
{
    /// <summary>Columns of the table.</summary>
    internal static readonly string[] Columns = ["arm", "curve", "months", "survival", "source", "note"];

    private readonly List<PublishedCurve> _curves = [];

    private PublishedCurves()
    {
    }

    /// <summary>Every curve.</summary>
    public IReadOnlyList<PublishedCurve> All => _curves;

    /// <summary>Reads a table.</summary>
    /// <param name="path">The table; rows of a curve stand together, with rising months and falling survival.</param>
    /// <param name="arms">Arms of the study.</param>
    /// <param name="bag">Every problem found.</param>
    public static PublishedCurves Load(string path, IReadOnlyList<string> arms, DiagnosticBag bag)
    {
        ArgumentNullException.ThrowIfNull(arms);
        ArgumentNullException.ThrowIfNull(bag);
        var table = new PublishedCurves();
        string[] known = [.. SurvivalCurve.All.Select(c => c.Id)];
        foreach (var group in ClinicalTable.Load(path, Columns, bag).Rows.GroupBy(r => (Arm: r.Text("arm"), Curve: r.Text("curve"))))
        {
            var where = group.First().Where;
            if (!known.Contains(group.Key.Curve)) bag.Error(ClinicalCodes.UnknownName, $"there is no survival curve '{group.Key.Curve}'", where, "", $"one of {string.Join(", ", known)}");
            PublishedTable.CheckArm(group.Key.Arm, arms, where, bag);
            table._curves.Add(Read(group.Key.Arm, group.Key.Curve, [.. group]));
        }
        return table;
    }

    /// <summary>The curve of an arm; null if there is none.</summary>
    public PublishedCurve? Find(string arm, string curve) => _curves.Find(c => c.Curve == curve && (c.Arm.Length == 0 || c.Arm == arm));

    private static PublishedCurve Read(string arm, string curve, IReadOnlyList<ClinicalRow> rows)
    {
        double months = 0, survival = 1;
        foreach (var row in rows)
        {
            if (row.Text("source").Length == 0) row.Bag.Error(ClinicalCodes.NoProvenance, $"a point of '{curve}' names no source", row.Where);
            var (nextMonths, nextSurvival) = (row.Number("months", 0), row.Number("survival", 0, 1));
            if (nextMonths < months) row.Bag.Error(ClinicalCodes.NotRising, $"the months of '{curve}' fall", row.Where);
            if (nextSurvival > survival) row.Bag.Error(ClinicalCodes.BadNumber, $"the survival of '{curve}' rises", row.Where, "nobody returns from an event");
            (months, survival) = (nextMonths, nextSurvival);
        }
        return new PublishedCurve(arm, curve, [0, .. rows.Select(r => r.Number("months"))], [1, .. rows.Select(r => r.Number("survival"))], rows[0].Text("source"));
    }
}

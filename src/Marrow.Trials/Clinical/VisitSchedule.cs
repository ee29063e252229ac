using Marrow.Networks.Diagnostics;
using Marrow.Numerics.Random;

namespace Marrow.Trials.Clinical;

/// <summary>A planned visit.</summary>
/// <param name="Id">Name, such as D28 or M6.</param>
/// <param name="Day">Planned day after infusion.</param>
/// <param name="Jitter">The visit happens up to so many days earlier or later.</param>
/// <param name="Marrow">Whether marrow is taken.</param>
internal sealed record PlannedVisit(string Id, double Day, double Jitter, bool Marrow);

/// <summary>A visit as it happened: blood is taken at each.</summary>
/// <param name="Number">Position in the order of visits; the step of its random numbers.</param>
/// <param name="Day">Day after infusion.</param>
/// <param name="PlannedDay">Planned day.</param>
/// <param name="Marrow">Whether marrow is taken as planned.</param>
/// <param name="AtHome">Counts taken at home, between the trial's visits.</param>
internal sealed record Visit(uint Number, double Day, double PlannedDay, bool Marrow, bool AtHome);

/// <summary>The visits of a protocol (visits.csv), and the counts taken at home between them.</summary>
internal sealed class VisitSchedule
{
    /// <summary>Home visits have numbers of their own, so that adding a trial visit does not change their random numbers.</summary>
    private const uint FirstHomeNumber = 1000;

    /// <summary>Columns of the table.</summary>
    internal static readonly string[] Columns = ["id", "day", "jitter", "marrow", "unit", "kind", "source", "note"];
    private static readonly uint _jitterPurpose = Purpose.Of("visit day");
    private readonly double _homeInterval;

    private VisitSchedule(IReadOnlyList<PlannedVisit> planned, IReadOnlyList<ClinicalValue> values, double homeInterval)
    {
        Planned = planned;
        Values = values;
        _homeInterval = homeInterval;
    }

    /// <summary>Planned visits, in order.</summary>
    public IReadOnlyList<PlannedVisit> Planned { get; }

    /// <summary>Numbers of the table.</summary>
    public IReadOnlyList<ClinicalValue> Values { get; }

    /// <summary>Reads visits.csv of a protocol's folder.</summary>
    public static VisitSchedule Load(string folder, double homeInterval, DiagnosticBag bag)
    {
        var planned = new List<PlannedVisit>();
        var values = new List<ClinicalValue>();
        var path = Path.Combine(folder, "visits.csv");
        foreach (var row in ClinicalTable.Load(path, Columns, bag).Rows)
        {
            var day = row.Number("day", 0);
            row.RequireUnit("day", "d");
            if (planned.Count > 0 && day <= planned[^1].Day) bag.Error(ClinicalCodes.NotRising, "days of visits rise", row.Where);
            planned.Add(new PlannedVisit(row.Text("id"), day, row.Number("jitter", 0), row.Number("marrow", 0, 1) > 0));
            values.Add(row.Sourced(row.Text("id"), day));
        }

        if (!planned.Exists(v => v.Marrow))
            bag.Error(ClinicalCodes.MissingRow, "no visit takes marrow", new SourceSpan(path, 0, 0, 1), "response needs one", "set marrow to 1 at the visits that assess response");
        return new VisitSchedule(planned, values, homeInterval);
    }

    /// <summary>A patient's visits until a day, in order of time, at most one a day. They are the same in every arm.</summary>
    public IReadOnlyList<Visit> Visits(ulong seed, int patient, double until)
    {
        var visits = new List<Visit>();
        for (var i = 0; i < Planned.Count; i++)
        {
            var plan = Planned[i];
            var stream = new RandomKey(seed, _jitterPurpose, (ulong)patient, (uint)i).Stream();
            var day = plan.Day + Math.Round(stream.Uniform(-plan.Jitter, plan.Jitter));
            if (day <= until) visits.Add(new Visit((uint)i, day, plan.Day, plan.Marrow, AtHome: false));
        }

        var taken = visits.Select(v => v.Day).ToHashSet();
        for (var k = 1; k * _homeInterval <= until; k++)
        {
            var day = k * _homeInterval;
            if (!taken.Contains(day)) visits.Add(new Visit(FirstHomeNumber + (uint)k, day, day, Marrow: false, AtHome: true));
        }

        return [.. visits.OrderBy(v => v.Day).ThenBy(v => v.Number)];
    }
}

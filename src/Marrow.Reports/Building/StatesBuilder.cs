using Marrow.Reports.Model;
using Marrow.Reports.Words;
using Marrow.Trials.Clinical;
using Marrow.Trials.Studies;

namespace Marrow.Reports.Building;

/// <summary>Where infused patients are over time: in remission with and without B cells, transplanted, with leukaemia, dead.</summary>
internal static class StatesBuilder
{
    private const int Points = 144;

    private static readonly StateData[] _states =
    [
        new("aplasia", "Remission, B cells absent"), new("b_cells", "Remission, B cells present"), new("transplant", "Remission, transplanted"),
        new("leukaemia", "Leukaemia, or later treatment"), new("dead", "Dead"),
    ];

    /// <summary>The figure; null where nobody was infused.</summary>
    public static StatesData? Build(ArmResult arm, double followUpMonths, Clock clock)
    {
        PatientOutcome[] infused = [.. arm.Outcomes.Where(o => o.Infused)];
        if (infused.Length == 0) return null;
        double[] months = [.. Enumerable.Range(0, Points + 1).Select(i => followUpMonths * i / Points)];
        var rows = months.Select(m => Row(infused, m)).ToList();
        var asked = Math.Min(12, followUpMonths);
        return new(
            PatientFindings.Aplasia(rows.MinBy(r => Math.Abs(r[0] - asked))![1], asked, clock),
            $"Shares of all {clock.Treated} patients who are dead or still followed. B cells are absent from the visit that shows aplasia to the one that shows them back. A second remission after relapse counts as later treatment.",
            infused.Length, followUpMonths, _states, rows);
    }

    private static double[] Row(PatientOutcome[] patients, double months)
    {
        var day = months * Study.DaysPerMonth;
        var row = new double[_states.Length + 1];
        row[0] = months;
        var seen = patients.Where(o => o.DeathDay <= day || o.LastDay >= day - 1).ToList();
        foreach (var patient in seen) row[1 + State(patient, day)] += 1.0 / seen.Count;
        return row;
    }

    private static int State(PatientOutcome outcome, double day)
    {
        if (outcome.DeathDay <= day) return 4;
        if (!(outcome.RemissionDay <= day) || outcome.RelapseDay <= day) return 3;
        if (outcome.TransplantDay <= day) return 2;
        return outcome.AplasiaStartDay <= day && !(outcome.AplasiaEndDay <= day) ? 0 : 1;
    }
}

namespace Marrow.Trials.Clinical;

/// <summary>What blood shows over the visits: the transgene, B cells, neutrophils, and the curves that reports draw.</summary>
internal static class BloodAssessment
{
    /// <summary>Transgene kinetics from the trial's visits (<paramref name="until"/>: end of observation).</summary>
    public static CarKinetics Car(Subject subject, IReadOnlyList<Visit> visits, double until)
    {
        var loq = subject.Protocol.Assays.PcrLoq;
        var window = subject.Protocol.Hazards.EarlyUntil;
        var planned = subject.Protocol.Schedule.Planned.Count(v => v.Day <= window);
        var readings = visits.Where(v => !v.AtHome).Select(v => (Visit: v, Copies: Assays.CarCopies(subject, v))).ToArray();
        var above = readings.Where(r => r.Copies >= loq).ToArray();
        var early = readings.Where(r => r.Visit.PlannedDay <= window).ToArray();
        double? auc = null;
        if (early.Length == planned)
        {
            auc = 0;
            var last = (Day: 0.0, Copies: 0.0);
            foreach (var (visit, copies) in early)
            {
                var quantified = copies >= loq ? copies : 0;
                auc += (visit.Day - last.Day) * (quantified + last.Copies) / 2;
                last = (visit.Day, quantified);
            }
        }

        if (above.Length == 0) return new CarKinetics { Auc28 = auc };
        var peak = above.MaxBy(r => r.Copies);
        var lastAbove = above[^1].Visit.Day;
        return new CarKinetics
        {
            Cmax = peak.Copies,
            Tmax = peak.Visit.Day,
            Auc28 = auc,
            LastQuantifiableDay = lastAbove,
            PersistenceCensored = readings[^1].Visit.Day <= lastAbove || lastAbove >= until,
        };
    }

    /// <summary>First visit with B-cell aplasia, and the visit that showed B cells back if the next one confirms it.</summary>
    public static (double? Start, double? End) Aplasia(Subject subject, IReadOnlyList<Visit> visits)
    {
        double? start = null;
        double? back = null;
        foreach (var visit in visits.Where(v => !v.AtHome))
        {
            var aplasia = Assays.BCellAplasia(subject, visit);
            if (start is null)
            {
                if (aplasia) start = visit.Day;
            }
            else if (aplasia)
            {
                back = null;
            }
            else if (back is not null)
            {
                return (start, back);
            }
            else
            {
                back = visit.Day;
            }
        }

        return (start, null);
    }

    /// <summary>Day after which neutrophils stay above the limit within the window; 0 if they never fell below; null if they end below or observation ends in the window before that.</summary>
    public static double? NeutrophilRecovery(Subject subject, double until)
    {
        var hazards = subject.Protocol.Hazards;
        var course = subject.Course;
        var column = course.Index(Readouts.Anc);
        double recovered = 0;
        var below = false;
        for (var row = subject.FirstRow(0); row < course.Times.Count && course.Times[row] <= Math.Min(until, hazards.NeutrophilWindow); row++)
        {
            var low = course.Value(column, row) < hazards.NeutrophilsRecoveredFrom;
            if (below && !low) recovered = course.Times[row];
            below = low;
        }

        return below ? null : recovered;
    }

    /// <summary>The protocol's series on its grid; NaN after the end of observation, and where the model lacks the readout.</summary>
    public static IReadOnlyList<IReadOnlyList<double>> Curves(Subject subject, double until)
    {
        var grid = subject.Protocol.GridDays;
        var curves = new List<IReadOnlyList<double>>();
        foreach (var series in subject.Protocol.Series)
        {
            var values = new double[grid.Count];
            var last = subject.Course.Find(series.Readout) is null ? double.NegativeInfinity : until;
            for (var i = 0; i < values.Length; i++)
            {
                if (grid[i] > last)
                {
                    values[i] = double.NaN;
                    continue;
                }

                var error = series.ResidualLogSd > 0 ? subject.Random($"curve {series.Id}", (uint)i).LogNormal(1, series.ResidualLogSd) : 1;
                values[i] = Math.Clamp(subject.At(series.Readout, grid[i]) * series.Scale * error, series.ClipLower, series.ClipUpper);
            }

            curves.Add(values);
        }

        return curves;
    }
}

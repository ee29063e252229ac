using Marrow.Trials.Clinical;
using Marrow.Trials.DosingTables;
using Marrow.Trials.Regimens;

namespace Marrow.Trials.Observations;

/// <summary>The rules of a study with the model's indices in place of names.</summary>
/// <param name="Rules">Rules.</param>
/// <param name="Observables">Observable of each.</param>
/// <param name="Schedule">Visits of the protocol.</param>
internal sealed record ObservationPlan(IReadOnlyList<ObservationRule> Rules, IReadOnlyList<int> Observables, VisitSchedule Schedule);

/// <summary>When, among what happens at one time, an observation is made.</summary>
internal enum ObservationMoment
{
    /// <summary>Before all doses.</summary>
    First,
    /// <summary>After what is due from earlier rows of a table: further doses, and those whose lag ends.</summary>
    AfterEarlierRows,
    /// <summary>After the doses of all rows of that time.</summary>
    AfterRows,
}

/// <summary>Takes the values of one patient in one arm: on days and at the observations of a dosing table by samples of their own, at visits as the clinical layer reads them, linear
/// between the rows of the course.</summary>
internal sealed class ObservationCourse
{
    private readonly ObservationPlan? _plan;
    private readonly Due[] _due = [];
    private readonly List<ObservedPoint> _taken = [];
    private int _next;

    private readonly record struct Due(double Time, ObservationMoment Moment, int Rule, uint Occasion, double? Measured);

    /// <summary>Plans the observations of a patient.</summary>
    /// <param name="plan">The rules; null for none.</param>
    /// <param name="start">First day of the course.</param>
    /// <param name="end">Last day of the course.</param>
    /// <param name="subject">Whose rows of a dosing table the patient has; null for nobody's.</param>
    public ObservationCourse(ObservationPlan? plan, double start, double end, DosedSubject? subject = null)
    {
        _plan = plan;
        _due =
        [
            .. (plan?.Rules ?? []).SelectMany((rule, i) => rule.AtTable ? OfTable(rule, i, subject) : rule.Days.Select(d => new Due(TreatmentTimeline.Snap(d), ObservationMoment.First, i, ObservationRule.Occasion(d), null)))
                .Where(d => d.Time >= start && d.Time <= end).OrderBy(d => d.Time).ThenBy(d => d.Moment).ThenBy(d => d.Rule),
        ];
    }

    /// <summary>Time of the next sample; infinity if there is none.</summary>
    public double Next => _next < _due.Length ? _due[_next].Time : double.PositiveInfinity;

    /// <summary>Takes what is due.</summary>
    /// <param name="time">Time.</param>
    /// <param name="observables">Observables of the model.</param>
    /// <param name="moment">What has been given at this time; what comes after it waits.</param>
    public void Take(double time, ReadOnlySpan<double> observables, ObservationMoment moment)
    {
        for (; Next <= time; _next++)
        {
            var due = _due[_next];
            if (due.Moment > moment) return;
            _taken.Add(new ObservedPoint(due.Rule, "", due.Occasion, due.Time, observables[_plan!.Observables[due.Rule]] * _plan.Rules[due.Rule].Scale, due.Measured));
        }
    }

    /// <summary>Whether a row of a dosing table is an observation, and of a compartment, if one is given.</summary>
    public static bool IsOf(DosingRow row, string? compartment) =>
        row.Event == DosingEvent.Observation && (compartment is null || string.Equals(row.Compartment, compartment, StringComparison.OrdinalIgnoreCase));

    private static IEnumerable<Due> OfTable(ObservationRule rule, int number, DosedSubject? subject)
    {
        double dosed = double.NaN, last = double.NaN;
        var repeated = 0u;
        foreach (var row in subject?.Rows ?? [])
        {
            var time = TreatmentTimeline.Snap(row.Time);
            if (row.IsDose) dosed = time;
            if (!IsOf(row, rule.Compartment)) continue;
            // Repeated measurements have errors of their own.
            repeated = time == last ? repeated + 1 : 0;
            last = time;
            yield return new Due(time, time == dosed ? ObservationMoment.AfterRows : ObservationMoment.AfterEarlierRows, number, ObservationRule.Occasion(row.Time) + (repeated << 24), row.Observed);
        }
    }

    /// <summary>What is observed of the patient, in order of time; null without rules. From another treatment on, the course is not the patient's.</summary>
    /// <param name="outcome">Where observation ends.</param>
    /// <param name="course">The course.</param>
    /// <param name="seed">Seed of the run.</param>
    public IReadOnlyList<ObservedPoint>? Of(PatientOutcome outcome, Course course, ulong seed)
    {
        if (_plan is null) return null;
        if (!outcome.Infused) return [];
        var last = new[] { outcome.LastDay, outcome.TransplantDay, outcome.NewTherapyDay, outcome.Salvage?.StartDay }.Min()!.Value;
        var visits = _plan.Schedule.Visits(seed, outcome.Patient.Id, last).Where(v => !v.AtHome).ToArray();
        var atVisits = _plan.Rules.SelectMany((rule, i) => rule.Days.Count > 0 || rule.AtTable ? [] : visits.Select(v =>
            new ObservedPoint(i, _plan.Schedule.Planned[(int)v.Number].Id, v.Number, v.Day, course.At(rule.Readout, v.Day) * rule.Scale)));
        return [.. _taken.Where(p => p.Day <= last).Concat(atVisits).OrderBy(p => p.Day).ThenBy(p => p.Rule)];
    }
}

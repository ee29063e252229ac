using Marrow.Trials.Clinical;
using Marrow.Trials.Regimens;

namespace Marrow.Trials.Observations;

/// <summary>The rules of a study with the model's indices in place of names.</summary>
/// <param name="Rules">Rules.</param>
/// <param name="Observables">Observable of each.</param>
/// <param name="Schedule">Visits of the protocol.</param>
internal sealed record ObservationPlan(IReadOnlyList<ObservationRule> Rules, IReadOnlyList<int> Observables, VisitSchedule Schedule);

/// <summary>Takes the values of one patient in one arm: on days by samples of their own, at visits as the clinical layer reads them, linear
/// between the rows of the course.</summary>
internal sealed class ObservationCourse
{
    private readonly ObservationPlan? _plan;
    private readonly (double Time, int Rule, uint Occasion)[] _due = [];
    private readonly List<ObservedPoint> _taken = [];
    private int _next;

    /// <summary>Plans the observations of a patient.</summary>
    /// <param name="plan">The rules; null for none.</param>
    /// <param name="start">First day of the course.</param>
    /// <param name="end">Last day of the course.</param>
    public ObservationCourse(ObservationPlan? plan, double start, double end)
    {
        _plan = plan;
        _due =
        [
            .. (plan?.Rules ?? []).SelectMany((rule, i) => rule.Days.Select(d => (Time: TreatmentTimeline.Snap(d), Rule: i, Occasion: ObservationRule.Occasion(d))))
                .Where(d => d.Time >= start && d.Time <= end).OrderBy(d => d.Time).ThenBy(d => d.Rule),
        ];
    }

    /// <summary>Time of the next sample; infinity if there is none.</summary>
    public double Next => _next < _due.Length ? _due[_next].Time : double.PositiveInfinity;

    /// <summary>Takes what is due.</summary>
    public void Take(double time, ReadOnlySpan<double> observables)
    {
        for (; Next <= time; _next++)
        {
            var (day, rule, occasion) = _due[_next];
            _taken.Add(new ObservedPoint(rule, "", occasion, day, observables[_plan!.Observables[rule]] * _plan.Rules[rule].Scale));
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
        var atVisits = _plan.Rules.SelectMany((rule, i) => rule.Days.Count > 0 ? [] : visits.Select(v =>
            new ObservedPoint(i, _plan.Schedule.Planned[(int)v.Number].Id, v.Number, v.Day, course.At(rule.Readout, v.Day) * rule.Scale)));
        return [.. _taken.Where(p => p.Day <= last).Concat(atVisits).OrderBy(p => p.Day).ThenBy(p => p.Rule)];
    }
}

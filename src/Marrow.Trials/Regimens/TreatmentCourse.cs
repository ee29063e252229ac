using Marrow.Numerics.Vectors;
using Marrow.Trials.Clinical;
using Marrow.Trials.Patients;

namespace Marrow.Trials.Regimens;

/// <summary>Carries out a treatment plan for one patient: planned doses, bridging, and care by rule.</summary>
internal sealed class TreatmentCourse
{
    private readonly TreatmentPlan _plan;
    private readonly PatientRandom _random;
    private readonly IReadOnlyDictionary<string, double> _values;
    private readonly TreatmentTimeline _timeline = new();
    private readonly List<GivenDose> _given = [];
    private readonly double[] _nextLook;
    private readonly Dictionary<string, (int Starts, double Last)>[] _started;

    /// <summary>Prepares the course.</summary>
    /// <param name="plan">What is planned.</param>
    /// <param name="random">The patient's random numbers.</param>
    /// <param name="values">The patient's values, those of the regimen included.</param>
    public TreatmentCourse(TreatmentPlan plan, PatientRandom random, IReadOnlyDictionary<string, double> values)
    {
        _plan = plan;
        _random = random;
        _values = values;
        _nextLook = [.. plan.Care.Select(c => TreatmentTimeline.Snap(c.Rule.FromDay))];
        _started = [.. plan.Care.Select(_ => new Dictionary<string, (int, double)>())];
    }

    /// <summary>Doses given or planned so far, in the order in which they were decided.</summary>
    public IReadOnlyList<GivenDose> Given => _given;

    /// <summary>Next time at which something changes.</summary>
    public double NextAction => _timeline.Next;

    /// <summary>Next time at which care by rule is looked at.</summary>
    public double NextLook => _nextLook.Length == 0 ? double.PositiveInfinity : _nextLook.Min();

    /// <summary>Plans bridging and the doses; <paramref name="parameters"/> are the patient's at the start.</summary>
    public void Plan(double start, ReadOnlySpan<double> parameters)
    {
        foreach (var (parameter, value) in _plan.Settings) _timeline.AddSetting(start, parameter, value);
        if (_plan.BridgingSwitch >= 0 && _plan.Regimen.Preparation?.Bridging is { } bridging
            && Covariates.Independent(bridging.Share, "regimen", _random, _values) > 0)
        {
            _timeline.AddSetting(start, _plan.BridgingSwitch, 1);
            _timeline.AddSetting(bridging.UntilDay, _plan.BridgingSwitch, 0);
        }
        foreach (var planned in _plan.Doses)
        {
            if (planned.Planned.GivenTo is { } share && Covariates.Independent(share, "regimen", _random, _values) == 0) continue;
            var prescribed = planned.Dose.Prescribed(_random, _values);
            if (prescribed <= 0) continue;
            for (var i = 0; i < planned.Planned.Days.Count; i++) Give(planned.Dose, planned.Planned.Days[i], prescribed, byRule: false, parameters, i);
            foreach (var companion in planned.Companions) PlanCompanion(planned, companion, parameters);
        }
    }

    /// <summary>Does what is due; true if something was done.</summary>
    public bool Apply(double time, Span<double> states, Span<double> parameters) => _timeline.Apply(time, states, parameters);

    /// <summary>Ends all planned treatment, and bridging.</summary>
    public void Cancel(double time)
    {
        _timeline.Cancel();
        if (_plan.BridgingSwitch >= 0) _timeline.AddSetting(time, _plan.BridgingSwitch, 0);
        _given.RemoveAll(d => d.Day >= time);
        Array.Fill(_nextLook, double.PositiveInfinity);
    }

    /// <summary>Looks at the care rules that are due and decides on treatment.</summary>
    /// <param name="time">Time of the look.</param>
    /// <param name="signals">Observables.</param>
    /// <param name="score">Score of the clinical layer.</param>
    /// <param name="parameters">Parameters of the patient.</param>
    public void Look(double time, ReadOnlySpan<double> signals, double score, ReadOnlySpan<double> parameters)
    {
        for (var r = 0; r < _plan.Care.Count; r++)
        {
            if (_nextLook[r] > time) continue;
            var care = _plan.Care[r];
            var signal = care.Signal < 0 ? score : signals[care.Signal];
            if (care.Rule.Above ? signal > care.Rule.Threshold : signal < care.Rule.Threshold) Treat(care, _started[r], time, parameters);
            var next = TreatmentTimeline.Snap(_nextLook[r] + care.Rule.Every);
            _nextLook[r] = next > care.Rule.ToDay ? double.PositiveInfinity : next;
        }
    }

    private void Treat(CarePlan care, Dictionary<string, (int Starts, double Last)> started, double time, ReadOnlySpan<double> parameters)
    {
        for (var t = 0; t < care.Treatments.Count; t++)
        {
            var treatment = care.Rule.Treatments[t];
            var (starts, last) = started.GetValueOrDefault(treatment.Name, (0, double.NegativeInfinity));
            if (starts >= treatment.AtMost || time < last + treatment.Again) continue;
            if (treatment.After is { } after && started.GetValueOrDefault(after.Treatment).Starts < after.Starts) continue;
            started[treatment.Name] = (starts + 1, time);
            foreach (var (dose, offsets) in care.Treatments[t])
            {
                var prescribed = dose.Prescribed(_random, _values);
                for (var i = 0; i < offsets.Count; i++) Give(dose, time + offsets[i], prescribed, byRule: true, parameters, i);
            }
        }
    }

    private void Give(DosePlan dose, double day, double prescribed, bool byRule, ReadOnlySpan<double> parameters, int number)
    {
        var amount = dose.InModel(prescribed, _values, parameters);
        if (dose.Varies >= 0)
        {
            var z = _random.Stream("dose to dose " + dose.Dose.Drug.Drug, number).Normal();
            _timeline.AddSetting(day, dose.Varies, parameters[dose.Varies] * VectorMath.Exp(dose.Dose.Drug.VariesSd * z));
        }
        if (dose.Dose.Drug.Mode == InputMode.Bolus) _timeline.AddBolus(day, dose.Target, amount);
        else _timeline.AddInfusion(day, dose.Dose.Duration, dose.Target, amount);
        _given.Add(new GivenDose(TreatmentTimeline.Snap(day), dose.Dose.Drug.Drug, prescribed, dose.Dose.Drug.DoseUnit, byRule));
    }

    private void PlanCompanion(PlannedDosePlan planned, CompanionPlan plan, ReadOnlySpan<double> parameters)
    {
        if (Covariates.Independent(plan.Companion.Share, "regimen", _random, _values) == 0) return;
        var amount = plan.Companion.Amount;
        foreach (var factor in plan.Factors) amount *= factor.Parameter >= 0 ? parameters[factor.Parameter] : _values[factor.Value];
        _timeline.AddBolus(planned.Planned.Days[0], plan.State, amount);
    }
}

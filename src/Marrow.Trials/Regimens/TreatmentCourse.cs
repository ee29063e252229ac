using Marrow.Trials.Clinical;
using Marrow.Trials.DosingTables;
using Marrow.Trials.Patients;

namespace Marrow.Trials.Regimens;

/// <summary>Carries out a treatment plan for one patient: planned doses, bridging, and care by rule.</summary>
internal sealed class TreatmentCourse
{
    private readonly TreatmentPlan _plan;
    private readonly PatientRandom _random;
    private readonly IReadOnlyDictionary<string, double> _values;
    private readonly double _origin;
    private readonly TreatmentTimeline _timeline = new();
    private readonly List<GivenDose> _given = [];
    private readonly WaitingDoses _waiting = new();
    private readonly DoseVariation _variation;
    private readonly TableCourse? _table;
    private readonly double[] _nextLook;
    private readonly Dictionary<string, (int Starts, double Last)>[] _started;

    /// <summary>Prepares the course.</summary>
    /// <param name="plan">What is planned.</param>
    /// <param name="random">The patient's random numbers.</param>
    /// <param name="values">The patient's values, those of the regimen included.</param>
    /// <param name="origin">Time at which the plan's day 0 falls; not 0 after a crossover.</param>
    public TreatmentCourse(TreatmentPlan plan, PatientRandom random, IReadOnlyDictionary<string, double> values, double origin = 0)
    {
        _plan = plan;
        _random = random;
        _values = values;
        _origin = origin;
        _variation = new DoseVariation(random, _timeline);
        _table = plan.Table is { } table && table.Table.Of(random) is { } subject ? new TableCourse(table, _variation, subject, origin) : null;
        _nextLook = [.. plan.Care.Select(c => TreatmentTimeline.Snap(c.Rule.FromDay + origin))];
        _started = [.. plan.Care.Select(_ => new Dictionary<string, (int, double)>())];
    }

    /// <summary>Doses given or planned so far, in the order in which they were decided.</summary>
    public IReadOnlyList<GivenDose> Given => _given;

    /// <summary>What rules decided about planned doses, in order.</summary>
    public IReadOnlyList<DoseDecision> Decisions => _waiting.Decisions;

    /// <summary>Next time at which something changes.</summary>
    public double NextAction => _timeline.Next;

    /// <summary>Next time at which care by rule, a dose that waits, or one of a table is looked at.</summary>
    public double NextLook => Math.Min(Math.Min(_waiting.NextDue, _table?.Next ?? double.PositiveInfinity), _nextLook.Length == 0 ? double.PositiveInfinity : _nextLook.Min());

    /// <summary>Whose doses of a table the patient gets; null if there is no table, or nobody of it is the patient.</summary>
    public DosedSubject? Subject => _table?.Subject;

    /// <summary>Day of the first dose.</summary>
    public double FirstDay => Math.Min(_table?.FirstDose ?? double.PositiveInfinity, _table is null || _plan.Doses.Count > 0 ? _plan.FirstDay + _origin : double.PositiveInfinity);

    /// <summary>Day from which the plan has something to do.</summary>
    public double FirstTime => Math.Min(_plan.FirstDay + _origin, _table?.FirstRow ?? double.PositiveInfinity);

    /// <summary>What was wrong with a dose of a table; null if nothing was.</summary>
    public string? Problem => _table?.Problem;

    /// <summary>Plans bridging and the doses; <paramref name="parameters"/> are the patient's at the start.</summary>
    public void Plan(double start, ReadOnlySpan<double> parameters)
    {
        foreach (var (parameter, setting) in _plan.Settings)
            _timeline.AddSetting(start, parameter, setting.Multiplies ? setting.Value * parameters[parameter] : setting.Value);
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
            // A hold puts off the whole plan, so that with one rule every dose waits.
            if (_plan.HasDoseRules) _waiting.Add(planned, prescribed, _origin);
            else GiveAll(planned, prescribed, parameters);
        }
    }

    /// <summary>Does what is due; true if something was done.</summary>
    public bool Apply(double time, Span<double> states, Span<double> parameters) => _timeline.Apply(time, states, parameters);

    /// <summary>Ends all planned treatment, and bridging.</summary>
    /// <param name="time">From when on.</param>
    /// <param name="stopRunning">Whether infusions that run stop now; else they go on to their end.</param>
    public void Cancel(double time, bool stopRunning = false)
    {
        _timeline.Cancel(stopRunning ? time : null);
        if (_plan.BridgingSwitch >= 0) _timeline.AddSetting(time, _plan.BridgingSwitch, 0);
        _given.RemoveAll(d => d.Day >= time);
        _waiting.Clear();
        _table?.Clear();
        Array.Fill(_nextLook, double.PositiveInfinity);
    }

    /// <summary>Gives further doses of earlier rows of a table, which come before its rows of the same time.</summary>
    /// <param name="sight">What is seen of the patient.</param>
    /// <param name="parameters">Parameters of the patient.</param>
    public void GiveFurther(in Sight sight, ReadOnlySpan<double> parameters) => _table?.Give(sight, parameters, _timeline, _given, rows: false);

    /// <summary>Looks at the doses and care rules that are due and decides on treatment.</summary>
    /// <param name="sight">What is seen of the patient.</param>
    /// <param name="parameters">Parameters of the patient.</param>
    public void Look(in Sight sight, ReadOnlySpan<double> parameters)
    {
        while (_waiting.Decide(sight) is { } due)
        {
            Give(due.Plan.Dose, sight.Time, due.Amount, byRule: false, parameters, due.Number);
            if (due.Number > 0) continue;
            foreach (var companion in due.Plan.Companions) PlanCompanion(sight.Time, companion, parameters);
        }
        _table?.Give(sight, parameters, _timeline, _given);
        for (var r = 0; r < _plan.Care.Count; r++)
        {
            if (_nextLook[r] > sight.Time) continue;
            var care = _plan.Care[r];
            if (sight.Meets(care.When)) Treat(care, _started[r], sight.Time, parameters);
            var next = TreatmentTimeline.Snap(_nextLook[r] + care.Rule.Every);
            _nextLook[r] = next > care.Rule.ToDay + _origin ? double.PositiveInfinity : next;
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

    private void GiveAll(PlannedDosePlan planned, double prescribed, ReadOnlySpan<double> parameters)
    {
        for (var i = 0; i < planned.Planned.Days.Count; i++) Give(planned.Dose, planned.Planned.Days[i] + _origin, prescribed, byRule: false, parameters, i);
        foreach (var companion in planned.Companions) PlanCompanion(planned.Planned.Days[0] + _origin, companion, parameters);
    }

    private void Give(DosePlan dose, double day, double prescribed, bool byRule, ReadOnlySpan<double> parameters, int number)
    {
        if (dose.Varies >= 0) _variation.Draw(dose.Dose.Drug, dose.Varies, number, day, parameters);
        if (dose.Dose.Adherence is not { } adherence)
        {
            GivePart(dose, day, dose.Dose.Duration, prescribed, byRule, parameters);
            return;
        }
        foreach (var (offset, length) in TakenBlocks.Of(dose.Dose, adherence, number, _random, _values))
        {
            var share = dose.Dose.Duration > 0 ? length / dose.Dose.Duration : 1;
            GivePart(dose, day + offset, length, prescribed * share, byRule, parameters);
        }
    }

    private void GivePart(DosePlan dose, double day, double duration, double prescribed, bool byRule, ReadOnlySpan<double> parameters)
    {
        var amount = dose.InModel(prescribed, _values, parameters);
        if (dose.Dose.Drug.Mode == InputMode.Bolus) _timeline.AddBolus(day, dose.Target, amount);
        else _timeline.AddInfusion(day, duration, dose.Target, amount);
        _given.Add(new GivenDose(TreatmentTimeline.Snap(day), dose.Dose.Drug.Drug, prescribed, dose.Dose.Drug.DoseUnit, byRule));
    }

    private void PlanCompanion(double day, CompanionPlan plan, ReadOnlySpan<double> parameters)
    {
        if (Covariates.Independent(plan.Companion.Share, "regimen", _random, _values) == 0) return;
        var amount = plan.Companion.Amount;
        foreach (var factor in plan.Factors) amount *= factor.Parameter >= 0 ? parameters[factor.Parameter] : _values[factor.Value];
        _timeline.AddBolus(day, plan.State, amount);
    }
}

using Marrow.Numerics.Jumps;
using Marrow.Numerics.Ode;
using Marrow.Trials.Clinical;
using Marrow.Trials.Observations;
using Marrow.Trials.Regimens;

namespace Marrow.Trials.Patients;

/// <summary>A patient in one arm, from enrolment to the end of follow-up. Time is days since the infusion of cells (enrolment is
/// negative), or since enrolment if the regimen has no preparation.</summary>
internal sealed class ArmTrajectory : Trajectory, IPopulationObserver
{
    private const double DailyUntil = 100;
    private const double LaterInterval = 7;

    private readonly ArmContext _context;
    private readonly EnrolledPatient _patient;
    private readonly List<TreatmentCourse> _courses = [];
    private readonly Action<ArmTrajectory, TrajectoryReport> _ended;
    private readonly double[] _observables, _afterDoses;
    private readonly CourseRecord _record;
    private readonly Dictionary<string, double> _extinct = new(StringComparer.Ordinal);
    private readonly Dictionary<string, double> _appeared = new(StringComparer.Ordinal);
    private readonly double _start;
    private readonly double _dropOutThreshold;
    private readonly TimeVaryingCourse _varying = new();
    private readonly ObservationCourse _observed;
    private double _end;
    private double _nextRecord;
    private AttritionCause _lostBy;
    private double _lostDay;
    private double _dropOutHazard;
    private double _lastHazard;
    private double _infusionDue = double.PositiveInfinity;
    private double _manufactureCheck = double.PositiveInfinity;
    private double _nextCrossover = double.PositiveInfinity;
    private double? _crossoverDay;

    /// <summary>Prepares the trajectory.</summary>
    public ArmTrajectory(ArmContext context, EnrolledPatient patient, Action<ArmTrajectory, TrajectoryReport> ended)
    {
        _context = context;
        _patient = patient;
        _ended = ended;
        var values = Treat(context.Plan, origin: 0);
        if (context.Crossover is { } crossover) _nextCrossover = TreatmentTimeline.Snap(crossover.Crossover.Days[0]);
        _observables = new double[context.Model.Observables.Count];
        _afterDoses = new double[_observables.Length];
        _dropOutThreshold = patient.Random.Stream("drop-out before infusion").Exponential(1);
        _record = new CourseRecord(context.Model.Observables.Count);
        if (context.Plan.Regimen.Preparation is { } preparation)
        {
            _start = -TreatmentTimeline.Snap(Covariates.Independent(preparation.Wait, "regimen", patient.Random, values));
            _infusionDue = 0;
            PlannedWaitDays = -_start;
            if (context.ManufactureRisk < 0) Manufacture(context.Protocol.ManufactureFailureShare);
        }
        // Without preparation, treatment planned before day 0 begins the trajectory.
        else _start = Math.Min(0, TreatmentTimeline.Snap(Current.FirstTime));
        _end = TreatmentTimeline.Snap(context.FollowUpDays);
        _nextRecord = _start;
        _observed = new ObservationCourse(context.Observations, _start, _end, Current.Subject);
    }

    /// <summary>Which arm.</summary>
    public int Arm => _context.Arm;

    /// <summary>Who.</summary>
    public EnrolledPatient Patient => _patient;

    /// <summary>Days planned from the collection of cells to their infusion; 0 without preparation.</summary>
    public double PlannedWaitDays { get; }

    /// <summary>What was wrong with a dose of a table; null if nothing was.</summary>
    public string? Problem => Current.Problem;

    /// <summary>States at the end.</summary>
    public double[] States { get; private set; } = [];

    /// <inheritdoc/>
    public override double NextStop => Math.Min(Math.Min(NextAction, _varying.Next), Math.Min(_manufactureCheck, _end));

    /// <inheritdoc/>
    public override double NextSample => Math.Min(Math.Min(_nextRecord, _observed.Next), Math.Min(_nextCrossover, Current.NextLook));

    /// <inheritdoc/>
    public override double Begin(Span<double> states, Span<double> parameters)
    {
        _patient.States.CopyTo(states);
        _patient.Parameters.CopyTo(parameters);
        _varying.Begin(_context.TimeVarying, _patient.Covariates.Id, _start, parameters);
        _varying.Begin(_context.Plan.Table, Current.Subject, _start, parameters);
        Current.Plan(_start, parameters);
        return _start;
    }

    /// <inheritdoc/>
    public override Directive AtStop(double time, Span<double> states, Span<double> parameters)
    {
        CheckManufacture(time);
        if (time >= _end) return Directive.Finish;
        if (time >= _infusionDue) _infusionDue = double.PositiveInfinity;
        return Apply(time, states, parameters) ? Directive.Restart : Directive.Continue;
    }

    /// <inheritdoc/>
    public override Directive AtSample(double time, Span<double> states, Span<double> parameters)
    {
        _context.Model.Observe(time, states, parameters, _observables);
        _observed.Take(time, _observables, ObservationMoment.First);
        // Samples come before stops, and doses of tables are given at samples.
        if (Current.Subject is not null) CheckManufacture(time);
        var score = _context.Protocol.CrsScore(_observables[_context.Il6], _patient.Covariates.CrsResidual);
        var sight = new Sight(time, _observables, score, _context.Protocol);
        var changed = Current.Subject is not null && GiveFurther(sight, states, parameters);
        if (time >= _nextCrossover) LookForCrossover(sight, parameters);
        if (time >= Current.NextLook) Current.Look(sight, parameters);
        if (time >= _nextRecord)
        {
            if (_record.Count == 0 && _context.ManufactureRisk >= 0 && PlannedWaitDays > 0) Manufacture(_observables[_context.ManufactureRisk]);
            _record.Add(time, _observables);
            CountDropOut(time);
            // Who is lost after all that was to be watched.
            if (time >= _end) return Directive.Finish;
            _nextRecord = NextRecord(time);
        }
        changed |= Apply(time, states, parameters);
        Observe(time, states, parameters, ObservationMoment.AfterRows);
        if (Problem is not null) return Directive.Finish;
        return changed ? Directive.Restart : Directive.Continue;
    }

    /// <inheritdoc/>
    public void Appeared(string population, double time)
    {
        _appeared[population] = time;
        _extinct.Remove(population);
    }

    /// <inheritdoc/>
    public void DiedOut(string population, double time)
    {
        _extinct[population] = time;
        _appeared.Remove(population);
    }

    /// <inheritdoc/>
    public override void Ended(in TrajectoryReport report, ReadOnlySpan<double> states)
    {
        States = states.ToArray();
        _ended(this, report);
    }

    /// <summary>What was recorded, on the clock of the clinical layer: days since infusion, or since enrolment if never infused.</summary>
    public Course Course()
    {
        var infused = _lostBy == AttritionCause.None;
        var shift = infused ? 0 : _start;
        var events = new CourseEvents
        {
            // 0 - x, not -x: a start on day 0 is not to read -0.
            InfusionDay = infused ? 0 - _start : null,
            Attrition = _lostBy,
            AttritionDay = infused ? null : _lostDay - _start,
            Doses = [.. _courses.SelectMany(c => c.Given).Select(d => d with { Day = d.Day - shift }).OrderBy(d => d.Day)],
            Decisions = [.. _courses.SelectMany(c => c.Decisions).Select(d => d with { Day = d.Day - shift }).OrderBy(d => d.Day)],
            CrossoverDay = _crossoverDay - shift,
            Extinctions = [.. _extinct.Select(e => new Extinction(e.Value - shift, e.Key)).OrderBy(e => e.Day)],
            Appearances = [.. _appeared.Select(e => new Appearance(e.Value - shift, e.Key)).OrderBy(e => e.Day)],
        };
        return new Course(_context.Model.Observables, [.. _record.Times.Select(t => t - shift)], [.. _record.Values], events);
    }

    /// <summary>The regimen that is being given; earlier ones only end what they began.</summary>
    private TreatmentCourse Current => _courses[^1];

    private double NextAction
    {
        get
        {
            var next = double.PositiveInfinity;
            foreach (var course in _courses) next = Math.Min(next, course.NextAction);
            return next;
        }
    }

    private Dictionary<string, double> Treat(TreatmentPlan plan, double origin)
    {
        var values = new Dictionary<string, double>(_patient.Values, StringComparer.Ordinal);
        Covariates.DrawIndependent(plan.Regimen.Values, "regimen", _patient.Random, values);
        _courses.Add(new TreatmentCourse(plan, _patient.Random, values, origin));
        return values;
    }

    private bool Apply(double time, Span<double> states, Span<double> parameters)
    {
        var any = _varying.Apply(time, states, parameters);
        foreach (var course in _courses) any |= course.Apply(time, states, parameters);
        return any;
    }

    /// <summary>Does what is due from earlier rows of a table, before its rows; true if something changed.</summary>
    private bool GiveFurther(in Sight sight, Span<double> states, Span<double> parameters)
    {
        Current.GiveFurther(sight, parameters);
        var changed = Apply(sight.Time, states, parameters);
        Observe(sight.Time, states, parameters, ObservationMoment.AfterEarlierRows);
        return changed;
    }

    private void Observe(double time, ReadOnlySpan<double> states, ReadOnlySpan<double> parameters, ObservationMoment moment)
    {
        if (_observed.Next > time) return;
        _context.Model.Observe(time, states, parameters, _afterDoses);
        _observed.Take(time, _afterDoses, moment);
    }

    private void LookForCrossover(in Sight sight, ReadOnlySpan<double> parameters)
    {
        var plan = _context.Crossover!;
        var time = sight.Time;
        _nextCrossover = plan.Crossover.Days.Select(TreatmentTimeline.Snap).FirstOrDefault(d => d > time, double.PositiveInfinity);
        if (plan.When is { } when && !sight.Meets(when)) return;
        _nextCrossover = double.PositiveInfinity;
        _crossoverDay = time;
        Current.Cancel(time, stopRunning: true);
        Treat(plan.Plan, TreatmentTimeline.Snap(time + plan.Crossover.WashoutDays));
        Current.Plan(time, parameters);
    }

    /// <summary>What is observed of the patient; null if the study observes nothing.</summary>
    public IReadOnlyList<ObservedPoint>? Observed(PatientOutcome outcome, Course course) => _observed.Of(outcome, course, _patient.Random.Seed);

    /// <summary>Whether the product fails is known when the first dose before it is due.</summary>
    private void Manufacture(double risk)
    {
        if (_patient.Random.Independent("manufacture") < risk) _manufactureCheck = Math.Max(_start, TreatmentTimeline.Snap(Current.FirstDay));
    }

    private void CheckManufacture(double time)
    {
        if (time < _manufactureCheck) return;
        _manufactureCheck = double.PositiveInfinity;
        Lose(AttritionCause.ManufactureFailure, time);
    }

    private double NextRecord(double time)
    {
        var next = time < DailyUntil ? Math.Floor(time) + 1 : time + LaterInterval;
        return time < _end && next > _end ? _end : next;
    }

    /// <summary>Adds to the hazard of dropping out while waiting (trapezoids between records), and ends treatment when it reaches the
    /// patient's threshold.</summary>
    private void CountDropOut(double time)
    {
        if (double.IsPositiveInfinity(_infusionDue) || time > _infusionDue) return;
        var hazard = _context.Protocol.AttritionHazard(_observables[_context.Share]);
        if (_record.Count > 1) _dropOutHazard += .5 * (hazard + _lastHazard) * (time - _record.Times[^2]);
        _lastHazard = hazard;
        if (_dropOutHazard >= _dropOutThreshold && time < _infusionDue) Lose(_context.Protocol.AttritionCauseOf(_patient.Random.Seed, _patient.Covariates.Id), time);
    }

    private void Lose(AttritionCause cause, double time)
    {
        _lostBy = cause;
        _lostDay = time;
        _infusionDue = double.PositiveInfinity;
        _manufactureCheck = double.PositiveInfinity;
        _nextCrossover = double.PositiveInfinity;
        Current.Cancel(time);
        // Without an infusion the clock of follow-up starts at enrolment.
        _end = TreatmentTimeline.Snap(_start + _context.FollowUpDays);
    }
}

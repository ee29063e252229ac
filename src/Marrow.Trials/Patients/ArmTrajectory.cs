using Marrow.Numerics.Ode;
using Marrow.Trials.Regimens;

namespace Marrow.Trials.Patients;

/// <summary>A patient in one arm, from enrolment to the end of follow-up. Time is days since the infusion of cells (enrolment is
/// negative), or since enrolment if the regimen has no preparation.</summary>
internal sealed class ArmTrajectory : Trajectory
{
    private const double DailyUntil = 100;
    private const double LaterInterval = 7;

    private readonly ArmContext _context;
    private readonly EnrolledPatient _patient;
    private readonly TreatmentCourse _course;
    private readonly Dictionary<string, double> _values;
    private readonly Action<ArmTrajectory, TrajectoryReport> _ended;
    private readonly double[] _observables;
    private readonly double _start;
    private readonly double _dropOutThreshold;
    private double _end;
    private double _nextRecord;
    private double _dropOutHazard;
    private double _lastHazard;
    private double _infusionDue = double.PositiveInfinity;
    private double _manufactureCheck = double.PositiveInfinity;

    /// <summary>Prepares the trajectory.</summary>
    public ArmTrajectory(ArmContext context, EnrolledPatient patient, Action<ArmTrajectory, TrajectoryReport> ended)
    {
        _context = context;
        _patient = patient;
        _ended = ended;
        _values = new Dictionary<string, double>(patient.Values, StringComparer.Ordinal);
        Covariates.DrawIndependent(context.Plan.Regimen.Values, "regimen", patient.Random, _values);
        _course = new TreatmentCourse(context.Plan, patient.Random, _values);
        _observables = new double[context.Model.Observables.Count];
        _dropOutThreshold = patient.Random.Stream("drop-out before infusion").Exponential(1);
        Record = new CourseRecord(context.Model.Observables.Count);
        if (context.Plan.Regimen.Preparation is { } preparation)
        {
            _start = -TreatmentTimeline.Snap(Covariates.Independent(preparation.Wait, "regimen", patient.Random, _values));
            _infusionDue = 0;
            if (preparation.ManufactureFails is { } fails && Covariates.Independent(fails, "regimen", patient.Random, _values) > 0)
                _manufactureCheck = Math.Max(_start, TreatmentTimeline.Snap(context.Plan.FirstDay));
        }
        _end = TreatmentTimeline.Snap(context.FollowUpDays);
        _nextRecord = _start;
    }

    /// <summary>Which arm.</summary>
    public int Arm => _context.Arm;

    /// <summary>Who.</summary>
    public EnrolledPatient Patient => _patient;

    /// <summary>Values of the patient, those of the regimen included.</summary>
    public IReadOnlyDictionary<string, double> Values => _values;

    /// <summary>What was recorded.</summary>
    public CourseRecord Record { get; }

    /// <summary>Doses given.</summary>
    public IReadOnlyList<GivenDose> Given => _course.Given;

    /// <summary>Day of enrolment.</summary>
    public double Start => _start;

    /// <summary>Why the cells were never infused; null if they were (or are not part of the regimen).</summary>
    public string? LostBy { get; private set; }

    /// <summary>Day of the loss.</summary>
    public double LostDay { get; private set; } = double.NaN;

    /// <inheritdoc/>
    public override double NextStop => Math.Min(_course.NextAction, Math.Min(_manufactureCheck, _end));

    /// <inheritdoc/>
    public override double NextSample => Math.Min(_nextRecord, _course.NextLook);

    /// <inheritdoc/>
    public override double Begin(Span<double> states, Span<double> parameters)
    {
        _patient.States.CopyTo(states);
        _patient.Parameters.CopyTo(parameters);
        _course.Plan(_start, parameters);
        return _start;
    }

    /// <inheritdoc/>
    public override Directive AtStop(double time, Span<double> states, Span<double> parameters)
    {
        if (time >= _manufactureCheck)
        {
            _manufactureCheck = double.PositiveInfinity;
            Lose("manufacture", time);
        }
        if (time >= _end) return Directive.Finish;
        if (time >= _infusionDue) _infusionDue = double.PositiveInfinity;
        return _course.Apply(time, states, parameters) ? Directive.Restart : Directive.Continue;
    }

    /// <inheritdoc/>
    public override Directive AtSample(double time, Span<double> states, Span<double> parameters)
    {
        _context.Model.Observe(time, states, parameters, _observables);
        if (time >= _course.NextLook)
            _course.Look(time, _observables, _context.Clinical.CareScore(_patient, _observables), parameters);
        if (time >= _nextRecord)
        {
            Record.Add(time, _observables);
            CountDropOut(time);
            _nextRecord = NextRecord(time);
        }
        return _course.Apply(time, states, parameters) ? Directive.Restart : Directive.Continue;
    }

    /// <inheritdoc/>
    public override Directive AtEvent(int index, double time, Span<double> states, Span<double> parameters)
    {
        Record.Events.Add((time, _context.Model.Events[index]));
        return Directive.Continue;
    }

    /// <inheritdoc/>
    public override void Ended(in TrajectoryReport report, ReadOnlySpan<double> states) => _ended(this, report);

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
        var hazard = _context.Clinical.DropOutHazard(_patient, _observables);
        if (Record.Count > 1) _dropOutHazard += .5 * (hazard + _lastHazard) * (time - Record.Times[^2]);
        _lastHazard = hazard;
        if (_dropOutHazard >= _dropOutThreshold && time < _infusionDue) Lose("death, progression or adverse event", time);
    }

    private void Lose(string cause, double time)
    {
        LostBy = cause;
        LostDay = time;
        _infusionDue = double.PositiveInfinity;
        _manufactureCheck = double.PositiveInfinity;
        _course.Cancel(time);
        // Without an infusion the clock of follow-up starts at enrolment.
        _end = TreatmentTimeline.Snap(_start + _context.FollowUpDays);
    }
}

using Marrow.Numerics.Ode;
using Marrow.Numerics.Vectors;

namespace Marrow.Trials.Patients;

/// <summary>From the healthy start through rest and the growth of the leukaemia to the day of diagnosis, or to the finding that this
/// biology does not get there. Time runs from the start of rest.</summary>
internal sealed class EntryTrajectory(
    IStudyModel model, BiologyTable biology, EntryPlan plan, Candidate candidate, Action<EntryTrajectory, TrajectoryReport> ended,
    EntryChanges? changes = null) : Trajectory
{
    private readonly double[] _observables = new double[model.Observables.Count];
    private readonly EntryChanges _changes = changes ?? EntryChanges.None;
    private readonly double _end = plan.Rule.RestDays + plan.Rule.LimitDays;
    private bool _seeded;
    private double _lastShare;
    private double _nextSample = double.PositiveInfinity;

    /// <summary>Who it is.</summary>
    public Candidate Candidate => candidate;

    /// <summary>Why it was turned away; null if accepted (or failed).</summary>
    public Rejection? Rejection { get; private set; }

    /// <summary>Whether the share was reached.</summary>
    public bool Accepted { get; private set; }

    /// <summary>Days of growth from the seed to the drawn share.</summary>
    public double GrowthDays { get; private set; }

    /// <summary>States at the end.</summary>
    public double[] States { get; private set; } = [];

    /// <summary>Parameters at the end.</summary>
    public double[] Parameters { get; private set; } = [];

    /// <inheritdoc/>
    public override double NextStop => _seeded ? _end : plan.Rule.RestDays;

    /// <inheritdoc/>
    public override double NextSample => _nextSample;

    /// <inheritdoc/>
    public override double Begin(Span<double> states, Span<double> parameters)
    {
        HealthyStart.Fill(model, biology, plan, candidate, _changes, states, parameters);
        return 0;
    }

    /// <inheritdoc/>
    public override Directive AtStop(double time, Span<double> states, Span<double> parameters)
    {
        if (_seeded)
        {
            Keep(time, states, parameters);
            Rejection = Patients.Rejection.TooSlow;
            return Directive.Finish;
        }
        foreach (var (parameter, state) in plan.Remember) parameters[parameter] = states[state];
        states[plan.SeedState] = plan.Rule.SeedAmount;
        ModelChange.Apply(_changes.Growth, states, parameters);
        _seeded = true;
        _nextSample = time + plan.Rule.WindowDays;
        return Directive.Restart;
    }

    /// <inheritdoc/>
    public override Directive AtSample(double time, Span<double> states, Span<double> parameters)
    {
        model.Observe(time, states, parameters, _observables);
        var share = _observables[plan.Share];
        if (_observables[plan.Burden] <= 0) Rejection = Patients.Rejection.DiedOut;
        else if (Still(share)) Rejection = Patients.Rejection.LevelledOff;
        _lastShare = share;
        _nextSample = time + plan.Rule.WindowDays;
        if (Rejection is null) return Directive.Continue;
        Keep(time, states, parameters);
        return Directive.Finish;
    }

    /// <inheritdoc/>
    public override Directive AtEvent(int index, double time, Span<double> states, Span<double> parameters)
    {
        if (index != plan.StopEvent) return Directive.Continue;
        Accepted = true;
        Keep(time, states, parameters);
        return Directive.Finish;
    }

    /// <inheritdoc/>
    public override void Ended(in TrajectoryReport report, ReadOnlySpan<double> states)
    {
        if (States.Length == 0) States = states.ToArray();
        ended(this, report);
    }

    private bool Still(double share) =>
        _lastShare > 0
        && Math.Abs(share - _lastShare) < plan.Rule.StillPerDay * plan.Rule.WindowDays
        && Math.Abs(VectorMath.Ln(share / _lastShare)) < plan.Rule.StillLogPerDay * plan.Rule.WindowDays;

    private void Keep(double time, Span<double> states, Span<double> parameters)
    {
        GrowthDays = time - plan.Rule.RestDays;
        States = states.ToArray();
        Parameters = parameters.ToArray();
    }
}

/// <summary>A patient before entry: covariates, the number of the biology draw, and why earlier ones were turned away.</summary>
internal sealed record Candidate(
    int Patient, int Attempt, PatientRandom Random, IReadOnlyDictionary<string, double> Values, IReadOnlyList<Rejection> Rejections);

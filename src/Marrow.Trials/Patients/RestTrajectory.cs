using Marrow.Numerics.Ode;

namespace Marrow.Trials.Patients;

/// <summary>A healthy body coming to rest. Time runs from the start of rest.</summary>
internal sealed class RestTrajectory(
    IStudyModel model, BiologyTable biology, EntryPlan plan, Candidate candidate, EntryChanges changes, Action<RestTrajectory, TrajectoryReport> ended) : Trajectory
{
    /// <summary>Who it is.</summary>
    public Candidate Candidate => candidate;

    /// <summary>States at the end.</summary>
    public double[] States { get; private set; } = [];

    /// <summary>Parameters at the end.</summary>
    public double[] Parameters { get; private set; } = [];

    /// <inheritdoc/>
    public override double NextStop => plan.Rule.RestDays;

    /// <inheritdoc/>
    public override double NextSample => double.PositiveInfinity;

    /// <inheritdoc/>
    public override double Begin(Span<double> states, Span<double> parameters)
    {
        HealthyStart.Fill(model, biology, plan, candidate, changes, states, parameters);
        return 0;
    }

    /// <inheritdoc/>
    public override Directive AtStop(double time, Span<double> states, Span<double> parameters)
    {
        foreach (var (parameter, state) in plan.Remember) parameters[parameter] = states[state];
        ModelChange.Apply(changes.Growth, states, parameters);
        States = states.ToArray();
        Parameters = parameters.ToArray();
        return Directive.Finish;
    }

    /// <inheritdoc/>
    public override Directive AtSample(double time, Span<double> states, Span<double> parameters) => Directive.Continue;

    /// <inheritdoc/>
    public override void Ended(in TrajectoryReport report, ReadOnlySpan<double> states) => ended(this, report);
}

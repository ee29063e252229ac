namespace Marrow.Numerics.Ode;

/// <summary>A trajectory that does nothing but hand over its states on a grid of times; it ends at the last.</summary>
internal sealed class SampledTrajectory(
    IReadOnlyList<double> initial, IReadOnlyList<double> values, double start, IReadOnlyList<double> times, SampleReceiver receive) : Trajectory
{
    private int _next;

    /// <summary>How it ended.</summary>
    public TrajectoryReport Report { get; private set; }

    /// <inheritdoc/>
    public override double NextStop => times[^1];

    /// <inheritdoc/>
    public override double NextSample => _next < times.Count ? times[_next] : double.PositiveInfinity;

    /// <inheritdoc/>
    public override double Begin(Span<double> states, Span<double> parameters)
    {
        for (var i = 0; i < states.Length; i++) states[i] = initial[i];
        for (var i = 0; i < parameters.Length; i++) parameters[i] = values[i];
        return start;
    }

    /// <inheritdoc/>
    public override Directive AtStop(double time, Span<double> states, Span<double> parameters) => Directive.Finish;

    /// <inheritdoc/>
    public override Directive AtSample(double time, Span<double> states, Span<double> parameters)
    {
        receive(times[_next++], states, parameters);
        return Directive.Continue;
    }

    /// <inheritdoc/>
    public override void Ended(in TrajectoryReport report, ReadOnlySpan<double> states) => Report = report;
}

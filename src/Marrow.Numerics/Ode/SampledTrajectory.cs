namespace Marrow.Numerics.Ode;

/// <summary>A trajectory that does nothing but hand over its states on a grid of times; it ends at the last. What is handed over for the
/// start is what events leave that are due at the start itself.</summary>
internal sealed class SampledTrajectory(
    IReadOnlyList<double> initial, IReadOnlyList<double> values, double start, IReadOnlyList<double> times, SampleReceiver receive) : Trajectory
{
    private int _next;
    private double[]? _startStates, _startParameters;

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
        HandOverStart();
        if (_next == 0 && time == start) (_startStates, _startParameters) = (states.ToArray(), parameters.ToArray());
        else receive(times[_next], states, parameters);
        _next++;
        return Directive.Continue;
    }

    /// <inheritdoc/>
    public override Directive AtEvent(int index, double time, Span<double> states, Span<double> parameters)
    {
        if (_startStates is null || time > start) return Directive.Continue;
        states.CopyTo(_startStates);
        parameters.CopyTo(_startParameters);
        return Directive.Continue;
    }

    /// <inheritdoc/>
    public override void Ended(in TrajectoryReport report, ReadOnlySpan<double> states)
    {
        HandOverStart();
        Report = report;
    }

    private void HandOverStart()
    {
        if (_startStates is null) return;
        receive(times[0], _startStates, _startParameters);
        _startStates = null;
    }
}

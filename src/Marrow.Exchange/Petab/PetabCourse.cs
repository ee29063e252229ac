using Marrow.Numerics.Ode;
using Marrow.Numerics.SteadyStates;

namespace Marrow.Exchange.Petab;

/// <summary>Receives a point of a course.</summary>
/// <param name="place">Place of its time among the times asked for; their number for the steady state at the end.</param>
/// <param name="time">Time.</param>
/// <param name="states">States.</param>
/// <param name="parameters">Parameters.</param>
internal delegate void PetabReceiver(int place, double time, ReadOnlySpan<double> states, ReadOnlySpan<double> parameters);

/// <summary>The course of one experiment from a time on: periods, measured times, and a steady state at the end if one is asked for. What is
/// measured at the time of a change, or of an event, is measured after it.</summary>
internal sealed class PetabCourse : Trajectory
{
    /// <summary>Durations after which the end is first and last tried for a steady state.</summary>
    private const double FirstTry = 1e3, LastTry = 1e15;

    private readonly PetabEquations _equations;
    private readonly double[] _initial, _values, _times;
    private readonly double _start;
    private readonly StepperOptions _options;
    private readonly IReadOnlyList<PetabPeriod> _later;
    private readonly PetabReceiver _receive;
    private readonly double _end;
    private int _nextTime, _nextPeriod, _waiting = -1, _last = -1;
    private double _waitingTime, _tryAfter = FirstTry;
    private double[] _waitingStates = [], _waitingParameters = [];
    private Approach? _approach;
    private bool _looked;

    /// <param name="label">Name for messages.</param>
    /// <param name="equations">The model.</param>
    /// <param name="start">Time, states and parameters at the start.</param>
    /// <param name="later">Periods that begin later, ascending.</param>
    /// <param name="times">Measured times, ascending, each once.</param>
    /// <param name="toSteadyState">Whether the course ends in a steady state.</param>
    /// <param name="options">Tolerances.</param>
    /// <param name="receive">Gets the points.</param>
    public PetabCourse(
        string label, PetabEquations equations, (double Time, double[] States, double[] Parameters) start, IReadOnlyList<PetabPeriod> later, double[] times,
        bool toSteadyState, StepperOptions options, PetabReceiver receive)
    {
        (Label, _equations, _times, ToSteadyState, _options, _receive) = (label, equations, times, toSteadyState, options, receive);
        (_start, _initial, _values) = start;
        var last = times.Length > 0 ? times[^1] : _start;
        _later = toSteadyState ? later : [.. later.Where(p => p.Time <= last)];
        var boundary = _later.Count > 0 ? _later[^1].Time : _start;
        // Events that a change triggers come after it: the course goes on a little.
        _end = Math.Max(last, boundary + 1e-9 * Math.Max(1, Math.Abs(boundary)));
    }

    /// <summary>Name for messages.</summary>
    public string Label { get; }

    /// <summary>Whether the course ends in a steady state.</summary>
    public bool ToSteadyState { get; }

    /// <summary>Whether it did.</summary>
    public bool IsSteady { get; private set; }

    /// <summary>How it ended.</summary>
    public TrajectoryReport Report { get; private set; }

    /// <inheritdoc/>
    public override double NextSample => _nextTime < _times.Length && !IsBoundary(_times[_nextTime]) ? _times[_nextTime] : double.PositiveInfinity;

    /// <summary>The next measured time, so that no step passes over what only measurements there show; the next change, just before the events
    /// that are due at its time; or the end.</summary>
    public override double NextStop => Math.Min(NextSample, Math.Min(Math.BitDecrement(NextChange), ToSteadyState ? _end + _tryAfter : _end));

    private double NextChange => _nextPeriod < _later.Count ? _later[_nextPeriod].Time : double.PositiveInfinity;

    private bool IsBoundary(double time) => time == NextChange || time == _start;

    /// <inheritdoc/>
    public override double Begin(Span<double> states, Span<double> parameters)
    {
        _initial.CopyTo(states);
        _values.CopyTo(parameters);
        Await(_start, states, parameters);
        return _start;
    }

    /// <inheritdoc/>
    public override Directive AtSample(double time, Span<double> states, Span<double> parameters)
    {
        HandOver();
        _receive(_nextTime, time, states, parameters);
        _last = _nextTime++;
        return Directive.Continue;
    }

    /// <inheritdoc/>
    public override Directive AtStop(double time, Span<double> states, Span<double> parameters)
    {
        HandOver();
        if (time >= Math.BitDecrement(NextChange))
        {
            var at = NextChange;
            _equations.Apply(_later[_nextPeriod++], at, states, parameters);
            Await(at, states, parameters);
            return Directive.Restart;
        }
        return ToSteadyState ? TrySteady(time, states, parameters) : Directive.Finish;
    }

    /// <inheritdoc/>
    public override Directive AtEvent(int index, double time, Span<double> states, Span<double> parameters)
    {
        if (_waiting >= 0 && time <= _waitingTime) (_waitingStates, _waitingParameters) = (states.ToArray(), parameters.ToArray());
        else if (_last >= 0 && time == _times[_last]) _receive(_last, time, states, parameters);
        return Directive.Continue;
    }

    /// <inheritdoc/>
    public override void Ended(in TrajectoryReport report, ReadOnlySpan<double> states)
    {
        HandOver();
        Report = report;
    }

    private Directive TrySteady(double time, Span<double> states, Span<double> parameters)
    {
        if (!_looked) (_approach, _looked) = (_equations.Approach(parameters, _options), true);
        if (_equations.IsSteady(time - _start, time, states, parameters, _options.AbsoluteTolerance)) IsSteady = true;
        else if (_approach?.Look(states) is { } end)
        {
            end.CopyTo(states);
            IsSteady = true;
        }
        if (IsSteady)
        {
            _receive(_times.Length, time, states, parameters);
            return Directive.Finish;
        }
        _tryAfter *= 2;
        return _tryAfter > LastTry ? Directive.Finish : Directive.Continue;
    }

    /// <summary>Keeps a point that is measured now until its events have happened.</summary>
    private void Await(double time, Span<double> states, Span<double> parameters)
    {
        if (_nextTime >= _times.Length || _times[_nextTime] != time) return;
        (_waiting, _waitingTime, _waitingStates, _waitingParameters) = (_nextTime, time, states.ToArray(), parameters.ToArray());
        _nextTime++;
    }

    private void HandOver()
    {
        if (_waiting < 0) return;
        _receive(_waiting, _waitingTime, _waitingStates, _waitingParameters);
        _last = _waiting;
        _waiting = -1;
    }
}

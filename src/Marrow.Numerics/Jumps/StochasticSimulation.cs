using Marrow.Numerics.Ode;
using Marrow.Numerics.Random;

namespace Marrow.Numerics.Jumps;

/// <summary>Exact stochastic simulation of a network (Gillespie 1977, doi:10.1021/j100540a008), every reaction by itself, with a
/// dependency graph and a tree of propensities: a jump costs the propensities that it changes and a few logarithmic steps.</summary>
/// <remarks><para>Where propensities change between jumps, the next one is where their integral reaches an exponential threshold
/// (<see cref="JumpFlow"/>).</para><para>Instances hold working memory: one a thread.</para></remarks>
public sealed class StochasticSimulation : IJumpSimulation
{
    private readonly StochasticNetwork _network;
    private readonly SumTree _propensities;
    private readonly int[][] _affected;
    private readonly int[] _varying;
    private readonly bool[] _varies;
    private readonly JumpState _state;
    private double _threshold;

    /// <summary>Prepares working memory.</summary>
    /// <param name="network">The network.</param>
    /// <param name="parameters">Number of parameters.</param>
    public StochasticSimulation(StochasticNetwork network, int parameters)
    {
        ArgumentNullException.ThrowIfNull(network);
        _network = network;
        _propensities = new SumTree(Math.Max(1, network.Changes.Count));
        _affected = [.. network.Affected.Select(a => a.ToArray())];
        _varies = new bool[network.Changes.Count];
        _varying = [.. network.Varying];
        foreach (var r in _varying) _varies[r] = true;
        _state = new JumpState(network, parameters);
    }

    /// <summary>Where the course is.</summary>
    internal JumpState State => _state;

    /// <summary>Reactions carried out.</summary>
    internal long Jumps { get; set; }

    /// <summary>Sum of the propensities.</summary>
    internal double Total => _propensities.Total;

    /// <summary>Follows one course.</summary>
    /// <param name="states">States at the start, in their unit; a fraction of an individual becomes one with that probability.</param>
    /// <param name="parameters">Parameters.</param>
    /// <param name="start">Start time.</param>
    /// <param name="times">Times of the samples, ascending; the course ends at the last.</param>
    /// <param name="stream">Random numbers.</param>
    /// <param name="receive">Receives the samples.</param>
    /// <param name="maxJumps">Reactions after which it is given up.</param>
    /// <param name="cancel">Stops the run.</param>
    public StochasticReport Run(
        IReadOnlyList<double> states, IReadOnlyList<double> parameters, double start, IReadOnlyList<double> times, ref RandomStream stream,
        SampleReceiver receive, long maxJumps = long.MaxValue, CancellationToken cancel = default)
    {
        ArgumentNullException.ThrowIfNull(times);
        var next = 0;
        if (Begin(states, parameters, start, times, ref stream) is { } early) return early;
        while (next < times.Count)
        {
            if ((Jumps & 0xffff) == 0) cancel.ThrowIfCancellationRequested();
            if (Advance(times, ref next, ref stream, receive, maxJumps) is { } outcome) return Report(outcome);
        }
        _state.Time = times.Count > 0 ? times[^1] : start;
        return Report(StochasticOutcome.Done);
    }

    /// <summary>Puts a course to its start; a report if it ends there.</summary>
    internal StochasticReport? Begin(
        IReadOnlyList<double> states, IReadOnlyList<double> parameters, double start, IReadOnlyList<double> times, ref RandomStream stream)
    {
        ArgumentNullException.ThrowIfNull(states);
        ArgumentNullException.ThrowIfNull(parameters);
        Jumps = 0;
        _threshold = 0;
        _state.Start(states, parameters, start, ref stream);
        _state.Flow?.Begin(start, times.Count > 0 ? times[^1] : start);
        UpdateAll();
        return FireEvents(ref stream) is { } atStart ? Report(atStart) : null;
    }

    internal StochasticReport Report(StochasticOutcome outcome) => new(outcome, _state.Time, Jumps, _state.Bad);

    /// <summary>The next jump, event or step of what is between them; samples before it are handed over.</summary>
    /// <returns>Null, or why the course ends.</returns>
    internal StochasticOutcome? Advance(IReadOnlyList<double> times, ref int next, ref RandomStream stream, SampleReceiver receive, long maxJumps)
    {
        if (_state.Bad >= 0) return _state.BadOutcome;
        double jump, until;
        if (_state.Flow is null)
        {
            var total = _propensities.Total;
            jump = total > 0 ? _state.Time + stream.Exponential(total) : double.PositiveInfinity;
            until = Math.Min(Math.Min(jump, _state.Events.NextDue), times[^1]);
        }
        else if (_state.Time >= times[^1])
        {
            HandOver(times, ref next, double.PositiveInfinity, receive);
            return null;
        }
        else if (Flow(times[^1], ref stream, out jump, out until)) return StochasticOutcome.StepTooSmall;
        // Nothing but time (and what flows with it) moves until then: an event on a clock, or one that is due, comes first and begins a new
        // wait, which forgets nothing.
        var due = _state.Events.NextDue;
        var byClock = _network.EventsByTime && _state.TriggerBefore(until, out var at) ? at : _state.Events.NextDue;
        var stop = Math.Min(jump, byClock);
        // What waited has been cancelled: beyond what was looked at, nothing is known.
        if (_state.Flow is not null || _state.Events.NextDue > due) stop = Math.Min(stop, until);
        HandOver(times, ref next, stop, receive);
        if (next == times.Count) return null;
        MoveTo(stop);
        if (byClock <= stop)
        {
            _threshold = 0;
            return FireEvents(ref stream);
        }
        if (jump > stop) return null;
        _threshold = 0;
        Carry(_propensities.Find(stream.Uniform() * _propensities.Total));
        return ++Jumps > maxJumps ? StochasticOutcome.TooManyJumps : FireEvents(ref stream);
    }

    internal double Propensity(int reaction) => _propensities[reaction];

    internal void UpdateAll()
    {
        for (var r = 0; r < _affected.Length; r++) Update(r);
    }

    /// <summary>Executes the events that are due; null, or why the course ends.</summary>
    internal StochasticOutcome? FireEvents(ref RandomStream stream)
    {
        var outcome = _state.FireEvents(ref stream, out var any);
        if (any)
        {
            _state.Flow?.Restart();
            UpdateAll();
        }
        return outcome == StochasticOutcome.Done ? null : outcome;
    }

    /// <summary>A step of what flows; true if there is none.</summary>
    private bool Flow(double end, ref RandomStream stream, out double jump, out double until)
    {
        var limit = Math.Min(_state.Events.NextDue, end);
        if (!(_threshold > 0)) _threshold = stream.Exponential(1);
        var constant = 0.0;
        for (var r = 0; r < _varies.Length; r++)
            if (!_varies[r]) constant += _propensities[r];
        var isJump = _state.Flow!.Step(limit, constant, ref _threshold, out until);
        jump = isJump == true ? until : double.PositiveInfinity;
        return isJump is null;
    }

    private void MoveTo(double time)
    {
        _state.MoveTo(time);
        _state.Time = time;
        foreach (var r in _varying) Update(r);
    }

    private void HandOver(IReadOnlyList<double> times, ref int next, double before, SampleReceiver receive)
    {
        for (; next < times.Count && times[next] < before; next++)
        {
            _state.MoveTo(times[next]);
            receive(times[next], _state.States, _state.Parameters);
        }
    }

    private void Carry(int reaction)
    {
        _state.Carry(reaction, 1);
        foreach (var r in _affected[reaction]) Update(r);
    }

    private void Update(int reaction) => _propensities.Set(reaction, _state.Propensity(reaction));
}

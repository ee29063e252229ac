using Marrow.Numerics.Ode;
using Marrow.Numerics.Random;

namespace Marrow.Numerics.Jumps;

/// <summary>Exact stochastic simulation of a network (Gillespie 1977, doi:10.1021/j100540a008), every reaction by itself, with a
/// dependency graph and a tree of propensities: a jump costs the propensities that it changes and a few logarithmic steps.</summary>
/// <remarks>Instances hold working memory: one a thread.</remarks>
public sealed class StochasticSimulation
{
    /// <summary>Executions of one moment, for each event, after which the cascade is taken to be endless.</summary>
    private const int EventRounds = 100;

    private readonly StochasticNetwork _network;
    private readonly SumTree _propensities;
    private readonly CountedChange[][] _changes;
    private readonly int[][] _affected;
    private readonly long[] _counts;
    private readonly double[] _states, _parameters, _roots;
    private readonly EventQueue _events;
    private double _time;
    private int _bad;

    /// <summary>Prepares working memory.</summary>
    /// <param name="network">The network.</param>
    /// <param name="parameters">Number of parameters.</param>
    public StochasticSimulation(StochasticNetwork network, int parameters)
    {
        ArgumentNullException.ThrowIfNull(network);
        _network = network;
        _propensities = new SumTree(Math.Max(1, network.Changes.Count));
        _changes = [.. network.Changes.Select(c => c.ToArray())];
        _affected = [.. network.Affected.Select(a => a.ToArray())];
        _counts = new long[network.IsCount.Count];
        _states = new double[network.IsCount.Count];
        _parameters = new double[parameters];
        _roots = new double[Math.Max(1, network.Roots)];
        _events = new EventQueue(network.Events);
    }

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
        ArgumentNullException.ThrowIfNull(states);
        ArgumentNullException.ThrowIfNull(parameters);
        ArgumentNullException.ThrowIfNull(times);
        ArgumentNullException.ThrowIfNull(receive);
        for (var i = 0; i < _parameters.Length; i++) _parameters[i] = parameters[i];
        for (var i = 0; i < _states.Length; i++) SetState(i, states[i], ref stream);
        _time = start;
        _bad = -1;
        ReadTriggers();
        UpdateAll();
        if (FireEvents(ref stream) is not StochasticOutcome.Done and var atStart) return Report(atStart, 0);
        long jumps = 0;
        for (var next = 0; next < times.Count;)
        {
            if (_bad >= 0) return Report(StochasticOutcome.BadPropensity, jumps);
            if ((jumps & 0xffff) == 0) cancel.ThrowIfCancellationRequested();
            var total = _propensities.Total;
            var jump = total > 0 ? _time + stream.Exponential(total) : double.PositiveInfinity;
            // Nothing but time moves until then: an event on a clock, or one that is due, comes first and begins a new wait, which
            // forgets nothing.
            var until = Math.Min(Math.Min(jump, _events.NextDue), times[^1]);
            var byClock = _network.EventsByTime && TriggerBefore(until, out var at) ? at : _events.NextDue;
            var stop = Math.Min(jump, byClock);
            for (; next < times.Count && times[next] < stop; next++) receive(times[next], _states, _parameters);
            if (next == times.Count) break;
            _time = stop;
            if (byClock <= jump)
            {
                if (FireEvents(ref stream) is not StochasticOutcome.Done and var byTime) return Report(byTime, jumps);
                continue;
            }
            Carry(_propensities.Find(stream.Uniform() * total));
            if (++jumps > maxJumps) return Report(StochasticOutcome.TooManyJumps, jumps);
            if (FireEvents(ref stream) is not StochasticOutcome.Done and var byJump) return Report(byJump, jumps);
        }
        _time = times.Count > 0 ? times[^1] : start;
        return Report(StochasticOutcome.Done, jumps);
    }

    private StochasticReport Report(StochasticOutcome outcome, long jumps) => new(outcome, _time, jumps, _bad);

    private void SetState(int state, double value, ref RandomStream stream)
    {
        if (!_network.IsCount[state]) { _states[state] = value; return; }
        var x = Math.Max(0, value / _network.Unit);
        var whole = Math.Round(x);
        // Rounding of a unit that has no exact double is no fraction.
        if (Math.Abs(x - whole) > 1e-9 * Math.Max(1, x)) whole = Math.Floor(x) + (stream.Uniform() < x - Math.Floor(x) ? 1 : 0);
        _counts[state] = (long)whole;
        _states[state] = whole * _network.Unit;
    }

    private void Carry(int reaction)
    {
        foreach (var (state, cells) in _changes[reaction])
        {
            _counts[state] += cells;
            _states[state] = _counts[state] * _network.Unit;
        }
        foreach (var r in _affected[reaction]) Update(r);
    }

    private void Update(int reaction)
    {
        // A reaction whose reactants do not suffice cannot happen, whatever its law says.
        foreach (var (state, cells) in _changes[reaction])
            if (_counts[state] + cells < 0) { _propensities.Set(reaction, 0); return; }
        var propensity = _network.Propensity(reaction, _time, _states, _parameters);
        if (propensity >= 0 && double.IsFinite(propensity)) _propensities.Set(reaction, propensity);
        else _bad = reaction;
    }

    private void UpdateAll()
    {
        for (var r = 0; r < _changes.Length; r++) Update(r);
    }

    private void ReadTriggers()
    {
        if (_network.Events.Count == 0) return;
        _network.EvaluateRoots(_time, _states, _parameters, _roots);
        _events.Start(_roots);
    }

    /// <summary>The first time up to <paramref name="until"/> at which, with the states as they are, a trigger comes to hold.</summary>
    private bool TriggerBefore(double until, out double at)
    {
        at = until;
        if (!NewTrigger(until)) return false;
        double low = _time, high = until;
        while (true)
        {
            var middle = low + ((high - low) / 2);
            if (middle <= low || middle >= high) break;
            if (NewTrigger(middle)) high = middle;
            else low = middle;
        }
        at = high;
        return true;
    }

    private bool NewTrigger(double time)
    {
        _network.EvaluateRoots(time, _states, _parameters, _roots);
        return _events.AnyNew(_roots);
    }

    /// <summary>Executes, one after another, the events that are due now, and those that their assignments trigger in turn.</summary>
    private StochasticOutcome FireEvents(ref RandomStream stream)
    {
        if (_network.Events.Count == 0) return StochasticOutcome.Done;
        for (var round = 0; round < EventRounds * _network.Events.Count; round++)
        {
            _network.EvaluateRoots(_time, _states, _parameters, _roots);
            if (!_events.Update(_time, _states, _parameters, _roots)) return StochasticOutcome.BadDelay;
            if (_events.ExecuteNext(_time, _states, _parameters, ref stream) < 0) return StochasticOutcome.Done;
            for (var i = 0; i < _states.Length; i++) SetState(i, _states[i], ref stream);
            UpdateAll();
        }
        return StochasticOutcome.EndlessEvents;
    }
}

/// <summary>One start simulated again and again, exactly, on threads. Repeat k is a function of the seed and k only.</summary>
public sealed record StochasticCourses
{
    /// <summary>The network.</summary>
    public required StochasticNetwork Network { get; init; }
    /// <summary>States at the start, in their unit.</summary>
    public required IReadOnlyList<double> States { get; init; }
    /// <summary>Parameters.</summary>
    public required IReadOnlyList<double> Parameters { get; init; }
    /// <summary>Time at the start.</summary>
    public double Start { get; init; }
    /// <summary>Times of the samples, ascending; each course ends at the last.</summary>
    public required IReadOnlyList<double> Times { get; init; }
    /// <summary>Seed of every random number.</summary>
    public required ulong Seed { get; init; }
    /// <summary>Reactions after which a course is given up.</summary>
    public long MaxJumps { get; init; } = long.MaxValue;

    /// <summary>Runs repeats.</summary>
    /// <param name="first">Number of the first.</param>
    /// <param name="count">How many.</param>
    /// <param name="threads">Threads.</param>
    /// <param name="receive">Receives every sample, from any thread.</param>
    /// <param name="cancel">Stops the run.</param>
    /// <returns>One report a repeat, in order.</returns>
    public IReadOnlyList<StochasticReport> Run(int first, int count, int threads, RepeatReceiver receive, CancellationToken cancel = default)
    {
        ArgumentNullException.ThrowIfNull(receive);
        var reports = new StochasticReport[count];
        var next = -1;
        Parallel.For(0, Math.Max(1, threads), new ParallelOptions { MaxDegreeOfParallelism = Math.Max(1, threads), CancellationToken = cancel }, _ =>
        {
            var simulation = new StochasticSimulation(Network, Parameters.Count);
            for (var i = Interlocked.Increment(ref next); i < count; i = Interlocked.Increment(ref next))
            {
                var repeat = first + i;
                var stream = new RandomKey(Seed, Purpose.Of("stochastic simulation"), (ulong)repeat).Stream();
                reports[i] = simulation.Run(
                    States, Parameters, Start, Times, ref stream, (time, states, parameters) => receive(repeat, time, states, parameters), MaxJumps, cancel);
            }
        });
        return reports;
    }
}

using Marrow.Numerics.Ode;
using Marrow.Numerics.Random;

namespace Marrow.Numerics.Jumps;

/// <summary>Approximate stochastic simulation in leaps that carry out many reactions at once: adaptive explicit tau-leaping (Cao, Gillespie
/// and Petzold 2006, doi:10.1063/1.2159468).</summary>
/// <remarks>
/// <para>Propensities are held during a leap, whose length lets none change by more than about a fraction epsilon of itself
/// (<see cref="LeapLength"/>): moments have an error of order epsilon. Reactions within <see cref="CriticalFirings"/> firings of using up
/// a reactant are critical: at most one of them happens in a leap, at a time drawn exactly. A leap that would make a number negative is
/// halved. Where a leap is not worth its cost, <see cref="ExactJumps"/> jumps are made one by one.</para>
/// <para>Leaps end at samples and at events on a clock. If a trigger comes to hold within a leap, the firings are split at random (given
/// their number, each is in either half with probability 1/2) until the one at which it does is found; what comes after is forgotten. A
/// trigger that holds only for a moment within a leap is not noticed.</para>
/// <para>Instances hold working memory: one a thread.</para>
/// </remarks>
public sealed class TauLeaping : IJumpSimulation
{
    /// <summary>Firings from the end of a reactant within which a reaction is critical (n_c of the paper).</summary>
    private const int CriticalFirings = 10;
    /// <summary>A leap worth less than this many expected firings is not made.</summary>
    private const double LeastFirings = 10;
    /// <summary>Single jumps made then.</summary>
    private const int ExactJumps = 100;
    /// <summary>Halvings of a leap in search of a trigger; the rest is the resolution of time.</summary>
    private const int Halvings = 60;
    /// <summary>Expected firings beyond which counts are no exact doubles.</summary>
    private const double LargestMean = 1L << 50;

    private readonly StochasticNetwork _network;
    private readonly StochasticSimulation _exact;
    private readonly JumpState _state;
    private readonly LeapLength _length;
    private readonly double[] _propensities;
    private readonly bool[] _critical;
    private readonly long[] _firings, _half, _saved;
    private long _leaps;

    /// <summary>Prepares working memory.</summary>
    /// <param name="network">The network; nothing in it may change between jumps.</param>
    /// <param name="parameters">Number of parameters.</param>
    /// <param name="epsilon">Relative change of a propensity in a leap. Range: above 0, below 1.</param>
    /// <exception cref="ArgumentException">Propensities change with time or by rate rules.</exception>
    public TauLeaping(StochasticNetwork network, int parameters, double epsilon = 0.03)
    {
        ArgumentNullException.ThrowIfNull(network);
        if (!(epsilon > 0 && epsilon < 1)) throw new ArgumentOutOfRangeException(nameof(epsilon), epsilon, "Epsilon lies between 0 and 1.");
        if (network.Flows) throw new ArgumentException("Leaps need propensities that change by reactions and events only.", nameof(network));
        _network = network;
        _exact = new StochasticSimulation(network, parameters);
        _state = _exact.State;
        _length = new LeapLength(network, epsilon);
        var n = network.Changes.Count;
        (_propensities, _critical, _firings, _half) = (new double[n], new bool[n], new long[n], new long[n]);
        _saved = new long[network.IsCount.Count];
    }

    /// <summary>Follows one course; as <see cref="StochasticSimulation.Run"/>, with an error of order epsilon.</summary>
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
        ArgumentNullException.ThrowIfNull(receive);
        if (_exact.Begin(states, parameters, start, times, ref stream) is { } early) return early;
        var next = 0;
        while (next < times.Count)
        {
            if ((_leaps++ & 0xfff) == 0) cancel.ThrowIfCancellationRequested();
            if (_state.Bad >= 0) return _exact.Report(_state.BadOutcome);
            for (; next < times.Count && times[next] <= _state.Time; next++) receive(times[next], _state.States, _state.Parameters);
            if (next == times.Count) break;
            var outcome = Leap(times[next], ref stream, out var made);
            for (var k = 0; !made && outcome is null && k < ExactJumps && next < times.Count; k++)
                outcome = _exact.Advance(times, ref next, ref stream, receive, maxJumps);
            if (outcome is not null) return _exact.Report(outcome.Value);
            if (_exact.Jumps > maxJumps) return _exact.Report(StochasticOutcome.TooManyJumps);
        }
        _state.Time = times.Count > 0 ? times[^1] : start;
        return _exact.Report(StochasticOutcome.Done);
    }

    /// <summary>One leap, at most to <paramref name="sample"/>.</summary>
    /// <param name="sample">Time of the next sample.</param>
    /// <param name="stream">Random numbers.</param>
    /// <param name="made">False if single jumps are the better way.</param>
    private StochasticOutcome? Leap(double sample, ref RandomStream stream, out bool made)
    {
        var criticalTotal = Sort();
        var longest = _length.Of(_state, _propensities, _critical);
        var least = LeastFirings / _exact.Total;
        made = false;
        if (longest < least) return null;
        var until = Math.Min(sample, _state.Events.NextDue);
        if (_network.EventsByTime) _state.TriggerBefore(until, out until);
        until = Math.Min(until, sample);
        var toCritical = criticalTotal > 0 ? stream.Exponential(criticalTotal) : double.PositiveInfinity;
        _state.Counts.CopyTo(_saved, 0);
        while (true)
        {
            var wait = Math.Min(longest, toCritical);
            var end = wait < until - _state.Time ? _state.Time + wait : until;
            var isCritical = toCritical <= longest && end < until;
            if (Fire(end - _state.Time, ref stream))
            {
                made = true;
                return Land(end, isCritical ? DrawCritical(criticalTotal, ref stream) : -1, ref stream);
            }
            _saved.CopyTo(_state.Counts, 0);
            longest = Math.Min(longest, end - _state.Time) / 2;
            if (longest >= least) continue;
            // Nothing has happened: counts and states are as they were.
            return null;
        }
    }

    /// <summary>Tells critical reactions from others; the sum of the propensities of the critical ones.</summary>
    private double Sort()
    {
        var total = 0.0;
        for (var r = 0; r < _propensities.Length; r++)
        {
            _propensities[r] = _exact.Propensity(r);
            _critical[r] = false;
            if (_propensities[r] == 0) continue;
            foreach (var (place, change) in _state.Changes(r))
                if (change < 0 && _state.Counts[place] / -change < CriticalFirings) _critical[r] = true;
            if (_critical[r]) total += _propensities[r];
        }
        return total;
    }

    /// <summary>Draws the firings of a leap and adds them to the counts; false if a number becomes negative.</summary>
    private bool Fire(double duration, ref RandomStream stream)
    {
        for (var r = 0; r < _firings.Length; r++)
        {
            var mean = _critical[r] ? 0 : _propensities[r] * duration;
            if (mean > LargestMean) _state.Fail(_state.Changes(r) is [var first, ..] ? first.State : 0, StochasticOutcome.BadCount);
            _firings[r] = mean > 0 && mean <= LargestMean ? stream.Poisson(mean) : 0;
        }
        Add(_firings, 1);
        foreach (var count in _state.Counts)
            if (count < 0) return false;
        return true;
    }

    private void Add(long[] firings, int sign)
    {
        for (var r = 0; r < firings.Length; r++)
        {
            if (firings[r] == 0) continue;
            foreach (var (place, change) in _state.Changes(r)) _state.Counts[place] += sign * change * firings[r];
        }
    }

    private void ShowCounts()
    {
        for (var i = 0; i < _state.Counts.Length; i++)
            if (_network.IsCount[i]) _state.SetCount(i, _state.Counts[i]);
    }

    /// <summary>Ends a leap, or cuts it back to the first firing that makes a trigger hold.</summary>
    private StochasticOutcome? Land(double end, int critical, ref RandomStream stream)
    {
        ShowCounts();
        if (_state.NewTrigger(end))
        {
            end = Locate(end, ref stream);
            critical = -1;
        }
        _state.Time = end;
        foreach (var k in _firings) _exact.Jumps += k;
        if (critical >= 0 && _state.Suffices(critical))
        {
            _state.Carry(critical, 1);
            _exact.Jumps++;
        }
        _exact.UpdateAll();
        return _exact.FireEvents(ref stream);
    }

    /// <summary>The time of the first firing after which a trigger holds; counts and <see cref="_firings"/> are left as they are then.</summary>
    private double Locate(double end, ref RandomStream stream)
    {
        var low = _state.Time;
        var made = new long[_firings.Length];
        for (var k = 0; k < Halvings && _firings.Sum() > 1; k++)
        {
            var middle = low + ((end - low) / 2);
            for (var r = 0; r < _firings.Length; r++)
            {
                _half[r] = stream.Binomial(_firings[r], 0.5);
                _firings[r] -= _half[r];
            }
            Add(_firings, -1);
            ShowCounts();
            if (_state.NewTrigger(middle))
            {
                _half.CopyTo(_firings, 0);
                end = middle;
                continue;
            }
            for (var r = 0; r < made.Length; r++) made[r] += _half[r];
            Add(_firings, 1);
            ShowCounts();
            low = middle;
        }
        var one = _firings.Sum() == 1;
        for (var r = 0; r < made.Length; r++) _firings[r] += made[r];
        return one ? Math.Clamp(stream.Uniform(low, end), Math.BitIncrement(_state.Time), end) : end;
    }

    private int DrawCritical(double total, ref RandomStream stream)
    {
        var target = stream.Uniform() * total;
        var last = -1;
        for (var r = 0; r < _critical.Length; r++)
        {
            if (!_critical[r]) continue;
            last = r;
            if ((target -= _propensities[r]) < 0) break;
        }
        return last;
    }
}

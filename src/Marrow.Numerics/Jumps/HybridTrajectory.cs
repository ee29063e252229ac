using Marrow.Numerics.Ode;
using Marrow.Numerics.Random;
using Marrow.Numerics.Vectors;

namespace Marrow.Numerics.Jumps;

/// <summary>A trajectory in which populations of few cells are random: a piecewise-deterministic Markov process. While a population is
/// counted its derivatives are switched off, its cells are whole numbers that are born, move, change and die one by one in the
/// environment that the continuous part gives, and the trajectory inside sees both as one set of states.</summary>
/// <remarks>
/// <para>Hazards are evaluated at both ends of an interval and taken as linear in between; intervals are chosen so that the curvature
/// of every hazard leaves an error below <see cref="HybridOptions.Tolerance"/> in the logarithm of a mean.</para>
/// <para>What comes out depends on the trajectory inside and on the key of its random numbers only: not on lanes or threads.</para>
/// </remarks>
public sealed class HybridTrajectory : Trajectory
{
    /// <summary>Multiple of the longest interval while there is no cell to follow.</summary>
    private const double EmptyFactor = 16;

    /// <summary>Weight of the curvature of hazards of which a population has no cell to lose.</summary>
    private const double AbsentWeight = 0.05;

    private readonly Trajectory _inner;
    private readonly CountedSystem _system;
    private readonly HybridOptions _options;
    private readonly RandomKey _key;
    private readonly HybridCounts _counts;
    private readonly double[] _hazards, _slopes, _published;
    private CountedProcess _process = null!;
    private double _last, _next, _step, _lastLength, _one;

    /// <summary>Wraps a trajectory.</summary>
    /// <param name="inner">What happens to the patient.</param>
    /// <param name="system">Which populations are counted.</param>
    /// <param name="options">Tolerances.</param>
    /// <param name="key">Address of its random numbers.</param>
    /// <param name="counts">Adds up what was done; one for each thread.</param>
    public HybridTrajectory(Trajectory inner, CountedSystem system, HybridOptions options, RandomKey key, HybridCounts counts)
    {
        ArgumentNullException.ThrowIfNull(inner);
        ArgumentNullException.ThrowIfNull(system);
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(counts);
        (_inner, _system, _options, _key, _counts) = (inner, system, options, key, counts);
        _hazards = new double[system.Reactions.Count];
        _slopes = new double[system.Reactions.Count];
        _published = new double[system.Groups.Sum(g => g.States.Count)];
    }

    /// <summary>The trajectory inside.</summary>
    public Trajectory Inner => _inner;

    /// <inheritdoc/>
    public override RandomKey TieKey => _key with { Purpose = Purpose.Of("simultaneous events") };

    /// <inheritdoc/>
    public override double NextStop => _inner.NextStop;

    /// <inheritdoc/>
    public override double NextSample => Math.Min(_inner.NextSample, _next);

    /// <inheritdoc/>
    public override double Begin(Span<double> states, Span<double> parameters)
    {
        _last = _inner.Begin(states, parameters);
        _one = _system.OneCell < 0 ? 1 : parameters[_system.OneCell];
        _process = new CountedProcess(_system, states.Length, _key.Stream(), _counts);
        _step = _options.MaxInterval;
        Adopt(states);
        _process.News.Clear();
        Publish(states, parameters, newCourse: true);
        return _last;
    }

    /// <inheritdoc/>
    public override Directive AtStop(double time, Span<double> states, Span<double> parameters)
    {
        Advance(time, states, parameters);
        return Settle(_inner.AtStop(time, states, parameters), states, parameters);
    }

    /// <inheritdoc/>
    public override Directive AtSample(double time, Span<double> states, Span<double> parameters)
    {
        Advance(time, states, parameters);
        var directive = time >= _inner.NextSample ? _inner.AtSample(time, states, parameters) : Directive.Continue;
        return Settle(directive, states, parameters);
    }

    /// <inheritdoc/>
    public override void BeforeEvents(double time, Span<double> states, Span<double> parameters)
    {
        // Up to here hazards were what they were before the event.
        Advance(time, states, parameters);
        _inner.BeforeEvents(time, states, parameters);
    }

    /// <inheritdoc/>
    public override Directive AtEvent(int index, double time, Span<double> states, Span<double> parameters)
    {
        Absorb(states);
        var directive = Directive.Continue;
        if (index >= _system.FirstEvent) Count(index - _system.FirstEvent, states);
        else directive = _inner.AtEvent(index, time, states, parameters);
        if (directive != Directive.Finish) Absorb(states);
        Report();
        Publish(states, parameters, newCourse: true);
        return directive;
    }

    /// <inheritdoc/>
    public override void Ended(in TrajectoryReport report, ReadOnlySpan<double> states)
    {
        double[] all = [.. states];
        if (_process is not null) Overlay(all);
        _inner.Ended(report, all);
    }

    /// <summary>Follows the counted cells up to a time; leaves <paramref name="states"/> with their numbers in it.</summary>
    private void Advance(double time, Span<double> states, ReadOnlySpan<double> parameters)
    {
        if (!_process.Any) { _last = time; return; }
        if (time > _last)
        {
            Overlay(states);
            _system.Hazards(time, states, parameters, _hazards);
            _process.SetRight(_hazards, states, _one);
            _process.Simulate(_last, time);
            ChooseStep(time - _last);
            _process.Shift();
            _last = time;
            _next = time + _step;
            Report();
        }
        Overlay(states);
    }

    /// <summary>After the trajectory inside has had its say: takes over its changes, and makes populations continuous that have grown.</summary>
    private Directive Settle(Directive directive, Span<double> states, Span<double> parameters)
    {
        if (directive == Directive.Finish) return directive;
        var newCourse = directive == Directive.Restart;
        if (newCourse)
        {
            Absorb(states);
            Adopt(states);
            Report();
        }
        else if (!Release(states) && !Visible())
        {
            return Directive.Continue;
        }
        Publish(states, parameters, newCourse);
        return Directive.Restart;
    }

    /// <summary>Writes counted cells into the states.</summary>
    private void Overlay(Span<double> states)
    {
        foreach (var slot in _process.Slots) states[_process.StateOf(slot)] = _process.Cells(slot) * _one;
    }

    /// <summary>Takes over counted states that were changed from outside. A population that has become large keeps what it was given.</summary>
    private void Absorb(Span<double> states)
    {
        for (var g = 0; g < _system.Groups.Count; g++)
        {
            if (!_process.IsSmall(g)) continue;
            if (CellsIn(g, states) > _system.Groups[g].Above)
            {
                if (_process.Total(g) == 0) _process.News.Add((g, _last, true));
                Continue(g);
                continue;
            }
            foreach (var slot in _process.Slots)
            {
                if (_process.GroupOf(slot) != g || states[_process.StateOf(slot)] == _process.Cells(slot) * _one) continue;
                _process.SetCells(slot, states[_process.StateOf(slot)] / _one, _last);
            }
        }
    }

    /// <summary>Counts continuous populations that are few.</summary>
    private void Adopt(ReadOnlySpan<double> states)
    {
        for (var g = 0; g < _system.Groups.Count; g++)
            if (!_process.IsSmall(g) && CellsIn(g, states) < _system.Groups[g].Below) Count(g, states);
    }

    /// <summary>Makes counted populations continuous that have grown beyond their upper threshold; true if there was one.</summary>
    private bool Release(ReadOnlySpan<double> states)
    {
        var any = false;
        for (var g = 0; g < _system.Groups.Count; g++)
        {
            if (!_process.IsSmall(g) || CellsIn(g, states) <= _system.Groups[g].Above) continue;
            Continue(g);
            any = true;
        }
        return any;
    }

    private void Count(int group, ReadOnlySpan<double> states)
    {
        if (_process.IsSmall(group)) return;
        _process.SetMode(group, small: true);
        foreach (var slot in _process.Slots)
            if (_process.GroupOf(slot) == group) _process.SetCells(slot, states[_process.StateOf(slot)] / _one, _last);
        // It was there before: only its end would be news.
        if (_process.Total(group) == 0 && CellsIn(group, states) > 0) _process.News.Add((group, _last, false));
        else _process.News.RemoveAll(n => n.Group == group && n.Appeared && n.Time == _last);
    }

    private void Continue(int group)
    {
        _process.SetMode(group, small: false);
        _process.Clear(group);
    }

    private double CellsIn(int group, ReadOnlySpan<double> states)
    {
        double sum = 0;
        foreach (var state in _system.Groups[group].States) sum += states[state];
        return sum / _one;
    }

    private bool Visible()
    {
        foreach (var slot in _process.Slots)
            if (Math.Abs((_process.Cells(slot) * _one) - _published[slot]) > _options.VisibleChange) return true;
        return false;
    }

    /// <summary>Hands counts and modes to the continuous part, and starts a new interval there; after a change from outside hazards may
    /// take a new course.</summary>
    private void Publish(Span<double> states, Span<double> parameters, bool newCourse)
    {
        for (var g = 0; g < _system.Groups.Count; g++)
        {
            var group = _system.Groups[g];
            parameters[group.Gate] = _process.IsSmall(g) ? 0 : 1;
            parameters[group.Floor] = _process.IsSmall(g) ? -1 : group.Below * _one;
        }
        Overlay(states);
        foreach (var slot in _process.Slots) _published[slot] = _process.Cells(slot) * _one;
        _next = double.PositiveInfinity;
        if (!_process.Any) return;
        if (newCourse)
        {
            _lastLength = 0;
            _step = Math.Min(_step, _options.MaxInterval * _options.FirstShare);
        }
        _system.Hazards(_last, states, parameters, _hazards);
        _process.SetRight(_hazards, states, _one);
        _process.Shift();
        _next = _last + _step;
    }

    /// <summary>The longest next interval h at which the curvature c'' of no hazard leaves more than the tolerance, c'' h^3/12.</summary>
    private void ChooseStep(double length)
    {
        double arrivals = 0, counted = 0;
        var cells = false;
        // Of many arrivals a share is as good as one of few; hazards of cells that are not there can wait.
        foreach (var r in _process.Inflow) arrivals = Math.Max(arrivals, Bend(r, length) / (1 + (_process.Right[r] * _step)));
        foreach (var slot in _process.Slots)
        {
            double most = 0;
            foreach (var r in _process.ReactionsOf(slot)) most = Math.Max(most, Bend(r, length));
            counted = Math.Max(counted, _process.Total(_process.GroupOf(slot)) == 0 ? most * AbsentWeight : most);
            cells |= _process.Cells(slot) > 0;
        }
        var curvature = _lastLength > 0 ? 2 * Math.Max(arrivals, counted) / (length * (length + _lastLength)) : 0;
        // Where there is no cell, only the arrival of one can be missed by looking seldom, and the arrivals' curvature limits that.
        var longest = Math.Min(2 * _step, cells ? _options.MaxInterval : EmptyFactor * _options.MaxInterval);
        if (curvature > 0) longest = Math.Min(longest, VectorMath.Pow(12 * _options.Tolerance / curvature, 1.0 / 3));
        _step = Math.Max(longest, _options.MaxInterval * _options.FirstShare / 64);
        _lastLength = length;
    }

    /// <summary>How far the hazard's end is from where the course of the interval before would have led, in hazard.</summary>
    private double Bend(int reaction, double length)
    {
        var change = _process.Right[reaction] - _process.Left[reaction];
        var bend = Math.Abs(change - (_slopes[reaction] * length));
        _slopes[reaction] = change / length;
        return bend;
    }

    private void Report()
    {
        if (_process.News.Count == 0) return;
        if (_inner is IPopulationObserver observer)
        {
            foreach (var (group, time, appeared) in _process.News)
            {
                if (appeared) observer.Appeared(_system.Groups[group].Name, time);
                else observer.DiedOut(_system.Groups[group].Name, time);
            }
        }
        _process.News.Clear();
    }
}

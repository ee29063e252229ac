using Marrow.Numerics.Random;

namespace Marrow.Numerics.Ode;

/// <summary>The events of one trajectory: which triggers hold, and which events have been triggered and wait for their execution.</summary>
/// <remarks>Events due at the same time are executed one by one. First comes the highest priority; among equal priorities chance
/// decides; events without a priority follow in the order in which they were triggered and, of one moment, in the order of the model.
/// After each execution triggers are read again, so that it can trigger further events and cancel those that are not persistent.</remarks>
internal sealed class EventQueue(ILaneEvents events)
{
    private readonly bool[] _held = new bool[events.Count];
    private readonly List<Waiting> _waiting = [];
    private readonly List<int> _first = [];

    /// <summary>When the next event is due; infinity if none waits.</summary>
    public double NextDue { get; private set; } = double.PositiveInfinity;

    /// <summary>Triggers as they are at the start; one that holds fires there only if it counts as new.</summary>
    public void Start(ReadOnlySpan<double> roots)
    {
        _waiting.Clear();
        NextDue = double.PositiveInfinity;
        for (var e = 0; e < _held.Length; e++) _held[e] = events.HeldBefore(e) && events.Trigger(e, roots);
    }

    /// <summary>Whether a trigger holds that did not.</summary>
    public bool AnyNew(ReadOnlySpan<double> roots)
    {
        for (var e = 0; e < _held.Length; e++)
            if (!_held[e] && events.Trigger(e, roots)) return true;
        return false;
    }

    /// <summary>Whether an event is due or a trigger holds that did not.</summary>
    public bool AnyToDo(double time, ReadOnlySpan<double> roots) => NextDue <= time || AnyNew(roots);

    /// <summary>Remembers the triggers that have ceased to hold.</summary>
    public void Forget(ReadOnlySpan<double> roots)
    {
        for (var e = 0; e < _held.Length; e++)
            if (_held[e] && !events.Trigger(e, roots)) Cease(e);
    }

    /// <summary>Reads all triggers: those that have come to hold put their event into the queue. False if a delay is not a number.</summary>
    public bool Update(double time, ReadOnlySpan<double> states, ReadOnlySpan<double> parameters, ReadOnlySpan<double> roots)
    {
        for (var e = 0; e < _held.Length; e++)
        {
            var holds = events.Trigger(e, roots);
            if (holds == _held[e]) continue;
            if (!holds) Cease(e);
            else if (!Enqueue(e, time, states, parameters)) return false;
        }
        return true;
    }

    /// <summary>Executes the first of the events that are due. Answers its number, or -1 if none is.</summary>
    public int ExecuteNext(double time, Span<double> states, Span<double> parameters, ref RandomStream ties)
    {
        if (!(NextDue <= time)) return -1;
        var place = First(time, states, parameters, ref ties);
        var (index, _, values) = _waiting[place];
        RemoveAt(place);
        if (values is null) events.Execute(index, time, states, parameters);
        else events.Assign(index, values, time, states, parameters);
        return index;
    }

    private bool Enqueue(int index, double time, ReadOnlySpan<double> states, ReadOnlySpan<double> parameters)
    {
        _held[index] = true;
        var delay = events.Delay(index, time, states, parameters);
        if (double.IsNaN(delay)) return false;
        double[]? values = null;
        if (events.FromTrigger(index))
        {
            values = new double[events.Values(index)];
            events.Evaluate(index, time, states, parameters, values);
        }
        var due = time + Math.Max(0, delay);
        _waiting.Add(new Waiting(index, due, values));
        NextDue = Math.Min(NextDue, due);
        return true;
    }

    private void Cease(int index)
    {
        _held[index] = false;
        if (_waiting.Count == 0 || events.IsPersistent(index)) return;
        for (var k = _waiting.Count - 1; k >= 0; k--)
            if (_waiting[k].Index == index) RemoveAt(k);
    }

    private void RemoveAt(int place)
    {
        _waiting.RemoveAt(place);
        NextDue = double.PositiveInfinity;
        foreach (var waiting in _waiting) NextDue = Math.Min(NextDue, waiting.Due);
    }

    /// <summary>Place of the event to execute; the list is in the order in which events were triggered.</summary>
    private int First(double time, ReadOnlySpan<double> states, ReadOnlySpan<double> parameters, ref RandomStream ties)
    {
        _first.Clear();
        var highest = double.NaN;
        for (var k = 0; k < _waiting.Count; k++)
        {
            if (!(_waiting[k].Due <= time)) continue;
            var priority = events.Priority(_waiting[k].Index, time, states, parameters);
            var isHigher = priority > highest || (double.IsNaN(highest) && !double.IsNaN(priority));
            if (isHigher) _first.Clear();
            if (isHigher || _first.Count == 0 || priority == highest)
            {
                _first.Add(k);
                highest = priority;
            }
        }
        return _first.Count == 1 ? _first[0] : _first[ties.Below(_first.Count)];
    }

    /// <summary>An event that has been triggered.</summary>
    /// <param name="Index">Which.</param>
    /// <param name="Due">Time of its execution.</param>
    /// <param name="Values">What it assigns; null: what its formulas give then.</param>
    private readonly record struct Waiting(int Index, double Due, double[]? Values);
}

namespace Marrow.Numerics.Ode;

public sealed unsafe partial class LaneStepper
{
    private readonly List<(int Root, int SignAfter)> _changedRoots = [];
    private readonly List<double> _crossings = [];

    /// <summary>The first time in the step at which a trigger that did not hold does hold, to the resolution of time; infinity if none.</summary>
    private double LocateEvent(int lane, double t, double h)
    {
        var slot = _lane[lane];
        GatherRoots(lane);
        ListChangedRoots(lane);
        if (_changedRoots.Count > 1) return LocateBetweenCrossings(lane, t, h);
        if (slot.Events.AnyNew(slot.Roots)) return Bisect(lane, t, h, t - h, t, static slot => slot.Events.AnyNew(slot.Roots));
        slot.Events.Forget(slot.Roots);
        return double.PositiveInfinity;
    }

    private void ListChangedRoots(int lane)
    {
        _changedRoots.Clear();
        double* before = (double*)_rootsAtStart + lane, now = (double*)_roots + lane;
        for (var k = 0; k < _system.Roots; k++)
        {
            // A value that is not a number changes nothing that could be located.
            if (double.IsNaN(before[k * Lanes]) || double.IsNaN(now[k * Lanes])) continue;
            var sign = Math.Sign(now[k * Lanes]);
            if (sign != Math.Sign(before[k * Lanes])) _changedRoots.Add((k, sign));
        }
    }

    /// <summary>A trigger made of several conditions, such as a &gt; 1 and a &lt; 2, may hold, or cease to hold, only between two crossings
    /// inside a step: triggers are read just after each.</summary>
    private double LocateBetweenCrossings(int lane, double t, double h)
    {
        var slot = _lane[lane];
        _crossings.Clear();
        foreach (var (root, sign) in _changedRoots)
            _crossings.Add(Bisect(lane, t, h, t - h, t, slot => !double.IsNaN(slot.Roots[root]) && Math.Sign(slot.Roots[root]) == sign));
        _crossings.Sort();
        _crossings.Add(t);
        var low = t - h;
        foreach (var crossing in _crossings)
        {
            EvaluateRootsInside(lane, t, h, crossing);
            if (slot.Events.AnyNew(slot.Roots)) return Bisect(lane, t, h, low, crossing, static slot => slot.Events.AnyNew(slot.Roots));
            slot.Events.Forget(slot.Roots);
            low = crossing;
        }

        return double.PositiveInfinity;
    }

    /// <summary>The first time after <paramref name="low"/> at which a condition of the roots holds that holds at <paramref name="high"/>.</summary>
    private double Bisect(int lane, double t, double h, double low, double high, Func<LaneSlot, bool> holds)
    {
        var slot = _lane[lane];
        while (true)
        {
            var middle = low + ((high - low) / 2);
            if (middle <= low || middle >= high) return high;
            EvaluateRootsInside(lane, t, h, middle);
            if (holds(slot)) high = middle;
            else low = middle;
        }
    }

    /// <summary>Root functions at a time inside the step that ends at <paramref name="t"/>.</summary>
    private void EvaluateRootsInside(int lane, double t, double h, double time)
    {
        Interpolate(lane, (time - t) / h, _lane[lane].States);
        ScatterStates(lane);
        if (_system.Delays is not null) FillDelaysAt(lane, time, before: true, _lane[lane].States);
        EvaluateRoots(lane, time);
    }
}

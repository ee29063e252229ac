using Marrow.Numerics.Random;

namespace Marrow.Numerics.Jumps;

/// <summary>Whole cells of the populations that are few, as a branching process with migration in a given environment: every cell has
/// the same hazards, which change linearly in time over an interval, and reactions without a counted source bring cells in.</summary>
/// <remarks>Simulated exactly by thinning (Lewis and Shedler 1979, doi:10.1002/nav.3800260304): candidates come at the larger of the
/// hazards at both ends, and each is kept with the share that its hazard has of that bound. Only a population that has grown to several
/// times its upper threshold within one interval is finished by tau-leaping, for it becomes continuous at the end of the interval.</remarks>
internal sealed class CountedProcess
{
    /// <summary>Multiple of the upper threshold from which on reactions are made many at a time.</summary>
    private const double LeapFactor = 8;
    /// <summary>Share of the cells that may react in one leap.</summary>
    private const double LeapShare = 0.05;
    /// <summary>Candidates of inflow in an interval from which on they are drawn together.</summary>
    private const double ManyArrivals = 1e5;

    private readonly CountedSystem _system;
    private readonly HybridCounts _counts;
    private readonly int[] _slotState, _slotGroup, _slotOfState;
    private readonly long[] _cells, _total;
    private readonly bool[] _small;
    private readonly int[] _sourceSlot;
    private readonly (int Slot, int Cells)[][] _changes;
    private readonly int[][] _bySlot;
    private int[] _inflow = [], _slots = [];
    private readonly double[] _left, _right, _bound, _slotBound;
    private readonly List<(int Group, double Time, bool Appeared)> _news = [];
    private RandomStream _random;

    public CountedProcess(CountedSystem system, int states, RandomStream random, HybridCounts counts)
    {
        (_system, _random, _counts) = (system, random, counts);
        _slotState = [.. system.Groups.SelectMany(g => g.States)];
        _slotGroup = [.. system.Groups.SelectMany((g, i) => g.States.Select(_ => i))];
        _slotOfState = new int[states];
        Array.Fill(_slotOfState, -1);
        for (var slot = 0; slot < _slotState.Length; slot++) _slotOfState[_slotState[slot]] = slot;
        _cells = new long[_slotState.Length];
        _total = new long[system.Groups.Count];
        _small = new bool[system.Groups.Count];
        _sourceSlot = [.. system.Reactions.Select(r => r.Source < 0 ? -1 : _slotOfState[r.Source])];
        _changes = [.. system.Reactions.Select(r => r.Changes.Select(c => (_slotOfState[c.State], c.Cells)).ToArray())];
        _bySlot = [.. _slotState.Select(_ => Array.Empty<int>())];
        (_left, _right, _bound) = (new double[_changes.Length], new double[_changes.Length], new double[_changes.Length]);
        _slotBound = new double[_slotState.Length];
    }

    /// <summary>What has appeared or died out since it was last cleared.</summary>
    public List<(int Group, double Time, bool Appeared)> News => _news;

    /// <summary>Whether any population is counted.</summary>
    public bool Any { get; private set; }

    /// <summary>Hazards at the left end of the next interval, as <see cref="SetRight"/> fills them.</summary>
    public ReadOnlySpan<double> Left => _left;

    /// <summary>Hazards at the right end.</summary>
    public ReadOnlySpan<double> Right => _right;

    /// <summary>Whether a population is counted.</summary>
    public bool IsSmall(int group) => _small[group];

    /// <summary>Cells of a counted population.</summary>
    public long Total(int group) => _total[group];

    /// <summary>Slots of the counted populations: state and number of cells.</summary>
    public ReadOnlySpan<int> Slots => _slots;

    public int StateOf(int slot) => _slotState[slot];

    public int GroupOf(int slot) => _slotGroup[slot];

    public long Cells(int slot) => _cells[slot];

    /// <summary>Reactions that bring cells in from where they are not counted.</summary>
    public ReadOnlySpan<int> Inflow => _inflow;

    /// <summary>Reactions of the cells of a slot.</summary>
    public ReadOnlySpan<int> ReactionsOf(int slot) => _bySlot[slot];

    /// <summary>Makes a population counted or continuous. The numbers of a counted one are set with <see cref="SetCells"/>.</summary>
    public void SetMode(int group, bool small)
    {
        if (_small[group] == small) return;
        _small[group] = small;
        _counts.Switches++;
        Rebuild();
    }

    /// <summary>Sets the cells of a counted state, from outside: x cells become a whole number with mean x.</summary>
    public void SetCells(int slot, double x, double time)
    {
        var whole = Math.Floor(Math.Max(0, x));
        var share = Math.Max(0, x) - whole;
        var cells = (long)whole + (share > 0 && _random.Uniform() < share ? 1 : 0);
        Change(slot, cells - _cells[slot], time);
    }

    /// <summary>Forgets the cells of a population that has become continuous, without news of it.</summary>
    public void Clear(int group)
    {
        for (var slot = 0; slot < _cells.Length; slot++)
            if (_slotGroup[slot] == group) _cells[slot] = 0;
        _total[group] = 0;
    }

    /// <summary>The right end of the interval becomes the left one.</summary>
    public void Shift() => _right.CopyTo(_left, 0);

    /// <summary>Takes hazards at the right end: of a counted source as they are, of inflows in cells per time.</summary>
    public void SetRight(ReadOnlySpan<double> hazards, ReadOnlySpan<double> states, double oneCell)
    {
        foreach (var r in _inflow)
        {
            var source = _system.Reactions[r].Source;
            _right[r] = Usable(hazards[r] * (source < 0 ? 1 : states[source]) / oneCell);
        }
        foreach (var slot in _slots)
            foreach (var r in _bySlot[slot]) _right[r] = Usable(hazards[r]);
    }

    /// <summary>Follows the cells from <paramref name="start"/> to <paramref name="end"/>.</summary>
    public void Simulate(double start, double end)
    {
        _counts.Intervals++;
        var (length, inflow) = (end - start, Bounds());
        double limit = LeapLimit();
        for (double at = 0; ;)
        {
            double total = inflow;
            long cells = 0;
            foreach (var slot in _slots)
            {
                if (_cells[slot] == 0) continue;
                if (double.IsNaN(_slotBound[slot])) BoundSlot(slot);
                total += _cells[slot] * _slotBound[slot];
                cells += _cells[slot];
            }
            if (!(total > 0)) return;
            if (cells > limit || inflow * (length - at) > ManyArrivals)
            {
                at += Leap(start, at, length);
                if (at >= length) return;
                continue;
            }
            at += _random.Exponential(total);
            if (at >= length) return;
            var reaction = Pick(_random.Uniform() * total);
            var hazard = At(reaction, at / length);
            if (hazard < _bound[reaction] && _random.Uniform() * _bound[reaction] >= hazard) _counts.Thinned++;
            else Jump(reaction, start + at);
        }
    }

    private static double Usable(double hazard) => hazard > 0 && double.IsFinite(hazard) ? hazard : 0;

    private double At(int reaction, double share) => _left[reaction] + ((_right[reaction] - _left[reaction]) * share);

    private double LeapLimit()
    {
        double limit = 0;
        for (var g = 0; g < _small.Length; g++)
            if (_small[g]) limit += LeapFactor * _system.Groups[g].Above;
        return limit;
    }

    /// <summary>Bounds of all hazards in the interval; returns that of all inflows together.</summary>
    private double Bounds()
    {
        double inflow = 0;
        foreach (var r in _inflow) inflow += _bound[r] = Math.Max(_left[r], _right[r]);
        foreach (var slot in _slots)
        {
            _slotBound[slot] = double.NaN;
            if (_cells[slot] > 0) BoundSlot(slot);
        }
        return inflow;
    }

    /// <summary>Most slots are empty most of the time: theirs is asked for when a cell comes.</summary>
    private void BoundSlot(int slot)
    {
        double sum = 0;
        foreach (var r in _bySlot[slot]) sum += _bound[r] = Math.Max(_left[r], _right[r]);
        _slotBound[slot] = sum;
    }

    /// <summary>The reaction whose part of the total bound holds the target.</summary>
    private int Pick(double target)
    {
        var last = -1;
        foreach (var r in _inflow)
        {
            if (_bound[r] == 0) continue;
            last = r;
            if ((target -= _bound[r]) < 0) return r;
        }
        foreach (var slot in _slots)
        {
            if (_cells[slot] == 0 || _slotBound[slot] == 0) continue;
            var part = _cells[slot] * _slotBound[slot];
            var inside = target;
            if ((target -= part) >= 0)
            {
                foreach (var r in _bySlot[slot]) if (_bound[r] > 0) last = r;
                continue;
            }
            inside /= _cells[slot];
            foreach (var r in _bySlot[slot])
            {
                if (_bound[r] == 0) continue;
                last = r;
                if ((inside -= _bound[r]) < 0) return r;
            }
            return last;
        }
        return last;
    }

    private void Jump(int reaction, double time)
    {
        foreach (var (slot, cells) in _changes[reaction])
            if (_small[_slotGroup[slot]] && _cells[slot] + cells < 0) return;
        _counts.Jumps++;
        // Cells come before they go, so that a population that only moves does not die out on its way.
        foreach (var (slot, cells) in _changes[reaction]) if (cells > 0) Change(slot, cells, time);
        foreach (var (slot, cells) in _changes[reaction]) if (cells < 0) Change(slot, cells, time);
    }

    private void Change(int slot, long cells, double time)
    {
        var group = _slotGroup[slot];
        if (!_small[group] || cells == 0) return;
        var before = _total[group];
        _cells[slot] += cells;
        _total[group] += cells;
        if (before == 0) _news.Add((group, time, true));
        else if (_total[group] == 0) _news.Add((group, time, false));
    }

    /// <summary>Makes Poisson numbers of all reactions at once; returns how far it went.</summary>
    private double Leap(double start, double at, double length)
    {
        _counts.Leaps++;
        double fastest = 0;
        foreach (var slot in _slots)
        {
            if (double.IsNaN(_slotBound[slot])) BoundSlot(slot);
            fastest = Math.Max(fastest, _slotBound[slot]);
        }
        var step = Math.Min(length - at, fastest > 0 ? LeapShare / fastest : length);
        var share = (at + (step / 2)) / length;
        foreach (var r in _inflow) LeapReaction(r, At(r, share) * step, start + at);
        foreach (var slot in _slots)
            foreach (var r in _bySlot[slot]) LeapReaction(r, At(r, share) * step * _cells[slot], start + at);
        return step;
    }

    private void LeapReaction(int reaction, double mean, double time)
    {
        var times = _random.Poisson(Math.Clamp(mean, 0, 1L << 50));
        foreach (var (changed, cells) in _changes[reaction])
            if (cells < 0 && _small[_slotGroup[changed]]) times = Math.Min(times, _cells[changed] / -cells);
        foreach (var (changed, cells) in _changes[reaction]) if (cells > 0) Change(changed, times * cells, time);
        foreach (var (changed, cells) in _changes[reaction]) if (cells < 0) Change(changed, times * cells, time);
    }

    /// <summary>Lists anew which reactions change counted populations.</summary>
    private void Rebuild()
    {
        Any = Array.Exists(_small, s => s);
        _slots = [.. Enumerable.Range(0, _cells.Length).Where(slot => _small[_slotGroup[slot]])];
        List<int> inflow = [];
        var bySlot = _slots.ToDictionary(slot => slot, _ => new List<int>());
        for (var r = 0; r < _changes.Length; r++)
        {
            if (!Array.Exists(_changes[r], c => _small[_slotGroup[c.Slot]])) continue;
            (bySlot.GetValueOrDefault(_sourceSlot[r]) ?? inflow).Add(r);
        }
        _inflow = [.. inflow];
        foreach (var (slot, reactions) in bySlot) _bySlot[slot] = [.. reactions];
    }
}

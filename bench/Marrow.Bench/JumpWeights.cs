using Marrow.Numerics.Jumps;
using Marrow.Numerics.Random;

namespace Marrow.Bench;

/// <summary>Propensities, their sum, and choice in proportion to them.</summary>
internal interface IJumpWeights
{
    double Total { get; }

    void Set(int index, double weight);

    int Draw(ref RandomStream stream);
}

/// <summary>What <see cref="StochasticSimulation"/> uses: a binary tree of sums.</summary>
internal readonly struct TreeWeights(int count) : IJumpWeights
{
    private readonly SumTree _tree = new(count);

    public double Total => _tree.Total;

    public void Set(int index, double weight) => _tree.Set(index, weight);

    public int Draw(ref RandomStream stream) => _tree.Find(stream.Uniform() * _tree.Total);
}

/// <summary>Gillespie's direct method: the sum anew at each jump, the choice by a scan.</summary>
internal readonly struct LinearWeights(int count) : IJumpWeights
{
    private readonly double[] _weights = new double[count];

    public double Total
    {
        get
        {
            var total = 0.0;
            foreach (var weight in _weights) total += weight;
            return total;
        }
    }

    public void Set(int index, double weight) => _weights[index] = weight;

    public int Draw(ref RandomStream stream)
    {
        var target = stream.Uniform() * Total;
        var last = 0;
        for (var i = 0; i < _weights.Length; i++)
        {
            if (_weights[i] == 0) continue;
            last = i;
            if ((target -= _weights[i]) < 0) break;
        }
        return last;
    }
}

/// <summary>Composition and rejection (Slepoy, Thompson and Plimpton 2008, doi:10.1063/1.2919546): groups of weights within a factor of two,
/// a scan over the groups, and in a group a draw that is accepted with probability weight / bound. Sums of groups are formed anew after as
/// many changes as there are weights, so that they do not drift.</summary>
internal sealed class GroupedWeights(int count) : IJumpWeights
{
    private const int Groups = 2048;
    private readonly double[] _weights = new double[count], _sums = new double[Groups];
    private readonly int[] _place = new int[count];
    private readonly List<int>[] _members = [.. Enumerable.Range(0, Groups).Select(_ => new List<int>())];
    private readonly List<int> _used = [];
    private int _changes;

    public double Total
    {
        get
        {
            var total = 0.0;
            foreach (var group in _used) total += _sums[group];
            return total;
        }
    }

    public void Set(int index, double weight)
    {
        var before = _weights[index];
        if (weight == before) return;
        _weights[index] = weight;
        int from = Group(before), to = Group(weight);
        if (before > 0) _sums[from] -= before;
        if (weight > 0) _sums[to] += weight;
        if (from != to || before == 0 || weight == 0)
        {
            if (before > 0) Remove(index, from);
            if (weight > 0) Add(index, to);
        }
        if (++_changes < _weights.Length) return;
        _changes = 0;
        foreach (var group in _used)
        {
            _sums[group] = 0;
            foreach (var member in _members[group]) _sums[group] += _weights[member];
        }
    }

    public int Draw(ref RandomStream stream)
    {
        var target = stream.Uniform() * Total;
        var chosen = 0;
        foreach (var group in _used)
        {
            if (_members[group].Count == 0) continue;
            chosen = group;
            if ((target -= _sums[group]) < 0) break;
        }
        var members = _members[chosen];
        var bound = Math.ScaleB(1, chosen - 1022);
        while (true)
        {
            var place = stream.Uniform() * members.Count;
            var member = members[(int)place];
            if (stream.Uniform() * bound < _weights[member]) return member;
        }
    }

    /// <summary>Weights of a group lie in [2^(g-1023), 2^(g-1022)).</summary>
    private static int Group(double weight) => (int)(BitConverter.DoubleToUInt64Bits(weight) >> 52) & 0x7ff;

    private void Remove(int index, int group)
    {
        var members = _members[group];
        var last = members[^1];
        members[_place[index]] = last;
        _place[last] = _place[index];
        members.RemoveAt(members.Count - 1);
    }

    private void Add(int index, int group)
    {
        if (!_used.Contains(group)) _used.Add(group);
        _place[index] = _members[group].Count;
        _members[group].Add(index);
    }
}

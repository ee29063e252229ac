namespace Marrow.Numerics.Jumps;

/// <summary>Weights with their sum and choice in proportion to them, both in logarithmic time. Every inner value is the sum of the two
/// below it, so that nothing drifts however often weights change.</summary>
internal sealed class SumTree
{
    private readonly int _leaves;
    private readonly double[] _nodes;

    public SumTree(int count)
    {
        _leaves = 1;
        while (_leaves < count) _leaves *= 2;
        _nodes = new double[2 * _leaves];
    }

    public double Total => _nodes[1];

    public double this[int index] => _nodes[_leaves + index];

    public void Set(int index, double weight)
    {
        var node = _leaves + index;
        if (_nodes[node] == weight) return;
        _nodes[node] = weight;
        for (node /= 2; node >= 1; node /= 2) _nodes[node] = _nodes[2 * node] + _nodes[(2 * node) + 1];
    }

    /// <summary>The weight in whose part of the sum the target lies; never one that is 0 while another is not.</summary>
    /// <param name="target">0 to <see cref="Total"/>.</param>
    public int Find(double target)
    {
        var node = 1;
        while (node < _leaves)
        {
            double left = _nodes[2 * node], right = _nodes[(2 * node) + 1];
            var goRight = target >= left;
            // Rounding may leave a target just beyond the last weight.
            if (goRight && right == 0) goRight = false;
            else if (!goRight && left == 0) goRight = true;
            else if (goRight) target -= left;
            node = (2 * node) + (goRight ? 1 : 0);
        }
        return node - _leaves;
    }
}

namespace Marrow.Numerics.Jumps;

/// <summary>How long a leap may be: expectation and standard deviation of the change of every propensity stay below a fraction epsilon of
/// it (Cao, Gillespie and Petzold 2006, doi:10.1063/1.2159468, equations 32 and 33).</summary>
/// <remarks>The paper's g of a species follows from the highest order of a reaction in which it takes part; here the order is read from
/// the propensity's formula, so that catalysts, rules and quotients count. A function that is no polynomial, root or quotient counts as
/// of order 2. One bound is added: no more than 2 epsilon of a number is used up in a leap. Near a balance of gain and loss the paper's
/// bounds let a leap exceed the time of relaxation, and with n = loss x length the variance is 1/(1 - n/2) times what it should be.</remarks>
internal sealed class LeapLength
{
    private readonly double _epsilon;
    private readonly (int State, (double Whole, double Own)[] Orders)[] _read;
    private readonly double[] _mean, _variance, _loss;

    public LeapLength(StochasticNetwork network, double epsilon)
    {
        _epsilon = epsilon;
        _read = [.. network.Orders
            .SelectMany(orders => orders.Where(o => network.IsCount[o.State]).Select(o => (o.State, Whole: orders.Sum(x => x.Order), Own: o.Order)))
            .GroupBy(x => x.State, x => (x.Whole, x.Own)).OrderBy(g => g.Key).Select(g => (g.Key, g.Distinct().ToArray()))];
        _mean = new double[network.IsCount.Count];
        _variance = new double[network.IsCount.Count];
        _loss = new double[network.IsCount.Count];
    }

    /// <summary>The longest leap in which only reactions that are not critical take place; infinity if they change nothing that is read.</summary>
    public double Of(JumpState state, ReadOnlySpan<double> propensities, ReadOnlySpan<bool> critical)
    {
        Array.Clear(_mean);
        Array.Clear(_variance);
        Array.Clear(_loss);
        for (var r = 0; r < propensities.Length; r++)
        {
            if (critical[r] || propensities[r] == 0) continue;
            foreach (var (place, change) in state.Changes(r))
            {
                _mean[place] += change * propensities[r];
                _variance[place] += (double)change * change * propensities[r];
                if (change < 0) _loss[place] -= change * propensities[r];
            }
        }
        var shortest = double.PositiveInfinity;
        foreach (var (place, orders) in _read)
        {
            if (_variance[place] == 0) continue;
            var x = state.Counts[place];
            var room = Math.Max(_epsilon * x / Divisor(orders, x), 1);
            shortest = Math.Min(shortest, room * room / _variance[place]);
            if (_loss[place] > 0) shortest = Math.Min(shortest, 2 * room / _loss[place]);
            if (_mean[place] != 0) shortest = Math.Min(shortest, room / Math.Abs(_mean[place]));
        }
        return shortest;
    }

    /// <summary>g of the paper: the largest, over the reactions that read a number x, of the reaction's order, more where x enters twice or
    /// three times.</summary>
    private static double Divisor((double Whole, double Own)[] orders, double x)
    {
        var largest = 1.0;
        foreach (var (whole, own) in orders)
        {
            var g = own >= 3 && x > 2 ? whole / 3 * (3 + (1 / (x - 1)) + (2 / (x - 2)))
                : own >= 2 && x > 1 ? whole / 2 * (2 + (1 / (x - 1)))
                : whole;
            largest = Math.Max(largest, g);
        }
        return largest;
    }
}

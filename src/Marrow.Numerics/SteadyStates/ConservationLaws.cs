namespace Marrow.Numerics.SteadyStates;

/// <summary>A state with a factor: a term of a sum of states, or what a process adds to it.</summary>
/// <param name="State">The state.</param>
/// <param name="Factor">The factor.</param>
public readonly record struct StateTerm(int State, double Factor);

/// <summary>Sums of states that never change: the left null space of a matrix of changes N (rows are states, columns processes), L N = 0.
/// Each law is solved for one state of its own, so that y_d = T - sum over the others of L y.</summary>
public sealed class ConservationLaws
{
    private readonly StateTerm[][] _laws;
    private readonly int[] _dependent, _independent;

    private ConservationLaws(StateTerm[][] laws, int[] dependent, int states)
    {
        (_laws, _dependent) = (laws, dependent);
        _independent = [.. Enumerable.Range(0, states).Except(dependent)];
    }

    /// <summary>The laws: their terms by state. The state for which a law is solved has factor 1 in it and is in no other.</summary>
    public IReadOnlyList<IReadOnlyList<StateTerm>> Laws => _laws;

    /// <summary>For each law the state that it determines.</summary>
    public IReadOnlyList<int> Dependent => _dependent;

    /// <summary>The states that no law determines, increasing.</summary>
    public IReadOnlyList<int> Independent => _independent;

    /// <summary>Finds the laws by elimination: states whose changes are combinations of those of the states before them.</summary>
    /// <param name="states">Number of states.</param>
    /// <param name="processes">The columns of N: what each process adds to the states that it changes, each state once.</param>
    public static ConservationLaws Of(int states, IEnumerable<IReadOnlyList<StateTerm>> processes)
    {
        ArgumentNullException.ThrowIfNull(processes);
        Dictionary<int, double>[] rows = [.. Enumerable.Range(0, states).Select(_ => new Dictionary<int, double>())];
        var process = 0;
        foreach (var changes in processes)
        {
            foreach (var (state, change) in changes)
                if (change != 0) rows[state][process] = change;
            process++;
        }
        var elimination = new RowElimination();
        for (var i = 0; i < states; i++) elimination.Add(i, rows[i]);
        var dependent = Solve(elimination.Laws);
        return new ConservationLaws([.. elimination.Laws.Select(law => law.OrderBy(t => t.Key).Select(t => new StateTerm(t.Key, t.Value)).ToArray())], dependent, states);
    }

    /// <summary>What the laws keep, at some states.</summary>
    public double[] Totals(ReadOnlySpan<double> states)
    {
        var totals = new double[_laws.Length];
        for (var k = 0; k < totals.Length; k++)
            foreach (var (state, factor) in _laws[k]) totals[k] += factor * states[state];
        return totals;
    }

    /// <summary>df_i/dy_j for independent i, j alone, the dependent states following: J_ij - sum over laws k of J_i,d(k) L_kj.</summary>
    /// <param name="places">Row and column of each entry of J that may be other than 0.</param>
    /// <param name="jacobian">The entries.</param>
    /// <returns>Row-major, of the size of <see cref="Independent"/>.</returns>
    public double[] Reduce(IReadOnlyList<(int Row, int Column)> places, ReadOnlySpan<double> jacobian)
    {
        ArgumentNullException.ThrowIfNull(places);
        int size = _independent.Length, states = size + _dependent.Length;
        int[] place = new int[states], law = new int[states];
        Array.Fill(place, -1);
        for (var a = 0; a < size; a++) place[_independent[a]] = a;
        for (var k = 0; k < _dependent.Length; k++) law[_dependent[k]] = k;
        var reduced = new double[size * size];
        for (var e = 0; e < places.Count; e++)
        {
            var (row, column) = places[e];
            if (place[row] < 0) continue;
            var at = reduced.AsSpan(place[row] * size, size);
            if (place[column] >= 0) at[place[column]] += jacobian[e];
            else
                foreach (var (state, factor) in _laws[law[column]])
                    if (state != column) at[place[state]] -= jacobian[e] * factor;
        }
        return reduced;
    }

    /// <summary>Brings laws into the form in which each determines a state of its own; returns those states.</summary>
    private static int[] Solve(List<Dictionary<int, double>> laws)
    {
        var dependent = new int[laws.Count];
        for (var k = 0; k < dependent.Length; k++)
        {
            var law = laws[k];
            var state = RowElimination.Largest(law);
            var pivot = law[state];
            foreach (var key in law.Keys.ToArray()) law[key] /= pivot;
            foreach (var other in laws)
                if (other != law && other.TryGetValue(state, out var factor)) RowElimination.Subtract(other, law, factor);
            dependent[k] = state;
        }
        return dependent;
    }
}

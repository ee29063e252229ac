namespace Marrow.Numerics.SteadyStates;

/// <summary>Sums of states that never change: the left null space of a matrix of changes N (rows are states, columns processes), L N = 0.
/// Each law is solved for one state of its own, so that y_d = T - sum over the others of L y.</summary>
public sealed class ConservationLaws
{
    /// <summary>What is left of an entry after cancelling, relative to what was cancelled, is rounding.</summary>
    private const double Rounding = 1e-10;

    private readonly double[][] _laws;
    private readonly int[] _dependent, _independent;

    private ConservationLaws(double[][] laws, int[] dependent, int states)
    {
        (_laws, _dependent) = (laws, dependent);
        _independent = [.. Enumerable.Range(0, states).Except(dependent)];
    }

    /// <summary>The laws: coefficients of the states. The state for which a law is solved has coefficient 1 in it and 0 in all others.</summary>
    public IReadOnlyList<IReadOnlyList<double>> Laws => _laws;

    /// <summary>For each law the state that it determines.</summary>
    public IReadOnlyList<int> Dependent => _dependent;

    /// <summary>The states that no law determines, increasing.</summary>
    public IReadOnlyList<int> Independent => _independent;

    /// <summary>Finds the laws by elimination with the largest pivots.</summary>
    /// <param name="changes">N: for each state what each process adds to it.</param>
    public static ConservationLaws Of(IReadOnlyList<IReadOnlyList<double>> changes)
    {
        ArgumentNullException.ThrowIfNull(changes);
        var states = changes.Count;
        double[][] left = [.. changes.Select(row => row.ToArray())];
        double[][] right = [.. Enumerable.Range(0, states).Select(i => Unit(states, i))];
        var rank = 0;
        var processes = states == 0 ? 0 : left[0].Length;
        for (var column = 0; column < processes && rank < states; column++)
        {
            var pivot = Largest(left, rank, column);
            if (left[pivot][column] == 0) continue;
            (left[rank], left[pivot], right[rank], right[pivot]) = (left[pivot], left[rank], right[pivot], right[rank]);
            for (var row = rank + 1; row < states; row++) Eliminate(left, right, rank, row, column);
            rank++;
        }
        double[][] laws = right[rank..];
        return new ConservationLaws(laws, Solve(laws), states);
    }

    /// <summary>What the laws keep, at some states.</summary>
    public double[] Totals(ReadOnlySpan<double> states)
    {
        var totals = new double[_laws.Length];
        for (var k = 0; k < totals.Length; k++)
            for (var i = 0; i < states.Length; i++) totals[k] += _laws[k][i] * states[i];
        return totals;
    }

    /// <summary>Sets the dependent states so that the totals hold.</summary>
    public void Complete(ReadOnlySpan<double> totals, Span<double> states)
    {
        for (var k = 0; k < _laws.Length; k++)
        {
            var sum = totals[k];
            foreach (var i in _independent) sum -= _laws[k][i] * states[i];
            states[_dependent[k]] = sum;
        }
    }

    /// <summary>df_i/dy_j for independent i, j alone, the dependent states following: J_ij - sum over laws k of J_i,d(k) L_kj.</summary>
    /// <param name="jacobian">J, row-major.</param>
    /// <returns>Row-major, of the size of <see cref="Independent"/>.</returns>
    public double[] Reduce(ReadOnlySpan<double> jacobian)
    {
        int size = _independent.Length, states = size + _dependent.Length;
        var reduced = new double[size * size];
        for (var a = 0; a < size; a++)
        {
            var row = jacobian.Slice(_independent[a] * states, states);
            for (var b = 0; b < size; b++)
            {
                var value = row[_independent[b]];
                for (var k = 0; k < _laws.Length; k++) value -= row[_dependent[k]] * _laws[k][_independent[b]];
                reduced[(a * size) + b] = value;
            }
        }
        return reduced;
    }

    private static double[] Unit(int length, int place)
    {
        var unit = new double[length];
        unit[place] = 1;
        return unit;
    }

    private static int Largest(double[][] rows, int from, int column)
    {
        var best = from;
        for (var row = from + 1; row < rows.Length; row++)
            if (Math.Abs(rows[row][column]) > Math.Abs(rows[best][column])) best = row;
        return best;
    }

    private static void Eliminate(double[][] left, double[][] right, int pivot, int row, int column)
    {
        var factor = left[row][column] / left[pivot][column];
        if (factor == 0) return;
        Subtract(left[row], left[pivot], factor);
        left[row][column] = 0;
        Subtract(right[row], right[pivot], factor);
    }

    private static void Subtract(double[] row, double[] other, double factor)
    {
        for (var i = 0; i < row.Length; i++)
        {
            if (other[i] == 0) continue;
            var (before, taken) = (row[i], factor * other[i]);
            var value = before - taken;
            row[i] = Math.Abs(value) <= Rounding * Math.Max(Math.Abs(before), Math.Abs(taken)) ? 0 : value;
        }
    }

    /// <summary>Brings laws into the form in which each determines a state of its own; returns those states.</summary>
    private static int[] Solve(double[][] laws)
    {
        var dependent = new int[laws.Length];
        for (var k = 0; k < laws.Length; k++)
        {
            var law = laws[k];
            var place = 0;
            for (var i = 1; i < law.Length; i++)
                if (Math.Abs(law[i]) > Math.Abs(law[place])) place = i;
            var pivot = law[place];
            for (var i = 0; i < law.Length; i++) law[i] /= pivot;
            for (var other = 0; other < laws.Length; other++)
                if (other != k && laws[other][place] is var factor && factor != 0) Subtract(laws[other], law, factor);
            dependent[k] = place;
        }
        return dependent;
    }
}

namespace Marrow.Numerics.SteadyStates;

/// <summary>The equations of a step: (shift - J) s = f where nothing is conserved, and L s = 0 in place of the row of a state that a law
/// determines, so that the matrix is regular and nothing conserved drifts.</summary>
internal sealed class NewtonSystem
{
    private readonly (int Column, int Entry)[][] _rows;
    private readonly IReadOnlyList<StateTerm>?[] _laws;
    private readonly int _n;

    public NewtonSystem(EquilibriumProblem problem, int n)
    {
        _n = n;
        _laws = new IReadOnlyList<StateTerm>?[n];
        for (var k = 0; k < problem.Laws.Dependent.Count; k++) _laws[problem.Laws.Dependent[k]] = problem.Laws.Laws[k];
        var rows = problem.Places.Select((place, entry) => (place.Row, place.Column, entry)).ToLookup(x => x.Row, x => (x.Column, x.entry));
        _rows = [.. Enumerable.Range(0, n).Select(i => rows[i].ToArray())];
    }

    /// <summary>s; null if the matrix is singular.</summary>
    /// <param name="jacobian">Entries of J, finite.</param>
    /// <param name="f">Rates.</param>
    /// <param name="shift">What stands before I.</param>
    /// <param name="scale">Sizes of the states: pivots are compared in units of them.</param>
    public double[]? Step(double[] jacobian, double[] f, double shift, double[] scale)
    {
        // Powers of two change no digit.
        double[] units = [.. scale.Select(size => size > 0 && double.IsFinite(size) ? Math.ScaleB(1, Math.ILogB(size)) : 1)];
        var rows = new (List<int> Columns, List<double> Entries)[_n];
        for (var i = 0; i < _n; i++) rows[i] = Row(i, jacobian, shift, units);
        if (SparseFactors.Of(rows) is not { } factors) return null;
        var step = factors.Solve([.. f.Select((rate, i) => _laws[i] is null ? rate : 0)]);
        for (var i = 0; i < _n; i++) step[i] *= units[i];
        return step.All(double.IsFinite) ? step : null;
    }

    private (List<int> Columns, List<double> Entries) Row(int i, double[] jacobian, double shift, double[] units)
    {
        if (_laws[i] is { } law) return ([.. law.Select(t => t.State)], [.. law.Select(t => t.Factor * units[t.State])]);
        List<int> columns = [i];
        List<double> entries = [shift * units[i]];
        foreach (var (column, entry) in _rows[i])
        {
            if (column == i) entries[0] -= jacobian[entry] * units[i];
            else if (jacobian[entry] != 0)
            {
                columns.Add(column);
                entries.Add(-jacobian[entry] * units[column]);
            }
        }
        return (columns, entries);
    }
}

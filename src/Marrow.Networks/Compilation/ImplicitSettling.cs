namespace Marrow.Networks.Compilation;

/// <summary>Makes states consistent: algebraic rules hold, and fast reactions are where they come to rest from the states given.</summary>
/// <remarks>Extents x of the fast reactions follow x' = v(y + N x) by the implicit Euler method with linearised steps that grow without limit
/// (pseudo-transient continuation, Kelley and Keyes 1998, doi:10.1137/S0036142996304796), so that among several equilibria the one is found to
/// which the reactions lead; algebraic variables are corrected by Newton's method in the same steps.</remarks>
internal sealed class ImplicitSettling
{
    private const int StepLimit = 2000;
    private const double Growth = 4, Longest = 1e100, Careful = 0.05, TooFar = 0.25, Rounding = 1e-14, Seed = 1e-12;

    private readonly int _reactions, _unknowns, _states;
    private readonly int[] _algebraic;
    private readonly PlainFunction _residual, _jacobian, _changes;
    private readonly (int State, int Reaction)[] _places;

    public ImplicitSettling(ImplicitEquations equations, ExpressionGraph graph, int states, Func<IReadOnlyList<Node>, PlainFunction> plain)
    {
        (_reactions, _states) = (equations.Laws.Count, states);
        _algebraic = [.. equations.Algebraic.Select(a => a.State)];
        _unknowns = _reactions + _algebraic.Length;
        Node[] residual = [.. equations.Laws, .. equations.Algebraic.Select(a => a.Zero)];
        _places = [.. Enumerable.Range(0, states).SelectMany(s => Enumerable.Range(0, _reactions).Select(j => (s, j))).Where(p => !equations.Change(p.s, p.j).IsConstant(0))];
        Node derivative(Node f, int unknown) => unknown >= _reactions
            ? graph.Derivative(f, _algebraic[unknown - _reactions])
            : _places.Where(p => p.Reaction == unknown).Aggregate(graph.Zero, (sum, p) => graph.Add(sum, graph.Multiply(graph.Derivative(f, p.State), equations.Change(p.State, unknown))));
        _residual = plain(residual);
        _jacobian = plain([.. residual.SelectMany(f => Enumerable.Range(0, _unknowns).Select(k => derivative(f, k)))]);
        _changes = plain([.. _places.Select(p => equations.Change(p.State, p.Reaction))]);
    }

    /// <inheritdoc cref="Numerics.Ode.LaneSettling"/>
    public bool Settle(double time, Span<double> states, ReadOnlySpan<double> parameters)
    {
        // A variable without a value starts anywhere.
        foreach (var state in _algebraic)
            if (double.IsNaN(states[state])) states[state] = 0;
        if (Follow(time, states, parameters)) return true;
        foreach (var state in _algebraic) states[state] = 1;
        return _algebraic.Length > 0 && Follow(time, states, parameters);
    }

    private bool Follow(double time, Span<double> states, ReadOnlySpan<double> parameters)
    {
        double[] f = new double[_unknowns], v = new double[_unknowns * _unknowns], n = new double[_places.Length], y = states.ToArray(), delta = new double[_unknowns];
        var matrix = new double[_unknowns, _unknowns];
        _changes.Run(time, y, parameters, n);
        var step = 0.0;
        for (var k = 0; k < StepLimit; k++)
        {
            _residual.Run(time, y, parameters, f);
            _jacobian.Run(time, y, parameters, v);
            if (!Array.TrueForAll(f, double.IsFinite) || !Array.TrueForAll(v, double.IsFinite)) return false;
            if (step == 0) step = FirstStep(f, v);
            for (var i = 0; i < _unknowns; i++)
                for (var j = 0; j < _unknowns; j++) matrix[i, j] = (i == j && i < _reactions ? 1 / step : 0) - v[(i * _unknowns) + j];
            f.CopyTo(delta, 0);
            if (!Solve(matrix, delta)) return false;
            var change = Change(n, delta);
            double moved = change.Select(Math.Abs).DefaultIfEmpty().Max(), size = Size(y);
            if (!double.IsFinite(moved)) return false;
            if (_reactions > 0 && step > 1e-300 && (moved > TooFar * size || GoesBack(y, change, f, delta, size)))
            {
                step /= Growth;
                continue;
            }
            for (var i = 0; i < _states; i++) y[i] += change[i];
            var atRest = moved <= Rounding * size;
            if (atRest && (_reactions == 0 || step >= Longest))
            {
                foreach (var (state, _) in _places) states[state] = y[state];
                foreach (var state in _algebraic) states[state] = y[state];
                return true;
            }
            if (moved <= Careful * size) step = Math.Min(step * Growth * (atRest ? 1e6 : 1), Longest);
        }
        return false;
    }

    /// <summary>A time that is short for the reactions.</summary>
    private double FirstStep(double[] f, double[] v)
    {
        var fastest = 0.0;
        for (var i = 0; i < _reactions; i++)
        {
            fastest = Math.Max(fastest, Math.Abs(f[i]));
            for (var j = 0; j < _reactions; j++) fastest = Math.Max(fastest, Math.Abs(v[(i * _unknowns) + j]));
        }
        return fastest > 0 ? 0.01 / fastest : 1;
    }

    /// <summary>What a step adds to the states.</summary>
    private double[] Change(double[] changes, double[] delta)
    {
        var change = new double[_states];
        for (var k = 0; k < _places.Length; k++) change[_places[k].State] += changes[k] * delta[_places[k].Reaction];
        for (var a = 0; a < _algebraic.Length; a++) change[_algebraic[a]] += delta[_reactions + a];
        return change;
    }

    /// <summary>Whether a step goes against the reactions and through 0: then it is too long for what grows, and would end in an equilibrium
    /// from which the reactions lead away.</summary>
    private bool GoesBack(double[] y, double[] change, double[] laws, double[] delta, double size)
    {
        var along = 0.0;
        for (var j = 0; j < _reactions; j++) along += laws[j] * delta[j];
        if (along >= 0) return false;
        foreach (var (state, _) in _places)
            if (Math.Abs(y[state]) > Seed * size && Math.Sign(y[state] + change[state]) != Math.Sign(y[state])) return true;
        return false;
    }

    private double Size(double[] y)
    {
        var size = 1e-300;
        foreach (var (state, _) in _places) size = Math.Max(size, Math.Abs(y[state]));
        foreach (var state in _algebraic) size = Math.Max(size, Math.Abs(y[state]));
        return size;
    }

    /// <summary>Solves a x = b in place by elimination with partial pivoting. False if the matrix is singular.</summary>
    private static bool Solve(double[,] a, double[] b)
    {
        var n = b.Length;
        for (var k = 0; k < n; k++)
        {
            var pivot = k;
            for (var i = k + 1; i < n; i++)
                if (Math.Abs(a[i, k]) > Math.Abs(a[pivot, k])) pivot = i;
            if (!(Math.Abs(a[pivot, k]) > 0)) return false;
            for (var j = 0; pivot != k && j < n; j++) (a[k, j], a[pivot, j]) = (a[pivot, j], a[k, j]);
            (b[k], b[pivot]) = (b[pivot], b[k]);
            for (var i = k + 1; i < n; i++)
            {
                var factor = a[i, k] / a[k, k];
                for (var j = k; j < n; j++) a[i, j] -= factor * a[k, j];
                b[i] -= factor * b[k];
            }
        }
        for (var k = n - 1; k >= 0; k--)
        {
            for (var j = k + 1; j < n; j++) b[k] -= a[k, j] * b[j];
            b[k] /= a[k, k];
        }
        return true;
    }
}

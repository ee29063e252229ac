using System.Linq.Expressions;
using Marrow.Numerics.Ode;

namespace Marrow.Networks.Compilation;

/// <summary>Writes the solution of (I - gamma J) delta = R with the correction and its norms. Rows are taken in groups whose chains
/// of multiply-adds are interleaved: one long chain would wait for itself, and the run-time compiler would first load all its
/// operands to the stack.</summary>
internal sealed class SolveWriter
{
    private const int Group = 4;

    private readonly LinearLayout _layout;
    private readonly LaneCode _code;
    private readonly bool _first, _single;
    private readonly int _chunk;
    private readonly LaneLayout _at;
    private readonly KernelBlocks _blocks = new();
    private readonly List<KernelTree> _pieces = [];
    private readonly ParameterExpression[] _sums;
    private readonly ParameterExpression _delta, _d, _weighted;
    private readonly ParameterExpression[] _chains;
    private List<Expression> _body = [];
    private List<ParameterExpression> _variables = [];
    private Dictionary<int, ParameterExpression> _x = [];

    public SolveWriter(LinearLayout layout, LaneCode code, bool first, int chunk)
    {
        (_layout, _code, _first, _chunk) = (layout, code, first, chunk);
        _single = layout.FactorCount + (2 * layout.Unknowns) < chunk;
        _at = new LaneLayout(layout.States);
        ParameterExpression variable() => Expression.Variable(code.Type);
        _sums = [variable(), variable()];
        _chains = [.. Enumerable.Range(0, Group).Select(_ => variable())];
        (_delta, _d, _weighted) = (variable(), variable(), variable());
    }

    public KernelTree[] Write()
    {
        Start();
        var n = _layout.Unknowns;
        foreach (var rows in Enumerable.Range(0, n).Chunk(Group))
        {
            Rows(rows, _layout.Pivots.Lower, Residual);
            CutIfLong(back: false);
        }
        foreach (var sum in _sums) _body.Add(Expression.Assign(sum, _code.Constant(0)));
        foreach (var rows in Enumerable.Range(0, n).Reverse().Chunk(Group))
        {
            Rows(rows, _layout.Pivots.Upper, i => Expression.Multiply(X(i), _code.Load(_blocks.M, _layout.Factor(i, i))));
            foreach (var i in rows.Where(i => !_layout.IsTerm(i))) Correct(i);
            CutIfLong(back: true);
        }
        StoreNorms();
        _pieces.Add(_blocks.Tree(_variables, _body));
        return [.. _pieces];
    }

    /// <summary>Shared terms follow their definition exactly: they leave no residual.</summary>
    private Expression Residual(int position) =>
        _layout.IsTerm(position) ? _code.Constant(0) : _code.Load(_blocks.S, _at.R + _layout.Pivots.Order[position]);

    private void Start()
    {
        _body = [];
        _variables = [.. _chains, .. _sums, _delta, _d, _weighted];
        _x = [];
    }

    private void CutIfLong(bool back)
    {
        if (_single || _body.Count <= _chunk) return;
        if (back) StoreNorms();
        _pieces.Add(_blocks.Tree(_variables, _body));
        Start();
        if (!back) return;
        _body.Add(Expression.Assign(_sums[0], _code.Load(_blocks.S, LaneLayout.NormDelta)));
        _body.Add(Expression.Assign(_sums[1], _code.Load(_blocks.S, LaneLayout.NormD)));
    }

    private void StoreNorms()
    {
        _body.Add(_code.Store(_sums[0], _blocks.S, LaneLayout.NormDelta));
        _body.Add(_code.Store(_sums[_first ? 0 : 1], _blocks.S, LaneLayout.NormD));
    }

    /// <summary>x_i = start_i - sum of factor_ij x_j for a group of rows.</summary>
    private void Rows(int[] rows, int[][] columns, Func<int, Expression> start)
    {
        Expression term(int chain, int j) => Expression.Assign(
          _chains[chain], _code.NegatedFma(X(j), _code.Load(_blocks.M, _layout.Factor(rows[chain], j)), _chains[chain]));
        var terms = new List<(double Key, int Chain, int Column)>();
        for (var c = 0; c < rows.Length; c++)
        {
            _body.Add(Expression.Assign(_chains[c], start(rows[c])));
            int[] known = [.. columns[rows[c]].Where(j => !rows.Contains(j))];
            for (var k = 0; k < known.Length; k++) terms.Add(((k + 0.5) / known.Length, c, known[k]));
        }
        foreach (var (_, c, j) in terms.OrderBy(t => t.Key)) _body.Add(term(c, j));
        for (var c = 0; c < rows.Length; c++)
        {
            foreach (var j in columns[rows[c]].Where(rows.Contains)) _body.Add(term(c, j));
            if (!_x.TryGetValue(rows[c], out var x)) _variables.Add(_x[rows[c]] = x = Expression.Variable(_code.Type));
            _body.Add(Expression.Assign(x, _chains[c]));
            if (!_single) _body.Add(_code.Store(x, _blocks.M, _layout.Work + rows[c]));
        }
    }

    /// <summary>A value of the vector; one from an earlier piece is loaded when it is first needed.</summary>
    private ParameterExpression X(int i)
    {
        if (_x.TryGetValue(i, out var x)) return x;
        _variables.Add(_x[i] = x = Expression.Variable(_code.Type));
        _body.Add(Expression.Assign(x, _code.Load(_blocks.M, _layout.Work + i)));
        return x;
    }

    private void Correct(int i)
    {
        var state = _layout.Pivots.Order[i];
        _body.Add(Expression.Assign(_delta, X(i)));
        AddToNorm(_sums[0], _delta, state);
        if (_first)
        {
            _body.Add(_code.Store(_delta, _blocks.S, LaneLayout.D + state));
            return;
        }
        _body.Add(Expression.Assign(_d, _code.Load(_blocks.S, LaneLayout.D + state)));
        var mask = _code.Mask(_code.Load(_blocks.S, LaneLayout.Mask));
        _body.Add(Expression.Assign(_d, _code.Select(mask, Expression.Add(_d, _delta), _d)));
        _body.Add(_code.Store(_d, _blocks.S, LaneLayout.D + state));
        AddToNorm(_sums[1], _d, state);
    }

    private void AddToNorm(ParameterExpression sum, ParameterExpression value, int state)
    {
        _body.Add(Expression.Assign(_weighted, Expression.Multiply(value, _code.Load(_blocks.S, _at.W + state))));
        _body.Add(Expression.Assign(sum, _code.Fma(_weighted, _weighted, sum)));
    }
}

using System.Linq.Expressions;
using Marrow.Numerics.Ode;

namespace Marrow.Networks.Compilation;

/// <summary>Writes I - gamma J, enlarged by the rows of shared terms, = L D U, L and U with unit diagonal, D stored as reciprocals, as straight-line code row by row.</summary>
internal sealed class FactorWriter(LinearLayout layout, LaneCode code, int chunk, Func<KernelBlocks, LaneCode, Node, Expression> fixedValue)
{
    private readonly KernelBlocks _blocks = new();
    private readonly List<KernelTree> _pieces = [];
    private readonly ParameterExpression _gamma = Expression.Variable(code.Type);
    private List<Expression> _body = [];
    private List<ParameterExpression> _variables = [];

    public KernelTree[] Write()
    {
        Start();
        for (var i = 0; i < layout.Unknowns; i++)
        {
            Row(i);
            if (_body.Count > chunk) Cut();
        }
        Cut();
        return [.. _pieces];
    }

    private void Start()
    {
        _variables = [_gamma];
        _body = [Expression.Assign(_gamma, code.Load(_blocks.S, LaneLayout.Gamma))];
    }

    private void Cut()
    {
        if (_body.Count > 1) _pieces.Add(_blocks.Tree(_variables, _body));
        Start();
    }

    private void Row(int i)
    {
        int[] lower = layout.Pivots.Lower[i], upper = layout.Pivots.Upper[i];
        var w = new Dictionary<int, ParameterExpression>();
        foreach (var j in lower.Append(i).Concat(upper)) w[j] = Set(Entry(i, j));
        foreach (var k in lower)
        {
            foreach (var j in layout.Pivots.Upper[k])
                _body.Add(Expression.Assign(w[j], code.NegatedFma(w[k], code.Load(_blocks.M, layout.Factor(k, j)), w[j])));
            if (_body.Count > chunk) PassOn(i, w);
        }
        var pivot = Set(Expression.Divide(code.Constant(1), w[i]));
        _body.Add(code.Store(pivot, _blocks.M, layout.Factor(i, i)));
        foreach (var k in lower) Keep(i, k, Expression.Multiply(w[k], code.Load(_blocks.M, layout.Factor(k, k))));
        foreach (var j in upper) Keep(i, j, Expression.Multiply(w[j], pivot));
    }

    /// <summary>A long row goes on in the next piece; until then its unfinished values lie where the finished ones will.</summary>
    private void PassOn(int i, Dictionary<int, ParameterExpression> w)
    {
        foreach (var (j, value) in w) Keep(i, j, value);
        Cut();
        foreach (var j in w.Keys.ToArray()) w[j] = Set(code.Load(_blocks.M, layout.Factor(i, j)));
    }

    private Expression Entry(int i, int j)
    {
        var at = layout.Jacobian(i, j);
        if (layout.HasMass(i, j, out var mass)) return Implicit(at, mass is null ? null : fixedValue(_blocks, code, mass));
        if (at < 0) return code.Constant(i == j ? 1 : 0);
        var entry = code.Load(_blocks.M, at);
        if (layout.IsTerm(i)) return Expression.Negate(entry);
        return i == j ? code.NegatedFma(_gamma, entry, code.Constant(1)) : Expression.Negate(Expression.Multiply(_gamma, entry));
    }

    /// <summary>E - gamma dg/dy in a row with an E of its own.</summary>
    private Expression Implicit(int at, Expression? mass)
    {
        if (at < 0) return mass ?? code.Constant(0);
        var entry = code.Load(_blocks.M, at);
        return mass is null ? Expression.Negate(Expression.Multiply(_gamma, entry)) : code.NegatedFma(_gamma, entry, mass);
    }

    private ParameterExpression Set(Expression value)
    {
        var variable = Expression.Variable(code.Type);
        _variables.Add(variable);
        _body.Add(Expression.Assign(variable, value));
        return variable;
    }

    private void Keep(int i, int j, Expression value) => _body.Add(code.Store(value, _blocks.M, layout.Factor(i, j)));
}

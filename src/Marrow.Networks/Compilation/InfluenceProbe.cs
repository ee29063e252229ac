using Marrow.Numerics.Random;
using Marrow.Numerics.Vectors;

namespace Marrow.Networks.Compilation;

/// <summary>Equations evaluated one by one at some states, to see whether a parameter changes any of them.</summary>
internal sealed class InfluenceProbe
{
    /// <summary>States at which equations are evaluated; the first is the start.</summary>
    public const int Points = 6;

    /// <summary>Less than this, relative to the values, is rounding.</summary>
    private const double Rounding = 1e-12;

    private static readonly uint _purpose = Purpose.Of("influence");

    private readonly Node[] _results, _order;
    private readonly double[][] _states, _parameters;
    private readonly double[]?[] _values = new double[]?[Points];

    public InfluenceProbe(Node[] results, Node[] starts, double[] defaults)
    {
        _results = results;
        _order = [.. Below(results).OrderBy(n => n.Id)];
        _states = new double[Points][];
        _parameters = new double[Points][];
        for (var point = 0; point < Points; point++)
        {
            _parameters[point] = [.. defaults];
            _states[point] = new double[starts.Length];
        }
        var size = _order.Length == 0 ? 0 : _order[^1].Id + 1;
        var begin = Evaluate([.. Below(starts).OrderBy(n => n.Id)], _states[0], defaults, Math.Max(size, starts.Length == 0 ? 0 : starts.Max(s => s.Id) + 1));
        for (var i = 0; i < starts.Length; i++) _states[0][i] = begin[starts[i].Id];
        for (var point = 1; point < Points; point++) Scatter(point);
    }

    /// <summary>Whether no result names the parameter at all, after folding.</summary>
    public bool IsAbsent(int parameter) => !_order.Any(n => n.Kind == NodeKind.Parameter && n.Index == parameter);

    /// <summary>Whether some result at some point is another one with the parameter at <paramref name="value"/>.</summary>
    public bool Moves(int parameter, double value)
    {
        for (var point = 0; point < Points; point++)
        {
            var before = _values[point] ??= Evaluate(_order, _states[point], _parameters[point], _order[^1].Id + 1);
            double[] changed = [.. _parameters[point]];
            changed[parameter] = value;
            var after = Evaluate(_order, _states[point], changed, _order[^1].Id + 1);
            if (_results.Any(r => Differ(before[r.Id], after[r.Id]))) return true;
        }
        return false;
    }

    /// <summary>Nodes and all that they are made of.</summary>
    public static IEnumerable<Node> Below(IEnumerable<Node> roots)
    {
        var seen = new HashSet<Node>(roots);
        var open = new Stack<Node>(seen);
        while (open.TryPop(out var node))
        {
            foreach (var child in new[] { node.A, node.B, node.C })
            {
                if (child is not null && seen.Add(child)) open.Push(child);
            }
        }
        return seen;
    }

    /// <summary>Other states, within some powers of ten of the start, and other parameters; what is 0 by default, such as a rate of
    /// infusion, is not 0 there, and what is 1, such as a trait of a clone, is not 1.</summary>
    private void Scatter(int point)
    {
        var stream = new RandomKey(1, _purpose, (ulong)point).Stream();
        for (var i = 0; i < _states[point].Length; i++) _states[point][i] = Math.Max(Math.Abs(_states[0][i]), 1e-3) * Math.Pow(10, stream.Uniform(-2, 2));
        for (var i = 0; i < _parameters[point].Length; i++)
        {
            _parameters[point][i] = _parameters[point][i] == 0 ? stream.Uniform(0.1, 1) : _parameters[point][i] * stream.Uniform(0.5, 1);
        }
    }

    private static bool Differ(double a, double b) => a != b && !(double.IsNaN(a) && double.IsNaN(b)) && !(Math.Abs(a - b) <= Rounding * Math.Max(Math.Abs(a), Math.Abs(b)));

    private static double[] Evaluate(IEnumerable<Node> order, double[] states, double[] parameters, int size)
    {
        var values = new double[size];
        foreach (var n in order) values[n.Id] = Value(n, values, states, parameters);
        return values;
    }

    private static double Value(Node n, double[] v, double[] states, double[] parameters)
    {
        var a = n.A is null ? 0 : v[n.A.Id];
        var b = n.B is null ? 0 : v[n.B.Id];
        return n.Kind switch
        {
            NodeKind.Constant => n.Value,
            NodeKind.Parameter => parameters[n.Index],
            NodeKind.State => states[n.Index],
            NodeKind.Time => 1,
            NodeKind.Delayed => a,
            NodeKind.Add => a + b,
            NodeKind.Subtract => a - b,
            NodeKind.Multiply => a * b,
            NodeKind.Negate => -a,
            NodeKind.Reciprocal => 1 / a,
            NodeKind.Sqrt => Math.Sqrt(a),
            NodeKind.Abs => Math.Abs(a),
            NodeKind.Floor => Math.Floor(a),
            NodeKind.Ceiling => Math.Ceiling(a),
            NodeKind.Exp => VectorMath.Exp(a),
            NodeKind.Ln => VectorMath.Ln(a),
            NodeKind.Log10 => VectorMath.Log10(a),
            NodeKind.Power => VectorMath.Pow(a, b),
            NodeKind.Map => VectorMath.Map((ScalarFunction)n.Index, a),
            NodeKind.Select => a != 0 ? b : v[n.C!.Id],
            NodeKind.True => 1,
            NodeKind.Less => a < b ? 1 : 0,
            NodeKind.LessOrEqual => a <= b ? 1 : 0,
            NodeKind.Equal => a == b ? 1 : 0,
            NodeKind.And => a != 0 && b != 0 ? 1 : 0,
            NodeKind.Or => a != 0 || b != 0 ? 1 : 0,
            NodeKind.Not => a != 0 ? 0 : 1,
            _ => throw new InvalidOperationException($"node {n.Kind}"),
        };
    }
}

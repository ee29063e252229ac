using Marrow.Networks.Structure;

namespace Marrow.Reports.Diagrams;

/// <summary>Values of a network's formulas at points, for drawing only: a simulation uses compiled kernels.</summary>
internal sealed class FormulaValues
{
    /// <summary>Values reach this many decades to both sides of where a quantity starts.</summary>
    private const double Decades = 1.5;
    private const double ShareMargin = 0.02;

    private readonly Dictionary<string, FunctionDefinition> _functions;
    private readonly Dictionary<string, double> _numbers = new(StringComparer.Ordinal);
    private readonly HashSet<string> _varying;
    private readonly Func<string, bool> _isPure;

    /// <param name="network">The network.</param>
    /// <param name="isPure">Whether a quantity is a pure number: where it starts nowhere in particular, it is taken for a share.</param>
    public FormulaValues(ReactionNetwork network, Func<string, bool> isPure)
    {
        _isPure = isPure;
        _functions = network.Functions.ToDictionary(f => f.Id, StringComparer.Ordinal);
        _varying = [.. network.Species.Where(s => !s.IsConstant).Select(s => s.Id), .. network.AssignmentRules.Select(r => r.Variable), .. network.RateRules.Select(r => r.Variable)];
        var starts = network.Parameters.Select(p => (p.Id, p.Value)).Concat(network.Species.Select(s => (s.Id, Value: s.Initial))).Concat(network.Compartments.Select(c => (c.Id, Value: c.Size)));
        foreach (var (id, value) in starts)
        {
            if (value is NumberExpression number) _numbers[id] = number.Value;
        }
    }

    /// <summary>Whether a name stands for something that changes in the course of a simulation.</summary>
    public bool Varies(string name) => _varying.Contains(name);

    /// <summary>A positive number of the size at which a quantity starts; 1 where it starts at nothing.</summary>
    public double Start(string name) => _numbers.TryGetValue(name, out var value) && value > 0 && double.IsFinite(value) ? value : 1;

    /// <summary>One of the values at which a quantity is tried: around where it starts, or between 0 and 1 if it is a share.</summary>
    /// <param name="name">The quantity.</param>
    /// <param name="place">From 0 to 1.</param>
    public double Try(string name, double place) =>
        !_numbers.ContainsKey(name) && _isPure(name) ? ShareMargin + ((1 - (2 * ShareMargin)) * place) : Start(name) * Math.Pow(10, Decades * ((2 * place) - 1));

    /// <summary>The value; NaN where a function is not known here.</summary>
    public double Value(Expression e, IReadOnlyDictionary<string, double> point) => e switch
    {
        NumberExpression n => n.Value,
        NameExpression n => point.TryGetValue(n.Name, out var value) ? value : Start(n.Name),
        TimeExpression => 1,
        CallExpression c => Call(c, point),
        ApplyExpression a => Apply(a.Function, [.. a.Arguments.Select(x => Value(x, point))]),
        _ => double.NaN,
    };

    private double Call(CallExpression call, IReadOnlyDictionary<string, double> point)
    {
        if (!_functions.TryGetValue(call.Function, out var function) || function.Arguments.Length != call.Arguments.Length) return double.NaN;
        var inner = new Dictionary<string, double>(StringComparer.Ordinal);
        for (var i = 0; i < function.Arguments.Length; i++) inner[function.Arguments[i]] = Value(call.Arguments[i], point);
        return Value(function.Body, inner);
    }

    private static double Apply(MathFunction function, double[] x) => function switch
    {
        MathFunction.Add => x.Sum(),
        MathFunction.Multiply => x.Aggregate(1.0, (a, b) => a * b),
        MathFunction.Subtract => x[0] - x[1],
        MathFunction.Negate => -x[0],
        MathFunction.Divide => x[0] / x[1],
        MathFunction.Power => Math.Pow(x[0], x[1]),
        MathFunction.Root => Math.Pow(x[1], 1 / x[0]),
        MathFunction.Sqrt => Math.Sqrt(x[0]),
        MathFunction.Exp => Math.Exp(x[0]),
        MathFunction.Ln => Math.Log(x[0]),
        MathFunction.Log10 => Math.Log10(x[0]),
        MathFunction.Abs => Math.Abs(x[0]),
        MathFunction.Min => x.Min(),
        MathFunction.Max => x.Max(),
        MathFunction.Tanh => Math.Tanh(x[0]),
        MathFunction.Less => Truth(x[0] < x[1]),
        MathFunction.LessOrEqual => Truth(x[0] <= x[1]),
        MathFunction.Greater => Truth(x[0] > x[1]),
        MathFunction.GreaterOrEqual => Truth(x[0] >= x[1]),
        MathFunction.And => Truth(x.All(v => v != 0)),
        MathFunction.Or => Truth(x.Any(v => v != 0)),
        MathFunction.Not => Truth(x[0] == 0),
        MathFunction.True => 1,
        MathFunction.False => 0,
        MathFunction.Piecewise => Piecewise(x),
        _ => double.NaN,
    };

    private static double Truth(bool holds) => holds ? 1 : 0;

    private static double Piecewise(double[] x)
    {
        for (var i = 0; i + 1 < x.Length; i += 2)
        {
            if (x[i + 1] != 0) return x[i];
        }
        return x.Length % 2 == 1 ? x[^1] : double.NaN;
    }
}

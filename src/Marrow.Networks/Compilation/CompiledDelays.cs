using Marrow.Numerics.Ode;

namespace Marrow.Networks.Compilation;

/// <summary>Values of the past, compiled.</summary>
internal sealed class CompiledDelays : ILaneDelays
{
    private readonly PlainFunction[] _values, _lags, _before;
    private readonly int[] _places;
    private readonly int[][] _needs;
    private readonly bool[] _returns;

    /// <param name="terms">The values.</param>
    /// <param name="plain">Makes functions.</param>
    /// <param name="solution">What the solution depends on: rates, and the root functions of events.</param>
    public CompiledDelays(IReadOnlyList<DelayTerm> terms, Func<IReadOnlyList<Node>, PlainFunction> plain, IEnumerable<Node> solution)
    {
        _places = [.. terms.Select(t => t.Delayed.Index)];
        _values = [.. terms.Select(t => plain([t.Delayed.A!]))];
        _lags = [.. terms.Select(t => plain([t.Delayed.B!]))];
        _before = [.. terms.Select(t => plain([t.Before]))];
        var numbers = terms.Select((t, k) => (t.Delayed, k)).ToDictionary(x => x.Delayed, x => x.k);
        _needs = new int[terms.Count][];
        var (cost, lags) = (new double[terms.Count], new int[terms.Count][]);
        for (var k = 0; k < terms.Count; k++)
        {
            // What it names, and what the lags of that name.
            lags[k] = [.. Read([terms[k].Delayed.B!], numbers)];
            var needs = Read([terms[k].Delayed.A!], numbers).ToHashSet();
            var open = new Stack<int>(needs);
            while (open.TryPop(out var j))
                foreach (var lag in lags[j].Where(needs.Add)) open.Push(lag);
            _needs[k] = [.. needs.Order()];
            cost[k] = 1 + _needs[k].Sum(j => cost[j]);
        }
        Cost = cost.Sum();
        var used = Read(solution, numbers).ToHashSet();
        for (var k = terms.Count - 1; k >= 0; k--)
            if (used.Contains(k)) used.UnionWith(Read([terms[k].Delayed.A!, terms[k].Delayed.B!], numbers));
        _returns = [.. terms.Select((t, k) => used.Contains(k) && !t.Delayed.B!.Varies)];
        Inputs = [.. terms.SelectMany(t => t.Delayed.A!.Dependencies.Concat(t.Delayed.B!.Dependencies)).Where(d => d != Node.TimeVariable).Distinct().Order()];
    }

    public int Count => _places.Length;

    public IReadOnlyList<int> Inputs { get; }

    /// <summary>Formulas evaluated for all values together: values of the past of values of the past are found anew each time.</summary>
    public double Cost { get; }

    public int Place(int index) => _places[index];

    public IReadOnlyList<int> Needs(int index) => _needs[index];

    public bool Returns(int index) => _returns[index];

    public double Lag(int index, double time, ReadOnlySpan<double> states, ReadOnlySpan<double> parameters) => One(_lags[index], time, states, parameters);

    public double Value(int index, double time, ReadOnlySpan<double> states, ReadOnlySpan<double> parameters) => One(_values[index], time, states, parameters);

    public double ValueBefore(int index, double time, ReadOnlySpan<double> states, ReadOnlySpan<double> parameters) => One(_before[index], time, states, parameters);

    private static double One(PlainFunction function, double time, ReadOnlySpan<double> states, ReadOnlySpan<double> parameters)
    {
        Span<double> value = stackalloc double[1];
        function.Run(time, states, parameters, value);
        return value[0];
    }

    /// <summary>Numbers of the values of the past that expressions read.</summary>
    private static IEnumerable<int> Read(IEnumerable<Node> nodes, Dictionary<Node, int> numbers)
    {
        var seen = new HashSet<Node>(nodes);
        var open = new Stack<Node>(seen);
        while (open.TryPop(out var node))
        {
            if (node.Kind == NodeKind.Delayed) yield return numbers[node];
            foreach (var operand in node.Operands)
                if (seen.Add(operand)) open.Push(operand);
        }
    }
}

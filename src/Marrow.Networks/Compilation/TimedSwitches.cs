using Marrow.Networks.Structure;
using Marrow.Networks.Diagnostics;

namespace Marrow.Networks.Compilation;

/// <summary>Rates in which every comparison that depends on time alone, such as <c>time &lt; 2</c>, is a switch: a parameter that events
/// throw at the moment when the comparison changes. Between two such moments the rates are smooth, so the solver can neither step over a
/// short pulse nor mix, within one step, what holds before a jump with what holds after it.</summary>
internal sealed class TimedSwitches
{
    private readonly ExpressionGraph _graph;
    private readonly int _firstParameter;
    private readonly Dictionary<Node, Node> _smooth = [];
    private readonly List<Node> _conditions = [];

    /// <param name="graph">Where the rates stand.</param>
    /// <param name="rates">The rates as the network gives them.</param>
    /// <param name="firstParameter">Place of the first switch among the parameters.</param>
    public TimedSwitches(ExpressionGraph graph, IReadOnlyList<Node> rates, int firstParameter)
    {
        (_graph, _firstParameter) = (graph, firstParameter);
        Rates = [.. rates.Select(Smooth)];
    }

    /// <summary>The rates, with switches.</summary>
    public IReadOnlyList<Node> Rates { get; }

    /// <summary>Number of switches.</summary>
    public int Count => _conditions.Count;

    /// <summary>Names of the switches, which no model can have.</summary>
    public IEnumerable<string> Names => Enumerable.Range(1, Count).Select(k => $"switch {k}");

    /// <summary>The events that throw the switches: at the start as the comparison is then, and whenever it changes.</summary>
    /// <param name="plain">Makes functions.</param>
    public IEnumerable<CompiledEvent> Events(Func<IReadOnlyList<Node>, PlainFunction> plain)
    {
        var none = plain([]);
        return _conditions.SelectMany((condition, k) => new[] { Throw(k, condition, 1), Throw(k, _graph.Not(condition), 0) });

        CompiledEvent Throw(int k, Node trigger, double value)
        {
            var name = $"switch {k + 1}";
            var source = new NetworkEvent(value == 1 ? name + " on" : name + " off", null, Nothing, [], null, null, true, InitialValue: false, SourceSpan.None);
            return new CompiledEvent(source, trigger, [new Symbol(name, Storage.Parameter, _firstParameter + k, null, SourceSpan.None)], plain([_graph.Constant(value)]), none, none, none);
        }
    }

    private static readonly Expression Nothing = new NumberExpression(0, null, SourceSpan.None);

    private Node Smooth(Node node)
    {
        if (!node.DependsOn(Node.TimeVariable) || node.Kind == NodeKind.Delayed) return node;
        if (_smooth.TryGetValue(node, out var known)) return known;
        var smooth = IsSwitch(node) ? Switch(node) : node.A is null ? node : _graph.With(node, Smooth(node.A), node.B is { } b ? Smooth(b) : null, node.C is { } c ? Smooth(c) : null);
        return _smooth[node] = smooth;
    }

    private static bool IsSwitch(Node node) => node.Kind is NodeKind.Less or NodeKind.LessOrEqual && node.Dependencies is [Node.TimeVariable];

    private Node Switch(Node condition)
    {
        _conditions.Add(condition);
        return _graph.Less(_graph.Constant(0.5), _graph.Parameter(_firstParameter + _conditions.Count - 1));
    }
}

using Marrow.Networks.Diagnostics;
using Marrow.Networks.Structure;

namespace Marrow.Networks.Compilation;

/// <summary>Rates in which every comparison that depends on time alone, such as <c>time &lt; 2</c>, is a switch: a parameter that events
/// throw at the moment when the comparison changes. Between two such moments the rates are smooth, so the solver can neither step over a
/// short pulse nor mix, within one step, what holds before a jump with what holds after it.</summary>
internal sealed class TimedSwitches
{
    private readonly ExpressionGraph _graph;
    private readonly int _firstParameter;
    private readonly List<Node> _conditions = [];

    /// <param name="graph">Where the rates stand.</param>
    /// <param name="rates">The rates as the network gives them.</param>
    /// <param name="firstParameter">Place of the first switch among the parameters.</param>
    public TimedSwitches(ExpressionGraph graph, IReadOnlyList<Node> rates, int firstParameter)
    {
        (_graph, _firstParameter) = (graph, firstParameter);
        Rates = graph.Replace(rates, Instead);
    }

    /// <summary>The rates, with switches.</summary>
    public IReadOnlyList<Node> Rates { get; }

    /// <summary>Number of switches.</summary>
    public int Count => _conditions.Count;

    /// <summary>Names of the switches, which no model can have.</summary>
    public IEnumerable<string> Names => Enumerable.Range(1, Count).Select(k => $"switch {k}");

    /// <summary>What the switches are worth by what the comparisons say: 1 or 0.</summary>
    public IEnumerable<Node> Values => _conditions.Select(_graph.AsNumber);

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

    private Node? Instead(Node node)
    {
        if (!node.DependsOn(Node.TimeVariable)) return node;
        if (node.Kind is not (NodeKind.Less or NodeKind.LessOrEqual) || node.Dependencies is not [Node.TimeVariable]) return null;
        // What happened a while ago is no matter of the clock.
        return InfluenceProbe.Below([node]).Any(n => n.Kind == NodeKind.Delayed) ? node : Switch(node);
    }

    private Node Switch(Node condition)
    {
        var k = _conditions.IndexOf(condition);
        if (k < 0) _conditions.Add(condition);
        return _graph.Less(_graph.Constant(0.5), _graph.Parameter(_firstParameter + (k < 0 ? _conditions.Count - 1 : k)));
    }
}

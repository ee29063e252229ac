using Marrow.Numerics.Ode;

namespace Marrow.Networks.Compilation;

/// <summary>An event with its trigger as a condition node and its assignments compiled together.</summary>
internal sealed record CompiledEvent(string Name, Node Trigger, bool HeldBefore, IReadOnlyList<Symbol> Targets, PlainFunction Values);

/// <summary>Events of a compiled network. A comparison a &lt; b holds where its root function b - a is above 0, a &lt;= b where it is
/// not below 0.</summary>
internal sealed class CompiledEvents : ILaneEvents
{
    private readonly IReadOnlyList<CompiledEvent> _events;
    private readonly Dictionary<Node, int> _roots = [];
    private readonly List<Node> _functions = [];

    public CompiledEvents(ExpressionGraph graph, IReadOnlyList<CompiledEvent> events)
    {
        _events = events;
        var places = new Dictionary<Node, int>();
        foreach (var e in events) Collect(graph, e.Trigger, places);
    }

    public int Count => _events.Count;

    /// <summary>The root functions.</summary>
    public IReadOnlyList<Node> Functions => _functions;

    public bool Trigger(int index, ReadOnlySpan<double> roots) => Holds(_events[index].Trigger, roots);

    public bool HeldBefore(int index) => _events[index].HeldBefore;

    public void Execute(int index, double time, Span<double> states, Span<double> parameters)
    {
        var e = _events[index];
        Span<double> values = stackalloc double[e.Values.Count];
        e.Values.Run(time, states, parameters, values);
        for (var k = 0; k < values.Length; k++)
        {
            var target = e.Targets[k];
            (target.Storage == Storage.State ? states : parameters)[target.Index] = values[k];
        }
    }

    public string Name(int index) => _events[index].Name;

    private void Collect(ExpressionGraph graph, Node condition, Dictionary<Node, int> places)
    {
        if (condition.Kind is NodeKind.Less or NodeKind.LessOrEqual or NodeKind.Equal)
        {
            var function = graph.Subtract(condition.B!, condition.A!);
            if (!places.TryGetValue(function, out var place))
            {
                places[function] = place = _functions.Count;
                _functions.Add(function);
            }
            _roots[condition] = place;
            return;
        }
        if (condition.A is not null) Collect(graph, condition.A, places);
        if (condition.B is not null) Collect(graph, condition.B, places);
    }

    private bool Holds(Node condition, ReadOnlySpan<double> roots) => condition.Kind switch
    {
        NodeKind.True => true,
        NodeKind.Less => roots[_roots[condition]] > 0,
        NodeKind.LessOrEqual => roots[_roots[condition]] >= 0,
        NodeKind.Equal => roots[_roots[condition]] == 0,
        NodeKind.And => Holds(condition.A!, roots) && Holds(condition.B!, roots),
        NodeKind.Or => Holds(condition.A!, roots) || Holds(condition.B!, roots),
        NodeKind.Not => !Holds(condition.A!, roots),
        _ => throw new InvalidOperationException($"{condition.Kind} is not a condition."),
    };
}

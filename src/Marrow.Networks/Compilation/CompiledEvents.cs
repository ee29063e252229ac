using Marrow.Networks.Structure;
using Marrow.Numerics.Ode;

namespace Marrow.Networks.Compilation;

/// <summary>An event with its trigger as a condition node and its formulas compiled.</summary>
/// <param name="Source">What the network says of it.</param>
/// <param name="Trigger">Its trigger.</param>
/// <param name="Targets">Places that it assigns to; those that hold amounts while a concentration is assigned come last.</param>
/// <param name="Values">Values of all targets.</param>
/// <param name="Sizes">For the last targets, by what their value is multiplied at the time of execution: a size that may have changed since
/// the trigger. It is the size before the event, also where the event sets it too: all assignments are made at once, and an amount is what
/// a species has (SBML Level 3 Version 2, section 4.11.5).</param>
/// <param name="Delay">Its delay; no result if it has none.</param>
/// <param name="Priority">Its priority; no result if it has none.</param>
internal sealed record CompiledEvent(
    NetworkEvent Source, Node Trigger, IReadOnlyList<Symbol> Targets, PlainFunction Values, PlainFunction Sizes, PlainFunction Delay, PlainFunction Priority);

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

    public bool HeldBefore(int index) => _events[index].Source.InitialValue;

    public bool IsPersistent(int index) => _events[index].Source.IsPersistent;

    public bool FromTrigger(int index) => _events[index].Source.UsesValuesFromTrigger;

    public double Delay(int index, double time, ReadOnlySpan<double> states, ReadOnlySpan<double> parameters) =>
        One(_events[index].Delay, 0, time, states, parameters);

    public double Priority(int index, double time, ReadOnlySpan<double> states, ReadOnlySpan<double> parameters) =>
        One(_events[index].Priority, double.NaN, time, states, parameters);

    public int Values(int index) => _events[index].Values.Count;

    public void Evaluate(int index, double time, ReadOnlySpan<double> states, ReadOnlySpan<double> parameters, Span<double> values) =>
        _events[index].Values.Run(time, states, parameters, values);

    public void Assign(int index, ReadOnlySpan<double> values, double time, Span<double> states, Span<double> parameters)
    {
        var e = _events[index];
        var fixedPlaces = values.Length - e.Sizes.Count;
        Span<double> sizes = stackalloc double[e.Sizes.Count];
        e.Sizes.Run(time, states, parameters, sizes);
        for (var k = 0; k < fixedPlaces; k++) Place(e.Targets[k], states, parameters) = values[k];
        for (var k = 0; k < sizes.Length; k++) Place(e.Targets[fixedPlaces + k], states, parameters) = values[fixedPlaces + k] * sizes[k];
    }

    public string Name(int index) => _events[index].Source.Id;

    private static ref double Place(Symbol target, Span<double> states, Span<double> parameters) =>
        ref (target.Storage == Storage.State ? states : parameters)[target.Index];

    private static double One(PlainFunction function, double otherwise, double time, ReadOnlySpan<double> states, ReadOnlySpan<double> parameters)
    {
        if (function.Count == 0) return otherwise;
        Span<double> value = stackalloc double[1];
        function.Run(time, states, parameters, value);
        return value[0];
    }

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

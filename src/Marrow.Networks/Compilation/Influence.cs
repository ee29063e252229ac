using Marrow.Networks.Diagnostics;
using Marrow.Networks.Structure;

namespace Marrow.Networks.Compilation;

/// <summary>What a name of a network can change, found by following the equations as they are compiled: with rules and functions written
/// out and constants folded, so that a name whose factor is always 0 changes nothing.</summary>
public sealed class Influence
{
    private readonly NetworkEquations _equations;
    private readonly NetworkSymbols _symbols;
    private readonly List<(string Target, HashSet<string> Inputs)> _changes = [];

    private Influence(ReactionNetwork network, IEnumerable<string> readouts, Reporter reporter)
    {
        _symbols = new NetworkSymbols(network, reporter);
        _equations = new NetworkEquations(network, _symbols, [], reporter);
        Node[] rates = [.. Enumerable.Range(0, _symbols.States.Count).Select(_equations.Rate)];
        for (var i = 0; i < rates.Length; i++) _changes.Add((_symbols.States[i].Name, Inputs(rates[i])));
        var events = network.Events.SelectMany(EventNodes).ToList();
        Node[] starts = [.. _symbols.States.Select(_equations.InitialState)];
        // Reaction by reaction: a rare one would drown in the sum of a state's rate.
        var single = network.Reactions.Select(r => r.Id).Concat(readouts.Where(r => _symbols.Find(r) is not null)).Select(name => _equations.Value(name, SourceSpan.None));
        Probe = new InfluenceProbe([.. rates, .. single, .. events, .. starts], starts, [.. _symbols.Parameters.Select(p => p.Formula is { } f ? _equations.Literal(f) ?? 0 : p.Species is null ? 1 : 0)]);
    }

    /// <summary>Rates, conditions and values of events, starts and readouts, as numbers.</summary>
    internal InfluenceProbe Probe { get; }

    /// <summary>The influences within a network; null, with the problems in <paramref name="bag"/>, if it cannot be compiled.</summary>
    /// <param name="network">The network.</param>
    /// <param name="readouts">Names of its rules that are looked at from outside.</param>
    /// <param name="bag">Receives the problems.</param>
    public static Influence? Of(ReactionNetwork network, IEnumerable<string> readouts, DiagnosticBag bag)
    {
        ArgumentNullException.ThrowIfNull(network);
        ArgumentNullException.ThrowIfNull(bag);
        var own = new DiagnosticBag();
        var influence = new Influence(network, readouts, new Reporter(own));
        bag.AddRange(own.Items);
        return own.HasErrors ? null : influence;
    }

    /// <summary>States, and parameters that events change, that depend on a name sooner or later; a state does not count as its own
    /// follower unless something else leads back to it.</summary>
    public IReadOnlySet<string> Followers(string name)
    {
        var reached = new HashSet<string>(StringComparer.Ordinal);
        var open = new Queue<string>([name]);
        while (open.TryDequeue(out var next))
        {
            foreach (var (target, inputs) in _changes)
            {
                if (inputs.Contains(next) && target != next && reached.Add(target)) open.Enqueue(target);
            }
        }
        return reached;
    }

    /// <summary>Whether the value of any of these names depends on something of a set: states and parameters.</summary>
    public bool Reads(IEnumerable<string> names, IReadOnlySet<string> of)
    {
        ArgumentNullException.ThrowIfNull(names);
        ArgumentNullException.ThrowIfNull(of);
        return names.Where(n => _symbols.Find(n) is not null).Any(n => of.Contains(n) || Inputs(_equations.Value(n, SourceSpan.None)).Overlaps(of));
    }

    /// <summary>Place of a parameter among those of the compiled network; -1 if it has no place of its own.</summary>
    internal int PlaceOf(string parameter) => _symbols.Find(parameter) is { Storage: Storage.Parameter } symbol ? symbol.Index : -1;

    private IEnumerable<Node> EventNodes(NetworkEvent @event)
    {
        var condition = _equations.Condition(@event.Trigger);
        Node[] when = [condition, .. new[] { @event.Delay, @event.Priority }.OfType<Expression>().Select(_equations.Formula)];
        var why = when.SelectMany(Inputs).ToHashSet(StringComparer.Ordinal);
        var values = new List<Node>();
        foreach (var assignment in @event.Assignments)
        {
            var value = _equations.Formula(assignment.Value);
            values.Add(value);
            _changes.Add((assignment.Variable, [.. why, .. Inputs(value)]));
        }
        return [.. when, .. values];
    }

    private HashSet<string> Inputs(Node root)
    {
        var leaves = InfluenceProbe.Below([root]).ToList();
        var names = leaves.Where(n => n.Kind == NodeKind.State).Select(n => _symbols.States[n.Index].Name).ToHashSet(StringComparer.Ordinal);
        names.UnionWith(leaves.Where(n => n.Kind == NodeKind.Parameter).Select(n => _symbols.Parameters[n.Index].Name));
        return names;
    }
}

using Marrow.Networks.Diagnostics;
using Marrow.Networks.Structure;
using Marrow.Numerics.Jumps;

namespace Marrow.Networks.Compilation;

/// <summary>The reactions of counted species with their hazards per cell: a rate s f becomes the source s and the hazard f.</summary>
internal sealed class CountedEquations
{
    private readonly NetworkEquations _equations;
    private readonly Reporter _reporter;
    private readonly HashSet<string> _counted;
    private readonly Dictionary<int, string> _stateNames = [];
    private readonly List<CountedReaction> _reactions = [];
    private readonly List<Node> _hazards = [];

    public CountedEquations(ReactionNetwork network, NetworkEquations equations, IReadOnlyList<CountedPopulation> populations, Reporter reporter)
    {
        (_equations, _reporter) = (equations, reporter);
        _counted = [.. populations.SelectMany(p => p.Species)];
        if (equations.Symbols.Find(CountedPopulation.OneCell) is { Storage: not Storage.Parameter } cell)
            Refuse(cell.Where, $"'{CountedPopulation.OneCell}' is computed", "a plain number: it is what one cell is in the unit of the species");
        foreach (var name in _counted.Where(name => State(name) < 0)) Refuse(SourceSpan.None, $"no reaction changes the counted species '{name}'", "leave it out");
        foreach (var name in _counted) _stateNames[State(name)] = name;
        foreach (var reaction in network.Reactions) Add(reaction);
    }

    public IReadOnlyList<CountedReaction> Reactions => _reactions;

    /// <summary>Hazard of each reaction: per cell of its source, or its rate.</summary>
    public IReadOnlyList<Node> Hazards => _hazards;

    private void Add(Reaction reaction)
    {
        var changes = new List<CountedChange>();
        void refuse(SpeciesReference part)
        {
            if (_counted.Contains(part.Species)) Refuse(reaction.Where, $"'{reaction.Id}' changes the counted species '{part.Species}' by a number that can change", "a constant parameter with a plain number");
        }
        foreach (var (name, net) in _equations.FixedChanges(reaction, refuse).Where(c => _counted.Contains(c.Species) && c.Net != 0))
        {
            if (net != Math.Round(net) || Math.Abs(net) > 1000)
                Refuse(reaction.Where, $"'{reaction.Id}' changes the counted species '{name}' by {net}", "a whole number of cells, and the factor in the rate");
            else changes.Add(new CountedChange(State(name), (int)net));
        }
        if (changes.Count == 0) return;
        var rate = _equations.Value(reaction.Id, reaction.Where);
        var (source, hazard) = PerCell(reaction, rate);
        if (source < 0 && changes.Find(c => c.Cells < 0) is { Cells: < 0 } lost)
            Refuse(reaction.Where, $"'{reaction.Id}' consumes the counted species '{_stateNames[lost.State]}' at a rate that is not proportional to it", "a rate of the form hazard*cells");
        _reactions.Add(new CountedReaction(reaction.Id, source, changes));
        _hazards.Add(hazard);
    }

    /// <summary>The counted state to which a rate is proportional, what the reaction consumes first, and the rate divided by it.</summary>
    private (int Source, Node Hazard) PerCell(Reaction reaction, Node rate)
    {
        var candidates = reaction.Reactants.Concat(reaction.Products).Select(r => r.Species).Where(_counted.Contains).Select(State)
            .Concat(rate.Dependencies.Where(_stateNames.ContainsKey)).Distinct();
        foreach (var state in candidates)
            if (Divided(rate, state, []) is { } hazard) return (state, hazard);
        return (-1, rate);
    }

    /// <summary>f of a formula s f, found by its form; null if it has another.</summary>
    private Node? Divided(Node node, int state, Dictionary<Node, Node?> known)
    {
        if (!node.DependsOn(state)) return node.IsConstant(0) ? node : null;
        if (known.TryGetValue(node, out var done)) return done;
        var graph = _equations.Graph;
        Node? both(Func<Node, Node, Node> make, Node a, Node b) =>
            Divided(a, state, known) is { } x && Divided(b, state, known) is { } y ? make(x, y) : null;
        return known[node] = node.Kind switch
        {
            NodeKind.State => graph.One,
            NodeKind.Negate => Divided(node.A!, state, known) is { } a ? graph.Negate(a) : null,
            NodeKind.Add => both(graph.Add, node.A!, node.B!),
            NodeKind.Subtract => both(graph.Subtract, node.A!, node.B!),
            NodeKind.Select => both((x, y) => graph.Select(node.A!, x, y), node.B!, node.C!),
            NodeKind.Multiply when Divided(node.A!, state, known) is { } a => graph.Multiply(a, node.B!),
            NodeKind.Multiply when Divided(node.B!, state, known) is { } b => graph.Multiply(node.A!, b),
            _ => null,
        };
    }

    private int State(string species) => _equations.Symbols.Find(species) is { Storage: Storage.State } symbol ? symbol.Index : -1;

    private void Refuse(SourceSpan where, string what, string cure) => _reporter.Error(CompilationCodes.NotCountable, where, what, "", cure);
}

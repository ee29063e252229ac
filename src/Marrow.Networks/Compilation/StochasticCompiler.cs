using Marrow.Networks.Diagnostics;
using Marrow.Networks.Structure;
using Marrow.Numerics.Jumps;

namespace Marrow.Networks.Compilation;

/// <summary>Compiles a network for stochastic simulation: one function a reaction, which reactions each one changes, and what changes
/// between them.</summary>
internal sealed class StochasticCompiler
{
    private readonly ReactionNetwork _network;
    private readonly NetworkEquations _equations;
    private readonly Reporter _reporter;
    private readonly Func<IReadOnlyList<Node>, PlainFunction> _plain;
    private readonly HashSet<string> _rateRules;

    private StochasticCompiler(ReactionNetwork network, NetworkEquations equations, Func<IReadOnlyList<Node>, PlainFunction> plain, Reporter reporter)
    {
        (_network, _equations, _plain, _reporter) = (network, equations, plain, reporter);
        _rateRules = network.RateRules.Select(r => r.Variable).ToHashSet(StringComparer.Ordinal);
    }

    /// <summary>One direction of a reaction.</summary>
    private sealed record Channel(string Name, Reaction Reaction, Node Rate, CountedChange[] Changes);

    /// <summary>Compiles; refuses by name what is no jump process.</summary>
    /// <param name="network">The network.</param>
    /// <param name="equations">Its equations.</param>
    /// <param name="plain">Makes functions.</param>
    /// <param name="events">Its events.</param>
    /// <param name="unit">What one individual is in the unit of the states.</param>
    /// <param name="leaps">Whether nothing may change between jumps.</param>
    /// <exception cref="InputException">The network has parts that are not supported.</exception>
    public static StochasticNetwork Compile(
        ReactionNetwork network, NetworkEquations equations, Func<IReadOnlyList<Node>, PlainFunction> plain, CompiledEvents events, double unit, bool leaps)
    {
        var bag = new DiagnosticBag();
        var compiled = new StochasticCompiler(network, equations, plain, new Reporter(bag)).Compile(events, unit, leaps);
        return bag.HasErrors ? throw new InputException(bag.Items) : compiled;
    }

    private StochasticNetwork Compile(CompiledEvents events, double unit, bool leaps)
    {
        Channel[] channels = [.. _network.Reactions.SelectMany(Channels)];
        int[] continuous = [.. _equations.Symbols.States.Where(s => _rateRules.Contains(s.Name)).Select(s => s.Index)];
        bool varies(Node node) => node.DependsOn(Node.TimeVariable) || continuous.Any(node.DependsOn);
        int[] varying = [.. Enumerable.Range(0, channels.Length).Where(r => varies(channels[r].Rate))];
        if (leaps) RefuseFlow(channels, varying);
        var roots = _plain(events.Functions);
        PlainFunction[] functions = [.. channels.Select(c => _plain([c.Rate]))];
        return new StochasticNetwork
        {
            Unit = unit,
            IsCount = IsCount(channels),
            Reactions = [.. channels.Select(c => c.Name)],
            Changes = [.. channels.Select(c => c.Changes)],
            Affected = Affected(channels),
            Orders = [.. channels.Select(c => PropensityOrder.Of(c.Rate))],
            Propensity = (reaction, time, states, parameters) =>
            {
                Span<double> rate = stackalloc double[1];
                functions[reaction].Run(time, states, parameters, rate);
                return rate[0] / unit;
            },
            Continuous = continuous,
            Varying = varying,
            Flow = Flow(continuous, varying.Select(r => channels[r].Rate), events),
            Events = events,
            Roots = roots.Count,
            EvaluateRoots = roots.Run,
            EventsByTime = events.Functions.Any(varies),
        };
    }

    /// <summary>Counted is what reactions change; other amounts need not be whole.</summary>
    private bool[] IsCount(Channel[] channels)
    {
        var reacting = channels.SelectMany(c => c.Changes).Select(c => c.State).ToHashSet();
        return [.. _equations.Symbols.States.Select(s => reacting.Contains(s.Index))];
    }

    /// <summary>Reactions whose propensity each channel changes. A reaction that runs out of reactants is shut off, so its own reactants count
    /// as read.</summary>
    private static int[][] Affected(Channel[] channels)
    {
        var readers = new Dictionary<int, HashSet<int>>();
        for (var r = 0; r < channels.Length; r++)
        {
            foreach (var state in channels[r].Rate.Dependencies.Concat(channels[r].Changes.Where(c => c.Cells < 0).Select(c => c.State)))
            {
                if (!readers.TryGetValue(state, out var all)) readers[state] = all = [];
                all.Add(r);
            }
        }
        return [.. channels.Select(c => c.Changes.SelectMany(x => readers.GetValueOrDefault(x.State, [])).Distinct().Order().ToArray())];
    }

    private RootFunctions? Flow(int[] continuous, IEnumerable<Node> varying, CompiledEvents events)
    {
        Node[] flow = [.. continuous.Select(_equations.Rate), .. varying];
        // A comparison that is a straight line in time turns once, and is found without looking in between.
        bool bends(Node root) => _equations.Graph.Derivative(root, Node.TimeVariable).DependsOn(Node.TimeVariable);
        return flow.Length > 0 || events.Functions.Any(f => f.DependsOn(Node.TimeVariable) && bends(f)) ? _plain(flow).Run : null;
    }

    private void RefuseFlow(Channel[] channels, int[] varying)
    {
        foreach (var rule in _network.RateRules)
            _reporter.Error(CompilationCodes.StochasticRateRule, rule.Where, $"'{rule.Variable}' follows a rate rule", "a leap holds what propensities depend on", "--method ssa, which is exact");
        foreach (var reaction in varying.Select(r => channels[r].Reaction).Distinct().Where(r => _equations.Value(r.Id, r.Where).DependsOn(Node.TimeVariable)))
            _reporter.Error(CompilationCodes.StochasticTime, reaction.Where, $"the rate of '{reaction.Id}' depends on time", "a leap holds propensities", "--method ssa, which is exact");
    }

    /// <summary>A reaction, or a reversible one as its two directions where its law is a difference whose second part vanishes with the
    /// products.</summary>
    private IEnumerable<Channel> Channels(Reaction reaction)
    {
        var rate = _equations.Value(reaction.Id, reaction.Where);
        var changes = Changes(reaction);
        int[] products = [.. changes.Where(c => c.Cells > 0).Select(c => c.State)];
        if (reaction.IsReversible && products.Length > 0)
        {
            var (forward, backward) = Directions(rate);
            if (products.All(backward.DependsOn))
            {
                CountedChange[] reverse = [.. changes.Select(c => new CountedChange(c.State, -c.Cells))];
                return [new Channel(reaction.Id, reaction, forward, changes), new Channel($"{reaction.Id} (backward)", reaction, backward, reverse)];
            }
        }
        return [new Channel(reaction.Id, reaction, rate, changes)];
    }

    /// <summary>A law as a difference, multiplied out.</summary>
    private (Node Forward, Node Backward) Directions(Node law)
    {
        var graph = _equations.Graph;
        switch (law.Kind)
        {
            case NodeKind.Add or NodeKind.Subtract:
                var (a, b) = (Directions(law.A!), Directions(law.B!));
                if (law.Kind == NodeKind.Subtract) b = (b.Backward, b.Forward);
                return (graph.Add(a.Forward, b.Forward), graph.Add(a.Backward, b.Backward));
            case NodeKind.Negate:
                var inner = Directions(law.A!);
                return (inner.Backward, inner.Forward);
            case NodeKind.Multiply:
                var (x, y) = (Directions(law.A!), Directions(law.B!));
                if (y.Backward.IsConstant(0)) return (graph.Multiply(x.Forward, law.B!), graph.Multiply(x.Backward, law.B!));
                if (x.Backward.IsConstant(0)) return (graph.Multiply(law.A!, y.Forward), graph.Multiply(law.A!, y.Backward));
                return (law, graph.Zero);
            default:
                return (law, graph.Zero);
        }
    }

    private CountedChange[] Changes(Reaction reaction)
    {
        var changes = new List<CountedChange>();
        void refuse(SpeciesReference part) => _reporter.Error(CompilationCodes.StochasticStoichiometry, reaction.Where,
            $"'{reaction.Id}' changes '{part.Species}' by a number that can change", "reactions of a jump process change whole numbers that stay the same", "a constant parameter with a plain number");
        foreach (var (name, net) in _equations.FixedChanges(reaction, refuse))
        {
            if (net == 0 || _rateRules.Contains(name) || _equations.Symbols.Find(name) is not { Storage: Storage.State, Species: { IsBoundary: false, IsConstant: false } } symbol) continue;
            if (net == Math.Round(net) && Math.Abs(net) < 1e9) changes.Add(new CountedChange(symbol.Index, (int)net));
            else _reporter.Error(CompilationCodes.StochasticFraction, reaction.Where, $"'{reaction.Id}' changes '{name}' by {net}", "individuals are whole", "a whole number, and the factor in the rate");
        }
        return [.. changes];
    }
}

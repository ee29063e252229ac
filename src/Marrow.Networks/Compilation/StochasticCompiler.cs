using Marrow.Networks.Diagnostics;
using Marrow.Networks.Structure;
using Marrow.Numerics.Jumps;

namespace Marrow.Networks.Compilation;

/// <summary>Compiles a network for exact stochastic simulation: one function a reaction, and which reactions each one changes.</summary>
internal sealed class StochasticCompiler
{
    private readonly ReactionNetwork _network;
    private readonly NetworkEquations _equations;
    private readonly Reporter _reporter;

    private StochasticCompiler(ReactionNetwork network, NetworkEquations equations, Reporter reporter) =>
        (_network, _equations, _reporter) = (network, equations, reporter);

    /// <summary>Compiles; refuses by name what is no jump process.</summary>
    /// <param name="network">The network.</param>
    /// <param name="equations">Its equations.</param>
    /// <param name="plain">Makes functions.</param>
    /// <param name="events">Its events.</param>
    /// <param name="unit">What one individual is in the unit of the states.</param>
    /// <exception cref="InputException">The network has parts that are not supported.</exception>
    public static StochasticNetwork Compile(
        ReactionNetwork network, NetworkEquations equations, Func<IReadOnlyList<Node>, PlainFunction> plain, CompiledEvents events, double unit)
    {
        var bag = new DiagnosticBag();
        var compiled = new StochasticCompiler(network, equations, new Reporter(bag)).Compile(plain, events, unit);
        return bag.HasErrors ? throw new InputException(bag.Items) : compiled;
    }

    private StochasticNetwork Compile(Func<IReadOnlyList<Node>, PlainFunction> plain, CompiledEvents events, double unit)
    {
        foreach (var rule in _network.RateRules)
            _reporter.Error(CompilationCodes.StochasticRateRule, rule.Where, $"'{rule.Variable}' follows a rate rule", "it changes continuously, not by reactions", "--method ode, or reactions");
        Reaction[] reactions = [.. _network.Reactions];
        Node[] rates = [.. reactions.Select(r => _equations.Value(r.Id, r.Where))];
        for (var r = 0; r < rates.Length; r++)
        {
            if (rates[r].DependsOn(Node.TimeVariable))
                _reporter.Error(CompilationCodes.StochasticTime, reactions[r].Where, $"the rate of '{reactions[r].Id}' depends on time", "propensities may change by reactions and events only", "--method ode, or an event");
        }
        CountedChange[][] changes = [.. reactions.Select(Changes)];
        var readers = Enumerable.Range(0, _equations.Symbols.States.Count).Select(s => Enumerable.Range(0, rates.Length).Where(r => rates[r].DependsOn(s)).ToArray()).ToArray();
        // A reaction that runs out of reactants is shut off, so its own reactants count as read.
        var consumers = readers.Select((_, s) => Enumerable.Range(0, rates.Length).Where(r => changes[r].Any(c => c.State == s && c.Cells < 0)).ToArray()).ToArray();
        PlainFunction[] functions = [.. rates.Select(rate => plain([rate]))];
        var roots = plain(events.Functions);
        return new StochasticNetwork
        {
            Unit = unit,
            IsCount = [.. _equations.Symbols.States.Select(s => s.Species is not null)],
            Reactions = [.. reactions.Select(r => r.Id)],
            Changes = changes,
            Affected = [.. changes.Select(change => change.SelectMany(c => readers[c.State].Concat(consumers[c.State])).Distinct().Order().ToArray())],
            Propensity = (reaction, time, states, parameters) =>
            {
                Span<double> rate = stackalloc double[1];
                functions[reaction].Run(time, states, parameters, rate);
                return rate[0] / unit;
            },
            Events = events,
            Roots = roots.Count,
            EvaluateRoots = roots.Run,
            EventsByTime = events.Functions.Any(f => f.DependsOn(Node.TimeVariable)),
        };
    }

    private CountedChange[] Changes(Reaction reaction)
    {
        var changes = new List<CountedChange>();
        void refuse(SpeciesReference part) => _reporter.Error(CompilationCodes.StochasticStoichiometry, reaction.Where,
            $"'{reaction.Id}' changes '{part.Species}' by a number that can change", "reactions of a jump process change whole numbers that stay the same", "a constant parameter with a plain number");
        foreach (var (name, net) in _equations.FixedChanges(reaction, refuse))
        {
            if (net == 0 || _equations.Symbols.Find(name) is not { Storage: Storage.State, Species: { IsBoundary: false, IsConstant: false } } symbol) continue;
            if (net == Math.Round(net) && Math.Abs(net) < 1e9) changes.Add(new CountedChange(symbol.Index, (int)net));
            else _reporter.Error(CompilationCodes.StochasticFraction, reaction.Where, $"'{reaction.Id}' changes '{name}' by {net}", "individuals are whole", "a whole number, and the factor in the rate");
        }
        return [.. changes];
    }
}

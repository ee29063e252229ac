using Marrow.Networks.Diagnostics;
using Marrow.Networks.Structure;
using Marrow.Numerics.Jumps;
using Marrow.Numerics.Ode;
using Marrow.Numerics.SteadyStates;

namespace Marrow.Networks.Compilation;

/// <summary>Takes a network apart into equations and compiles them; the parts of a <see cref="CompiledModel"/>.</summary>
internal sealed class NetworkCompiler
{
    private const double MostPastValues = 10_000;

    private readonly ReactionNetwork _network;
    private readonly DiagnosticBag _bag = new();
    private readonly Reporter _reporter;
    private readonly NetworkEquations _equations;

    public NetworkCompiler(ReactionNetwork network, CompileOptions options)
    {
        (Options, _reporter) = (options, new Reporter(_bag));
        var ownEvents = network.Events.Length;
        _network = network = CountedNetwork.Add(network, options.Counted, _reporter);
        StopOnErrors();
        Symbols = new NetworkSymbols(network, _reporter);
        StopOnErrors();
        var gates = Gates(options.Counted);
        _equations = new NetworkEquations(network, Symbols, gates, _reporter);
        var graph = _equations.Graph;
        Node[] rates = [.. Enumerable.Range(0, Symbols.States.Count).Select(_equations.Rate)];
        Node[] initial = [.. Symbols.States.Select(_equations.InitialState)];
        Node[] observables = [.. options.Observables.Select(name => _equations.Value(name, SourceSpan.None))];
        Defaults = [.. Symbols.Parameters.Select(Default)];
        bool[] clamped = [.. Symbols.States.Select(s => options.NonNegativeSpecies && s.Species is not null)];
        PlainFunction plain(IReadOnlyList<Node> nodes) => new(nodes, clamped, options.ChunkNodes);
        CompiledEvent[] own = [.. network.Events.Select(e => Event(e, plain))];
        var implicitEquations = ImplicitEquations.Of(network, _equations, nodes => Numbers(plain(nodes)), _reporter);
        var delays = _equations.Delays.Terms;
        var implicitRows = implicitEquations?.Rows ?? [];
        var switches = new TimedSwitches(graph, [.. rates, .. implicitRows.Values.Select(r => r.Right)], Symbols.Parameters.Count + delays.Count);
        Parameters = [.. Symbols.Parameters.Select(p => p.Name), .. delays.Select((_, k) => $"delay {k + 1}"), .. switches.Names];
        Defaults = [.. Defaults, .. delays.Select(_ => double.NaN), .. switches.Names.Select(_ => 0.0)];
        var events = new CompiledEvents(graph, [.. own, .. switches.Events(plain), .. implicitEquations?.Switches(plain) ?? []]);
        var past = delays.Count == 0 ? null : new CompiledDelays(delays, plain, switches.Rates.Concat(events.Functions));
        if (past is { Cost: > MostPastValues }) _reporter.Error(CompilationCodes.DelayNesting, SourceSpan.None, "values of the past of values of the past", $"more than {MostPastValues} formulas would be evaluated at each step");
        CheckScales();
        var counted = options.Counted.Count > 0 ? new CountedEquations(network, _equations, options.Counted, _reporter) : null;
        StopOnErrors();
        (Rates, Initial, Observables, Switches) = (plain(rates), plain(initial), plain(observables), plain([.. switches.Values]));
        Builder = new LaneSystemBuilder(
          graph, [.. switches.Rates.Take(rates.Length)], events.Functions, observables, Parameters.Count, clamped, options, Switched(implicitRows, switches, rates.Length));
        System = Lanes(events, observables.Length, clamped) with
        {
            Delays = past,
            Settle = implicitEquations is null ? null : new ImplicitSettling(implicitEquations, graph, rates.Length, plain).Settle,
        };
        if (counted is not null) Counted = CountedSystem(counted, plain(counted.Hazards), ownEvents);
        Stochastic = (unit, leaps) =>
        {
            RefuseAsJumps(network);
            return StochasticCompiler.Compile(_network, _equations, plain, new CompiledEvents(graph, own), unit, leaps);
        };
        Equilibria = new Lazy<EquilibriumEquations>(() => new EquilibriumEquations(
            Builder, gates.Count > 0 ? ConservationLaws.Of(rates.Length, StateChanges.Alone(Enumerable.Range(0, rates.Length))) : StateChanges.Laws(_network, _equations), plain));
    }

    /// <summary>Compiles for stochastic simulation, given what one individual is in the unit of the states, and whether it leaps.</summary>
    public Func<double, bool, StochasticNetwork> Stochastic { get; }

    /// <summary>What a search for steady states needs.</summary>
    public Lazy<EquilibriumEquations> Equilibria { get; }

    public CompileOptions Options { get; }

    public NetworkSymbols Symbols { get; }

    public LaneSystem System { get; }

    public LaneSystemBuilder Builder { get; }

    /// <summary>Names of the parameters: the network's, then the places of values of the past, then the switches.</summary>
    public IReadOnlyList<string> Parameters { get; }

    public double[] Defaults { get; }

    public PlainFunction Rates { get; }

    public PlainFunction Initial { get; }

    public PlainFunction Observables { get; }

    /// <summary>What the switches, the last of the parameters, are worth at a time.</summary>
    public PlainFunction Switches { get; }

    /// <summary>The counted populations; null if there are none.</summary>
    public CountedSystem? Counted { get; }

    private static Dictionary<string, string> Gates(IEnumerable<CountedPopulation> counted)
    {
        var gates = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var population in counted)
            foreach (var species in population.Species) gates.Add(species, population.Gate);
        return gates;
    }

    /// <summary>Implicit rows with switches on their right sides, which stand behind the rates; null if there are no such rows.</summary>
    private static Dictionary<int, ImplicitRow>? Switched(Dictionary<int, ImplicitRow> rows, TimedSwitches switches, int first)
    {
        if (rows.Count == 0) return null;
        var switched = new Dictionary<int, ImplicitRow>();
        foreach (var (state, row) in rows) switched.Add(state, row with { Right = switches.Rates[first + switched.Count] });
        return switched;
    }

    private LaneSystem Lanes(CompiledEvents events, int observables, bool[] clamped) => new()
    {
        States = Symbols.States.Count,
        Parameters = Parameters.Count,
        ParameterVectors = Builder.ParameterVectors,
        MatrixVectors = Builder.MatrixVectors,
        JacobianVectors = Builder.JacobianEntries.Count,
        Roots = events.Functions.Count,
        Observables = observables,
        Lanes = Builder.Kernels(KernelFactory.BestWidth),
        OneLane = Builder.Kernels(LaneWidth.One),
        AbsoluteScale = [.. Symbols.States.Select(s => Options.AbsoluteScale.TryGetValue(s.Name, out var scale) ? scale : UnitScale(s))],
        NonNegative = clamped,
        StateNames = [.. Symbols.States.Select(s => s.Name)],
        Events = events,
    };

    private CountedSystem CountedSystem(CountedEquations equations, PlainFunction hazards, int firstEvent) => new()
    {
        Groups = [.. Options.Counted.Select((p, i) => new CountedGroup(
            p.Name, [.. p.Species.Select(s => Symbols.Find(s)!.Index)], Symbols.Find(p.Gate)!.Index, Symbols.Find(p.Floor)!.Index, firstEvent + i, p.Below, p.Above))],
        Reactions = equations.Reactions,
        Hazards = hazards.Run,
        OneCell = Symbols.Find(CountedPopulation.OneCell) is { Storage: Storage.Parameter } cell ? cell.Index : -1,
        FirstEvent = firstEvent,
    };

    private void RefuseAsJumps(ReactionNetwork network)
    {
        var bag = new DiagnosticBag();
        var reporter = new Reporter(bag);
        var implicitParts = network.Reactions.Where(r => r.IsFast).Select(r => (Name: $"reaction '{r.Id}' is fast", r.Where))
            .Concat(network.AlgebraicRules.Select(r => (Name: $"'{r.Variable}' follows an algebraic rule", r.Where)));
        foreach (var (name, where) in implicitParts) reporter.Error(CompilationCodes.StochasticEquation, where, name);
        if (_equations.Delays.Terms.Count > 0) reporter.Error(CompilationCodes.StochasticDelay, SourceSpan.None, "a formula names a value of the past");
        if (bag.HasErrors) throw new InputException(bag.Items);
    }

    /// <summary>Values at the defaults.</summary>
    private double[] Numbers(PlainFunction function)
    {
        var values = new double[function.Count];
        function.Run(0, new double[Symbols.States.Count], Defaults, values);
        return values;
    }

    private void StopOnErrors()
    {
        if (_bag.HasErrors) throw new InputException(_bag.Items);
    }

    private double Default(Symbol parameter)
    {
        if (parameter.Formula is { } formula && _equations.Literal(formula) is { } value) return value;
        if (parameter.Species is not null) return 0;
        if (_network.Compartments.Any(c => c.Id == parameter.Name)) return 1;
        _reporter.Error(CompilationCodes.NoValue, parameter.Where,
            $"'{parameter.Name}' has no value", "nothing sets it", "give it a value, a rule or a row in the parameter table");
        return double.NaN;
    }

    /// <summary>Tolerances are meant for what the name of a species stands for: a concentration c of 1e-9 in a compartment of 1e-12 is an
    /// amount of 1e-21.</summary>
    private double UnitScale(Symbol state)
    {
        if (state.Species is not { IsSubstanceOnly: false } species || Symbols.Find(species.Compartment) is not { Formula: { } size }) return 1;
        return _equations.Literal(size) is { } volume && volume > 0 && double.IsFinite(volume) ? volume : 1;
    }

    private CompiledEvent Event(NetworkEvent e, Func<IReadOnlyList<Node>, PlainFunction> plain)
    {
        var targets = new List<(Symbol Symbol, Node Value)>();
        var resized = new List<(Symbol Symbol, Node Value, Node Size)>();
        foreach (var assignment in e.Assignments)
        {
            if (Symbols.Find(assignment.Variable) is not { } target)
            {
                _reporter.Error(CompilationCodes.UnknownName, assignment.Where,
                    $"unknown name '{assignment.Variable}'", "", Symbols.Suggest(assignment.Variable));
                continue;
            }
            if (target.Storage is not (Storage.State or Storage.Parameter))
            {
                _reporter.Error(CompilationCodes.FixedTarget, assignment.Where,
                    $"event '{e.Id}' assigns to '{target.Name}'", "a rule or kinetic law fixes it at all times");
                continue;
            }
            if (_equations.ChangingSize(target) is { } size) resized.Add((target, _equations.Formula(assignment.Value), size));
            else targets.Add((target, _equations.Stored(target, assignment.Value)));
        }
        PlainFunction optional(Expression? formula) => plain(formula is null ? [] : [_equations.Formula(formula)]);
        return new CompiledEvent(
            e, _equations.Condition(e.Trigger), [.. targets.Select(t => t.Symbol), .. resized.Select(t => t.Symbol)],
            plain([.. targets.Select(t => t.Value), .. resized.Select(t => t.Value)]), plain([.. resized.Select(t => t.Size)]),
            optional(e.Delay), optional(e.Priority));
    }

    private void CheckScales()
    {
        foreach (var (name, scale) in Options.AbsoluteScale)
        {
            if (Symbols.Find(name) is not { Storage: Storage.State })
                _reporter.Error(CompilationCodes.UnknownScale, SourceSpan.None,
                    $"tolerance scale for '{name}', which is not a state", "", Symbols.Suggest(name));
            else if (!(scale > 0) || !double.IsFinite(scale))
                _reporter.Error(CompilationCodes.BadScale, SourceSpan.None,
                    $"tolerance scale {scale} for '{name}'", "it must be above 0 and finite");
        }
    }
}

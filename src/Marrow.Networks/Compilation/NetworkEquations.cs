using Marrow.Networks.Diagnostics;
using Marrow.Networks.Structure;

namespace Marrow.Networks.Compilation;

/// <summary>The equations of a network as graph nodes: values of names now and at the start, and rates of the states.</summary>
/// <remarks>A species' state is its amount A; in formulas its name means A, or A/V in a compartment of size V unless it is
/// substance-only. So dA/dt = sum of stoichiometry times rate also where V changes.</remarks>
internal sealed class NetworkEquations
{
    private readonly ReactionNetwork _network;
    private readonly Reporter _reporter;
    private readonly FormulaBuilder _now, _start;
    private readonly Dictionary<string, Node> _values = [], _initial = [];
    private readonly Dictionary<int, Node> _rates = [];
    private readonly HashSet<(string, int)> _open = [];
    private readonly Dictionary<string, RateRule> _rateRules;
    private readonly ILookup<string, FixedTerm> _reactions;
    private readonly ILookup<string, VaryingTerm> _variable;
    private readonly Dictionary<string, string> _gates;
    private readonly HashSet<string> _implicit;

    /// <param name="network">The network.</param>
    /// <param name="symbols">Its names.</param>
    /// <param name="gates">Parameters that multiply the rates of species.</param>
    /// <param name="reporter">Receives problems.</param>
    public NetworkEquations(ReactionNetwork network, NetworkSymbols symbols, Dictionary<string, string> gates, Reporter reporter)
    {
        (_network, Symbols, _gates, _reporter) = (network, symbols, gates, reporter);
        Delays = new DelayTerms(this, network, reporter);
        _now = new FormulaBuilder(Graph, network, reporter, Value, () => Graph.Time, TimeDerivative, null, (formula, lag, _) => Delays.Now(formula, lag));
        _start = new FormulaBuilder(Graph, network, reporter, InitialValue, () => Graph.Zero, (_, where) =>
        {
            reporter.Error(CompilationCodes.InitialRateOf, where, "rateOf inside a function in an initial assignment is not supported");
            return Graph.One;
        }, InitialRate, (formula, lag, _) => Delays.AtStart(formula, lag));
        _implicit = [.. network.AlgebraicRules.Select(r => r.Variable), .. network.Reactions.Where(r => r.IsFast).SelectMany(r => Parts(r).Select(x => x.Part.Species))];
        _rateRules = network.RateRules.GroupBy(r => r.Variable).ToDictionary(g => g.Key, g => g.First());
        var slow = network.Reactions.Where(r => !r.IsFast).ToList();
        _reactions = slow.SelectMany(r => NetChanges(r).Select(c => new FixedTerm(r, c))).ToLookup(t => t.Change.Species);
        _variable = slow.SelectMany(r => Parts(r).Where(x => x.Part.Factor is not null).Select(x => new VaryingTerm(r, x.Sign, x.Part))).ToLookup(t => t.Part.Species);
    }

    /// <summary>Species of a reaction, each once, with what one reaction adds to it; without parts whose stoichiometry is a formula.</summary>
    private static IEnumerable<SpeciesChange> NetChanges(Reaction reaction) => Net(Parts(reaction).Where(x => x.Part.Factor is null)
        .Select(x => new SpeciesChange(x.Part.Species, x.Sign * x.Part.Stoichiometry)));

    /// <summary>The same with the formulas of stoichiometries that stay the same; <paramref name="refuse"/> is told of the others.</summary>
    public IEnumerable<SpeciesChange> FixedChanges(Reaction reaction, Action<SpeciesReference> refuse)
    {
        var changes = new List<SpeciesChange>();
        foreach (var (sign, part) in Parts(reaction))
        {
            if (part.Factor is null) changes.Add(new SpeciesChange(part.Species, sign * part.Stoichiometry));
            else if (FixedValue(part.Factor) is { } factor) changes.Add(new SpeciesChange(part.Species, sign * part.Stoichiometry * factor));
            else refuse(part);
        }
        return Net(changes);
    }

    /// <summary>What a fast reaction adds to each state.</summary>
    public IEnumerable<(int State, Node Change)> FastChanges(Reaction reaction) => Parts(reaction)
        .Select(x => (Symbol: Symbols.Find(x.Part.Species), x.Sign, x.Part))
        .Where(x => x.Symbol is { Storage: Storage.State, Species: { IsBoundary: false, IsConstant: false } })
        .GroupBy(x => x.Symbol!.Index, x => Graph.Multiply(Graph.Constant(x.Sign * x.Part.Stoichiometry), x.Part.Factor is { } factor ? _now.Number(factor) : Graph.One))
        .Select(g => (g.Key, g.Aggregate(Graph.Zero, Graph.Add)));

    private static IEnumerable<SignedPart> Parts(Reaction reaction) =>
      reaction.Products.Select(p => new SignedPart(1, p)).Concat(reaction.Reactants.Select(r => new SignedPart(-1, r)));

    private static IEnumerable<SpeciesChange> Net(IEnumerable<SpeciesChange> changes) =>
      changes.GroupBy(c => c.Species).Select(g => new SpeciesChange(g.Key, g.Sum(c => c.Net)));

    /// <summary>The value of a formula of numbers and constant parameters with a literal value; null for any other.</summary>
    private double? FixedValue(Expression formula)
    {
        if (ExpressionWalk.Nodes(formula).Any(n => n is TimeExpression or CallExpression)) return null;
        var values = new Dictionary<string, Expression>(StringComparer.Ordinal);
        foreach (var name in ExpressionWalk.Nodes(formula).OfType<NameExpression>())
        {
            if (Symbols.Find(name.Name) is not { Storage: Storage.Parameter, IsConstant: true, Species: null, Formula: { } value }) return null;
            values[name.Name] = value;
        }
        return Literal(ExpressionWalk.Replace(formula, values));
    }

    public ExpressionGraph Graph { get; } = new();

    public NetworkSymbols Symbols { get; }

    /// <summary>Values of the past that formulas name.</summary>
    public DelayTerms Delays { get; }

    /// <summary>The value that a name has in formulas, as a number.</summary>
    public Node Value(string name, SourceSpan where) => Resolve(name, where, _values, symbol => symbol.Storage switch
    {
        Storage.Formula => _now.Number(symbol.Formula!),
        Storage.Derived when symbol.Species is null => InitialValue(name, where),
        Storage.Parameter when symbol.Species is null || !AmountIsKept(symbol) => Graph.Parameter(symbol.Index),
        _ => FromAmount(symbol.Species, Amount(symbol)),
    });

    /// <summary>The value that a name has in formulas at the start, from parameters only.</summary>
    public Node InitialValue(string name, SourceSpan where) => Resolve(name, where, _initial, symbol =>
    {
        if (symbol.Storage == Storage.Formula) return _start.Number(symbol.Formula!);
        return symbol.Species is null ? Declared(symbol) : FromInitialAmount(symbol.Species, InitialAmount(symbol));
    });

    /// <summary>What a state holds at the start: an amount for a species.</summary>
    public Node InitialState(Symbol state) => state.Species is null ? InitialValue(state.Name, state.Where) : InitialAmount(state);

    /// <summary>The value of a formula that names nothing.</summary>
    public double? Literal(Expression formula) => _start.Number(formula) is { Kind: NodeKind.Constant } c ? c.Value : null;

    /// <summary>A trigger as a condition.</summary>
    public Node Condition(Expression formula) => _now.Condition(formula);

    /// <summary>A formula as a number.</summary>
    public Node Formula(Expression formula) => _now.Number(formula);

    /// <summary>What a place (state or parameter) holds after a formula's value has been assigned to it.</summary>
    public Node Stored(Symbol target, Expression formula)
    {
        var value = _now.Number(formula);
        if (target.Species is not { } species) return value;
        var size = Value(species.Compartment, species.Where);
        var amount = species.IsSubstanceOnly ? value : Graph.Multiply(value, size);
        if (target.Storage == Storage.State || species.InitialIsAmount) return amount;
        if (!AmountIsKept(target)) return value;
        return Graph.Divide(amount, InitialValue(species.Compartment, species.Where));
    }

    /// <summary>By what an assigned concentration is multiplied to give what the place of a species holds, if that may change between the
    /// trigger of an event and its execution; otherwise null.</summary>
    public Node? ChangingSize(Symbol target)
    {
        if (target.Species is not { IsSubstanceOnly: false } species || Symbols.Find(species.Compartment) is not { IsConstant: false }) return null;
        var size = Value(species.Compartment, species.Where);
        return target.Storage == Storage.State || species.InitialIsAmount ? size : Graph.Divide(size, InitialValue(species.Compartment, species.Where));
    }

    /// <summary>d(state)/dt.</summary>
    public Node Rate(int state)
    {
        if (_rates.TryGetValue(state, out var known)) return known;
        var symbol = Symbols.States[state];
        if (!_open.Add(("", state)))
        {
            _reporter.Error(CompilationCodes.RateCycle, symbol.Where,
                $"the rate of '{symbol.Name}' depends on itself", "through rateOf", "write the rate out");
            return Graph.Zero;
        }
        var rate = _rateRules.TryGetValue(symbol.Name, out var rule) ? RuleRate(symbol, rule) : ReactionRate(symbol);
        _open.Remove(("", state));
        return _rates[state] = rate;
    }

    /// <summary>Total derivative with respect to time along the solution.</summary>
    public Node TimeDerivative(Node value, SourceSpan where)
    {
        var sum = Graph.Zero;
        foreach (var variable in value.Dependencies)
        {
            if (variable != Node.TimeVariable && _implicit.Contains(Symbols.States[variable].Name))
                _reporter.Error(CompilationCodes.ImplicitRateOf, where, $"the rate of '{Symbols.States[variable].Name}'");
            var partial = Graph.Derivative(value, variable);
            sum = Graph.Add(sum, variable == Node.TimeVariable ? partial : Graph.Multiply(partial, Rate(variable)));
        }
        return sum;
    }

    /// <summary>The rate of a formula at the start: its rate now, with the initial values in place of the states.</summary>
    private Node InitialRate(Expression formula)
    {
        var rate = TimeDerivative(_now.Number(formula), formula.Where);
        return Graph.Substitute(rate, node => node.Kind == NodeKind.Time ? Graph.Zero : InitialState(Symbols.States[node.Index]));
    }

    private Node ReactionRate(Symbol symbol)
    {
        var sum = Graph.Zero;
        if (symbol.Species is not { IsBoundary: false, IsConstant: false }) return sum;
        foreach (var (reaction, change) in _reactions[symbol.Name])
            sum = Graph.Add(sum, Graph.Multiply(Graph.Constant(change.Net), Value(reaction.Id, reaction.Where)));
        foreach (var (reaction, sign, part) in _variable[symbol.Name])
        {
            var change = Graph.Multiply(Graph.Constant(sign * part.Stoichiometry), _now.Number(part.Factor!));
            sum = Graph.Add(sum, Graph.Multiply(change, Value(reaction.Id, reaction.Where)));
        }
        return _gates.TryGetValue(symbol.Name, out var gate) ? Graph.Multiply(Value(gate, symbol.Where), sum) : sum;
    }

    /// <summary>A rate rule gives the rate of the value; the amount A = c V follows by the product rule.</summary>
    private Node RuleRate(Symbol symbol, RateRule rule)
    {
        var rate = _now.Number(rule.Rate);
        if (symbol.Species is not { IsSubstanceOnly: false } species) return rate;
        var size = Value(species.Compartment, species.Where);
        var growth = Graph.Multiply(Value(symbol.Name, symbol.Where), TimeDerivative(size, species.Where));
        return Graph.Add(Graph.Multiply(rate, size), growth);
    }

    private Node Resolve(string name, SourceSpan where, Dictionary<string, Node> known, Func<Symbol, Node> build)
    {
        if (known.TryGetValue(name, out var value)) return value;
        if (Symbols.Find(name) is not { } symbol)
        {
            _reporter.Error(CompilationCodes.UnknownName, where,
                $"unknown name '{name}'", "no species, parameter, compartment or reaction has it", Symbols.Suggest(name));
            return known[name] = Graph.One;
        }
        var context = ReferenceEquals(known, _initial) ? 1 : 0;
        if (!_open.Add((name, context)))
        {
            _reporter.Error(CompilationCodes.ValueCycle, symbol.Where,
                $"'{name}' depends on itself", "its rule or initial assignment leads back to it", "break the circle");
            return Graph.One;
        }
        value = build(symbol);
        _open.Remove((name, context));
        return known[name] = value;
    }

    private Node Amount(Symbol symbol)
    {
        if (symbol.Storage == Storage.State) return Graph.State(symbol.Index);
        return InitialAmount(symbol);
    }

    /// <summary>A species that only its compartment's changing size affects: its amount is what stays.</summary>
    private bool AmountIsKept(Symbol symbol)
    {
        var species = symbol.Species!;
        if (species.IsSubstanceOnly != species.InitialIsAmount) return true;
        return !species.IsSubstanceOnly && Symbols.Find(species.Compartment) is { IsConstant: false };
    }

    private Node InitialAmount(Symbol symbol)
    {
        var species = symbol.Species!;
        var declared = Declared(symbol);
        return species.InitialIsAmount ? declared : Graph.Multiply(declared, InitialValue(species.Compartment, species.Where));
    }

    private Node Declared(Symbol symbol)
    {
        if (symbol.Storage == Storage.Parameter) return Graph.Parameter(symbol.Index);
        if (symbol.Formula is not null) return _start.Number(symbol.Formula);
        if (symbol.Species is not null) return Graph.Zero;
        if (_network.Compartments.Any(c => c.Id == symbol.Name)) return Graph.One;
        _reporter.Error(CompilationCodes.NoValue, symbol.Where,
            $"'{symbol.Name}' has no value", "it is used, and nothing sets it", "give it a value or a rule");
        return Graph.One;
    }

    private Node FromAmount(Species? species, Node amount) =>
      species is { IsSubstanceOnly: false } ? Graph.Divide(amount, Value(species.Compartment, species.Where)) : amount;

    private Node FromInitialAmount(Species species, Node amount) =>
      species.IsSubstanceOnly ? amount : Graph.Divide(amount, InitialValue(species.Compartment, species.Where));

    // Classes, not tuples: lists of them run on code that comes compiled with the runtime, which is much of a small model's start-up.
    private sealed record SignedPart(double Sign, SpeciesReference Part);

    private sealed record FixedTerm(Reaction Reaction, SpeciesChange Change);

    private sealed record VaryingTerm(Reaction Reaction, double Sign, SpeciesReference Part);
}

/// <summary>What one reaction adds to a species.</summary>
internal sealed record SpeciesChange(string Species, double Net);

using Marrow.Networks.Diagnostics;
using Marrow.Networks.Structure;

namespace Marrow.Networks.Compilation;

/// <summary>A value of the past.</summary>
/// <param name="Delayed">The leaf that stands for it.</param>
/// <param name="Before">What it is, not delayed, at a time before the start.</param>
internal sealed record DelayTerm(Node Delayed, Node Before);

/// <summary>The values of the past that formulas name. A value is found by evaluating its formula at the earlier time, so what it names needs
/// no memory of its own. Before the start, rules and initial assignments hold with the time of then, and all else is as it starts.</summary>
internal sealed class DelayTerms
{
    private const int MostPastTimes = 500;

    private readonly NetworkEquations _equations;
    private readonly ReactionNetwork _network;
    private readonly Reporter _reporter;
    private readonly Dictionary<(Node Value, Node Lag, string Formula), Node> _known = [];
    private readonly List<DelayTerm> _terms = [];
    private readonly Dictionary<(string Name, Node Time), Node> _past = [];
    private readonly HashSet<(string Name, Node Time)> _open = [];
    private readonly Dictionary<Node, FormulaBuilder> _builders = [];
    private bool _isTooMuch;

    public DelayTerms(NetworkEquations equations, ReactionNetwork network, Reporter reporter)
    {
        (_equations, _network, _reporter) = (equations, network, reporter);
        Graph.DelayedRate = RateOf;
    }

    public IReadOnlyList<DelayTerm> Terms => _terms;

    private ExpressionGraph Graph => _equations.Graph;

    /// <summary>delay(formula, lag) as a node.</summary>
    public Node Now(Expression formula, Expression lag)
    {
        Node value = _equations.Formula(formula), time = _equations.Formula(lag);
        if (time.IsConstant(0)) return value;
        var key = (value, time, ExpressionText.Of(formula));
        if (_known.TryGetValue(key, out var known)) return known;
        return _known[key] = Add(value, time, At(Graph.Time).Number(formula));
    }

    /// <summary>delay(formula, lag) at the start, from parameters alone.</summary>
    public Node AtStart(Expression formula, Expression lag)
    {
        var past = At(Graph.Subtract(Graph.Zero, At(Graph.Zero).Number(lag))).Number(formula);
        return Graph.Substitute(past, leaf => leaf.Kind == NodeKind.Time ? Graph.Zero : _equations.InitialState(_equations.Symbols.States[leaf.Index]));
    }

    private Node Add(Node value, Node lag, Node before)
    {
        var node = Graph.Delayed(value, lag, _equations.Symbols.Parameters.Count + _terms.Count);
        _terms.Add(new DelayTerm(node, before));
        return node;
    }

    /// <summary>d/dt x(t - lag) = x'(t - lag) (1 - lag').</summary>
    private Node RateOf(Node delayed)
    {
        var where = SourceSpan.None;
        var rate = _equations.TimeDerivative(delayed.A!, where);
        var growth = Graph.Subtract(Graph.One, _equations.TimeDerivative(delayed.B!, where));
        var before = _terms.Find(t => ReferenceEquals(t.Delayed, delayed))!.Before;
        var key = (rate, delayed.B!, $"rate of {delayed.Index}");
        if (!_known.TryGetValue(key, out var known)) _known[key] = known = Add(rate, delayed.B!, Graph.Derivative(before, Node.TimeVariable));
        return Graph.Multiply(known, growth);
    }

    /// <summary>Formulas of a time before the start.</summary>
    private FormulaBuilder At(Node time)
    {
        if (_builders.TryGetValue(time, out var builder)) return builder;
        if (_builders.Count >= MostPastTimes)
        {
            if (!_isTooMuch) _reporter.Error(CompilationCodes.DelayNesting, SourceSpan.None, "values of the past of values of the past", $"more than {MostPastTimes} times before the start would be looked at");
            _isTooMuch = true;
            return _builders.Values.First();
        }
        return _builders[time] = new FormulaBuilder(
            Graph, _network, _reporter, (name, where) => Past(name, where, time), () => time,
            (value, _) => Graph.Derivative(value, Node.TimeVariable), null,
            (formula, lag, _) => At(Graph.Subtract(time, At(time).Number(lag))).Number(formula));
    }

    /// <summary>The value of a name at a time before the start.</summary>
    private Node Past(string name, SourceSpan where, Node time)
    {
        if (_past.TryGetValue((name, time), out var known)) return known;
        // A name that means nothing, or leads back to itself, has been reported where its present value was looked for.
        if (_equations.Symbols.Find(name) is not { } symbol || !_open.Add((name, time))) return _equations.Value(name, where);
        var value = symbol.Storage == Storage.Formula ? At(time).Number(symbol.Formula!)
            : symbol.Species is null ? Held(symbol, time)
            : symbol.Species.IsSubstanceOnly ? Amount(symbol, symbol.Species, time)
            : Graph.Divide(Amount(symbol, symbol.Species, time), Past(symbol.Species.Compartment, where, time));
        _open.Remove((name, time));
        return _past[(name, time)] = value;
    }

    private Node Amount(Symbol symbol, Species species, Node time)
    {
        var held = Held(symbol, time);
        // A state holds an amount; a formula and a parameter, what the species declares.
        var isAmount = species.InitialIsAmount || (symbol.Storage == Storage.State && held.Kind == NodeKind.State);
        return isAmount ? held : Graph.Multiply(held, Past(species.Compartment, species.Where, time));
    }

    /// <summary>What a place holds before the start: what its initial assignment gives then, if that changes with time, else what it starts with.</summary>
    private Node Held(Symbol symbol, Node time)
    {
        if (symbol.Storage == Storage.Parameter) return Graph.Parameter(symbol.Index);
        var assigned = symbol.Formula is null ? null : At(time).Number(symbol.Formula);
        if (symbol.Storage == Storage.State && (assigned is null || !IsOfTime(symbol))) return Graph.State(symbol.Index);
        return assigned ?? _equations.InitialValue(symbol.Name, symbol.Where);
    }

    private bool IsOfTime(Symbol symbol) => At(Graph.Time).Number(symbol.Formula!).DependsOn(Node.TimeVariable);
}

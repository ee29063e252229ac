using Marrow.Networks.Diagnostics;
using Marrow.Networks.Structure;

namespace Marrow.Networks.Compilation;

/// <summary>Where the value of a variable comes from.</summary>
internal enum Storage
{
    /// <summary>An assignment rule or, for a reaction, its kinetic law.</summary>
    Formula,

    /// <summary>A state of the system. A species' state is its amount.</summary>
    State,

    /// <summary>A place in the parameters, holding the value as the network declares it.</summary>
    Parameter,

    /// <summary>Fixed by its initial assignment, a formula of other parameters.</summary>
    Derived,
}

/// <summary>A named quantity of the network.</summary>
internal sealed record Symbol(
  string Name, Storage Storage, int Index, Expression? Formula, SourceSpan Where, Species? Species = null, bool IsConstant = false);

/// <summary>Sorts the variables of a network into states, parameters and formulas.</summary>
internal sealed class NetworkSymbols
{
    private readonly Dictionary<string, Symbol> _symbols = [];
    private readonly List<Symbol> _states = [], _parameters = [];

    public NetworkSymbols(ReactionNetwork network, Reporter reporter)
    {
        var rules = network.AssignmentRules.GroupBy(r => r.Variable).ToDictionary(g => g.Key, g => g.First());
        var rates = network.RateRules.Select(r => r.Variable).ToHashSet();
        var assigned = network.Events.SelectMany(e => e.Assignments).Select(a => a.Variable).ToHashSet();
        var reacting = network.Reactions.SelectMany(r => r.Reactants.Concat(r.Products)).Select(r => r.Species).ToHashSet();

        var algebraic = network.AlgebraicRules.Select(r => r.Variable).ToHashSet();

        void Declare(string name, Expression? initial, SourceSpan where, bool isConstant, Species? species = null)
        {
            if (_symbols.ContainsKey(name))
            {
                reporter.Error(CompilationCodes.Duplicate, where, $"'{name}' is declared twice");
                return;
            }
            var reacts = species is { IsBoundary: false, IsConstant: false } && reacting.Contains(name);
            var isLiteral = initial is null || IsLiteral(initial);
            Symbol With(Storage storage, int index, Expression? formula) =>
              new(name, storage, index, formula, where, species, isConstant);
            // An event changes a value, so that one fixed by a formula needs a place of its own for every patient: a state at rest. So does
            // the amount that a concentration gives in a volume that an event changes.
            var atRest = (assigned.Contains(name) && !isLiteral) || (species is { InitialIsAmount: false } && assigned.Contains(species.Compartment));
            var symbol = rules.TryGetValue(name, out var rule) ? With(Storage.Formula, -1, rule.Value)
              : rates.Contains(name) || algebraic.Contains(name) || reacts || atRest ? With(Storage.State, _states.Count, initial)
              : isLiteral ? With(Storage.Parameter, _parameters.Count, initial)
              : With(Storage.Derived, -1, initial);
            _symbols[name] = symbol;
            if (symbol.Storage == Storage.State) _states.Add(symbol);
            if (symbol.Storage == Storage.Parameter) _parameters.Add(symbol);
        }

        foreach (var s in network.Species.Where(s => reacting.Contains(s.Id) || rates.Contains(s.Id)))
            Declare(s.Id, s.Initial, s.Where, s.IsConstant, s);
        foreach (var p in network.Parameters) Declare(p.Id, p.Value, p.Where, p.IsConstant);
        foreach (var c in network.Compartments) Declare(c.Id, c.Size, c.Where, c.IsConstant);
        foreach (var s in network.Species.Where(s => !reacting.Contains(s.Id) && !rates.Contains(s.Id)))
            Declare(s.Id, s.Initial, s.Where, s.IsConstant, s);
        foreach (var r in network.Reactions)
        {
            if (!_symbols.TryAdd(r.Id, new Symbol(r.Id, Storage.Formula, -1, r.KineticLaw, r.Where, IsConstant: true)))
                reporter.Error(CompilationCodes.Duplicate, r.Where, $"'{r.Id}' is declared twice");
        }
        foreach (var variable in rules.Keys.Concat(rates).Concat(algebraic).Concat(reacting).Where(v => !_symbols.ContainsKey(v)))
            reporter.Error(CompilationCodes.UnknownName, Place(network,
                variable), $"unknown name '{variable}'", "a rule or reaction changes it, but nothing declares it");
    }

    public IReadOnlyList<Symbol> States => _states;

    public IReadOnlyList<Symbol> Parameters => _parameters;

    public Symbol? Find(string name) => _symbols.GetValueOrDefault(name);

    /// <summary>The known name nearest to an unknown one, for messages; empty if none is near.</summary>
    public string Suggest(string name) => Spelling.Hint(name, _symbols.Keys, "");

    private static bool IsLiteral(Expression e) => e switch
    {
        NumberExpression => true,
        ApplyExpression { Function: not (MathFunction.RateOf or MathFunction.Delay) } a => a.Arguments.All(IsLiteral),
        _ => false,
    };

    private static SourceSpan Place(ReactionNetwork network, string variable) =>
      network.AssignmentRules.FirstOrDefault(r => r.Variable == variable)?.Where
      ?? network.RateRules.FirstOrDefault(r => r.Variable == variable)?.Where
      ?? network.Reactions.FirstOrDefault(r => r.Reactants.Concat(r.Products).Any(x => x.Species == variable))?.Where
      ?? SourceSpan.None;
}

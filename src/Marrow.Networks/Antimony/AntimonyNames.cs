using System.Collections.Immutable;
using Marrow.Networks.Structure;

namespace Marrow.Networks.Antimony;

/// <summary>Names of SBML may be words of Antimony: these get a '_', as libAntimony gives it, and keep the old name as display name.</summary>
internal sealed class AntimonyNames
{
    private static readonly HashSet<string> Words = new(StringComparer.Ordinal)
    {
        "at", "after", "in", "is", "has", "model", "module", "function", "import", "unit", "delete", "constraint", "species", "substanceOnly", "var", "const", "formula", "reaction",
        "event", "gene", "DNA", "operator", "maximize", "minimize", "geneProduct",
    };

    private readonly Dictionary<string, string> _names = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string> _functions = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string> _units = new(StringComparer.Ordinal);

    private AntimonyNames(ReactionNetwork network)
    {
        var ids = network.Compartments.Select(c => c.Id).Concat(network.Species.Select(s => s.Id)).Concat(network.Parameters.Select(p => p.Id)).Concat(network.Reactions.Select(r => r.Id))
            .Concat(network.Events.Select(e => e.Id)).Concat(network.Constraints.Select(c => c.Id).OfType<string>()).Concat(network.Interactions.Select(i => i.Id).OfType<string>()).ToHashSet(StringComparer.Ordinal);
        Rename(_names, ids, IsWord);
        Rename(_functions, network.Functions.Select(f => f.Id).ToHashSet(StringComparer.Ordinal), id => IsWord(id) || BuiltIns.Functions.ContainsKey(id) || BuiltIns.Refused.ContainsKey(id));
        // A name after a number is its unit: it cannot be the name of something else.
        Rename(_units, network.Units.Select(u => u.Id).ToHashSet(StringComparer.Ordinal), id => IsWord(id) || ids.Contains(id));
    }

    /// <summary>The network with names that Antimony can read.</summary>
    public static ReactionNetwork In(ReactionNetwork network)
    {
        var names = new AntimonyNames(network);
        var isClean = names._names.Count == 0 && names._functions.Count == 0 && names._units.Count == 0 && !network.Functions.Any(f => f.Arguments.Any(IsWord));
        return isClean ? network : names.Apply(network);
    }

    private static bool IsWord(string id) => Words.Contains(id) || BuiltIns.IsReserved(id);

    private static void Rename(Dictionary<string, string> names, HashSet<string> ids, Func<string, bool> isTaken)
    {
        foreach (var id in ids.Where(isTaken).Order(StringComparer.Ordinal).ToList())
        {
            var name = id + "_";
            while (isTaken(name) || !ids.Add(name)) name += "_";
            names[id] = name;
        }
    }

    private string Id(string id) => _names.GetValueOrDefault(id, id);

    private string? Display(string id, string? display) => display ?? (_names.ContainsKey(id) ? id : null);

    private string? Unit(string? unit) => unit is null ? null : _units.GetValueOrDefault(unit, unit);

    private ReactionNetwork Apply(ReactionNetwork n) => n with
    {
        Units = [.. n.Units.Select(u => u with { Id = Unit(u.Id)!, Factors = [.. u.Factors.Select(f => f with { Kind = Unit(f.Kind)! })] })],
        Functions = [.. n.Functions.Select(Function)],
        Compartments = [.. n.Compartments.Select(c => c with { Id = Id(c.Id), DisplayName = Display(c.Id, c.DisplayName), Size = Formula(c.Size), Unit = Unit(c.Unit), Outside = c.Outside is null ? null : Id(c.Outside) })],
        Species = [.. n.Species.Select(s => s with { Id = Id(s.Id), DisplayName = Display(s.Id, s.DisplayName), Compartment = Id(s.Compartment), Initial = Formula(s.Initial), Unit = Unit(s.Unit) })],
        Parameters = [.. n.Parameters.Select(p => p with { Id = Id(p.Id), DisplayName = Display(p.Id, p.DisplayName), Value = Formula(p.Value), Unit = Unit(p.Unit) })],
        Reactions = [.. n.Reactions.Select(Reaction)],
        AssignmentRules = [.. n.AssignmentRules.Select(r => r with { Variable = Id(r.Variable), Value = Formula(r.Value)! })],
        RateRules = [.. n.RateRules.Select(r => r with { Variable = Id(r.Variable), Rate = Formula(r.Rate)! })],
        AlgebraicRules = [.. n.AlgebraicRules.Select(r => r with { Variable = Id(r.Variable), Value = Formula(r.Value)! })],
        Events = [.. n.Events.Select(Event)],
        Interactions = [.. n.Interactions.Select(i => i with { Id = i.Id is null ? null : Id(i.Id), Species = [.. i.Species.Select(Id)], Reaction = Id(i.Reaction) })],
        Constraints = [.. n.Constraints.Select(c => c with { Id = c.Id is null ? null : Id(c.Id), Condition = Formula(c.Condition)! })],
        Annotations = [.. n.Annotations.Select(a => a with { Element = Id(a.Element) })],
        Uncertainties = [.. n.Uncertainties.Select(u => u with { Element = Id(u.Element) })],
    };

    private Reaction Reaction(Reaction r) => r with
    {
        Id = Id(r.Id),
        DisplayName = Display(r.Id, r.DisplayName),
        Reactants = Side(r.Reactants),
        Products = Side(r.Products),
        Modifiers = [.. r.Modifiers.Select(Id)],
        KineticLaw = Formula(r.KineticLaw)!,
    };

    private ImmutableArray<SpeciesReference> Side(ImmutableArray<SpeciesReference> side) => [.. side.Select(p => p with { Species = Id(p.Species), Factor = Formula(p.Factor) })];

    private NetworkEvent Event(NetworkEvent e) => e with
    {
        Id = Id(e.Id),
        DisplayName = Display(e.Id, e.DisplayName),
        Trigger = Formula(e.Trigger)!,
        Delay = Formula(e.Delay),
        Priority = Formula(e.Priority),
        Assignments = [.. e.Assignments.Select(a => a with { Variable = Id(a.Variable), Value = Formula(a.Value)! })],
    };

    /// <summary>Arguments are names of the function alone.</summary>
    private FunctionDefinition Function(FunctionDefinition f)
    {
        var arguments = new Dictionary<string, string>(StringComparer.Ordinal);
        Rename(arguments, f.Arguments.ToHashSet(StringComparer.Ordinal), IsWord);
        return f with { Id = _functions.GetValueOrDefault(f.Id, f.Id), Arguments = [.. f.Arguments.Select(a => arguments.GetValueOrDefault(a, a))], Body = Formula(f.Body, arguments) };
    }

    private Expression? Formula(Expression? formula) => formula is null ? null : Formula(formula, _names);

    private Expression Formula(Expression formula, Dictionary<string, string> names) => formula switch
    {
        NameExpression n => n with { Name = names.GetValueOrDefault(n.Name, n.Name) },
        NumberExpression n => n with { Unit = Unit(n.Unit) },
        ApplyExpression a => a with { Arguments = [.. a.Arguments.Select(x => Formula(x, names))] },
        CallExpression c => c with { Function = _functions.GetValueOrDefault(c.Function, c.Function), Arguments = [.. c.Arguments.Select(x => Formula(x, names))] },
        _ => formula,
    };
}

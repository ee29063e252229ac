using System.Collections.Immutable;
using Marrow.Networks.Diagnostics;
using Marrow.Networks.Structure;

namespace Marrow.Networks.Sbml;

/// <summary>Solves algebraic rules 0 = f for a variable that nothing else determines, where f = a x + b in it: x := -b/a. Each solution is
/// put into the rules that remain. Of the rules that are solved for none each gets a variable that it determines; the simulation solves these
/// together.</summary>
internal sealed class AlgebraicRules(ReactionNetwork network, Reporter reporter)
{
    private const int DeepestInlining = 30;

    /// <summary>Names in a formula into which rules are put, and parts looked at for a solution: more is left to the simulation.</summary>
    private const int MostNames = 20_000, MostParts = 1_000_000;

    /// <summary>Variables looked at for one rule: each may go one call deeper.</summary>
    private const int DeepestClaim = 500;

    private readonly Dictionary<string, FunctionDefinition> _functions = network.Functions.ToDictionary(f => f.Id, StringComparer.Ordinal);
    private readonly Dictionary<string, Expression> _rules = network.AssignmentRules.GroupBy(r => r.Variable).ToDictionary(g => g.Key, g => g.First().Value, StringComparer.Ordinal);

    private int _parts;

    /// <summary>The network with assignment rules in place of the algebraic ones.</summary>
    public ReactionNetwork Solve(IReadOnlyList<Expression> rules)
    {
        var free = Undetermined();
        var solved = ImmutableArray.CreateBuilder<AssignmentRule>();
        var open = rules.Select(r => (Formula: r, r.Where)).ToList();
        while (open.Count > 0)
        {
            var options = open.Select((rule, i) => (Place: i, rule.Where, Solutions: Solutions(WithoutRules(rule.Formula), free).ToList())).ToList();
            // The rule with the fewest ways to be solved first: the others keep theirs.
            var next = options.Where(o => o.Solutions.Count > 0).OrderBy(o => o.Solutions.Count).FirstOrDefault();
            if (next.Solutions is null) break;
            var (variable, value) = next.Solutions[0];
            solved.Add(new AssignmentRule(variable, value, next.Where) { IsSolved = true });
            _rules[variable] = value;
            free.Remove(variable);
            open.RemoveAt(next.Place);
        }
        return network with { AssignmentRules = network.AssignmentRules.AddRange(solved), AlgebraicRules = [.. Assign([.. open.Select(r => (r.Formula, WithoutRules(r.Formula), r.Where))], free)] };
    }

    /// <summary>Gives each rule that is left a variable that it names and no other rule has (augmenting paths).</summary>
    private IEnumerable<AlgebraicRule> Assign(List<(Expression Formula, Expression Plain, SourceSpan Where)> rules, HashSet<string> free)
    {
        var owner = new Dictionary<string, int>(StringComparer.Ordinal);
        string[][] names = [.. rules.Select(r => Names(r.Plain).Where(free.Contains).Distinct(StringComparer.Ordinal).ToArray())];
        for (var rule = 0; rule < rules.Count; rule++)
        {
            if (!Claim(rule, names, owner, new HashSet<string>(StringComparer.Ordinal)))
                reporter.Error(ErrorCodes.SbmlAlgebraic, rules[rule].Where, "an algebraic rule that determines no variable", "each quantity that it names is constant or determined by something else", "a variable for it: 'var x' in Antimony, constant=\"false\" in SBML");
        }
        return owner.OrderBy(o => o.Value).Select(o => new AlgebraicRule(o.Key, rules[o.Value].Formula, rules[o.Value].Where));
    }

    private static bool Claim(int rule, string[][] names, Dictionary<string, int> owner, HashSet<string> tried)
    {
        foreach (var name in names[rule])
        {
            if (!tried.Add(name)) continue;
            if (owner.TryGetValue(name, out var other) && (tried.Count > DeepestClaim || !Claim(other, names, owner, tried))) continue;
            owner[name] = rule;
            return true;
        }
        return false;
    }

    private HashSet<string> Undetermined()
    {
        var reacting = network.Reactions.SelectMany(r => r.Reactants.Concat(r.Products)).Select(p => p.Species).ToHashSet(StringComparer.Ordinal);
        var free = network.Parameters.Where(p => !p.IsConstant).Select(p => p.Id).Concat(network.Compartments.Where(c => !c.IsConstant).Select(c => c.Id))
            .Concat(network.Species.Where(s => !s.IsConstant && (s.IsBoundary || !reacting.Contains(s.Id))).Select(s => s.Id)).ToHashSet(StringComparer.Ordinal);
        free.ExceptWith(_rules.Keys);
        free.ExceptWith(network.RateRules.Select(r => r.Variable));
        free.ExceptWith(network.Events.SelectMany(e => e.Assignments).Select(a => a.Variable));
        return free;
    }

    /// <summary>A formula with the values of assignment rules in place of their variables.</summary>
    private Expression WithoutRules(Expression formula)
    {
        for (var round = 0; round < DeepestInlining && Names(formula).Take(MostNames).Count() < MostNames && Names(formula).Any(_rules.ContainsKey); round++) formula = ExpressionWalk.Replace(formula, _rules);
        return formula;
    }

    private static IEnumerable<string> Names(Expression formula) => ExpressionWalk.Nodes(formula).OfType<NameExpression>().Select(n => n.Name);

    private IEnumerable<(string Variable, Expression Value)> Solutions(Expression formula, HashSet<string> free)
    {
        foreach (var name in Names(formula).Where(free.Contains).Distinct(StringComparer.Ordinal).ToList())
            if (Linear(formula, name, 0) is { Slope: { } slope } line)
                yield return (name, line.Offset is null ? Number(0) : Make(MathFunction.Negate, Make(MathFunction.Divide, line.Offset, slope)));
    }

    /// <summary>slope and offset of a formula in a variable, null standing for 0; no result where it is not linear.</summary>
    private (Expression? Slope, Expression? Offset)? Linear(Expression formula, string x, int depth)
    {
        if (++_parts > MostParts) return null;
        if (formula is NameExpression name && name.Name == x) return (Number(1), null);
        if (!Names(formula).Contains(x)) return (null, formula);
        if (formula is CallExpression call && depth < DeepestInlining && _functions.TryGetValue(call.Function, out var function) && function.Arguments.Length == call.Arguments.Length)
        {
            var arguments = function.Arguments.Zip(call.Arguments).ToDictionary(p => p.First, p => p.Second, StringComparer.Ordinal);
            return Linear(ExpressionWalk.Replace(function.Body, arguments), x, depth + 1);
        }
        if (formula is not ApplyExpression { Arguments: { Length: > 0 } arguments2 } apply) return null;
        var lines = arguments2.Select(a => Linear(a, x, depth)).ToList();
        if (lines.Exists(l => l is null)) return null;
        return Linear(apply.Function, [.. lines.Select(l => l!.Value)]);
    }

    private static (Expression? Slope, Expression? Offset)? Linear(MathFunction function, List<(Expression? Slope, Expression? Offset)> lines)
    {
        switch (function)
        {
            case MathFunction.Add: return (Sum(lines.Select(l => l.Slope)), Sum(lines.Select(l => l.Offset)));
            case MathFunction.Subtract: return (Difference(lines[0].Slope, lines[1].Slope), Difference(lines[0].Offset, lines[1].Offset));
            case MathFunction.Negate: return (Difference(null, lines[0].Slope), Difference(null, lines[0].Offset));
            case MathFunction.Divide when lines[1].Slope is null: return (Over(lines[0].Slope, lines[1].Offset!), Over(lines[0].Offset, lines[1].Offset!));
            case MathFunction.Multiply when lines.Count(l => l.Slope is not null) == 1:
                var one = lines.Single(l => l.Slope is not null);
                Expression[] others = [.. lines.Where(l => l.Slope is null).Select(l => l.Offset!)];
                return (Make(MathFunction.Multiply, [one.Slope!, .. others]), one.Offset is null ? null : Make(MathFunction.Multiply, [one.Offset, .. others]));
            default: return null;
        }
    }

    private static Expression? Sum(IEnumerable<Expression?> parts) => parts.OfType<Expression>().ToArray() is { Length: > 0 } terms ? terms.Length == 1 ? terms[0] : Make(MathFunction.Add, terms) : null;

    private static Expression? Difference(Expression? a, Expression? b) => b is null ? a : a is null ? Make(MathFunction.Negate, b) : Make(MathFunction.Subtract, a, b);

    private static ApplyExpression? Over(Expression? a, Expression b) => a is null ? null : Make(MathFunction.Divide, a, b);

    private static NumberExpression Number(double value) => new(value, null, SourceSpan.None);

    private static ApplyExpression Make(MathFunction function, params Expression[] arguments) => new(function, [.. arguments], arguments[0].Where);
}

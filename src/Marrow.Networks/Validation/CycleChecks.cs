using Marrow.Networks.Diagnostics;
using Marrow.Networks.Structure;

namespace Marrow.Networks.Validation;

/// <summary>Assignment rules, reaction rates and initial values must not depend on themselves.</summary>
internal sealed class CycleChecks(ReactionNetwork network, Reporter reporter)
{
    public void Run()
    {
        var always = network.AssignmentRules.Select(r => new Definition(r.Variable, r.Value, r.Where))
            .Concat(network.Reactions.Select(r => new Definition(r.Id, r.KineticLaw, r.Where))).ToList();
        Report(always, "is determined by itself");
        var ruled = always.Select(a => a.Name).ToHashSet(StringComparer.Ordinal);
        var initial = network.Parameters.Select(p => Initial(p.Id, p.Value, p.Where))
            .Concat(network.Species.Select(s => Initial(s.Id, s.Initial, s.Where)))
            .Concat(network.Compartments.Select(c => Initial(c.Id, c.Size, c.Where)));
        Report([.. initial.OfType<Definition>().Where(d => !ruled.Contains(d.Name))], "has an initial value that depends on itself");
    }

    private static Definition? Initial(string name, Expression? formula, SourceSpan where) =>
        formula is null ? null : new Definition(name, WithoutRates(formula), where);

    /// <summary>The rate of something at the start need not depend on its value there.</summary>
    private static Expression WithoutRates(Expression formula) => formula switch
    {
        ApplyExpression { Function: MathFunction.RateOf } a => new NumberExpression(0, null, a.Where),
        ApplyExpression a => a with { Arguments = [.. a.Arguments.Select(WithoutRates)] },
        CallExpression c => c with { Arguments = [.. c.Arguments.Select(WithoutRates)] },
        _ => formula,
    };

    private void Report(List<Definition> definitions, string what)
    {
        var edges = new Dictionary<string, List<string>>(StringComparer.Ordinal);
        var places = new Dictionary<string, SourceSpan>(StringComparer.Ordinal);
        foreach (var (name, formula, where) in definitions)
        {
            edges.TryAdd(name, [.. ExpressionWalk.Nodes(formula).OfType<NameExpression>().Select(n => n.Name).Distinct()]);
            places.TryAdd(name, where);
        }
        foreach (var cycle in Cycles.Find(edges))
        {
            reporter.Error(ErrorCodes.AssignmentCycle, places[cycle[0]], $"'{cycle[0]}' {what}", string.Join(" -> ", cycle), "a rate rule or a reaction, if a feedback over time is meant");
        }
    }

    private sealed record Definition(string Name, Expression Formula, SourceSpan Where);
}

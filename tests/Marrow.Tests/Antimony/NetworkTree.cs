using System.Globalization;
using Marrow.Networks.Structure;

namespace Marrow.Tests.Antimony;

/// <summary>A network as text that shows every formula as a tree, so that two networks can be compared without their places in files.</summary>
internal static class NetworkTree
{
    public static string Of(ReactionNetwork n) => string.Join('\n', Lines(n));

    private static IEnumerable<string> Lines(ReactionNetwork n)
    {
        yield return $"model {n.Name} {n.DisplayName}";
        foreach (var u in n.Units) yield return $"unit {u.Id} {string.Join(' ', u.Factors)}";
        foreach (var f in n.Functions) yield return $"function {f.Id} {string.Join(' ', f.Arguments)} {Of(f.Body)}";
        foreach (var c in n.Compartments) yield return $"compartment {c.Id} {c.DisplayName} {Of(c.Size)} {c.IsConstant} {c.Unit} {c.Outside}";
        foreach (var s in n.Species) yield return $"species {s.Id} {s.DisplayName} {s.Compartment} {Of(s.Initial)} {s.InitialIsAmount} {s.IsSubstanceOnly} {s.IsBoundary} {s.IsConstant} {s.Unit}";
        foreach (var p in n.Parameters) yield return $"parameter {p.Id} {p.DisplayName} {Of(p.Value)} {p.IsConstant} {p.Unit}";
        foreach (var r in n.Reactions) yield return $"reaction {r.Id} {r.DisplayName} {Of(r.Reactants)} {Of(r.Products)} {string.Join(' ', r.Modifiers.Order())} {Of(r.KineticLaw)} {r.IsReversible}";
        foreach (var r in n.AssignmentRules.OrderBy(r => r.Variable, StringComparer.Ordinal)) yield return $"rule {r.Variable} {Of(r.Value)}";
        foreach (var r in n.RateRules.OrderBy(r => r.Variable, StringComparer.Ordinal)) yield return $"rate {r.Variable} {Of(r.Rate)}";
        foreach (var e in n.Events) yield return $"event {e.Id} {e.DisplayName} {Of(e.Trigger)} {Of(e.Delay)} {Of(e.Priority)} {e.IsPersistent} {e.InitialValue} {e.UsesValuesFromTrigger} {string.Join(' ', e.Assignments.Select(a => $"{a.Variable}={Of(a.Value)}"))}";
        foreach (var i in n.Interactions) yield return $"interaction {i.Id} {string.Join(' ', i.Species)} {i.Reaction} {i.Kind}";
        foreach (var c in n.Constraints) yield return $"constraint {c.Id} {Of(c.Condition)}";
        foreach (var a in n.Annotations) yield return $"annotation {a.Element} {a.Qualifier} {string.Join('|', a.Values)}";
        foreach (var u in n.Uncertainties) yield return $"uncertainty {u.Element} {u.Kind} {u.Value}";
    }

    private static string Of(IEnumerable<SpeciesReference> side) => string.Join('+', side.Select(p => $"{p.Stoichiometry:R}{(p.Factor is null ? "" : "*" + Of(p.Factor))} {p.Species}"));

    public static string Of(Expression? e) => e switch
    {
        null => "-",
        NumberExpression n => n.Value.ToString("R", CultureInfo.InvariantCulture) + n.Unit,
        NameExpression n => n.Name,
        TimeExpression => "time",
        CallExpression c => $"{c.Function}({string.Join(',', c.Arguments.Select(Of))})",
        // -2 is read as a sign and a number.
        ApplyExpression { Function: MathFunction.Negate, Arguments: [NumberExpression { Unit: null } n] } => (-n.Value).ToString("R", CultureInfo.InvariantCulture),
        ApplyExpression a => $"{a.Function}({string.Join(',', a.Arguments.Select(Of))})",
        _ => throw new InvalidOperationException(e.GetType().Name),
    };
}

using Marrow.Networks.Diagnostics;
using Marrow.Networks.Structure;

namespace Marrow.Networks.Validation;

/// <summary>Parameters that nothing uses are often misspelt elsewhere.</summary>
internal static class UsageChecks
{
    public static void Check(ReactionNetwork network, Reporter reporter)
    {
        var used = NetworkFormulas.Of(network).SelectMany(ExpressionWalk.Nodes).OfType<NameExpression>().Select(n => n.Name).ToHashSet(StringComparer.Ordinal);
        var determined = network.AssignmentRules.Select(r => r.Variable).Concat(network.RateRules.Select(r => r.Variable)).ToHashSet(StringComparer.Ordinal);
        Parameter[] unused = [.. network.Parameters.Where(p => p.IsConstant && !used.Contains(p.Id) && !determined.Contains(p.Id))];
        if (unused.Length == 0) return;
        // Clinical doses read these when they are given; no formula has to.
        var ofDoses = DoseQuantities.Names(network);
        foreach (var parameter in unused.Where(p => !ofDoses.Contains(p.Id)))
        {
            reporter.Warn(ErrorCodes.UnusedParameter, parameter.Where, $"no formula uses parameter '{parameter.Id}'");
        }
    }
}

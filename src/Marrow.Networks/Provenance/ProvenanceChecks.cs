using Marrow.Networks.Diagnostics;
using Marrow.Networks.Structure;

namespace Marrow.Networks.Provenance;

/// <summary>In Marrow's own models every number with a meaning stands in a table.</summary>
internal static class ProvenanceChecks
{
    public static void Check(ReactionNetwork network, ParameterTable table, Reporter reporter)
    {
        var determined = network.AssignmentRules.Select(r => r.Variable).ToHashSet(StringComparer.Ordinal);
        foreach (var parameter in network.Parameters.Where(p => table.Find(p.Id) is null && !determined.Contains(p.Id)))
        {
            // An initial assignment is computed from other parameters; a changing quantity may start from zero.
            if (parameter.Value is not null and not NumberExpression || (!parameter.IsConstant && IsZero(parameter.Value))) continue;
            Missing("parameter", parameter.Id, parameter.Where, table, reporter);
        }
        foreach (var species in network.Species.Where(s => s.Initial is NumberExpression && !IsZero(s.Initial) && table.Find(s.Id) is null))
        {
            Missing("start of species", species.Id, species.Where, table, reporter);
        }
        var known = network.Parameters.Select(p => p.Id).Concat(network.Species.Select(s => s.Id)).ToHashSet(StringComparer.Ordinal);
        foreach (var row in table.Rows.Where(r => !known.Contains(r.Id)))
        {
            // One table serves several models, so a row that this model does not use is only suspect when a near name lacks its row.
            if (Spelling.Nearest(row.Id, known.Where(k => table.Find(k) is null && !determined.Contains(k))) is not { } near || near.Length < 4 || network.Species.Any(s => s.Id == near)) continue;
            reporter.Warn(ErrorCodes.UnusedRow, row.Where, $"row '{row.Id}' is not used by model '{network.Name}'", "", $"'{near}', if that is meant");
        }
    }

    private static bool IsZero(Expression? value) => value is NumberExpression { Value: 0 };

    private static void Missing(string what, string id, SourceSpan where, ParameterTable table, Reporter reporter) =>
        reporter.Error(ErrorCodes.MissingRow, where, $"{what} '{id}' has no row in the parameter tables", "value, unit and source are unknown", Spelling.Hint(id, table.Rows.Select(r => r.Id), $"a row '{id},value,unit,...'"));
}

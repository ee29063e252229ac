using Marrow.Networks.Diagnostics;
using Marrow.Networks.Structure;
using Marrow.Networks.Units;

namespace Marrow.Networks.Provenance;

/// <summary>Lays the values and units of a table over a network.</summary>
internal static class ParameterOverlay
{
    public static ReactionNetwork Apply(ReactionNetwork network, ParameterTable table, Reporter reporter)
    {
        var scope = UnitScope.Of(network);
        var assigned = network.AssignmentRules.Select(r => r.Variable).ToHashSet(StringComparer.Ordinal);

        ParameterRecord? RowOf(string id, string? unit, SourceSpan where)
        {
            // A switch is a choice, not a number of nature: a rule of the model may make it.
            if (table.Find(id) is not { } row || (row.Kind == ParameterKind.Switch && assigned.Contains(id))) return null;
            if (assigned.Contains(id)) reporter.Error(ErrorCodes.Overdetermined, row.Where, $"'{id}' has a row, but a rule of the model determines it", $"{where.File}:{where.Line}", "removing the row");
            if (unit is not null && Unit.TryParse(unit, scope, out var declared, out _) && Unit.TryParse(row.Unit, scope, out var given, out _) && !declared.Equals(given))
            {
                reporter.Error(declared.HasSameDimension(given) ? ErrorCodes.ScaleMismatch : ErrorCodes.UnitMismatch, row.Where, $"'{id}' has unit {row.Unit} in the table and {unit} in the model", $"{where.File}:{where.Line}", "one of the two");
            }
            return row;
        }

        return network with
        {
            Parameters = [.. network.Parameters.Select(p => RowOf(p.Id, p.Unit, p.Where) is { } row ? p with { Value = Value(row), Unit = row.Unit } : p)],
            Species = [.. network.Species.Select(s => RowOf(s.Id, s.Unit, s.Where) is { } row ? s with { Initial = Value(row), Unit = row.Unit } : s)],
            Compartments = [.. network.Compartments.Select(c => RowOf(c.Id, c.Unit, c.Where) is { } row ? c with { Size = Value(row), Unit = row.Unit } : c)],
        };
    }

    private static NumberExpression Value(ParameterRecord row) => new(row.Value, null, row.Where);
}

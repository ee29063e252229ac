using Marrow.Networks.Diagnostics;
using Marrow.Networks.Structure;

namespace Marrow.Trials.DosingTables;

/// <summary>Names that a table and a model share, and what a model needs to be infused.</summary>
internal static class TableNames
{
    /// <summary>The name of the model that a heading means: the same, or the only one that differs in case.</summary>
    public static string? Nearest(string wanted, IEnumerable<string> names)
    {
        string[] same = [.. names.Where(n => string.Equals(n, wanted, StringComparison.OrdinalIgnoreCase))];
        return same.FirstOrDefault(n => n == wanted) ?? (same.Length == 1 ? same[0] : null);
    }

    /// <summary>Whether a value is computed from others.</summary>
    public static bool IsFormula(Expression? value) => value is not null && ExpressionWalk.Nodes(value).Any(n => n is NameExpression or TimeExpression or CallExpression);

    /// <summary>Whether a rule computes a quantity.</summary>
    public static bool IsRuled(ReactionNetwork network, string name) =>
        network.AssignmentRules.Any(r => r.Variable == name) || network.RateRules.Any(r => r.Variable == name);

    /// <summary>Reports columns that nothing reads, and cells of those that something reads that hold no number.</summary>
    /// <param name="table">The table.</param>
    /// <param name="isRead">Whether something reads a column.</param>
    /// <param name="parameters">What columns can be named after.</param>
    /// <param name="bag">Receives the problems.</param>
    public static void CheckColumns(DosingTable table, Func<int, bool> isRead, IEnumerable<string> parameters, DiagnosticBag bag)
    {
        string[] names = [.. parameters];
        for (var c = 0; c < table.Covariates.Length; c++)
        {
            var column = table.Covariates[c];
            if (!isRead(c)) bag.Warn(DosingCodes.UnusedColumn, $"column '{column.Name}' has no effect", column.Where, "the model has no parameter of this name", Spelling.Hint(column.Name, names, ""));
        }
        foreach (var cell in table.Rows.SelectMany(r => r.Unreadable).Where(u => isRead(u.Column)))
            bag.Error(DosingCodes.BadCell, $"{table.Covariates[cell.Column].Name} is '{cell.Text}'", cell.Where, "it is not a number");
    }

    /// <summary>Name of the parameter that is the sum of the rates of infusions into something: one that no model can have, so that it meets none.</summary>
    public static string InputOf(string target) => $"infusions into {target}";

    /// <summary>Adds the input of infusions: a reaction, or a term of the rate rule.</summary>
    public static ReactionNetwork AddInput(ReactionNetwork network, string target)
    {
        var input = InputOf(target);
        var name = new NameExpression(input, SourceSpan.None);
        var wider = network with { Parameters = network.Parameters.Add(new Parameter(input, null, new NumberExpression(0, null, SourceSpan.None), false, null, SourceSpan.None)) };
        if (network.RateRules.FirstOrDefault(r => r.Variable == target) is not { } rule)
            return wider with { Reactions = network.Reactions.Add(new Reaction($"reaction of {input}", null, [], [new SpeciesReference(target, 1)], [], name, false, SourceSpan.None)) };
        // The rule of a concentration gives its rate; what is infused is an amount.
        Expression term = network.Species.FirstOrDefault(s => s.Id == target) is { IsSubstanceOnly: false } species
            ? new ApplyExpression(MathFunction.Divide, [name, new NameExpression(species.Compartment, SourceSpan.None)], SourceSpan.None) : name;
        return wider with { RateRules = network.RateRules.Replace(rule, rule with { Rate = new ApplyExpression(MathFunction.Add, [rule.Rate, term], SourceSpan.None) }) };
    }
}

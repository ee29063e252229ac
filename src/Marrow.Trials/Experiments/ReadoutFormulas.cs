using System.Text;
using System.Text.RegularExpressions;
using Marrow.Networks.Antimony;
using Marrow.Networks.Diagnostics;
using Marrow.Networks.Structure;

namespace Marrow.Trials.Experiments;

/// <summary>Adds readouts that are formulas of a model's quantities, as assignment rules.</summary>
internal static partial class ReadoutFormulas
{
    /// <summary>Names that a formula uses, built-in functions left out.</summary>
    public static IReadOnlyList<string> NamesIn(string formula) =>
        [.. Identifier().Matches(formula).Where(m => !m.Groups["call"].Success).Select(m => m.Groups["name"].Value).Where(n => n != "time").Distinct(StringComparer.Ordinal)];

    /// <summary>The formula as an expression; null, with the reason, if it cannot be read or the network lacks one of its names.</summary>
    public static Expression? Parse(string formula, IReadOnlySet<string> known, out string problem)
    {
        problem = "";
        var names = NamesIn(formula);
        string[] missing = [.. names.Where(n => !known.Contains(n))];
        if (missing.Length > 0)
        {
            problem = $"the model has no {string.Join(", ", missing)}";
            return null;
        }
        var text = new StringBuilder();
        foreach (var name in names) text.Append(name).Append(" = 1\n");
        const string result = "ReadoutOfFormula";
        text.Append(result).Append(" := ").Append(formula).Append('\n');
        var bag = new DiagnosticBag();
        var network = AntimonyReader.ReadText(text.ToString(), "formula", bag);
        if (network is not null) return network.AssignmentRules.Single(r => r.Variable == result).Value;
        problem = $"'{formula}' is not a formula: {bag.Items.First(d => d.Severity == Severity.Error).What}";
        return null;
    }

    /// <summary>The network with a rule for each formula.</summary>
    public static ReactionNetwork Add(ReactionNetwork network, IReadOnlyList<(string Name, Expression Value)> rules) => network with
    {
        Parameters = network.Parameters.AddRange(rules.Select(r => new Parameter(r.Name, null, null, false, null, SourceSpan.None))),
        AssignmentRules = network.AssignmentRules.AddRange(rules.Select(r => new AssignmentRule(r.Name, r.Value, SourceSpan.None))),
    };

    /// <summary>Every name that a formula may use.</summary>
    public static IReadOnlySet<string> Known(ReactionNetwork network) =>
        network.Species.Select(s => s.Id).Concat(network.Parameters.Select(p => p.Id)).Concat(network.Compartments.Select(c => c.Id))
            .Concat(network.AssignmentRules.Select(r => r.Variable)).Concat(network.Reactions.Select(r => r.Id)).ToHashSet(StringComparer.Ordinal);

    [GeneratedRegex(@"(?<![\w.])(?<name>[A-Za-z_]\w*)(?<call>\s*\()?")]
    private static partial Regex Identifier();
}

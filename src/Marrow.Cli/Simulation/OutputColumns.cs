using Marrow.Networks.Diagnostics;
using Marrow.Networks.Structure;

namespace Marrow.Cli.Simulation;

/// <summary>What a simulation writes: names of columns and the network with a rule for each that is no plain name.</summary>
internal sealed record OutputColumns(ReactionNetwork Network, IReadOnlyList<string> Names, IReadOnlyList<string> Observables)
{
    /// <summary>Chooses columns.</summary>
    /// <param name="network">The model.</param>
    /// <param name="wanted">Names asked for; empty means everything that varies.</param>
    /// <param name="amounts">Species written as amounts, whatever their name means in formulas.</param>
    /// <param name="concentrations">Species written as concentrations.</param>
    /// <param name="bag">Receives unknown names.</param>
    internal static OutputColumns Choose(
        ReactionNetwork network, IReadOnlyList<string> wanted, IReadOnlyList<string> amounts, IReadOnlyList<string> concentrations, DiagnosticBag bag)
    {
        var species = network.Species.ToDictionary(s => s.Id, StringComparer.Ordinal);
        Require("--species", wanted, Known(network), bag);
        // Sizes and parameters are written as they are.
        Require("--amount", amounts, Known(network), bag);
        Require("--concentration", concentrations, Known(network), bag);
        List<string> names = wanted.Count > 0 ? [.. wanted] : Varying(network);
        names.AddRange(amounts.Concat(concentrations).Where(name => !names.Contains(name)));
        var observables = new List<string>();
        foreach (var name in names)
        {
            var asAmount = amounts.Contains(name);
            var convert = species.TryGetValue(name, out var found) && (found.IsSubstanceOnly ? concentrations.Contains(name) : asAmount);
            observables.Add(convert ? Add(ref network, found!, asAmount) : name);
        }
        return new OutputColumns(network, names, observables);
    }

    private static string Add(ref ReactionNetwork network, Species species, bool asAmount)
    {
        // A name that no model can have, so that it meets none.
        var name = asAmount ? $"amount of {species.Id}" : $"concentration of {species.Id}";
        var value = new ApplyExpression(
            asAmount ? MathFunction.Multiply : MathFunction.Divide,
            [new NameExpression(species.Id, SourceSpan.None), new NameExpression(species.Compartment, SourceSpan.None)], SourceSpan.None);
        network = network with
        {
            Parameters = network.Parameters.Add(new Parameter(name, null, null, IsConstant: false, null, SourceSpan.None)),
            AssignmentRules = network.AssignmentRules.Add(new AssignmentRule(name, value, SourceSpan.None)),
        };
        return name;
    }

    private static List<string> Varying(ReactionNetwork network)
    {
        string[] byRule = [.. network.RateRules.Select(r => r.Variable), .. network.AssignmentRules.Select(r => r.Variable), .. network.AlgebraicRules.Select(r => r.Variable)];
        List<string> species = [.. network.Species.Where(s => !s.IsConstant && (!s.IsBoundary || byRule.Contains(s.Id))).Select(s => s.Id)];
        return [.. species, .. byRule.Except(species)];
    }

    private static IEnumerable<string> Known(ReactionNetwork network) =>
        [.. network.Species.Select(s => s.Id), .. network.Parameters.Select(p => p.Id), .. network.Reactions.Select(r => r.Id), .. network.Compartments.Select(c => c.Id)];

    private static void Require(string option, IReadOnlyList<string> names, IEnumerable<string> known, DiagnosticBag bag)
    {
        var all = known.ToHashSet(StringComparer.Ordinal);
        foreach (var name in names.Where(name => !all.Contains(name)))
            bag.Add(CommandErrors.UnknownName.Misspelt(option, name, $"the model has no {name}", all));
    }
}

using Marrow.Networks.Diagnostics;
using Marrow.Networks.Structure;

namespace Marrow.Networks.Compilation;

/// <summary>Prepares a network for populations that are counted while they are small: adds their switches and the event that calls when
/// one becomes small.</summary>
internal static class CountedNetwork
{
    /// <summary>The network with the parameters and events of the populations; problems go to <paramref name="reporter"/>.</summary>
    public static ReactionNetwork Add(ReactionNetwork network, IReadOnlyList<CountedPopulation> populations, Reporter reporter)
    {
        var species = network.Species.ToDictionary(s => s.Id, StringComparer.Ordinal);
        var taken = new HashSet<string>(StringComparer.Ordinal);
        foreach (var population in populations)
        {
            Check(population, species, taken, network, reporter);
            if (reporter.Bag.HasErrors) continue;
            network = network with
            {
                Parameters = network.Parameters.AddRange(Constant(population.Gate, 1), Constant(population.Floor, -1)),
                Events = network.Events.Add(Event(population, species)),
            };
        }
        return network;
    }

    private static Parameter Constant(string name, double value) =>
        new(name, null, new NumberExpression(value, null, SourceSpan.None), IsConstant: false, null, SourceSpan.None);

    private static NetworkEvent Event(CountedPopulation population, Dictionary<string, Species> species)
    {
        Expression Name(string name) => new NameExpression(name, SourceSpan.None);
        Expression Amount(Species s) => s.IsSubstanceOnly ? Name(s.Id)
            : new ApplyExpression(MathFunction.Multiply, [Name(s.Id), Name(s.Compartment)], SourceSpan.None);
        var total = new ApplyExpression(MathFunction.Add, [.. population.Species.Select(s => Amount(species[s]))], SourceSpan.None);
        var trigger = new ApplyExpression(MathFunction.Less, [total, Name(population.Floor)], SourceSpan.None);
        return new NetworkEvent($"Few_{population.Name}", null, trigger, [], null, null, IsPersistent: true, InitialValue: true, SourceSpan.None);
    }

    private static void Check(
        CountedPopulation population, Dictionary<string, Species> species, HashSet<string> taken, ReactionNetwork network, Reporter reporter)
    {
        void refuse(string what, string why, string cure) => reporter.Error(
            CompilationCodes.BadPopulation, SourceSpan.None, $"counted population '{population.Name}': {what}", why, cure);
        if (population.Species.Count == 0) refuse("it has no species", "", "name its species");
        if (!(population.Below >= 0 && population.Above > population.Below))
            refuse($"thresholds {population.Below} and {population.Above}", "it becomes counted below the first and continuous above the second", "a second above the first");
        foreach (var name in population.Species)
        {
            if (!species.TryGetValue(name, out var found)) refuse($"there is no species '{name}'", "", Spelling.Hint(name, species.Keys, "a species of the model"));
            else if (found.IsBoundary || found.IsConstant || network.RateRules.Any(r => r.Variable == name))
                refuse($"'{name}' is not changed by reactions alone", "cells come and go by reactions", "a species that only reactions change");
            if (!taken.Add(name)) refuse($"'{name}' belongs to two populations or stands twice", "", "one population for each species");
        }
    }
}

using System.Globalization;
using Marrow.Tests.House;

namespace Marrow.Tests.Models;

/// <summary>Every mechanism of evasion is one switch that takes it away.</summary>
public sealed class SwitchTests
{
    /// <summary>Switches that need a trait that the standard patient lacks, with the trait.</summary>
    private static readonly Dictionary<string, (string Parameter, double Value)> _traits = new(StringComparer.Ordinal)
    {
        ["evasion__antigen_low_cd22"] = ("CarSeesCd22", 1),
        ["evasion__death_receptor_loss"] = ("Variant__death_receptor", 0.2),
        ["evasion__migration_defect"] = ("motilityLoss", 0.4),
        ["risk__tp53_tumour_arm"] = ("Tp53Mutated", 1),
    };

    public static TheoryData<string> Names => [.. Switches()];

    private static IEnumerable<string> Switches() => Repository.ReadText("models/modules/switches.csv").Split('\n')
        .Where(line => line.Contains("__", StringComparison.Ordinal) && line[0] != '#').Select(line => line[..line.IndexOf(',', StringComparison.Ordinal)]);

    [Fact]
    public void Every_evasion_switch_of_the_table_of_effects_exists()
    {
        var needed = Repository.ReadText("models/expected_effects.csv").Split('\n').Skip(1).Select(line => line.Split(','))
            .Where(cells => cells.Length > 2 && cells[2] is "BCP-ALL" or "CLL" && cells[1].StartsWith("evasion.", StringComparison.Ordinal))
            .Select(cells => cells[1].Replace(".", "__", StringComparison.Ordinal)).Distinct();
        Assert.Empty(needed.Except(Switches()));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void A_switch_takes_something_away(string name)
    {
        var model = ModelFiles.Patient("cll");
        var parameters = model.DefaultParameters();
        var states = new double[model.States.Count];
        model.InitialStates(parameters, states);
        foreach (var (state, value) in MixedDisease()) states[model.StateIndex(state)] = value;
        if (_traits.TryGetValue(name, out var trait)) parameters[model.ParameterIndex(trait.Parameter)] = trait.Value;
        double[] on = new double[states.Length], off = new double[states.Length];
        model.RightHandSide(0, states, parameters, on);
        parameters[model.ParameterIndex(name)] = 0;
        model.RightHandSide(0, states, parameters, off);
        Assert.NotEqual(string.Join(' ', on.Select(Text)), string.Join(' ', off.Select(Text)));
    }

    private static string Text(double value) => value.ToString("R", CultureInfo.InvariantCulture);

    /// <summary>All clones at all sites, with T cells, suppressors, cytokines and drugs about.</summary>
    private static IEnumerable<(string, double)> MixedDisease() =>
    [
        .. ModelFiles.Sites.SelectMany(site => ModelFiles.Clones.Select(clone => ($"{site}_{clone}", 0.5))),
        ("CtlEff", 1), ("CtlTermExh", 0.3), ("DcMat", 0.001), ("Mdsc", 2), ("Ifng", 3), ("Il10", 1), ("SolMic", 1), ("CarEff", 1), ("ChemoExp", 1), ("Vegf", 20),
        ("Vessels", 1.2), ("GcEff", 0.5), ("BlinC", 3),
    ];
}

namespace Marrow.Networks.Structure;

/// <summary>What clinical doses can go into, and the parameters that they read when they are given: bioavailability <c>F_X</c> and lag
/// <c>ALAG_X</c> of doses into X, rate <c>R_X</c> and duration <c>D_X</c> of infusions that the model times.</summary>
public static class DoseQuantities
{
    /// <summary>Bioavailability.</summary>
    public const string Fraction = "F";

    /// <summary>Time from a dose to its arrival.</summary>
    public const string Lag = "ALAG";

    /// <summary>Rate of an infusion.</summary>
    public const string Rate = "R";

    /// <summary>Duration of an infusion.</summary>
    public const string Duration = "D";

    private static readonly string[] Kinds = [Fraction, Lag, Rate, Duration];

    /// <summary>Species that change, without boundary and ruled ones, then parameters with a rate rule, in the order of the model.</summary>
    public static IReadOnlyList<string> Targets(ReactionNetwork network)
    {
        ArgumentNullException.ThrowIfNull(network);
        var ruled = network.AssignmentRules.Select(r => r.Variable).ToHashSet(StringComparer.Ordinal);
        var rates = network.RateRules.Select(r => r.Variable).ToHashSet(StringComparer.Ordinal);
        return
        [
            .. network.Species.Where(s => !s.IsConstant && !ruled.Contains(s.Id) && (!s.IsBoundary || rates.Contains(s.Id))).Select(s => s.Id),
            .. network.Parameters.Where(p => rates.Contains(p.Id)).Select(p => p.Id),
        ];
    }

    /// <summary>The parameter of a kind of quantity.</summary>
    /// <param name="kind">One of the constants of this class.</param>
    /// <param name="target">What is dosed.</param>
    public static string NameOf(string kind, string target) => $"{kind}_{target}";

    /// <summary>Every name that doses into what can be dosed would read; case does not count.</summary>
    public static IReadOnlySet<string> Names(ReactionNetwork network) =>
        Targets(network).SelectMany(target => Kinds.Select(kind => NameOf(kind, target))).ToHashSet(StringComparer.OrdinalIgnoreCase);
}

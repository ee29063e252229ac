using Marrow.Numerics.Vectors;

namespace Marrow.Trials.Fit;

/// <summary>Form of a prior.</summary>
public enum PriorLaw
{
    /// <summary>ln x is normal: rates, counts, anything above 0.</summary>
    LogNormal,

    /// <summary>ln(x / (1 - x)) is normal: shares.</summary>
    LogitNormal,

    /// <summary>x is normal.</summary>
    Normal,
}

/// <summary>A parameter to be estimated. The search moves z, in units of the prior's standard deviation: z = (g(x) - g(median)) / sd with
/// g the logarithm, the logit, or the identity.</summary>
public sealed record FitParameter
{
    /// <summary>Name in the model.</summary>
    public required string Id { get; init; }

    /// <summary>The disease in whose table it stands; empty for a parameter that all models of the fit share.</summary>
    public string Disease { get; init; } = "";

    /// <summary>Scenarios that it can act in, where it can act in few (a drug that is not given elsewhere); empty for all.</summary>
    public IReadOnlyList<string> Scenarios { get; init; } = [];

    /// <summary>Name in tables: with the disease, if it belongs to one.</summary>
    public string Name => Disease.Length == 0 ? Id : $"{Disease}.{Id}";

    /// <summary>Median of the prior: the value of the parameter tables unless the fit says otherwise.</summary>
    public required double Median { get; init; }

    /// <summary>Unit, as the parameter tables have it.</summary>
    public string Unit { get; init; } = "1";

    /// <summary>Form of the prior.</summary>
    public PriorLaw Law { get; init; }

    /// <summary>Standard deviation of the prior on the scale of its form. Range: &gt; 0.</summary>
    public required double Sd { get; init; }

    /// <summary>Least value, inclusive.</summary>
    public double Lower { get; init; } = double.NegativeInfinity;

    /// <summary>Largest value, inclusive.</summary>
    public double Upper { get; init; } = double.PositiveInfinity;

    /// <summary>Why the prior is as it is: a reason, or a source.</summary>
    public string Reason { get; init; } = "";

    /// <summary>The value at z.</summary>
    public double ValueAt(double z) => Law switch
    {
        PriorLaw.LogNormal => Median * VectorMath.Exp(Sd * z),
        PriorLaw.LogitNormal => Logistic(Logit(Median) + (Sd * z)),
        _ => Median + (Sd * z),
    };

    /// <summary>The z of a value; infinite for limits that the form cannot reach.</summary>
    public double ZOf(double value) => Law switch
    {
        PriorLaw.LogNormal => value <= 0 ? double.NegativeInfinity : VectorMath.Ln(value / Median) / Sd,
        PriorLaw.LogitNormal => value <= 0 ? double.NegativeInfinity : value >= 1 ? double.PositiveInfinity : (Logit(value) - Logit(Median)) / Sd,
        _ => (value - Median) / Sd,
    };

    /// <summary>Whether a scenario can feel it.</summary>
    internal bool ActsIn(FitScenario scenario) =>
        (Disease.Length == 0 || Disease == scenario.Disease) && (Scenarios.Count == 0 || Scenarios.Contains(scenario.Name));

    /// <summary>Whether value, standard deviation and limits fit the form.</summary>
    internal string? Problem() => this switch
    {
        { Sd: <= 0 or double.NaN } => "its standard deviation is not above 0",
        { Law: PriorLaw.LogNormal, Median: <= 0 } => "a log-normal prior needs a value above 0",
        { Law: PriorLaw.LogitNormal, Median: <= 0 or >= 1 } => "a logit-normal prior needs a value between 0 and 1",
        _ when !(Lower <= Median && Median <= Upper) => $"its value {Median} is outside {Lower}..{Upper}",
        _ => null,
    };

    internal static double Logit(double p) => VectorMath.Ln(p / (1 - p));

    internal static double Logistic(double x) => 1 / (1 + VectorMath.Exp(-x));
}

using Marrow.Numerics.Vectors;
using MathNet.Numerics.Distributions;

namespace Marrow.Trials.Patients;

/// <summary>Families of distributions in population and regimen files.</summary>
internal enum LawFamily
{
    /// <summary>value</summary>
    Fixed,
    /// <summary>location + effects + sd z</summary>
    Normal,
    /// <summary>median exp(effects + sd z)</summary>
    Log,
    /// <summary>10^(location + effects + sd z)</summary>
    Log10,
    /// <summary>1/(1+exp(-(location + effects + sd z)))</summary>
    Logit,
    /// <summary>lower + (upper - lower) Beta(alpha, beta)</summary>
    Beta,
    /// <summary>shift + Poisson(mean)</summary>
    Poisson,
    /// <summary>1 with probability share, or 1/(1+exp(-(location + effects))); else 0</summary>
    Bernoulli,
    /// <summary>a table's value at a covariate (steps)</summary>
    Steps,
    /// <summary>location + amplitude exp(-x/scale) of a covariate x</summary>
    Decay,
    /// <summary>1, 2, 3, ... by shares</summary>
    Shares,
}

/// <summary>How a covariate shifts a law: slope (x - centre), or slope ln(x/centre), or a shift of its own for each category.</summary>
internal sealed record Effect(string Of, double Centre, double Slope, bool Logarithmic)
{
    /// <summary>Shifts of the categories 1, 2, 3, ... of the covariate; empty if it has none.</summary>
    public IReadOnlyList<double> Categories { get; init; } = [];

    /// <summary>The shift at a value of the covariate; none for a category that is not listed.</summary>
    public double At(double x)
    {
        if (Categories.Count > 0) return x >= 1 && x <= Categories.Count ? Categories[(int)x - 1] : 0;
        return Slope * (Logarithmic ? VectorMath.Ln(x / Centre) : x - Centre);
    }
}

/// <summary>A law from which one number is drawn for a patient by inversion: one uniform number gives one value. z is the standard
/// normal quantile, cut at +-<see cref="Cut"/>; values are kept within <see cref="Lower"/>..<see cref="Upper"/> by moving them to the limit.</summary>
internal sealed record Law
{
    public required string Name { get; init; }
    public required LawFamily Family { get; init; }
    /// <summary>Location, median, mean, share or value, as the family says.</summary>
    public double Location { get; init; }
    /// <summary>Standard deviation on the scale of z.</summary>
    public double Sd { get; init; }
    /// <summary>First shape of Beta.</summary>
    public double Alpha { get; init; } = 1;
    /// <summary>Second shape of Beta.</summary>
    public double Beta { get; init; } = 1;
    /// <summary>Amplitude of decay.</summary>
    public double Amplitude { get; init; }
    /// <summary>Scale of decay, in units of the covariate.</summary>
    public double Scale { get; init; } = 1;
    /// <summary>Smallest value of a shifted Poisson law.</summary>
    public double Shift { get; init; }
    public double Lower { get; init; } = double.NegativeInfinity;
    public double Upper { get; init; } = double.PositiveInfinity;
    /// <summary>Limit of |z|.</summary>
    public double Cut { get; init; } = double.PositiveInfinity;
    public IReadOnlyList<Effect> Effects { get; init; } = [];
    /// <summary>A Bernoulli law that applies only from this value of a covariate on; below it the answer is 0.</summary>
    public (string Covariate, double Minimum)? OnlyFrom { get; init; }
    /// <summary>Covariate of steps and decay.</summary>
    public string? Of { get; init; }
    /// <summary>Rows of steps, with rising limits.</summary>
    public IReadOnlyList<(double From, double Value)> Steps { get; init; } = [];

    /// <summary>Shares of 1, 2, 3, ... in rows that begin at rising values of the covariate; any scale.</summary>
    public IReadOnlyList<(double From, IReadOnlyList<double> Weights)> Shares { get; init; } = [];

    /// <summary>Names of 1, 2, 3, ...; empty if they have none.</summary>
    public IReadOnlyList<string> Categories { get; init; } = [];

    /// <summary>Names of the values this law reads.</summary>
    public IEnumerable<string> Inputs
    {
        get
        {
            foreach (var effect in Effects) yield return effect.Of;
            if (OnlyFrom is { } only) yield return only.Covariate;
            if (Of is not null) yield return Of;
        }
    }

    /// <summary>The value at a uniform number of (0, 1).</summary>
    /// <param name="u">Uniform number.</param>
    /// <param name="z">Standard normal quantile of <paramref name="u"/>.</param>
    /// <param name="values">Values of the patient so far, by name.</param>
    public double Draw(double u, double z, IReadOnlyDictionary<string, double> values)
    {
        if (OnlyFrom is { } only && values[only.Covariate] < only.Minimum) return 0;
        z = Math.Clamp(z, -Cut, Cut);
        var value = Family switch
        {
            LawFamily.Fixed => Location,
            LawFamily.Normal => Location + Shifts(values) + (Sd * z),
            LawFamily.Log => Location * VectorMath.Exp(Shifts(values) + (Sd * z)),
            LawFamily.Log10 => VectorMath.Pow(10, Location + Shifts(values) + (Sd * z)),
            LawFamily.Logit => Logistic(Location + Shifts(values) + (Sd * z)),
            LawFamily.Beta => Lower + ((Upper - Lower) * MathNet.Numerics.Distributions.Beta.InvCDF(Alpha, Beta, u)),
            LawFamily.Poisson => Shift + PoissonQuantile(u, Location),
            LawFamily.Bernoulli => u < (Effects.Count > 0 ? Logistic(Location + Shifts(values)) : Location) ? 1 : 0,
            LawFamily.Steps => Steps.Last(s => s.From <= Math.Max(values[Of!], Steps[0].From)).Value,
            LawFamily.Decay => Location + (Amplitude * VectorMath.Exp(-values[Of!] / Scale)),
            LawFamily.Shares => Number(u, Shares.Last(s => Of is null || s.From <= values[Of]).Weights),
            _ => throw new InvalidOperationException($"law family {Family}"),
        };
        return Math.Clamp(value, Lower, Upper);
    }

    private static double Logistic(double x) => 1 / (1 + VectorMath.Exp(-x));

    private static int PoissonQuantile(double u, double mean)
    {
        var k = 0;
        while (Poisson.CDF(mean, k) < u) k++;
        return k;
    }

    private static int Number(double u, IReadOnlyList<double> weights)
    {
        var left = u * weights.Sum();
        for (var i = 0; i < weights.Count; i++)
            if ((left -= weights[i]) < 0) return i + 1;
        // Rounding may leave a crumb beyond the last share that is not 0.
        return weights.ToList().FindLastIndex(w => w > 0) + 1;
    }

    private double Shifts(IReadOnlyDictionary<string, double> values)
    {
        var sum = 0.0;
        foreach (var e in Effects) sum += e.At(values[e.Of]);
        return sum;
    }
}

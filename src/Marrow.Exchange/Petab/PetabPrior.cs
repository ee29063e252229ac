using Marrow.Networks.Diagnostics;
using Marrow.Numerics.Statistics;
using Marrow.Numerics.Vectors;

namespace Marrow.Exchange.Petab;

/// <summary>A prior of a parameter.</summary>
/// <param name="Kind">Name of its distribution, in small letters without hyphens.</param>
/// <param name="A">First number, such as a mean.</param>
/// <param name="B">Second number, such as a standard deviation; 0 for kinds with one.</param>
/// <param name="OnScale">Whether it speaks of the parameter on the parameter's own scale.</param>
/// <param name="Lower">Where it is cut off; minus infinity: nowhere.</param>
/// <param name="Upper">Where it is cut off; infinity: nowhere.</param>
internal sealed record PetabPrior(string Kind, double A, double B, bool OnScale, double Lower, double Upper)
{
    /// <summary>How many numbers each kind has.</summary>
    private static readonly Dictionary<string, int> Kinds = new(StringComparer.Ordinal)
    {
        ["uniform"] = 2,
        ["normal"] = 2,
        ["laplace"] = 2,
        ["lognormal"] = 2,
        ["loglaplace"] = 2,
        ["loguniform"] = 2,
        ["cauchy"] = 2,
        ["gamma"] = 2,
        ["chisquare"] = 1,
        ["exponential"] = 1,
        ["rayleigh"] = 1,
    };

    private static readonly string[] FirstVersion =
        ["uniform", "normal", "laplace", "logNormal", "logLaplace", "parameterScaleUniform", "parameterScaleNormal", "parameterScaleLaplace"];

    private static readonly string[] SecondVersion =
        ["uniform", "normal", "laplace", "log-normal", "log-laplace", "log-uniform", "cauchy", "gamma", "chisquare", "exponential", "rayleigh"];

    /// <summary>The prior of version 1 in a row; null where there is none. A uniform one on the parameter's scale says no more than the
    /// bounds and counts as none.</summary>
    public static PetabPrior? First(PetabRow row, DiagnosticBag bag)
    {
        const string Column = "objectivePriorType", Parameters = "objectivePriorParameters", OnScale = "parameterScale";
        var kind = row.Given(Column);
        if (kind.Length == 0 || kind == "parameterScaleUniform") return null;
        if (!Known(kind, FirstVersion, row, Column, bag) || Numbers(row, Parameters, 2, bag) is not { } numbers) return null;
        var isOnScale = kind.StartsWith(OnScale, StringComparison.Ordinal);
        var name = (isOnScale ? kind[OnScale.Length..] : kind).ToLowerInvariant();
        return Checked(new PetabPrior(name, numbers[0], numbers[1], isOnScale, double.NegativeInfinity, double.PositiveInfinity), row, Parameters, bag);
    }

    /// <summary>The prior of version 2 in a row: where none is given, a uniform one between the bounds; any other is cut off at the bounds.</summary>
    public static PetabPrior? Second(PetabRow row, double? lower, double? upper, DiagnosticBag bag)
    {
        const string Column = "priorDistribution", Parameters = "priorParameters";
        var (from, to) = (lower ?? double.NegativeInfinity, upper ?? double.PositiveInfinity);
        var kind = row.Given(Column);
        if (kind.Length == 0) return double.IsFinite(from) && double.IsFinite(to) ? new PetabPrior("uniform", from, to, false, from, to) : null;
        if (!Known(kind, SecondVersion, row, Column, bag)) return null;
        var name = kind.Replace("-", "", StringComparison.Ordinal);
        if (Numbers(row, Parameters, Kinds[name], bag) is not { } numbers) return null;
        return Checked(new PetabPrior(name, numbers[0], numbers.Count > 1 ? numbers[1] : 0, false, from, to), row, Parameters, bag);
    }

    /// <summary>Logarithm of the density at a value; minus infinity where there is none.</summary>
    public double LogDensity(double x)
    {
        if (x < Lower || x > Upper) return double.NegativeInfinity;
        var share = Cumulative(Upper) - Cumulative(Lower);
        return Raw(x) - (share < 1 ? VectorMath.Ln(share) : 0);
    }

    private double Raw(double x) => Kind switch
    {
        "uniform" => x >= A && x <= B ? -Ln(B - A) : double.NegativeInfinity,
        "normal" => -0.5 * Ln(2 * Math.PI) - Ln(B) - Square((x - A) / B) / 2,
        "laplace" => -Ln(2 * B) - Math.Abs(x - A) / B,
        "lognormal" => this with { Kind = "normal" } is var normal && x > 0 ? normal.Raw(Ln(x)) - Ln(x) : double.NegativeInfinity,
        "loglaplace" => this with { Kind = "laplace" } is var laplace && x > 0 ? laplace.Raw(Ln(x)) - Ln(x) : double.NegativeInfinity,
        "loguniform" => x >= A && x <= B ? -Ln(x) - Ln(Ln(B / A)) : double.NegativeInfinity,
        "cauchy" => -Ln(Math.PI * B * (1 + Square((x - A) / B))),
        "gamma" => GammaDistribution.LogDensity(x, A, B),
        "chisquare" => GammaDistribution.LogDensity(x, A / 2, 2),
        "exponential" => x >= 0 ? -Ln(A) - x / A : double.NegativeInfinity,
        "rayleigh" => x >= 0 ? Ln(x) - 2 * Ln(A) - Square(x / A) / 2 : double.NegativeInfinity,
        _ => throw new InvalidOperationException($"Unknown prior {Kind}."),
    };

    /// <summary>Probability below a value.</summary>
    private double Cumulative(double x) => Kind switch
    {
        _ when double.IsPositiveInfinity(x) => 1,
        _ when double.IsNegativeInfinity(x) => 0,
        "uniform" => Math.Clamp((x - A) / (B - A), 0, 1),
        "normal" => NormalDistribution.Cumulative((x - A) / B),
        "laplace" => x < A ? VectorMath.Exp((x - A) / B) / 2 : 1 - VectorMath.Exp((A - x) / B) / 2,
        "lognormal" => x > 0 ? NormalDistribution.Cumulative((Ln(x) - A) / B) : 0,
        "loglaplace" => x > 0 ? (this with { Kind = "laplace" }).Cumulative(Ln(x)) : 0,
        "loguniform" => x > A ? Math.Min(1, Ln(x / A) / Ln(B / A)) : 0,
        "cauchy" => 0.5 + Math.Atan((x - A) / B) / Math.PI,
        "gamma" => GammaDistribution.Cumulative(x, A, B),
        "chisquare" => GammaDistribution.Cumulative(x, A / 2, 2),
        "exponential" => x > 0 ? 1 - VectorMath.Exp(-x / A) : 0,
        "rayleigh" => x > 0 ? 1 - VectorMath.Exp(-Square(x / A) / 2) : 0,
        _ => throw new InvalidOperationException($"Unknown prior {Kind}."),
    };

    private static double Ln(double x) => VectorMath.Ln(x);

    private static double Square(double x) => x * x;

    private static bool Known(string kind, string[] kinds, PetabRow row, string column, DiagnosticBag bag)
    {
        if (kinds.Contains(kind)) return true;
        row.Error(column, bag, PetabCodes.BadValue, $"{column} '{kind}' is unknown", "", Spelling.Hint(kind, kinds, string.Join(", ", kinds)));
        return false;
    }

    private static List<double>? Numbers(PetabRow row, string column, int count, DiagnosticBag bag)
    {
        var numbers = row.Parts(column).Select(PetabRow.TryNumber).ToList();
        if (numbers.Count == count && numbers.TrueForAll(n => n is { } value && double.IsFinite(value))) return [.. numbers.Select(n => n!.Value)];
        row.Error(column, bag, PetabCodes.BadParameter, $"{column} is '{row[column]}'", FormattableString.Invariant($"this kind has {count} number{(count == 1 ? "" : "s")}"), "numbers separated by ';'");
        return null;
    }

    private static PetabPrior? Checked(PetabPrior prior, PetabRow row, string column, DiagnosticBag bag)
    {
        var problem = prior.Kind switch
        {
            "uniform" when !(prior.B > prior.A) => "the upper end must lie above the lower one",
            "loguniform" when !(prior.B > prior.A && prior.A > 0) => "both ends must be above 0, the upper one above the lower one",
            "chisquare" or "exponential" or "rayleigh" or "gamma" when !(prior.A > 0) => "the first number must be above 0",
            "normal" or "laplace" or "lognormal" or "loglaplace" or "cauchy" or "gamma" when !(prior.B > 0) => "the second number must be above 0",
            _ => null,
        };
        if (problem is null) return prior;
        row.Error(column, bag, PetabCodes.BadParameter, $"{column} is '{row[column]}'", problem);
        return null;
    }
}

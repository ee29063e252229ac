using Marrow.Numerics.Random;
using Marrow.Numerics.Vectors;

namespace Marrow.Numerics.Jumps;

/// <summary>The law of a population in which every individual divides with hazard b(t) and dies with hazard d(t), independently of
/// the others, in a given environment (D. G. Kendall 1948, doi:10.1214/aoms/1177730285). Two integrals from the start hold all of it:
/// rho(t) = int (d - b) and J(t) = int d e^rho; as differential equations rho' = d - b, J' = d e^rho, both from 0.</summary>
/// <remarks>One individual has no descendants at t with probability J/(1 + J); given that it has, their number is geometric on
/// 1, 2, ... with success probability e^rho/(1 + J). Ancestors are independent.</remarks>
/// <param name="Rho">rho(t): minus the logarithm of the mean number of descendants.</param>
/// <param name="J">J(t). Range: &gt;= 0; infinity where all are surely dead.</param>
public readonly record struct BirthDeathLaw(double Rho, double J)
{
    /// <summary>The law after a time at constant hazards.</summary>
    /// <param name="birth">b, per time. Range: &gt;= 0.</param>
    /// <param name="death">d, per time. Range: &gt;= 0.</param>
    /// <param name="time">Range: &gt;= 0.</param>
    public static BirthDeathLaw Constant(double birth, double death, double time)
    {
        var rho = (death - birth) * time;
        // int d e^(rs) = d t (e^rho - 1)/rho.
        return new BirthDeathLaw(rho, death * time * RelativeGrowth(rho));
    }

    /// <summary>Mean number of descendants of one individual, e^-rho.</summary>
    public double Mean => VectorMath.Exp(-Rho);

    /// <summary>Probability that none of <paramref name="cells"/> individuals has a descendant, (J/(1 + J))^n.</summary>
    public double Extinction(long cells) => cells <= 0 ? 1 : VectorMath.Exp(cells * LogExtinction);

    /// <summary>1 - <see cref="Extinction"/>, without loss of digits where extinction is nearly sure.</summary>
    public double Survival(long cells) => cells <= 0 ? 0 : -ExpMinusOne(cells * LogExtinction);

    /// <summary>Probability of exactly <paramref name="size"/> descendants of one individual.</summary>
    public double Probability(long size) =>
        size == 0 ? Extinction(1) : Survival(1) * Success * VectorMath.Exp((size - 1) * LogOneMinus(Success));

    /// <summary>The law from an earlier time to this one, both counted from the same start.</summary>
    public BirthDeathLaw Since(BirthDeathLaw earlier) => new(Rho - earlier.Rho, Math.Max(0, J - earlier.J) * VectorMath.Exp(-earlier.Rho));

    /// <summary>The value of J at which the last of <paramref name="cells"/> individuals' descendants dies, from one uniform number:
    /// extinction comes when the integral J(t) reaches it, and never if it does not.</summary>
    /// <param name="u">Uniform on (0, 1): the probability of extinction by that time.</param>
    /// <param name="cells">Individuals at the start. Range: &gt;= 1.</param>
    public static double ExtinctionThreshold(double u, long cells)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(cells);
        // (J/(1 + J))^n = u, so 1/J = u^(-1/n) - 1.
        return 1 / ExpMinusOne(-VectorMath.Ln(u) / cells);
    }

    /// <summary>Draws the number of descendants of <paramref name="cells"/> individuals: lines that survive are binomial, and what the
    /// geometric sizes add to one each is negative binomial, drawn as a Poisson number with a gamma mean.</summary>
    public long DrawSize(ref RandomStream stream, long cells)
    {
        if (cells <= 0) return 0;
        var lines = stream.Binomial(cells, Math.Clamp(Survival(1), 0, 1));
        var success = Success;
        if (lines == 0 || success >= 1) return lines;
        return lines + stream.Poisson(stream.Gamma(lines, (1 - success) / success));
    }

    /// <summary>e^rho/(1 + J), the chance of the geometric law; between 0 and 1.</summary>
    private double Success => Math.Min(1, double.IsPositiveInfinity(J) ? 1 : VectorMath.Exp(Rho) / (1 + J));

    /// <summary>log(J/(1 + J)) = -log(1 + 1/J).</summary>
    private double LogExtinction => J <= 0 ? double.NegativeInfinity : double.IsPositiveInfinity(J) ? 0 : -LogOneMinus(-1 / J);

    private static double LogOneMinus(double x) => Statistics.CountProbabilities.LogOnePlus(-x);

    /// <summary>(e^x - 1)/x, 1 at 0.</summary>
    private static double RelativeGrowth(double x) => x == 0 ? 1 : ExpMinusOne(x) / x;

    /// <summary>e^x - 1; Taylor's series where the difference would lose digits (its ninth term is below 1e-17 of the first).</summary>
    private static double ExpMinusOne(double x)
    {
        if (Math.Abs(x) > 0.03) return VectorMath.Exp(x) - 1;
        double sum = 0, term = x;
        for (var k = 1; k <= 9; k++)
        {
            sum += term;
            term *= x / (k + 1);
        }
        return sum;
    }
}

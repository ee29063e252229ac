using Marrow.Numerics.Statistics;
using Marrow.Numerics.Vectors;

namespace Marrow.Trials.Survival;

/// <summary>Size and power of a two-arm trial judged by a two-sided log-rank test, by Schoenfeld 1981 (doi:10.1093/biomet/68.1.316):
/// with D events and a share q of the patients in one arm the statistic is normal with mean sqrt(D q (1 - q)) log(hazard ratio) and variance 1.</summary>
public static class LogRankDesign
{
    /// <summary>Probability that the test rejects on the side of the effect.</summary>
    /// <param name="events">Events in both arms. Range: &gt;= 0.</param>
    /// <param name="hazardRatio">Range: &gt; 0.</param>
    /// <param name="alpha">Two-sided level of the test.</param>
    /// <param name="share">Share of the patients in one arm.</param>
    public static double Power(double events, double hazardRatio, double alpha = 0.05, double share = 0.5)
    {
        Check(hazardRatio, alpha, share);
        ArgumentOutOfRangeException.ThrowIfNegative(events);
        return NormalDistribution.Cumulative((Math.Sqrt(events * share * (1 - share)) * Math.Abs(VectorMath.Ln(hazardRatio))) - NormalDistribution.Quantile(1 - (alpha / 2)));
    }

    /// <summary>Events needed: (z_{1 - alpha/2} + z_power)^2 / (q (1 - q) log^2(hazard ratio)), not rounded.</summary>
    /// <param name="hazardRatio">Range: &gt; 0, not 1.</param>
    /// <param name="power">Range: between 0 and 1.</param>
    /// <param name="alpha">Two-sided level of the test.</param>
    /// <param name="share">Share of the patients in one arm.</param>
    public static double EventsRequired(double hazardRatio, double power, double alpha = 0.05, double share = 0.5)
    {
        Check(hazardRatio, alpha, share);
        SurvivalInput.CheckConfidence(power);
        if (hazardRatio == 1)
            throw new ArgumentException("no number of events shows a hazard ratio of 1");
        var z = NormalDistribution.Quantile(1 - (alpha / 2)) + NormalDistribution.Quantile(power);
        var effect = VectorMath.Ln(hazardRatio);
        return z * z / (share * (1 - share) * effect * effect);
    }

    private static void Check(double hazardRatio, double alpha, double share)
    {
        if (!(hazardRatio > 0) || double.IsInfinity(hazardRatio) || !(alpha is > 0 and < 1) || !(share is > 0 and < 1))
            throw new ArgumentException(FormattableString.Invariant($"hazard ratio {hazardRatio}, level {alpha}, share {share}: the first must be positive, the others between 0 and 1"));
    }
}

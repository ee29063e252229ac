using Marrow.Numerics.Statistics;

namespace Marrow.Trials.Experiments;

/// <summary>What became of a check.</summary>
public enum EffectVerdict
{
    /// <summary>The point estimate obeys, and the interval excludes no effect where it must.</summary>
    Met,
    /// <summary>It does not.</summary>
    Missed,
    /// <summary>It could not be judged.</summary>
    Waiting,
}

/// <summary>A check with its measured value.</summary>
/// <param name="Row">The check.</param>
/// <param name="Verdict">Met, missed or waiting.</param>
/// <param name="Value">Measured value; NaN where there is none.</param>
/// <param name="Interval">Its 90 % interval (of signs and contrasts: that of the effect).</param>
/// <param name="Pairs">Matched pairs; of two groups, those of the smaller.</param>
/// <param name="Reason">Why it waits, or what was missed.</param>
public sealed record EffectResult(EffectRow Row, EffectVerdict Verdict, double Value, Interval Interval, int Pairs, string Reason)
{
    /// <summary>A row that waits.</summary>
    internal static EffectResult Waiting(EffectRow row, string reason, int pairs = 0) =>
        new(row, EffectVerdict.Waiting, double.NaN, new Interval(double.NaN, double.NaN), pairs, reason);

    /// <summary>Judges an estimate.</summary>
    internal static EffectResult Judge(EffectRow row, Measure? measure, EffectEstimate estimate, int pairs)
    {
        if (double.IsNaN(estimate.Value)) return Waiting(row, "the statistic is not defined in these pairs", pairs);
        var obeys = row.Operator switch
        {
            EffectOperator.AtMost => estimate.Value <= row.Value,
            EffectOperator.AtLeast => estimate.Value >= row.Value,
            _ => estimate.Value >= row.Value && estimate.Value <= row.Value2,
        };
        var reason = obeys ? "" : FormattableString.Invariant($"not {row.Condition}");
        if (obeys && row.Direction != EffectDirection.None && EffectStatistics.HasInterval(row.Statistic))
        {
            var neutral = EffectStatistics.Neutral(row.Statistic);
            var above = (row.Direction == EffectDirection.Up) == (row.Statistic != EffectStatistic.HazardRatio || measure?.Role == EventRole.Harm);
            obeys = above ? estimate.Interval.Lower > neutral : estimate.Interval.Upper < neutral;
            if (!obeys) reason = "the interval holds no effect";
        }
        return new EffectResult(row, obeys ? EffectVerdict.Met : EffectVerdict.Missed, estimate.Value, estimate.Interval, pairs, reason);
    }
}

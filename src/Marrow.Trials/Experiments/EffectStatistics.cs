using Marrow.Numerics.Random;
using Marrow.Numerics.Statistics;
using Marrow.Numerics.Vectors;
using Marrow.Trials.Survival;

namespace Marrow.Trials.Experiments;

/// <summary>A statistic of matched pairs: its value and its 90 % interval over pairs.</summary>
/// <param name="Value">The statistic; NaN if it is not defined.</param>
/// <param name="Interval">5th to 95th percentile over resampled pairs; of a share, the score interval. For signs and contrasts, that of the effect itself.</param>
public readonly record struct EffectEstimate(double Value, Interval Interval);

/// <summary>The statistics of expected effects.</summary>
internal static class EffectStatistics
{
    /// <summary>Resamples of the bootstrap.</summary>
    public const int Resamples = 1000;

    /// <summary>Effects below this, as logarithms of ratios or in orders of magnitude, are rounding of the solver, whose relative
    /// tolerance is a tenth of it in each step.</summary>
    public const double Resolution = 1e-4;

    private const double LowerTail = .05, UpperTail = .95;

    private const double Percent = 100;

    /// <summary>Whether a statistic is judged by its interval too.</summary>
    public static bool HasInterval(EffectStatistic s) => s is EffectStatistic.MedianOfPairedRatios or EffectStatistic.MedianOfPairedDifferences
        or EffectStatistic.PairedLog10Difference or EffectStatistic.RatioOfMeans or EffectStatistic.RatioOfMedians or EffectStatistic.DifferenceOfShares
        or EffectStatistic.RatioOfShares or EffectStatistic.HazardRatio or EffectStatistic.OddsRatio or EffectStatistic.IncidenceRatio
        or EffectStatistic.DifferenceToBestSingle;

    /// <summary>The value that means no effect: 1 of ratios, 0 of differences.</summary>
    public static double Neutral(EffectStatistic s) => s is EffectStatistic.MedianOfPairedRatios or EffectStatistic.RatioOfMeans or EffectStatistic.RatioOfMedians
        or EffectStatistic.RatioOfShares or EffectStatistic.HazardRatio or EffectStatistic.OddsRatio or EffectStatistic.IncidenceRatio ? 1 : 0;

    /// <summary>Whether the statistic is computed here.</summary>
    public static bool IsKnown(EffectStatistic s) => s is not (EffectStatistic.Recovery or EffectStatistic.IncidenceRatio or EffectStatistic.DifferenceToBestSingle);

    /// <summary>A statistic with its interval: the score interval of a share of patients, of which there is one even where it is 0 or 100 %
    /// and resampling knows no other value; else that of the bootstrap.</summary>
    /// <param name="row">The check.</param>
    /// <param name="measure">What was measured.</param>
    /// <param name="a">Pairs of the group.</param>
    /// <param name="b">Pairs of the second group; null without.</param>
    /// <param name="seed">Seed of the bootstrap.</param>
    public static EffectEstimate Estimate(EffectRow row, Measure measure, PairSample a, PairSample? b, ulong seed)
    {
        var statistic = Function(row, measure);
        var value = statistic(a, b);
        if (row.Statistic == EffectStatistic.Share && measure.Kind != MeasureKind.Number) return new EffectEstimate(value, IntervalOfShare(a.On, measure));
        var samples = new List<double>(Resamples);
        int[] first = new int[a.Count], second = new int[b?.Count ?? 0];
        for (var i = 0; i < Resamples; i++)
        {
            Resampling.Draw(a.Count, new RandomKey(seed, Purpose.Of("bootstrap A of " + row.Id), (ulong)i), first);
            if (b is not null) Resampling.Draw(b.Count, new RandomKey(seed, Purpose.Of("bootstrap B of " + row.Id), (ulong)i), second);
            var x = statistic(a.Take(first), b?.Take(second));
            if (!double.IsNaN(x)) samples.Add(x);
        }
        var limits = samples.Count == 0 ? [double.NaN, double.NaN] : Quantiles.Of(samples, LowerTail, UpperTail);
        var estimate = new EffectEstimate(value, new Interval(limits[0], limits[1]));
        return row.Statistic is EffectStatistic.Sign or EffectStatistic.Contrast ? estimate with { Value = SignOf(estimate.Interval) } : estimate;
    }

    /// <summary>1 or -1 if the interval lies above or below 0; 0 if it holds no effect, or one that the solver could not tell from none.</summary>
    private static double SignOf(Interval effect) =>
        double.IsNaN(effect.Lower) ? double.NaN : effect.Lower > Resolution ? 1 : effect.Upper < -Resolution ? -1 : 0;

    private static Func<PairSample, PairSample?, double> Function(EffectRow row, Measure m) => row.Statistic switch
    {
        EffectStatistic.MedianOfPairedRatios => (a, _) => Median(Pairs(a, m).Select(p => p.On == p.Off ? 1 : p.On / p.Off)),
        EffectStatistic.MedianOfPairedDifferences => (a, _) => Median(Pairs(a, m).Select(p => p.On - p.Off)),
        EffectStatistic.PairedLog10Difference => (a, _) => Median(Pairs(a, m).Select(p => p.On == p.Off ? 0 : VectorMath.Log10(p.On / p.Off))),
        EffectStatistic.RatioOfMeans => (a, _) => Mean(a.On) / Mean(a.Off),
        EffectStatistic.RatioOfMedians => (a, _) => Median(Numbers(a.On)) / Median(Numbers(a.Off)),
        EffectStatistic.DifferenceOfShares => (a, b) => Percent * (Share(a.On, m) - Share(b is null ? a.Off : b.On, m)),
        EffectStatistic.RatioOfShares => (a, b) => Share(a.On, m) / Share(b is null ? a.Off : b.On, m),
        EffectStatistic.HazardRatio => (a, _) => HazardRatio(a.On, a.Off),
        EffectStatistic.OddsRatio => (a, _) => Odds(Share(a.On, m)) / Odds(Share(a.Off, m)),
        EffectStatistic.Share => (a, _) => Percent * Share(a.On, m),
        EffectStatistic.Median => (a, _) => Median(Numbers(a.On)),
        EffectStatistic.MedianOfAbsolutes => (a, _) => Median(Numbers(a.On).Select(Math.Abs)),
        EffectStatistic.ShareOfPairs => (a, _) => Pairs(a, m).ToArray() is { Length: > 0 } pairs ? Percent * pairs.Count(p => p.On >= row.Value2 * p.Off) / pairs.Length : double.NaN,
        EffectStatistic.RatioToHealthy => (a, _) => Median(Zip(a.On, a.Healthy).Select(p => p.On / p.Off)),
        EffectStatistic.ExcessOverSum => (a, _) => Median(Excess(a)),
        EffectStatistic.Slope => (a, _) => 1000 * Slope([.. a.Along, .. a.AlongOff], [.. a.On, .. a.Off]),
        EffectStatistic.Contrast => (a, b) => Oriented(row, EffectSize(a, m)) - Oriented(row, EffectSize(b!, m)),
        EffectStatistic.Sign => (a, b) => EffectSize(a, m) - (b is null ? 0 : EffectSize(b, m)),
        _ => (_, _) => double.NaN,
    };

    private static double Oriented(EffectRow row, double effect) => row.Direction == EffectDirection.Down ? -effect : row.Direction == EffectDirection.Up ? effect : Math.Abs(effect);

    /// <summary>How large an effect is, above 0 if there is more of the observable with the switch: logarithm of a hazard ratio, points of
    /// a share, median of the logarithm of paired ratios, or (where values are not above 0) of differences relative to their size.</summary>
    private static double EffectSize(PairSample s, Measure m)
    {
        if (m.Kind == MeasureKind.Flag) return Share(s.On, m) - Share(s.Off, m);
        if (m.Kind == MeasureKind.Event && m.Role != EventRole.Time)
        {
            var log = VectorMath.Ln(HazardRatio(s.On, s.Off));
            return m.Role == EventRole.Survival ? -log : log;
        }
        var pairs = Pairs(s, m).ToArray();
        if (pairs.Length == 0) return 0;
        if (m.Reading != MeasureReading.FallLog10 && pairs.All(p => p is { On: > 0, Off: > 0 }))
            return Median(pairs.Select(p => p.On == p.Off ? 0 : VectorMath.Ln(p.On / p.Off)));
        var scale = m.Reading == MeasureReading.FallLog10 ? 1 : Median(pairs.Select(p => Math.Max(Math.Abs(p.On), Math.Abs(p.Off))));
        return scale > 0 ? Median(pairs.Select(p => p.On - p.Off)) / scale : 0;
    }

    /// <summary>Pairs of numbers that are defined in both runs; of times, those with the event in one of them at least.</summary>
    private static IEnumerable<(double On, double Off)> Pairs(PairSample s, Measure m)
    {
        for (var i = 0; i < s.Count; i++)
        {
            var (on, off) = (s.On[i], s.Off[i]);
            if (double.IsNaN(on.Value) || double.IsNaN(off.Value) || (m.Kind == MeasureKind.Event && !on.Occurred && !off.Occurred)) continue;
            yield return (on.Value, off.Value);
        }
    }

    private static IEnumerable<(double On, double Off)> Zip(IReadOnlyList<Measured> a, IReadOnlyList<Measured> b) =>
        a.Zip(b, (x, y) => (x.Value, y.Value)).Where(p => !double.IsNaN(p.Item1) && !double.IsNaN(p.Item2));

    private static IEnumerable<double> Numbers(IReadOnlyList<Measured> values) => values.Select(v => v.Value).Where(v => !double.IsNaN(v));

    private static double Median(IEnumerable<double> values)
    {
        double[] all = [.. values.Where(v => !double.IsNaN(v))];
        return all.Length == 0 ? double.NaN : Quantiles.Median(all);
    }

    private static double Mean(IReadOnlyList<Measured> values)
    {
        var (sum, count) = (0.0, 0);
        foreach (var value in Numbers(values)) (sum, count) = (sum + value, count + 1);
        return count == 0 ? double.NaN : sum / count;
    }

    /// <summary>Share of flags that are 1; of events, of those that occurred, or of survival, of those that did not.</summary>
    private static double Share(IReadOnlyList<Measured> values, Measure m) => m.Kind != MeasureKind.Event ? Mean(values)
        : values.Count == 0 ? double.NaN : values.Count(v => v.Occurred == (m.Role != EventRole.Survival)) / (double)values.Count;

    /// <summary>Of as many patients as the share is of; in %.</summary>
    private static Interval IntervalOfShare(IReadOnlyList<Measured> values, Measure m)
    {
        var trials = m.Kind == MeasureKind.Event ? values.Count : Numbers(values).Count();
        if (trials == 0) return new Interval(double.NaN, double.NaN);
        var interval = Proportions.Wilson((int)Math.Round(trials * Share(values, m)), trials, UpperTail - LowerTail);
        return new Interval(Percent * interval.Lower, Percent * interval.Upper);
    }

    private static double Odds(double share) => share / (1 - share);

    private static IEnumerable<double> Excess(PairSample s)
    {
        for (var i = 0; i < s.Count; i++)
        {
            var excess = s.On[i].Value - s.Off[i].Value;
            foreach (var single in s.Singles) excess -= single[i].Value - s.Off[i].Value;
            yield return excess;
        }
    }

    /// <summary>Slope of the least-squares line of y over x, per 10 d once multiplied by 10.</summary>
    private static double Slope(IReadOnlyList<Measured> x, IReadOnlyList<Measured> y)
    {
        var points = Zip(x, y).ToArray();
        if (points.Length < 2) return double.NaN;
        double mx = points.Average(p => p.On), my = points.Average(p => p.Off), sxy = 0, sxx = 0;
        foreach (var (px, py) in points)
        {
            sxy += (px - mx) * (py - my);
            sxx += (px - mx) * (px - mx);
        }
        return sxx > 0 ? sxy / sxx : double.NaN;
    }

    /// <summary>Hazard on over hazard off, by Cox' model. Where one side has no event it is 0 or infinite; where neither has, 1.</summary>
    private static double HazardRatio(IReadOnlyList<Measured> on, IReadOnlyList<Measured> off)
    {
        int events = on.Count(o => o.Occurred && !double.IsNaN(o.Value)), controls = off.Count(o => o.Occurred && !double.IsNaN(o.Value));
        if (events == 0 && controls == 0) return 1;
        if (events == 0 || controls == 0) return events == 0 ? 0 : double.PositiveInfinity;
        SurvivalObservation[] observations = [.. on.Concat(off).Select(o => new SurvivalObservation(o.Value, o.Occurred))];
        var group = new double[observations.Length, 1];
        for (var i = 0; i < on.Count; i++) group[i, 0] = 1;
        var fit = CoxRegression.Fit(observations, ["on"], group);
        return fit.Problem is null ? fit.Coefficients[0].HazardRatio : Excess(observations, on.Count) switch { > 0 => double.PositiveInfinity, < 0 => 0, _ => 1 };
    }

    /// <summary>Events of the first group beyond what it would have if hazards were equal: where the likelihood has no maximum, its sign says
    /// to which side the ratio runs away.</summary>
    private static double Excess(SurvivalObservation[] observations, int first)
    {
        var excess = 0.0;
        foreach (var time in observations.Where(o => o.Event).Select(o => o.Time).Distinct())
        {
            int risk = 0, own = 0, events = 0, mine = 0;
            for (var i = 0; i < observations.Length; i++)
            {
                if (observations[i].Time < time) continue;
                var now = observations[i].Event && observations[i].Time == time ? 1 : 0;
                (risk, events) = (risk + 1, events + now);
                if (i < first) (own, mine) = (own + 1, mine + now);
            }
            excess += mine - (events * own / (double)risk);
        }
        return excess;
    }
}

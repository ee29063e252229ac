using Marrow.Numerics.Statistics;
using Marrow.Numerics.Vectors;

namespace Marrow.Trials.Survival;

/// <summary>Scale on which pointwise confidence limits of a survival curve are symmetric.</summary>
public enum SurvivalScale
{
    /// <summary>log(-log S): S^exp(+-z se/(S log S)); limits stay within 0 and 1. What the CAR-T trials' publications use.</summary>
    LogLog,

    /// <summary>log S: S exp(+-z se/S), cut at 1. The default of R's survfit.</summary>
    Log,
}

/// <summary>A survival curve just after one time.</summary>
/// <param name="Time">Time.</param>
/// <param name="AtRisk">Patients at risk just before it.</param>
/// <param name="Events">Events at it.</param>
/// <param name="Censored">Observations that end at it without event.</param>
/// <param name="Survival">S, 0 to 1.</param>
/// <param name="StandardError">Greenwood's standard error of S; NaN where S = 0.</param>
/// <param name="Limits">Pointwise confidence limits; 1 where S = 1, NaN where S = 0.</param>
public readonly record struct SurvivalPoint(double Time, int AtRisk, int Events, int Censored, double Survival, double StandardError, Interval Limits);

/// <summary>A quantile of survival time with its confidence limits; null: not reached.</summary>
public readonly record struct SurvivalQuantile(double? Time, double? Lower, double? Upper);

/// <summary>Mean survival time up to a horizon, with standard error.</summary>
public readonly record struct RestrictedMean(double Horizon, double Mean, double StandardError);

/// <summary>The product-limit estimate S(t) = prod over event times up to t of (1 - d/n) (Kaplan and Meier 1958,
/// doi:10.1080/01621459.1958.10501452), with Greenwood's variance S^2 sum d/(n (n - d)).</summary>
public sealed class KaplanMeier
{
    /// <summary>Differences of S from a probability below this are rounding, so the curve counts as level with it.</summary>
    private const double Level = 1.5e-8;

    private readonly SurvivalPoint[] _points;

    private KaplanMeier(SurvivalPoint[] points, int subjects)
    {
        _points = points;
        Subjects = subjects;
        Events = points.Sum(p => p.Events);
    }

    /// <summary>Patients.</summary>
    public int Subjects { get; }

    /// <summary>Events.</summary>
    public int Events { get; }

    /// <summary>The curve at each distinct time of an event or a censoring, ascending.</summary>
    public IReadOnlyList<SurvivalPoint> Points => _points;

    /// <summary>Estimates the curve. Equal times are those with equal bits.</summary>
    /// <param name="observations">One per patient; at least one.</param>
    /// <param name="scale">Scale of the confidence limits.</param>
    /// <param name="confidence">Of the pointwise limits.</param>
    public static KaplanMeier Estimate(IEnumerable<SurvivalObservation> observations, SurvivalScale scale = SurvivalScale.LogLog, double confidence = 0.95)
    {
        SurvivalInput.CheckConfidence(confidence);
        var sorted = SurvivalInput.Sorted(observations);
        if (sorted.Length == 0)
            throw new ArgumentException("a survival curve needs at least one observation");
        var z = NormalDistribution.Quantile(0.5 + (confidence / 2));
        var points = new List<SurvivalPoint>();
        double survival = 1, sum = 0;
        for (int i = 0, next; i < sorted.Length; i = next)
        {
            var events = 0;
            for (next = i; next < sorted.Length && sorted[next].Time == sorted[i].Time; next++)
                events += sorted[next].Event ? 1 : 0;
            double atRisk = sorted.Length - i;
            survival *= (atRisk - events) / atRisk;
            sum += events / (atRisk * (atRisk - events));
            var relativeError = Math.Sqrt(sum);
            points.Add(new(sorted[i].Time, sorted.Length - i, events, next - i - events, survival,
                survival == 0 ? double.NaN : survival * relativeError, Limits(survival, relativeError, z, scale)));
        }

        return new([.. points], sorted.Length);
    }

    /// <summary>The curve at a time (a landmark); null after the last observation, unless the curve has reached 0.</summary>
    public SurvivalPoint? At(double time)
    {
        var last = Last(time);
        var atRisk = AtRisk(time);
        if (last < 0)
            return new(time, atRisk, 0, 0, 1, 0, new(1, 1));
        if (time > _points[^1].Time && _points[^1].Survival > 0)
            return null;
        var point = _points[last];
        return point.Time == time ? point : point with { Time = time, AtRisk = atRisk, Events = 0, Censored = 0 };
    }

    /// <summary>Patients whose observation lasts to <paramref name="time"/> or longer.</summary>
    public int AtRisk(double time)
    {
        var last = Last(time);
        if (last >= 0 && _points[last].Time == time)
            return _points[last].AtRisk;
        return last + 1 < _points.Length ? _points[last + 1].AtRisk : 0;
    }

    /// <summary>Median survival time with the limits of Brookmeyer and Crowley 1982 (doi:10.2307/2530286) on the scale of the curve.</summary>
    public SurvivalQuantile Median() => Quantile(0.5);

    /// <summary>Time by which a share <paramref name="probability"/> of the patients has had the event, limits by inverting the pointwise limits.
    /// Where the curve is level at 1 - probability, the middle of that stretch, as in R.</summary>
    public SurvivalQuantile Quantile(double probability)
    {
        if (!(probability is > 0 and < 1))
            throw new ArgumentException(FormattableString.Invariant($"probability is {probability}; it must lie between 0 and 1"));
        var level = 1 - probability;
        return new(Crossing(level, p => p.Survival), Crossing(level, p => p.Limits.Lower), Crossing(level, p => p.Limits.Upper));
    }

    /// <summary>Integral of the curve from 0 to <paramref name="horizon"/>, with the variance sum A^2 d/(n (n - d)), A the area that remains after
    /// each event time; null if the horizon lies after the last observation and the curve has not reached 0.</summary>
    public RestrictedMean? RestrictedMean(double horizon)
    {
        if (!(horizon > 0) || At(horizon) is null)
            return null;
        double area = 0, variance = 0, end = horizon;
        for (var i = Last(horizon); i >= 0; i--)
        {
            var point = _points[i];
            area += point.Survival * (end - point.Time);
            end = point.Time;
            double alive = point.AtRisk - point.Events;
            if (alive > 0)
                variance += area * area * point.Events / (point.AtRisk * alive);
        }

        return new(horizon, area + end, Math.Sqrt(variance));
    }

    /// <summary>Index of the last point at or before a time, or -1.</summary>
    private int Last(double time)
    {
        int low = 0, high = _points.Length;
        while (low < high)
        {
            var middle = (low + high) / 2;
            if (_points[middle].Time <= time)
                low = middle + 1;
            else
                high = middle;
        }

        return low - 1;
    }

    private double? Crossing(double level, Func<SurvivalPoint, double> curve)
    {
        var first = Array.FindIndex(_points, p => p.Events > 0 && curve(p) <= level + Level);
        if (first < 0)
            return null;
        if (curve(_points[first]) < level - Level)
            return _points[first].Time;
        var below = Array.FindIndex(_points, first, p => p.Events > 0 && !(curve(p) >= level - Level));
        return (_points[first].Time + _points[below < 0 ? _points.Length - 1 : below].Time) / 2;
    }

    private static Interval Limits(double survival, double relativeError, double z, SurvivalScale scale)
    {
        if (survival is 0 or 1)
            return survival == 0 ? new(double.NaN, double.NaN) : new(1, 1);
        if (scale == SurvivalScale.Log)
            return new(survival * VectorMath.Exp(-z * relativeError), Math.Min(1, survival * VectorMath.Exp(z * relativeError)));
        var width = z * relativeError / Math.Abs(VectorMath.Ln(survival));
        return new(VectorMath.Pow(survival, VectorMath.Exp(width)), VectorMath.Pow(survival, VectorMath.Exp(-width)));
    }
}

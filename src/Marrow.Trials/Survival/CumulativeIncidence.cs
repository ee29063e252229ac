using Marrow.Numerics.Statistics;
using Marrow.Numerics.Vectors;

namespace Marrow.Trials.Survival;

/// <summary>Cumulative incidence of one cause just after one time.</summary>
/// <param name="Time">Time of an event of any cause.</param>
/// <param name="AtRisk">Patients at risk just before it.</param>
/// <param name="Events">Events of this cause at it.</param>
/// <param name="Incidence">F, 0 to 1.</param>
/// <param name="StandardError">Standard error of F.</param>
/// <param name="Limits">Pointwise limits F^exp(-+z se/(F log F)); F itself where F is 0 or 1.</param>
public readonly record struct IncidencePoint(double Time, int AtRisk, int Events, double Incidence, double StandardError, Interval Limits);

/// <summary>The Aalen-Johansen estimate of cumulative incidence with competing causes, F_k(t) = sum over event times s up to t of S(s-) d_k/n
/// (Aalen and Johansen 1978, Scand. J. Statist. 5, 141-150): the share of patients that has had event k, where the others
/// prevent it. Unlike 1 - Kaplan-Meier it does not treat the others as censored.</summary>
/// <remarks>Variance by the delta method (Marubini and Valsecchi 1995, section 10.2.2), with d events of any cause and n at risk at time s:
/// sum over s up to t of (F(t) - F(s))^2 d/(n (n - d)) + S(s-)^2 d_k (n - d_k)/n^3 - 2 (F(t) - F(s)) S(s-) d_k/n^2. It is Greenwood's
/// with one cause, and F (1 - F)/N without censoring.</remarks>
public sealed class CumulativeIncidence
{
    private CumulativeIncidence(int cause, IReadOnlyList<IncidencePoint> points)
    {
        Cause = cause;
        Points = points;
    }

    /// <summary>The cause.</summary>
    public int Cause { get; }

    /// <summary>The curve at each distinct time of an event of any cause, ascending.</summary>
    public IReadOnlyList<IncidencePoint> Points { get; }

    /// <summary>The curve at a time; beyond the last event, its last value.</summary>
    public IncidencePoint At(double time)
    {
        var last = Points.LastOrDefault(p => p.Time <= time);
        return last.AtRisk == 0 ? new(time, 0, 0, 0, 0, new(0, 0)) : last;
    }

    /// <summary>Estimates the curve of one cause.</summary>
    /// <param name="observations">One per patient; at least one.</param>
    /// <param name="cause">Which event, from 1.</param>
    /// <param name="confidence">Of the pointwise limits.</param>
    public static CumulativeIncidence Estimate(IEnumerable<CompetingObservation> observations, int cause, double confidence = 0.95)
    {
        SurvivalInput.CheckConfidence(confidence);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(cause);
        var sorted = Sorted(observations);
        var z = NormalDistribution.Quantile(0.5 + (confidence / 2));
        var points = new List<IncidencePoint>();
        double survival = 1, incidence = 0;
        var variance = default(VarianceSums);
        for (int i = 0, next; i < sorted.Length; i = next)
        {
            int events = 0, ofCause = 0;
            for (next = i; next < sorted.Length && sorted[next].Time == sorted[i].Time; next++)
            {
                events += sorted[next].Cause > 0 ? 1 : 0;
                ofCause += sorted[next].Cause == cause ? 1 : 0;
            }

            if (events == 0)
                continue;
            double atRisk = sorted.Length - i;
            incidence += survival * ofCause / atRisk;
            variance.Add(atRisk, events, ofCause, survival, incidence);
            survival *= (atRisk - events) / atRisk;
            var error = Math.Sqrt(Math.Max(0, variance.At(incidence)));
            points.Add(new(sorted[i].Time, sorted.Length - i, ofCause, incidence, error, Limits(incidence, error, z)));
        }

        return new(cause, points);
    }

    private static CompetingObservation[] Sorted(IEnumerable<CompetingObservation> observations)
    {
        var sorted = observations.ToArray();
        if (sorted.Length == 0)
            throw new ArgumentException("a cumulative incidence needs at least one observation");
        for (var i = 0; i < sorted.Length; i++)
        {
            SurvivalInput.CheckTime(sorted[i].Time, i);
            if (sorted[i].Cause < 0)
                throw new ArgumentException(FormattableString.Invariant($"observation {i} has cause {sorted[i].Cause}; causes count from 1, and 0 is censored"));
        }

        Array.Sort(sorted, (a, b) => a.Time.CompareTo(b.Time));
        return sorted;
    }

    private static Interval Limits(double incidence, double error, double z)
    {
        if (incidence <= 0 || incidence >= 1)
            return new(incidence, incidence);
        var width = z * error / (incidence * Math.Abs(VectorMath.Ln(incidence)));
        return new(VectorMath.Pow(incidence, VectorMath.Exp(width)), VectorMath.Pow(incidence, VectorMath.Exp(-width)));
    }

    /// <summary>The variance as a polynomial in F(t), so that the whole curve costs one pass.</summary>
    private struct VarianceSums
    {
        private double _square;
        private double _linear;
        private double _constant;

        public void Add(double atRisk, int events, int ofCause, double survivalBefore, double incidence)
        {
            // Where all at risk have an event the curve ends, and F(t) - F(s) = 0.
            var any = events < atRisk ? events / (atRisk * (atRisk - events)) : 0;
            var cross = survivalBefore * ofCause / (atRisk * atRisk);
            _square += any;
            _linear -= 2 * ((any * incidence) + cross);
            _constant += (any * incidence * incidence) + (2 * incidence * cross)
                + (survivalBefore * survivalBefore * ofCause * (atRisk - ofCause) / (atRisk * atRisk * atRisk));
        }

        public readonly double At(double incidence) => (((_square * incidence) + _linear) * incidence) + _constant;
    }
}

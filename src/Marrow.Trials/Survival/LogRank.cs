using Marrow.Numerics.Statistics;
using Marrow.Numerics.Vectors;

namespace Marrow.Trials.Survival;

/// <summary>Result of a test of equal survival.</summary>
/// <param name="ChiSquared">The statistic.</param>
/// <param name="DegreesOfFreedom">Groups that were ever at risk of an event, less one.</param>
/// <param name="PValue">P(chi-squared &gt; statistic).</param>
/// <param name="Observed">Events of each group (weighted, if rho is not 0).</param>
/// <param name="Expected">Events expected of each group if all had the same hazard (weighted likewise).</param>
public sealed record LogRankResult(double ChiSquared, int DegreesOfFreedom, double PValue, IReadOnlyList<double> Observed, IReadOnlyList<double> Expected);

/// <summary>The log-rank test and its weighted kin.</summary>
public static class LogRank
{
    /// <summary>Tests that the groups have the same hazard within each stratum: (O - E)' V^-1 (O - E), V the hypergeometric covariance, each event
    /// time weighted by S(t-)^rho of the pooled curve of its stratum. rho = 0 is the log-rank (Mantel-Haenszel) test, rho = 1 Peto and Peto's
    /// (Harrington and Fleming 1982, doi:10.1093/biomet/69.3.553).</summary>
    /// <param name="observations">One per patient.</param>
    /// <param name="groups">Group of each patient, from 0.</param>
    /// <param name="strata">Stratum of each patient; empty: one stratum.</param>
    /// <param name="rho">Exponent of the weight. Range: &gt;= 0.</param>
    /// <exception cref="ArgumentException">Lengths differ, or fewer than two groups were ever at risk of an event.</exception>
    public static LogRankResult Test(IReadOnlyList<SurvivalObservation> observations, IReadOnlyList<int> groups, IReadOnlyList<int>? strata = null, double rho = 0)
    {
        Check(observations, groups, strata);
        var count = groups.Count == 0 ? 0 : groups.Max() + 1;
        var sums = new Sums(count);
        var patients = Enumerable.Range(0, observations.Count).Select(i => (observations[i].Time, observations[i].Event, Group: groups[i], Stratum: strata?[i] ?? 0));
        foreach (var stratum in patients.GroupBy(p => p.Stratum).OrderBy(s => s.Key))
            sums.AddStratum([.. stratum.OrderBy(p => p.Time).Select(p => (p.Time, p.Event, p.Group))], rho);

        var kept = Enumerable.Range(0, count).Where(g => sums.Expected[g] > 0).ToArray();
        if (kept.Length < 2)
            throw new ArgumentException("a log-rank test needs two groups at risk of an event");
        // The differences add to 0: one group is left out.
        var free = kept[..^1];
        var difference = free.Select(g => sums.Observed[g] - sums.Expected[g]).ToArray();
        var covariance = new double[free.Length, free.Length];
        for (var i = 0; i < free.Length; i++)
        {
            for (var j = 0; j < free.Length; j++)
                covariance[i, j] = sums.Covariance[free[i], free[j]];
        }

        var statistic = 0.0;
        if (SymmetricMatrix.TryFactor(covariance, out _))
            statistic = SymmetricMatrix.QuadraticInverse(covariance, difference);
        else if (difference.Any(d => d != 0))
            throw new ArgumentException("the groups are never at risk together, so their survival cannot be compared");
        return new(statistic, free.Length, ChiSquaredDistribution.UpperTail(statistic, free.Length), sums.Observed, sums.Expected);
    }

    private static void Check(IReadOnlyList<SurvivalObservation> observations, IReadOnlyList<int> groups, IReadOnlyList<int>? strata)
    {
        if (groups.Count != observations.Count || (strata is not null && strata.Count != observations.Count))
            throw new ArgumentException($"{observations.Count} observations with {groups.Count} groups and {strata?.Count ?? observations.Count} strata");
        for (var i = 0; i < observations.Count; i++)
        {
            SurvivalInput.CheckTime(observations[i].Time, i);
            ArgumentOutOfRangeException.ThrowIfNegative(groups[i]);
        }
    }

    private sealed class Sums(int groups)
    {
        public double[] Observed { get; } = new double[groups];

        public double[] Expected { get; } = new double[groups];

        public double[,] Covariance { get; } = new double[groups, groups];

        public void AddStratum((double Time, bool Event, int Group)[] sorted, double rho)
        {
            var atRisk = new double[groups];
            foreach (var patient in sorted)
                atRisk[patient.Group]++;
            var events = new double[groups];
            double survival = 1;
            for (int i = 0, next; i < sorted.Length; i = next)
            {
                Array.Clear(events);
                for (next = i; next < sorted.Length && sorted[next].Time == sorted[i].Time; next++)
                    events[sorted[next].Group] += sorted[next].Event ? 1 : 0;
                double total = sorted.Length - i;
                var all = events.Sum();
                if (all > 0)
                    AddTime(atRisk, events, total, all, VectorMath.Pow(survival, rho));
                survival *= (total - all) / total;
                for (var k = i; k < next; k++)
                    atRisk[sorted[k].Group]--;
            }
        }

        private void AddTime(double[] atRisk, double[] events, double total, double all, double weight)
        {
            var spread = total > 1 ? weight * weight * all * (total - all) / (total - 1) : 0;
            for (var g = 0; g < groups; g++)
            {
                var share = atRisk[g] / total;
                Observed[g] += weight * events[g];
                Expected[g] += weight * all * share;
                for (var h = 0; h < groups; h++)
                    Covariance[g, h] += spread * share * ((g == h ? 1 : 0) - (atRisk[h] / total));
            }
        }
    }
}

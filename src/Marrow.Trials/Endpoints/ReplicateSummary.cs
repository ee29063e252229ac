using Marrow.Numerics.Random;
using Marrow.Numerics.Statistics;
using Marrow.Trials.Clinical;
using Marrow.Trials.Patients;

namespace Marrow.Trials.Endpoints;

/// <summary>How well endpoints are known, given how well typical values of parameters are: by replicates of patients, each with its own draw of
/// them.</summary>
/// <remarks>Replicates differ for two reasons: their typical values, and the luck of their few patients. The variance of luck W is estimated by
/// bootstrap within replicates and taken off the variance between them B: values are drawn together by sqrt(1 - W/B) before quantiles are read
/// (O'Hagan, Stevenson and Madan 2007, doi:10.1002/hec.1199). Where B does not exceed W the patients are too few to tell, and there is no
/// interval. An endpoint that is infinite in a replicate (a median not reached) is not corrected.</remarks>
internal static class ReplicateSummary
{
    private const int Resamples = 40;
    private const double Coverage = 0.9;

    private static readonly uint _purpose = Purpose.Of("luck of a replicate");

    /// <summary>Adds the endpoints of replicates, and their intervals, to a summary.</summary>
    public static TrialSummary Add(TrialSummary summary, IReadOnlyList<PatientOutcome> outcomes, Uncertainty rule, ulong seed)
    {
        var groups = outcomes.GroupBy(o => rule.ReplicateOf(o.Patient.Id)).OrderBy(g => g.Key)
            .Select(g => new Replicate(g.Key, [.. g], [.. g.Where(o => o.Infused)], seed)).ToArray();
        var endpoints = EndpointList.All.ToDictionary(e => e.Id, StringComparer.Ordinal);
        var replicates = new List<ReplicateEndpoint>();
        var rows = summary.Endpoints.Select(row =>
        {
            var endpoint = endpoints[row.Id];
            var formed = groups.Select(g => (g.Number, Value: endpoint.Measure(g.Sample(endpoint)), Count: endpoint.Count(g.Sample(endpoint)), Luck: g.Luck(endpoint))).ToArray();
            replicates.AddRange(formed.Select(f => new ReplicateEndpoint(row.Id, f.Number, f.Count, double.IsNaN(f.Value) ? null : f.Value)));
            var range = RangeOf([.. formed.Where(f => !double.IsNaN(f.Value)).Select(f => (f.Value, f.Luck))]);
            return row with { UncertaintyLower = range?.Lower, UncertaintyUpper = range?.Upper };
        }).ToArray();
        return summary with { Endpoints = rows, Replicates = replicates };
    }

    /// <summary>Central 90 % of values without the luck of their patients; null where that cannot be told.</summary>
    /// <param name="values">Value and variance of luck of each replicate.</param>
    internal static Interval? RangeOf(IReadOnlyList<(double Value, double Luck)> values)
    {
        if (values.Count < 2) return null;
        var share = 1.0;
        var mean = values.Average(v => v.Value);
        if (double.IsFinite(mean))
        {
            var between = values.Sum(v => (v.Value - mean) * (v.Value - mean)) / (values.Count - 1);
            var luck = values.Where(v => double.IsFinite(v.Luck)).Select(v => v.Luck).DefaultIfEmpty(0).Average();
            if (between <= luck) return between == 0 ? new Interval(mean, mean) : null;
            share = Math.Sqrt(1 - (luck / between));
        }
        var quantiles = Quantiles.Of(values.Select(v => double.IsFinite(mean) ? mean + (share * (v.Value - mean)) : v.Value), (1 - Coverage) / 2, (1 + Coverage) / 2);
        return new Interval(quantiles[0], quantiles[1]);
    }

    /// <summary>The patients of a replicate.</summary>
    private sealed class Replicate(int number, PatientOutcome[] enrolled, PatientOutcome[] infused, ulong seed)
    {
        private readonly Dictionary<bool, PatientOutcome[][]> _resampled = [];

        public int Number => number;

        public TrialSample Sample(Endpoint endpoint) => new(endpoint.OfEnrolled ? enrolled : infused, ClinicalProtocol.ModelView);

        /// <summary>Variance that the endpoint has by the luck of these patients: that over resamples, times n/(n - 1).</summary>
        public double Luck(Endpoint endpoint)
        {
            double[] values = [.. Resampled(endpoint.OfEnrolled).Select(p => endpoint.Measure(new TrialSample(p, ClinicalProtocol.ModelView))).Where(double.IsFinite)];
            var n = endpoint.Count(Sample(endpoint));
            if (values.Length < 2 || n < 2) return double.NaN;
            var mean = values.Average();
            return values.Sum(v => (v - mean) * (v - mean)) / (values.Length - 1) * n / (n - 1);
        }

        private PatientOutcome[][] Resampled(bool ofEnrolled)
        {
            if (_resampled.TryGetValue(ofEnrolled, out var drawn)) return drawn;
            var patients = ofEnrolled ? enrolled : infused;
            var indices = new int[patients.Length];
            drawn = patients.Length == 0 ? [] : new PatientOutcome[Resamples][];
            for (var i = 0; i < drawn.Length; i++)
            {
                Resampling.Draw(patients.Length, new RandomKey(seed, _purpose, (ulong)number, (uint)i), indices);
                drawn[i] = Array.ConvertAll(indices, k => patients[k]);
            }
            return _resampled[ofEnrolled] = drawn;
        }
    }
}

using Marrow.Numerics.Random;
using Marrow.Numerics.Statistics;
using Marrow.Trials.Clinical;
using Marrow.Trials.Survival;

namespace Marrow.Trials.Endpoints;

/// <summary>The patients of an arm, for comparisons.</summary>
/// <param name="Name">Arm.</param>
/// <param name="Outcomes">Outcomes, failed patients absent.</param>
public sealed record ComparedArm(string Name, IReadOnlyList<PatientOutcome> Outcomes);

/// <summary>Compares arms by log-rank test and hazard ratio, and says what a trial of the published size would have shown.</summary>
public static class ArmComparer
{
    private static readonly uint _purpose = Purpose.Of("prediction trial of an arm");

    private static readonly (SurvivalCurve Curve, string Label)[] _endpoints =
    [
        (SurvivalCurve.OsFromEnrolment, "Overall survival from enrolment"), (SurvivalCurve.Efs, "Event-free survival"), (SurvivalCurve.Os, "Overall survival"),
    ];

    /// <summary>Name of the published figure that stands beside the hazard ratio of an endpoint.</summary>
    public static string HazardRatioOf(string endpoint) => $"{endpoint}_hazard_ratio";

    /// <summary>Names of all such figures.</summary>
    internal static IEnumerable<string> HazardRatios => _endpoints.Select(e => HazardRatioOf(e.Curve.Id));

    /// <summary>One comparison an endpoint; none with fewer than two arms, and none of an endpoint without events.</summary>
    /// <param name="arms">Arms; the first is the reference.</param>
    /// <param name="protocol">Sizes and data cuts of the trial.</param>
    /// <param name="published">Published figures, or null.</param>
    /// <param name="seed">Seed of the run; keys the resampled trials.</param>
    public static IReadOnlyList<ArmComparison> Compare(IReadOnlyList<ComparedArm> arms, ClinicalProtocol protocol, PublishedTable? published, ulong seed)
    {
        ArgumentNullException.ThrowIfNull(arms);
        ArgumentNullException.ThrowIfNull(protocol);
        if (arms.Count < 2) return [];
        // Where nobody is lost before treatment, survival from enrolment says nothing that overall survival does not.
        var allTreated = arms.All(a => a.Outcomes.All(o => o.Infused && o.WaitDays == 0));
        return [.. _endpoints.Where(e => !(allTreated && e.Curve.OfEnrolled))
            .Select(e => Compare(e.Curve, e.Label, arms, protocol, published, seed)).OfType<ArmComparison>()];
    }

    /// <summary>Hazard ratio of the second of two groups to the first; null where there is none.</summary>
    public static CoxCoefficient? Hazard(IReadOnlyList<SurvivalObservation> reference, IReadOnlyList<SurvivalObservation> arm)
    {
        ArgumentNullException.ThrowIfNull(reference);
        ArgumentNullException.ThrowIfNull(arm);
        var covariates = new double[reference.Count + arm.Count, 1];
        for (var i = reference.Count; i < covariates.Length; i++) covariates[i, 0] = 1;
        var fit = CoxRegression.Fit([.. reference, .. arm], ["arm"], covariates);
        return fit.Problem is null ? fit.Coefficients[0] : null;
    }

    private static ArmComparison? Compare(SurvivalCurve curve, string label, IReadOnlyList<ComparedArm> arms, ClinicalProtocol protocol, PublishedTable? published, ulong seed)
    {
        var observed = arms.Select(a => (IReadOnlyList<SurvivalObservation>)curve.Observations(new TrialSample(Of(curve, a), ClinicalProtocol.ModelView))).ToArray();
        var events = observed.Sum(o => o.Count(x => x.Event));
        if (observed.Any(o => o.Count == 0) || events == 0) return null;
        return new ArmComparison
        {
            Id = curve.Id,
            Label = label,
            N = observed.Sum(o => o.Count),
            Events = events,
            Test = Test(observed),
            Hazards = [.. Enumerable.Range(1, arms.Count - 1).Select(i =>
            {
                var ratio = Hazard(observed[0], observed[i]);
                var range = Predicted(curve, arms[0], (arms[i], i), protocol, seed);
                var size = 2 * protocol.Rules.TrialSize;
                var share = (double)(observed[0].Count(o => o.Event) + observed[i].Count(o => o.Event)) / (observed[0].Count + observed[i].Count);
                return new ArmHazard
                {
                    Arm = arms[i].Name,
                    Reference = arms[0].Name,
                    Ratio = ratio,
                    Test = Test([observed[0], observed[i]]),
                    Lower = range?.Lower,
                    Upper = range?.Upper,
                    Power = ratio is null ? null : LogRankDesign.Power(share * size, ratio.HazardRatio),
                    TrialN = size,
                    Published = published?.Find(HazardRatioOf(curve.Id), arms[i].Name),
                };
            })],
        };
    }

    private static IReadOnlyList<PatientOutcome> Of(SurvivalCurve curve, ComparedArm arm) =>
        curve.OfEnrolled ? arm.Outcomes : [.. arm.Outcomes.Where(o => o.Infused)];

    /// <summary>Arms that are never at risk of an event together cannot be tested; the curves still show them.</summary>
    private static ArmTest? Test(IReadOnlyList<IReadOnlyList<SurvivalObservation>> observed)
    {
        try
        {
            int[] groups = [.. observed.SelectMany((o, i) => Enumerable.Repeat(i, o.Count))];
            var test = LogRank.Test([.. observed.SelectMany(o => o)], groups);
            return new ArmTest(test.ChiSquared, test.DegreesOfFreedom, test.PValue);
        }
        catch (ArgumentException)
        {
            return null;
        }
    }

    /// <summary>Central 90 % of the ratio over trials with patients of their own in each arm, seen at the last data cut.</summary>
    private static Interval? Predicted(SurvivalCurve curve, ComparedArm reference, (ComparedArm Arm, int Number) other, ClinicalProtocol protocol, ulong seed)
    {
        var view = protocol.Cuts.Count > 0 ? protocol.Cuts[^1].Id : ClinicalProtocol.ModelView;
        var size = curve.OfEnrolled ? protocol.Rules.TrialEnrolled : protocol.Rules.TrialSize;
        var groups = new[] { (Patients: Of(curve, reference), Number: 0), (Patients: Of(curve, other.Arm), other.Number) };
        var ratios = Enumerable.Range(0, ResampledTrials.Replicates).Select(replicate =>
        {
            var drawn = groups.Select(g => Draw(curve, g.Patients, size, view, new RandomKey(seed, _purpose, (ulong)replicate, (uint)g.Number))).ToArray();
            return drawn.Any(d => d.Count == 0) ? double.NaN : Hazard(drawn[0], drawn[1])?.HazardRatio ?? double.NaN;
        });
        var range = ResampledTrials.Range(ratios);
        return double.IsNaN(range.Lower) ? null : range;
    }

    private static List<SurvivalObservation> Draw(SurvivalCurve curve, IReadOnlyList<PatientOutcome> patients, int size, string view, RandomKey key)
    {
        var indices = new int[size];
        Resampling.Draw(patients.Count, key, indices);
        return curve.Observations(new TrialSample(Array.ConvertAll(indices, k => patients[k]), view));
    }
}

using FsCheck;
using FsCheck.Fluent;
using Marrow.Numerics.Random;
using Marrow.Trials.Survival;

namespace Marrow.Tests.Survival;

public sealed class CumulativeIncidenceTests
{
    private static readonly Gen<List<CompetingObservation>> _cohorts =
        Gen.Choose(1, 30).SelectMany(time => Gen.Choose(0, 2).Select(cause => new CompetingObservation(time, cause))).NonEmptyListOf().Select(list => list.ToList());

    [Fact]
    public void With_one_cause_it_is_one_minus_the_survival_curve_with_its_variance()
    {
        var (observations, _, _) = ReferenceData.Load("lung");
        var curve = KaplanMeier.Estimate(observations);
        var incidence = CumulativeIncidence.Estimate(observations.Select(o => new CompetingObservation(o.Time, o.Event ? 1 : 0)), 1);
        var events = curve.Points.Where(p => p.Events > 0).ToArray();
        ReferenceData.AssertClose([.. events.Select(p => 1 - p.Survival)], incidence.Points.Select(p => p.Incidence), 1e-13);
        ReferenceData.AssertClose([.. events.Select(p => p.StandardError)], incidence.Points.Select(p => p.StandardError), 1e-12);
    }

    [Fact]
    public void Incidences_of_all_causes_and_survival_add_to_one() => Prop.ForAll(_cohorts.ToArbitrary(), cohort =>
    {
        var first = CumulativeIncidence.Estimate(cohort, 1);
        var second = CumulativeIncidence.Estimate(cohort, 2);
        var survival = KaplanMeier.Estimate(cohort.Select(o => new SurvivalObservation(o.Time, o.Cause > 0)));
        return first.Points.Zip(second.Points).All(pair =>
            Math.Abs(pair.First.Incidence + pair.Second.Incidence + survival.At(pair.First.Time)!.Value.Survival - 1) < 1e-12);
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void Without_censoring_it_is_the_share_with_binomial_variance() => Prop.ForAll(_cohorts.ToArbitrary(), cohort =>
    {
        var observed = cohort.Select(o => o with { Cause = Math.Max(1, o.Cause) }).ToArray();
        double n = observed.Length;
        return CumulativeIncidence.Estimate(observed, 2).Points.All(p =>
        {
            var share = observed.Count(o => o.Cause == 2 && o.Time <= p.Time) / n;
            return Math.Abs(p.Incidence - share) < 1e-12 && Math.Abs((p.StandardError * p.StandardError) - (share * (1 - share) / n)) < 1e-12;
        });
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void With_censoring_the_standard_error_is_the_spread_over_repeated_trials()
    {
        const int Trials = 1500, Patients = 150;
        const double Horizon = 1.0;
        var points = Enumerable.Range(0, Trials).Select(trial => CumulativeIncidence.Estimate(Cohort((ulong)trial, Patients), 1).At(Horizon)).ToArray();
        // Hazards 0.5 and 1: F_1(t) = (1 - exp(-1.5 t)) / 3.
        var truth = (1 - Math.Exp(-1.5 * Horizon)) / 3;
        var mean = points.Average(p => p.Incidence);
        var spread = Math.Sqrt(points.Average(p => (p.Incidence - mean) * (p.Incidence - mean)));
        Assert.Equal(truth, mean, 4 * spread / Math.Sqrt(Trials));
        // A standard deviation from n values has relative error 1/sqrt(2 n): four of them.
        Assert.InRange(points.Average(p => p.StandardError) / spread, 1 - (4 / Math.Sqrt(2.0 * Trials)), 1 + (4 / Math.Sqrt(2.0 * Trials)));
        var covered = points.Count(p => p.Limits.Contains(truth)) / (double)Trials;
        Assert.InRange(covered, 0.95 - (4 * Math.Sqrt(0.95 * 0.05 / Trials)), 0.95 + (4 * Math.Sqrt(0.95 * 0.05 / Trials)));
    }

    [Fact]
    public void Between_and_before_events_the_curve_is_read_as_steps()
    {
        var incidence = CumulativeIncidence.Estimate([new(1, 1), new(2, 2), new(3, 0), new(4, 1)], 1);
        Assert.Equal([0, 0.25, 0.25, 0.25, 0.75, 0.75], new[] { 0.5, 1, 1.5, 3.5, 4, 10 }.Select(t => incidence.At(t).Incidence));
        Assert.Throws<ArgumentException>(() => CumulativeIncidence.Estimate([new(1, -1)], 1));
    }

    private static IEnumerable<CompetingObservation> Cohort(ulong trial, int patients)
    {
        for (ulong i = 0; i < (ulong)patients; i++)
        {
            var stream = new RandomKey(trial, Purpose.Of("incidence"), i).Stream();
            double first = stream.Exponential(0.5), second = stream.Exponential(1), censored = stream.Exponential(0.7);
            var time = Math.Min(censored, Math.Min(first, second));
            yield return new(time, time == first ? 1 : time == second ? 2 : 0);
        }
    }
}

using Marrow.Networks.Diagnostics;
using Marrow.Tests.Clinical;
using Marrow.Tests.House;
using Marrow.Trials.Clinical;
using Marrow.Trials.Endpoints;

namespace Marrow.Tests.Endpoints;

public sealed class EndpointTests
{
    private static readonly PatientOutcome[] _outcomes = [.. Enumerable.Range(0, 400).Select(Simulated)];

    private static readonly PublishedTable _published = LoadPublished(Repository.PathOf("studies/eliana_published.csv"), new DiagnosticBag());

    private static readonly TrialSummary _summary = Summarize(_outcomes);

    [Fact]
    public void Every_endpoint_has_its_own_name_and_keeps_the_contract()
    {
        var infused = new TrialSample([.. _outcomes.Where(o => o.Infused)], ClinicalProtocol.ModelView);
        var nobody = new TrialSample([], ClinicalProtocol.ModelView);

        Assert.Distinct(EndpointList.All.Select(e => e.Id));
        Assert.All(EndpointList.All, e => Assert.True(e.Label.Length > 0 && e.Group.Length > 0));
        Assert.All(EndpointList.All, e => Assert.Equal(e.Kind is EndpointKind.Share or EndpointKind.Ratio, e.Unit.Length == 0));
        Assert.All(EndpointList.All, e => Assert.True(double.IsNaN(e.Measure(nobody)) && e.Count(nobody) == 0));
        Assert.All(EndpointList.All.Where(e => e.Kind == EndpointKind.Share), e => Assert.InRange(e.Measure(infused), 0, 1));
        Assert.All(EndpointList.All, e => Assert.InRange(e.Count(infused), 1, infused.Patients.Count));
    }

    [Fact]
    public void Shares_are_those_of_hand_counted_patients()
    {
        var sample = new TrialSample([.. _outcomes.Where(o => o.Infused)], ClinicalProtocol.ModelView);
        double Of(string id) => EndpointList.All.Single(e => e.Id == id).Measure(sample);

        var remission = sample.Patients.Where(p => p.Remission).ToArray();
        Assert.Equal(remission.Length / (double)sample.Patients.Count, Of("remission"), 12);
        Assert.Equal(remission.Count(p => p.RelapseDay is not null) / (double)remission.Length, Of("relapse"), 12);
        Assert.Equal(sample.Patients.Count(p => p.CytokineRelease!.Penn >= 3) / (double)sample.Patients.Count, Of("crs_severe"), 12);
        // Nobody is censored before the end, so that overall survival is a plain share.
        Assert.Equal(sample.Patients.Count(p => p.DeathDay is null || p.DeathDay > 12 * Calendar.DaysPerMonth) / (double)sample.Patients.Count, Of("os_12"), 12);
    }

    [Fact]
    public void The_published_table_names_known_endpoints_and_its_figures_stand_beside_the_simulated_ones()
    {
        var summary = _summary;

        foreach (var figure in _published.Figures.Where(f => f.Day is null))
        {
            var row = summary.Endpoints.Single(r => r.Id == figure.Endpoint);
            Assert.Equal((figure.Value, figure.Lower, figure.Upper, figure.N), (row.Published, row.PublishedLower, row.PublishedUpper, row.PublishedN));
        }

        var efs = summary.Survival.Single(s => s.Id == "efs");
        Assert.Equal([6, 12, 36], efs.Published.Select(p => p.Months));
        Assert.Single(summary.Kinetics.Single(k => k.Id == "car").Published);
    }

    [Fact]
    public void The_prediction_interval_of_a_share_is_that_of_a_binomial_of_the_trials_size()
    {
        var row = _summary.Endpoints.Single(r => r.Id == "remission");
        var p = row.Simulated!.Value;

        // Ninety percent of a binomial of 79: 1.645 standard deviations, to half a patient and the error of a 5 % quantile over 500 resamples (.35 sd).
        var sd = Math.Sqrt(p * (1 - p) / 79);
        Assert.InRange(row.Lower!.Value, p - (2.0 * sd) - (1 / 79.0), p - (1.3 * sd) + (1 / 79.0));
        Assert.InRange(row.Upper!.Value, p + (1.3 * sd) - (1 / 79.0), p + (2.0 * sd) + (1 / 79.0));
    }

    [Fact]
    public void The_same_outcomes_and_seed_give_the_same_summary()
    {
        var again = Summarize(_outcomes);

        Assert.Equal(_summary.Endpoints, again.Endpoints);
        Assert.Equal(_summary.Survival[0].BandLower, again.Survival[0].BandLower);
    }

    [Fact]
    public void Flow_counts_everybody_once()
    {
        var flow = _summary.Flow;

        Assert.Equal(_outcomes.Length + 3, flow.Enrolled);
        Assert.Equal(flow.Enrolled, flow.Infused + flow.Lost.Sum(l => l.Count) + flow.Failed);
    }

    [Fact]
    public void Competing_events_after_remission_add_up_to_those_who_had_one()
    {
        var summary = _summary;
        var events = summary.Incidence.Sum(i => i.Events);

        Assert.Equal(_outcomes.Count(o => o.Remission), summary.Incidence[0].N);
        Assert.Equal(_outcomes.Count(o => o.Remission && (o.RelapseDay ?? o.TransplantDay ?? o.DeathDay) is not null), events);
        Assert.InRange(summary.Incidence.Sum(i => i.Incidence[^1]), 0, 1);
    }

    [Fact]
    public void Curves_fall_and_stay_within_their_limits()
    {
        var summary = _summary;

        foreach (var curve in summary.Survival.Concat(summary.TrialViewSurvival))
        {
            Assert.Equal(curve.Survival.OrderDescending(), curve.Survival);
            Assert.All(curve.Survival.Select((s, i) => (s, i)), p => Assert.InRange(p.s, curve.Lower[p.i], Math.Max(p.s, curve.Upper[p.i])));
            Assert.Equal(curve.AtRisk.AtRisk.OrderDescending(), curve.AtRisk.AtRisk);
        }

        Assert.All(summary.Kinetics, k => Assert.All(Enumerable.Range(0, k.Days.Count), i =>
            Assert.True(k.Q05[i] <= k.Q25[i] && k.Q25[i] <= k.Q50[i] && k.Q50[i] <= k.Q75[i] && k.Q75[i] <= k.Q95[i])));
    }

    [Fact]
    public void A_study_in_which_nobody_is_infused_still_has_a_summary()
    {
        var summary = Summarize([.. _outcomes.Where(o => !o.Infused)]);

        Assert.Equal(0, summary.Flow.Infused);
        Assert.Equal(0, summary.Endpoints.Single(e => e.Id == "infused").Simulated);
        Assert.Null(summary.Endpoints.Single(e => e.Id == "remission").Simulated);
        Assert.Equal(["os_enrolment"], summary.Survival.Select(s => s.Id));
    }

    [Theory]
    [InlineData("remission,,0.8228", "remision,,0.8228", "MRW6009")]
    [InlineData("cut_2017", "cut_2016", "MRW6009")]
    [InlineData(",F,", ",Q,", "MRW6008")]
    [InlineData("0.8228,0.72,0.9", "0.8228,0.92,0.9", "MRW6006")]
    public void A_wrong_published_figure_is_reported(string right, string wrong, string code)
    {
        using var copy = new FolderCopy("studies");
        copy.Replace("eliana_published.csv", right, wrong);
        var bag = new DiagnosticBag();

        LoadPublished(Path.Combine(copy.Path, "eliana_published.csv"), bag);

        Assert.Contains(bag.Items, d => d.Code == code && d.Where.Line > 1);
    }

    private static PublishedTable LoadPublished(string path, DiagnosticBag bag) => PublishedTable.Load(path, ProtocolTests.Eliana, [], bag);

    private static TrialSummary Summarize(IReadOnlyList<PatientOutcome> outcomes) => TrialSummarizer.Summarize(
        outcomes, new SummaryInputs { Arm = "cells", Protocol = ProtocolTests.Eliana, Published = _published, Seed = Courses.Seed, Failed = 3 });

    /// <summary>One in ten never infused, one in five without remission, one in three relapsing, half of these CD19-negative; IL-6 and transgene vary.</summary>
    private static PatientOutcome Simulated(int id)
    {
        if (id % 10 == 0)
        {
            var lost = new CourseEvents { InfusionDay = null, Attrition = AttritionCause.ManufactureFailure, AttritionDay = 40 };
            return ClinicalLayer.Assess(Courses.Child(id), Courses.Of(lost, [0, 20, 40]), ProtocolTests.Eliana, Courses.Seed);
        }

        var day = id % 5 == 1 ? -10 : id % 3 == 0 ? 60 + id : 1e9;
        var course = Courses.Infused(
            (Readouts.BlastShare, d => d > day ? 0.7 : 0), (Readouts.BloodBlastsPerUl, d => d > day ? 2000 : 0), (Readouts.Burden, d => d > day ? 100 : 0),
            (Readouts.CloneCd19Neg, d => d > day && id % 2 == 0 ? 90 : 0), (Readouts.Il6EffectivePgMl, d => d is > 2 and < 9 ? Math.Pow(10, id % 7 * 0.7) : 3),
            (Readouts.CarCopies, d => d > 0 ? 500 * (1 + (id % 11)) * Math.Exp(-Math.Abs(d - 10) / 20) : 0),
            (Readouts.Anc, d => d is > 0 and < 14 ? 0.2 : 3), (Readouts.Cd19PerUl, d => d > 100 + (3 * id) ? 300 : 0));
        return ClinicalLayer.Assess(Courses.Child(id), course, ProtocolTests.Eliana, Courses.Seed);
    }
}

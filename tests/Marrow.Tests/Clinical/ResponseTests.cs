using Marrow.Trials.Clinical;

namespace Marrow.Tests.Clinical;

public sealed class ResponseTests
{
    [Fact]
    public void An_empty_marrow_with_recovered_counts_is_a_CR_at_the_first_marrow_and_lasts()
    {
        var outcome = Assess(Courses.Infused());

        Assert.Equal(Response.CR, outcome.BestResponse);
        Assert.InRange(outcome.RemissionDay!.Value, 25, 31);
        Assert.True(outcome.Remission);
        Assert.True(outcome.MrdNegative);
        Assert.Null(outcome.RelapseDay);
    }

    [Theory]
    [InlineData(0.8, 250)]
    [InlineData(3, 60)]
    public void Low_counts_make_it_a_CRi(double anc, double platelets)
    {
        var outcome = Assess(Courses.Infused((Readouts.Anc, _ => anc), (Readouts.Platelets, _ => platelets)));

        Assert.Equal(Response.CRi, outcome.BestResponse);
        Assert.True(outcome.Remission);
    }

    [Fact]
    public void A_CRi_becomes_a_CR_when_counts_recover_within_the_window()
    {
        var outcome = Assess(Courses.Infused((Readouts.Platelets, d => d < 60 ? 50 : 200)));

        Assert.Equal(Response.CR, outcome.BestResponse);
        Assert.InRange(outcome.RemissionDay!.Value, 25, 31);
    }

    [Fact]
    public void Platelets_do_not_count_within_a_week_of_a_transfusion()
    {
        var events = new CourseEvents { InfusionDay = 43, Doses = [.. Enumerable.Range(0, 40).Select(k => new GivenDose(2 * k, "platelet_transfusion", 20, "1e9/L", true))] };

        Assert.Equal(Response.CRi, Visit28(Courses.Of(events, Courses.Days)).Best);
        Assert.Equal(Response.CR, Visit28(Courses.Infused()).Best);
    }

    [Fact]
    public void Blasts_in_blood_or_swelling_prevent_a_remission()
    {
        Assert.Null(Visit28(Courses.Infused((Readouts.BloodBlastsPerUl, _ => 600))).RemissionDay);
        Assert.Null(Visit28(Courses.Infused((Readouts.TissueBurden, _ => 0.31 * 33))).RemissionDay);
        Assert.Equal(Response.CR, Visit28(Courses.Infused((Readouts.TissueBurden, _ => 0.29 * 33))).Best);
    }

    [Fact]
    public void Without_remission_patients_fail_at_the_last_marrow_or_leave_after_the_first()
    {
        var course = Courses.Infused((Readouts.BlastShare, _ => 0.6));
        var outcomes = Enumerable.Range(0, 300).Select(i => Assess(course, i)).Where(o => o.DeathDay is not <= 100).ToArray();
        var left = outcomes.Where(o => o.NewTherapyDay is not null).ToArray();
        var failed = outcomes.Where(o => o.NewTherapyDay is null).ToArray();

        Assert.InRange(left.Length / (double)outcomes.Length, 0.5 - (4 * 0.5 / Math.Sqrt(outcomes.Length)), 0.5 + (4 * 0.5 / Math.Sqrt(outcomes.Length)));
        Assert.All(left, o => Assert.Equal(Response.NotEvaluable, o.BestResponse));
        Assert.All(left, o => Assert.False(o.Views[0].Efs.Event));
        Assert.All(failed, o => Assert.Equal(Response.NoResponse, o.BestResponse));
        Assert.All(failed, o => Assert.True(o.Views[0].Efs.Event));
        Assert.All(failed, o => Assert.InRange(o.Views[0].Efs.Months * Calendar.DaysPerMonth, 84, 99));
        Assert.All(outcomes, o => Assert.False(o.Remission));
    }

    [Fact]
    public void A_relapse_is_reported_at_the_visit_that_shows_it_with_its_type()
    {
        // Marrow and blood fill on day 200; counts taken at home every 30 days show it on day 210 at the latest.
        var positive = Assess(Courses.Infused(Relapsing(200)));
        var negative = Assess(Courses.Infused([.. Relapsing(200), (Readouts.CloneCd19Neg, d => d > 200 ? 60 : 0)]));

        Assert.InRange(positive.RelapseDay!.Value, 200, 210);
        Assert.Equal(RelapseType.Cd19Positive, positive.RelapseType);
        Assert.Equal(RelapseType.Cd19Negative, negative.RelapseType);
        Assert.Equal(positive.RelapseDay, negative.RelapseDay);
    }

    [Fact]
    public void A_marrow_relapse_without_suspicion_waits_for_the_next_planned_marrow()
    {
        var outcome = Assess(Courses.Infused((Readouts.BlastShare, d => d > 100 ? 0.4 : 0), (Readouts.Burden, _ => 100)));

        Assert.InRange(outcome.RelapseDay!.Value, 168, 197);
    }

    [Fact]
    public void Remission_must_be_kept_for_four_weeks()
    {
        // Counts taken at home on day 30 show what begins on day 29.
        var outcome = Enumerable.Range(0, 50).Select(i => Assess(Courses.Infused(Relapsing(29)), i)).First(o => o.RemissionDay is <= 29);

        Assert.Equal(30, outcome.RelapseDay);
        Assert.False(outcome.Remission);
        Assert.Equal(Response.CR, outcome.BestResponse);
        Assert.True(outcome.Views[0].Efs.Event);
        Assert.Null(outcome.Views[0].Rfs);
    }

    [Fact]
    public void Transplants_in_remission_have_the_trials_share_and_timing()
    {
        var course = Courses.Infused();
        var outcomes = Enumerable.Range(0, 1000).Select(i => Assess(course, i)).Where(o => o.Remission).ToArray();
        var transplanted = outcomes.Where(o => o.TransplantDay is not null).ToArray();

        var share = 8.0 / 65;
        Assert.InRange(transplanted.Length / (double)outcomes.Length, share - (4 * Math.Sqrt(share / outcomes.Length)), share + (4 * Math.Sqrt(share / outcomes.Length)));
        Assert.All(transplanted, o => Assert.True(o.TransplantDay > o.RemissionDay));
        Assert.All(transplanted, o => Assert.False(o.Views[0].Efs.Event));
        Assert.All(transplanted, o => Assert.Equal(o.TransplantDay!.Value / Calendar.DaysPerMonth, o.Views[0].Efs.Months, 9));
    }

    private static (string, Func<double, double>)[] Relapsing(double day) =>
    [
        (Readouts.BlastShare, d => d > day ? 0.6 : 0), (Readouts.BloodBlastsPerUl, d => d > day ? 3000 : 0), (Readouts.Burden, d => d > day ? 100 : 0),
    ];

    private static PatientOutcome Assess(Course course, int id = 0) => ClinicalLayer.Assess(Courses.Child(id, frailty: 1e-9), course, ProtocolTests.Eliana, Courses.Seed);

    private static ResponseAssessment Visit28(Course course) => ResponseAssessment.Assess(Courses.Subject(course), [new Visit(7, 28, 28, Marrow: true, AtHome: false)]);
}

using Marrow.Trials.Clinical;

namespace Marrow.Tests.Clinical;

public sealed class SurvivalViewTests
{
    private static readonly SurvivalViews.Milestones _remission = new()
    {
        End = Courses.End,
        Death = null,
        Remission = 30,
        Kept = true,
        Relapse = null,
        Transplant = null,
        Failure = null,
        NewTherapy = null,
        AplasiaEnd = null,
    };

    [Fact]
    public void Without_events_everything_is_censored_at_the_end()
    {
        var view = Model(_remission);

        Assert.Equal(new TimeToEvent(36, false), view.Os);
        Assert.Equal(new TimeToEvent(36, false), view.Efs);
        Assert.Equal(Months(Courses.End - 30, false), view.Rfs);
    }

    [Fact]
    public void A_relapse_ends_event_free_and_relapse_free_survival_but_not_overall_survival()
    {
        var view = Model(_remission with { Relapse = 200, Death = 500, End = 500 });

        Assert.Equal(Months(500, true), view.Os);
        Assert.Equal(Months(200, true), view.Efs);
        Assert.Equal(Months(170, true), view.Rfs);
        Assert.Equal(Months(170, true), view.RfsUncensored);
    }

    [Fact]
    public void A_transplant_censors_event_free_and_one_of_the_relapse_free_survivals()
    {
        var view = Model(_remission with { Transplant = 90, Relapse = 300, Death = 600, End = 600 });

        Assert.Equal(Months(90, false), view.Efs);
        Assert.Equal(Months(60, false), view.Rfs);
        Assert.Equal(Months(270, true), view.RfsUncensored);
        Assert.Equal(Months(600, true), view.Os);
    }

    [Fact]
    public void Treatment_failure_is_an_event_and_leaving_before_judgement_is_censored()
    {
        var none = _remission with { Remission = null, Kept = false, Failure = 90 };

        Assert.Equal(Months(90, true), Model(none).Efs);
        Assert.Equal(Months(28, false), Model(none with { NewTherapy = 28 }).Efs);
        Assert.Null(Model(none).Rfs);
    }

    [Fact]
    public void Death_before_any_marrow_is_an_event()
    {
        var view = Model(_remission with { Remission = null, Kept = false, Death = 12, End = 12 });

        Assert.Equal(Months(12, true), view.Efs);
        Assert.Equal(Months(12, true), view.Os);
    }

    [Fact]
    public void Aplasia_ends_with_B_cells_and_is_censored_at_relapse()
    {
        Assert.Equal(Months(250, true), Model(_remission with { AplasiaEnd = 250 }).Aplasia);
        Assert.Equal(Months(200, false), Model(_remission with { AplasiaEnd = 250, Relapse = 200 }).Aplasia);
    }

    /// <summary>Infusion at 30.5 months x Beta(1.2, 1.9): 73-75 of 79 by April 2017, all by the later cuts, and a median of 24 months to April 2018.</summary>
    [Fact]
    public void Data_cuts_follow_the_accrual_of_the_trial()
    {
        const int patients = 4000;
        var course = Courses.Infused();
        var subjects = Enumerable.Range(0, patients).Select(i => SurvivalViews.Of(Courses.Subject(course, i), _remission)).ToArray();
        var early = subjects.Count(v => v.Any(s => s.View == "cut_2017")) / (double)patients;
        var followed = subjects.Select(v => v.Single(s => s.View == "cut_2018").Os.Months).Order().ToArray();

        Assert.InRange(early, 0.915, 0.955);
        Assert.All(subjects, v => Assert.Equal(["cut_2018", "cut_2019"], v.Select(s => s.View).TakeLast(2)));
        Assert.InRange(followed[patients / 2], 23, 25);
        Assert.InRange(followed[^1], 33, 35.4);
    }

    [Fact]
    public void A_data_cut_never_shows_more_than_the_model()
    {
        var milestones = _remission with { Relapse = 200, Death = 900, End = 900 };
        var course = Courses.Infused();
        for (var i = 0; i < 200; i++)
        {
            var views = SurvivalViews.Of(Courses.Subject(course, i), milestones);
            Assert.All(views, v => Assert.True(v.Os.Months <= views[0].Os.Months && v.Efs.Months <= views[0].Efs.Months && v.Efs.Months <= v.Os.Months));
        }
    }

    private static SurvivalView Model(SurvivalViews.Milestones milestones) => SurvivalViews.Of(Courses.Subject(Courses.Infused()), milestones)[0];

    private static TimeToEvent Months(double days, bool happened) => new(days / Calendar.DaysPerMonth, happened);
}

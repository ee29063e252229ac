using Marrow.Trials.Clinical;

namespace Marrow.Tests.Clinical;

public sealed class SalvageTests
{
    private const int Patients = 8000;
    private static readonly Course _remission = Courses.Infused();

    private const double Horizon = 61 * Calendar.DaysPerMonth;

    /// <summary>Survival after the start of salvage, as the science of the layer states it from 8,000 draws of its own: both have the binomial error,
    /// hence four times its root of two, and the statement is rounded to half a point. A median is checked as survival of a half at its time.</summary>
    [Theory]
    [InlineData(10, 3, 15.0, 0.5)]
    [InlineData(10, 3, 24, 0.41)]
    [InlineData(10, 1, 60, 0.36)]
    [InlineData(35, 1, 5.4, 0.5)]
    [InlineData(35, 1, 24, 0.13)]
    [InlineData(35, 1, 60, 0.07)]
    [InlineData(35, 2, 4.2, 0.5)]
    [InlineData(35, 2, 12, 0.22)]
    public void Survival_after_relapse_is_that_of_the_stated_check(double age, int line, double months, double expected)
    {
        var alive = Enumerable.Range(0, Patients).Count(i => !(Course(i, age, line).DeathDay <= months * Calendar.DaysPerMonth));

        AssertShare(expected, alive);
    }

    /// <summary>Standard treatment of TOWER: 49, 32 and 19 % in salvage 1, 2 and 3; stated median 4.7 months.</summary>
    [Fact]
    public void Adults_in_mixed_lines_have_the_stated_median()
    {
        var alive = Enumerable.Range(0, Patients).Count(i =>
            !(Course(i, 35, i % 100 < 49 ? 1 : i % 100 < 81 ? 2 : 3).DeathDay <= 4.7 * Calendar.DaysPerMonth));

        AssertShare(0.5, alive);
    }

    [Fact]
    public void Frailty_lowers_remission_by_its_slope_and_new_drugs_raise_it()
    {
        var rules = ProtocolTests.Eliana.Salvage;

        Assert.Equal(0.42, rules.Response(1, 1, false, 1), 12);
        Assert.Equal(0.60, rules.Response(1, 1, true, 1), 12);
        Assert.Equal(0.65, rules.Response(1, 0, true, 1), 12);
        Assert.Equal((0.65 + 0.42) / 2, rules.Response(1, 0.5, false, 1), 12);
        Assert.Equal(Logit(0.24) - (0.8 * Math.Log(2)), Logit(rules.Response(2, 1, false, 2)), 9);
        Assert.Equal(rules.Response(5, 1, false, 1), rules.Response(9, 1, false, 1));
    }

    [Fact]
    public void A_course_is_in_order_and_ends_once()
    {
        for (var i = 0; i < 500; i++)
        {
            var course = Course(i, 10, 2);
            Assert.Equal(0, course.LineDays[0]);
            Assert.Equal(course.LineDays.Order(), course.LineDays);
            Assert.True(course.RemissionDays.Count <= course.LineDays.Count);
            Assert.Equal(course.DeathDay is null, course.Cause is null);
            Assert.False(course.DeathDay > Horizon);
            Assert.False(course.PalliationDay > course.DeathDay);
            Assert.All(course.Grafts, g => Assert.False(g.AcuteDay > (g.DeathDay ?? double.PositiveInfinity)));
        }
    }

    [Fact]
    public void The_same_patient_has_the_same_course_whenever_it_begins()
    {
        var early = SalvageRenewal.From(Subject(7, 10), 0, 1, Horizon);
        var late = SalvageRenewal.From(Subject(7, 10), 100, 1, Horizon + 100);

        Assert.Equal(early.DeathDay + 100, late.DeathDay);
        Assert.Equal(early.Cause, late.Cause);
    }

    /// <summary>A share of 8,000 in the whole population of transplants: death and relapse are those of the table although graft-versus-host disease divides them.</summary>
    [Fact]
    public void Graft_versus_host_disease_divides_death_and_relapse_without_moving_them()
    {
        var rules = ProtocolTests.Eliana.Graft;
        var grafts = Enumerable.Range(0, Patients).Select(i =>
        {
            var stream = Subject(i, 10).Random("graft test");
            return rules.Draw(ref stream, 0, 0);
        }).ToArray();
        double Share(Func<GraftCourse, bool> has) => grafts.Count(has) / (double)Patients;

        Assert.InRange(Share(g => g.DeathDay is not null), 0.15 - Error(0.15), 0.15 + Error(0.15));
        Assert.InRange(Share(g => g.RelapseDay is not null), 0.35 - Error(0.35), 0.35 + Error(0.35));
        // Disease shows in nearly all who have it: only those who die or relapse before its onset do not.
        Assert.InRange(Share(g => g.AcuteGrade > 0), 0.40 * 0.85, 0.40 + Error(0.40));
        Assert.InRange(grafts.Where(g => g.AcuteDay is not null).Average(g => g.AcuteDay!.Value), 33, 37);
        var withDisease = GraftRules.Risk(0.35, rules.Disease(0), 0.6, present: true);
        var without = GraftRules.Risk(0.35, rules.Disease(0), 0.6, present: false);
        Assert.Equal(0.6, Math.Log(1 - withDisease) / Math.Log(1 - without), 9);
        Assert.Equal(0.35, (rules.Disease(0) * withDisease) + ((1 - rules.Disease(0)) * without), 9);
    }

    [Fact]
    public void Alloreactive_cells_and_immunosuppression_scale_the_hazard()
    {
        var rules = ProtocolTests.Eliana.Graft;

        Assert.Equal(0.5, rules.Alloreactivity(0.01, 0), 12);
        Assert.Equal(0, rules.Alloreactivity(0.01, 1), 12);
        Assert.Equal(0, rules.Alloreactivity(0, 0));
    }

    /// <summary>Relapse at day 300: the patient lives on in salvage, while the course's untreated leukaemia would have killed nearly all.</summary>
    [Fact]
    public void Survival_after_relapse_is_that_of_salvage_and_not_of_untreated_leukaemia()
    {
        var course = Courses.Infused((Readouts.BlastShare, d => d > 300 ? 0.9 : 0), (Readouts.BloodBlastsPerUl, d => d > 300 ? 5000 : 0), (Readouts.Burden, d => d > 300 ? 900 : 0));
        var outcomes = Enumerable.Range(0, 1000).Select(i => ClinicalLayer.Assess(
            Courses.Child(i, ProtocolTests.Eliana.Frailty(Courses.Seed, i)), course, ProtocolTests.Eliana, Courses.Seed)).ToArray();
        var relapsed = outcomes.Where(o => o.RelapseDay is not null && o.Graft is null).ToArray();

        Assert.All(relapsed, o => Assert.Equal(o.RelapseDay, o.Salvage!.StartDay));
        Assert.All(relapsed, o => Assert.Equal(3, o.Salvage!.FirstLine));
        var alive = relapsed.Count(o => !(o.OsFromRelapse!.Value is { Event: true, Months: <= 24 }));
        Assert.InRange(alive / (double)relapsed.Length, 0.41 - 0.07, 0.41 + 0.07);
        Assert.Contains(relapsed, o => o.DeathCause == DeathCause.Treatment);
        Assert.Contains(relapsed, o => o.DeathCause == DeathCause.Transplant);
    }

    [Fact]
    public void A_transplant_in_remission_takes_the_patient_off_the_course()
    {
        var course = Courses.Infused((Readouts.BlastShare, d => d > 500 ? 0.9 : 0), (Readouts.BloodBlastsPerUl, d => d > 500 ? 5000 : 0), (Readouts.Burden, d => d > 500 ? 900 : 0));
        var grafted = Enumerable.Range(0, 1500).Select(i => ClinicalLayer.Assess(Courses.Child(i), course, ProtocolTests.Eliana, Courses.Seed))
            .Where(o => o.Graft is not null && o.DeathCause != DeathCause.Background).ToArray();

        Assert.All(grafted, o => Assert.Equal(o.Graft!.RelapseDay <= o.LastDay ? o.Graft.RelapseDay : null, o.RelapseDay));
        // Half are cured: of 150-250 patients, four standard errors are .15.
        Assert.InRange(grafted.Count(o => o.Graft!.RelapseDay is null && o.Graft.DeathDay is null) / (double)grafted.Length, 0.35, 0.65);
    }

    private static SalvageCourse Course(int id, double age, int line) => SalvageRenewal.From(Subject(id, age), 0, line, Horizon);

    private static Subject Subject(int id, double age)
    {
        var patient = Courses.Child(id, ProtocolTests.Eliana.Frailty(Courses.Seed, id)) with { AgeYears = age };
        return new Subject(patient, _remission, ProtocolTests.Eliana, Courses.Seed);
    }

    private static void AssertShare(double expected, int alive)
    {
        var tolerance = (Math.Sqrt(2) * Error(expected)) + 0.005;
        Assert.InRange(alive / (double)Patients, expected - tolerance, expected + tolerance);
    }

    private static double Error(double share) => 4 * Math.Sqrt(share * (1 - share) / Patients);

    private static double Logit(double p) => Math.Log(p / (1 - p));
}

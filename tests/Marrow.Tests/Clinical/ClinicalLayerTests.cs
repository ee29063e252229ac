using FsCheck;
using FsCheck.Fluent;
using Marrow.Trials.Clinical;

namespace Marrow.Tests.Clinical;

public sealed class ClinicalLayerTests
{
    [Fact]
    public void The_same_course_gives_the_same_outcome_and_another_seed_another()
    {
        var course = Courses.Infused((Readouts.CarCopies, d => 20000 * Math.Exp(-Math.Abs(d - 10) / 5)));

        var first = Assess(course).Car!;
        var again = Assess(course).Car!;
        var other = ClinicalLayer.Assess(Courses.Child(), course, ProtocolTests.Eliana, Courses.Seed + 1).Car!;

        Assert.Equal(first, again);
        Assert.NotEqual(first.Cmax, other.Cmax);
    }

    [Fact]
    public void Exposure_to_CAR_T_cells_is_that_of_the_visits()
    {
        var outcome = Assess(Courses.Infused((Readouts.CarCopies, d => d is > 0 and < 200 ? 1e4 : 0)));
        var car = outcome.Car!;

        // Highest of eleven readings of 1e4 with a log-sd of .5, at a visit; area within 4 sd of its eight readings.
        Assert.InRange(car.Cmax!.Value, 1e4, 1e5);
        Assert.InRange(car.Auc28!.Value, 28e4 / 3, 28e4 * 3);
        Assert.InRange(car.LastQuantifiableDay!.Value, 168, 197);
        Assert.False(car.PersistenceCensored);
    }

    [Fact]
    public void Transgene_that_never_shows_has_no_peak()
    {
        var car = Assess(Courses.Infused()).Car!;

        Assert.Null(car.Cmax);
        Assert.Null(car.LastQuantifiableDay);
        Assert.Equal(0, car.Auc28);
    }

    [Fact]
    public void Aplasia_ends_at_the_first_of_two_visits_with_B_cells()
    {
        var back = Assess(Courses.Infused((Readouts.Cd19PerUl, d => d > 250 ? 300 : 0)));
        var once = Assess(Courses.Infused((Readouts.Cd19PerUl, d => d is > 230 and < 320 ? 300 : 0)));

        Assert.Equal(1, back.AplasiaStartDay);
        Assert.InRange(back.AplasiaEndDay!.Value, 259, 289);
        Assert.Null(once.AplasiaEndDay);
    }

    [Fact]
    public void Neutrophils_recover_when_they_stay_above_the_limit()
    {
        Assert.Equal(15, Assess(Courses.Infused((Readouts.Anc, d => d is > 2 and < 10 or > 11 and < 15 ? 0.2 : 2))).AncRecoveryDay);
        Assert.Equal(0, Assess(Courses.Infused()).AncRecoveryDay);
        Assert.Null(Assess(Courses.Infused((Readouts.Anc, _ => 0.2))).AncRecoveryDay);
    }

    [Fact]
    public void Death_by_cytokine_release_takes_its_share_and_is_grade_five()
    {
        var course = Courses.Infused((Readouts.Il6EffectivePgMl, d => d is > 2 and < 12 ? 2e4 : 3));
        var outcomes = Enumerable.Range(0, 1500).Select(i => Assess(course, i)).ToArray();
        var dead = outcomes.Where(o => o.DeathCause == DeathCause.CytokineRelease).ToArray();

        Assert.InRange(dead.Length / 1500.0, 0.04 - (4 * Math.Sqrt(0.04 / 1500)), 0.04 + (4 * Math.Sqrt(0.04 / 1500)));
        Assert.All(dead, o => Assert.Equal(5, o.CytokineRelease!.Penn));
        Assert.All(dead, o => Assert.InRange(o.DeathDay!.Value, 7, 23));
        Assert.All(outcomes.Where(o => o.DeathDay is null or > 30), o => Assert.Equal(4, o.CytokineRelease!.Penn));
    }

    [Fact]
    public void Patients_who_died_before_infusion_count_from_enrolment_only()
    {
        var events = new CourseEvents { InfusionDay = null, Attrition = AttritionCause.Death, AttritionDay = 20 };

        var outcome = Assess(Courses.Of(events, [0, 10, 20]));

        Assert.False(outcome.Infused);
        Assert.Equal(new TimeToEvent(20 / Calendar.DaysPerMonth, true), outcome.OsFromEnrolment);
        Assert.Empty(outcome.Views);
    }

    [Fact]
    public void Patients_without_a_product_are_treated_otherwise()
    {
        var events = new CourseEvents { InfusionDay = null, Attrition = AttritionCause.ManufactureFailure, AttritionDay = 40 };
        var course = Courses.Of(events, [.. Enumerable.Range(0, 200).Select(k => 7.0 * k)], (Readouts.BlastShare, _ => 0.8));

        var outcomes = Enumerable.Range(0, 500).Select(i => Assess(course, i)).ToArray();

        Assert.All(outcomes, o => Assert.Equal(40, o.Salvage!.StartDay));
        Assert.All(outcomes, o => Assert.False(o.DeathDay < 40));
        // Some are cured by a transplant, which the untreated leukaemia of the course would not allow: its hazard kills all but one in three hundred.
        Assert.InRange(outcomes.Count(o => o.DeathDay is null), 50, 350);
    }

    [Fact]
    public void Curves_end_where_other_treatment_begins_or_with_the_patient()
    {
        var outcomes = Enumerable.Range(0, 200).Select(i => Assess(Courses.Infused((Readouts.BlastShare, _ => 0.9)), i)).ToArray();
        var treated = outcomes.First(o => o.Salvage is not null);
        var dead = outcomes.First(o => o.Salvage is null && o.DeathDay is not null);

        AssertCurvesEnd(treated, treated.Salvage!.StartDay);
        AssertCurvesEnd(dead, dead.LastDay);
    }

    [Fact]
    public void A_course_without_a_readout_is_refused_by_name()
    {
        var course = new Course(["BlastShare"], [0, 1], [0, 0], new CourseEvents { InfusionDay = 40 });

        Assert.Contains("Burden", Assert.Throws<ArgumentException>(() => Assess(course)).Message, StringComparison.Ordinal);
    }

    /// <summary>Whatever the course: times are not negative, events are in order, and no curve outlasts observation.</summary>
    [Fact]
    public void Outcomes_of_arbitrary_courses_are_consistent()
    {
        var numbers = Gen.Choose(0, 1000).Select(k => k / 1000.0).ArrayOf(8);
        Prop.ForAll(numbers.ToArbitrary(), x =>
        {
            var course = Courses.Infused(
                (Readouts.BlastShare, d => d > 30 + (900 * x[0]) ? x[1] : x[1] * x[2] * 0.2), (Readouts.Burden, _ => 100), (Readouts.CloneCd19Neg, _ => 100 * x[3]),
                (Readouts.Anc, _ => 2 * x[4]), (Readouts.Il6EffectivePgMl, d => d < 12 ? Math.Pow(10, 5 * x[5]) : 3), (Readouts.Platelets, _ => 300 * x[6]),
                (Readouts.CarCopies, _ => Math.Pow(10, 6 * x[7])));
            var o = Assess(course, (int)(1000 * x[0]));
            var view = o.Views[0];
            return view.Efs.Months >= 0 && view.Efs.Months <= view.Os.Months
                && (view.Rfs is null) == !o.Remission
                && (o.RelapseDay is null || (o.RelapseDay > o.RemissionDay && o.RelapseDay <= o.LastDay && o.RelapseType is not null))
                && (o.TransplantDay is null || (o.TransplantDay > o.RemissionDay && !(o.RelapseDay <= o.TransplantDay)))
                && (!o.Remission || o.BestResponse is Response.CR or Response.CRi)
                && (o.DeathDay is null) == (o.DeathCause is null) && o.LastDay <= Courses.End
                && o.CytokineRelease!.Penn is >= 0 and <= 5 && !(o.CytokineRelease.DurationDays < 0);
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(100));
    }

    private static void AssertCurvesEnd(PatientOutcome outcome, double day)
    {
        var grid = ProtocolTests.Eliana.GridDays;
        var series = ProtocolTests.Eliana.Series;
        Assert.Equal(series.Count, outcome.Kinetics.Count);
        // What the course lacks has no curve at all.
        Assert.All(outcome.Kinetics.Zip(series), c => Assert.All(c.First.Select((v, i) => (v, i)),
            p => Assert.Equal(grid[p.i] > day || !Readouts.All.Contains(c.Second.Readout), double.IsNaN(p.v))));
    }

    private static PatientOutcome Assess(Course course, int id = 0) => ClinicalLayer.Assess(Courses.Child(id), course, ProtocolTests.Eliana, Courses.Seed);
}

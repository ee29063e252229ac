using FsCheck;
using FsCheck.Fluent;
using Marrow.Tests.Clinical;
using Marrow.Tests.Studies;
using Marrow.Trials.Patients;
using Marrow.Trials.Regimens;

namespace Marrow.Tests.Regimens;

[Collection(ElianaGroup.Name)]
public sealed class TreatmentCourseTests(ElianaStudy eliana)
{
    private readonly double[] _states = new double[eliana.Prepared.Model.States.Count];
    private readonly double[] _parameters = eliana.Prepared.Model.DefaultParameters();

    private TreatmentPlan Plan => eliana.Prepared.Arms[0].Plan;

    private int Parameter(string name) => eliana.Prepared.Model.Parameters.ToList().IndexOf(name);

    private static Dictionary<string, double> Values(double weight = 35, double surface = 1.2, double gfr = 110) => new(StringComparer.Ordinal)
    {
        ["WeightKg"] = weight,
        ["BsaM2"] = surface,
        ["EgfrMlMin"] = gfr,
        ["TCellFactor"] = .42,
        ["PriorLines"] = 3,
        ["size"] = .5,
        ["ProductQuality"] = 1,
    };

    /// <summary>A patient that gets every part of the plan whose share is below 1.</summary>
    private TreatmentCourse Course(Dictionary<string, double> values)
    {
        for (var patient = 0; ; patient++)
        {
            var course = new TreatmentCourse(Plan, new PatientRandom(1, patient), values);
            course.Plan(-40, _parameters);
            if (course.Given.Any(d => d.Drug == "fludarabine") == (values["EgfrMlMin"] >= 30) && course.NextAction == -40) return course;
        }
    }

    private List<(double Time, double Rate)> Follow(TreatmentCourse course, string parameter)
    {
        var changes = new List<(double, double)>();
        var index = Parameter(parameter);
        while (course.NextAction < double.PositiveInfinity)
        {
            var (time, before) = (course.NextAction, _parameters[index]);
            course.Apply(time, _states, _parameters);
            if (_parameters[index] != before) changes.Add((time, _parameters[index]));
        }
        return changes;
    }

    [Fact]
    public void Fludarabine_is_infused_at_the_planned_times_and_rates()
    {
        var changes = Follow(Course(Values()), "RateFludarabine");
        Assert.Equal(8, changes.Count);
        for (var i = 0; i < 4; i++)
        {
            Assert.Equal(-6 + i, changes[2 * i].Time);
            Assert.Equal(.5 / 24, changes[(2 * i) + 1].Time - changes[2 * i].Time, 6);
            Assert.Equal(30 * 1.2 * .781, changes[2 * i].Rate * (changes[(2 * i) + 1].Time - changes[2 * i].Time), 10);
            Assert.Equal(0, changes[(2 * i) + 1].Rate);
        }
    }

    [Fact]
    public void Bridging_is_on_from_enrolment_to_lymphodepletion() =>
        Assert.Equal([(-40, 1), (-6, 0)], Follow(Course(Values()), "BridgingOn"));

    [Theory]
    [InlineData(80, 1)]
    [InlineData(79.9, .8)]
    [InlineData(49.9, .6)]
    [InlineData(29.9, 0)]
    public void Fludarabine_is_reduced_by_kidney_function(double gfr, double share)
    {
        var given = Course(Values(gfr: gfr)).Given.Where(d => d.Drug == "fludarabine").ToArray();
        Assert.Equal(share == 0 ? 0 : 4, given.Length);
        Assert.All(given, d => Assert.Equal(36 * share, d.Amount, 10));
    }

    [Theory]
    [InlineData(50, .2e6 * 50, 5.4e6 * 50, 3.02e6 * 50)]
    [InlineData(50.1, .1e8, 2.5e8, 1.7e8)]
    public void Cells_are_dosed_by_weight_band(double weight, double least, double most, double median)
    {
        var dose = Plan.Doses.Single(d => d.Planned.Dose.Drug.Drug == "tisagenlecleucel").Dose;
        var drawn = Enumerable.Range(0, 1000).Select(i => dose.Prescribed(new PatientRandom(1, i), Values(weight))).Order().ToArray();
        Assert.True(drawn[0] >= least * (1 - 1e-12) && drawn[^1] <= most * (1 + 1e-12));
        // Four standard errors of the median of log10 N(., .25): 1.2533 x .25 x 4/sqrt(1000) = .04, a factor of 1.096.
        Assert.InRange(drawn[500], median / 1.1, median * 1.1);
        var parameters = eliana.Prepared.Model.DefaultParameters();
        Assert.Equal(1e8 * 1e-9 * parameters[Parameter("eng")], dose.InModel(1e8, Values(weight), parameters), 15);
    }

    [Theory]
    [InlineData(20, 240)]
    [InlineData(29.9, 358.8)]
    [InlineData(30, 240)]
    [InlineData(110, 800)]
    public void Tocilizumab_is_given_three_times_at_most_with_a_steroid_from_the_second_on(double weight, double amount)
    {
        var course = Course(Values(weight));
        Follow(course, "RateTocilizumab");
        Look(course, above: true, from: 1, to: 4);
        var toci = course.Given.Where(d => d.Drug == "tocilizumab").ToArray();
        Assert.Equal([1, 1.5, 2], toci.Select(d => d.Day));
        Assert.All(toci, d => Assert.Equal(amount, d.Amount, 9));
        Assert.All(toci, d => Assert.True(d.ByRule));
        var steroid = course.Given.Where(d => d.Drug == "methylprednisolone").ToArray();
        Assert.Equal(13, steroid.Length);
        Assert.Equal(1.5 + (1.0 / 24), steroid[0].Day, 6);
        Assert.Equal(2 * weight, steroid[0].Amount, 9);
        Assert.Equal(weight / 8, steroid[^1].Amount, 9);
    }

    [Fact]
    public void Nothing_is_given_below_the_threshold_and_nothing_after_a_loss()
    {
        var course = Course(Values());
        Look(course, above: false, from: 0, to: 10);
        Assert.DoesNotContain(course.Given, d => d.ByRule);
        var lost = Course(Values());
        lost.Cancel(-10);
        Assert.Empty(lost.Given);
        Assert.True(double.IsPositiveInfinity(lost.NextLook));
    }

    [Fact]
    public void Infusions_that_overlap_add_up_and_end_at_exactly_nothing()
    {
        var timeline = new TreatmentTimeline();
        timeline.AddInfusion(0, 1, 0, .1);
        timeline.AddInfusion(.5, 1, 0, .2);
        double[] parameters = [0];
        var seen = new List<double>();
        while (timeline.Next < double.PositiveInfinity)
        {
            timeline.Apply(timeline.Next, [], parameters);
            seen.Add(parameters[0]);
        }
        Assert.Equal([.1, .1 + .2, .2, 0], seen);
    }

    // Amounts are rate x duration between snapped times, so the sum is exact to rounding of each product.
    [Fact]
    public void What_is_infused_is_what_was_ordered() =>
        Prop.ForAll<NonEmptyArray<(byte Start, byte Hours, byte Amount)>>(orders => Delivers(orders.Get)).QuickCheckThrowOnFailure();

    private static bool Delivers((byte Start, byte Hours, byte Amount)[] orders)
    {
        var timeline = new TreatmentTimeline();
        foreach (var (start, hours, amount) in orders) timeline.AddInfusion(start / 16.0, (hours + 1) / 24.0, 0, amount);
        double[] parameters = [0];
        var (given, before) = (0.0, 0.0);
        while (timeline.Next < double.PositiveInfinity)
        {
            var now = timeline.Next;
            given += parameters[0] * (now - before);
            timeline.Apply(now, [], parameters);
            before = now;
        }
        var ordered = orders.Sum(o => (double)o.Amount);
        return parameters[0] == 0 && Math.Abs(given - ordered) <= 1e-12 * orders.Length * (ordered + 1);
    }

    private void Look(TreatmentCourse course, bool above, double from, double to)
    {
        var signals = new double[eliana.Prepared.Model.Observables.Count];
        Array.Fill(signals, 1e3);
        while (course.NextLook <= to)
            course.Look(new Sight(course.NextLook, signals, above && course.NextLook >= from ? 4 : 3, ProtocolTests.Eliana), _parameters);
    }
}

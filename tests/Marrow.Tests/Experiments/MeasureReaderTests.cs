using Marrow.Trials.Clinical;
using Marrow.Trials.Experiments;

namespace Marrow.Tests.Experiments;

/// <summary>What is read off a course that was made by hand: days -1 to 6, values 8, 4, 2, 1, 2, 6, 6, 3.</summary>
public sealed class MeasureReaderTests
{
    private static readonly double[] Times = [-1, 0, 1, 2, 3, 4, 5, 6];
    private static readonly double[] Values = [8, 4, 2, 1, 2, 6, 6, 3];

    private static readonly CohortCourse Course = new(
        7, new Dictionary<string, double> { ["AgeYears"] = 12 }, new Course(["x"], Times, Values, new CourseEvents { InfusionDay = 1 }), 0, null, null);

    private static Measured Read(MeasureReading reading, double threshold = 0, double threshold2 = 0, double day = 0, double until = 0, double floor = double.NegativeInfinity) =>
        MeasureReader.Read(new Measure { Formula = "x", Reading = reading, Threshold = threshold, Threshold2 = threshold2, Day = day, Until = until, Floor = floor }, Course, f => f);

    [Fact]
    public void Numbers_are_read_on_days_and_over_windows()
    {
        Assert.Equal(8, Read(MeasureReading.Start).Value);
        Assert.Equal(1.5, Read(MeasureReading.Value, day: 1.5).Value);
        Assert.Equal(1, Read(MeasureReading.Min, day: 0, until: 6).Value);
        Assert.Equal(6, Read(MeasureReading.Max, day: 0, until: 6).Value);
        Assert.Equal(8, Read(MeasureReading.Max, day: -1, until: 6).Value);
        Assert.Equal(3 + 1.5 + 1.5, Read(MeasureReading.Auc, day: 0, until: 3).Value, 1e-12);
        Assert.Equal(2, Read(MeasureReading.Mean, day: 0, until: 3).Value, 1e-12);
        Assert.Equal(Math.Log10(4), Read(MeasureReading.FallLog10, day: 2).Value, 1e-14);
        Assert.Equal(Math.Log10(2), Read(MeasureReading.FallLog10, day: 2, floor: 2).Value, 1e-14);
        Assert.Equal(.25, Read(MeasureReading.Fold, day: 2).Value);
        Assert.Equal(1.5, Read(MeasureReading.MaxFold, day: 0, until: 6).Value);
        Assert.Equal(.5, Read(MeasureReading.Ratio, day: 6, until: 4).Value);
    }

    [Fact]
    public void Flags_say_whether_a_limit_was_passed()
    {
        Assert.Equal(1, Read(MeasureReading.Below, 1.5, day: 2).Value);
        Assert.Equal(0, Read(MeasureReading.Above, 1.5, day: 2).Value);
        Assert.Equal(0, Read(MeasureReading.EverBelow, 1, day: 0, until: 6).Value);
        Assert.Equal(1, Read(MeasureReading.EverAbove, 5, day: 0, until: 6).Value);
        Assert.Equal(1, Read(MeasureReading.FellTo, .25, day: 0, until: 6).Value);
        Assert.Equal(0, Read(MeasureReading.FellTo, .2, day: 0, until: 6).Value);
    }

    [Fact]
    public void Events_have_a_time_linear_between_rows_or_end_with_observation()
    {
        Assert.Equal(new Measured(.5, true), Read(MeasureReading.FirstBelow, 3, day: 6));
        Assert.Equal(new Measured(0, true), Read(MeasureReading.FirstAbove, 3, day: 6));
        Assert.Equal(new Measured(6, false), Read(MeasureReading.FirstAbove, 7, day: 6));
        Assert.Equal(new Measured(3, false), Read(MeasureReading.FirstAbove, 5, day: 3));
        Assert.Equal(new Measured(4, true), Read(MeasureReading.RiseFromNadir, 3, 4, 6));
        Assert.Equal(new Measured(3, true), Read(MeasureReading.RiseFromNadir, 2, 0, 6));
    }

    [Fact]
    public void Recovery_is_the_last_rise_above_the_limit_counted_from_the_day()
    {
        Assert.Equal(new Measured(4, true), Read(MeasureReading.Recovery, 3, day: 0, until: 6));
        Assert.Equal(new Measured(2, true), Read(MeasureReading.Recovery, 3, day: 2, until: 6));
        Assert.Equal(new Measured(2, false), Read(MeasureReading.Recovery, 3, day: 1, until: 3));
        Assert.Equal(Measured.Undefined, Read(MeasureReading.Recovery, .5, day: 0, until: 6));
    }

    [Fact]
    public void Relapse_follows_remission_and_who_has_none_counts_as_failed_or_not_at_all()
    {
        Assert.Equal(new Measured(3.25, true), Read(MeasureReading.Relapse, 3, 3, 6, 5));
        Assert.Equal(new Measured(5, true), Read(MeasureReading.Relapse, .5, 3, 6, 5));
        Assert.Equal(new Measured(5, false), Read(MeasureReading.RelapseOnly, .5, 3, 6, 5));
    }

    [Fact]
    public void The_kind_of_an_event_is_read_at_its_time_and_is_not_defined_without_it()
    {
        var relapse = new Measure { Formula = "x", Reading = MeasureReading.RelapseOnly, Threshold = 3, Threshold2 = 3, Day = 6, Until = 5 };
        Measured Kind(Measure of, double limit) => MeasureReader.Read(new Measure { Formula = "x", Reading = MeasureReading.AtEvent, Threshold = limit, Of = of }, Course, f => f);
        Assert.Equal(1, Kind(relapse, 2.9).Value);
        Assert.Equal(0, Kind(relapse, 3.1).Value);
        Assert.Equal(Measured.Undefined, Kind(relapse with { Threshold = .5 }, 2));
        // The course passes 3 on day 3.25, a quarter of the way from 2 to 6.
        Measured ValueAt(Measure of) => MeasureReader.Read(new Measure { Formula = "x", Reading = MeasureReading.ValueAtEvent, Of = of }, Course, f => f);
        Assert.Equal(3, ValueAt(relapse).Value, 1e-12);
        Assert.Equal(Measured.Undefined, ValueAt(relapse with { Threshold = .5 }));
        Assert.True(Measured.Undefined.Exists);
    }

    [Fact]
    public void Values_of_the_patient_and_failures_are_told_apart()
    {
        var age = new Measure { Formula = "AgeYears", Reading = MeasureReading.Patient, Scale = 2 };
        Assert.Equal(24, MeasureReader.Read(age, Course, f => f).Value);
        var failed = new CohortCourse(7, new Dictionary<string, double>(), null, 0, null, null);
        Assert.False(MeasureReader.Read(age, failed, f => f).Exists);
    }
}

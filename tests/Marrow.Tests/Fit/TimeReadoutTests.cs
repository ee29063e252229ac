using Marrow.Trials.Fit;

namespace Marrow.Tests.Fit;

public sealed class TimeReadoutTests
{
    private static readonly double[] Days = [.. Enumerable.Range(0, 101).Select(i => 0.5 * i)];

    /// <summary>Grows with doubling time 2 d to day 10, then falls with half-life 4 d.</summary>
    private static readonly double[] Peak = [.. Days.Select(t => t <= 10 ? Math.Pow(2, t / 2) : 32 * Math.Pow(.5, (t - 10) / 4))];

    [Theory]
    [InlineData("at 4", 4)]
    [InlineData("ratio 4 8", 4)]
    [InlineData("max 0 50", 32)]
    [InlineData("max 0 6", 8)]
    [InlineData("min 10 50", 0.03125)]
    [InlineData("day_of_min 2 50", 48)]
    [InlineData("max_ratio 4 50", 8)]
    [InlineData("min_ratio 10 14", 0.5)]
    [InlineData("doubling 0 9", 2)]
    [InlineData("half_life 12 40", 4)]
    [InlineData("half_life_after_max 2 20", 4)]
    [InlineData("first_above 16 0 50", 8)]
    [InlineData("first_above 16 4 50", 4)]
    [InlineData("first_above 99 0 50", 50)]
    [InlineData("first_below 8 10 50", 8)]
    public void A_readout_of_a_course_with_known_shape_is_what_the_shape_says(string text, double expected) =>
        Assert.Equal(expected, TimeReadout.Parse(text, out _)!.Of(Days, Peak), 1e-9);

    [Fact]
    public void The_day_of_a_peak_is_found_between_recorded_days()
    {
        double[] parabola = [.. Days.Select(t => 100 - ((t - 9.3) * (t - 9.3)))];
        Assert.Equal(9.3, TimeReadout.Parse("day_of_max 0 50", out _)!.Of(Days, parabola), 1e-9);
        Assert.Equal(5.3, TimeReadout.Parse("day_of_max 4 50", out _)!.Of(Days, parabola), 1e-9);
        Assert.Equal(9.3, TimeReadout.Parse("day_of_min 0 50", out _)!.Of(Days, [.. parabola.Select(x => -x)]), 1e-9);
    }

    [Fact]
    public void Area_and_mean_of_a_straight_line_are_exact_between_recorded_days_too()
    {
        double[] line = [.. Days.Select(t => 3 + (2 * t))];
        // Integral of 3 + 2 t from 1.25 to 7.75.
        var area = (3 * 6.5) + ((7.75 * 7.75) - (1.25 * 1.25));
        Assert.Equal(area, TimeReadout.Parse("auc 1.25 7.75", out _)!.Of(Days, line), 1e-9);
        Assert.Equal(area / 6.5, TimeReadout.Parse("mean 1.25 7.75", out _)!.Of(Days, line), 1e-9);
    }

    [Theory]
    [InlineData("", "begins with none")]
    [InlineData("peak 0 28", "begins with none")]
    [InlineData("max 28", "takes 2 numbers")]
    [InlineData("max 28 0", "after the first")]
    [InlineData("at noon", "not a number")]
    public void What_is_not_a_readout_is_refused_with_the_reason(string text, string reason)
    {
        Assert.Null(TimeReadout.Parse(text, out var problem));
        Assert.Contains(reason, problem, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("median", 3)]
    [InlineData("mean", 22)]
    [InlineData("quantile 0.25", 2)]
    [InlineData("share_above 3", 0.6)]
    [InlineData("share_below 3", 0.4)]
    public void A_statistic_of_five_patients_is_what_they_give_by_hand(string text, double expected) =>
        Assert.Equal(expected, PatientStatistic.Parse(text, out _)!.Of([100, 1, 2, 3, 4]), 1e-12);

    [Fact]
    public void Statistics_of_logarithms_are_those_of_a_hand_made_sample()
    {
        double[] values = [Math.Exp(-1), Math.Exp(1), Math.Exp(3)];
        Assert.Equal(Math.E, PatientStatistic.Parse("geometric_mean", out _)!.Of(values), 1e-12);
        Assert.Equal(2, PatientStatistic.Parse("sd_log", out _)!.Of(values), 1e-12);
    }

    [Fact]
    public void A_soft_share_moves_with_every_patient_and_is_the_hard_one_far_from_the_limit()
    {
        var soft = PatientStatistic.Parse("share_above 1 0.1", out _)!;
        Assert.Equal(.5, soft.Of([1, 1]), 1e-12);
        Assert.True(soft.Of([1.01, 1]) > .5);
        Assert.Equal(PatientStatistic.Parse("share_above 1", out _)!.Of([10, .1, 30]), soft.Of([10, .1, 30]), 1e-9);
    }

    [Theory]
    [InlineData("mode", "is none of")]
    [InlineData("quantile 2", "between 0 and 1")]
    [InlineData("share_above", "numbers")]
    [InlineData("share_above 1 0", "above 0")]
    [InlineData("median 3", "numbers")]
    public void What_is_not_a_statistic_is_refused_with_the_reason(string text, string reason)
    {
        Assert.Null(PatientStatistic.Parse(text, out var problem));
        Assert.Contains(reason, problem, StringComparison.Ordinal);
    }
}

using Marrow.Networks.Diagnostics;
using Marrow.Numerics.Statistics;
using Marrow.Trials.Experiments;

namespace Marrow.Tests.Experiments;

/// <summary>Every statistic against numbers worked out by hand.</summary>
public sealed class EffectStatisticsTests
{
    private static readonly Measure Number = new() { Formula = "x", Reading = MeasureReading.Value };
    private static readonly Measure Flag = new() { Formula = "x", Reading = MeasureReading.Below };
    private static readonly Measure Event = new() { Formula = "x", Reading = MeasureReading.FirstAbove };

    private static EffectRow Row(EffectStatistic statistic, EffectOperator op = EffectOperator.AtLeast, double value = 0, double value2 = double.NaN, EffectDirection direction = EffectDirection.None) => new()
    {
        Id = "T",
        Switches = ["s"],
        Disease = "toy",
        Context = "none",
        Observable = "x",
        Statistic = statistic,
        Operator = op,
        Value = value,
        Value2 = value2,
        Unit = "",
        Subgroup = "all",
        Direction = direction,
        Alternative = "",
        Needs = [],
        Where = SourceSpan.None,
    };

    private static Measured[] Values(params double[] values) => [.. values.Select(Measured.Of)];

    private static PairSample Pairs(double[] on, double[] off) => new() { On = Values(on), Off = Values(off) };

    private static double Value(EffectStatistic statistic, PairSample a, Measure? measure = null, PairSample? b = null, double value2 = double.NaN) =>
        EffectStatistics.Estimate(Row(statistic, value2: value2), measure ?? Number, a, b, 1).Value;

    [Fact]
    public void Paired_statistics_are_medians_over_pairs()
    {
        var sample = Pairs([2, 9, 40], [1, 3, 10]);
        Assert.Equal(3, Value(EffectStatistic.MedianOfPairedRatios, sample), 1e-14);
        Assert.Equal(6, Value(EffectStatistic.MedianOfPairedDifferences, sample), 1e-14);
        Assert.Equal(Math.Log10(3), Value(EffectStatistic.PairedLog10Difference, sample), 1e-14);
        Assert.Equal(51.0 / 14, Value(EffectStatistic.RatioOfMeans, sample), 1e-14);
        Assert.Equal(3, Value(EffectStatistic.RatioOfMedians, sample), 1e-14);
        Assert.Equal(9, Value(EffectStatistic.Median, sample));
        Assert.Equal(9, Value(EffectStatistic.MedianOfAbsolutes, Pairs([-2, 9, -40], [1, 1, 1])));
        Assert.Equal(200.0 / 3, Value(EffectStatistic.ShareOfPairs, sample, value2: 3), 1e-12);
    }

    [Fact]
    public void Shares_are_percent_of_those_in_whom_they_are_defined()
    {
        var sample = new PairSample { On = [.. Values(1, 1, 0, 1), Measured.Undefined], Off = Values(0, 1, 0, 0, 1) };
        Assert.Equal(75, Value(EffectStatistic.Share, sample, Flag), 1e-12);
        Assert.Equal(35, Value(EffectStatistic.DifferenceOfShares, sample, Flag), 1e-12);
        Assert.Equal(.75 / .4, Value(EffectStatistic.RatioOfShares, sample, Flag), 1e-12);
        Assert.Equal(3 / (.4 / .6), Value(EffectStatistic.OddsRatio, sample, Flag), 1e-12);
        // Of two groups, A and B with the switch on are compared.
        Assert.Equal(75 - 50, Value(EffectStatistic.DifferenceOfShares, sample, Flag, Pairs([1, 0], [1, 1])), 1e-12);
    }

    [Fact]
    public void A_share_of_nobody_still_has_an_interval()
    {
        // Score interval of 0 of 48 at z = 1.645: 0 to z^2/(48 + z^2).
        const double Z = 1.6448536269514722;
        PairSample Flags(double value) => new() { On = [.. Enumerable.Repeat(Measured.Of(value), 48), Measured.Undefined], Off = [] };
        var none = EffectStatistics.Estimate(Row(EffectStatistic.Share), Flag, Flags(0), null, 1);
        Assert.Equal(0, none.Value);
        Assert.Equal(0, none.Interval.Lower);
        Assert.Equal(100 * Z * Z / (48 + (Z * Z)), none.Interval.Upper, 1e-10);
        var all = EffectStatistics.Estimate(Row(EffectStatistic.Share), Flag, Flags(1), null, 1);
        Assert.Equal(100, all.Interval.Upper);
        Assert.Equal(100 - none.Interval.Upper, all.Interval.Lower, 1e-10);
    }

    [Fact]
    public void The_interval_of_a_share_of_events_is_of_those_that_it_counts()
    {
        var sample = new PairSample { On = [new(10, true), new(20, false), new(20, false)], Off = [] };
        Interval Of(EventRole role) => EffectStatistics.Estimate(Row(EffectStatistic.Share), Event with { Role = role }, sample, null, 1).Interval;
        var expected = Proportions.Wilson(1, 3, .9);
        Assert.Equal(100 * expected.Upper, Of(EventRole.Harm).Upper, 1e-10);
        Assert.Equal(100 - (100 * expected.Upper), Of(EventRole.Survival).Lower, 1e-10);
    }

    [Fact]
    public void Survival_counts_who_has_no_event()
    {
        var sample = new PairSample { On = [new(10, true), new(20, false), new(20, false)], Off = [new(10, true), new(5, true), new(20, false)] };
        Assert.Equal(100.0 / 3, Value(EffectStatistic.Share, sample, Event), 1e-12);
        Assert.Equal(200.0 / 3, Value(EffectStatistic.Share, sample, Event with { Role = EventRole.Survival }), 1e-12);
    }

    [Fact]
    public void Pairs_without_the_event_in_both_runs_leave_ratios_of_times()
    {
        var sample = new PairSample { On = [new(50, true), new(2000, false), new(2000, false)], Off = [new(100, true), new(1000, true), new(2000, false)] };
        Assert.Equal((0.5 + 2) / 2, Value(EffectStatistic.MedianOfPairedRatios, sample, Event with { Role = EventRole.Time }), 1e-14);
    }

    [Fact]
    public void The_hazard_ratio_is_that_of_the_partial_likelihood()
    {
        // Deaths at 1 (on) of two on and two off at risk, and at 2 (off) of one and two: the score at b = ln h is
        // 1 - 2h/(2h+2) - h/(h+2) = 0, so h^2 = 2.
        var sample = new PairSample { On = [new(1, true), new(3, false)], Off = [new(2, true), new(3, false)] };
        Assert.Equal(Math.Sqrt(2), Value(EffectStatistic.HazardRatio, sample, Event), 1e-6);
    }

    [Fact]
    public void Where_one_side_has_no_event_the_hazard_ratio_is_0_or_infinite_and_where_neither_has_1()
    {
        Measured[] none = [new(9, false), new(9, false)], some = [new(3, true), new(9, false)];
        Assert.Equal(0, Value(EffectStatistic.HazardRatio, new PairSample { On = none, Off = some }, Event));
        Assert.Equal(double.PositiveInfinity, Value(EffectStatistic.HazardRatio, new PairSample { On = some, Off = none }, Event));
        Assert.Equal(1, Value(EffectStatistic.HazardRatio, new PairSample { On = none, Off = none }, Event));
    }

    [Fact]
    public void What_needs_more_runs_uses_them()
    {
        var joint = Pairs([10, 12], [1, 2]) with { Singles = [Values(3, 4), Values(2, 5)] };
        // 10-1 - (3-1) - (2-1) = 6; 12-2 - (4-2) - (5-2) = 5.
        Assert.Equal(5.5, Value(EffectStatistic.ExcessOverSum, joint), 1e-14);
        Assert.Equal(.5, Value(EffectStatistic.RatioToHealthy, Pairs([2, 3, 8], [1, 1, 1]) with { Healthy = Values(4, 6, 8) }), 1e-14);
        // Share 0, 0, 1, 1 at 10, 20, 30, 40 d: least squares slope 0.04 a day, 40 points in 10 d.
        // In matched pairs the slope goes over both runs: nobody at 10 d, half at 20 d.
        Assert.Equal(50, Value(EffectStatistic.Slope, Pairs([0, 1], [0, 0]) with { Along = Values(20, 20), AlongOff = Values(10, 10) }, Flag), 1e-10);
        Assert.Equal(40, Value(EffectStatistic.Slope, Pairs([0, 0, 1, 1], [0, 0, 0, 0]) with { Along = Values(10, 20, 30, 40) }, Flag), 1e-10);
    }

    [Fact]
    public void Signs_follow_what_more_of_the_observable_means()
    {
        var more = new PairSample { On = [.. Enumerable.Range(1, 30).Select(i => new Measured(i, true))], Off = [.. Enumerable.Range(1, 30).Select(i => new Measured(i + 60, true))] };
        Assert.Equal(1, Value(EffectStatistic.Sign, more, Event));
        Assert.Equal(-1, Value(EffectStatistic.Sign, more, Event with { Role = EventRole.Survival }));
        Assert.Equal(-1, Value(EffectStatistic.Sign, more, Event with { Role = EventRole.Time }));
        double[] x = [.. Enumerable.Range(1, 30).Select(i => (double)i)];
        Assert.Equal(1, Value(EffectStatistic.Sign, Pairs([.. x.Select(v => v * 1.01)], x)));
        Assert.Equal(0, Value(EffectStatistic.Sign, Pairs([.. x.Select(v => v * (1 + (EffectStatistics.Resolution / 10)))], x)));
    }

    [Fact]
    public void A_contrast_compares_effects_in_the_direction_of_the_row()
    {
        double[] x = [.. Enumerable.Range(1, 30).Select(i => (double)i)];
        PairSample strong = Pairs([.. x.Select(v => v * .5)], x), weak = Pairs([.. x.Select(v => v * .9)], x);
        double Contrast(PairSample a, PairSample b, EffectDirection d) => EffectStatistics.Estimate(Row(EffectStatistic.Contrast, direction: d), Number, a, b, 1).Value;
        Assert.Equal(1, Contrast(strong, weak, EffectDirection.Down));
        Assert.Equal(-1, Contrast(weak, strong, EffectDirection.Down));
        Assert.Equal(-1, Contrast(strong, weak, EffectDirection.Up));
        Assert.Equal(0, Contrast(strong, strong, EffectDirection.Down));
    }

    [Fact]
    public void The_interval_covers_the_truth_as_often_as_it_says()
    {
        // Medians of 25 pairs from a law with median 0: a 90 % interval misses in 10 % of trials, +- 4 standard errors of 200 trials.
        var missed = 0;
        for (var trial = 0; trial < 200; trial++)
        {
            var stream = new Numerics.Random.RandomKey((ulong)trial, Numerics.Random.Purpose.Of("test")).Stream();
            double[] on = new double[25];
            for (var i = 0; i < on.Length; i++) on[i] = stream.Normal();
            var interval = EffectStatistics.Estimate(Row(EffectStatistic.MedianOfPairedDifferences), Number, Pairs(on, new double[25]), null, (ulong)trial).Interval;
            if (interval.Lower > 0 || interval.Upper < 0) missed++;
        }
        Assert.InRange(missed / 200.0, .1 - (4 * Math.Sqrt(.09 / 200)), .1 + (4 * Math.Sqrt(.09 / 200)));
    }

    [Theory]
    [InlineData(0.9, 0.8, 0.95, EffectDirection.Down, EffectVerdict.Met)]
    [InlineData(0.9, 0.8, 1.05, EffectDirection.Down, EffectVerdict.Missed)]
    [InlineData(0.9, 0.8, 1.05, EffectDirection.None, EffectVerdict.Met)]
    [InlineData(0.9, 0.8, 0.95, EffectDirection.Up, EffectVerdict.Missed)]
    [InlineData(0.99, 0.98, 0.995, EffectDirection.Down, EffectVerdict.Missed)]
    public void A_directed_check_needs_its_interval_on_its_side(double value, double lower, double upper, EffectDirection direction, EffectVerdict expected)
    {
        var row = Row(EffectStatistic.MedianOfPairedRatios, EffectOperator.AtMost, .95, direction: direction);
        Assert.Equal(expected, EffectResult.Judge(row, Number, new EffectEstimate(value, new(lower, upper)), 200).Verdict);
    }

    [Fact]
    public void Up_of_survival_is_a_hazard_ratio_below_1()
    {
        var row = Row(EffectStatistic.HazardRatio, EffectOperator.AtMost, .75, direction: EffectDirection.Up);
        var estimate = new EffectEstimate(.6, new(.5, .8));
        Assert.Equal(EffectVerdict.Met, EffectResult.Judge(row, Event with { Role = EventRole.Survival }, estimate, 200).Verdict);
        Assert.Equal(EffectVerdict.Missed, EffectResult.Judge(row, Event, estimate, 200).Verdict);
    }

    [Theory]
    [InlineData("all", 1, 0, false)]
    [InlineData("a=1&b>2|c!=x", 2, 2, false)]
    [InlineData("age>=18&cd19>0 vs age<18|host=no_T", 1, 2, true)]
    public void And_binds_before_or_and_or_before_versus(string text, int alternatives, int terms, bool versus)
    {
        var rule = SubgroupRule.Parse(text, out _)!;
        Assert.Equal(alternatives, rule.A.Alternatives.Count);
        Assert.Equal(terms, rule.A.Alternatives[0].Count);
        Assert.Equal(versus, rule.B is not null);
    }

    [Theory]
    [InlineData("")]
    [InlineData("a")]
    [InlineData("a=")]
    [InlineData("a=1&")]
    [InlineData("a=1 vs b=1 vs c=1")]
    [InlineData("a==1")]
    public void What_is_not_a_rule_is_refused_with_its_reason(string text)
    {
        Assert.Null(SubgroupRule.Parse(text, out var problem));
        Assert.NotEmpty(problem);
    }
}

using Marrow.Numerics.Random;
using Marrow.Trials.Endpoints;

namespace Marrow.Tests.Endpoints;

public sealed class ReplicateSummaryTests
{
    private const int Replicates = 4000;

    // Replicates that differ by typical values with standard deviation 1 and by luck with variance 3: the interval is that of the typical values,
    // +-1.645. Four standard errors: the variance of typical values is known to 4 sqrt(2/n) (1 + 3), and a quantile of 5 % to about 2.1/sqrt(n).
    [Fact]
    public void The_luck_of_few_patients_is_not_taken_for_uncertainty()
    {
        var stream = new RandomKey(1, Purpose.Of("test")).Stream();
        var values = Enumerable.Range(0, Replicates).Select(_ => (10 + stream.Normal() + (Math.Sqrt(3) * stream.Normal()), 3.0)).ToArray();
        var range = ReplicateSummary.RangeOf(values)!.Value;
        Assert.InRange(range.Lower, 10 - 1.645 - .35, 10 - 1.645 + .35);
        Assert.InRange(range.Upper, 10 + 1.645 - .35, 10 + 1.645 + .35);
    }

    [Fact]
    public void There_is_no_interval_where_replicates_differ_no_more_than_chance_would_have_them() =>
        Assert.Null(ReplicateSummary.RangeOf([(1, 1), (1.5, 1), (.5, 1)]));

    [Fact]
    public void One_replicate_says_nothing() => Assert.Null(ReplicateSummary.RangeOf([(1, 0)]));

    [Fact]
    public void A_median_that_some_replicates_do_not_reach_has_an_open_interval()
    {
        var range = ReplicateSummary.RangeOf([.. Enumerable.Range(0, 21).Select(i => (i < 16 ? i : double.PositiveInfinity, 1.0))])!.Value;
        Assert.Equal(1, range.Lower, 12);
        Assert.Equal(double.PositiveInfinity, range.Upper);
    }
}

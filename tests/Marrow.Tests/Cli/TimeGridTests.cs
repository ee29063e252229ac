using FsCheck;
using FsCheck.Fluent;
using Marrow.Cli.Simulation;

namespace Marrow.Tests.Cli;

public sealed class TimeGridTests
{
    private static readonly TimeGrid Nothing = new(null, null, null, null, null, null);

    [Fact]
    public void Without_options_there_are_101_rows_from_0_to_100() =>
        Assert.Equal(Enumerable.Range(0, 101).Select(i => (double)i), Nothing.ToTimes());

    [Fact]
    public void Points_count_the_first_and_the_last_time() =>
        Assert.Equal([2, 3, 4], (Nothing with { Start = 2, End = 4, Points = 3 }).ToTimes());

    [Fact]
    public void Steps_divide_the_duration_from_the_start_and_end_exactly_there()
    {
        var times = (Nothing with { Start = 1, Duration = .3, Steps = 3 }).ToTimes();
        Assert.Equal(4, times.Length);
        Assert.Equal(1 + .3, times[^1]);
    }

    [Fact]
    public void Times_are_taken_as_they_are() => Assert.Equal([0, 7, 28.5], (Nothing with { Times = "0, 7,28.5" }).ToTimes());

    [Theory]
    [InlineData(5, 5, null, null, null, null, "--end")]
    [InlineData(null, null, 1, null, null, null, "--points")]
    [InlineData(null, null, null, 10, null, null, "--steps")]
    [InlineData(null, 10, null, 10, 10, null, "--points")]
    [InlineData(null, null, null, -1, 10, null, "--duration")]
    [InlineData(null, null, null, 1, 0, null, "--steps")]
    [InlineData(null, null, null, null, null, "0,7,7", "increase")]
    [InlineData(null, null, null, null, null, "0,x", "list of numbers")]
    [InlineData(null, 10, null, null, null, "0,7", "alone")]
    public void Options_that_do_not_fit_together_are_named(
        int? start, int? end, int? points, int? duration, int? steps, string? times, string part) =>
        Assert.Contains(part, new TimeGrid(start, end, points, duration, steps, times).Problem(), StringComparison.Ordinal);

    [Fact]
    public void Every_grid_without_a_problem_increases() =>
        Prop.ForAll<double, double, int>((start, span, points) =>
        {
            var grid = Nothing with { Start = start, End = start + span, Points = points % 1000 };
            // Beyond this the products of the grid leave the range of double precision.
            if (grid.Problem() is not null || Math.Abs(span) > 1e300) return true;
            var times = grid.ToTimes();
            return times[0] == start && times[^1] == start + span && times.Zip(times.Skip(1)).All(pair => pair.First <= pair.Second);
        }).QuickCheckThrowOnFailure();
}

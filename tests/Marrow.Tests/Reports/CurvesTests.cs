using FsCheck.Fluent;
using Marrow.Reports.Model;

namespace Marrow.Tests.Reports;

public sealed class CurvesTests
{
    [Theory]
    [InlineData(0, 1)]
    [InlineData(0.99, 1)]
    [InlineData(1, 0.8)]
    [InlineData(2.5, 0.8)]
    [InlineData(3, 0.5)]
    [InlineData(99, 0.5)]
    public void A_step_function_has_the_value_of_its_last_step(double time, double expected) =>
        Assert.Equal(expected, Curves.At([0, 1, 3], [1, 0.8, 0.5], time));

    [Fact]
    public void A_grid_keeps_the_steps_or_has_at_most_181_points_and_always_both_ends() =>
        FsCheck.Check.QuickThrowOnFailure(Prop.ForAll(Gen.Choose(0, 600).ToArbitrary(), count =>
        {
            double[] steps = [.. Enumerable.Range(0, count).Select(i => 36.0 * i / Math.Max(1, count))];
            var grid = Curves.Grid(steps, 36);
            return grid[0] == 0 && grid[^1] == 36 && grid.Count <= 181 && grid.Zip(grid.Skip(1)).All(p => p.First < p.Second)
                && (count > 178 || steps.All(grid.Contains));
        }));
}

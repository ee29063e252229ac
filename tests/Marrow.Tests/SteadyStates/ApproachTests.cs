using Marrow.Numerics.SteadyStates;

namespace Marrow.Tests.SteadyStates;

/// <summary>Solutions in closed form, looked at from time to time.</summary>
public class ApproachTests
{
    /// <summary>The point is accurate to 1e-10.</summary>
    private const double Exact = 1e-9;

    private static readonly double[] Doubling = [.. Enumerable.Range(-2, 12).Select(k => Math.Pow(2, k))];

    /// <summary>What looks at the times find; the first that finds something ends them.</summary>
    private static (double Time, double[] End)? Looks(PointFunction rates, PointFunction jacobian, Func<double, double[]> course, IEnumerable<double> times)
    {
        var n = course(0).Length;
        var approach = new Approach(
            new EquilibriumProblem
            {
                Rates = rates,
                Jacobian = jacobian,
                Places = [.. Enumerable.Range(0, n).SelectMany(i => Enumerable.Range(0, n).Select(j => (i, j)))],
                AbsoluteScale = [.. Enumerable.Repeat(1.0, n)],
                Follow = (_, _) => false,
                Laws = ConservationLaws.Of(n, Enumerable.Range(0, n).Select(i => new[] { new StateTerm(i, 1) })),
            },
            new EquilibriumOptions());
        foreach (var time in times)
            if (approach.Look(course(time)) is { } end) return (time, end);
        return null;
    }

    [Fact]
    public void A_decay_is_seen_through_before_it_is_over()
    {
        var (time, end) = Looks((y, f) => f[0] = 5 - y[0], (_, j) => j[0] = -1, t => [5 + Math.Exp(-t)], Doubling)!.Value;
        Assert.Equal(8, time);
        Assert.Equal(5, end[0], Exact);
    }

    [Fact]
    public void A_saddle_that_is_passed_is_no_end()
    {
        // x' = -x, y' = y (1 - y): the course passes (0, 0) and ends in (0, 1).
        var (time, end) = Looks(
            (y, f) => (f[0], f[1]) = (-y[0], y[1] * (1 - y[1])), (y, j) => (j[0], j[1], j[2], j[3]) = (-1, 0, 0, 1 - (2 * y[1])),
            t => [Math.Exp(-t), 1 / (1 + (1e12 * Math.Exp(-t)))], Doubling)!.Value;
        Assert.True(time > Math.Log(1e12));
        Assert.Equal([0, 1], end, (a, b) => Math.Abs(a - b) < Exact);
    }

    [Fact]
    public void What_circles_a_point_does_not_end_there() =>
        Assert.Null(Looks((y, f) => (f[0], f[1]) = (y[1], -y[0]), (_, j) => (j[0], j[1], j[2], j[3]) = (0, 1, -1, 0), t => [Math.Cos(t), -Math.Sin(t)], Doubling));

    [Fact]
    public void A_line_of_points_of_rest_leaves_the_choice_to_the_course() =>
        Assert.Null(Looks((y, f) => (f[0], f[1]) = (-y[0], y[0]), (_, j) => (j[0], j[1], j[2], j[3]) = (-1, 0, 1, 0), t => [Math.Exp(-t), 1 - Math.Exp(-t)], Doubling));

    [Fact]
    public void A_slow_movement_is_waited_for()
    {
        // x' = s - x, s' = -1e-6 s: x stands beside s for long, and both die out.
        PointFunction rates = (y, f) => (f[0], f[1]) = (y[1] - y[0], -1e-6 * y[1]), jacobian = (_, j) => (j[0], j[1], j[2], j[3]) = (-1, 1, 0, -1e-6);
        static double[] Course(double t) => [Math.Exp(-1e-6 * t), Math.Exp(-1e-6 * t)];
        Assert.Null(Looks(rates, jacobian, Course, Doubling));
        var (time, end) = Looks(rates, jacobian, Course, Enumerable.Range(0, 40).Select(k => Math.Pow(2, k)))!.Value;
        Assert.True(time > 5e6);
        Assert.Equal([0, 0], end, (a, b) => Math.Abs(a - b) < Exact);
    }
}

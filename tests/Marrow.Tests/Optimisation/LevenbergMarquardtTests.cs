using Marrow.Numerics.Optimisation;
using Marrow.Numerics.Random;

namespace Marrow.Tests.Optimisation;

public sealed class LevenbergMarquardtTests
{
    private static readonly LeastSquaresOptions Exact = new() { DifferenceStep = 1e-5, ValueTolerance = 1e-14 };

    [Fact]
    public void A_straight_line_and_its_standard_errors_are_those_of_the_closed_form()
    {
        // y = a + b x + noise of known sd: the covariance is sd^2 (X^T X)^-1.
        const double sd = 0.3;
        var random = new RandomKey(7, Purpose.Of("line")).Stream();
        double[] x = [.. Enumerable.Range(0, 40).Select(i => 0.1 * i)];
        double[] y = [.. x.Select(v => 1.5 - (0.7 * v) + random.Normal(0, sd))];
        var fit = LevenbergMarquardt.Minimise(
            points => [.. points.Select(p => x.Select((v, i) => (y[i] - p[0] - (p[1] * v)) / sd).ToArray())], [0.0, 0.0], Box.Unbounded(2), Exact);
        double n = x.Length, sx = x.Sum(), sxx = x.Sum(v => v * v), sy = y.Sum(), sxy = x.Zip(y, (a, b) => a * b).Sum();
        var determinant = (n * sxx) - (sx * sx);
        // A linear problem is solved in one undamped step; what remains is the damping left and the rounding of the differences.
        Assert.Equal(((n * sxy) - (sx * sy)) / determinant, fit.Point[1], 1e-6);
        Assert.Equal(((sxx * sy) - (sx * sxy)) / determinant, fit.Point[0], 1e-6);
        var posterior = LaplaceApproximation.Of(fit.Jacobian, prior: false);
        Assert.Equal(sd * sd * sxx / determinant, posterior.Covariance[0, 0], 1e-7);
        Assert.Equal(sd * sd * n / determinant, posterior.Covariance[1, 1], 1e-7);
        Assert.Equal(-sd * sd * sx / determinant, posterior.Covariance[0, 1], 1e-7);
    }

    [Fact]
    public void Rosenbrocks_valley_is_followed_to_its_end()
    {
        var fit = LevenbergMarquardt.Minimise(points => [.. points.Select(p => new[] { 10 * (p[1] - (p[0] * p[0])), 1 - p[0] })], [-1.2, 1.0], Box.Unbounded(2), Exact);
        Assert.Equal(1, fit.Point[0], 1e-6);
        Assert.Equal(1, fit.Point[1], 1e-6);
        Assert.InRange(fit.Iterations, 1, 40);
    }

    [Fact]
    public void A_limit_holds_and_the_other_variables_go_on()
    {
        var box = new Box([-10.0, -10.0], [0.5, 10.0]);
        var fit = LevenbergMarquardt.Minimise(points => [.. points.Select(p => new[] { p[0] - 2, p[1] - 3, p[0] + p[1] - 5 })], [0.0, 0.0], box, Exact);
        Assert.Equal(0.5, fit.Point[0]);
        // Given x = 0.5 the rest is (y - 3)^2 + (y - 4.5)^2.
        Assert.Equal(3.75, fit.Point[1], 1e-6);
    }

    [Fact]
    public void A_start_without_residuals_is_refused() =>
        Assert.Throws<ArgumentException>(() => LevenbergMarquardt.Minimise(points => [.. points.Select(_ => new[] { double.NaN })], [0.0], Box.Unbounded(1), Exact));

    [Fact]
    public void A_failed_point_shortens_the_step_instead_of_ending_the_search()
    {
        // ln x is not a number below 0, where an undamped step from 2 would go.
        var fit = LevenbergMarquardt.Minimise(points => [.. points.Select(p => new[] { 10 * Math.Log(p[0] / 0.05) })], [2.0], new Box([-5.0], [5.0]), Exact);
        Assert.Equal(0.05, fit.Point[0], 1e-6);
    }

    [Fact]
    public void What_the_data_do_not_touch_keeps_its_prior_and_is_called_so()
    {
        var posterior = LaplaceApproximation.Of(new double[,] { { 10, 0, 0 }, { 0, 0.6, 0 } });
        Assert.Equal([Identifiability.Identified, Identifiability.Weak, Identifiability.PriorOnly], [.. Enumerable.Range(0, 3).Select(posterior.KnownOf)]);
        // (1 + 100)^-1/2, (1 + 0.36)^-1/2, 1.
        Assert.Equal(1 / Math.Sqrt(101), posterior.StandardDeviations[0], 1e-12);
        Assert.Equal(1 / Math.Sqrt(1.36), posterior.StandardDeviations[1], 1e-12);
        Assert.Equal(1, posterior.StandardDeviations[2], 1e-12);
        Assert.Equal(100, posterior.Directions[0].Information, 1e-9);
    }

    [Fact]
    public void A_product_that_alone_is_seen_leaves_its_factors_correlated()
    {
        // Only the sum of two logarithms is measured: variance of each is (1 + q) / (1 + 2 q), covariance -q / (1 + 2 q).
        const double q = 400;
        var posterior = LaplaceApproximation.Of(new double[,] { { Math.Sqrt(q), Math.Sqrt(q) } });
        Assert.Equal((1 + q) / (1 + (2 * q)), posterior.Covariance[0, 0], 1e-12);
        Assert.Equal((1, -q / (1 + q)), (posterior.Partner(0).Variable, Math.Round(posterior.Partner(0).Correlation, 12)), new Close());
        Assert.Equal(Identifiability.Weak, posterior.KnownOf(0));
    }

    private sealed class Close : IEqualityComparer<(int, double)>
    {
        public bool Equals((int, double) x, (int, double) y) => x.Item1 == y.Item1 && Math.Abs(x.Item2 - y.Item2) < 1e-9;

        public int GetHashCode((int, double) obj) => obj.Item1;
    }
}

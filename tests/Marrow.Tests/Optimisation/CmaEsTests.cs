using Marrow.Numerics.Optimisation;

namespace Marrow.Tests.Optimisation;

public sealed class CmaEsTests
{
    private const double Precision = 1e-10;

    public static TheoryData<string, int> Functions() => new() { { "sphere", 10 }, { "ellipsoid", 8 }, { "rosenbrock", 6 }, { "rotated ellipsoid", 5 } };

    [Theory]
    [MemberData(nameof(Functions))]
    public void The_minimum_is_reached_to_the_precision_asked_for_within_the_budget_of_the_tutorial(string name, int n)
    {
        var result = CmaEs.Minimise(
            Batch(Function(name)), Enumerable.Repeat(0.3, n).ToArray(), Box.Unbounded(n), new CmaOptions { Seed = 3, ValueTolerance = Precision * 1e-3 });
        // The tutorial's figure: 1e-9 is reached within about 1e4 evaluations at n = 10 even on Rosenbrock's function.
        Assert.InRange(result.Evaluations, 100, 10_000);
        Assert.True(result.Value < Precision, $"{name}: {result.Value} after {result.Evaluations} evaluations, {result.End}");
    }

    [Fact]
    public void A_minimum_outside_the_limits_is_found_on_the_limit()
    {
        var box = new Box([-1.0, 0.5, -1.0], [1.0, 2.0, 1.0]);
        var result = CmaEs.Minimise(Batch(x => x.Sum(v => v * v)), [0.5, 1.0, 0.5], box, new CmaOptions { Seed = 5 });
        Assert.True(box.Contains([.. result.Point]));
        Assert.Equal(0.5, result.Point[1], 1e-6);
        Assert.Equal(0.25, result.Value, 1e-6);
    }

    [Fact]
    public void Values_that_are_no_numbers_count_as_the_worst()
    {
        var result = CmaEs.Minimise(Batch(x => x[0] < 0.2 ? double.NaN : x.Sum(v => v * v)), [1.0, 1.0], Box.Unbounded(2), new CmaOptions { Seed = 1 });
        Assert.Equal(0.04, result.Value, 1e-5);
    }

    [Fact]
    public void The_same_seed_gives_the_same_bits_and_another_seed_another_path()
    {
        double[] Path(ulong seed) => [.. CmaEs.Minimise(Batch(Function("rosenbrock")), [0, 0, 0], Box.Unbounded(3), new CmaOptions { Seed = seed, MaxGenerations = 20 }).Point];
        Assert.Equal(Path(1), Path(1));
        Assert.NotEqual(Path(1), Path(2));
    }

    [Fact]
    public void A_search_without_descent_ends_with_its_budget_and_says_so()
    {
        var result = CmaEs.Minimise(Batch(Function("rosenbrock")), [0, 0], Box.Unbounded(2), new CmaOptions { Seed = 1, MaxGenerations = 3 });
        Assert.Equal((SearchEnd.Budget, 3), (result.End, result.Iterations));
    }

    [Fact]
    public void A_start_outside_the_limits_is_refused() =>
        Assert.Throws<ArgumentException>(() => CmaEs.Minimise(Batch(x => x[0]), [3.0], new Box([0.0], [1.0]), new CmaOptions()));

    private static BatchFunction Batch(Func<double[], double> value) => points => [.. points.Select(p => new[] { value(p) })];

    private static Func<double[], double> Function(string name) => name switch
    {
        "sphere" => x => x.Sum(v => v * v),
        "ellipsoid" => x => x.Select((v, i) => Math.Pow(1e3, 2.0 * i / (x.Length - 1)) * v * v).Sum(),
        "rosenbrock" => x => Enumerable.Range(0, x.Length - 1).Sum(i => (100 * Math.Pow(x[i + 1] - (x[i] * x[i]), 2)) + Math.Pow(1 - x[i], 2)),
        // Neighbours summed: the axes of the ellipsoid are not those of the variables.
        _ => x => x.Select((v, i) => Math.Pow(10, i) * Math.Pow(v + (i > 0 ? x[i - 1] : 0), 2)).Sum(),
    };
}

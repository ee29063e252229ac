using System.Runtime.Intrinsics;
using Marrow.Numerics.Vectors;

namespace Marrow.Tests.Vectors;

public class VectorMathTests
{
    private const double Inf = double.PositiveInfinity, NaN = double.NaN, Tiny = double.Epsilon;
    private const int Samples = 3000;

    [Fact]
    public void The_exponential_is_within_one_ulp()
    {
        var random = new System.Random(1);
        double[] special = [0, -0.0, 1, -1, 709.78, -708.4, -720.5, -744.4, -745.1, 1e-300, -1e-20, 2.2e-16, 0.34657359, -0.34657359];
        var points = special.Concat(Draws(random, r => (r.NextDouble() * 1454) - 745)).Concat(Draws(random, r => (r.NextDouble() - 0.5) * 2));
        AssertWithin(1, points, x => ExactFunctions.ErrorOfExp(ExactFunctions.Fixed(x), VectorMath.Exp(x)));
    }

    [Fact]
    public void The_natural_logarithm_is_within_one_ulp() =>
        AssertWithin(1, LogarithmPoints(2), x => ExactFunctions.Error(ExactFunctions.Ln(x), VectorMath.Ln(x)));

    [Fact]
    public void The_decadic_logarithm_is_within_one_ulp() =>
        AssertWithin(1, LogarithmPoints(3), x => ExactFunctions.Error(ExactFunctions.Log10(x), VectorMath.Log10(x)));

    [Fact]
    public void The_power_is_within_one_ulp()
    {
        var random = new System.Random(4);
        for (var i = 0; i < Samples; i++)
        {
            var x = i % 3 == 0 ? 0.5 + random.NextDouble() : Math.Pow(2, (random.NextDouble() * 2000) - 1000);
            // Exponents that lead anywhere in the range of results, subnormal ones included.
            var y = ((random.NextDouble() * 1450) - 742) / Math.Log(x);
            if (i % 5 == 0) y = Math.Round(y * 8) / 8;
            var result = VectorMath.Pow(x, y);
            if (result is Inf or 0) continue;
            var error = ExactFunctions.ErrorOfExp(ExactFunctions.Exponent(x, y), result);
            Assert.True(error <= 1, $"{x:R}^{y:R}: {error} ulp");
        }
    }

    [Fact]
    public void Exact_powers_are_exact()
    {
        for (var i = -12; i <= 12; i++)
        {
            Assert.Equal(Math.ScaleB(1, i), VectorMath.Pow(2, i));
            if (i >= 0) Assert.Equal(double.Parse($"1e{i}", System.Globalization.CultureInfo.InvariantCulture), VectorMath.Pow(10, i));
            if (i >= 0) Assert.Equal(i, VectorMath.Log10(Math.Pow(10, i)));
        }
    }

    [Theory]
    [InlineData(0, 1), InlineData(Inf, Inf), InlineData(-Inf, 0), InlineData(NaN, NaN), InlineData(710, Inf), InlineData(-746, 0)]
    [InlineData(1e308, Inf), InlineData(-1e308, 0), InlineData(-745.13, Tiny), InlineData(Tiny, 1)]
    public void The_exponential_has_the_right_limits(double x, double expected) => Assert.Equal(expected, VectorMath.Exp(x));

    [Theory]
    [InlineData(1, 0), InlineData(0, -Inf), InlineData(-0.0, -Inf), InlineData(Inf, Inf), InlineData(-1, NaN), InlineData(-Inf, NaN), InlineData(NaN, NaN)]
    public void Logarithms_have_the_right_limits(double x, double expected)
    {
        Assert.Equal(expected, VectorMath.Ln(x));
        Assert.Equal(expected, VectorMath.Log10(x));
    }

    [Fact]
    public void Powers_at_the_limits_are_those_of_the_standard()
    {
        double[] values = [0, -0.0, 1, -1, 2, -2, 3, -3, 0.5, -0.5, 1.5, -1.5, 1e300, -1e300, 9007199254740993, 9007199254740992, 4503599627370497, 4503599627370497.5, Inf, -Inf, NaN];
        foreach (var x in values)
        {
            foreach (var y in values)
            {
                // The platform's pow obeys the C standard at limits; away from them rounding may differ by an ulp of either.
                var expected = Math.Pow(x, y);
                var actual = VectorMath.Pow(x, y);
                Assert.True(
                    double.IsNaN(expected) ? double.IsNaN(actual)
                    : expected == actual ? double.IsNegative(expected) == double.IsNegative(actual)
                    : double.IsFinite(expected) && Math.Abs(expected - actual) <= 2 * Math.BitIncrement(Math.Abs(expected)) - 2 * Math.Abs(expected),
                    $"{x:R}^{y:R}: {actual:R} instead of {expected:R}");
            }
        }
    }

    [Fact]
    public void Every_width_gives_the_same_bits()
    {
        var random = new System.Random(7);
        double[] special = [0, -0.0, 1, -1, Inf, -Inf, NaN, Tiny, -Tiny, 2.2250738585072014e-308, 710, -746, 709.9, -745, 1e-310, double.MaxValue];
        for (var round = 0; round < 2000; round++)
        {
            double draw() => round % 2 == 0 ? BitConverter.Int64BitsToDouble(random.NextInt64()) * (random.Next(2) - 0.5)
                : random.Next(4) == 0 ? special[random.Next(special.Length)] : (random.NextDouble() * 40) - 20;
            double[] x = [.. Enumerable.Range(0, 8).Select(_ => draw())], y = [.. Enumerable.Range(0, 8).Select(_ => draw())];
            AssertSame(x, VectorMath.Exp(Vector512.Create(x)), VectorMath.Exp, VectorMath.Exp);
            AssertSame(x, VectorMath.Ln(Vector512.Create(x)), VectorMath.Ln, VectorMath.Ln);
            AssertSame(x, VectorMath.Log10(Vector512.Create(x)), VectorMath.Log10, VectorMath.Log10);
            var powers = VectorMath.Pow(Vector512.Create(x), Vector512.Create(y));
            var low = VectorMath.Pow(Vector256.Create(x, 0), Vector256.Create(y, 0));
            for (var i = 0; i < 8; i++)
            {
                AssertSameBits(powers[i], VectorMath.Pow(x[i], y[i]));
                if (i < 4) AssertSameBits(powers[i], low[i]);
            }
        }
    }

    [Theory, InlineData(ScalarFunction.Sin, 0.5), InlineData(ScalarFunction.Acosh, 2.5), InlineData(ScalarFunction.Factorial, 5)]
    public void A_rare_function_is_applied_to_each_lane(ScalarFunction function, double x)
    {
        var expected = function switch { ScalarFunction.Sin => Math.Sin(x), ScalarFunction.Acosh => Math.Acosh(x), _ => 120 };
        Assert.Equal(expected, VectorMath.Map(function, x), 1e-15 * expected);
        var lanes = VectorMath.Map(function, Vector512.Create(1.0).WithElement(3, x));
        Assert.Equal(VectorMath.Map(function, x), lanes[3]);
        Assert.Equal(VectorMath.Map(function, 1.0), lanes[4]);
    }

    private static void AssertSame(
        double[] x, Vector512<double> eight, Func<Vector256<double>, Vector256<double>> four, Func<double, double> one)
    {
        for (var i = 0; i < 8; i++)
        {
            AssertSameBits(eight[i], one(x[i]));
            AssertSameBits(eight[i], four(Vector256.Create(x, i / 4 * 4))[i % 4]);
        }
    }

    /// <summary>Which of two NaNs an operation hands on is not defined, so every NaN is the same.</summary>
    private static void AssertSameBits(double a, double b) =>
        Assert.True((double.IsNaN(a) && double.IsNaN(b)) || BitConverter.DoubleToInt64Bits(a) == BitConverter.DoubleToInt64Bits(b), $"{a:R} and {b:R}");

    private static IEnumerable<double> LogarithmPoints(int seed)
    {
        var random = new System.Random(seed);
        double[] special = [Tiny, 1e-310, 2.2250738585072014e-308, double.MaxValue, Math.BitIncrement(1), Math.BitDecrement(1), Math.Sqrt(0.5), Math.Sqrt(2), 2, 10, 0.1];
        return special.Concat(Draws(random, r => Math.Pow(2, (r.NextDouble() * 2090) - 1070))).Concat(Draws(random, r => 0.6 + r.NextDouble()))
            .Concat(Draws(random, r => 1 + ((r.NextDouble() - 0.5) * Math.Pow(2, -r.Next(50)))));
    }

    private static double[] Draws(System.Random random, Func<System.Random, double> draw) => [.. Enumerable.Range(0, Samples).Select(_ => draw(random))];

    private static void AssertWithin(double ulps, IEnumerable<double> points, Func<double, double> error)
    {
        var (worst, at) = points.Where(x => x != 1).Select(x => (error(x), x)).Max();
        Assert.True(worst <= ulps, $"{worst} ulp at {at:R}");
        Assert.True(worst > 0.45, $"{worst} ulp: the reference is not one");
    }
}

using FsCheck;
using FsCheck.Fluent;
using Marrow.Numerics.Random;
using Marrow.Numerics.Sampling;

namespace Marrow.Tests.Sampling;

public sealed class QuasiRandomSequenceTests
{
    private static readonly uint _purpose = Purpose.Of("test of points");

    [Theory]
    [InlineData(0u, 1024)]
    [InlineData(3072u, 1024)]
    [InlineData(64u, 64)]
    public void Each_of_400_coordinates_is_stratified_in_every_aligned_block(uint first, int count)
    {
        var sequence = new QuasiRandomSequence(1, _purpose, 400);
        var point = new double[400];
        var hits = new int[400, count];
        for (uint i = 0; i < count; i++)
        {
            sequence.Point(first + i, point);
            for (var d = 0; d < 400; d++)
                hits[d, (int)(point[d] * count)]++;
        }

        foreach (var hit in hits)
            Assert.Equal(1, hit);
    }

    /// <summary>Pairs of Sobol dimensions 1 to 8 form (t, m, 2)-nets; t is at most 3 for the numbers of Joe and Kuo at m = 10, and scrambling keeps it.</summary>
    [Fact]
    public void Every_pair_within_a_group_fills_boxes_evenly()
    {
        const int Exponent = 10, Quality = 3;
        var sequence = new QuasiRandomSequence(5, _purpose, 16);
        var points = Enumerable.Range(0, 1 << Exponent).Select(i => Point(sequence, (uint)i)).ToArray();
        for (var a = 8; a < 16; a++)
        {
            for (var b = 8; b < a; b++)
            {
                for (var split = 0; split <= Exponent - Quality; split++)
                {
                    int rows = 1 << split, columns = 1 << (Exponent - Quality - split);
                    var counts = new int[rows * columns];
                    foreach (var p in points)
                        counts[((int)(p[a] * rows) * columns) + (int)(p[b] * columns)]++;
                    Assert.All(counts, c => Assert.Equal(1 << Quality, c));
                }
            }
        }
    }

    [Fact]
    public void Averages_in_low_dimension_are_far_better_than_of_plain_random_points()
    {
        // Integral of prod (1 + (x_j - 1/2)) over five dimensions is 1; variance (13/12)^5 - 1 for one plain random point.
        const int Points = 1024, Repeats = 40;
        double squares = 0;
        for (ulong seed = 0; seed < Repeats; seed++)
        {
            var sequence = new QuasiRandomSequence(seed, _purpose, 5);
            var mean = Enumerable.Range(0, Points).Average(i => Point(sequence, (uint)i).Aggregate(1.0, (product, x) => product * (x + 0.5)));
            squares += (mean - 1) * (mean - 1);
        }

        var plainVariance = (Math.Pow(13.0 / 12, 5) - 1) / Points;
        Assert.True(squares / Repeats < plainVariance / 100);
    }

    [Fact]
    public void Averages_over_400_dimensions_are_unbiased_and_no_worse_than_stratified()
    {
        // The sum of all coordinates is additive: a stratified sample has variance 400/12 N^-3 against 400/12 N^-1 of a plain one.
        const int Points = 256, Repeats = 20;
        double squares = 0;
        for (ulong seed = 0; seed < Repeats; seed++)
        {
            var sequence = new QuasiRandomSequence(seed, _purpose, 400);
            var error = Enumerable.Range(0, Points).Average(i => Point(sequence, (uint)i).Sum()) - 200;
            squares += error * error;
        }

        // Twice the expected value: chi-squared on 20 degrees exceeds 40 once in 200, 52 once in 10,000.
        Assert.True(squares / Repeats < 2.6 * (400.0 / 12) * Math.Pow(Points, -3));
    }

    [Fact]
    public void Coordinates_of_different_groups_are_not_correlated()
    {
        const int Points = 1024;
        var sequence = new QuasiRandomSequence(2, _purpose, 400);
        var points = Enumerable.Range(0, Points).Select(i => Point(sequence, (uint)i)).ToArray();
        for (var d = 8; d < 400; d += 8)
        {
            var correlation = 12 * points.Average(p => (p[0] - 0.5) * (p[d] - 0.5));
            // Standard error 1/sqrt(N); 4.5 of them in 49 trials happen once in 3,000 seeds.
            Assert.InRange(correlation, -4.5 / Math.Sqrt(Points), 4.5 / Math.Sqrt(Points));
        }
    }

    [Fact]
    public void A_point_depends_on_its_number_only() => Prop.ForAll<ulong, uint, byte>((seed, index, dimension) =>
    {
        var small = new QuasiRandomSequence(seed, _purpose, dimension + 1);
        var large = new QuasiRandomSequence(seed, _purpose, 300);
        var u = large.Uniform(index, dimension);
        return u == Point(small, index)[dimension] && u == Point(large, index)[dimension] && u is > 0 and < 1;
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void Seeds_and_purposes_give_different_points()
    {
        var u = new QuasiRandomSequence(1, _purpose, 1).Uniform(0, 0);
        Assert.NotEqual(u, new QuasiRandomSequence(2, _purpose, 1).Uniform(0, 0));
        Assert.NotEqual(u, new QuasiRandomSequence(1, _purpose + 1, 1).Uniform(0, 0));
    }

    private static double[] Point(QuasiRandomSequence sequence, uint index)
    {
        var point = new double[sequence.Dimensions];
        sequence.Point(index, point);
        return point;
    }
}

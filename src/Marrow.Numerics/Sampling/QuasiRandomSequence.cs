using Marrow.Numerics.Random;

namespace Marrow.Numerics.Sampling;

/// <summary>Quasi-random points of any dimension: scrambled Sobol points in groups of eight dimensions, the groups shuffled against each
/// other.</summary>
/// <remarks>
/// <para>Each coordinate is an Owen-scrambled (0, 1)-sequence in base 2: of the points j 2^m to (j + 1) 2^m - 1 exactly one lies in each
/// interval [i 2^-m, (i + 1) 2^-m), as in a stratified sample, and that for every m at once. Each group of eight dimensions is a scrambled
/// Sobol sequence, whose variance for a smooth integrand falls like N^-3 log^7 N (Owen 1997, doi:10.1214/aos/1031594731). Between
/// groups the order of the points is itself scrambled, so that dimensions of different groups are combined as in a Latin hypercube
/// and the poor two-dimensional projections of high Sobol dimensions do not arise: give the dimensions that matter most together,
/// first.</para>
/// <para>Every point is uniform on the cube, so averages are unbiased. Point i depends only on seed, purpose and i: more points
/// extend a sample and leave its points as they are. Sample sizes that are powers of two are the best.</para>
/// </remarks>
public sealed class QuasiRandomSequence
{
    private readonly ulong _key;

    /// <summary>A sequence.</summary>
    /// <param name="seed">Seed of the run.</param>
    /// <param name="purpose">What the points are for: <see cref="Purpose.Of"/> of a name.</param>
    /// <param name="dimensions">Coordinates of a point. Range: &gt;= 1.</param>
    public QuasiRandomSequence(ulong seed, uint purpose, int dimensions)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(dimensions);
        Dimensions = dimensions;
        _key = new RandomKey(seed, purpose).PhiloxKey;
    }

    /// <summary>Coordinates of a point.</summary>
    public int Dimensions { get; }

    /// <summary>Coordinate <paramref name="dimension"/> of point <paramref name="index"/>, in the open interval (0, 1).</summary>
    public double Uniform(uint index, int dimension)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(dimension);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(dimension, Dimensions);
        return Coordinate(Shuffled(index, dimension / SobolDirections.Dimensions), dimension);
    }

    /// <summary>All coordinates of point <paramref name="index"/>.</summary>
    /// <param name="index">Number of the point, from 0.</param>
    /// <param name="point">Receives the coordinates; length <see cref="Dimensions"/>.</param>
    public void Point(uint index, Span<double> point)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(point.Length, Dimensions);
        uint shuffled = 0;
        for (var dimension = 0; dimension < Dimensions; dimension++)
        {
            if (dimension % SobolDirections.Dimensions == 0)
                shuffled = Shuffled(index, dimension / SobolDirections.Dimensions);
            point[dimension] = Coordinate(shuffled, dimension);
        }
    }

    /// <summary>Scrambling the digits of the index permutes the points within and among the blocks of 2^m, for every m.</summary>
    private uint Shuffled(uint index, int group) => NestedScramble.Apply(index, Key(Kind.Order, group));

    private double Coordinate(uint shuffled, int dimension)
    {
        var digits = NestedScramble.Apply(SobolDirections.Point(shuffled, dimension % SobolDirections.Dimensions), Key(Kind.Digits, dimension));
        // Digits beyond the 32nd are random; a coin for each would cost time and could not be told apart.
        var rest = (uint)BitMixing.Mix(Key(Kind.Rest, dimension) ^ shuffled);
        return BitMixing.ToOpenUnitInterval(((ulong)digits << 32) | rest);
    }

    private ulong Key(Kind kind, int number) => BitMixing.Mix(_key + ((ulong)kind << 32) + (uint)number);

    private enum Kind : ulong
    {
        Order = 1,
        Digits = 2,
        Rest = 3,
    }
}

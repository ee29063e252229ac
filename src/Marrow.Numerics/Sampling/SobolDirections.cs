namespace Marrow.Numerics.Sampling;

/// <summary>Generating matrices of the first eight dimensions of Sobol's sequence, with the primitive polynomials and initial direction
/// numbers of Joe and Kuo 2008, doi:10.1137/070709359.</summary>
internal static class SobolDirections
{
    /// <summary>Number of dimensions.</summary>
    public const int Dimensions = 8;

    private const int Digits = 32;

    /// <summary>Interior coefficients a of x^s + a_1 x^(s-1) + ... + 1, as bits, and m_1..m_s, for dimensions 2 to 8.</summary>
    private static readonly (uint Polynomial, uint[] Initial)[] _generators =
    [
        (0, [1]),
        (1, [1, 3]),
        (1, [1, 3, 1]),
        (2, [1, 1, 1]),
        (1, [1, 1, 3, 3]),
        (4, [1, 3, 5, 13]),
        (2, [1, 1, 5, 5, 17]),
    ];

    private static readonly uint[][] _columns = [.. Enumerable.Range(0, Dimensions).Select(Columns)];

    /// <summary>Digits of point <paramref name="index"/> in one dimension: the exclusive or of the columns that the index' bits choose.</summary>
    public static uint Point(uint index, int dimension)
    {
        var columns = _columns[dimension];
        uint digits = 0;
        for (var bit = 0; index != 0; bit++, index >>= 1)
            digits ^= (uint)-(int)(index & 1) & columns[bit];
        return digits;
    }

    private static uint[] Columns(int dimension)
    {
        var columns = new uint[Digits];
        if (dimension == 0)
        {
            for (var k = 0; k < Digits; k++)
                columns[k] = 1u << (Digits - 1 - k);
            return columns;
        }

        var (polynomial, initial) = _generators[dimension - 1];
        var degree = initial.Length;
        for (var k = 0; k < Digits; k++)
        {
            if (k < degree)
            {
                columns[k] = initial[k] << (Digits - 1 - k);
                continue;
            }

            columns[k] = columns[k - degree] ^ (columns[k - degree] >> degree);
            for (var i = 1; i < degree; i++)
            {
                if (((polynomial >> (degree - 1 - i)) & 1) == 1)
                    columns[k] ^= columns[k - i];
            }
        }

        return columns;
    }
}

using System.Numerics;
using Marrow.Numerics.Random;
using Marrow.Numerics.SteadyStates;

namespace Marrow.Tests.SteadyStates;

public class SparseFactorsTests
{
    private static SparseFactors? Factors(double[][] matrix) => SparseFactors.Of([.. matrix.Select(row =>
        (Enumerable.Range(0, row.Length).Where(j => row[j] != 0).ToList(), row.Where(x => x != 0).ToList()))]);

    private static double[][] Zero(int size) => [.. Enumerable.Range(0, size).Select(_ => new double[size])];

    [Theory]
    [InlineData(1)]
    [InlineData(7)]
    [InlineData(120)]
    public void A_solution_solves_its_equations(int size)
    {
        var stream = new RandomKey((ulong)size, Purpose.Of("sparse matrices"), 0).Stream();
        var matrix = Zero(size);
        // A permutation keeps it regular; the rest is what eliminations fill. No entry of the diagonal need be there.
        for (var i = 0; i < size; i++) matrix[i][(i + 3) % size] = 1 + stream.Uniform();
        for (var k = 0; k < 3 * size; k++) matrix[stream.Below(size)][stream.Below(size)] += 0.2 * stream.Normal();
        double[] right = [.. Enumerable.Range(0, size).Select(_ => stream.Normal())];
        var x = Factors(matrix)!.Solve([.. right]);
        for (var i = 0; i < size; i++)
        {
            // Rounding: n units in the last place of |A| |x|, times the growth of entries, which is below 1e4 for such matrices.
            double sum = 0, size1 = 0;
            for (var j = 0; j < size; j++) (sum, size1) = (sum + (matrix[i][j] * x[j]), size1 + Math.Abs(matrix[i][j] * x[j]));
            Assert.InRange(sum - right[i], -1e-9 * size1, 1e-9 * size1);
        }
    }

    [Fact]
    public void A_singular_matrix_has_no_factors()
    {
        Assert.Null(Factors([[1, 2, 0], [2, 4, 0], [0, 0, 1]]));
        Assert.Null(Factors([[0, 0], [1, 1]]));
        Assert.NotNull(Factors([[0, 1], [1, 0]]));
    }

    [Fact]
    public void An_arrow_stays_as_sparse_as_it_is()
    {
        const int size = 200;
        var matrix = Zero(size);
        for (var i = 0; i < size; i++) matrix[i][i] = matrix[0][i] = matrix[i][0] = 2;
        matrix[0][0] = 1000;
        // Taken in the order of its rows it would fill all of size^2.
        Assert.Equal((3 * size) - 2, Factors(matrix)!.Count);
    }

    [Fact]
    public void Eigenvalues_are_those_of_the_blocks_in_whatever_order_the_states_stand()
    {
        // A rotation (+-2i), a swap (+-1) and -3, each acting on those after it; rows and columns shuffled.
        double[][] ordered = [[0, 2, 5, 5, 5], [-2, 0, 5, 5, 5], [0, 0, 0, 1, 5], [0, 0, 1, 0, 5], [0, 0, 0, 0, -3]];
        int[] order = [3, 0, 4, 2, 1];
        double[] shuffled = [.. order.SelectMany(i => order.Select(j => ordered[i][j]))];
        Complex[] expected = [1, new(0, 2), new(0, -2), -1, -3];
        var found = Spectrum.Of(shuffled, 5, largest: 2)!;
        // 2 x 2 blocks of entries up to 2: a few units in the last place.
        Assert.All(found.OrderByDescending(e => Math.Round(e.Real, 6)).ThenByDescending(e => e.Imaginary).Zip(expected), x => Assert.True(Complex.Abs(x.First - x.Second) < 1e-14));
        Assert.Null(Spectrum.Of(shuffled, 5, largest: 1));
    }
}

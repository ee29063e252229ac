using Marrow.Numerics.Statistics;

namespace Marrow.Trials.Patients;

/// <summary>What a random number of a patient makes; part of the key of the number.</summary>
internal enum DrawnKind
{
    /// <summary>A covariate.</summary>
    Covariate,
    /// <summary>A factor that follows from covariates.</summary>
    Factor,
    /// <summary>What earlier treatment did.</summary>
    History,
    /// <summary>A parameter of the model that differs between patients.</summary>
    Biology,
    /// <summary>The typical value of a parameter, which is not known exactly; drawn for a replicate, not for a patient.</summary>
    TypicalValue,
}

/// <summary>A random number of a patient: what it makes, and its name.</summary>
internal readonly record struct DrawnNumber(DrawnKind Kind, string Name)
{
    /// <summary>The uniform number. Covariates, the first draw of biology and typical values are spread evenly over patients (or replicates);
    /// only biology has further draws.</summary>
    public double Uniform(PatientRandom random, int attempt = 0) => Kind switch
    {
        DrawnKind.Covariate => random.Spread("covariate " + Name),
        DrawnKind.Factor => random.Independent("factor " + Name),
        DrawnKind.History => random.Independent("history " + Name),
        DrawnKind.TypicalValue => random.Spread("typical " + Name),
        _ => attempt == 0 ? random.Spread("biology " + Name) : random.Independent("biology " + Name, attempt),
    };
}

/// <summary>A correlation of two numbers.</summary>
/// <param name="A">One.</param>
/// <param name="B">The other.</param>
/// <param name="Rho">Correlation of the standard normals behind both, within -1..1.</param>
internal readonly record struct Correlation(DrawnNumber A, DrawnNumber B, double Rho);

/// <summary>Correlates the numbers of a patient by a Gaussian copula: z = L e with L L' the matrix of correlations and e the standard normals
/// that the numbers would be alone, in the order of drawing. Each z is standard normal again, so that every law keeps its own form; numbers
/// that are not listed, and the first of those that are, keep their bits.</summary>
/// <remarks>Nelsen 2006, An Introduction to Copulas, doi:10.1007/0-387-28678-0. For laws other than normal rho is that of the normal scores.</remarks>
internal sealed class CorrelatedNumbers
{
    private readonly DrawnNumber[] _numbers;
    private readonly double[][] _factor;
    private readonly Dictionary<DrawnNumber, int> _rows = [];

    private CorrelatedNumbers(DrawnNumber[] numbers, double[][] factor)
    {
        _numbers = numbers;
        _factor = factor;
        for (var i = 0; i < numbers.Length; i++) _rows.Add(numbers[i], i);
    }

    /// <summary>No correlation.</summary>
    public static CorrelatedNumbers None { get; } = new([], []);

    /// <summary>Numbers that take part, in the order in which they are drawn.</summary>
    public IReadOnlyList<DrawnNumber> Numbers => _numbers;

    /// <summary>The numbers of pairwise correlations.</summary>
    /// <param name="pairs">Correlations; pairs that are not listed have 0.</param>
    /// <param name="order">Position of a number among those drawn; equal positions are ordered by name.</param>
    /// <exception cref="NotPositiveDefiniteException">No random numbers can have these correlations.</exception>
    public static CorrelatedNumbers Of(IReadOnlyList<Correlation> pairs, Func<DrawnNumber, int> order)
    {
        DrawnNumber[] numbers = [.. pairs.SelectMany(p => (DrawnNumber[])[p.A, p.B]).Distinct().OrderBy(n => n.Kind).ThenBy(order).ThenBy(n => n.Name, StringComparer.Ordinal)];
        var matrix = MatrixOf(numbers, pairs, 1);
        var (factor, failed) = Cholesky(matrix);
        if (failed >= 0)
        {
            Correlation[] entries = [.. pairs.Where(p => Array.IndexOf(numbers, p.A) is var a && Array.IndexOf(numbers, p.B) is var b && Math.Max(a, b) == failed && p.Rho != 0)];
            throw new NotPositiveDefiniteException(numbers[failed], entries, LargestShare(numbers, pairs));
        }
        return new CorrelatedNumbers(numbers, factor);
    }

    /// <summary>A number as uniform and as standard normal.</summary>
    /// <param name="number">Which.</param>
    /// <param name="random">Of the patient.</param>
    /// <param name="attempt">Number of the draw of biology.</param>
    public (double U, double Z) Draw(DrawnNumber number, PatientRandom random, int attempt = 0)
    {
        if (!_rows.TryGetValue(number, out var row) || IsFree(_factor[row]))
        {
            var u = number.Uniform(random, attempt);
            return (u, NormalDistribution.Quantile(u));
        }
        var z = 0.0;
        for (var j = 0; j <= row; j++)
        {
            if (_factor[row][j] != 0) z += _factor[row][j] * NormalDistribution.Quantile(_numbers[j].Uniform(random, attempt));
        }
        return (NormalDistribution.Cumulative(z), z);
    }

    private static bool IsFree(double[] row) => row[^1] == 1;

    private static double[][] MatrixOf(DrawnNumber[] numbers, IReadOnlyList<Correlation> pairs, double share)
    {
        var matrix = new double[numbers.Length][];
        for (var i = 0; i < numbers.Length; i++) (matrix[i] = new double[i + 1])[i] = 1;
        foreach (var pair in pairs)
        {
            int a = Array.IndexOf(numbers, pair.A), b = Array.IndexOf(numbers, pair.B);
            matrix[Math.Max(a, b)][Math.Min(a, b)] = share * pair.Rho;
        }
        return matrix;
    }

    /// <summary>The lower factor of a lower triangle, or the row at which there is none.</summary>
    private static (double[][] Factor, int Failed) Cholesky(double[][] matrix)
    {
        // What is left of a variance of 1 after rounding; correlations are known to three digits at best.
        const double Least = 1e-10;
        var factor = new double[matrix.Length][];
        for (var i = 0; i < matrix.Length; i++)
        {
            factor[i] = new double[i + 1];
            for (var j = 0; j <= i; j++)
            {
                var sum = matrix[i][j];
                for (var k = 0; k < j; k++) sum -= factor[i][k] * factor[j][k];
                if (j < i) factor[i][j] = sum / factor[j][j];
                else if (sum > Least) factor[i][i] = Math.Sqrt(sum);
                else return (factor, i);
            }
        }
        return (factor, -1);
    }

    /// <summary>The largest share of all correlations that numbers can have, to two digits: by bisection, as the shares that fit are an interval from 0.</summary>
    private static double LargestShare(DrawnNumber[] numbers, IReadOnlyList<Correlation> pairs)
    {
        double low = 0, high = 1;
        while (high - low > 1e-4)
        {
            var middle = (low + high) / 2;
            if (Cholesky(MatrixOf(numbers, pairs, middle)).Failed < 0) low = middle;
            else high = middle;
        }
        return Math.Floor(low * 100) / 100;
    }
}

/// <summary>Correlations that no random numbers can have.</summary>
/// <param name="number">The number that cannot be added to those before it.</param>
/// <param name="entries">Its correlations with those before it.</param>
/// <param name="share">What all correlations could be multiplied by.</param>
internal sealed class NotPositiveDefiniteException(DrawnNumber number, IReadOnlyList<Correlation> entries, double share) : Exception("the correlations contradict each other")
{
    /// <summary>The number that cannot be added to those before it.</summary>
    public DrawnNumber Number => number;

    /// <summary>Its correlations with those before it.</summary>
    public IReadOnlyList<Correlation> Entries => entries;

    /// <summary>What all correlations could be multiplied by.</summary>
    public double Share => share;
}

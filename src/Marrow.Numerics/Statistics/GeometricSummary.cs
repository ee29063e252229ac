using Marrow.Numerics.Random;
using Marrow.Numerics.Vectors;

namespace Marrow.Numerics.Statistics;

/// <summary>Summary of positive values on the logarithmic scale, as pharmacokinetics reports it.</summary>
/// <param name="Count">Number of values.</param>
/// <param name="Mean">Geometric mean, exp(m), m the mean of the logarithms.</param>
/// <param name="CoefficientOfVariation">Geometric coefficient of variation, sqrt(exp(s^2) - 1), s^2 the sample variance (n - 1) of the
/// logarithms; NaN for a single value. A fraction: 0.3 is 30 %.</param>
public readonly record struct GeometricSummary(int Count, double Mean, double CoefficientOfVariation)
{
    /// <summary>Summarises values.</summary>
    /// <exception cref="ArgumentException">No values, or one that is not positive and finite: zeros below a limit of quantification need a
    /// decision by the caller.</exception>
    public static GeometricSummary Of(IEnumerable<double> values)
    {
        var logarithms = new List<double>();
        foreach (var value in values)
        {
            Guard.Positive(value, "value for a geometric mean");
            logarithms.Add(VectorMath.Ln(value));
        }

        Guard.Require(logarithms.Count > 0, $"a geometric mean needs at least one value");
        var mean = logarithms.Average();
        var variance = logarithms.Sum(l => (l - mean) * (l - mean)) / (logarithms.Count - 1);
        return new(logarithms.Count, VectorMath.Exp(mean), Math.Sqrt(VectorMath.Exp(variance) - 1));
    }
}

namespace Marrow.Numerics.Optimisation;

/// <summary>Evaluates many points at once, so that whoever simulates them can run them side by side.</summary>
/// <param name="points">Points, each of the problem's dimension. The receiver must not change them.</param>
/// <returns>One vector a point, all of one length: residuals for least squares, a single value for <see cref="CmaEs"/>. A point that
/// cannot be evaluated gives NaN in any place.</returns>
public delegate IReadOnlyList<double[]> BatchFunction(IReadOnlyList<double[]> points);

/// <summary>Limits of each variable; infinite where there is none.</summary>
/// <param name="Lower">Least values.</param>
/// <param name="Upper">Largest values, none below its lower one.</param>
public sealed record Box(IReadOnlyList<double> Lower, IReadOnlyList<double> Upper)
{
    /// <summary>No limits in <paramref name="dimensions"/> variables.</summary>
    public static Box Unbounded(int dimensions) => new(
        Enumerable.Repeat(double.NegativeInfinity, dimensions).ToArray(), Enumerable.Repeat(double.PositiveInfinity, dimensions).ToArray());

    /// <summary>Number of variables.</summary>
    public int Dimensions => Lower.Count;

    /// <summary>Whether the point lies within the limits.</summary>
    public bool Contains(ReadOnlySpan<double> x)
    {
        for (var i = 0; i < x.Length; i++)
        {
            if (!(x[i] >= Lower[i] && x[i] <= Upper[i])) return false;
        }
        return true;
    }

    /// <summary>The nearest point within the limits.</summary>
    public double[] Project(ReadOnlySpan<double> x)
    {
        var inside = new double[x.Length];
        for (var i = 0; i < x.Length; i++) inside[i] = Math.Clamp(x[i], Lower[i], Upper[i]);
        return inside;
    }

    /// <summary>Refuses limits that do not fit a start.</summary>
    /// <exception cref="ArgumentException">A length differs, or the start lies outside.</exception>
    internal void Check(IReadOnlyList<double> start)
    {
        if (Lower.Count != start.Count || Upper.Count != start.Count)
            throw new ArgumentException($"The start has {start.Count} variables, the limits have {Lower.Count} and {Upper.Count}.", nameof(start));
        if (!Contains([.. start])) throw new ArgumentException("The start must lie within the limits.", nameof(start));
    }
}

namespace Marrow.Numerics.Statistics;

/// <summary>A closed interval; a bound may be infinite.</summary>
/// <param name="Lower">Lower bound.</param>
/// <param name="Upper">Upper bound.</param>
public readonly record struct Interval(double Lower, double Upper)
{
    /// <summary>Whether the value lies in the interval, bounds included.</summary>
    public bool Contains(double value) => value >= Lower && value <= Upper;
}

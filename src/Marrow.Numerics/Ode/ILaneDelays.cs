namespace Marrow.Numerics.Ode;

/// <summary>Values of the past that a system reads, x(t - lag). Each has a place among the parameters, which the stepper fills before the
/// equations are evaluated; what the values and lags are computed from may be of the past itself, of values with smaller numbers.</summary>
public interface ILaneDelays
{
    /// <summary>Number of values.</summary>
    int Count { get; }

    /// <summary>States whose past, or on which a lag, depends.</summary>
    IReadOnlyList<int> Inputs { get; }

    /// <summary>Place of a value among the parameters.</summary>
    int Place(int index);

    /// <summary>Values that must be known at the earlier time to compute a value there, ascending: those that it names, and those that
    /// their lags name.</summary>
    IReadOnlyList<int> Needs(int index);

    /// <summary>Whether the solution depends on the value and its lag stays the same: then jumps of the past come back at known times.</summary>
    bool Returns(int index);

    /// <summary>How long ago, at a time since the start; below 0 counts as 0.</summary>
    double Lag(int index, double time, ReadOnlySpan<double> states, ReadOnlySpan<double> parameters);

    /// <summary>The value at a time since the start, not delayed.</summary>
    double Value(int index, double time, ReadOnlySpan<double> states, ReadOnlySpan<double> parameters);

    /// <summary>The value, not delayed, at a time before the start.</summary>
    /// <param name="index">Which value.</param>
    /// <param name="time">A time before the start.</param>
    /// <param name="states">States at the start.</param>
    /// <param name="parameters">Parameters at the start.</param>
    double ValueBefore(int index, double time, ReadOnlySpan<double> states, ReadOnlySpan<double> parameters);
}

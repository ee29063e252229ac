using Marrow.Networks.Diagnostics;

namespace Marrow.Networks.Simulation;

/// <summary>What a simulation found: a value for each quantity at each time.</summary>
public sealed class TimeSeries
{
    private readonly Dictionary<string, double[]> _values;

    internal TimeSeries(IReadOnlyList<double> times, IReadOnlyList<string> names, IReadOnlyList<double[]> columns)
    {
        (Times, Names) = (times, names);
        _values = names.Zip(columns).ToDictionary(x => x.First, x => x.Second, StringComparer.Ordinal);
    }

    /// <summary>Times, in the unit of the model's time.</summary>
    public IReadOnlyList<double> Times { get; }

    /// <summary>Names of the quantities: species and rule variables of the model.</summary>
    public IReadOnlyList<string> Names { get; }

    /// <summary>The course of a quantity: a value for each time, in the unit that it has in the model.</summary>
    /// <param name="name">Species or rule variable.</param>
    /// <exception cref="KeyNotFoundException">The model has no such quantity; the nearest name is suggested.</exception>
    public IReadOnlyList<double> this[string name] => _values.TryGetValue(name, out var values) ? values
        : throw new KeyNotFoundException($"The model has no quantity '{name}'; try {Spelling.Hint(name, Names, "one of Names")}.");
}

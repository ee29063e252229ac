using System.Globalization;

namespace Marrow.Cli.Simulation;

/// <summary>The times at which <c>marrow simulate</c> writes a row, from one of three ways to say it.</summary>
internal sealed record TimeGrid(double? Start, double? End, int? Points, double? Duration, int? Steps, string? Times)
{
    private const double DefaultEnd = 100;
    private const int DefaultPoints = 101;

    /// <summary>Whether any of them is given.</summary>
    internal bool IsGiven => Start is not null || End is not null || Points is not null || Duration is not null || Steps is not null || Times is not null;

    /// <summary>What is wrong with the options taken together, or null.</summary>
    internal string? Problem()
    {
        if (Times is not null)
        {
            if (Start is not null || End is not null || Points is not null || Duration is not null || Steps is not null)
                return "--times stands alone: it cannot be combined with --start, --end, --points, --duration or --steps.";
            return ParseTimes(Times) is { } times ? ProblemOf(times) : $"--times '{Times}' is not a list of numbers such as 0,7,28.";
        }
        if (Duration is not null || Steps is not null)
        {
            if (End is not null || Points is not null) return "--duration and --steps cannot be combined with --end and --points: give one pair.";
            if (Duration is null || Steps is null) return "--duration and --steps belong together.";
            if (Steps < 1) return $"--steps {Steps} must be at least 1.";
            return Duration > 0 && double.IsFinite(Duration.Value) ? null : $"--duration {Text(Duration.Value)} must be a positive number.";
        }
        if (Points is < 2) return $"--points {Points} must be at least 2: the first and the last time.";
        var (start, end) = (Start ?? 0, End ?? DefaultEnd);
        return end > start && double.IsFinite(start) && double.IsFinite(end) ? null : $"--end {Text(end)} must come after --start {Text(start)}.";
    }

    /// <summary>The times, increasing; the first one is where the simulation starts.</summary>
    internal double[] ToTimes()
    {
        if (Times is not null) return ParseTimes(Times)!;
        var start = Start ?? 0;
        var end = Duration is { } duration ? start + duration : End ?? DefaultEnd;
        var intervals = Steps ?? ((Points ?? DefaultPoints) - 1);
        var times = new double[intervals + 1];
        for (var i = 0; i < intervals; i++) times[i] = start + ((end - start) * i / intervals);
        times[intervals] = end;
        return times;
    }

    private static double[]? ParseTimes(string text)
    {
        var parts = text.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        var times = new double[parts.Length];
        for (var i = 0; i < parts.Length; i++)
        {
            if (!double.TryParse(parts[i], NumberStyles.Float, CultureInfo.InvariantCulture, out times[i]) || !double.IsFinite(times[i])) return null;
        }
        return times.Length > 0 ? times : null;
    }

    private static string? ProblemOf(double[] times)
    {
        for (var i = 1; i < times.Length; i++)
        {
            if (times[i] <= times[i - 1]) return $"--times must increase: {Text(times[i])} comes after {Text(times[i - 1])}.";
        }
        return null;
    }

    private static string Text(double value) => value.ToString(CultureInfo.InvariantCulture);
}

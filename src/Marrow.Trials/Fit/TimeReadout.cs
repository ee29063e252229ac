using System.Globalization;
using Marrow.Numerics.Vectors;

namespace Marrow.Trials.Fit;

/// <summary>How a course of one patient becomes one number: a word and its numbers, such as <c>max 0 28</c>. Times are days.</summary>
public sealed class TimeReadout
{
    private delegate double Reduction(ReadOnlySpan<double> times, ReadOnlySpan<double> values, IReadOnlyList<double> numbers);

    /// <summary>Each word with the count of its numbers; the first and second of the window stand last.</summary>
    private static readonly Dictionary<string, (int Numbers, Reduction Reduce)> Words = new(StringComparer.Ordinal)
    {
        ["at"] = (1, (t, x, n) => At(t, x, n[0])),
        ["ratio"] = (2, (t, x, n) => At(t, x, n[1]) / At(t, x, n[0])),
        ["mean"] = (2, (t, x, n) => Area(t, x, n[0], n[1]) / (n[1] - n[0])),
        ["auc"] = (2, (t, x, n) => Area(t, x, n[0], n[1])),
        ["max"] = (2, (t, x, n) => x[Extreme(t, x, n[0], n[1], 1)]),
        ["min"] = (2, (t, x, n) => x[Extreme(t, x, n[0], n[1], -1)]),
        ["day_of_max"] = (2, (t, x, n) => Vertex(t, x, Extreme(t, x, n[0], n[1], 1)) - n[0]),
        ["day_of_min"] = (2, (t, x, n) => Vertex(t, x, Extreme(t, x, n[0], n[1], -1)) - n[0]),
        ["max_ratio"] = (2, (t, x, n) => x[Extreme(t, x, n[0], n[1], 1)] / At(t, x, n[0])),
        ["min_ratio"] = (2, (t, x, n) => x[Extreme(t, x, n[0], n[1], -1)] / At(t, x, n[0])),
        ["log_slope"] = (2, (t, x, n) => LogSlope(t, x, n[0], n[1])),
        ["doubling"] = (2, (t, x, n) => VectorMath.Ln(2) / LogSlope(t, x, n[0], n[1])),
        ["half_life"] = (2, (t, x, n) => -VectorMath.Ln(2) / LogSlope(t, x, n[0], n[1])),
        ["half_life_after_max"] = (2, AfterPeak),
        ["first_above"] = (3, (t, x, n) => First(t, x, n[1], n[2], v => v >= n[0])),
        ["first_below"] = (3, (t, x, n) => First(t, x, n[1], n[2], v => v <= n[0])),
    };

    private readonly Reduction _reduce;
    private readonly double[] _numbers;

    private TimeReadout(string text, double[] numbers, Reduction reduce) => (Text, _numbers, _reduce) = (text, numbers, reduce);

    /// <summary>As written.</summary>
    public string Text { get; }

    /// <summary>First day needed.</summary>
    public double From => _numbers.Length == 3 ? _numbers[1] : Text.StartsWith("half_life_after_max", StringComparison.Ordinal) ? 0 : _numbers[0];

    /// <summary>Last day needed; for a readout after a peak, the least.</summary>
    public double To => _numbers[^1];

    /// <summary>Words that may be used.</summary>
    public static IReadOnlyCollection<string> Known => Words.Keys;

    /// <summary>Reads a readout; null, with the reason, if it is none.</summary>
    public static TimeReadout? Parse(string text, out string problem)
    {
        ArgumentNullException.ThrowIfNull(text);
        var parts = text.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        problem = "";
        if (parts.Length == 0 || !Words.TryGetValue(parts[0], out var word))
        {
            problem = $"'{text}' begins with none of {string.Join(", ", Words.Keys)}";
            return null;
        }
        var numbers = new double[parts.Length - 1];
        for (var i = 0; i < numbers.Length; i++)
        {
            if (!double.TryParse(parts[i + 1], NumberStyles.Float, CultureInfo.InvariantCulture, out numbers[i]) || !double.IsFinite(numbers[i]))
            {
                problem = $"'{parts[i + 1]}' is not a number";
                return null;
            }
        }
        if (numbers.Length != word.Numbers) problem = $"'{parts[0]}' takes {word.Numbers} numbers, not {numbers.Length}";
        else if (word.Numbers > 1 && !(numbers[^1] > numbers[^2])) problem = "the second day must come after the first";
        return problem.Length > 0 ? null : new TimeReadout(string.Join(' ', parts), numbers, word.Reduce);
    }

    /// <summary>The number of a course.</summary>
    /// <param name="times">Days, rising.</param>
    /// <param name="values">One a day recorded.</param>
    public double Of(ReadOnlySpan<double> times, ReadOnlySpan<double> values) => _reduce(times, values, _numbers);

    private static double At(ReadOnlySpan<double> times, ReadOnlySpan<double> values, double day)
    {
        var i = times.BinarySearch(day);
        if (i >= 0) return values[i];
        i = ~i;
        if (i == 0) return values[0];
        if (i == times.Length) return values[^1];
        var share = (day - times[i - 1]) / (times[i] - times[i - 1]);
        return values[i - 1] + (share * (values[i] - values[i - 1]));
    }

    private static (int First, int Last) Window(ReadOnlySpan<double> times, double from, double to)
    {
        int first = 0, last = times.Length - 1;
        while (first < last && times[first] < from) first++;
        while (last > first && times[last] > to) last--;
        return (first, last);
    }

    private static int Extreme(ReadOnlySpan<double> times, ReadOnlySpan<double> values, double from, double to, int sign)
    {
        var (first, last) = Window(times, from, to);
        var best = first;
        for (var i = first; i <= last; i++)
        {
            if (sign * values[i] > sign * values[best]) best = i;
        }
        return best;
    }

    /// <summary>Where the parabola through an extreme and its neighbours has its vertex: with whole days alone a peak would move in steps,
    /// and derivatives would be 0 or noise. The ends of a course, and flat tops, stay where they are.</summary>
    private static double Vertex(ReadOnlySpan<double> times, ReadOnlySpan<double> values, int i)
    {
        if (i == 0 || i == times.Length - 1) return times[i];
        double left = times[i] - times[i - 1], right = times[i + 1] - times[i];
        double rise = (values[i] - values[i - 1]) / left, fall = (values[i + 1] - values[i]) / right;
        if (rise == fall || rise * fall >= 0) return times[i];
        // Slopes at the middles of both intervals; the vertex is where the line between them is 0.
        return times[i] - (left / 2) + (rise / (rise - fall) * (left + right) / 2);
    }

    /// <summary>Trapezoids between recorded days.</summary>
    private static double Area(ReadOnlySpan<double> times, ReadOnlySpan<double> values, double from, double to)
    {
        double area = 0, t = from, x = At(times, values, from);
        for (var i = 0; i < times.Length && times[i] < to; i++)
        {
            if (times[i] <= from) continue;
            area += .5 * (x + values[i]) * (times[i] - t);
            (t, x) = (times[i], values[i]);
        }
        return area + (.5 * (x + At(times, values, to)) * (to - t));
    }

    /// <summary>Least-squares slope of ln x, 1/d; values of 0 are left out.</summary>
    private static double LogSlope(ReadOnlySpan<double> times, ReadOnlySpan<double> values, double from, double to)
    {
        var (first, last) = Window(times, from, to);
        double n = 0, st = 0, sx = 0;
        for (var i = first; i <= last; i++)
        {
            if (!(values[i] > 0)) continue;
            n++;
            st += times[i];
            sx += VectorMath.Ln(values[i]);
        }
        double stt = 0, stx = 0;
        for (var i = first; i <= last; i++)
        {
            if (!(values[i] > 0)) continue;
            var t = times[i] - (st / n);
            stt += t * t;
            stx += t * (VectorMath.Ln(values[i]) - (sx / n));
        }
        return n < 2 ? double.NaN : stx / stt;
    }

    /// <summary>Half-life between two times after the largest value.</summary>
    private static double AfterPeak(ReadOnlySpan<double> times, ReadOnlySpan<double> values, IReadOnlyList<double> numbers)
    {
        var peak = times[Extreme(times, values, times[0], times[^1], 1)];
        return peak + numbers[0] >= times[^1] ? double.NaN : -VectorMath.Ln(2) / LogSlope(times, values, peak + numbers[0], peak + numbers[1]);
    }

    /// <summary>First recorded day on which the condition holds, counted from the first of the window; the length of the window if it never does.</summary>
    private static double First(ReadOnlySpan<double> times, ReadOnlySpan<double> values, double from, double to, Func<double, bool> holds)
    {
        var (first, last) = Window(times, from, to);
        for (var i = first; i <= last; i++)
        {
            if (holds(values[i])) return times[i] - from;
        }
        return to - from;
    }
}

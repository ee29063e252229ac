using System.Globalization;
using Marrow.Reports.Words;

namespace Marrow.Reports.Plots;

/// <summary>An axis: its range and the places that are labelled.</summary>
public sealed class PlotAxis
{
    private const int MostLabels = 5;
    /// <summary>On a logarithmic axis, what lies this many decades below the top is not shown: solvers leave such remains.</summary>
    private const int MostDecades = 12;

    private PlotAxis(double low, double high, bool logarithmic, IReadOnlyList<double> ticks) =>
        (Low, High, IsLogarithmic, Ticks) = (low, high, logarithmic, ticks);

    /// <summary>Lowest value.</summary>
    public double Low { get; }

    /// <summary>Highest value.</summary>
    public double High { get; }

    /// <summary>Whether equal ratios, not equal differences, are equally long.</summary>
    public bool IsLogarithmic { get; }

    /// <summary>Values that are labelled, increasing.</summary>
    public IReadOnlyList<double> Ticks { get; }

    /// <summary>The axis for some values: zero is on a linear one where it is near.</summary>
    public static PlotAxis Of(IEnumerable<double> values, bool logarithmic)
    {
        double[] known = [.. values.Where(v => double.IsFinite(v) && (!logarithmic || v > 0))];
        if (known.Length == 0) return logarithmic ? Decades(1, 10) : Linear(0, 1);
        var (low, high) = (known.Min(), known.Max());
        if (logarithmic) return Decades(low, high);
        if (low > 0 && low <= 0.6 * high) low = 0;
        if (high < 0 && high >= 0.6 * low) high = 0;
        return low < high ? Linear(low, high) : Linear(low - (low == 0 ? 0 : Math.Abs(low) / 2), high + (high == 0 ? 1 : Math.Abs(high) / 2));
    }

    /// <summary>The axis of times, with labels at round ones.</summary>
    public static PlotAxis OfTimes(IReadOnlyList<double> times, int labels)
    {
        ArgumentNullException.ThrowIfNull(times);
        var (low, high) = (times[0], times.Count > 1 ? times[^1] : times[0] + 1);
        var step = Step((high - low) / labels);
        return new PlotAxis(low, high, false, Multiples(Math.Ceiling(low / step), Math.Floor((high / step) + 1e-9), step));
    }

    /// <summary>A horizontal axis for values in any order, with labels at round ones, the ends among them.</summary>
    public static PlotAxis Across(IEnumerable<double> values, bool logarithmic, int labels)
    {
        ArgumentNullException.ThrowIfNull(values);
        double[] known = [.. values.Where(v => double.IsFinite(v) && (!logarithmic || v > 0))];
        if (known.Length == 0) return logarithmic ? Decades(1, 10) : OfTimes([0, 1], labels);
        var (low, high) = (known.Min(), known.Max());
        return logarithmic ? Decades(low, high) : low < high ? Linear(low, high, labels) : OfTimes([low], labels);
    }

    /// <summary>Where a value lies, 0 at the low end and 1 at the high one; null if it has no place on the axis.</summary>
    public double? Place(double value)
    {
        if (!double.IsFinite(value)) return null;
        if (!IsLogarithmic) return (value - Low) / (High - Low);
        return value < Low ? null : Math.Log(value / Low) / Math.Log(High / Low);
    }

    /// <summary>A value of this axis as a label: all as powers of ten on a logarithmic one that reaches far.</summary>
    public string LabelOf(double value) => IsLogarithmic && (Low < 0.01 || High >= 1e4) && !(value >= 1 && value < 100) ? Label(value, -1, 1) : Label(value);

    /// <summary>A value as a label.</summary>
    public static string Label(double value) => Label(value, -2, 3);

    /// <summary>A value as a label; one between two powers of ten is written out.</summary>
    private static string Label(double value, int least, int most)
    {
        if (value == 0) return "0";
        var size = Math.Abs(value);
        var power = (int)Math.Floor(Math.Log10(size) + 1e-9);
        if (power >= least && power <= most) return value.ToString("#,0.####", CultureInfo.InvariantCulture).Replace('-', '\u2212');
        var mantissa = size / Math.Pow(10, power);
        var ten = Numbers.Power10(power);
        var sign = value < 0 ? "\u2212" : "";
        return sign + (Math.Abs(mantissa - 1) < 1e-9 ? ten : $"{mantissa.ToString("0.##", CultureInfo.InvariantCulture)}\u00A0×\u00A0{ten}");
    }

    private static PlotAxis Linear(double low, double high, int labels = MostLabels)
    {
        var step = Step((high - low) / (labels - 1));
        var (first, last) = (Math.Floor((low / step) + 1e-9), Math.Ceiling((high / step) - 1e-9));
        return new PlotAxis(first * step, last * step, false, Multiples(first, last, step));
    }

    private static PlotAxis Decades(double low, double high)
    {
        var top = (int)Math.Ceiling(Math.Log10(high) - 1e-9);
        var bottom = Math.Max(top - MostDecades, Math.Min(top - 1, (int)Math.Floor(Math.Log10(low) + 1e-9)));
        var every = ((top - bottom) + MostLabels - 1) / MostLabels;
        return new PlotAxis(Math.Pow(10, bottom), Math.Pow(10, top), true,
            [.. Enumerable.Range(0, ((top - bottom) / every) + 1).Select(k => Math.Pow(10, top - (k * every))).Reverse()]);
    }

    private static double[] Multiples(double first, double last, double step) =>
        [.. Enumerable.Range(0, (int)(last - first) + 1).Select(k => (first + k) * step)];

    /// <summary>The smallest of 1, 2, 5, times a power of ten, that is not below a size.</summary>
    private static double Step(double least)
    {
        var ten = Math.Pow(10, Math.Floor(Math.Log10(least)));
        return new[] { 1.0, 2, 5, 10 }.Select(m => m * ten).First(s => s >= least * (1 - 1e-9));
    }
}

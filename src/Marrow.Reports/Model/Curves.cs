namespace Marrow.Reports.Model;

/// <summary>Step functions as a page draws them.</summary>
internal static class Curves
{
    /// <summary>Steps that a chart shows; finer ones are narrower than its line.</summary>
    private const int MostSteps = 180;

    /// <summary>Value of a step function at a time: that of the last step not after it. Times are sorted and not empty.</summary>
    public static double At(IReadOnlyList<double> times, IReadOnlyList<double> values, double time)
    {
        var (low, high) = (0, times.Count);
        while (low < high)
        {
            var middle = (low + high) / 2;
            if (times[middle] <= time + 1e-9) low = middle + 1;
            else high = middle;
        }
        return values[Math.Max(0, low - 1)];
    }

    /// <summary>Times at which to show step functions to the end of their axis: their own steps, or an even grid if those are too many.</summary>
    public static IReadOnlyList<double> Grid(IEnumerable<double> steps, double end)
    {
        var own = steps.Append(0).Append(end).Where(t => t >= 0 && t <= end).Distinct().Order().ToList();
        return own.Count <= MostSteps ? own : [.. Enumerable.Range(0, MostSteps + 1).Select(i => end * i / MostSteps)];
    }

    /// <summary>Rows [time, value of each function]; rows with a value that is not a number are left out.</summary>
    public static IReadOnlyList<double[]> Rows(IReadOnlyList<double> grid, IReadOnlyList<double> times, params IReadOnlyList<double>[] functions) => times.Count == 0
        ? []
        : [.. grid.Select(t => (double[])[t, .. functions.Select(f => At(times, f, t))]).Where(row => row.All(double.IsFinite))];
}

namespace Marrow.Reports.Plots;

/// <summary>A quantity over time.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Unit">Its unit; empty for a pure number.</param>
/// <param name="Values">One a time.</param>
/// <param name="Spread">Standard deviation at each time, drawn as a band; null for none.</param>
public sealed record Curve(string Name, string Unit, IReadOnlyList<double> Values, IReadOnlyList<double>? Spread = null)
{
    /// <summary>Places along the horizontal axis, as many as values, in any order; null: the times of the set.</summary>
    public IReadOnlyList<double>? Across { get; init; }

    /// <summary>Whether values are drawn one by one, as what was measured is, and not joined by a line.</summary>
    public bool IsPoints { get; init; }

    /// <summary>Upper edge of an area whose lower edge the values are, drawn without lines; null for a curve.</summary>
    public IReadOnlyList<double>? Upper { get; init; }
}

/// <summary>Curves over the same times.</summary>
/// <param name="Title">What is shown.</param>
/// <param name="TimeUnit">Unit of time.</param>
/// <param name="Times">Times, increasing.</param>
/// <param name="Curves">The curves.</param>
/// <param name="Note">What a reader must know: how they were computed, what is left out.</param>
public sealed record CurveSet(string Title, string TimeUnit, IReadOnlyList<double> Times, IReadOnlyList<Curve> Curves, string Note)
{
    /// <summary>What is along the horizontal axis.</summary>
    public string Across { get; init; } = "time";

    /// <summary>What is along the vertical axis, where all curves share it; empty if their names say it.</summary>
    public string Along { get; init; } = "";

    /// <summary>Whether the horizontal axis is logarithmic.</summary>
    public bool IsLogAcross { get; init; }

    /// <summary>Whether all curves belong on one vertical axis, whatever their units and magnitudes.</summary>
    public bool IsOnOneAxis { get; init; }
}

/// <summary>Curves that share a vertical axis.</summary>
/// <param name="Unit">Unit of the axis.</param>
/// <param name="Curves">The curves, in the order of the set.</param>
/// <param name="Axis">The axis.</param>
public sealed record CurvePanel(string Unit, IReadOnlyList<Curve> Curves, PlotAxis Axis)
{
    /// <summary>More curves than this in a panel cannot be told apart.</summary>
    public const int MostCurves = 6;

    /// <summary>On a linear axis, a curve whose peak is lower than this share of the highest would lie on the zero line.</summary>
    private const double LeastShare = 1.0 / 30;

    /// <summary>Distributes curves over panels: one for each unit, and on linear axes for each magnitude.</summary>
    public static IReadOnlyList<CurvePanel> Of(CurveSet set, bool logarithmic)
    {
        ArgumentNullException.ThrowIfNull(set);
        if (set.IsOnOneAxis)
        {
            var axis = PlotAxis.Of(set.Curves.SelectMany(Extent), logarithmic);
            return [.. set.Curves.Chunk(MostCurves).Select(c => new CurvePanel("", c, axis))];
        }
        var groups = set.Curves.GroupBy(c => c.Unit).SelectMany(unit => logarithmic ? [[.. unit]] : ByMagnitude([.. unit]));
        return [.. groups.SelectMany(g => g.Chunk(MostCurves)).Select(c => new CurvePanel(c[0].Unit, c, PlotAxis.Of(c.SelectMany(Extent), logarithmic)))];
    }

    private static IEnumerable<Curve[]> ByMagnitude(Curve[] curves)
    {
        var groups = new List<(double Peak, List<Curve> Members)>();
        foreach (var curve in curves.OrderByDescending(Peak))
        {
            var peak = Peak(curve);
            if (groups.Count > 0 && (peak == 0 || peak >= LeastShare * groups[^1].Peak)) groups[^1].Members.Add(curve);
            else groups.Add((peak, [curve]));
        }
        return groups.Select(g => curves.Where(g.Members.Contains).ToArray());
    }

    private static double Peak(Curve curve) => Extent(curve).Where(double.IsFinite).Select(Math.Abs).DefaultIfEmpty(0).Max();

    private static IEnumerable<double> Extent(Curve curve) =>
        curve.Upper is not null ? curve.Values.Concat(curve.Upper) : curve.Spread is null ? curve.Values : curve.Values.SelectMany((v, i) => new[] { v - curve.Spread[i], v + curve.Spread[i] });
}

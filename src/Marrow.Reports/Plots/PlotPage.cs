using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Unicode;

namespace Marrow.Reports.Plots;

/// <summary>Curves as one page that opens offline: pictures for wide and narrow windows, values under the pointer, a table.</summary>
public static class PlotPage
{
    private const double Wide = 1104, Narrow = 328;

    private static readonly PlotJsonContext _context = new(new JsonSerializerOptions
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        Encoder = JavaScriptEncoder.Create(UnicodeRanges.All),
    });

    /// <summary>A page of one picture.</summary>
    public static string Of(CurveSet set, bool logarithmic, string version)
    {
        ArgumentNullException.ThrowIfNull(set);
        return Of(set.Title, set.Note, [(set, logarithmic)], version);
    }

    /// <summary>A page of several pictures below one another, each with its title and note.</summary>
    /// <param name="title">Title of the page.</param>
    /// <param name="note">What a reader must know of all of them.</param>
    /// <param name="figures">The curves of each, and whether its vertical axis is logarithmic.</param>
    /// <param name="version">Version of the program.</param>
    public static string Of(string title, string note, IReadOnlyList<(CurveSet Set, bool IsLogarithmic)> figures, string version)
    {
        var data = new PlotPageData(title, note, version, SvgPlot.Style(), [.. figures.Select(f => Figure(f.Set, f.IsLogarithmic))]);
        return PageTemplate.Fill("plot.html", JsonSerializer.Serialize(data, _context.PlotPageData));
    }

    private static PlotPageFigure Figure(CurveSet set, bool logarithmic) => new(
        set.Title, set.Note, set.Across, set.TimeUnit, set.IsLogAcross, SvgPlot.Bare(set, logarithmic, Wide), SvgPlot.Bare(set, logarithmic, Narrow), SvgPlot.Picture(set, logarithmic),
        Known(set.Times), [.. set.Curves.Select(c => new PlotPageCurve(c.Name, c.Unit, Known(c.Values), c.Spread is null ? null : Known(c.Spread), c.Across is null ? null : Known(c.Across), c.Upper is null ? null : Known(c.Upper)))]);

    /// <summary>JSON has no infinity.</summary>
    private static double?[] Known(IEnumerable<double> values) => [.. values.Select(v => double.IsFinite(v) ? v : (double?)null)];
}

/// <summary>What the page shows; web/src/plot/main.ts has the same shape.</summary>
internal sealed record PlotPageData(string Title, string Note, string Version, string Style, IReadOnlyList<PlotPageFigure> Figures);

/// <summary>A picture of the page: for wide and narrow windows, and to take away.</summary>
internal sealed record PlotPageFigure(
    string Title, string Note, string Across, string TimeUnit, bool IsLogAcross, string Wide, string Narrow, string Picture, IReadOnlyList<double?> Times, IReadOnlyList<PlotPageCurve> Curves);

/// <summary>A curve of the page.</summary>
internal sealed record PlotPageCurve(string Name, string Unit, IReadOnlyList<double?> Values, IReadOnlyList<double?>? Spread, IReadOnlyList<double?>? Across, IReadOnlyList<double?>? Upper);

[JsonSerializable(typeof(PlotPageData))]
internal sealed partial class PlotJsonContext : JsonSerializerContext;

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

    /// <summary>The page.</summary>
    public static string Of(CurveSet set, bool logarithmic, string version)
    {
        ArgumentNullException.ThrowIfNull(set);
        var data = new PlotPageData(
            set.Title, set.Note, set.TimeUnit, version, SvgPlot.Bare(set, logarithmic, Wide), SvgPlot.Bare(set, logarithmic, Narrow), SvgPlot.Picture(set, logarithmic), SvgPlot.Style(), set.Times,
            [.. set.Curves.Select(c => new PlotPageCurve(c.Name, c.Unit, Known(c.Values), c.Spread is null ? null : Known(c.Spread)))]);
        return PageTemplate.Fill("plot.html", JsonSerializer.Serialize(data, _context.PlotPageData));
    }

    /// <summary>JSON has no infinity.</summary>
    private static double?[] Known(IEnumerable<double> values) => [.. values.Select(v => double.IsFinite(v) ? v : (double?)null)];
}

/// <summary>What the page shows; web/src/plot/main.ts has the same shape.</summary>
internal sealed record PlotPageData(
    string Title, string Note, string TimeUnit, string Version, string Wide, string Narrow, string Picture, string Style, IReadOnlyList<double> Times, IReadOnlyList<PlotPageCurve> Curves);

/// <summary>A curve of the page.</summary>
internal sealed record PlotPageCurve(string Name, string Unit, IReadOnlyList<double?> Values, IReadOnlyList<double?>? Spread);

[JsonSerializable(typeof(PlotPageData))]
internal sealed partial class PlotJsonContext : JsonSerializerContext;

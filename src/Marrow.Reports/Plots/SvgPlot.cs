using System.Globalization;
using System.Text;

namespace Marrow.Reports.Plots;

/// <summary>Draws curves as SVG: panels below each other over one axis of time, each curve named at its end. Light or dark follows the
/// system; a program that knows no style sheets of that kind shows the light one.</summary>
public sealed class SvgPlot
{
    private const int FontSize = 12;
    private const int LabelHeight = 15;
    private const int PanelHeight = 190;
    private const int Narrow = 430;
    private const double CharWidth = 0.58 * FontSize;
    private const string Font = "Inter, system-ui, -apple-system, 'Segoe UI', Roboto, 'Helvetica Neue', Arial, sans-serif";

    /// <summary>Tokens of web/src/style.css: light, dark.</summary>
    private static readonly (string Name, string Light, string Dark)[] Tokens =
    [
        ("page", "#ffffff", "#14181b"), ("ink", "#1a1d1f", "#eceeea"), ("muted", "#5b6266", "#a2aaae"), ("axis", "#8a9196", "#6e777c"), ("rule", "#e3e6e4", "#2b3237"),
        ("c0", "#17479e", "#7fa9e8"), ("c1", "#b8480c", "#f58a3c"), ("c2", "#078463", "#63e6b4"), ("c3", "#a050c4", "#d2b4fc"), ("c4", "#86142b", "#f0637a"), ("c5", "#ad6200", "#fbc23a"),
    ];

    private readonly CurveSet _set;
    private readonly IReadOnlyList<CurvePanel> _panels;
    private readonly PlotAxis _time;
    private readonly double _width, _left, _right;
    private readonly StringBuilder _svg = new();
    private readonly Curve[] _all;

    private SvgPlot(CurveSet set, bool logarithmic, double width)
    {
        (_set, _width, _all) = (set, width, [.. set.Curves]);
        _panels = CurvePanel.Of(set, logarithmic);
        var labels = width < Narrow ? 4 : 8;
        var isShared = set.Curves.All(c => c.Across is null);
        _time = isShared && set.Times.Count > 0 && !set.IsLogAcross ? PlotAxis.OfTimes(set.Times, labels) : PlotAxis.Across(isShared ? set.Times : set.Curves.SelectMany(c => c.Across ?? set.Times), set.IsLogAcross, labels);
        _left = 10 + (CharWidth * _panels.SelectMany(p => p.Axis.Ticks.Select(t => p.Axis.LabelOf(t).Length)).DefaultIfEmpty(1).Max());
        var longest = set.Curves.Select(c => c.Name.Length).DefaultIfEmpty(0).Max();
        _right = width - (IsNarrow ? 12 : Math.Min(0.3 * width, 22 + (CharWidth * longest)));
    }

    private bool IsNarrow => _width < Narrow;

    /// <summary>A whole picture with its title and note.</summary>
    /// <param name="set">The curves.</param>
    /// <param name="logarithmic">Vertical axes logarithmic.</param>
    /// <param name="width">Width, px.</param>
    public static string Picture(CurveSet set, bool logarithmic, double width = 920)
    {
        ArgumentNullException.ThrowIfNull(set);
        var plot = new SvgPlot(set, logarithmic, width);
        const double head = 58, foot = 30;
        var height = head + plot.Panels(head) + foot;
        plot.Text("title", 0, 20, set.Title, "start");
        plot.Text("muted", 0, 42, set.Note, "start");
        return plot.Wrap(height, Style());
    }

    /// <summary>The panels alone, for a page that has their style: <see cref="Style"/>.</summary>
    public static string Bare(CurveSet set, bool logarithmic, double width)
    {
        ArgumentNullException.ThrowIfNull(set);
        var plot = new SvgPlot(set, logarithmic, width);
        return plot.Wrap(plot.Panels(4), "");
    }

    /// <summary>The style sheet of a picture; a page says by <c>data-theme</c> what its reader chose.</summary>
    public static string Style()
    {
        static string rules(Func<(string Name, string Light, string Dark), string> colour, string under) => string.Concat(Tokens.Select(t =>
            $"{under}.curves .t-{t.Name}{{fill:{colour(t)}}}{under}.curves .l-{t.Name}{{stroke:{colour(t)}}}"));
        return ".curves text{font:" + $"{FontSize}px {Font}" + ";font-variant-numeric:tabular-nums lining-nums}.curves .title{font-size:17px;font-weight:650}"
            + ".curves .halo{paint-order:stroke;stroke-width:3px;stroke-linejoin:round}.curves path{fill:none}.curves path.band{stroke:none;fill-opacity:.18}"
            + rules(t => t.Light, "") + "@media (prefers-color-scheme: dark){" + rules(t => t.Dark, ":root:not([data-theme=light]) ") + ":root:not([data-theme=light]).curves{background:#14181b}"
            + rules(t => t.Dark, ":root:not([data-theme=light])") + "}" + rules(t => t.Dark, ":root[data-theme=dark] ");
    }

    private string Wrap(double height, string style) => string.Create(CultureInfo.InvariantCulture,
        $"<svg xmlns=\"http://www.w3.org/2000/svg\" class=\"curves\" width=\"{_width:0}\" height=\"{height:0}\" viewBox=\"0 0 {_width:0} {height:0}\" role=\"img\" aria-label=\"{Escape(Told())}\">{(style.Length > 0 ? $"<style>{Escape(style)}</style><rect class=\"t-page\" fill=\"#fff\" width=\"100%\" height=\"100%\"/>" : "")}{_svg}</svg>");

    private string Told() => $"{_set.Title}: {string.Join(", ", _set.Curves.Select(c => $"{c.Name} ends at {Words.Numbers.Amount(c.Values.Count > 0 ? c.Values[^1] : double.NaN)}{(c.Unit.Length > 0 ? " " + c.Unit : "")}"))}";

    private double Panels(double top)
    {
        var y = top;
        for (var i = 0; i < _panels.Count; i++) y = Panel(_panels[i], y, i == _panels.Count - 1);
        return y - top;
    }

    /// <summary>Draws a panel and says where the next begins.</summary>
    private double Panel(CurvePanel panel, double y, bool isLast)
    {
        Text("muted", 0, y + 10, panel.Unit.Length > 0 ? panel.Unit : _set.IsOnOneAxis ? Cut(_set.Along, _width) : "number", "start");
        var top = y + 20 + (IsNarrow ? Key(panel, y + 26) : 0);
        var bottom = top + PanelHeight;
        Grid(panel.Axis, top, bottom);
        Times(bottom, isLast);
        // Where a reading line stands and what it reads is the page's business: it finds the place of the panel here.
        _svg.Append(CultureInfo.InvariantCulture, $"<g class=\"panel\" data-left=\"{_left:0.#}\" data-right=\"{_right:0.#}\" data-top=\"{top:0.#}\" data-bottom=\"{bottom:0.#}\" data-curves=\"{string.Join(' ', panel.Curves.Select(c => Array.IndexOf(_all, c)))}\">");
        for (var k = 0; k < panel.Curves.Count; k++) Band(panel, k, top, bottom);
        for (var k = 0; k < panel.Curves.Count; k++) Line(panel, k, top, bottom);
        if (!IsNarrow) Names(panel, top, bottom);
        _svg.Append("</g>");
        return bottom + (isLast ? 44 : 40);
    }

    private void Grid(PlotAxis axis, double top, double bottom)
    {
        foreach (var tick in axis.Ticks)
        {
            var y = Y(axis, tick, top, bottom)!.Value;
            Path("l-rule", "#e3e6e4", 1, string.Create(CultureInfo.InvariantCulture, $"M{_left:0.#} {y:0.#}H{_right:0.#}"));
            Text("muted", _left - 6, y + 4, axis.LabelOf(tick), "end");
        }
    }

    private void Times(double bottom, bool isLast)
    {
        Path("l-axis", "#8a9196", 1, string.Create(CultureInfo.InvariantCulture, $"M{_left:0.#} {bottom:0.#}H{_right:0.#}"));
        foreach (var tick in _time.Ticks)
        {
            var x = X(tick)!.Value;
            Path("l-axis", "#8a9196", 1, string.Create(CultureInfo.InvariantCulture, $"M{x:0.#} {bottom:0.#}v4"));
            Text("muted", x, bottom + 17, _time.LabelOf(tick), "middle");
        }
        if (isLast) Text("muted", _right, bottom + 35, _set.TimeUnit.Length > 0 ? $"{_set.Across}, {_set.TimeUnit}" : _set.Across, "end");
    }

    private void Band(CurvePanel panel, int k, double top, double bottom)
    {
        var (values, spread, upper) = (panel.Curves[k].Values, panel.Curves[k].Spread, panel.Curves[k].Upper);
        if (spread is null && upper is null) return;
        var across = panel.Curves[k].Across ?? _set.Times;
        double edge(int i, int sign) => Y(panel.Axis, upper is not null ? (sign > 0 ? upper[i] : values[i]) : values[i] + (sign * spread![i]), top, bottom) ?? bottom;
        int[] placed = [.. Enumerable.Range(0, values.Count).Where(i => X(across[i]) is not null)];
        if (placed.Length == 0) return;
        var points = placed.Select(i => (X(across[i])!.Value, edge(i, 1))).Concat(placed.Reverse().Select(i => (X(across[i])!.Value, edge(i, -1))));
        Fill(k, $"M{string.Join('L', points.Select(p => string.Create(CultureInfo.InvariantCulture, $"{p.Item1:0.#} {p.Item2:0.#}")))}Z");
    }

    private void Line(CurvePanel panel, int k, double top, double bottom)
    {
        if (panel.Curves[k].Upper is not null) return;
        var path = new StringBuilder();
        var isDrawing = false;
        var across = panel.Curves[k].Across ?? _set.Times;
        for (var i = 0; i < across.Count; i++)
        {
            var (x, y) = (X(across[i]), Y(panel.Axis, panel.Curves[k].Values[i], top, bottom));
            if (x is not null && y is not null) path.Append(isDrawing ? 'L' : 'M').Append(CultureInfo.InvariantCulture, $"{x:0.#} {y:0.#}").Append(panel.Curves[k].IsPoints ? "h0" : "");
            isDrawing = x is not null && y is not null && !panel.Curves[k].IsPoints;
        }
        if (path.Length > 0) Path($"l-c{k}", Tokens[5 + k].Light, WidthOf(panel.Curves[k]), path.ToString(), panel.Curves[k].IsPoints ? "round" : "butt");
    }

    /// <summary>Where a curve is named.</summary>
    private static IEnumerable<double> Middle(Curve curve) => curve.Upper is null ? curve.Values : curve.Values.Zip(curve.Upper, (low, high) => (low + high) / 2);

    /// <summary>Names at the ends of the curves, pushed apart, each with a thin line to its end where it had to move.</summary>
    private void Names(CurvePanel panel, double top, double bottom)
    {
        var ends = panel.Curves.Select((c, k) => (Index: k, c.Name, End: Middle(c).Select(v => Y(panel.Axis, v, top, bottom)).LastOrDefault(y => y is not null) ?? bottom)).OrderBy(e => e.End).ToArray();
        var places = LabelPlaces.Apart([.. ends.Select(e => e.End)], LabelHeight, top, bottom);
        for (var i = 0; i < ends.Length; i++)
        {
            var (k, name, end) = ends[i];
            if (Math.Abs(places[i] - end) > 3) Path($"l-c{k}", Tokens[5 + k].Light, 0.75, string.Create(CultureInfo.InvariantCulture, $"M{_right + 2:0.#} {end:0.#}L{_right + 10:0.#} {places[i]:0.#}"));
            Text($"c{k}", _right + 13, places[i] + 4, Cut(name, _width - _right - 13), "start");
        }
    }

    /// <summary>On a narrow picture the names stand above the panel.</summary>
    private double Key(CurvePanel panel, double y)
    {
        var (x, line) = (0.0, y);
        for (var k = 0; k < panel.Curves.Count; k++)
        {
            var name = Cut(panel.Curves[k].Name, _width - 22);
            var width = 18 + (CharWidth * name.Length) + 12;
            if (x > 0 && x + width > _width) (x, line) = (0, line + LabelHeight);
            if (panel.Curves[k].Upper is not null) Fill(k, string.Create(CultureInfo.InvariantCulture, $"M{x:0.#} {line - 8:0.#}h14v8h-14Z"));
            var sample = panel.Curves[k].Upper is not null ? "" : panel.Curves[k].IsPoints ? string.Create(CultureInfo.InvariantCulture, $"M{x + 7:0.#} {line - 4:0.#}h0") : string.Create(CultureInfo.InvariantCulture, $"M{x:0.#} {line - 4:0.#}h14");
            if (sample.Length > 0) Path($"l-c{k}", Tokens[5 + k].Light, WidthOf(panel.Curves[k]), sample, panel.Curves[k].IsPoints ? "round" : "butt");
            Text($"c{k}", x + 18, line, name, "start");
            x += width;
        }
        return line - y + 22;
    }

    private static string Cut(string name, double room)
    {
        var most = Math.Max(4, (int)(room / CharWidth));
        return name.Length <= most ? name : name[..(most - 1)] + "…";
    }

    private double? X(double value) => _time.Place(value) is { } place ? _left + ((_right - _left) * place) : null;

    private static double? Y(PlotAxis axis, double value, double top, double bottom) => axis.Place(value) is { } place ? Math.Clamp(bottom - ((bottom - top) * place), top, bottom) : null;

    /// <summary>A point is a line without length and with round ends, as wide as the point.</summary>
    private static double WidthOf(Curve curve) => curve.IsPoints ? 6 : 2;

    /// <summary>An area, as pale in a program that knows no style sheets.</summary>
    private void Fill(int k, string path) => _svg.Append(CultureInfo.InvariantCulture, $"<path class=\"band t-c{k}\" fill=\"{Tokens[5 + k].Light}\" fill-opacity=\".18\" d=\"{path}\"/>");

    private void Path(string style, string colour, double width, string path, string ends = "butt") =>
        _svg.Append(CultureInfo.InvariantCulture, $"<path class=\"{style}\" fill=\"none\" stroke=\"{colour}\" stroke-width=\"{width}\" stroke-linejoin=\"round\"{(ends == "butt" ? "" : $" stroke-linecap=\"{ends}\"")} d=\"{path}\"/>");

    private void Text(string token, double x, double y, string text, string anchor)
    {
        var style = token == "title" ? "title t-ink" : $"t-{token} l-page halo";
        var colour = Tokens.First(t => t.Name == (token == "title" ? "ink" : token)).Light;
        _svg.Append(CultureInfo.InvariantCulture, $"<text class=\"{style}\" fill=\"{colour}\" x=\"{x:0.#}\" y=\"{y:0.#}\" text-anchor=\"{anchor}\" font-size=\"{(token == "title" ? 17 : FontSize)}\" font-family=\"{Font}\">{Escape(text)}</text>");
    }

    private static string Escape(string text) => text.Replace("&", "&amp;", StringComparison.Ordinal).Replace("<", "&lt;", StringComparison.Ordinal).Replace(">", "&gt;", StringComparison.Ordinal).Replace("\"", "&quot;", StringComparison.Ordinal);
}

using Marrow.Reports.Plots;
using Spectre.Console;

namespace Marrow.Cli.Output;

/// <summary>Draws curves in a terminal with dots of braille characters, two by four a character; colour only where there is a terminal.</summary>
internal static class TerminalPlot
{
    private const int Rows = 12;
    private const int Least = 40;
    private const int Most = 110;
    private const int LongestName = 28;
    private static readonly Color[] Colours = [Color.DodgerBlue2, Color.DarkOrange, Color.SeaGreen2, Color.MediumOrchid, Color.IndianRed1, Color.Gold3];

    internal static void Write(CurveSet set, bool logarithmic, TextWriter output)
    {
        var console = PlainTables.Console(output);
        var width = Math.Clamp(console.Profile.Width - 1, Least, Most);
        foreach (var panel in CurvePanel.Of(set, logarithmic)) Panel(console, set, panel, width);
        console.WriteLine($"time, {set.TimeUnit}");
    }

    private static void Panel(IAnsiConsole console, CurveSet set, CurvePanel panel, int width)
    {
        var labels = panel.Axis.Ticks.Select(t => (Row: RowOf(panel.Axis.Place(t)!.Value), Text: panel.Axis.LabelOf(t))).GroupBy(l => l.Row).ToDictionary(g => g.Key, g => g.First().Text);
        var left = labels.Values.Max(l => l.Length) + 1;
        var names = panel.Curves.Max(c => Math.Min(LongestName, c.Name.Length)) + 1;
        var columns = Math.Max(Least / 2, width - left - names - 1);
        var time = PlotAxis.OfTimes(set.Times, Math.Max(2, columns / 12));
        var canvas = new Canvas(columns, Rows);
        for (var k = 0; k < panel.Curves.Count; k++) Draw(canvas, set, panel, time, k);
        console.WriteLine((panel.Unit.Length > 0 ? panel.Unit : "number") + (panel.Axis.IsLogarithmic ? ", logarithmic" : ""));
        var places = NamePlaces(panel);
        for (var row = 0; row < Rows; row++)
        {
            console.Write(new Text(labels.GetValueOrDefault(row, "").PadLeft(left - 1) + "│"));
            canvas.Write(console, row);
            if (places.TryGetValue(row, out var k)) console.Write(new Text(" " + Short(panel.Curves[k].Name), new Style(Colours[k])));
            console.WriteLine();
        }
        console.WriteLine(new string(' ', left - 1) + "└" + new string('─', columns));
        console.WriteLine(TimeLabels(time, columns, left));
    }

    private static int RowOf(double place) => Math.Clamp((int)((1 - place) * Rows), 0, Rows - 1);

    private static string Short(string name) => name.Length <= LongestName ? name : name[..(LongestName - 1)] + "…";

    private static void Draw(Canvas canvas, CurveSet set, CurvePanel panel, PlotAxis time, int k)
    {
        (double X, double Y)? last = null;
        for (var i = 0; i < set.Times.Count; i++)
        {
            var place = panel.Axis.Place(panel.Curves[k].Values[i]);
            (double X, double Y)? here = place is { } y ? (time.Place(set.Times[i])!.Value, Math.Clamp(y, 0, 1)) : null;
            if (here is { } point) canvas.Line(last ?? point, point, k);
            last = here;
        }
    }

    /// <summary>Row of each name: at the end of its curve, or the nearest that is free.</summary>
    private static Dictionary<int, int> NamePlaces(CurvePanel panel)
    {
        var ends = panel.Curves.Select((c, k) => (Curve: k, Row: (double)RowOf(c.Values.Select(panel.Axis.Place).LastOrDefault(p => p is not null) ?? 0))).OrderBy(e => e.Row).ToArray();
        var rows = LabelPlaces.Apart([.. ends.Select(e => e.Row)], 1, 0, Rows - 1);
        return ends.Select((e, i) => (e.Curve, Row: (int)rows[i])).ToDictionary(e => e.Row, e => e.Curve);
    }

    private static string TimeLabels(PlotAxis time, int columns, int left)
    {
        var line = new string(' ', left + columns + 8).ToCharArray();
        foreach (var tick in time.Ticks)
        {
            var text = PlotAxis.Label(tick);
            var start = Math.Clamp(left + (int)(time.Place(tick)!.Value * (columns - 1)) - (text.Length / 2), 0, line.Length - text.Length);
            text.CopyTo(line.AsSpan(start));
        }
        return new string(line).TrimEnd();
    }

    /// <summary>Dots in the cells of a grid of characters.</summary>
    private sealed class Canvas(int columns, int rows)
    {
        private const int Wide = 2, High = 4;
        private static readonly int[] Bits = [0x01, 0x08, 0x02, 0x10, 0x04, 0x20, 0x40, 0x80];
        private readonly int[] _dots = new int[columns * rows];
        private readonly int[] _owner = new int[columns * rows];

        /// <summary>A straight line between two places, both from 0 to 1 with the origin at the lower left.</summary>
        public void Line((double X, double Y) from, (double X, double Y) to, int owner)
        {
            double right = (columns * Wide) - 1, down = (rows * High) - 1;
            var (x0, y0, x1, y1) = (from.X * right, (1 - from.Y) * down, to.X * right, (1 - to.Y) * down);
            var steps = Math.Max(1, (int)Math.Ceiling(Math.Max(Math.Abs(x1 - x0), Math.Abs(y1 - y0))));
            for (var s = 0; s <= steps; s++) Dot((int)Math.Round(x0 + ((x1 - x0) * s / steps)), (int)Math.Round(y0 + ((y1 - y0) * s / steps)), owner);
        }

        public void Write(IAnsiConsole console, int row)
        {
            for (var column = 0; column < columns; column++)
            {
                var cell = (row * columns) + column;
                var end = column + 1;
                while (end < columns && _owner[(row * columns) + end] == _owner[cell]) end++;
                console.Write(new Text(string.Concat(Enumerable.Range(column, end - column).Select(c => (char)(0x2800 + _dots[(row * columns) + c]))), new Style(Colours[_owner[cell]])));
                column = end - 1;
            }
        }

        private void Dot(int x, int y, int owner)
        {
            var cell = (y / High * columns) + (x / Wide);
            _dots[cell] |= Bits[(y % High * Wide) + (x % Wide)];
            _owner[cell] = owner;
        }
    }
}

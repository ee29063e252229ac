using Marrow.Cli.Output;
using Marrow.Networks.Units;
using Marrow.Reports.Plots;

namespace Marrow.Cli.Simulation;

/// <summary>Where <c>marrow simulate --plot</c> draws: the terminal, or a file whose ending says what it is.</summary>
/// <param name="Name">terminal, or the path of a file.</param>
/// <param name="IsLogarithmic">Vertical axes logarithmic.</param>
internal sealed record PlotTarget(string Name, bool IsLogarithmic)
{
    internal const string Terminal = "terminal";
    private const string Svg = ".svg", Html = ".html";
    /// <summary>More curves than this in one picture are no picture.</summary>
    private const int MostCurves = 24;

    internal bool IsTerminal => Name == Terminal;

    /// <summary>What is wrong with a target, or null.</summary>
    internal string? Problem() => IsTerminal || Has(Svg) || Has(Html) ? null
        : $"--plot '{Name}' is neither 'terminal' nor a file that ends in .svg or .html; the model comes before --plot: marrow simulate MODEL.ant --plot.";

    /// <summary>Draws the curves of a table.</summary>
    internal void Draw(TrajectoryTable table, OutputColumns columns, string note, TextWriter output, TextWriter error)
    {
        var set = Curves(table, columns, note);
        if (columns.Names.Count > MostCurves)
            error.WriteLine($"marrow: {MostCurves} of {columns.Names.Count} quantities are drawn; choose others with --species.");
        if (IsTerminal) TerminalPlot.Write(set, IsLogarithmic, output);
        else if (Has(Svg)) WholeFile.Write(Name, writer => writer.Write(SvgPlot.Picture(set, IsLogarithmic)));
        else WholeFile.Write(Name, writer => writer.Write(PlotPage.Of(set, IsLogarithmic, ProgramVersion.Text)));
    }

    private static CurveSet Curves(TrajectoryTable table, OutputColumns columns, string note)
    {
        var units = new UnitNames(columns.Network);
        var isSpread = table.Columns.Count == 2 * columns.Names.Count && columns.Names.Count > 0;
        double[] column(int k) => [.. Enumerable.Range(0, table.Times.Count).Select(row => table.Values[(row * table.Columns.Count) + k])];
        var curves = columns.Names.Take(MostCurves).Select((name, k) => isSpread
            ? new Curve(name, units.Of(columns.Observables[k]), column(2 * k), column((2 * k) + 1))
            : new Curve(name, units.Of(columns.Observables[k]), column(k)));
        return new CurveSet(columns.Network.DisplayName ?? columns.Network.Name, units.Time, table.Times, [.. curves], note);
    }

    private bool Has(string ending) => Name.EndsWith(ending, StringComparison.OrdinalIgnoreCase);
}

using System.Globalization;

namespace Marrow.Exchange.Sedml;

/// <summary>What a document asked for.</summary>
/// <param name="Reports">Its reports.</param>
/// <param name="Plots">Its plots.</param>
public sealed record SedmlResults(IReadOnlyList<SedmlReport> Reports, IReadOnlyList<SedmlPlot> Plots)
{
    /// <summary>The models that the tasks used, with their changes, as SBML.</summary>
    internal IReadOnlyDictionary<string, string> Models { get; init; } = new Dictionary<string, string>();
}

/// <summary>A table.</summary>
/// <param name="Id">Its name in the document.</param>
/// <param name="Name">Its name for people.</param>
/// <param name="Columns">Labels of the data sets.</param>
/// <param name="Values">For each data set a list of values for each simulation; a data set of one list belongs to every simulation.</param>
public sealed record SedmlReport(string Id, string Name, IReadOnlyList<string> Columns, IReadOnlyList<IReadOnlyList<IReadOnlyList<double>>> Values)
{
    /// <summary>Writes CSV: a row a value, and with several simulations first the number of the simulation. A number reads back as the same
    /// double; infinity is <c>INF</c> and <c>-INF</c>, as in SBML; a data set that is shorter than the others ends with empty places.</summary>
    public void WriteCsv(TextWriter writer)
    {
        ArgumentNullException.ThrowIfNull(writer);
        var runs = Values.Select(v => v.Count).DefaultIfEmpty(1).Max();
        writer.Write(string.Join(',', runs > 1 ? Columns.Prepend("run").Select(Quoted) : Columns.Select(Quoted)));
        writer.Write('\n');
        for (var run = 0; run < runs; run++)
        {
            IReadOnlyList<double>[] columns = [.. Values.Select(v => v.Count == 1 ? v[0] : run < v.Count ? v[run] : [])];
            var rows = columns.Select(c => c.Count).DefaultIfEmpty(0).Max();
            for (var row = 0; row < rows; row++)
            {
                var cells = columns.Select(c => row < c.Count ? Text(c[row]) : "");
                writer.Write(string.Join(',', runs > 1 ? cells.Prepend((run + 1).ToString(CultureInfo.InvariantCulture)) : cells));
                writer.Write('\n');
            }
        }
    }

    private static string Text(double value) =>
        double.IsPositiveInfinity(value) ? "INF" : double.IsNegativeInfinity(value) ? "-INF" : value.ToString("R", CultureInfo.InvariantCulture);

    private static string Quoted(string text) => text.AsSpan().IndexOfAny(",\"\r\n") < 0 ? text : $"\"{text.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";
}

/// <summary>A plot.</summary>
/// <param name="Id">Its name in the document.</param>
/// <param name="Name">Its name for people.</param>
/// <param name="Across">What is along the horizontal axis.</param>
/// <param name="Along">What is along the vertical axis; empty if the names of the curves say it.</param>
/// <param name="IsLogX">Horizontal axis logarithmic.</param>
/// <param name="IsLogY">Vertical axis logarithmic.</param>
/// <param name="Curves">The curves.</param>
public sealed record SedmlPlot(string Id, string Name, string Across, string Along, bool IsLogX, bool IsLogY, IReadOnlyList<SedmlCurve> Curves);

/// <summary>A curve, or the area between two.</summary>
/// <param name="Name">Its name.</param>
/// <param name="X">Along the horizontal axis.</param>
/// <param name="Y">Along the vertical axis, as many.</param>
/// <param name="UpperY">Upper edge of an area; null for a curve.</param>
/// <param name="IsMeasured">Whether the values come from data, and none from a simulation.</param>
public sealed record SedmlCurve(string Name, IReadOnlyList<double> X, IReadOnlyList<double> Y, IReadOnlyList<double>? UpperY, bool IsMeasured);

using System.Globalization;

namespace Marrow.Cli.Output;

/// <summary>A trajectory as a table: a row per time, a column per quantity.</summary>
/// <param name="Columns">Names of the columns after <c>time</c>.</param>
/// <param name="Times">Times of the rows.</param>
/// <param name="Values">Row-major: row times number of columns + column.</param>
internal sealed record TrajectoryTable(IReadOnlyList<string> Columns, IReadOnlyList<double> Times, double[] Values)
{
    /// <summary>Writes CSV; a number reads back as the same double. Infinity is <c>INF</c> and <c>-INF</c>, as in SBML.</summary>
    internal void WriteCsv(TextWriter writer)
    {
        writer.Write("time");
        foreach (var column in Columns)
        {
            writer.Write(',');
            writer.Write(column);
        }
        writer.Write('\n');
        for (var row = 0; row < Times.Count; row++) WriteRow(writer, Times[row], Values.AsSpan(row * Columns.Count, Columns.Count));
    }

    /// <summary>Writes the line of one time.</summary>
    internal static void WriteRow(TextWriter writer, double time, ReadOnlySpan<double> values)
    {
        writer.Write(Text(time));
        foreach (var value in values)
        {
            writer.Write(',');
            writer.Write(Text(value));
        }
        writer.Write('\n');
    }

    /// <summary>A number that reads back as the same double.</summary>
    internal static string Text(double value) =>
        double.IsPositiveInfinity(value) ? "INF" : double.IsNegativeInfinity(value) ? "-INF" : value.ToString("R", CultureInfo.InvariantCulture);
}

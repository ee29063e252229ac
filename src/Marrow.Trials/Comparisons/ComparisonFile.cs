using System.Globalization;

namespace Marrow.Trials.Comparisons;

/// <summary>The endpoints of two runs as CSV.</summary>
public static class ComparisonFile
{
    /// <summary>Writes a row an endpoint: arm, id, label, unit, value of each run; empty where a run has none.</summary>
    public static void Write(RunComparison comparison, TextWriter writer)
    {
        ArgumentNullException.ThrowIfNull(comparison);
        ArgumentNullException.ThrowIfNull(writer);
        writer.Write("arm,id,label,unit,a,b\n");
        foreach (var e in comparison.Endpoints)
            writer.Write($"{Quoted(e.Arms)},{e.Endpoint.Id},{Quoted(e.Endpoint.Label)},{Quoted(e.Endpoint.Unit)},{Number(e.A)},{Number(e.B)}\n");
    }

    private static string Quoted(string text) => text.AsSpan().IndexOfAny(',', '"') < 0 ? text : $"\"{text.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";

    private static string Number(double value) => double.IsNaN(value) ? "" : value.ToString("R", CultureInfo.InvariantCulture);
}

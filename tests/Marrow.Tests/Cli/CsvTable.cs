using System.Globalization;

namespace Marrow.Tests.Cli;

internal static class CsvTable
{
    public static (string[] Header, double[][] Rows) Parse(string text)
    {
        var lines = text.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        return (lines[0].Split(','), [.. lines.Skip(1).Select(line => line.Split(',').Select(cell => double.Parse(cell, CultureInfo.InvariantCulture)).ToArray())]);
    }
}

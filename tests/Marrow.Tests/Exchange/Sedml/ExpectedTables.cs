using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;
using Marrow.Tests.House;

namespace Marrow.Tests.Exchange.Sedml;

/// <summary>The tables of tests/data/sedml: <c>DOCUMENT.OUTPUT.csv</c> holds what a document must give.</summary>
internal static partial class ExpectedTables
{
    /// <summary>The documents ask for a local error of 1e-12; over some hundred steps the global one stays within a thousandfold, which leaves
    /// the promised 1e-8 of a value, or of 1 for smaller ones.</summary>
    private const double Near = 1e-8;

    public static string Folder { get; } = Repository.PathOf("tests/data/sedml");

    /// <summary>Compares everything that a document has written with what it must give, and finds nothing missing on either side.</summary>
    /// <param name="document">Its name, without ending.</param>
    /// <param name="written">Folder that it was written to.</param>
    public static void Compare(string document, string written)
    {
        var expected = Directory.GetFiles(Folder, $"{document}.*.csv").ToDictionary(path => Path.GetFileName(path).Split('.')[1], File.ReadAllLines, StringComparer.Ordinal);
        Assert.NotEmpty(expected);
        var found = Directory.GetFiles(written, "*.csv").ToDictionary(path => Path.GetFileNameWithoutExtension(path), File.ReadAllLines, StringComparer.Ordinal);
        var page = Path.Combine(written, "plots.html");
        if (File.Exists(page)) found["p"] = [.. Curves(Assert.Single(Figures(page)), hasAreas: expected["p"][0].EndsWith("upper", StringComparison.Ordinal))];
        Assert.Equal(expected.Keys.Order(StringComparer.Ordinal), found.Keys.Order(StringComparer.Ordinal));
        foreach (var (name, rows) in expected) Compare($"{document}.{name}", rows, found[name]);
    }

    /// <summary>The plots of a page, as it carries them.</summary>
    public static IReadOnlyList<JsonElement> Figures(string page) =>
        [.. JsonDocument.Parse(Data().Match(File.ReadAllText(page)).Groups["data"].Value).RootElement.GetProperty("figures").EnumerateArray()];

    private static void Compare(string what, string[] expected, string[] found)
    {
        Assert.Equal(expected[0], found[0]);
        Assert.True(expected.Length == found.Length, $"{what}: {found.Length} rows instead of {expected.Length}");
        for (var row = 1; row < expected.Length; row++)
        {
            string[] wanted = expected[row].Split(','), cells = found[row].Split(',');
            Assert.Equal(wanted.Length, cells.Length);
            for (var c = 0; c < wanted.Length; c++) Assert.True(Agree(wanted[c], cells[c]), $"{what}, row {row}, column {c + 1}: {cells[c]} instead of {wanted[c]}");
        }
    }

    private static bool Agree(string wanted, string found)
    {
        if (wanted == found) return true;
        return double.TryParse(wanted, CultureInfo.InvariantCulture, out var a) && double.TryParse(found, CultureInfo.InvariantCulture, out var b)
            && Math.Abs(a - b) <= Near * Math.Max(1, Math.Abs(a));
    }

    /// <summary>A plot as a table: a row for each point of each curve.</summary>
    private static IEnumerable<string> Curves(JsonElement figure, bool hasAreas)
    {
        yield return hasAreas ? "curve,x,y,upper" : "curve,x,y";
        foreach (var curve in figure.GetProperty("curves").EnumerateArray())
        {
            var across = curve.GetProperty("across") is { ValueKind: JsonValueKind.Array } own ? own : figure.GetProperty("times");
            var upper = curve.GetProperty("upper");
            for (var i = 0; i < across.GetArrayLength(); i++)
            {
                var edge = !hasAreas ? "" : upper.ValueKind == JsonValueKind.Array ? $",{upper[i]}" : ",";
                yield return $"{curve.GetProperty("name").GetString()},{across[i]},{curve.GetProperty("values")[i]}{edge}";
            }
        }
    }

    [GeneratedRegex("id=\"results\"[^>]*>(?<data>.*?)</script>", RegexOptions.Singleline | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 10_000)]
    private static partial Regex Data();
}

using System.Globalization;
using System.Text.Json;
using Marrow.Tests.House;
using Marrow.Trials.Survival;

namespace Marrow.Tests.Survival;

/// <summary>R's answers on two public data sets, from tests/data/survival.</summary>
internal static class ReferenceData
{
    private static readonly JsonElement _expected = JsonDocument.Parse(Repository.ReadText("tests/data/survival/expected.json")).RootElement;

    public static JsonElement Expected(string set, string path) =>
        path.Split('/').Aggregate(_expected.GetProperty(set), (element, name) => element.GetProperty(name));

    /// <summary>Numbers, NaN for null.</summary>
    public static double[] Numbers(JsonElement element) => element.ValueKind == JsonValueKind.Array
        ? [.. element.EnumerateArray().Select(Number)]
        : [Number(element)];

    public static double Number(JsonElement element) => element.ValueKind == JsonValueKind.Null ? double.NaN : element.GetDouble();

    /// <summary>A column of a table; NaN where R writes NA.</summary>
    public static double[] Column(string set, string name, Func<string, double>? parse = null)
    {
        var lines = Repository.ReadText($"tests/data/survival/{set}.csv").Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(l => l.Replace("\"", "", StringComparison.Ordinal).Trim().Split(',')).ToArray();
        var column = Array.IndexOf(lines[0], name);
        return [.. lines.Skip(1).Select(l => l[column] == "NA" ? double.NaN : parse?.Invoke(l[column]) ?? double.Parse(l[column], CultureInfo.InvariantCulture))];
    }

    /// <summary>Observations and groups, numbered in R's order of strata.</summary>
    public static (SurvivalObservation[] Observations, int[] Groups, string[] Names) Load(string set)
    {
        var time = Column(set, "time");
        var status = Column(set, "status");
        var died = status.Max();
        var observations = time.Zip(status, (t, s) => new SurvivalObservation(t, s == died)).ToArray();
        return set == "aml"
            ? (observations, [.. Column(set, "x", x => x == "Maintained" ? 0 : 1).Select(x => (int)x)], ["x=Maintained", "x=Nonmaintained"])
            : (observations, [.. Column(set, "sex").Select(x => (int)x - 1)], ["sex=1", "sex=2"]);
    }

    public static void AssertClose(IReadOnlyList<double> expected, IEnumerable<double> actual, double tolerance)
    {
        var values = actual.ToArray();
        Assert.Equal(expected.Count, values.Length);
        for (var i = 0; i < values.Length; i++)
        {
            if (double.IsNaN(expected[i]))
                Assert.True(double.IsNaN(values[i]), $"value {i} is {values[i]}, not NaN");
            else
                Assert.True(Math.Abs(values[i] - expected[i]) <= tolerance * Math.Max(1, Math.Abs(expected[i])), $"value {i} is {values[i]}, not {expected[i]}");
        }
    }
}

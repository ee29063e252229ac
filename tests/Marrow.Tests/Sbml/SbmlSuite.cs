using System.Globalization;
using System.Text.Json;

namespace Marrow.Tests.Sbml;

/// <summary>Cases of the SBML Test Suite under <c>MARROW_DATA/sbml-suite</c>, and its criterion: every value u of every column lies within
/// absolute + relative |c| of the expected c, and NaN and infinities are the same.</summary>
internal static class SbmlSuite
{
    private const string Variable = "MARROW_DATA";

    /// <summary>Folder of the suite; the test skips where none is named, and fails where it is not complete.</summary>
    public static string Folder()
    {
        var data = Environment.GetEnvironmentVariable(Variable);
        Assert.SkipWhen(string.IsNullOrEmpty(data), $"{Variable} is not set.");
        var folder = Path.Combine(data!, "sbml-suite");
        Assert.True(File.Exists(Path.Combine(folder, "public.txt")), $"{folder} holds no public.txt.");
        return folder;
    }

    /// <summary>Numbers of the core cases, in order.</summary>
    public static IReadOnlyList<string> Core() => Listed("public.txt");

    /// <summary>Numbers of the cases of the package comp, in order.</summary>
    public static IReadOnlyList<string> Comp() => Listed("public_comp.txt");

    /// <summary>The model of a case, at the highest level that the suite gives: names sort as levels and versions do.</summary>
    public static string Model(string number) =>
        Directory.GetFiles(Path.Combine(Folder(), "cases", "semantic", number), $"{number}-sbml-l*.xml").Order(StringComparer.Ordinal).Last();

    private static IReadOnlyList<string> Listed(string name) =>
        [.. File.ReadLines(Path.Combine(Folder(), name)).Where(l => l.Length > 0 && l[0] != '#').Select(l => l.Split(' ')[0])];

    /// <summary>Simulates cases by a run of <c>marrow simulate --batch</c>; what is not as expected, a line each.</summary>
    /// <param name="cases">Numbers.</param>
    /// <param name="output">Empty folder for the tables.</param>
    /// <param name="simulate">Runs the command with these arguments.</param>
    public static IReadOnlyList<string> Failures(IReadOnlyList<string> cases, string output, Action<string[]> simulate)
    {
        var folder = Path.Combine(Folder(), "cases", "semantic");
        var manifest = Path.Combine(output, "manifest.jsonl");
        File.WriteAllLines(manifest, cases.Select(c => Row(folder, c)));
        simulate(["simulate", "--batch", manifest, "--out", output]);
        return [.. cases.Select(c => (Case: c, Problem: Problem(folder, output, c))).Where(x => x.Problem is not null).Select(x => $"{x.Case}: {x.Problem}")];
    }

    private static string Row(string folder, string number)
    {
        var settings = Settings(folder, number);
        double? number2(string key) => settings.TryGetValue(key, out var text) && text.Length > 0 ? double.Parse(text, CultureInfo.InvariantCulture) : null;
        string[] list(string key) => settings.GetValueOrDefault(key, "").Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        return JsonSerializer.Serialize(new
        {
            @case = number,
            sbml = Model(number),
            start = number2("start"),
            duration = number2("duration"),
            steps = (int?)number2("steps"),
            variables = list("variables"),
            amount = list("amount"),
            concentration = list("concentration"),
            absolute = number2("absolute"),
            relative = number2("relative"),
        });
    }

    private static Dictionary<string, string> Settings(string folder, string number) =>
        File.ReadLines(Path.Combine(folder, number, $"{number}-settings.txt")).Select(l => l.Split(':', 2)).Where(p => p.Length == 2)
            .GroupBy(p => p[0].Trim(), p => p[1].Trim()).ToDictionary(g => g.Key, g => g.First());

    private static string? Problem(string folder, string output, string number)
    {
        var table = Path.Combine(output, number + ".csv");
        var refusal = Path.Combine(output, number + ".unsupported");
        if (!File.Exists(table)) return File.Exists(refusal) ? File.ReadAllText(refusal).Trim() : "no table";
        var settings = Settings(folder, number);
        var (absolute, relative) = (Number(settings["absolute"]), Number(settings["relative"]));
        var (names, expected) = Read(Path.Combine(folder, number, $"{number}-results.csv"));
        var (columns, actual) = Read(table);
        if (actual.Count != expected.Count) return $"{actual.Count} rows in place of {expected.Count}";
        for (var column = 1; column < names.Length; column++)
        {
            // The first column is time, whatever a quantity of the model may be called.
            var place = Array.IndexOf(columns, names[column], 1);
            if (place < 0) return $"no column {names[column]}";
            for (var row = 0; row < expected.Count; row++)
            {
                var (c, u) = (expected[row][column], actual[row][place]);
                var isSame = c.Equals(u) || Math.Abs(c - u) <= absolute + (relative * Math.Abs(c));
                if (!isSame) return FormattableString.Invariant($"{names[column]} at {expected[row][0]} is {u} in place of {c}");
            }
        }
        return null;
    }

    private static (string[] Names, IReadOnlyList<double[]> Rows) Read(string path)
    {
        string[] lines = [.. File.ReadLines(path).Where(l => l.Trim().Length > 0)];
        string[] cells(string line) => [.. line.TrimEnd(',').Split(',').Select(c => c.Trim().Trim('"'))];
        return (cells(lines[0].TrimStart('\uFEFF')), [.. lines.Skip(1).Select(l => cells(l).Select(Number).ToArray())]);
    }

    private static double Number(string text) => text.ToUpperInvariant() switch
    {
        "INF" or "INFINITY" or "∞" => double.PositiveInfinity,
        "-INF" or "-INFINITY" or "-∞" => double.NegativeInfinity,
        "NAN" => double.NaN,
        _ => double.Parse(text, CultureInfo.InvariantCulture),
    };
}

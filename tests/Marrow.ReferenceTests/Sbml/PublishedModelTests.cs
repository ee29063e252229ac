using System.Globalization;
using System.Text.Json;
using Marrow.Networks.Diagnostics;
using Marrow.Networks.Sbml;

namespace Marrow.ReferenceTests.Sbml;

/// <summary>Models that others have published, under <c>MARROW_DATA/biomodels</c>, with courses on which two other integrators agree where
/// they do.</summary>
public sealed class PublishedModelTests
{
    private const int Models = 188, Curves = 145;

    /// <summary>Share of the highest value of a column by which courses may differ.</summary>
    private const double Bound = 1e-4;

    /// <summary>How far models without a course are followed that cannot be followed to the usual 100. In the first two a value becomes infinite;
    /// in the third (L/T)^2 leaves the range of doubles as T dies out; in the last an event that sets a virus to 0 whenever it is below
    /// fires at every rounding error once the virus has died out.</summary>
    private static readonly Dictionary<string, double> Ends = new() { ["MODEL2001310001"] = 43, ["MODEL2003050002"] = 0.05, ["MODEL2001160002"] = 20, ["BIOMD0000000711"] = 10 };

    /// <summary>The only course that is wrong, as <see cref="A_course_of_Matadi_2018_is_wrong_where_we_differ"/> shows.</summary>
    private const string Wrong = "MODEL2003050001";

    [Fact]
    public void Every_model_loads_without_an_error()
    {
        var files = Files();
        Assert.Equal(Models, files.Count);
        foreach (var file in files)
        {
            var bag = new DiagnosticBag();
            var network = SbmlReader.ReadFile(file, bag);
            Assert.True(network is not null, $"{file}:\n{string.Join('\n', bag.Items)}");
        }
    }

    [Fact]
    public void Every_model_simulates_and_follows_the_course_that_others_agree_on()
    {
        var output = Directory.CreateTempSubdirectory("marrow-models-").FullName;
        try
        {
            var files = Files();
            var manifest = Path.Combine(output, "manifest.jsonl");
            File.WriteAllLines(manifest, files.Select(Row));
            var error = MarrowProcess.Run(["simulate", "--batch", manifest, "--out", output]);
            Assert.Empty(files.Select(Name).Where(name => !File.Exists(Table(output, name))).Select(name => $"{name} has no table: {error}"));
            var compared = files.Select(Name).Where(name => File.Exists(Curve(name))).ToList();
            Assert.Equal(Curves, compared.Count);
            Assert.Empty(compared.Where(name => name != Wrong).Select(name => Difference(name, output)).OfType<string>());
        }
        finally
        {
            Directory.Delete(output, recursive: true);
        }
    }

    [Fact]
    public void A_course_of_Matadi_2018_is_wrong_where_we_differ()
    {
        // The equations of the file written out, by the classical formula of order 4: the error at steps of 1e-5 and 2e-5 days is far below the
        // difference between the course and ours.
        var (fine, coarse) = (Matadi(1e-5), Matadi(2e-5));
        Assert.Equal(coarse, fine, 1e-6);
        var rows = Read(Curve(Wrong));
        var theirs = rows.Values[1][Array.IndexOf(rows.Names, "T")];
        Assert.Equal(2, rows.Values[1][0]);
        Assert.True(Math.Abs(theirs - fine) > 0.1, $"{theirs} and {fine}");
        var output = Directory.CreateTempSubdirectory("marrow-models-").FullName;
        try
        {
            MarrowProcess.Run(["simulate", Path.Combine(Folder(), Wrong + ".xml"), "--times", "0,2", "--species", "T", "--rtol", "1e-10", "--atol", "1e-14", "--out", Path.Combine(output, "T.csv")]);
            Assert.Equal(fine, Read(Path.Combine(output, "T.csv")).Values[1][1], 1e-5);
        }
        finally
        {
            Directory.Delete(output, recursive: true);
        }
    }

    /// <summary>T after two days.</summary>
    private static double Matadi(double step)
    {
        static double[] slope(double[] y)
        {
            var (n, t, m, e) = (y[0], y[1], y[2], y[3]);
            return
            [
                (0.7 * n) - (3e-5 * n * n) - (6e-8 * n * t) - (0.2 * n * e),
                (t * 0.5 * 0.514) + (0.2 * e * n) - (3e-6 * m * t) - (0.01 * t * t) - (2 * t),
                (13000 * 0.01) + (0.2 * m * t / (300000 + t)) - (1e-7 * m * t) - (0.29 * m) - (0.002 * m * e / (0.1 + e)),
                13000 - (0.97 * e),
            ];
        }

        static double[] plus(double[] y, double h, double[] k) => [.. y.Zip(k, (a, b) => a + (h * b))];
        double[] y = [2000, 800, 500, 20];
        for (var i = 0; i < Math.Round(2 / step); i++)
        {
            var k1 = slope(y);
            var k2 = slope(plus(y, step / 2, k1));
            var k3 = slope(plus(y, step / 2, k2));
            var k4 = slope(plus(y, step, k3));
            for (var j = 0; j < y.Length; j++) y[j] += step / 6 * (k1[j] + (2 * k2[j]) + (2 * k3[j]) + k4[j]);
        }
        return y[1];
    }

    private static string Folder()
    {
        var data = Environment.GetEnvironmentVariable("MARROW_DATA");
        Assert.SkipWhen(string.IsNullOrEmpty(data), "MARROW_DATA is not set.");
        return Path.Combine(data!, "biomodels");
    }

    private static List<string> Files() => [.. Directory.GetFiles(Folder(), "*.xml").Order(StringComparer.Ordinal)];

    private static string Name(string file) => Path.GetFileNameWithoutExtension(file);

    private static string Curve(string name) => Path.Combine(Folder(), "curves", name + ".csv");

    private static string Table(string output, string name) => Path.Combine(output, name + ".csv");

    private static string Row(string file)
    {
        var name = Name(file);
        var (names, rows) = File.Exists(Curve(name)) ? Read(Curve(name)) : (["time"], [[0], [Ends.GetValueOrDefault(name, 100)]]);
        return JsonSerializer.Serialize(new
        {
            @case = name,
            sbml = file,
            start = rows[0][0],
            duration = rows[^1][0] - rows[0][0],
            steps = rows.Count - 1,
            variables = names.Skip(1).ToArray(),
            // Columns of some courses peak at 1e-21.
            absolute = 1e-16,
            relative = 1e-5,
        });
    }

    private static string? Difference(string name, string output)
    {
        var (names, expected) = Read(Curve(name));
        var (columns, actual) = Read(Table(output, name));
        for (var column = 1; column < names.Length; column++)
        {
            var place = Array.IndexOf(columns, names[column]);
            var peak = expected.Max(row => Math.Abs(row[column]));
            for (var row = 0; row < expected.Count; row++)
            {
                var difference = Math.Abs(expected[row][column] - actual[row][place]);
                if (!(difference <= Bound * peak))
                    return FormattableString.Invariant($"{name}: {names[column]} at {expected[row][0]} is {actual[row][place]} in place of {expected[row][column]}, peak {peak}");
            }
        }
        return null;
    }

    private static (string[] Names, IReadOnlyList<double[]> Values) Read(string path)
    {
        var lines = File.ReadAllLines(path);
        return (lines[0].Split(','), [.. lines.Skip(1).Where(l => l.Length > 0).Select(l => l.Split(',').Select(c => double.Parse(c, CultureInfo.InvariantCulture)).ToArray())]);
    }
}

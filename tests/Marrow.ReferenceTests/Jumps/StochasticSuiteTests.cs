using System.Globalization;
using Marrow.Networks.Compilation;
using Marrow.Networks.Diagnostics;
using Marrow.Networks.Sbml;
using Marrow.Numerics.Jumps;

namespace Marrow.ReferenceTests.Jumps;

/// <summary>The discrete stochastic cases of the SBML Test Suite by its own criterion: at each time Z = √n(m − μ)/σ of the mean lies in ±3 and
/// Y = √(n/2)(s²/σ² − 1) in ±5, except at no more than 3 and 5 times of a variable (Evans et al. 2008, doi:10.1093/bioinformatics/btm566).</summary>
public sealed class StochasticSuiteTests
{
    private const int N = 1000;

    public static TheoryData<string> Cases => [.. List("public_dsmts.txt")];

    [Theory]
    [MemberData(nameof(Cases))]
    public void A_case_has_the_mean_and_spread_of_the_suite(string id)
    {
        if (id.Length == 0) Assert.Skip("MARROW_DATA is not set.");
        var folder = Path.Combine(Suite()!, "cases", "stochastic", id);
        var settings = Settings(Path.Combine(folder, $"{id}-settings.txt"));
        string[] variables = Words(settings["variables"]);
        var (start, duration, steps) = (Number(settings["start"]), Number(settings["duration"]), (int)Number(settings["steps"]));
        double[] times = [.. Enumerable.Range(0, steps + 1).Select(i => start + (duration * i / steps))];
        var file = Directory.GetFiles(folder, $"{id}-sbml-l*.xml").Order(StringComparer.Ordinal).Last();
        var (mean, sd) = Moments(file, variables, times);
        var rows = File.ReadLines(Path.Combine(folder, $"{id}-results.csv")).Where(l => l.Length > 0).Select(l => l.Split(',')).ToArray();
        for (var v = 0; v < variables.Length; v++)
        {
            var (meanColumn, sdColumn) = (Array.IndexOf(rows[0], $"{variables[v]}-mean"), Array.IndexOf(rows[0], $"{variables[v]}-sd"));
            Assert.InRange(Enumerable.Range(0, times.Length).Count(t => !MeanFits(mean[v][t], Number(rows[t + 1][meanColumn]), Number(rows[t + 1][sdColumn]))), 0, 3);
            Assert.InRange(Enumerable.Range(0, times.Length).Count(t => !SpreadFits(sd[v][t], Number(rows[t + 1][sdColumn]))), 0, 5);
        }
    }

    private static bool MeanFits(double mean, double expected, double sd) =>
        sd > 0 ? Math.Abs(Math.Sqrt(N) * (mean - expected) / sd) <= 3 : Math.Abs(mean - expected) <= 1e-4 * Math.Max(1, Math.Abs(expected));

    private static bool SpreadFits(double sd, double expected) =>
        expected > 0 ? Math.Abs(Math.Sqrt(N / 2.0) * ((sd * sd / (expected * expected)) - 1)) <= 5 : Math.Abs(sd) <= 1e-4;

    private static (double[][] Mean, double[][] Sd) Moments(string file, string[] variables, double[] times)
    {
        var bag = new DiagnosticBag();
        var network = SbmlReader.ReadFile(file, bag)!;
        Assert.False(bag.HasErrors, string.Join('\n', bag.Items));
        // The suite asks for amounts: a species that formulas read as a concentration is multiplied by its size.
        var species = variables.Select(v => network.Species.Single(s => s.Id == v)).ToArray();
        var model = CompiledModel.Compile(network, new CompileOptions { Observables = [.. species.SelectMany(s => new[] { s.Id, s.Compartment }).Distinct()] });
        var parameters = model.DefaultParameters();
        var states = new double[model.States.Count];
        model.InitialStates(parameters, states);
        var courses = new StochasticCourses { Network = model.Stochastic(), States = states, Parameters = parameters, Start = times[0], Times = times, Seed = 1 };
        var values = new double[N][][];
        for (var k = 0; k < N; k++) values[k] = [.. species.Select(_ => new double[times.Length])];
        var row = new int[N];
        var reports = courses.Run(0, N, Environment.ProcessorCount, (repeat, time, y, p) =>
        {
            var observed = new double[model.Observables.Count];
            model.Evaluate(time, y, p, observed);
            for (var v = 0; v < species.Length; v++)
            {
                var size = species[v].IsSubstanceOnly ? 1 : observed[model.ObservableIndex(species[v].Compartment)];
                values[repeat][v][row[repeat]] = observed[model.ObservableIndex(species[v].Id)] * size;
            }
            row[repeat]++;
        });
        Assert.All(reports, r => Assert.Equal(StochasticOutcome.Done, r.Outcome));
        double[][] mean = [.. species.Select((_, v) => times.Select((_, t) => values.Average(x => x[v][t])).ToArray())];
        double[][] sd = [.. species.Select((_, v) => times.Select((_, t) => Math.Sqrt(values.Sum(x => Math.Pow(x[v][t] - mean[v][t], 2)) / (N - 1))).ToArray())];
        return (mean, sd);
    }

    private static string? Suite() => Environment.GetEnvironmentVariable("MARROW_DATA") is { Length: > 0 } data ? Path.Combine(data, "sbml-suite") : null;

    /// <summary>Cases of a list; one empty word where there is no data, so that a test can say so.</summary>
    private static IEnumerable<string> List(string name) => Suite() is { } suite
        ? File.ReadLines(Path.Combine(suite, name)).Select(l => l.Split('#')[0].Trim()).Where(l => l.Length > 0).Select(l => l.Split(' ')[0])
        : [""];

    private static Dictionary<string, string> Settings(string path) => File.ReadLines(path).Select(l => l.Split(':', 2)).Where(p => p.Length == 2)
        .ToDictionary(p => p[0].Trim(), p => p[1].Trim(), StringComparer.Ordinal);

    private static string[] Words(string list) => list.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);

    private static double Number(string text) => double.Parse(text, CultureInfo.InvariantCulture);
}

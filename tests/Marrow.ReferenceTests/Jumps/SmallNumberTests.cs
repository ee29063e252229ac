using System.Globalization;
using Marrow.Networks.Compilation;
using Marrow.Numerics.Jumps;
using Marrow.Numerics.Statistics;
using Marrow.Tests.Jumps;

namespace Marrow.ReferenceTests.Jumps;

/// <summary>Small numbers against closed forms and against exact simulation, at n = 20,000. A seed is refused if its distance has a
/// probability below 1 in 1,000 under the law: of all comparisons here, one in fifty such suites would be refused by chance.</summary>
public sealed class SmallNumberTests(ITestOutputHelper output)
{
    private const int N = TreatedLeukaemia.N;
    private const double Level = 0.001;
    private static readonly string Sample = RepositoryPath("tests/data/small_numbers/treated_leukaemia_exact.csv");
    private static readonly string Page = RepositoryPath("docs/small-numbers.md");

    public static TheoryData<ulong> Seeds => [1, 2, 3];

    [Theory]
    [MemberData(nameof(Seeds))]
    public void Extinction_at_constant_hazards_comes_as_Kendall_says(ulong seed)
    {
        var model = SmallNetworks.Compile("compartment Body = 1; substanceOnly species X in Body; X = 8; b = 0.3; d = 0.4\nBirth: => X; b*X\nDeath: X => ; d*X", new CountedPopulation("Cells", ["X"], 300, 600));
        var times = SmallNetworks.Courses(model, seed, [80]).ExtinctionTimes(N, "Cells");
        Judge(times, t => BirthDeathLaw.Constant(0.3, 0.4, t).Extinction(8), "time to extinction, constant hazards", seed);
        Refuse(times, t => BirthDeathLaw.Constant(0.31, 0.4, t).Extinction(8));
    }

    [Theory]
    [MemberData(nameof(Seeds))]
    public void Extinction_under_a_decaying_drug_comes_as_Kendall_says(ulong seed)
    {
        var times = SmallNetworks.Courses(SmallNetworks.Compile(SmallNetworks.TreatedCells, new CountedPopulation("Cells", ["X"], 300, 600)), seed, [60], ("X", 10))
            .ExtinctionTimes(N, "Cells");
        var table = DrugLaw(0.6);
        Judge(times, t => table(t).Extinction(10), "time to extinction, decaying drug", seed);
        var extinct = times.Count(double.IsFinite) / (double)N;
        var expected = table(60).Extinction(10);
        Assert.InRange(extinct - expected, -3.3 * Math.Sqrt(.25 / N), 3.3 * Math.Sqrt(.25 / N));
        var weaker = DrugLaw(0.58);
        Refuse(times, t => weaker(t).Extinction(10));
    }

    [Theory]
    [MemberData(nameof(Seeds))]
    public void The_first_mutant_comes_as_a_Poisson_process_of_divisions(ulong seed)
    {
        const double g = 0.3, mu = 1e-5, start = 1e4;
        var model = SmallNetworks.Compile(
            $"compartment Body = 1; substanceOnly species Wild in Body, Mutant in Body; Wild = {start}; g = {g}; mu = {mu}\nGrow: => Wild; g*Wild\nMutate: Wild => Mutant; mu*g*Wild",
            new CountedPopulation("Mutant", ["Mutant"], 300, 600));
        var times = SmallNetworks.Courses(model, seed, [30]).FirstTimes(N, "Mutant");
        double Law(double t, double rate) => 1 - Math.Exp(-rate * g * start * (Math.Exp(g * (1 - mu) * t) - 1) / (g * (1 - mu)));
        Judge(times, t => Law(t, mu), "first mutant of a growing clone", seed);
        Refuse(times, t => Law(t, 1.06 * mu));
    }

    [Theory]
    [MemberData(nameof(Seeds))]
    public void A_treated_leukaemia_of_1e5_cells_ends_as_in_exact_simulation(ulong seed)
    {
        var exact = TreatedLeukaemia.Read(Sample);
        var courses = TreatedLeukaemia.Hybrid(TreatedLeukaemia.Compile(300, 600), seed);
        var (extinct, mutant, left) = Ends(courses);
        Compare(extinct, exact.Select(e => e.Extinct), "extinction of the sensitive clone against exact simulation", seed);
        Compare(mutant, exact.Select(e => e.Mutant), "first resistant cell against exact simulation", seed);
        Compare(left, exact.Select(e => e.Left), "cells left against exact simulation", seed);
        double cured = left.Count(x => x == 0) / (double)N, exactly = exact.Count(e => e.Left == 0) / (double)exact.Length;
        output.WriteLine($"seed {seed}: cured {cured:P2}, in {exact.Length} exact courses {exactly:P2}");
        var error = Math.Sqrt((.25 / N) + (.25 / exact.Length));
        Assert.InRange(cured - exactly, -3.3 * error, 3.3 * error);
        // It can fail: extinction a quarter later is another law.
        Assert.True(KolmogorovSmirnov.TwoSample(extinct, exact.Select(e => e.Extinct * 1.25)).PValue < Level);
    }

    /// <summary>UPDATE_GOLDEN=1 makes the sample anew, which takes half an hour of a core.</summary>
    [Fact]
    public void The_exact_sample_is_what_exact_simulation_gives()
    {
        const string header = "extinct,mutant,left\n";
        if (Environment.GetEnvironmentVariable("UPDATE_GOLDEN") == "1")
        {
            Directory.CreateDirectory(Path.GetDirectoryName(Sample)!);
            File.WriteAllText(Sample, header + TreatedLeukaemia.Table(TreatedLeukaemia.Exact(0, N, Environment.ProcessorCount)));
            output.WriteLine($"{TreatedLeukaemia.Jumps} reactions a course");
        }
        var lines = File.ReadAllLines(Sample);
        Assert.Equal(N, lines.Length - 1);
        const int first = 900, count = 20;
        Assert.Equal(string.Join('\n', lines[(1 + first)..(1 + first + count)]) + "\n", TreatedLeukaemia.Table(TreatedLeukaemia.Exact(first, count, 2)));
    }

    [Fact]
    public void The_cured_fraction_depends_little_on_the_switching_threshold()
    {
        double[] cured = [.. new[] { 30.0, 3000 }.Select(threshold =>
            Ends(TreatedLeukaemia.Hybrid(TreatedLeukaemia.Compile(threshold, 2 * threshold), 11)).Left.Count(x => x == 0) / (double)N)];
        // 95 % limits of the difference of two independent shares lie within 2 points.
        var error = 1.96 * Math.Sqrt(((cured[0] * (1 - cured[0])) + (cured[1] * (1 - cured[1]))) / N);
        output.WriteLine($"cured at thresholds 30 and 3000: {cured[0]:P2}, {cured[1]:P2}, difference +- {error:P2}");
        Assert.InRange(cured[0], 0.1, 0.9);
        Assert.InRange(Math.Abs(cured[0] - cured[1]) + error, 0, 0.02);
    }

    [Fact]
    public void A_full_sized_leukaemia_costs_a_vanishing_share_of_the_events_of_exact_simulation()
    {
        var rows = new List<string>();
        foreach (var cells in new[] { TreatedLeukaemia.Scaled, TreatedLeukaemia.Full })
        {
            const int courses = 200;
            var run = TreatedLeukaemia.Hybrid(TreatedLeukaemia.Compile(300, 600, sum: true), 5, cells);
            var reactions = new double[courses];
            var (counts, steps, failed) = run.Run(0, courses, 2, (repeat, _, states, _) => reactions[repeat] = states[^1]);
            Assert.Empty(failed);
            double exact = reactions.Average(), jumps = counts.Jumps / (double)courses, tried = steps.LaneSteps / (double)courses;
            rows.Add(string.Create(CultureInfo.InvariantCulture, $"| {cells:0e+0} | {exact:0.0e+0} | {jumps:0} | {counts.Intervals / (double)courses:0} | {tried:0} |"));
            output.WriteLine(rows[^1]);
            // Exact simulation pays for every reaction; the hybrid's work must not grow with the number of cells.
            Assert.True(jumps + tried < 2e4, $"{jumps} jumps and {tried} steps");
            if (cells == TreatedLeukaemia.Full) Assert.True(exact / (jumps + tried) > 1e7);
        }
        var page = File.ReadAllText(Page);
        foreach (var row in rows) Assert.Contains(row, page, StringComparison.Ordinal);
    }

    private static (double[] Extinct, double[] Mutant, double[] Left) Ends(HybridCourses courses)
    {
        double[] extinct = new double[N], mutant = new double[N], left = new double[N];
        Array.Fill(extinct, double.PositiveInfinity);
        Array.Fill(mutant, double.PositiveInfinity);
        var (_, _, failed) = courses.Run(0, N, 2, (repeat, _, states, _) => left[repeat] = states[0] + states[1] + states[2] + states[3], (repeat, population, time, appeared) =>
        {
            if (population == "Resistant" && appeared) mutant[repeat] = Math.Min(mutant[repeat], time);
            if (population == "Sensitive") extinct[repeat] = appeared ? double.PositiveInfinity : time;
        });
        Assert.Empty(failed);
        return (extinct, mutant, left);
    }

    private void Judge(double[] sample, Func<double, double> law, string what, ulong seed)
    {
        var result = KolmogorovSmirnov.OneSample(sample, law);
        output.WriteLine($"{what}, seed {seed}: D = {result.Distance:F4}, p = {result.PValue:F3}");
        Assert.True(result.PValue > Level, $"{what}, seed {seed}: {result}");
    }

    private static void Refuse(double[] sample, Func<double, double> law) => Assert.True(KolmogorovSmirnov.OneSample(sample, law).PValue < Level);

    private void Compare(double[] sample, IEnumerable<double> exact, string what, ulong seed)
    {
        var result = KolmogorovSmirnov.TwoSample(sample, exact);
        output.WriteLine($"{what}, seed {seed}: D = {result.Distance:F4}, p = {result.PValue:F3}");
        Assert.True(result.PValue > Level, $"{what}, seed {seed}: {result}");
    }

    /// <summary>rho and J of cells that divide at 0.5 and die at 0.3 + kill e^(-0.2 t), by Simpson's rule on a fine grid and linear between.</summary>
    private static Func<double, BirthDeathLaw> DrugLaw(double kill)
    {
        const int steps = 60_000;
        const double h = 60.0 / steps;
        var j = new double[steps + 1];
        double Rho(double t) => (-0.2 * t) + (kill / 0.2 * (1 - Math.Exp(-0.2 * t)));
        double Integrand(double t) => (0.3 + (kill * Math.Exp(-0.2 * t))) * Math.Exp(Rho(t));
        for (var k = 0; k < steps; k++) j[k + 1] = j[k] + (h / 6 * (Integrand(k * h) + (4 * Integrand((k + .5) * h)) + Integrand((k + 1) * h)));
        return t =>
        {
            var k = Math.Min((int)(t / h), steps - 1);
            return new BirthDeathLaw(Rho(t), j[k] + ((j[k + 1] - j[k]) * ((t / h) - k)));
        };
    }

    private static string RepositoryPath(string path)
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
            if (File.Exists(Path.Combine(folder.FullName, "Marrow.slnx"))) return Path.Combine(folder.FullName, path);
        throw new DirectoryNotFoundException("Marrow.slnx was not found above the tests.");
    }
}

using Marrow.Numerics.Statistics;
using Marrow.Tests.Studies;
using Marrow.Trials.Observations;
using Marrow.Trials.Studies;

namespace Marrow.Tests.Observations;

[Collection(ElianaGroup.Name)]
public sealed class ObservationTests(ElianaStudy eliana) : IDisposable
{
    private const int N = 20_000;
    private const int Patients = 6;
    private readonly string _folder = Directory.CreateTempSubdirectory("marrow-observed-").FullName;

    private static readonly ObservationRule Plain = new() { Id = "x", Readout = "X", Unit = "mg/L", Days = [1] };

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private static double[] Read(ObservationRule rule, double value) =>
        [.. Enumerable.Range(0, N).Select(i => rule.Observe(value, 7, i, ObservationRule.Occasion(1)).Value!.Value)];

    // Four standard errors: sd/sqrt(n) of a mean, sd/sqrt(2 n) of a standard deviation.
    [Fact]
    public void Residuals_have_the_mean_and_spread_of_their_laws()
    {
        AssertNormal(0, .3, [.. Read(Plain with { Error = new(.3, 0, 0) }, 50).Select(y => Math.Log(y / 50))]);
        AssertNormal(50, 10, Read(Plain with { Error = new(0, .2, 0) }, 50));
        AssertNormal(50, 3, Read(Plain with { Error = new(0, 0, 3) }, 50));
        AssertNormal(50, Math.Sqrt(100 + 9), Read(Plain with { Error = new(0, .2, 3) }, 50));
        Assert.All(Read(Plain, 50), y => Assert.Equal(50, y));
    }

    [Fact]
    public void Residuals_are_normal() =>
        Assert.True(KolmogorovSmirnov.OneSample(Read(Plain with { Error = new(0, 0, 3) }, 50), y => NormalDistribution.Cumulative((y - 50) / 3)).PValue > 1e-4);

    // P(10 + 2 z < 9) = Phi(-1/2); four binomial standard errors.
    [Fact]
    public void As_many_values_lie_below_the_limit_as_the_normal_law_says()
    {
        var rule = Plain with { Error = new(0, 0, 2), Limit = 9 };
        var share = Enumerable.Range(0, N).Count(i => rule.Observe(10, 7, i, 1).BelowLimit) / (double)N;
        var expected = NormalDistribution.Cumulative(-.5);
        var error = 4 * Math.Sqrt(expected * (1 - expected) / N);
        Assert.InRange(share, expected - error, expected + error);
    }

    [Theory]
    [InlineData("Flag", 5.0)]
    [InlineData("Half", 4.5)]
    [InlineData("Zero", 0.0)]
    [InlineData("Missing", null)]
    public void Below_the_limit_stands_what_was_asked_for(string below, double? expected)
    {
        var rule = Plain with { Limit = 9, Below = Enum.Parse<BelowLimit>(below) };
        Assert.Equal(new Observed(expected, true), rule.Observe(5, 1, 0, 0));
        Assert.Equal(new Observed(9, false), rule.Observe(9, 1, 0, 0));
    }

    [Fact]
    public void A_reading_depends_on_seed_patient_readout_and_occasion_only()
    {
        var rule = Plain with { Error = new(.3, 0, 0) };
        var first = rule.Observe(50, 1, 3, 4);
        Assert.Equal(first, (rule with { Days = [1, 2, 3], Unit = "g/L", Readout = "Y" }).Observe(50, 1, 3, 4));
        Observed[] others = [rule.Observe(50, 2, 3, 4), rule.Observe(50, 1, 4, 4), rule.Observe(50, 1, 3, 5), (rule with { Id = "y" }).Observe(50, 1, 3, 4)];
        Assert.DoesNotContain(first, others);
        Assert.NotEqual(ObservationRule.Occasion(1), ObservationRule.Occasion(1.001));
        Assert.NotEqual(ObservationRule.Occasion(-1), ObservationRule.Occasion(1));
    }

    [Fact]
    public void Tables_are_the_same_on_two_threads_and_after_a_resumption_and_patients_are_those_of_the_study_without_observations()
    {
        var observing = Observing();
        Run(observing, "one", threads: 1);
        Run(observing, "two", threads: 2);
        Run(observing, "resumed", threads: 1);
        foreach (var table in Directory.EnumerateFiles(Path.Combine(_folder, "resumed"), "*.csv")) File.Delete(table);
        Run(observing, "resumed", threads: 1, resume: true);
        Run(eliana.Prepared, "without", threads: 1);
        var expected = File.ReadAllBytes(Path.Combine(_folder, "one", ObservationTable.FileName));
        Assert.Equal(expected, File.ReadAllBytes(Path.Combine(_folder, "two", ObservationTable.FileName)));
        Assert.Equal(expected, File.ReadAllBytes(Path.Combine(_folder, "resumed", ObservationTable.FileName)));
        Assert.False(File.Exists(Path.Combine(_folder, "without", ObservationTable.FileName)));
        Assert.Equal(File.ReadAllBytes(Path.Combine(_folder, "without", "outcomes.csv")), File.ReadAllBytes(Path.Combine(_folder, "one", "outcomes.csv")));
        Assert.DoesNotContain("Observations", File.ReadAllText(Path.Combine(_folder, "without", Journal.FileName)), StringComparison.Ordinal);
    }

    [Fact]
    public void Rows_are_in_order_with_visits_limits_and_missing_values_marked()
    {
        Run(Observing(), "rows", threads: 1);
        string[][] rows = [.. File.ReadAllLines(Path.Combine(_folder, "rows", ObservationTable.FileName)).Select(l => l.Split(','))];
        Assert.Equal("id,arm,visit,day,readout,unit,simulated,observed,lloq,blq,mdv,dv".Split(','), rows[0]);
        Assert.Contains(rows, r => r[4] == "car" && r[2] == "D28");
        Assert.All(rows.Where(r => r[4] == "il6"), r => Assert.True(r[2] == "" && r[3] is "1" or "2" or "7"));
        Assert.All(rows.Skip(1), r => Assert.Equal(r[10] == "1", r[7].Length == 0));
        Assert.All(rows.Where(r => r[4] == "car" && r[9] == "1"), r => Assert.Equal("25", r[7]));
        Assert.Contains(rows, r => r[4] == "il6" && r[9] == "1" && r[10] == "1");
    }

    [Theory]
    [InlineData("{series: car, at: visits, below: half}", null)]
    [InlineData("{readout: Il6PgMl, unit: pg/mL, days: [0.5, 1]}", null)]
    [InlineData("{readout: CtlEff, id: effectors, unit: G, at: visits, error: {log_sd: 0.2, kind: assumed, reason: a test}}", null)]
    [InlineData("{series: carr, at: visits}", "MRW7010")]
    [InlineData("{readout: Il6PgMll, unit: pg/mL, at: visits}", "MRW7010")]
    [InlineData("{series: car, at: visit}", "MRW7007")]
    [InlineData("{series: car}", "MRW7004")]
    [InlineData("{series: car, at: visits, days: [1]}", "MRW7012")]
    [InlineData("{series: car, days: [2, 1]}", "MRW7006")]
    [InlineData("{series: anc, at: visits, below: half}", "MRW7012")]
    [InlineData("{readout: Il6PgMl, unit: pg/mL, at: visits, error: {additive: 1}}", "MRW7009")]
    [InlineData("{readout: Il6PgMl, unit: pg/mL, at: visits, limit_of_quantification: 2}", "MRW7009")]
    [InlineData("{series: car, at: visits}, {series: car, days: [1]}", "MRW7011")]
    public void An_entry_that_cannot_be_meant_is_refused(string entries, string? code)
    {
        using var files = new StudyFiles();
        File.AppendAllText(files.Study, $"\nobservations: [{entries}]\n");
        Assert.Equal(code is null ? [] : [code], files.Problems().Select(p => p.Code));
    }

    private PreparedStudy Observing()
    {
        var series = eliana.Study.Parts.Clinical.Series.First(s => s.Id == "car");
        ObservationRule[] rules =
        [
            new() { Id = "car", Readout = series.Readout, Unit = series.Unit, Scale = series.Scale, Error = new(series.ResidualLogSd, 0, 0), Limit = series.Limit, Below = BelowLimit.Half },
            new() { Id = "il6", Readout = "Il6PgMl", Unit = "pg/mL", Days = [1, 2, 7], Error = new(0, .1, .5), Limit = 4, Below = BelowLimit.Missing },
        ];
        return PreparedStudy.Resolve(eliana.Study with { Observations = rules }, eliana.Prepared.Model);
    }

    private void Run(PreparedStudy study, string name, int threads, bool resume = false) => StudyRunner.Run(
        study, 0, new RunOptions { OutputFolder = Path.Combine(_folder, name), Patients = Patients, Threads = threads, Resume = resume }, null, TestContext.Current.CancellationToken);

    private static void AssertNormal(double mean, double sd, double[] values)
    {
        var found = values.Average();
        var spread = Math.Sqrt(values.Sum(v => (v - found) * (v - found)) / (values.Length - 1));
        Assert.InRange(found, mean - (4 * sd / Math.Sqrt(N)), mean + (4 * sd / Math.Sqrt(N)));
        Assert.InRange(spread, sd * (1 - (4 / Math.Sqrt(2 * N))), sd * (1 + (4 / Math.Sqrt(2 * N))));
    }
}

using Marrow.Trials.Studies;

namespace Marrow.Tests.Studies;

[Collection(ElianaGroup.Name)]
public sealed class StudyRunnerTests(ElianaStudy eliana) : IDisposable
{
    private const int Patients = 6;
    private readonly string _folder = Directory.CreateTempSubdirectory("marrow-run-").FullName;

    [Fact]
    public void A_hundred_patients_are_the_same_bits_alone_shuffled_reversed_and_on_two_threads()
    {
        int[] numbers = [.. Enumerable.Range(0, 100)];
        int[] shuffled = [.. numbers.Select(i => ((37 * i) + 11) % 100)];
        var expected = Records(numbers, threads: 1);
        Assert.Equal(expected, Records([.. numbers.Reverse()], threads: 1));
        Assert.Equal(expected, Records(shuffled, threads: 2));
        Assert.Equal(expected, numbers.Select(i => Assert.Single(Records([i], threads: 1))));
    }

    [Fact]
    public void Two_arms_of_one_regimen_meet_the_same_patients_and_the_same_luck()
    {
        var arm = eliana.Study.Arms[0];
        var twice = eliana.Prepared with
        {
            Study = eliana.Study with { Arms = [arm, new StudyArm("again", arm.Regimen, null)] },
            Arms = [eliana.Prepared.Arms[0], eliana.Prepared.Arms[0] with { Arm = 1 }],
        };
        var sink = new RecordSink();
        StudyRunner.Simulate(twice, eliana.Study.Seed, [0, 1], 1, sink, TestContext.Current.CancellationToken);
        foreach (var record in sink.Records)
        {
            Assert.Equal(2, record.Arms.Count);
            Assert.Equal(Journal.TextOf(record with { Arms = [record.Arms[0]] }), Journal.TextOf(record with { Arms = [record.Arms[1]] }));
        }
        Assert.Equal(Records([0], threads: 1)[0], Journal.TextOf(sink.Records.Single(r => r.Patient == 0) with { Arms = [sink.Records.Single(r => r.Patient == 0).Arms[0]] }));
    }

    [Fact]
    public void Another_seed_gives_other_patients() =>
        Assert.NotEqual(Records([0], threads: 1), Records([0], threads: 1, seed: eliana.Study.Seed + 1));

    [Fact]
    public void A_torn_journal_is_resumed_without_redoing_finished_patients_and_gives_the_same_tables()
    {
        var whole = Run("whole");
        Run("torn");
        var journal = Path.Combine(_folder, "torn", Journal.FileName);
        var bytes = File.ReadAllBytes(journal);
        var lines = Enumerable.Range(0, bytes.Length).Where(i => bytes[i] == '\n').ToArray();
        File.WriteAllBytes(journal, bytes[..(lines[3] + 40)]);
        foreach (var table in Directory.EnumerateFiles(Path.Combine(_folder, "torn"), "*.csv")) File.Delete(table);
        var resumed = Run("torn", resume: true);
        Assert.Equal(Patients - 3, resumed.Timing.Simulated);
        Assert.Equal(Patients, whole.Timing.Simulated);
        AssertSameTables("whole", "torn");
    }

    [Fact]
    public void A_damaged_line_is_simulated_again()
    {
        Run("whole");
        Run("damaged");
        var journal = Path.Combine(_folder, "damaged", Journal.FileName);
        var bytes = File.ReadAllBytes(journal);
        bytes[^200] ^= 1;
        File.WriteAllBytes(journal, bytes);
        Assert.Equal(1, Run("damaged", resume: true).Timing.Simulated);
        AssertSameTables("whole", "damaged");
    }

    [Fact]
    public void A_finished_run_is_resumed_without_any_work()
    {
        Run("done");
        Assert.Equal(0, Run("done", resume: true).Timing.Simulated);
    }

    [Fact]
    public void A_finished_run_may_be_replaced_but_an_unfinished_one_is_not_thrown_away()
    {
        Run("again");
        Assert.Equal(Patients, Run("again").Timing.Simulated);
        File.Delete(Path.Combine(_folder, "again", Manifest.FileName));
        var journal = Path.Combine(_folder, "again", Journal.FileName);
        var before = File.ReadAllBytes(journal);
        Assert.Contains("--resume", Assert.Throws<StudyException>(() => Run("again")).Message, StringComparison.Ordinal);
        Assert.Equal(before, File.ReadAllBytes(journal));
        Assert.Equal(0, Run("again", resume: true).Timing.Simulated);
    }

    [Fact]
    public void A_run_of_other_inputs_is_not_resumed()
    {
        Run("other");
        var error = Assert.Throws<StudyException>(() => Run("other", resume: true, seed: 1));
        Assert.Contains("other inputs", error.Message, StringComparison.Ordinal);
        Assert.Throws<StudyException>(() => Run("never run", resume: true));
    }

    [Fact]
    public void Failed_patients_are_results_with_cause_and_remedy()
    {
        var hurried = eliana.Prepared with { Study = eliana.Study with { Solver = eliana.Study.Solver with { MaxSteps = 100 } } };
        var result = StudyRunner.Run(hurried, 0, Options("hurried", false, null), null, TestContext.Current.CancellationToken);
        Assert.Equal(Patients, result.Failures.Count);
        Assert.True(result.TooManyFailures);
        Assert.All(result.Failures, f => Assert.Contains("max_steps", f.Cause + f.Remedy, StringComparison.Ordinal));
        Assert.Empty(Assert.Single(result.Arms).Outcomes);
        Assert.Equal(Patients + 1, File.ReadAllLines(Path.Combine(_folder, "hurried", "failed.csv")).Length);
    }

    [Fact]
    public void A_run_is_stopped_by_its_token_and_keeps_its_journal()
    {
        using var source = new CancellationTokenSource();
        var progress = new Now(p => { if (p.Done == 2) source.Cancel(); });
        Assert.Throws<OperationCanceledException>(() => StudyRunner.Run(eliana.Prepared, 0, Options("stopped", false, null), progress, source.Token));
        Assert.False(File.Exists(Path.Combine(_folder, "stopped", "patients.csv")));
        Assert.True(Run("stopped", resume: true).Timing.Simulated <= Patients - 2);
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private string[] Records(int[] patients, int threads, ulong? seed = null)
    {
        var sink = new RecordSink();
        StudyRunner.Simulate(eliana.Prepared, seed ?? eliana.Study.Seed, patients, threads, sink, TestContext.Current.CancellationToken);
        return [.. sink.Records.OrderBy(r => r.Patient).Select(Journal.TextOf)];
    }

    private RunOptions Options(string name, bool resume, ulong? seed) => new()
    {
        OutputFolder = Path.Combine(_folder, name),
        Patients = Patients,
        Threads = 1,
        Resume = resume,
        Seed = seed,
    };

    private StudyResult Run(string name, bool resume = false, ulong? seed = null) =>
        StudyRunner.Run(eliana.Prepared, 0, Options(name, resume, seed), null, TestContext.Current.CancellationToken);

    private void AssertSameTables(string a, string b)
    {
        string[] tables = [.. Directory.EnumerateFiles(Path.Combine(_folder, a), "*.csv").Select(f => Path.GetFileName(f)!)];
        Assert.True(tables.Length >= 8);
        foreach (var table in tables)
            Assert.Equal(File.ReadAllBytes(Path.Combine(_folder, a, table)), File.ReadAllBytes(Path.Combine(_folder, b, table)));
    }

    private sealed class Now(Action<RunProgress> report) : IProgress<RunProgress>
    {
        public void Report(RunProgress value) => report(value);
    }
}

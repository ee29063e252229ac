using System.Diagnostics;

namespace Marrow.ReferenceTests;

/// <summary>The same seed gives the same tables to the byte: with one thread and two, and after SIGKILL at any moment. Runs the
/// command as a user does, in processes of its own.</summary>
public sealed class ReproducibilityTests
{
    private const int Patients = 40, Kills = 20;
    private static readonly string Study = Path.Combine(FindRoot(), "studies", "eliana.yaml");

    [Fact]
    public void One_thread_and_two_write_the_same_bytes()
    {
        using var folder = new RunFolders();
        Finish(folder.PathOf("one"), "--threads", "1");
        Finish(folder.PathOf("two"), "--threads", "2");
        AssertSameTables(folder.PathOf("one"), folder.PathOf("two"));
    }

    [Fact]
    public void A_run_killed_at_twenty_random_moments_ends_as_if_it_had_not_been()
    {
        using var folder = new RunFolders();
        var reference = folder.PathOf("reference");
        var clock = Stopwatch.StartNew();
        Finish(reference);
        var whole = clock.Elapsed;
        var random = new Random(20261121); // moments of the kills; the clock makes them differ from run to run
        var kills = 0;
        for (var attempt = 0; kills < Kills; attempt++)
        {
            Assert.True(attempt < 10 * Kills, "The runs end before they can be killed.");
            var run = folder.PathOf($"killed{attempt}");
            for (var first = true; ; first = false)
            {
                using var process = Start(run, first ? [] : ["--resume"]);
                var killed = !process.WaitForExit(whole * random.NextDouble());
                if (!killed) { Assert.Equal(0, process.ExitCode); break; }
                process.Kill();
                process.WaitForExit();
                kills++;
                // A run that is killed before its journal begins has nothing to resume.
                if (!File.Exists(Path.Combine(run, "journal.jsonl"))) break;
            }

            if (!File.Exists(Path.Combine(run, "manifest.json"))) continue;
            AssertSameTables(reference, run);
            var patients = FinishedPatients(run);
            Assert.Equal(Patients, patients.Count);
            Assert.Equal(patients.Count, patients.Distinct().Count());
        }
    }

    private static void Finish(string output, params string[] options)
    {
        using var process = Start(output, options);
        process.WaitForExit();
        Assert.Equal(0, process.ExitCode);
    }

    private static Process Start(string output, params string[] options)
    {
        var start = new ProcessStartInfo("dotnet") { RedirectStandardError = true, RedirectStandardOutput = true };
        foreach (var argument in new[] { Path.Combine(AppContext.BaseDirectory, "marrow.dll"), "run", Study, "--patients", $"{Patients}", "--out", output }) start.ArgumentList.Add(argument);
        foreach (var option in options) start.ArgumentList.Add(option);
        var process = Process.Start(start)!;
        process.OutputDataReceived += (_, _) => { };
        process.ErrorDataReceived += (_, _) => { };
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        return process;
    }

    private static void AssertSameTables(string expected, string actual)
    {
        string[] tables = [.. Directory.GetFiles(expected, "*.csv").Select(f => Path.GetFileName(f)!).Order()];
        Assert.NotEmpty(tables);
        Assert.Equal(tables, Directory.GetFiles(actual, "*.csv").Select(f => Path.GetFileName(f)!).Order());
        foreach (var table in tables) Assert.Equal(File.ReadAllBytes(Path.Combine(expected, table)), File.ReadAllBytes(Path.Combine(actual, table)));
    }

    /// <summary>The patients in the journal: one line each, however often the run was killed, unless one was simulated twice.</summary>
    private static List<int> FinishedPatients(string run)
    {
        var patients = new List<int>();
        foreach (var line in File.ReadLines(Path.Combine(run, "journal.jsonl")))
        {
            var at = line.IndexOf("\"patient\":", StringComparison.OrdinalIgnoreCase);
            if (at < 0) continue;
            var digits = line[(at + 10)..].TrimStart().TakeWhile(char.IsAsciiDigit);
            patients.Add(int.Parse(string.Concat(digits), System.Globalization.CultureInfo.InvariantCulture));
        }

        return patients;
    }

    private static string FindRoot()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
            if (File.Exists(Path.Combine(folder.FullName, "Marrow.slnx"))) return folder.FullName;
        throw new DirectoryNotFoundException("Marrow.slnx was not found above the tests.");
    }

    private sealed class RunFolders : IDisposable
    {
        private readonly string _root = Directory.CreateTempSubdirectory("marrow-runs-").FullName;

        public string PathOf(string name) => Path.Combine(_root, name);

        public void Dispose() => Directory.Delete(_root, recursive: true);
    }
}

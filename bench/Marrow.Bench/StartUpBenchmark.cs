using System.Diagnostics;
using System.Globalization;

namespace Marrow.Bench;

/// <summary>Wall time of a small model from the command to the table, against R with deSolve, whole processes, at equal tolerances.</summary>
internal sealed class StartUpBenchmark(int rounds)
{
    private const double RelativeTolerance = 1e-6, AbsoluteTolerance = 1e-9;

    public void Run()
    {
        var folder = BenchFolder.Find();
        var program = Path.Combine(folder, "..", "src", "Marrow.Cli", "bin", "Release", "net10.0", "marrow.dll");
        if (!File.Exists(program)) throw new FileNotFoundException("Build the program first: dotnet build src/Marrow.Cli -c Release", program);
        string[] ours = ["dotnet", program, "simulate", Path.Combine(folder, "models", "turnover.ant"), "--points", "101"];
        string[] peer = ["Rscript", Path.Combine(folder, "peers", "turnover.R")];
        double[] errors = [Error(Time(ours).Output), Error(Time(peer).Output)];
        List<double> mine = [], theirs = [];
        for (var round = 0; round < rounds; round++)
        {
            mine.Add(Time(ours).Milliseconds);
            theirs.Add(Time(peer).Milliseconds);
        }
        Console.WriteLine($"turnover: 1 state, 101 rows, rtol {RelativeTolerance}, atol {AbsoluteTolerance}, {rounds} interleaved rounds, whole processes");
        Report("marrow simulate", mine, errors[0]);
        Report("Rscript with deSolve (lsoda)", theirs, errors[1]);
        Console.WriteLine($"ratio deSolve / Marrow: {Medians.Of(theirs) / Medians.Of(mine):F1} (medians)");
    }

    private static void Report(string name, List<double> times, double error) =>
        Console.WriteLine($"  {name,-38} {Medians.Of(times),6:F0} ms (best {times.Min():F0}), worst error in tolerances {error:F1}");

    private static (double Milliseconds, string Output) Time(string[] command)
    {
        var start = Stopwatch.GetTimestamp();
        using var process = Process.Start(new ProcessStartInfo(command[0], command[1..]) { RedirectStandardOutput = true })!;
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        if (process.ExitCode != 0) throw new InvalidOperationException($"{string.Join(' ', command)} ended with code {process.ExitCode}.");
        return (Stopwatch.GetElapsedTime(start).TotalMilliseconds, output);
    }

    /// <summary>Largest distance from A = 0.4 + 0.6 exp(-t/2).</summary>
    private static double Error(string table) => table.Split('\n', StringSplitOptions.RemoveEmptyEntries).Skip(1).Max(line =>
    {
        var cells = line.Split(',').Select(c => double.Parse(c, CultureInfo.InvariantCulture)).ToArray();
        var exact = 0.4 + (0.6 * Math.Exp(-0.5 * cells[0]));
        return Math.Abs(cells[1] - exact) / ((RelativeTolerance * exact) + AbsoluteTolerance);
    });
}

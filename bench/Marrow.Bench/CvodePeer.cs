using System.Diagnostics;
using System.Globalization;
using System.Runtime.InteropServices;
using Marrow.Networks.Compilation;

namespace Marrow.Bench;

/// <summary>Builds and runs the CVODE peer with gcc: against the system's SUNDIALS, or the one installed under the folder that the
/// environment variable SUNDIALS_PREFIX names. Build it from source with -O3 -march=native: a distribution's package can be several
/// times slower, which would flatter us.</summary>
internal sealed class CvodePeer
{
    private readonly string _folder, _program;

    public CvodePeer(CompiledModel model, string sources)
    {
        _folder = Directory.CreateTempSubdirectory("marrow-bench-").FullName;
        _program = Path.Combine(_folder, "cvode_peer");
        var code = Path.Combine(_folder, "model.c");
        File.WriteAllText(code, CSource.Write(model));
        var prefix = Environment.GetEnvironmentVariable("SUNDIALS_PREFIX");
        var folders = string.IsNullOrEmpty(prefix) ? "" : $"-I{prefix}/include -L{prefix}/lib -Wl,-rpath,{prefix}/lib";
        const string libraries = "-lsundials_cvode -lsundials_nvecserial -lsundials_sunmatrixdense -lsundials_sunlinsoldense -lsundials_generic -lm";
        Run("gcc", $"-O3 -march=native -o {_program} {Path.Combine(sources, "cvode_peer.c")} {code} {folders} {libraries}");
    }

    /// <summary>Microseconds and steps a patient, failures, and all outputs.</summary>
    public (double Microseconds, double Steps, int Failed, double[] Results) Solve(double[][] states, double[][] parameters, double end, int outputs, double rtol, double atol)
    {
        string input = Path.Combine(_folder, "input.bin"), output = Path.Combine(_folder, "output.bin");
        using (var writer = new BinaryWriter(File.Create(input)))
        {
            foreach (var size in new long[] { states[0].Length, parameters[0].Length, states.Length, outputs }) writer.Write(size);
            foreach (var setting in new[] { end, rtol, atol }) writer.Write(setting);
            for (var i = 0; i < states.Length; i++)
            {
                writer.Write(MemoryMarshal.AsBytes<double>(states[i]));
                writer.Write(MemoryMarshal.AsBytes<double>(parameters[i]));
            }
        }

        var words = Run(_program, $"{input} {output}").Split(' ', StringSplitOptions.TrimEntries);
        double number(int k) => double.Parse(words[k], CultureInfo.InvariantCulture);
        return (number(0), number(1), (int)number(2), MemoryMarshal.Cast<byte, double>(File.ReadAllBytes(output)).ToArray());
    }

    private static string Run(string program, string arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true })
            ?? throw new InvalidOperationException($"Cannot start {program}.");
        var text = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return process.ExitCode == 0 ? text : throw new InvalidOperationException($"{program} ended with code {process.ExitCode}.");
    }
}

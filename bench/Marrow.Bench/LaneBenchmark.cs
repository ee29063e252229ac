using System.Diagnostics;
using Marrow.Networks.Antimony;
using Marrow.Networks.Compilation;
using Marrow.Networks.Diagnostics;
using Marrow.Numerics.Ode;
using Marrow.Numerics.Random;

namespace Marrow.Bench;

/// <summary>Patients a second of the lane stepper against CVODE, at equal tolerances, with the error that each achieves.</summary>
internal sealed class LaneBenchmark(string model, int patients, int rounds)
{
    private const double End = 360, RelativeTolerance = 1e-6, AbsoluteTolerance = 1e-8, Spread = 0.3;
    private const int Outputs = 360, Checked = 100;
    private static readonly StepperOptions Options = new() { RelativeTolerance = RelativeTolerance, AbsoluteTolerance = AbsoluteTolerance };

    public void Run()
    {
        var folder = BenchFolder.Find();
        var compiled = Compile(Path.Combine(folder, "models", model + ".ant"));
        var (states, parameters) = Draw(compiled, patients);
        var peer = new CvodePeer(compiled, Path.Combine(folder, "peers"));
        using var stepper = new LaneStepper(compiled.System, Options);
        var ours = new LanePatients(states, parameters, End, Outputs);
        stepper.Run(ours); // compiled and warm before the clock starts
        List<double> mine = [], theirs = [];
        (double Microseconds, double Steps, int Failed, double[] Results) cvode = (0, 0, 0, []);
        for (var round = 0; round < rounds; round++)
        {
            cvode = peer.Solve(states, parameters, End, Outputs, RelativeTolerance, AbsoluteTolerance);
            theirs.Add(cvode.Microseconds);
            ours.Rewind();
            var start = Stopwatch.GetTimestamp();
            stepper.Run(ours);
            mine.Add(Stopwatch.GetElapsedTime(start).TotalMicroseconds / patients);
        }

        var reference = Reference(compiled, states[..Checked], parameters[..Checked]);
        Console.WriteLine($"{model}: {compiled.States.Count} states, {patients} patients, rtol {RelativeTolerance}, atol {AbsoluteTolerance}, {Outputs} outputs, one thread, {rounds} interleaved rounds");
        Report("Marrow, 8 lanes", mine, (double)ours.Steps / patients, ours.Failed, Error(ours.Results, reference));
        Report("CVODE, BDF, dense analytic Jacobian", theirs, cvode.Steps, cvode.Failed, Error(cvode.Results, reference));
        Console.WriteLine($"ratio CVODE / Marrow: {Medians.Of(theirs) / Medians.Of(mine):F1} (medians); lane use {stepper.Counts.LaneUse:P1}");
    }

    private static void Report(string name, List<double> times, double steps, int failed, (double Mean, double Worst) error) =>
        Console.WriteLine($"  {name,-38} {Medians.Of(times),8:F1} us/patient (best {times.Min():F1}), {steps:F0} steps, {failed} failed, error in tolerances: mean {error.Mean:F2}, worst {error.Worst:F0}");

    private static CompiledModel Compile(string path)
    {
        var bag = new DiagnosticBag();
        var network = AntimonyReader.ReadFile(path, bag) ?? throw new InputException(bag.Items);
        var start = Stopwatch.GetTimestamp();
        var compiled = CompiledModel.Compile(network, new CompileOptions());
        Console.WriteLine($"compiled in {Stopwatch.GetElapsedTime(start).TotalMilliseconds:F0} ms");
        return compiled;
    }

    private static (double[][] States, double[][] Parameters) Draw(CompiledModel model, int count)
    {
        var purpose = Purpose.Of("lane benchmark");
        var parameters = new double[count][];
        var states = new double[count][];
        for (var i = 0; i < count; i++)
        {
            var random = new RandomStream(new RandomKey(1, purpose, (ulong)i, 0));
            parameters[i] = [.. model.DefaultParameters().Select(p => p * Math.Exp(Spread * random.Normal()))];
            states[i] = new double[model.States.Count];
            model.InitialStates(parameters[i], states[i]);
        }

        return (states, parameters);
    }

    private static double[] Reference(CompiledModel model, double[][] states, double[][] parameters)
    {
        var tight = new LanePatients(states, parameters, End, Outputs);
        using var stepper = new LaneStepper(model.System, new StepperOptions { RelativeTolerance = 1e-11, AbsoluteTolerance = 1e-13, MaxSteps = 1_000_000 });
        stepper.Run(tight);
        return tight.Results;
    }

    private static (double Mean, double Worst) Error(double[] results, double[] reference)
    {
        double sum = 0, worst = 0;
        for (var k = 0; k < reference.Length; k++)
        {
            var error = Math.Abs(results[k] - reference[k]) / ((RelativeTolerance * Math.Abs(reference[k])) + AbsoluteTolerance);
            sum += error;
            worst = Math.Max(worst, error);
        }

        return (sum / reference.Length, worst);
    }
}

using Marrow.Networks.Antimony;
using Marrow.Networks.Compilation;
using Marrow.Networks.Diagnostics;
using Marrow.Numerics.Ode;

namespace Marrow.Tests.Ode;

/// <summary>Models in Antimony, compiled and solved, against formulas; and lanes against one lane.</summary>
public sealed class ClosedFormTests
{
    private const double Tolerance = 1e-9;
    private static readonly StepperOptions Tight = new() { RelativeTolerance = Tolerance, AbsoluteTolerance = 1e-12 };

    private static CompiledModel Compile(string text)
    {
        var bag = new DiagnosticBag();
        var network = AntimonyReader.ReadText(text, "test.ant", bag);
        Assert.False(bag.HasErrors, string.Join('\n', bag.Items));
        return CompiledModel.Compile(network!, new CompileOptions());
    }

    private static List<double[]> Solve(CompiledModel model, double[] times, StepperOptions options)
    {
        var states = new double[model.States.Count];
        model.InitialStates(model.DefaultParameters(), states);
        var samples = new List<double[]>();
        var report = TimeCourse.Solve(model.System, states, model.DefaultParameters(), 0, times, options, (_, y, _) => samples.Add(y.ToArray()));
        Assert.Equal(Outcome.Done, report.Outcome);
        return samples;
    }

    [Fact]
    public void A_two_compartment_drug_follows_its_two_exponentials()
    {
        // Central and peripheral amounts after a bolus: C(t) = A e^(-a t) + B e^(-b t) (Gibaldi and Perrier, chapter 2).
        const double dose = 100, v1 = 10, v2 = 25, cl = 3, q = 4;
        var model = Compile("""
            model pk
              substanceOnly species C in Body, P in Body
              compartment Body = 1
              C = 100; P = 0
              Eliminate: C => ; CL/V1*C
              Out: C => P; Q/V1*C
              Back: P => C; Q/V2*P
              CL = 3; Q = 4; V1 = 10; V2 = 25
            end
            """);
        double[] times = [.. Enumerable.Range(0, 49).Select(i => 0.5 * i)];
        var samples = Solve(model, times, Tight);
        double k10 = cl / v1, k12 = q / v1, k21 = q / v2, sum = k10 + k12 + k21;
        double a = (sum + Math.Sqrt((sum * sum) - (4 * k21 * k10))) / 2, b = sum - a;
        for (var i = 0; i < times.Length; i++)
        {
            var exact = dose * (((a - k21) / (a - b) * Math.Exp(-a * times[i])) + ((k21 - b) / (a - b) * Math.Exp(-b * times[i])));
            // Local errors below the tolerance add up over a few time constants.
            Assert.Equal(exact, samples[i][model.StateIndex("C")], 100 * Tolerance * dose);
        }
    }

    [Fact]
    public void A_linear_chain_follows_the_gamma_density()
    {
        // x1 -> x2 -> ... at one rate k: x_j(t) = (k t)^(j-1)/(j-1)! e^(-k t).
        var model = Compile("""
            model chain
              compartment Body = 1
              substanceOnly species A in Body, B in Body, C in Body, D in Body
              A = 1; B = 0; C = 0; D = 0
              J1: A => B; k*A
              J2: B => C; k*B
              J3: C => D; k*C
              J4: D => ; k*D
              k = 1.7
            end
            """);
        double[] times = [.. Enumerable.Range(0, 41).Select(i => 0.2 * i)];
        var samples = Solve(model, times, Tight);
        for (var i = 0; i < times.Length; i++)
        {
            double kt = 1.7 * times[i], exact = Math.Exp(-kt);
            foreach (var (name, j) in new[] { ("A", 1), ("B", 2), ("C", 3), ("D", 4) })
            {
                Assert.Equal(exact, samples[i][model.StateIndex(name)], 100 * Tolerance);
                exact *= kt / j;
            }
        }
    }

    [Fact]
    public void Events_of_a_network_fire_at_exact_times_and_in_one_lane_as_in_eight()
    {
        var model = Compile("""
            model doses
              compartment Body = 1
              substanceOnly species X in Body
              X = 8
              Decay: X => ; k*X
              Refill: at X < 1: X = 8
              k = 0.6931471805599453
            end
            """);
        // Three halvings, then a refill: the period is exactly 3.
        double[] times = [2.9999, 3.0001, 5.9999, 6.0001, 9];
        var samples = Solve(model, times, Tight);
        double[] exact = [8 * Math.Pow(2, -2.9999), 8 * Math.Pow(2, -0.0001), 8 * Math.Pow(2, -2.9999), 8 * Math.Pow(2, -0.0001)];
        for (var i = 0; i < exact.Length; i++) Assert.Equal(exact[i], samples[i][0], 1e-6);
    }

    [Fact]
    public void Eight_patients_together_have_the_bits_of_each_alone()
    {
        var model = Compile("""
            model robertson
              compartment Body = 1
              substanceOnly species A in Body, B in Body, C in Body
              A = 1; B = 0; C = 0
              J1: A => B; k1*A
              J2: B + B => C + B; k2*B^2
              J3: B + C => A + C; k3*B*C
              E1: at time > 11: A = A + 0.25
              k1 = 0.04; k2 = 3e7; k3 = 1e4
            end
            """);
        GridTrajectory Patient(int i)
        {
            var parameters = model.DefaultParameters();
            for (var k = 0; k < parameters.Length; k++) parameters[k] *= 1 + (0.01 * ((i * (k + 3)) % 17));
            var states = new double[model.States.Count];
            model.InitialStates(parameters, states);
            return new GridTrajectory(states, parameters, [.. Enumerable.Range(0, 21).Select(t => 2.0 * t)]);
        }

        GridTrajectory[] together = [.. Enumerable.Range(0, 20).Select(Patient)], alone = [.. Enumerable.Range(0, 20).Select(Patient)];
        using var stepper = new LaneStepper(model.System, new StepperOptions());
        stepper.Run(new QueueSource(together));
        foreach (var patient in alone) stepper.Run(new QueueSource([patient]));
        for (var i = 0; i < 20; i++)
        {
            Assert.Equal(Outcome.Done, together[i].Report.Outcome);
            Assert.Equal(alone[i].Samples.SelectMany(y => y), together[i].Samples.SelectMany(y => y));
        }
    }
}

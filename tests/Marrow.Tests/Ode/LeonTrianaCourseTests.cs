using Marrow.Networks.Antimony;
using Marrow.Networks.Compilation;
using Marrow.Networks.Diagnostics;
using Marrow.Numerics.Ode;
using Marrow.Tests.House;

namespace Marrow.Tests.Ode;

/// <summary>The example models/examples/leon_triana_2021.ant against the published model (BIOMD0000001011): peak and nadir as two
/// independent integrators give them.</summary>
public sealed class LeonTrianaCourseTests
{
    [Fact]
    public void Car_t_cells_peak_and_leukaemia_falls_as_in_the_published_model()
    {
        var bag = new DiagnosticBag();
        var network = AntimonyReader.ReadFile(Path.Combine(Repository.Root, "models", "examples", "leon_triana_2021.ant"), bag);
        Assert.False(bag.HasErrors, string.Join('\n', bag.Items));
        var model = CompiledModel.Compile(network!, new CompileOptions());
        var states = new double[model.States.Count];
        model.InitialStates(model.DefaultParameters(), states);
        double[] times = [.. Enumerable.Range(0, 10_001).Select(i => 0.01 * i)];
        int carT = model.StateIndex("CarT"), leukaemia = model.StateIndex("Leukaemia");
        (double Time, double Value) peak = (0, 0), nadir = (0, double.MaxValue);
        var report = TimeCourse.Solve(model.System, states, model.DefaultParameters(), 0, times, new StepperOptions { RelativeTolerance = 1e-9 }, (t, y, _) =>
        {
            if (y[carT] > peak.Value) peak = (t, y[carT]);
            if (y[leukaemia] < nadir.Value) nadir = (t, y[leukaemia]);
        });
        Assert.Equal(Outcome.Done, report.Outcome);
        // Half a unit in the last digit that is published.
        Assert.Equal(12.19, peak.Time, 0.005 + 0.005);
        Assert.Equal(1.64e10, peak.Value, 0.005e10);
        Assert.Equal(57.0, nadir.Time, 0.05 + 0.005);
        Assert.Equal(4.107e5, nadir.Value, 0.0005e5);
    }
}

using Marrow.Cli.Output;
using Marrow.Networks.Compilation;
using Marrow.Networks.Simulation;
using Marrow.Numerics.Ode;

namespace Marrow.Cli.Simulation;

/// <summary>Compiles a model and follows one trajectory.</summary>
internal static class Simulator
{
    /// <summary>Simulates on a grid of times.</summary>
    /// <returns>The table, and how the trajectory ended: only after <see cref="Outcome.Done"/> the table is complete.</returns>
    internal static (TrajectoryTable Table, TrajectoryReport Report, CompiledModel Model) Run(
        OutputColumns columns, double[] times, double relativeTolerance, double absoluteTolerance, CancellationToken cancel)
    {
        var model = CompiledModel.Compile(columns.Network, new CompileOptions { Observables = [.. columns.Observables.Distinct()] });
        var parameters = model.DefaultParameters();
        var states = new double[model.States.Count];
        model.InitialStates(parameters, states);
        int[] places = [.. columns.Observables.Select(model.ObservableIndex)];
        var observed = new double[model.Observables.Count];
        var values = new double[times.Length * places.Length];
        var next = 0;
        var options = new StepperOptions { RelativeTolerance = relativeTolerance, AbsoluteTolerance = absoluteTolerance };
        var report = TimeCourse.Solve(model.System, states, parameters, times[0], times, options, Receive, cancel);
        return (new TrajectoryTable(columns.Names, times, values), report, model);

        void Receive(double time, ReadOnlySpan<double> y, ReadOnlySpan<double> p)
        {
            model.Evaluate(time, y, p, observed);
            foreach (var place in places) values[next++] = observed[place];
        }
    }

    /// <summary>Why a trajectory stopped early, where, and what to try.</summary>
    internal static string Explain(in TrajectoryReport report, CompiledModel model) => SimulationException.Explain(report, model);
}

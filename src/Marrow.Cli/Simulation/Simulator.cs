using Marrow.Cli.Output;
using Marrow.Networks.Compilation;
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
    internal static string Explain(in TrajectoryReport report, CompiledModel model)
    {
        var state = report.WorstState >= 0 ? $", worst in {model.States[report.WorstState]}" : "";
        var (why, remedy) = report.Outcome switch
        {
            Outcome.StepTooSmall => ("the step size fell below the resolution of time", "announce a jump in a formula by an event, or loosen --rtol and --atol"),
            Outcome.TooManySteps => ("the step limit was reached", "loosen --rtol and --atol, or simulate a shorter time"),
            Outcome.NewtonFailure => ("the implicit equations have no solution that the solver can find", "look for a division by a quantity that becomes 0"),
            Outcome.NotFinite => ("a value became infinite or not a number", "look for a division by 0, a logarithm of 0, or growth without limit"),
            _ => throw new ArgumentOutOfRangeException(nameof(report), report.Outcome, "A trajectory that is done needs no explanation."),
        };
        return FormattableString.Invariant($"the simulation stopped at time {report.Time:G6} after {report.Steps} steps{state}: {why}; try: {remedy}");
    }
}

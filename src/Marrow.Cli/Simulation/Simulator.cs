using Marrow.Cli.Output;
using Marrow.Networks.Compilation;
using Marrow.Networks.Simulation;
using Marrow.Numerics.Ode;

namespace Marrow.Cli.Simulation;

/// <summary>One course of a model.</summary>
/// <param name="Table">The course; complete only if nothing failed.</param>
/// <param name="Failure">Why it stopped early; null if it did not.</param>
/// <param name="Note">What the user should know of how it was found; null if nothing.</param>
internal sealed record SimulatedCourse(TrajectoryTable Table, string? Failure, string? Note);

/// <summary>Compiles a model and follows one trajectory.</summary>
internal static class Simulator
{
    /// <summary>An absolute tolerance that never decides: errors are then relative to the values themselves.</summary>
    private const double NoAbsolute = 1e-100;

    /// <summary>Tolerances where none are given.</summary>
    internal const double RelativeTolerance = 1e-6, AbsoluteTolerance = 1e-9;

    /// <summary>Simulates on a grid of times. What cannot be followed with the absolute tolerance, for instance because a logarithm or an
    /// event asks for the sign of something that has died out, is tried once more without one.</summary>
    internal static SimulatedCourse Run(OutputColumns columns, double[] times, double relativeTolerance, double absoluteTolerance, CancellationToken cancel)
    {
        var model = CompiledModel.Compile(columns.Network, new CompileOptions { Observables = [.. columns.Observables.Distinct()] });
        var (table, report) = Follow(model, columns, times, relativeTolerance, absoluteTolerance, cancel);
        if (report.Outcome == Outcome.Done) return new SimulatedCourse(table, null, null);
        var failure = Explain(report, model);
        if (absoluteTolerance <= NoAbsolute) return new SimulatedCourse(table, failure, null);
        (table, report) = Follow(model, columns, times, relativeTolerance, NoAbsolute, cancel);
        return report.Outcome != Outcome.Done ? new SimulatedCourse(table, failure, null)
            : new SimulatedCourse(table, null, FormattableString.Invariant($"with an absolute tolerance of {absoluteTolerance:R} {failure[..failure.IndexOf(';', StringComparison.Ordinal)]}; it was followed with the relative tolerance alone"));
    }

    private static (TrajectoryTable Table, TrajectoryReport Report) Follow(
        CompiledModel model, OutputColumns columns, double[] times, double relativeTolerance, double absoluteTolerance, CancellationToken cancel)
    {
        var parameters = model.DefaultParameters();
        var states = new double[model.States.Count];
        model.InitialStates(parameters, states);
        int[] places = [.. columns.Observables.Select(model.ObservableIndex)];
        var observed = new double[model.Observables.Count];
        var values = new double[times.Length * places.Length];
        var next = 0;
        var options = new StepperOptions { RelativeTolerance = relativeTolerance, AbsoluteTolerance = absoluteTolerance };
        var report = TimeCourse.Solve(model.System, states, parameters, times[0], times, options, Receive, cancel);
        return (new TrajectoryTable(columns.Names, times, values), report);

        void Receive(double time, ReadOnlySpan<double> y, ReadOnlySpan<double> p)
        {
            model.Evaluate(time, y, p, observed);
            foreach (var place in places) values[next++] = observed[place];
        }
    }

    /// <summary>Why a trajectory stopped early, where, and what to try.</summary>
    internal static string Explain(in TrajectoryReport report, CompiledModel model) => SimulationException.Explain(report, model);
}

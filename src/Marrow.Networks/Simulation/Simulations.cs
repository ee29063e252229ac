using Marrow.Networks.Compilation;
using Marrow.Networks.Diagnostics;
using Marrow.Numerics.Ode;

namespace Marrow.Networks.Simulation;

/// <summary>Follows compiled models.</summary>
public static class Simulations
{
    /// <summary>Solves the equations of a model from a start to an end.</summary>
    /// <param name="model">The model.</param>
    /// <param name="end">Last time, in the unit of the model's time.</param>
    /// <param name="points">Times at which values are wanted, at equal distances, first and last included; at least 2.</param>
    /// <param name="values">Values in place of the model's: parameters, sizes of compartments, and starts of states, species as amounts; what
    /// the model computes from a start is not computed anew.</param>
    /// <param name="start">First time.</param>
    /// <param name="relative">Relative tolerance of the local error.</param>
    /// <param name="absolute">Absolute tolerance, in the unit of each state.</param>
    /// <exception cref="ArgumentException">A name is not one whose value can be set, or the times are none.</exception>
    /// <exception cref="SimulationException">The solver gave up; it says where and why.</exception>
    public static TimeSeries Simulate(
        this CompiledModel model, double end, int points = 101, IReadOnlyDictionary<string, double>? values = null,
        double start = 0, double relative = 1e-6, double absolute = 1e-9)
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentOutOfRangeException.ThrowIfLessThan(points, 2);
        if (!(end > start)) throw new ArgumentException($"The end {end} must lie after the start {start}.", nameof(end));
        var parameters = ParametersOf(model, values);
        var states = new double[model.States.Count];
        model.InitialStates(parameters, states);
        foreach (var (name, value) in (values ?? None).Where(v => model.StateIndex(v.Key) >= 0)) states[model.StateIndex(name)] = value;
        double[] times = [.. Enumerable.Range(0, points).Select(i => i == points - 1 ? end : start + (end - start) * i / (points - 1))];
        double[][] columns = [.. model.Observables.Select(_ => new double[points])];
        var observed = new double[model.Observables.Count];
        var row = 0;
        var options = new StepperOptions { RelativeTolerance = relative, AbsoluteTolerance = absolute };
        var report = TimeCourse.Solve(model.System, states, parameters, start, times, options, Receive);
        if (report.Outcome != Outcome.Done) throw new SimulationException(report, model);
        return new TimeSeries(times, model.Observables, columns);

        void Receive(double time, ReadOnlySpan<double> y, ReadOnlySpan<double> p)
        {
            model.Evaluate(time, y, p, observed);
            for (var i = 0; i < columns.Length; i++) columns[i][row] = observed[i];
            row++;
        }
    }

    private static readonly IReadOnlyDictionary<string, double> None = new Dictionary<string, double>();

    private static double[] ParametersOf(CompiledModel model, IReadOnlyDictionary<string, double>? values)
    {
        var parameters = model.DefaultParameters();
        foreach (var (name, value) in (values ?? None).Where(v => model.StateIndex(v.Key) < 0))
        {
            var place = model.ParameterIndex(name);
            if (place < 0)
                throw new ArgumentException($"'{name}' cannot be set: the model has no such number, or computes it; try {Spelling.Hint(name, model.Parameters.Concat(model.States), "one of Parameters or States")}.", nameof(values));
            parameters[place] = value;
        }
        return parameters;
    }
}

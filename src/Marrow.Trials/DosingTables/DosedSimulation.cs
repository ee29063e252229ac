using Marrow.Networks.Diagnostics;
using Marrow.Networks.Simulation;
using Marrow.Networks.Structure;
using Marrow.Numerics.Ode;

namespace Marrow.Trials.DosingTables;

/// <summary>A row of the result: the model at an observation, or at a time asked for.</summary>
/// <param name="Id">The individual.</param>
/// <param name="Time">Time.</param>
/// <param name="Values">Values of the observables, in their order.</param>
/// <param name="Observed">What was observed; null if nothing was.</param>
public sealed record DosedRow(string Id, double Time, IReadOnlyList<double> Values, double? Observed);

/// <summary>What became of the individuals of a dosing table.</summary>
/// <param name="Rows">Rows of those that reached their end, in the order of the table.</param>
/// <param name="Failures">Why others did not, one line each.</param>
public sealed record DosedResult(IReadOnlyList<DosedRow> Rows, IReadOnlyList<string> Failures);

/// <summary>A model under the doses of a table: every individual by itself, eight at a time in lanes.</summary>
public sealed class DosedSimulation
{
    private readonly DosedModel _model;
    private readonly DosingTable _table;
    private readonly int[] _places;

    private DosedSimulation(DosedModel model, DosingTable table, int[] places) => (_model, _table, _places) = (model, table, places);

    /// <summary>Ties a table to a model and compiles it.</summary>
    /// <param name="network">The model.</param>
    /// <param name="observables">Names whose values are written.</param>
    /// <param name="table">The table.</param>
    /// <param name="bag">Receives what does not fit.</param>
    /// <returns>Null if something does not fit.</returns>
    /// <exception cref="InputException">The model has errors or uses what is not supported; all are listed.</exception>
    public static DosedSimulation? Prepare(ReactionNetwork network, IReadOnlyList<string> observables, DosingTable table, DiagnosticBag bag)
    {
        ArgumentNullException.ThrowIfNull(network);
        ArgumentNullException.ThrowIfNull(observables);
        ArgumentNullException.ThrowIfNull(table);
        ArgumentNullException.ThrowIfNull(bag);
        var own = new DiagnosticBag();
        var model = new DosedModelBuilder(network, observables, table, own).Build();
        bag.AddRange(own.Items);
        return model is null ? null : new DosedSimulation(model, table, [.. observables.Select(model.Model.ObservableIndex)]);
    }

    /// <summary>Follows every individual.</summary>
    /// <param name="times">Times, ascending, at which each is written besides its observations.</param>
    /// <param name="options">Tolerances and limits.</param>
    /// <param name="threads">Threads, each with eight lanes; the result does not depend on them.</param>
    /// <param name="cancel">Stops the run.</param>
    public DosedResult Run(IReadOnlyList<double> times, StepperOptions options, int threads, CancellationToken cancel = default)
    {
        ArgumentNullException.ThrowIfNull(times);
        ArgumentNullException.ThrowIfNull(options);
        DosedTrajectory[] courses = [.. _table.Subjects.Select(s => new DosedTrajectory(_model, s, times, _places, options, cancel))];
        TrajectoryList.Follow(_model.Model.System, options, courses, threads, cancel);
        var failures = courses.Zip(_table.Subjects, (course, subject) => (subject.Id, Why: course.Problem ?? (course.Report.Outcome == Outcome.Done ? null : SimulationException.Explain(course.Report, _model.Model))));
        return new DosedResult([.. courses.SelectMany(c => c.Rows)], [.. failures.Where(f => f.Why is not null).Select(f => $"ID {f.Id}: {f.Why}")]);
    }
}

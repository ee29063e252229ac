using System.Collections.Immutable;
using Marrow.Numerics.Ode;

namespace Marrow.Trials.DosingTables;

/// <summary>One individual of a dosing table: its rows in order, what its doses do between them, and values at its observations.</summary>
/// <remarks>At one time, what is due from earlier doses comes first, then the rows in the order of the table, then times asked for.</remarks>
internal sealed class DosedTrajectory(
    DosedModel model, DosedSubject subject, IReadOnlyList<double> times, int[] places, StepperOptions options, CancellationToken cancel) : Trajectory
{
    private readonly DoseTimeline _timeline = new(model);
    private readonly double[] _observed = new double[model.Model.Observables.Count];
    private readonly List<DosedRow> _rows = [];
    private int _row, _time;

    /// <summary>What was written.</summary>
    public IReadOnlyList<DosedRow> Rows => _rows;

    /// <summary>How it ended.</summary>
    public TrajectoryReport Report { get; private set; }

    /// <summary>What was wrong with its doses; null if nothing was.</summary>
    public string? Problem { get; private set; }

    /// <inheritdoc/>
    public override double NextStop => IsOver ? double.NegativeInfinity : Math.Min(_timeline.Next, Math.Min(NextRow, NextTime));

    /// <inheritdoc/>
    public override double NextSample => double.PositiveInfinity;

    private double NextRow => _row < subject.Rows.Length ? subject.Rows[_row].Time : double.PositiveInfinity;

    private double NextTime => _time < times.Count ? times[_time] : double.PositiveInfinity;

    private bool IsOver => Problem is not null || (_row == subject.Rows.Length && _time == times.Count);

    /// <inheritdoc/>
    public override double Begin(Span<double> states, Span<double> parameters)
    {
        model.Model.DefaultParameters().CopyTo(parameters);
        // What the first row knows holds from the start on.
        Carry(subject.Rows[0].Covariates, parameters);
        model.Model.InitialStates(parameters, states);
        return Math.Min(NextRow, NextTime);
    }

    /// <inheritdoc/>
    public override Directive AtStop(double time, Span<double> states, Span<double> parameters)
    {
        if (IsOver) return Directive.Finish;
        var any = _timeline.Apply(time, states, parameters);
        Problem ??= _timeline.Problem;
        while (Problem is null && NextRow <= time) any |= Row(subject.Rows[_row++], states, parameters);
        for (; NextTime <= time; _time++) Write(time, null, states, parameters);
        if (IsOver) return Directive.Finish;
        return any ? Directive.Restart : Directive.Continue;
    }

    /// <inheritdoc/>
    public override Directive AtSample(double time, Span<double> states, Span<double> parameters) => Directive.Continue;

    /// <inheritdoc/>
    public override void Ended(in TrajectoryReport report, ReadOnlySpan<double> states) => Report = report;

    private bool Row(DosingRow row, Span<double> states, Span<double> parameters)
    {
        var any = Carry(row.Covariates, parameters);
        if (row.Event is DosingEvent.Reset or DosingEvent.ResetAndDose)
        {
            _timeline.Clear(parameters);
            model.Model.DefaultParameters().CopyTo(parameters);
            SetCovariates(parameters);
            model.Model.InitialStates(parameters, states);
            any = true;
        }
        if (row.IsDose)
        {
            var target = model.Targets[row.Compartment];
            if (row.IsEndless) Problem ??= SteadyInfusion.Establish(model, row, target, _timeline, states, parameters, cancel);
            else if (row.SteadyState > 0) Problem ??= SteadyDosing.Establish(model, row, target, _timeline, row.Time, states, parameters, options, cancel);
            if (!row.IsEndless) _timeline.Give(row, target, row.Time, states, parameters);
            Problem ??= _timeline.Problem;
            any = true;
        }
        if (row.Event == DosingEvent.Observation) Write(row.Time, row.Observed, states, parameters);
        return any;
    }

    /// <summary>Takes over the values of a row; true if a parameter of the model has changed.</summary>
    private bool Carry(ImmutableArray<double?> covariates, Span<double> parameters)
    {
        var any = false;
        for (var c = 0; c < covariates.Length; c++)
        {
            if (covariates[c] is not { } value || value == _timeline.Columns[c]) continue;
            _timeline.Columns[c] = value;
            any |= model.Covariates[c] >= 0;
        }
        if (any) SetCovariates(parameters);
        return any;
    }

    private void SetCovariates(Span<double> parameters)
    {
        for (var c = 0; c < model.Covariates.Length; c++)
            if (model.Covariates[c] >= 0 && !double.IsNaN(_timeline.Columns[c])) parameters[model.Covariates[c]] = _timeline.Columns[c];
    }

    private void Write(double time, double? observed, ReadOnlySpan<double> states, ReadOnlySpan<double> parameters)
    {
        model.Model.Evaluate(time, states, parameters, _observed);
        _rows.Add(new DosedRow(subject.Id, time, [.. places.Select(p => _observed[p])], observed));
    }
}

using System.Globalization;
using Marrow.Numerics.Ode;

namespace Marrow.Trials.DosingTables;

/// <summary>The steady state of a regimen: one dose after another until the state just before a dose is the same each time.</summary>
/// <remarks>Differences between doses fall by a factor q a dose, so that d q / (1 - q) of the last difference d is still to come: the state is
/// taken when that is below the tolerances of the run. The solver has a hundredth of them.</remarks>
internal sealed class SteadyDosing : Trajectory
{
    private const int MostDoses = 5_000;
    private const double Margin = 0.01;

    /// <summary>Value of SS with which the search begins at the present state.</summary>
    public const int FromPresent = 3;

    private readonly DosedModel _model;
    private readonly DosingRow _row;
    private readonly DoseTarget _target;
    private readonly double _start;
    private readonly double[] _parameters, _initial, _last, _final;
    private readonly StepperOptions _options;
    private readonly DoseTimeline _timeline;
    private double _difference = double.NaN;
    private int _dose;
    private bool _found;
    private TrajectoryReport _report;

    private SteadyDosing(
        DosedModel model, DosingRow row, DoseTarget target, double start, ReadOnlySpan<double> states, ReadOnlySpan<double> parameters, double[] columns, StepperOptions options)
    {
        (_model, _row, _target, _start, _options) = (model, row, target, start, options);
        _parameters = parameters.ToArray();
        foreach (var t in model.Targets.Values) _parameters[t.Input] = 0;
        _initial = states.ToArray();
        if (row.SteadyState != FromPresent) model.Model.InitialStates(_parameters, _initial);
        (_last, _final) = (new double[_initial.Length], new double[_initial.Length]);
        _timeline = new DoseTimeline(model);
        columns.CopyTo(_timeline.Columns, 0);
    }

    /// <inheritdoc/>
    public override double NextStop => Math.Min(_timeline.Next, _start + (_dose * _row.Interval));

    /// <inheritdoc/>
    public override double NextSample => double.PositiveInfinity;

    /// <summary>Puts an individual into the steady state of a row's regimen (SS 1 and 3), or adds that state to its own (SS 2).</summary>
    /// <returns>What went wrong, or null.</returns>
    public static string? Establish(
        DosedModel model, DosingRow row, DoseTarget target, DoseTimeline timeline, double time, Span<double> states, Span<double> parameters,
        StepperOptions options, CancellationToken cancel)
    {
        var course = new SteadyDosing(model, row, target, time, states, parameters, timeline.Columns, options);
        var tight = options with
        {
            RelativeTolerance = Math.Max(1e-13, options.RelativeTolerance * Margin),
            AbsoluteTolerance = options.AbsoluteTolerance * Margin,
            MaxSteps = int.MaxValue,
        };
        TrajectoryList.Follow(model.Model.System, tight, [course], cancel: cancel);
        if (!course._found)
        {
            return course._timeline.Problem ?? string.Create(CultureInfo.InvariantCulture,
                $"the regimen of line {row.Where.Line} has no steady state: {(course._report.Outcome == Outcome.Done ? $"after {course._dose} doses the state still changes" : $"the solver stopped with {course._report.Outcome} after {course._dose} doses")}; try: earlier doses instead of SS");
        }
        var adds = row.SteadyState == 2;
        if (!adds) timeline.Clear(parameters);
        for (var i = 0; i < states.Length; i++) states[i] = adds ? states[i] + course._final[i] - course._initial[i] : course._final[i];
        timeline.Take(course._timeline, time - (course._start + (course._dose * row.Interval)), parameters);
        return timeline.Problem;
    }

    /// <inheritdoc/>
    public override double Begin(Span<double> states, Span<double> parameters)
    {
        _initial.CopyTo(states);
        _parameters.CopyTo(parameters);
        return _start;
    }

    /// <inheritdoc/>
    public override Directive AtStop(double time, Span<double> states, Span<double> parameters)
    {
        var any = _timeline.Apply(time, states, parameters);
        if (time < _start + (_dose * _row.Interval)) return any ? Directive.Restart : Directive.Continue;
        if (_dose > 0 && IsSteady(states))
        {
            _found = true;
            states.CopyTo(_final);
            return Directive.Finish;
        }
        states.CopyTo(_last);
        if (_dose == MostDoses || _timeline.Problem is not null) return Directive.Finish;
        _timeline.GiveOnce(_row, _target, time, states, parameters);
        _dose++;
        return Directive.Restart;
    }

    /// <inheritdoc/>
    public override Directive AtSample(double time, Span<double> states, Span<double> parameters) => Directive.Continue;

    /// <inheritdoc/>
    public override void Ended(in TrajectoryReport report, ReadOnlySpan<double> states) => _report = report;

    private bool IsSteady(ReadOnlySpan<double> states)
    {
        var difference = 0.0;
        for (var i = 0; i < states.Length; i++)
        {
            var weight = _options.AbsoluteTolerance + (_options.RelativeTolerance * Math.Abs(states[i]));
            difference = Math.Max(difference, Math.Abs(states[i] - _last[i]) / weight);
        }
        var ratio = difference / _difference;
        _difference = difference;
        // As long as the first dose still acts by itself (lag, infusion), differences say nothing.
        return (_dose - 2) * _row.Interval >= _timeline.Reach && (difference == 0 || (ratio < 1 && difference * ratio / (1 - ratio) <= 1));
    }
}

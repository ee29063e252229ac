using System.Globalization;
using Marrow.Numerics.Ode;

namespace Marrow.Trials.DosingTables;

/// <summary>The steady state of a regimen: one dose after another until the state just before a dose is the same each time.</summary>
/// <remarks>Every state is judged by itself, for one may follow the doses at once and another over months. Its change d over the last m doses, and
/// that over the m before, give the factor q of a geometric series, of which d q / (1 - q) is still to come. The state is taken when that and d
/// are below its tolerance for all states, three times in a row: of two terms of a sum the slow one is seen when the fast one has gone. m grows
/// with the number of doses, so that the changes of slow states stand out from the errors of the solver, which has a hundredth of the
/// tolerances.</remarks>
internal sealed class SteadyDosing : Trajectory
{
    private const int MostDoses = 20_480;
    private const int TimesInARow = 3, WindowsOfALength = 8;
    private const double Memory = 0.75;
    private const double Margin = 0.01;

    /// <summary>Value of SS with which the search begins at the present state.</summary>
    public const int FromPresent = 3;

    private readonly DosedModel _model;
    private readonly DosingRow _row;
    private readonly DoseTarget _target;
    private readonly double _start;
    private readonly double[] _parameters, _initial, _before, _last, _final;
    private readonly StepperOptions _options;
    private readonly DoseTimeline _timeline;
    private readonly double[] _sum, _path;
    private int _dose, _window = 1, _agreed;
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
        (_before, _last, _final) = (_initial.ToArray(), _initial.ToArray(), new double[_initial.Length]);
        (_sum, _path) = (new double[_initial.Length], new double[_initial.Length]);
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
        if (_dose > 0 && _dose % _window == 0 && IsSteady(states))
        {
            _found = true;
            states.CopyTo(_final);
            return Directive.Finish;
        }
        if (_dose == MostDoses || _timeline.Problem is not null) return Directive.Finish;
        _timeline.GiveOnce(_row, _target, time, states, parameters);
        _dose++;
        return Directive.Restart;
    }

    /// <inheritdoc/>
    public override Directive AtSample(double time, Span<double> states, Span<double> parameters) => Directive.Continue;

    /// <inheritdoc/>
    public override void Ended(in TrajectoryReport report, ReadOnlySpan<double> states) => _report = report;

    /// <summary>Looks at the end of a window of doses, and begins the next.</summary>
    private bool IsSteady(ReadOnlySpan<double> states)
    {
        // As long as the first dose still acts by itself (lag, infusion), differences say nothing.
        var speaks = (_dose - (2 * _window)) * _row.Interval >= _timeline.Reach;
        for (var i = 0; i < states.Length; i++) speaks &= IsSteady(i, states[i], states[i] - _last[i], _last[i] - _before[i]);
        _agreed = speaks ? _agreed + 1 : 0;
        // The window before one of twice the length is that and the one before it.
        var longer = _dose == _window * WindowsOfALength;
        if (!longer) _last.CopyTo(_before, 0);
        states.CopyTo(_last);
        if (longer) _window *= 2;
        return _agreed >= TimesInARow;
    }

    private bool IsSteady(int i, double state, double change, double changeBefore)
    {
        var tolerance = _options.AbsoluteTolerance + (_options.RelativeTolerance * Math.Abs(state));
        var size = Math.Abs(change);
        (_sum[i], _path[i]) = size <= tolerance ? ((Memory * _sum[i]) + change, (Memory * _path[i]) + size) : (0, 0);
        if (size > tolerance) return false;
        // Errors of the solver do not fall, but go to and fro; and what would not reach the tolerance within the whole search does not count.
        if (Math.Abs(_sum[i]) <= _path[i] / 2 || size * MostDoses <= tolerance * _window) return true;
        var ratio = size / Math.Abs(changeBefore);
        return ratio < 1 && size * ratio / (1 - ratio) <= tolerance;
    }
}

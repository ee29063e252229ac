namespace Marrow.Numerics.Ode;

/// <summary>The past of one trajectory: the polynomials of its accepted steps, its parameters, and the times at which its jumps come back
/// through delays of fixed length.</summary>
internal sealed class DelayHistory
{
    /// <summary>A jump is followed through this many delays: each makes the solution smoother by one derivative.</summary>
    private const int Generations = 5;

    /// <summary>Times closer than this, relative to their size, are one.</summary>
    private const double Resolution = 1e-15;

    /// <summary>Jumps that come back closer together than this, relative to the time, come back together.</summary>
    private const double Together = 1e-12;

    private readonly ILaneDelays _delays;
    private readonly List<(double Start, double End, double Step)> _steps = [];
    private readonly List<double[]> _polynomials = [];
    private readonly List<(double Time, double[] States, double[] Parameters)> _points = [];
    private readonly SortedDictionary<double, int> _returns = [];
    private readonly double[][] _pastStates, _pastParameters;

    public DelayHistory(ILaneDelays delays, int states, int parameters)
    {
        _delays = delays;
        Live = new double[delays.Inputs.Count * LaneLayout.Rows];
        _pastStates = [.. Enumerable.Range(0, delays.Count).Select(_ => new double[states])];
        _pastParameters = [.. Enumerable.Range(0, delays.Count).Select(_ => new double[parameters])];
    }

    /// <summary>Polynomial of the step being tried: for each input its Nordsieck row at the end of the step.</summary>
    public double[] Live { get; }

    /// <summary>The next time at which a jump of the past comes back; infinity if there is none.</summary>
    public double NextReturn { get; private set; } = double.PositiveInfinity;

    /// <summary>Whether a value of the step being tried was asked for.</summary>
    public bool AskedLive { get; set; }

    /// <summary>Forgets everything; the start is a point, and before it nothing has happened.</summary>
    public void Begin(double time, ReadOnlySpan<double> states, ReadOnlySpan<double> parameters)
    {
        _steps.Clear();
        _polynomials.Clear();
        _points.Clear();
        _returns.Clear();
        NextReturn = double.PositiveInfinity;
        // Twice: what was before the start stays, while what is from the start on may be changed by events.
        _points.Add((time, states.ToArray(), parameters.ToArray()));
        _points.Add((time, Inputs(states), Snapshot(parameters)));
    }

    private double[] Inputs(ReadOnlySpan<double> states)
    {
        var inputs = new double[_delays.Inputs.Count];
        for (var i = 0; i < inputs.Length; i++) inputs[i] = states[_delays.Inputs[i]];
        return inputs;
    }

    /// <summary>The parameters, without values of the past; those of the last point if they are the same.</summary>
    private double[] Snapshot(ReadOnlySpan<double> parameters)
    {
        var snapshot = parameters.ToArray();
        for (var k = 0; k < _delays.Count; k++) snapshot[_delays.Place(k)] = 0;
        return snapshot.AsSpan().SequenceEqual(_points[^1].Parameters) ? _points[^1].Parameters : snapshot;
    }

    /// <summary>States and parameters as they are from now on.</summary>
    public void Mark(double time, ReadOnlySpan<double> states, ReadOnlySpan<double> parameters)
    {
        if (_points.Count > 1 && _points[^1].Time == time) _points.RemoveAt(_points.Count - 1);
        _points.Add((time, Inputs(states), Snapshot(parameters)));
    }

    /// <summary>Notes that the solution jumps at a time, or that an earlier jump has come back, and when it will come back.</summary>
    public void Jump(double time, ReadOnlySpan<double> states, ReadOnlySpan<double> parameters)
    {
        var generation = 0;
        while (_returns.Count > 0 && NextReturn <= time + (Together * Math.Abs(time)))
        {
            generation = _returns[NextReturn] + 1;
            _returns.Remove(NextReturn);
            NextReturn = First();
        }
        if (generation > Generations) return;
        for (var k = 0; k < _delays.Count; k++)
        {
            if (!_delays.Returns(k)) continue;
            var lag = _delays.Lag(k, time, states, parameters);
            if (lag > 0 && double.IsFinite(lag) && time + lag > time) _returns[time + lag] = Math.Min(generation, _returns.GetValueOrDefault(time + lag, int.MaxValue));
        }
        NextReturn = First();
    }

    /// <summary>Keeps the polynomial of the step just accepted.</summary>
    public void Append(double end, double step)
    {
        _steps.Add((end - step, end, step));
        _polynomials.Add([.. Live]);
    }

    /// <summary>Fills the values of the past at a time.</summary>
    /// <param name="time">Time.</param>
    /// <param name="live">The step being tried; its end is <paramref name="time"/>. Null: only what has been accepted counts.</param>
    /// <param name="before">At a jump, whether the value before it is wanted.</param>
    /// <param name="states">States at that time; those of the inputs are enough.</param>
    /// <param name="parameters">Parameters; the places of the values are filled.</param>
    public void Fill(double time, double? live, bool before, ReadOnlySpan<double> states, Span<double> parameters)
    {
        for (var k = 0; k < _delays.Count; k++) parameters[_delays.Place(k)] = Value(k, time, live, before, states, parameters, time);
    }

    private double First() => _returns.Count > 0 ? _returns.Keys.First() : double.PositiveInfinity;

    /// <summary>x(t - lag) with everything that it needs known at t.</summary>
    private double Value(int k, double time, double? live, bool before, ReadOnlySpan<double> states, ReadOnlySpan<double> parameters, double now)
    {
        var lag = _delays.Lag(k, time, states, parameters);
        if (!(lag > 0)) return double.IsNaN(lag) ? lag : _delays.Value(k, time, states, parameters);
        var past = time - lag;
        var near = Resolution * (Math.Abs(time) + lag);
        var start = _points[0].Time;
        if (before ? past <= start + near : past < start - near) return _delays.ValueBefore(k, past, _points[0].States, _points[0].Parameters);
        double[] y = _pastStates[k], p = _pastParameters[k];
        At(past, before ? -near : near, live, now, y, p);
        foreach (var j in _delays.Needs(k)) p[_delays.Place(j)] = Value(j, past, live, before, y, p, now);
        return _delays.Value(k, past, y, p);
    }

    /// <summary>States and parameters of a past time.</summary>
    private void At(double past, double shift, double? live, double now, double[] states, double[] parameters)
    {
        var point = LastPoint(past + shift);
        _points[point].Parameters.CopyTo(parameters, 0);
        var step = LastStep(past + shift);
        var beganLive = live is { } h && past + shift > now - h;
        if (beganLive)
        {
            AskedLive = true;
            Evaluate(Live, (past - now) / live!.Value, states);
        }
        // After a jump nothing but the point itself is known until a step has been accepted.
        else if (step < 0 || _steps[step].Start < _points[point].Time - Math.Abs(shift) || past > _steps[step].End + Math.Abs(shift)) Restore(_points[point].States, states);
        else Evaluate(_polynomials[step], (past - _steps[step].End) / _steps[step].Step, states);
    }

    private void Restore(double[] inputs, double[] states)
    {
        for (var i = 0; i < inputs.Length; i++) states[_delays.Inputs[i]] = inputs[i];
    }

    private void Evaluate(double[] polynomial, double x, double[] states)
    {
        for (var i = 0; i < _delays.Inputs.Count; i++)
        {
            var c = polynomial.AsSpan(i * LaneLayout.Rows, LaneLayout.Rows);
            var value = c[^1];
            for (var j = LaneLayout.Rows - 2; j >= 0; j--) value = Math.FusedMultiplyAdd(value, x, c[j]);
            states[_delays.Inputs[i]] = value;
        }
    }

    /// <summary>The last point not after a time; the first two are of the start.</summary>
    private int LastPoint(double time)
    {
        int low = 1, high = _points.Count;
        while (high - low > 1)
        {
            var middle = (low + high) / 2;
            if (_points[middle].Time <= time) low = middle;
            else high = middle;
        }
        return low;
    }

    private int LastStep(double time)
    {
        int low = -1, high = _steps.Count;
        while (high - low > 1)
        {
            var middle = (low + high) / 2;
            if (_steps[middle].Start < time) low = middle;
            else high = middle;
        }
        return low;
    }
}

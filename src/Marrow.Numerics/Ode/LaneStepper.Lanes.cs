using System.Numerics;

namespace Marrow.Numerics.Ode;

public sealed unsafe partial class LaneStepper
{
    /// <summary>Gives idle lanes the next trajectories. Only called at multiples of the period: see the remark on neighbours.</summary>
    private void Refill()
    {
        for (var lane = 0; lane < Lanes && !_sourceEmpty; lane++)
        {
            while ((_active & (1u << lane)) == 0)
            {
                var trajectory = _source!.Next();
                if (trajectory is null) { _sourceEmpty = true; break; }
                Place(lane, trajectory);
            }
        }

        QuietenEndedLanes();
    }

    private void Place(int lane, Trajectory trajectory)
    {
        var slot = _lane[lane];
        slot.Trajectory = trajectory;
        slot.ErrorRejections = slot.NewtonRejections = slot.Restarts = 0;
        Array.Clear(slot.States);
        slot.CutTime = trajectory.Begin(slot.States, slot.Parameters);
        slot.Ties = trajectory.TieKey.Stream();
        _active |= 1u << lane;
        _ended &= ~(1u << lane);
        LaneValues.Of(ref _v.Tries, lane) = 0;
        LaneValues.Of(ref _v.T, lane) = slot.CutTime;
        ScatterParameters(lane, always: true);
        ScatterStates(lane);
        slot.Past?.Begin(slot.CutTime, slot.States, slot.Parameters);
        if (!SettleStates(lane, slot.CutTime)) return;
        ReadTriggers(lane);
        if (VisitBeforeStart(lane)) Resume(lane);
    }

    /// <summary>Samples and stops that lie at the start itself. False if the trajectory ended there.</summary>
    private bool VisitBeforeStart(int lane)
    {
        var slot = _lane[lane];
        var t = slot.CutTime;
        while (slot.Trajectory!.NextSample <= t)
            if (slot.Trajectory.AtSample(t, slot.States, slot.Parameters) == Directive.Finish) { End(lane, Outcome.Done); return false; }
        return PassStops(lane, t) != Directive.Finish;
    }

    /// <summary>Calls all stops due at t. Answers the strongest directive; Finish has ended the lane.</summary>
    private Directive PassStops(int lane, double t)
    {
        var slot = _lane[lane];
        var result = Directive.Continue;
        while (slot.Trajectory!.NextStop <= t)
        {
            var directive = slot.Trajectory.AtStop(t, slot.States, slot.Parameters);
            if (directive == Directive.Finish) { End(lane, Outcome.Done); return directive; }
            if (directive == Directive.Restart) result = directive;
        }

        return result;
    }

    /// <summary>Takes a lane up again at its cut: events that the new values trigger, then order 1 with a fresh first step.</summary>
    private void Resume(int lane)
    {
        var slot = _lane[lane];
        var t = slot.CutTime;
        LaneValues.Of(ref _v.T, lane) = t;
        ScatterParameters(lane, always: false);
        ScatterStates(lane);
        if (!FireEvents(lane, t)) return;
        slot.Past?.Jump(t, slot.States, slot.Parameters);
        slot.Restarts++;
        Counts.Restarts++;
        LaneValues.Of(ref _v.Stop, lane) = slot.NextStop;
        LaneValues.Of(ref _v.Sample, lane) = slot.Trajectory!.NextSample;
        Launch(lane, t, double.NaN);
    }

    /// <summary>A lane whose history misleads it keeps its value only.</summary>
    private void RestartAtOrderOne(int lane)
    {
        // The array is predicted already for the reduced step: go back by one.
        var slot = _lane[lane];
        double* z = (double*)_z + lane;
        for (var i = 0; i < _n; i++, z += Rows * Lanes)
            slot.States[i] = z[0] - z[Lanes] + z[2 * Lanes] - z[3 * Lanes] + z[4 * Lanes] - z[5 * Lanes];
        ScatterStates(lane);
        if (slot.Past is not null) FillDelaysAt(lane, LaneValues.Of(ref _v.T, lane), before: false, slot.States);
        Launch(lane, LaneValues.Of(ref _v.T, lane), LaneValues.Of(ref _v.H, lane) * 0.1);
    }

    /// <summary>Starts a lane at order 1 from the compact states, with the given step or, if that is not a number, a fresh one.</summary>
    private void Launch(int lane, double t, double h)
    {
        uint bit = 1u << lane;
        var f = Slope(lane, t);
        if (double.IsNaN(h)) h = FirstStep(lane, t, f);
        if (_options.Fixed is { } exact) h = exact.Step;
        else h = Math.Min(h, _options.MaxStep);
        _capped &= ~bit;
        var stop = LaneValues.Of(ref _v.Stop, lane);
        if (t + (h * (1 + 1e-7)) >= stop) { h = stop - t; _capped |= bit; }
        double* z = (double*)_z + lane, w = (double*)(_s + _at.W) + lane, y = (double*)_y + lane, atol = (double*)_atol + lane;
        for (var i = 0; i < _n; i++, z += Rows * Lanes)
        {
            var value = y[i * Lanes];
            z[0] = value + (h * f[i]);
            z[Lanes] = h * f[i];
            z[2 * Lanes] = z[3 * Lanes] = z[4 * Lanes] = z[5 * Lanes] = 0;
            w[i * Lanes] = 1 / Math.FusedMultiplyAdd(Math.Abs(value), _options.RelativeTolerance, atol[i * Lanes]);
        }

        LaneValues.Of(ref _v.H, lane) = h;
        LaneValues.Of(ref _v.Order, lane) = 1;
        LaneValues.Of(ref _v.Age, lane) = 0;
        LaneValues.Of(ref _v.Rate2, lane) = 1;
        LaneValues.Of(ref _v.Eta, lane) = 1;
        _starting |= bit;
        _wantJacobian |= bit;
        _wantFactor = _ordersChanged = true;
        if (_options.Fixed is { } fix) LoadHistory(lane, fix);
    }

    private void LoadHistory(int lane, FixedStep fix)
    {
        LaneValues.Of(ref _v.Order, lane) = fix.Order;
        double* z = (double*)_z + lane;
        for (var i = 0; i < _n; i++, z += Rows * Lanes)
        {
            double scale = fix.Step;
            for (var j = 2; j <= fix.Order; j++)
            {
                scale *= fix.Step / j;
                z[j * Lanes] = scale * fix.Derivative(i, j);
                z[0] += z[j * Lanes];
                // Row k of the predicted array is sum_j C(j, k) z_j.
                for (var k = 1; k < j; k++) z[k * Lanes] += Binomial(j, k) * z[j * Lanes];
            }
        }
    }

    private static double Binomial(int n, int k)
    {
        double c = 1;
        for (var i = 1; i <= k; i++) c = c * (n - k + i) / i;
        return c;
    }

    private double[] _slope = [], _slope2 = [];

    /// <summary>f at the compact states of a lane.</summary>
    private double[] Slope(int lane, double t)
    {
        if (_slope.Length != _n) (_slope, _slope2) = (new double[_n], new double[_n]);
        EvaluateSlope(lane, t, _slope);
        return _slope;
    }

    private void EvaluateSlope(int lane, double t, double[] into)
    {
        double* s = (double*)_s + lane;
        s[LaneLayout.Time * Lanes] = t;
        _system.OneLane.Rhs(ref ((double*)_y)[lane], ref ((double*)_p)[lane], ref *s, ref ((double*)_m)[lane]);
        for (var i = 0; i < _n; i++) into[i] = s[(_at.R + i) * Lanes];
    }

    /// <summary>A first step for order 1, after Hairer, Norsett, Wanner, Solving ODEs I, II.4: the size at which the local error
    /// h^2 |y''|/2, with y'' from a small Euler step, is about half the tolerance.</summary>
    private double FirstStep(int lane, double t, double[] f)
    {
        double* y = (double*)_y + lane, atol = (double*)_atol + lane;
        double d0 = 0, d1 = 0;
        for (var i = 0; i < _n; i++)
        {
            var w = 1 / ((Math.Abs(y[i * Lanes]) * _options.RelativeTolerance) + atol[i * Lanes]);
            d0 += y[i * Lanes] * w * (y[i * Lanes] * w);
            d1 += f[i] * w * (f[i] * w);
        }

        (d0, d1) = (Math.Sqrt(d0 / _n), Math.Sqrt(d1 / _n));
        var span = LaneValues.Of(ref _v.Stop, lane) - t;
        if (!double.IsFinite(span)) span = 1 / _options.RelativeTolerance;
        if (!(d1 > 1e-300)) return 0.01 * span;
        var h0 = Math.Min(0.01 * Math.Max(d0, 1) / d1, span);
        var slot = _lane[lane];
        for (var i = 0; i < _n; i++) { slot.States[i] = y[i * Lanes]; y[i * Lanes] += h0 * f[i]; }
        EvaluateSlope(lane, t + h0, _slope2);
        double d2 = 0;
        for (var i = 0; i < _n; i++)
        {
            y[i * Lanes] = slot.States[i];
            var w = 1 / ((Math.Abs(slot.States[i]) * _options.RelativeTolerance) + atol[i * Lanes]);
            d2 += (_slope2[i] - f[i]) * w * ((_slope2[i] - f[i]) * w);
        }

        d2 = Math.Sqrt(d2 / _n) / h0;
        var h1 = d2 > 1e-300 ? Math.Sqrt(1 / d2) : 100 * h0;
        return Math.Min(Math.Min(100 * h0, h1), span);
    }

    private void ScatterStates(int lane)
    {
        double* y = (double*)_y + lane;
        var states = _lane[lane].States;
        for (var i = 0; i < _n; i++) y[i * Lanes] = states[i];
    }

    /// <summary>Writes parameters to the lane and, where one has changed, derives its constants anew.</summary>
    private void ScatterParameters(int lane, bool always)
    {
        double* p = (double*)_p + lane;
        var parameters = _lane[lane].Parameters;
        var changed = always;
        for (var k = 0; k < parameters.Length; k++)
        {
            changed |= p[k * Lanes] != parameters[k];
            p[k * Lanes] = parameters[k];
        }

        if (changed) _system.OneLane.Prepare(ref ((double*)_y)[lane], ref *p, ref ((double*)_s)[lane], ref ((double*)_m)[lane]);
    }

    private void End(int lane, Outcome outcome)
    {
        var slot = _lane[lane];
        var time = LaneValues.Of(ref _v.T, lane);
        var report = new TrajectoryReport(outcome, time, (int)LaneValues.Of(ref _v.Tries, lane), slot.Restarts, outcome == Outcome.Done ? -1 : WorstState(lane));
        _active &= ~(1u << lane);
        _ended |= 1u << lane;
        Counts.Trajectories++;
        var trajectory = slot.Trajectory!;
        slot.Trajectory = null;
        trajectory.Ended(report, slot.States);
        _sourceEmpty = false; // its end may have put another trajectory into the queue
    }

    /// <summary>The state with the largest weighted correction in the last try.</summary>
    private int WorstState(int lane)
    {
        double* d = (double*)(_s + LaneLayout.D) + lane, w = (double*)(_s + _at.W) + lane;
        var (worst, size) = (-1, -1.0);
        for (var i = 0; i < _n; i++)
        {
            var error = Math.Abs(d[i * Lanes] * w[i * Lanes]);
            if (!double.IsFinite(error)) return i;
            if (error > size) (worst, size) = (i, error);
        }

        return worst;
    }

    /// <summary>Lanes without a trajectory stand still: h = 0 and a constant history.</summary>
    private void QuietenEndedLanes()
    {
        for (var b = _ended & ~_active; b != 0; b &= b - 1)
        {
            var lane = BitOperations.TrailingZeroCount(b);
            LaneValues.Of(ref _v.H, lane) = 0;
            LaneValues.Of(ref _v.Stop, lane) = LaneValues.Of(ref _v.Sample, lane) = double.PositiveInfinity;
            double* z = (double*)_z + lane;
            for (var i = 0; i < _n; i++, z += Rows * Lanes)
                z[Lanes] = z[2 * Lanes] = z[3 * Lanes] = z[4 * Lanes] = z[5 * Lanes] = 0;
        }

        _ended &= _active;
        (_starting, _wantJacobian, _capped) = (_starting & _active, _wantJacobian & _active, _capped & _active);
    }

    /// <summary>Lanes that never held a trajectory get the numbers of a busy one: harmless, and free of zeros over zeros.</summary>
    private void FillIdleLanes()
    {
        if (_active is 0 or AllLanes) return;
        var busy = BitOperations.TrailingZeroCount(_active);
        for (var lane = 0; lane < Lanes; lane++)
        {
            if ((_active & (1u << lane)) != 0) continue;
            double* p = (double*)_p, z = (double*)_z, w = (double*)(_s + _at.W);
            for (var k = 0; k < _system.ParameterVectors; k++) p[(k * Lanes) + lane] = p[(k * Lanes) + busy];
            for (var i = 0; i < _n; i++)
            {
                z[(i * Rows * Lanes) + lane] = z[(i * Rows * Lanes) + busy];
                w[(i * Lanes) + lane] = w[(i * Lanes) + busy];
            }

            LaneValues.Of(ref _v.T, lane) = LaneValues.Of(ref _v.T, busy);
        }
    }
}

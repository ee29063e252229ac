using System.Numerics;
using System.Runtime.Intrinsics;
using static Marrow.Numerics.Ode.LaneVectors;
using V = System.Runtime.Intrinsics.Vector512<double>;

namespace Marrow.Numerics.Ode;

public sealed unsafe partial class LaneStepper
{
    /// <summary>Executions of one moment, for each event, after which the cascade is taken to be endless.</summary>
    private const int EventRoundLimit = 100;

    /// <summary>Serves samples, events and stops inside the step just accepted; returns the lanes whose step is cut back, changed or ended.</summary>
    private uint Interruptions(uint ok)
    {
        uint stopped = _capped & ok, sampled = Bits(Vector512.LessThanOrEqual(_v.Sample, _v.T)) & ok;
        _capped &= ~ok;
        if (_system.Delays is not null) RememberSteps(ok);
        uint crossed = _system.Roots > 0 ? CrossedRoots(ok) : 0, cut = 0;
        for (var b = stopped | sampled | crossed; b != 0; b &= b - 1)
        {
            var lane = BitOperations.TrailingZeroCount(b);
            uint bit = 1u << lane;
            if (Visit(lane, (stopped & bit) != 0, (crossed & bit) != 0)) cut |= bit;
        }

        return cut;
    }

    /// <summary>Lanes in which a root function has changed sign, or has become or left 0, during the step.</summary>
    private uint CrossedRoots(uint ok)
    {
        V* d = _s + LaneLayout.D;
        for (var i = 0; i < _n; i++) _y[i] = _z[i * Rows] + d[i];
        _s[LaneLayout.Time] = _v.T;
        _kernels.Roots(ref *(double*)_y, ref *(double*)_p, ref *(double*)_s, ref *(double*)_roots);
        V changed = V.Zero, accepted = MaskOf(ok);
        for (var k = 0; k < _system.Roots; k++)
        {
            V now = _roots[k], old = _rootsAtStart[k] = _rootsBefore[k];
            changed |= Vector512.GreaterThan(now, V.Zero) ^ Vector512.GreaterThan(old, V.Zero);
            changed |= Vector512.LessThan(now, V.Zero) ^ Vector512.LessThan(old, V.Zero);
            _rootsBefore[k] = Vector512.ConditionalSelect(accepted, now, old);
        }

        return Bits(changed) & ok;
    }

    /// <summary>Serves one lane in order of time. True if its step is cut back, its values have changed, or it has ended.</summary>
    private bool Visit(int lane, bool stopped, bool crossed)
    {
        var slot = _lane[lane];
        double t = LaneValues.Of(ref _v.T, lane), h = LaneValues.Of(ref _v.H, lane);
        var eventTime = crossed ? LocateEvent(lane, t, h) : double.PositiveInfinity;
        var trajectory = slot.Trajectory!;
        for (var at = trajectory.NextSample; at <= t && at <= eventTime; at = trajectory.NextSample)
        {
            Interpolate(lane, (at - t) / h, slot.States);
            if (slot.Past is not null) FillDelaysAt(lane, at, before: false, slot.States);
            var directive = trajectory.AtSample(at, slot.States, slot.Parameters);
            if (directive == Directive.Continue) continue;
            return Cut(lane, at, directive);
        }

        LaneValues.Of(ref _v.Sample, lane) = trajectory.NextSample;
        if (eventTime <= t)
        {
            Interpolate(lane, (eventTime - t) / h, slot.States);
            return Cut(lane, eventTime, Directive.Restart);
        }

        if (!stopped) return false;
        Interpolate(lane, 0, slot.States);
        if (slot.Past is not null) FillDelaysAt(lane, t, before: false, slot.States);
        var answer = PassStops(lane, t);
        if (answer == Directive.Finish) return true;
        LaneValues.Of(ref _v.Stop, lane) = slot.NextStop;
        LaneValues.Of(ref _v.Sample, lane) = trajectory.NextSample;
        return (answer == Directive.Restart || slot.Events.NextDue <= t || slot.NextReturn <= t) && Cut(lane, t, Directive.Restart);
    }

    private bool Cut(int lane, double time, Directive directive)
    {
        LaneValues.Of(ref _v.T, lane) = time;
        _lane[lane].CutTime = time;
        if (directive == Directive.Finish) End(lane, Outcome.Done);
        return true;
    }

    private void EvaluateRoots(int lane, double t)
    {
        double* s = (double*)_s + lane;
        s[LaneLayout.Time * Lanes] = t;
        _system.OneLane.Roots(ref ((double*)_y)[lane], ref ((double*)_p)[lane], ref *s, ref ((double*)_roots)[lane]);
        GatherRoots(lane);
    }

    private void GatherRoots(int lane)
    {
        var roots = _lane[lane].Roots;
        double* from = (double*)_roots + lane;
        for (var k = 0; k < _system.Roots; k++) roots[k] = from[k * Lanes];
    }

    /// <summary>Triggers as they are at the start of a trajectory: one that holds already fires only if it counts as new.</summary>
    private void ReadTriggers(int lane)
    {
        if (_system.Events.Count == 0) return;
        var slot = _lane[lane];
        EvaluateRoots(lane, slot.CutTime);
        slot.Events.Start(slot.Roots);
    }

    /// <summary>Makes the compact states consistent, and the values of the past those of now. False if that ended the trajectory.</summary>
    private bool SettleStates(int lane, double t)
    {
        var slot = _lane[lane];
        if (slot.Past is not null) MarkPast(lane, t);
        if (_system.Settle is not { } settle) return true;
        if (!settle(t, slot.States, slot.Parameters))
        {
            End(lane, Outcome.NewtonFailure);
            return false;
        }

        if (slot.Past is not null) MarkPast(lane, t);
        ScatterStates(lane);
        return true;
    }

    /// <summary>Executes, one after another, the events that are due at the compact states, and those that their assignments trigger
    /// in turn. False if the trajectory ended.</summary>
    private bool FireEvents(int lane, double t)
    {
        if (_system.Events.Count == 0) return SettleStates(lane, t);
        var slot = _lane[lane];
        var trajectory = slot.Trajectory!;
        var announced = false;
        for (var round = 0; round < EventRoundLimit * _system.Events.Count; round++)
        {
            if (!SettleStates(lane, t)) return false;
            EvaluateRoots(lane, t);
            if (!announced && slot.Events.AnyToDo(t, slot.Roots))
            {
                trajectory.BeforeEvents(t, slot.States, slot.Parameters);
                announced = true;
            }

            if (!slot.Events.Update(t, slot.States, slot.Parameters, slot.Roots))
            {
                End(lane, Outcome.NotFinite);
                return false;
            }

            var executed = slot.Events.ExecuteNext(t, slot.States, slot.Parameters, ref slot.Ties);
            if (executed >= 0 && trajectory.AtEvent(executed, t, slot.States, slot.Parameters) == Directive.Finish)
            {
                End(lane, Outcome.Done);
                return false;
            }

            if (announced)
            {
                ScatterParameters(lane, always: false);
                ScatterStates(lane);
            }

            if (executed >= 0) continue;
            for (var k = 0; k < _system.Roots; k++) ((double*)_rootsBefore)[(k * Lanes) + lane] = slot.Roots[k];
            return true;
        }

        End(lane, Outcome.StepTooSmall);
        return false;
    }
}

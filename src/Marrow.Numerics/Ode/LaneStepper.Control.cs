using System.Numerics;
using System.Runtime.Intrinsics;
using static Marrow.Numerics.Ode.LaneVectors;
using V = System.Runtime.Intrinsics.Vector512<double>;

namespace Marrow.Numerics.Ode;

public sealed unsafe partial class LaneStepper
{
    // Aimed-at step size as a share of the largest that would pass, at the same, a lower and a higher order.
    private const double Safety = 0.75, SafetyDown = 0.70, SafetyUp = 0.62;
    private const double GrowStarting = 10, GrowLater = 4, Shrink = 0.2, KeepLow = 0.95, KeepHigh = 1.08;
    private const int RejectionLimit = 12, OrderOneAfter = 3;

    /// <summary>Everything but a plain step: rejected lanes, decisions on order and step size, interruptions, stops ahead, refills.</summary>
    private void Irregular(uint ok, uint done, uint undershot, uint interrupted, bool decide, V error2, V before)
    {
        V h = _v.H, q = _v.Order;
        if (decide && _options.Fixed is null) Decide(ok & ~interrupted & (_tick % _options.Period == 0 ? _active : _starting));
        Reject(_active & ~ok, done, undershot, error2, before);
        Settle(ok);
        GiveUpTheLongest();
        CapAtStops();
        if ((_tick & 1) != 0) RememberCorrection();
        AdvanceIrregular(ok | (~_active & AllLanes));
        for (var b = interrupted & _active; b != 0; b &= b - 1) Resume(BitOperations.TrailingZeroCount(b));
        for (var b = _restart & _active & ~interrupted; b != 0; b &= b - 1) RestartAtOrderOne(BitOperations.TrailingZeroCount(b));
        _restart = 0;
        if (_ended != 0) QuietenEndedLanes();
        if (_tick % _options.Period == 0 && _active != AllLanes) Refill();
        var changed = Bits(Vector512.Equals(_v.H, h) & Vector512.Equals(_v.Order, q)) != AllLanes;
        if (changed) _wantFactor = _ordersChanged = true;
    }

    /// <summary>Chooses among orders q-1, q, q+1 for lanes that have stepped evenly for long enough, and refreshes old Jacobians.</summary>
    private void Decide(uint lanes)
    {
        var (eDown, eSame, eUp) = Factors();
        var q = _v.Order;
        eDown &= Vector512.GreaterThan(q, V.One);
        eUp &= Vector512.LessThan(q, Vector512.Create((double)_options.MaxOrder)) & Vector512.GreaterThanOrEqual(_v.Age, Vector512.Create(2.0));
        var best = Larger(eSame, Larger(eDown, eUp));
        best = Smaller(best, Vector512.ConditionalSelect(MaskOf(_starting), Vector512.Create(GrowStarting), Vector512.Create(GrowLater)));
        best = Larger(best, Vector512.Create(Shrink));
        best = Smaller(best, Vector512.Create(_options.MaxStep) / _v.H);
        var may = MaskOf(lanes & _active) & Vector512.GreaterThanOrEqual(_v.Age, Smaller(q + V.One, Vector512.Create(2.0)));
        var change = may & (Vector512.LessThan(best, Vector512.Create(KeepLow)) | Vector512.GreaterThan(best, Vector512.Create(KeepHigh)));
        var up = change & Vector512.GreaterThan(eUp, eSame) & Vector512.GreaterThanOrEqual(eUp, eDown);
        var down = change & ~up & Vector512.GreaterThan(eDown, eSame);
        _v.Eta = Vector512.ConditionalSelect(change, best, V.One);
        _v.H *= _v.Eta;
        _v.OrderChange = (V.One & up) - (V.One & down);
        _v.Order = q + _v.OrderChange;
        _v.Age = Vector512.AndNot(_v.Age, change);
        _starting &= ~Bits(may & Vector512.LessThan(best, Vector512.Create(1.5))) & _active;
        if (_tick % _options.Period == 0)
            _wantJacobian |= Bits(Vector512.GreaterThanOrEqual(_v.JacobianAge, Vector512.Create((double)_options.JacobianAge))) & _active;
    }

    /// <summary>Step-size factors that would just pass the error test, times safety, at order q-1, q and q+1.</summary>
    private (V Down, V Same, V Up) Factors()
    {
        V* z = _z, d = _s + LaneLayout.D, w = _s + _at.W, dp = _dPrevious;
        V q = _v.Order, last = _last, down = V.Zero, same = V.Zero, up = V.Zero;
        V q2 = Vector512.Equals(q, Vector512.Create(2.0)), q3 = Vector512.Equals(q, Vector512.Create(3.0)),
            q4 = Vector512.Equals(q, Vector512.Create(4.0)), q5 = Vector512.Equals(q, Vector512.Create(5.0));
        for (var i = 0; i < _n; i++, z += Rows)
        {
            var zq = (z[2] & q2) | (z[3] & q3) | (z[4] & q4) | (z[5] & q5);
            V wi = w[i], a = Fma(last, d[i], zq) * wi, b = d[i] * wi, c = b - (dp[i] * wi);
            down = Fma(a, a, down);
            same = Fma(b, b, same);
            up = Fma(c, c, up);
        }

        V errorDown = ByOrder(_bdf.ErrorDown, q), errorUp = ByOrder(_bdf.ErrorUp, q), half = Vector512.Create(0.5);
        // Exponents act on squared errors.
        return (RoughPower(down * errorDown * errorDown * _invN, half / q) * Vector512.Create(SafetyDown),
            RoughPower(same * _error2, half / (q + V.One)) * Vector512.Create(Safety),
            RoughPower(up * errorUp * errorUp * _invN, half / (q + Vector512.Create(2.0))) * Vector512.Create(SafetyUp));
    }

    /// <summary>Smaller steps, or a fresh Jacobian, for lanes whose try failed.</summary>
    private void Reject(uint rejected, uint done, uint undershot, V error2, V before)
    {
        _troubled |= rejected;
        for (var b = rejected; b != 0; b &= b - 1)
        {
            var lane = BitOperations.TrailingZeroCount(b);
            uint bit = 1u << lane;
            var slot = _lane[lane];
            ref var h = ref LaneValues.Of(ref _v.H, lane);
            double eta, t = LaneValues.Of(ref before, lane), error = LaneValues.Of(ref error2, lane);
            if ((done & bit) == 0)
            {
                Counts.NewtonRejections++;
                // The first failure may be the fault of an old Jacobian, not of the step.
                eta = LaneValues.Of(ref _v.JacobianAge, lane) > 1 && slot.NewtonRejections == 0 ? 1 : 0.25;
                _wantJacobian |= bit;
                slot.NewtonRejections++;
            }
            else
            {
                if ((undershot & bit) != 0) Counts.UndershootRejections++;
                else Counts.ErrorRejections++;
                slot.ErrorRejections++;
                var exponent = LaneValues.Of(ref _v.Order, lane) + 1;
                var power = RoughPower(Vector512.Create(error), Vector512.Create(0.5 / exponent)).ToScalar();
                eta = slot.ErrorRejections == 1 && (undershot & bit) == 0 ? Math.Clamp(0.85 * power, Shrink, 0.85) : 0.25;
                if (slot.ErrorRejections >= OrderOneAfter) _restart |= bit;
            }

            h *= eta;
            LaneValues.Of(ref _v.Eta, lane) = eta;
            LaneValues.Of(ref _v.Age, lane) = 0;
            _capped &= ~bit;
            if (slot.NewtonRejections > RejectionLimit) End(lane, double.IsFinite(error) ? Outcome.NewtonFailure : Outcome.NotFinite);
            else if (t + h <= t) End(lane, Outcome.StepTooSmall);
        }
    }

    /// <summary>Forgives lanes that failed before and have now succeeded.</summary>
    private void Settle(uint ok)
    {
        for (var b = ok & _troubled; b != 0; b &= b - 1)
        {
            var slot = _lane[BitOperations.TrailingZeroCount(b)];
            slot.ErrorRejections = slot.NewtonRejections = 0;
        }

        _troubled &= ~ok;
    }

    private void GiveUpTheLongest()
    {
        var tooLong = Bits(Vector512.GreaterThan(_v.Tries, Vector512.Create((double)_options.MaxSteps))) & _active;
        for (; tooLong != 0; tooLong &= tooLong - 1) End(BitOperations.TrailingZeroCount(tooLong), Outcome.TooManySteps);
    }

    /// <summary>Shortens steps that would pass a stop, so that they end there exactly.</summary>
    private void CapAtStops()
    {
        _capped = 0;
        for (var passing = PassingStops(); passing != 0; passing &= passing - 1)
        {
            var lane = BitOperations.TrailingZeroCount(passing);
            ref var h = ref LaneValues.Of(ref _v.H, lane);
            var left = LaneValues.Of(ref _v.Stop, lane) - LaneValues.Of(ref _v.T, lane);
            _capped |= 1u << lane;
            if (left == h) continue;
            LaneValues.Of(ref _v.Eta, lane) *= left / h;
            LaneValues.Of(ref _v.Age, lane) = 0;
            h = left;
        }
    }
}

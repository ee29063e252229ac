using System.Numerics;

namespace Marrow.Numerics.Ode;

public sealed unsafe partial class LaneStepper
{
    private uint _lagInside;

    /// <summary>Puts the values of the past that the end of the step needs among the parameters of lanes. A value from within the step
    /// comes from its polynomial as it is now, so the iteration goes on until both agree; <see cref="_lagInside"/> tells these lanes.</summary>
    private void FillDelays(uint lanes, bool corrected)
    {
        _lagInside = corrected ? _lagInside : 0;
        for (var b = lanes & _active; b != 0; b &= b - 1)
        {
            var lane = BitOperations.TrailingZeroCount(b);
            var slot = _lane[lane];
            double t = LaneValues.Of(ref _v.T, lane), h = LaneValues.Of(ref _v.H, lane);
            TakePolynomial(lane, corrected);
            slot.Past!.AskedLive = false;
            slot.Past.Fill(t + h, h, before: true, slot.PastStates, slot.Parameters);
            if (slot.Past.AskedLive) _lagInside |= 1u << lane;
            ScatterDelays(lane);
        }
    }

    /// <summary>The step's polynomial of the inputs, about its end, predicted or corrected.</summary>
    private void TakePolynomial(int lane, bool corrected)
    {
        var slot = _lane[lane];
        var inputs = _system.Delays!.Inputs;
        var q = (int)LaneValues.Of(ref _v.Order, lane);
        double* z = (double*)_z + lane, d = (double*)(_s + LaneLayout.D) + lane;
        for (var i = 0; i < inputs.Count; i++)
        {
            for (var j = 0; j < Rows; j++)
            {
                var row = z[((inputs[i] * Rows) + j) * Lanes];
                slot.Past!.Live[(i * Rows) + j] = corrected ? Math.FusedMultiplyAdd(_bdf.L[j][q], d[inputs[i] * Lanes], row) : row;
            }

            slot.PastStates[inputs[i]] = slot.Past!.Live[i * Rows];
        }
    }

    /// <summary>Keeps the steps just accepted, and fills the values of the past at their ends.</summary>
    private void RememberSteps(uint ok)
    {
        for (var b = ok & _active; b != 0; b &= b - 1)
        {
            var lane = BitOperations.TrailingZeroCount(b);
            TakePolynomial(lane, corrected: true);
            _lane[lane].Past!.Append(LaneValues.Of(ref _v.T, lane), LaneValues.Of(ref _v.H, lane));
            FillDelaysAt(lane, LaneValues.Of(ref _v.T, lane), before: true, _lane[lane].PastStates);
        }
    }

    /// <summary>Values of the past at a time up to which everything is known.</summary>
    private void FillDelaysAt(int lane, double time, bool before, double[] states)
    {
        var slot = _lane[lane];
        slot.Past!.Fill(time, null, before, states, slot.Parameters);
        ScatterDelays(lane);
    }

    /// <summary>At an interruption: what is known up to here, the values of the past, and when this jump comes back.</summary>
    private void MarkPast(int lane, double time)
    {
        var slot = _lane[lane];
        slot.Past!.Mark(time, slot.States, slot.Parameters);
        FillDelaysAt(lane, time, before: false, slot.States);
    }

    private void ScatterDelays(int lane)
    {
        double* p = (double*)_p + lane;
        var delays = _system.Delays!;
        for (var k = 0; k < delays.Count; k++) p[delays.Place(k) * Lanes] = _lane[lane].Parameters[delays.Place(k)];
    }
}

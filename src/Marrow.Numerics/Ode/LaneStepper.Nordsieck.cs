using System.Runtime.Intrinsics;
using static Marrow.Numerics.Ode.LaneVectors;
using V = System.Runtime.Intrinsics.Vector512<double>;

namespace Marrow.Numerics.Ode;

public sealed unsafe partial class LaneStepper
{
    /// <summary>The common case: every lane accepted and nothing else to do. Corrects with d, sets the error weights, predicts.</summary>
    private void Advance()
    {
        V l1 = _l1, l2 = _l2, l3 = _l3, l4 = _l4, l5 = _l5, rtol = _rtol;
        V* z = _z, d = _s + LaneLayout.D, w = _s + _at.W;
        for (var i = 0; i < _n; i++, z += Rows)
        {
            var c = d[i];
            V z0 = z[0] + c, z1 = Fma(l1, c, z[1]), z2 = Fma(l2, c, z[2]), z3 = Fma(l3, c, z[3]), z4 = Fma(l4, c, z[4]), z5 = Fma(l5, c, z[5]);
            w[i] = V.One / Fma(Vector512.Abs(z0), rtol, _atol[i]);
            z4 += z5; z3 += z4; z2 += z3; z1 += z2; z0 += z1;
            z4 += z5; z3 += z4; z2 += z3; z1 += z2;
            z4 += z5; z3 += z4; z2 += z3;
            z4 += z5; z3 += z4;
            z4 += z5;
            z[0] = z0; z[1] = z1; z[2] = z2; z[3] = z3; z[4] = z4; z[5] = z5;
        }
    }

    /// <summary>The same in every other case: lanes outside <paramref name="ok"/> take their prediction back instead of being
    /// corrected; then changes of order and step size take effect, and all lanes predict.</summary>
    private void AdvanceIrregular(uint ok)
    {
        V l1 = _l1, l2 = _l2, l3 = _l3, l4 = _l4, l5 = _l5, rtol = _rtol, keep = MaskOf(ok);
        V e1 = _v.Eta, e2 = e1 * e1, e3 = e2 * e1, e4 = e2 * e2, e5 = e4 * e1;
        var change = new OrderChanges(_v, _bdf);
        V* z = _z, d = _s + LaneLayout.D, w = _s + _at.W;
        for (var i = 0; i < _n; i++, z += Rows)
        {
            V c = d[i], z0 = z[0], z1 = z[1], z2 = z[2], z3 = z[3], z4 = z[4], z5 = z[5];
            V c0 = z0 + c, c1 = Fma(l1, c, z1), c2 = Fma(l2, c, z2), c3 = Fma(l3, c, z3), c4 = Fma(l4, c, z4), c5 = Fma(l5, c, z5);
            if (ok != AllLanes)
            {
                z4 -= z5;
                z3 -= z4; z4 -= z5;
                z2 -= z3; z3 -= z4; z4 -= z5;
                z1 -= z2; z2 -= z3; z3 -= z4; z4 -= z5;
                z0 -= z1; z1 -= z2; z2 -= z3; z3 -= z4; z4 -= z5;
                c0 = Vector512.ConditionalSelect(keep, c0, z0); c1 = Vector512.ConditionalSelect(keep, c1, z1);
                c2 = Vector512.ConditionalSelect(keep, c2, z2); c3 = Vector512.ConditionalSelect(keep, c3, z3);
                c4 = Vector512.ConditionalSelect(keep, c4, z4); c5 = Vector512.ConditionalSelect(keep, c5, z5);
            }

            w[i] = V.One / Fma(Vector512.Abs(c0), rtol, _atol[i]);
            if (change.Any)
            {
                c = change.Difference(c, c2, c3, c4, c5);
                c1 = Fma(c, change.S1, c1); c2 = Fma(c, change.S2, c2); c3 = Fma(c, change.S3, c3); c4 = Fma(c, change.S4, c4); c5 = Fma(c, change.S5, c5);
            }

            c1 *= e1; c2 *= e2; c3 *= e3; c4 *= e4; c5 *= e5;
            c4 += c5; c3 += c4; c2 += c3; c1 += c2; c0 += c1;
            c4 += c5; c3 += c4; c2 += c3; c1 += c2;
            c4 += c5; c3 += c4; c2 += c3;
            c4 += c5; c3 += c4;
            c4 += c5;
            z[0] = c0; z[1] = c1; z[2] = c2; z[3] = c3; z[4] = c4; z[5] = c5;
        }

        _v.Eta = V.One;
        _v.OrderChange = V.Zero;
    }

    /// <summary>Going up adds the next backward difference, d x(x+1)...(x+q)/(q+1)!; going down takes the last one away,
    /// z_q x(x+1)...(x+q-1). Both leave value and interpolation points of the polynomial as they are.</summary>
    private readonly struct OrderChanges
    {
        public readonly bool Any;
        public readonly V S1, S2, S3, S4, S5;
        private readonly V _up, _factor, _down2, _down3, _down4, _down5;

        public OrderChanges(LaneValues v, BdfCoefficients bdf)
        {
            V change = v.OrderChange, up = Vector512.GreaterThan(change, V.Zero), down = Vector512.LessThan(change, V.Zero);
            Any = Bits(up | down) != 0;
            if (!Any) return;
            // Order holds the new order already: the polynomial added has degree q_new, the one taken away q_new + 1.
            var degree = v.Order + (V.One & down);
            var changing = up | down;
            degree = Vector512.ConditionalSelect(changing, degree, V.Zero);
            (S1, S2, S3, S4, S5) = (ByOrder(bdf.Difference[1], degree), ByOrder(bdf.Difference[2], degree), ByOrder(bdf.Difference[3], degree),
                ByOrder(bdf.Difference[4], degree), ByOrder(bdf.Difference[5], degree));
            _up = up;
            _factor = ByOrder(bdf.InvFactorialNext, (v.Order - V.One) & up);
            _down2 = down & Vector512.Equals(degree, Vector512.Create(2.0));
            _down3 = down & Vector512.Equals(degree, Vector512.Create(3.0));
            _down4 = down & Vector512.Equals(degree, Vector512.Create(4.0));
            _down5 = down & Vector512.Equals(degree, Vector512.Create(5.0));
        }

        public V Difference(V d, V z2, V z3, V z4, V z5) =>
            ((_factor * d) & _up) - ((z2 & _down2) | (z3 & _down3) | (z4 & _down4) | (z5 & _down5));
    }

    /// <summary>Dense output of one lane inside the step just tried: y(t) = sum z_j x^j + d prod(1 + x/i) with x = (t - t_end)/h,
    /// from the predicted array and d, before the correction is applied.</summary>
    private void Interpolate(int lane, double x, Span<double> y)
    {
        var q = (int)LaneValues.Of(ref _v.Order, lane);
        double* z = (double*)_z + lane, d = (double*)(_s + LaneLayout.D) + lane;
        var l = _bdf.L;
        var weight = l[5][q];
        for (var j = 4; j >= 0; j--) weight = Math.FusedMultiplyAdd(weight, x, l[j][q]);
        for (var i = 0; i < y.Length; i++, z += Rows * Lanes)
        {
            var v = z[5 * Lanes];
            v = Math.FusedMultiplyAdd(v, x, z[4 * Lanes]);
            v = Math.FusedMultiplyAdd(v, x, z[3 * Lanes]);
            v = Math.FusedMultiplyAdd(v, x, z[2 * Lanes]);
            v = Math.FusedMultiplyAdd(v, x, z[Lanes]);
            v = Math.FusedMultiplyAdd(v, x, z[0]);
            y[i] = Math.FusedMultiplyAdd(weight, d[i * Lanes], v);
        }

        // The interpolating polynomial may undershoot between two non-negative ends.
        foreach (var i in _nonNegative)
            if (y[i] < 0) y[i] = 0;
    }
}

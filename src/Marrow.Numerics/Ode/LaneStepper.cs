using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using static Marrow.Numerics.Ode.LaneVectors;
using V = System.Runtime.Intrinsics.Vector512<double>;

namespace Marrow.Numerics.Ode;

/// <summary>Backward differentiation formulas of order 1 to 5 in Nordsieck form for stiff systems, one trajectory in each of eight
/// lanes. Every lane has its own time, step size, order, error history, doses and events; all lanes try a step together, and a
/// lane whose step is rejected repeats it while the others go on. A lane whose trajectory has ended takes the next from the queue.</summary>
/// <remarks>
/// <para>Variable step and order by rescaling (Brown, Byrne, Hindmarsh 1989, doi:10.1137/0910062). Global error is roughly
/// proportional to the tolerance. BDF 3-5 are not A-stable: strongly oscillating stiff systems should cap the order at 2.</para>
/// <para><em>No lane's bits depend on its neighbours.</em> Kernels act lane by lane; decisions are taken by masks; a lane starts only
/// at a tick that is a multiple of <see cref="StepperOptions.Period"/>, so its decisions fall on the same tries of its own whoever
/// runs beside it; a Jacobian is replaced only in lanes that ask for it, and a refactorisation of an unchanged lane repeats its bits.</para>
/// <para>Not thread-safe; use one stepper a thread.</para>
/// </remarks>
public sealed unsafe partial class LaneStepper : IDisposable
{
    private const int Lanes = LaneLayout.Lanes, Rows = LaneLayout.Rows, AllLanes = 0xff;
    private const int NewtonLimit = 3;

    private readonly LaneSystem _system;
    private readonly LaneKernels _kernels;
    private readonly LaneLayout _at;
    private readonly StepperOptions _options;
    private readonly LaneMemory _memory = new();
    private readonly BdfCoefficients _bdf = new();
    private readonly int _n;

    // Blocks shared with the kernels, and d of the previous try for the choice of a higher order.
    private readonly V* _z, _p, _s, _m, _y, _dPrevious, _roots, _rootsBefore, _rootsAtStart;

    // Values by lane; kept in memory because they are read lane by lane too.
    private readonly LaneValues _v;
    private readonly LaneSlot[] _lane;

    private V _l1, _l2, _l3, _l4, _l5, _last, _error2;
    private readonly V _rtol, _invN;
    private readonly V* _atol;
    private readonly bool _anyNonNegative;
    private readonly int[] _nonNegative;

    private uint _active, _starting, _wantJacobian, _troubled, _capped, _restart, _ended;
    private bool _wantFactor, _ordersChanged, _sourceEmpty;
    private int _tick;
    private ITrajectorySource? _source;

    /// <summary>Creates a stepper for a system; it can be used for any number of runs.</summary>
    public LaneStepper(LaneSystem system, StepperOptions options)
    {
        ArgumentNullException.ThrowIfNull(system);
        ArgumentNullException.ThrowIfNull(options);
        Check(options);
        (_system, _kernels, _options, _n) = (system, system.Lanes, options, system.States);
        _at = new LaneLayout(_n);
        _z = _memory.Vectors(_n * Rows);
        _p = _memory.Vectors(system.ParameterVectors);
        _s = _memory.Vectors(_at.Vectors);
        _m = _memory.Vectors(system.MatrixVectors);
        _y = _memory.Vectors(_n);
        _dPrevious = _memory.Vectors(_n);
        _roots = _memory.Vectors(system.Roots);
        _rootsBefore = _memory.Vectors(system.Roots);
        _rootsAtStart = _memory.Vectors(system.Roots);
        _atol = _memory.Vectors(_n);
        for (var i = 0; i < _n; i++) _atol[i] = Vector512.Create(options.AbsoluteTolerance * system.AbsoluteScale[i]);
        _v = new LaneValues(_memory);
        _lane = [.. Enumerable.Range(0, Lanes).Select(_ => new LaneSlot(system))];
        _rtol = Vector512.Create(options.RelativeTolerance);
        // Without states the norms are empty sums.
        _invN = Vector512.Create(1.0 / Math.Max(1, _n));
        _nonNegative = [.. Enumerable.Range(0, _n).Where(i => system.NonNegative[i])];
        _anyNonNegative = _nonNegative.Length > 0;
    }

    /// <summary>What the stepper has done since it was made.</summary>
    public StepperCounts Counts { get; } = new();

    /// <inheritdoc/>
    public void Dispose() => _memory.Dispose();

    private static void Check(StepperOptions o)
    {
        if (!(o.RelativeTolerance > 0)) throw new ArgumentOutOfRangeException(nameof(o), o.RelativeTolerance, "The relative tolerance must be above 0.");
        if (!(o.AbsoluteTolerance > 0)) throw new ArgumentOutOfRangeException(nameof(o), o.AbsoluteTolerance, "The absolute tolerance must be above 0.");
        if (o.MaxOrder is < 1 or > BdfCoefficients.MaxOrder) throw new ArgumentOutOfRangeException(nameof(o), o.MaxOrder, "The order must be 1 to 5.");
        if (o.Period < 2 || o.Period % 2 != 0) throw new ArgumentOutOfRangeException(nameof(o), o.Period, "The period must be even and at least 2.");
    }

    /// <summary>Runs every trajectory of the source to its end.</summary>
    public void Run(ITrajectorySource source, CancellationToken cancel = default)
    {
        ArgumentNullException.ThrowIfNull(source);
        _source = source;
        // All lanes can be idle between two refills with the queue not yet empty: then it starts afresh.
        do
        {
            _active = _starting = _wantJacobian = _troubled = _capped = _restart = _ended = 0;
            _tick = 0;
            _sourceEmpty = false;
            _wantFactor = _ordersChanged = true;
            _v.Reset();
            Refill();
            FillIdleLanes();
            while (_active != 0)
            {
                if ((_tick & 63) == 0) cancel.ThrowIfCancellationRequested();
                Step();
            }
        }
        while (!_sourceEmpty);

        _source = null;
    }

    /// <summary>One try of all lanes.</summary>
    private void Step()
    {
        if (_system.Delays is not null) FillDelays(_active, corrected: false);
        Linearise();
        _s[LaneLayout.Time] = _v.T + _v.H;
        var done = Newton(out var error2);
        var passed = Vector512.LessThanOrEqual(error2, V.One);
        uint undershot = _anyNonNegative ? ProjectUndershoots() : 0;
        uint doneBits = Bits(done), ok = doneBits & Bits(passed) & ~undershot & _active;
        if (_options.Fixed is not null) ok = doneBits & _active;
        _v.Rate2 = Smaller(_v.Rate2 * Vector512.Create(1.21), V.One); // an old rate of convergence is trusted less with each step
        Counts.VectorSteps++;
        Counts.LaneSteps += BitOperations.PopCount(_active);
        Counts.Accepted += BitOperations.PopCount(ok);
        _tick++;
        _v.Tries += V.One;
        _v.JacobianAge += V.One;
        var before = _v.T;
        Arrive(ok);
        uint interrupted = Interruptions(ok);
        var decide = _tick % 2 == 0 && (_starting != 0 || _tick % _options.Period == 0);
        if (ok == _active && (interrupted | _troubled | PassingStops()) == 0 && !decide && Bits(Vector512.GreaterThan(_v.Tries, Vector512.Create((double)_options.MaxSteps))) == 0)
        {
            if ((_tick & 1) != 0) RememberCorrection();
            Advance();
            return;
        }

        Irregular(ok, doneBits, undershot, interrupted, decide, error2, before);
    }

    /// <summary>Fresh Jacobians where asked for, and LU factors if anything in them has changed.</summary>
    private void Linearise()
    {
        if (_wantJacobian != 0)
        {
            var mask = MaskOf(_wantJacobian);
            _s[LaneLayout.Mask] = mask;
            _s[LaneLayout.Time] = _v.T + _v.H;
            Call(_kernels.Jacobian, _z);
            DropInfiniteSlopes();
            _v.JacobianAge = Vector512.AndNot(_v.JacobianAge, mask);
            Counts.Jacobians++;
            (_wantJacobian, _wantFactor) = (0, true);
        }

        if (!_wantFactor) return;
        if (_ordersChanged) SetOrderCoefficients();
        _s[LaneLayout.Gamma] = _v.H * _s[LaneLayout.InvL1];
        Call(_kernels.Factor, _z);
        Counts.Factorisations++;
        _wantFactor = false;
    }

    /// <summary>A slope that is not finite, such as that of a root at 0, would spoil every correction; without it Newton's method still
    /// converges, if slowly, because the rates themselves are exact.</summary>
    private void DropInfiniteSlopes()
    {
        for (var k = 0; k < _system.JacobianVectors; k++) _m[k] &= Vector512.Equals(_m[k] - _m[k], V.Zero);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void Call(LaneKernel kernel, V* y) => kernel(ref *(double*)y, ref *(double*)_p, ref *(double*)_s, ref *(double*)_m);

    private void SetOrderCoefficients()
    {
        var q = _v.Order;
        (_l1, _l2, _l3, _l4, _l5) = (ByOrder(_bdf.L[1], q), ByOrder(_bdf.L[2], q), ByOrder(_bdf.L[3], q), ByOrder(_bdf.L[4], q), ByOrder(_bdf.L[5], q));
        _last = ByOrder(_bdf.Last, q);
        _s[LaneLayout.InvL1] = ByOrder(_bdf.InvL1, q);
        var error = ByOrder(_bdf.Error, q);
        _error2 = error * error * _invN;
        _ordersChanged = false;
    }

    /// <summary>Newton iterations until the correction left is small against the local error; lanes that are done wait unchanged.
    /// Works in units where the local error test is at 1.</summary>
    private V Newton(out V error2)
    {
        Call(_kernels.ResidualFirst, _z);
        Call(_kernels.SolveFirst, _z);
        Counts.NewtonIterations++;
        var tolerance2 = Vector512.Create(_options.NewtonTolerance * _options.NewtonTolerance);
        var delta2 = _s[LaneLayout.NormDelta] * _error2;
        var d2 = _s[LaneLayout.NormD];
        var done = Vector512.LessThanOrEqual(delta2 * _v.Rate2, tolerance2);
        if (_lagInside != 0) done &= ~MaskOf(_lagInside);
        for (var k = 1; k < NewtonLimit && (Bits(done) & _active) != _active; k++)
        {
            var open = ~done;
            _s[LaneLayout.Mask] = open;
            if (_lagInside != 0) FillDelays(_lagInside & Bits(open), corrected: true);
            Call(_kernels.ResidualNext, _z);
            Call(_kernels.SolveNext, _z);
            Counts.NewtonIterations++;
            var before = delta2;
            delta2 = _s[LaneLayout.NormDelta] * _error2;
            d2 = Vector512.ConditionalSelect(open, _s[LaneLayout.NormD], d2);
            var ratio2 = delta2 / Larger(before, Vector512.Create(1e-300));
            // Rounding noise says nothing about the rate: only corrections of some size count.
            var telling = open & Vector512.GreaterThan(before, Vector512.Create(1e-10));
            _v.Rate2 = Vector512.ConditionalSelect(telling, Larger(Vector512.Create(0.09) * _v.Rate2, ratio2), _v.Rate2);
            done |= open & Vector512.LessThanOrEqual(delta2 * Smaller(_v.Rate2, V.One), tolerance2);
        }

        error2 = d2 * _error2;
        return done;
    }

    /// <summary>Sets undershoots of non-negative states within the absolute tolerance to exactly 0, through the correction, so that
    /// the history stays consistent; returns the lanes where one is larger, whose step is rejected.</summary>
    private uint ProjectUndershoots()
    {
        V* d = _s + LaneLayout.D;
        var lowest = V.Zero;
        var below = V.Zero;
        foreach (var i in _nonNegative)
        {
            var y = _z[i * Rows] + d[i];
            below |= Vector512.LessThan(y, V.Zero);
            lowest = Smaller(lowest, y + _atol[i]);
        }

        uint undershot = Bits(Vector512.LessThan(lowest, V.Zero)) & _active;
        if ((Bits(below) & _active) == 0) return 0;
        foreach (var i in _nonNegative)
        {
            var y = _z[i * Rows] + d[i];
            var negative = Vector512.LessThan(y, V.Zero);
            d[i] = Vector512.ConditionalSelect(negative, -_z[i * Rows], d[i]);
            Counts.Projections += BitOperations.PopCount(Bits(negative) & _active & ~undershot);
        }

        return undershot;
    }

    /// <summary>Moves the time of accepted lanes; a capped step ends at its stop exactly.</summary>
    private void Arrive(uint ok)
    {
        var accepted = MaskOf(ok);
        var t = _v.T + _v.H;
        t = Vector512.ConditionalSelect(MaskOf(_capped), _v.Stop, t);
        _v.T = Vector512.ConditionalSelect(accepted, t, _v.T);
        _v.Age += V.One & accepted;
    }

    /// <summary>Lanes whose next step would reach or pass their stop; a step that would end just short of it counts, so that no
    /// sliver of a step is left over.</summary>
    private uint PassingStops() => Bits(Vector512.GreaterThanOrEqual(Fma(_v.H, Vector512.Create(1 + 1e-7), _v.T), _v.Stop)) & _active;

    private void RememberCorrection() => new ReadOnlySpan<V>(_s + LaneLayout.D, _n).CopyTo(new Span<V>(_dPrevious, _n));
}

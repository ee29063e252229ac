using System.Runtime.CompilerServices;
using Marrow.Numerics.Ode;

namespace Marrow.Tests.Ode;

/// <summary>A system given by C# functions, with kernels that work lane by lane on dense matrices: slow, simple, and independent of
/// the compiler, so that the stepper is tested alone.</summary>
internal sealed class HandWrittenSystem(int states, int parameters)
{
    public delegate void Slope(double t, ReadOnlySpan<double> y, ReadOnlySpan<double> p, Span<double> dydt);

    public delegate void Matrix(double t, ReadOnlySpan<double> y, ReadOnlySpan<double> p, double[,] j);

    private const int Lanes = LaneLayout.Lanes, Rows = LaneLayout.Rows;
    private readonly LaneLayout _at = new(states);

    public required Slope F { get; init; }
    public required Matrix J { get; init; }
    public Slope? RootFunctions { get; init; }
    public int RootCount { get; init; }
    public ILaneEvents Events { get; init; } = new NoEvents();
    public bool NonNegative { get; init; }

    public LaneSystem Build() => new()
    {
        States = states,
        Parameters = parameters,
        ParameterVectors = Math.Max(parameters, 1),
        MatrixVectors = 2 * states * states,
        JacobianVectors = states * states,
        Roots = RootCount,
        Observables = 0,
        Lanes = Kernels(Lanes),
        OneLane = Kernels(1),
        AbsoluteScale = [.. Enumerable.Repeat(1.0, states)],
        NonNegative = [.. Enumerable.Repeat(NonNegative, states)],
        StateNames = [.. Enumerable.Range(0, states).Select(i => $"y{i}")],
        Events = Events,
    };

    private static LaneKernel Each(int lanes, Action<Lane> body) => (ref double y, ref double p, ref double s, ref double m) =>
    {
        for (var lane = 0; lane < lanes; lane++) body(new Lane(ref Unsafe.Add(ref y, lane), ref Unsafe.Add(ref p, lane), ref Unsafe.Add(ref s, lane), ref Unsafe.Add(ref m, lane)));
    };

    private LaneKernels Kernels(int lanes) => new()
    {
        Prepare = Each(lanes, _ => { }),
        Rhs = Each(lanes, l => Store(l, Evaluate(F, l, i => l.Y(i), states))),
        ResidualFirst = Each(lanes, l => Residual(l, withCorrection: false)),
        ResidualNext = Each(lanes, l => Residual(l, withCorrection: true)),
        Jacobian = Each(lanes, Jacobian),
        Factor = Each(lanes, Factor),
        SolveFirst = Each(lanes, l => Solve(l, first: true)),
        SolveNext = Each(lanes, l => Solve(l, first: false)),
        Roots = Each(lanes, l =>
        {
            var roots = Evaluate(RootFunctions!, l, i => l.Y(i), RootCount);
            for (var k = 0; k < RootCount; k++) l.M(k) = roots[k];
        }),
        Observables = Each(lanes, _ => { }),
    };

    private double[] Evaluate(Slope function, Lane l, Func<int, double> state, int count)
    {
        var y = new double[states];
        var p = new double[parameters];
        for (var i = 0; i < states; i++) y[i] = state(i);
        for (var i = 0; i < parameters; i++) p[i] = l.P(i);
        var result = new double[count];
        function(l.S(LaneLayout.Time), y, p, result);
        return result;
    }

    private void Store(Lane l, double[] f)
    {
        for (var i = 0; i < states; i++) l.S(_at.R + i) = f[i];
    }

    private void Residual(Lane l, bool withCorrection)
    {
        var f = Evaluate(F, l, i => l.Y(i * Rows) + (withCorrection ? l.S(LaneLayout.D + i) : 0), states);
        for (var i = 0; i < states; i++)
            l.S(_at.R + i) = (l.S(LaneLayout.Gamma) * f[i]) - (l.Y((i * Rows) + 1) * l.S(LaneLayout.InvL1)) - (withCorrection ? l.S(LaneLayout.D + i) : 0);
    }

    private void Jacobian(Lane l)
    {
        if (BitConverter.DoubleToInt64Bits(l.S(LaneLayout.Mask)) == 0) return;
        var y = new double[states];
        var p = new double[parameters];
        for (var i = 0; i < states; i++) y[i] = l.Y(i * Rows);
        for (var i = 0; i < parameters; i++) p[i] = l.P(i);
        var j = new double[states, states];
        J(l.S(LaneLayout.Time), y, p, j);
        for (var r = 0; r < states; r++)
            for (var c = 0; c < states; c++) l.M((r * states) + c) = j[r, c];
    }

    private void Factor(Lane l)
    {
        int n = states, lu = n * n;
        for (var r = 0; r < n; r++)
            for (var c = 0; c < n; c++) l.M(lu + (r * n) + c) = (r == c ? 1 : 0) - (l.S(LaneLayout.Gamma) * l.M((r * n) + c));
        for (var k = 0; k < n; k++)
            for (var r = k + 1; r < n; r++)
            {
                var factor = l.M(lu + (r * n) + k) /= l.M(lu + (k * n) + k);
                for (var c = k + 1; c < n; c++) l.M(lu + (r * n) + c) -= factor * l.M(lu + (k * n) + c);
            }
    }

    private void Solve(Lane l, bool first)
    {
        int n = states, lu = n * n;
        var x = new double[n];
        for (var r = 0; r < n; r++)
        {
            x[r] = l.S(_at.R + r);
            for (var c = 0; c < r; c++) x[r] -= l.M(lu + (r * n) + c) * x[c];
        }

        for (var r = n - 1; r >= 0; r--)
        {
            for (var c = r + 1; c < n; c++) x[r] -= l.M(lu + (r * n) + c) * x[c];
            x[r] /= l.M(lu + (r * n) + r);
        }

        var open = first || BitConverter.DoubleToInt64Bits(l.S(LaneLayout.Mask)) != 0;
        double delta2 = 0, d2 = 0;
        for (var i = 0; i < n; i++)
        {
            ref var d = ref l.S(LaneLayout.D + i);
            if (first) d = x[i];
            else if (open) d += x[i];
            delta2 += Math.Pow(x[i] * l.S(_at.W + i), 2);
            d2 += Math.Pow(d * l.S(_at.W + i), 2);
        }

        l.S(LaneLayout.NormDelta) = delta2;
        l.S(LaneLayout.NormD) = d2;
    }

    /// <summary>One lane's view of the blocks.</summary>
    private sealed unsafe class Lane(ref double y, ref double p, ref double s, ref double m)
    {
        private readonly double* _y = (double*)Unsafe.AsPointer(ref y), _p = (double*)Unsafe.AsPointer(ref p),
            _s = (double*)Unsafe.AsPointer(ref s), _m = (double*)Unsafe.AsPointer(ref m);

        public ref double Y(int i) => ref _y[i * Lanes];
        public ref double P(int i) => ref _p[i * Lanes];
        public ref double S(int i) => ref _s[i * Lanes];
        public ref double M(int i) => ref _m[i * Lanes];
    }

    private sealed class NoEvents : ILaneEvents
    {
        public int Count => 0;
        public bool Trigger(int index, ReadOnlySpan<double> roots) => false;
        public int Values(int index) => 0;
        public void Evaluate(int index, double time, ReadOnlySpan<double> states, ReadOnlySpan<double> parameters, Span<double> values) { }
        public void Assign(int index, ReadOnlySpan<double> values, double time, Span<double> states, Span<double> parameters) { }
        public string Name(int index) => "";
    }
}

/// <summary>Runs from given states to an end, sampling a grid, with actions at stops.</summary>
internal sealed class GridTrajectory(double[] y0, double[] p, double[] grid, params (double Time, Action<double[]> Change)[] doses) : Trajectory
{
    private int _sample, _dose;

    public List<double[]> Samples { get; } = [];
    public List<double> DoseTimes { get; } = [];
    public List<(int Event, double Time)> Events { get; } = [];
    public TrajectoryReport Report { get; private set; }
    public double Start { get; init; }

    public override double Begin(Span<double> states, Span<double> parameters)
    {
        y0.CopyTo(states);
        p.CopyTo(parameters);
        return Start;
    }

    private double End => grid[^1];

    public override double NextStop => _dose < doses.Length ? doses[_dose].Time : _sample >= grid.Length ? End : Math.Max(End, Start);

    public override double NextSample => _sample < grid.Length ? grid[_sample] : double.PositiveInfinity;

    public override Directive AtStop(double time, Span<double> states, Span<double> parameters)
    {
        if (_dose >= doses.Length) return Directive.Finish;
        DoseTimes.Add(time);
        var y = states.ToArray();
        doses[_dose++].Change(y);
        y.CopyTo(states);
        return Directive.Restart;
    }

    public override Directive AtSample(double time, Span<double> states, Span<double> parameters)
    {
        _sample++;
        Samples.Add(states.ToArray());
        return Directive.Continue;
    }

    public override Directive AtEvent(int index, double time, Span<double> states, Span<double> parameters)
    {
        Events.Add((index, time));
        return Directive.Continue;
    }

    public override void Ended(in TrajectoryReport report, ReadOnlySpan<double> states) => Report = report;
}

internal sealed class QueueSource(IEnumerable<Trajectory> trajectories) : ITrajectorySource
{
    private readonly Queue<Trajectory> _queue = new(trajectories);

    public Trajectory? Next() => _queue.Count > 0 ? _queue.Dequeue() : null;
}

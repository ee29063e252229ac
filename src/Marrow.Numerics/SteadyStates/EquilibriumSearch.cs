using MathNet.Numerics.LinearAlgebra;

namespace Marrow.Numerics.SteadyStates;

/// <summary>Finds a point with f(y) = 0 from a start: first by pseudo-transient continuation (Kelley and Keyes 1998,
/// doi:10.1137/S0036142996304796), which follows the solution to the point that it approaches; then by Newton's method with a line search;
/// then by the solution itself, with Newton's method at its end. A stable point is preferred to an unstable one, which is none for a solution
/// that runs away. States that conservation
/// laws determine are eliminated, so that the matrix is regular.</summary>
public sealed class EquilibriumSearch
{
    /// <summary>Share of itself by which a state may change in a step that follows the solution.</summary>
    private const double MostChange = 0.5, SmallChange = 0.1;

    /// <summary>A state this far below the largest need not be followed closely.</summary>
    private const double Floor = 1e-6;

    /// <summary>A movement slower than the fastest by this factor is none.</summary>
    private const double Slowest = 1e12;

    /// <summary>Times of the fastest movement after which what has not moved rests.</summary>
    private const double LongAgo = 1e6;

    private const double Runaway = 1e30;

    private readonly EquilibriumProblem _problem;
    private readonly EquilibriumOptions _options;
    private readonly double[] _start, _totals;
    private readonly int[] _free;
    private readonly int _n;
    private int _steps;
    private bool _notFinite;

    private EquilibriumSearch(EquilibriumProblem problem, double[] start, EquilibriumOptions options)
    {
        (_problem, _start, _options, _n) = (problem, start, options, start.Length);
        _totals = problem.Laws.Totals(start);
        _free = [.. problem.Laws.Independent];
    }

    /// <summary>Searches.</summary>
    /// <param name="problem">The equations.</param>
    /// <param name="start">Where to begin.</param>
    /// <param name="options">Accuracy and limits.</param>
    /// <param name="cancel">Stops the search.</param>
    public static EquilibriumResult Find(EquilibriumProblem problem, IReadOnlyList<double> start, EquilibriumOptions options, CancellationToken cancel = default)
    {
        ArgumentNullException.ThrowIfNull(problem);
        ArgumentNullException.ThrowIfNull(start);
        ArgumentNullException.ThrowIfNull(options);
        return new EquilibriumSearch(problem, [.. start], options).Find(cancel);
    }

    private EquilibriumResult Find(CancellationToken cancel)
    {
        if (Rates(_start) is not { } first) return new EquilibriumResult(null, EquilibriumFailure.NotFinite, []);
        if (_free.All(i => first[i] == 0)) return Found(Judge([.. _start], EquilibriumMethod.Start));
        var point = Continue(cancel);
        if (point is { IsUnstable: false }) return Found(point);
        point ??= Damped(cancel);
        if (point is { IsUnstable: false }) return Found(point);
        var (followed, failure, worst) = Follow(cancel);
        point = followed ?? point;
        // Beside an unstable point the solution may have no end at all, and that is the answer then.
        return point is null || (followed is null && failure == EquilibriumFailure.Grows) ? new EquilibriumResult(null, failure, worst) : Found(point);
    }

    private static EquilibriumResult Found(Equilibrium point) => new(point, default, []);

    /// <summary>(I/d - J) s = f with d growing.</summary>
    private Equilibrium? Continue(CancellationToken cancel)
    {
        double[] y = [.. _start];
        if (Rates(y) is not { } f) return null;
        var duration = 0.01 / _free.Max(i => Math.Abs(f[i]) / Scale(y, i));
        var tried = 0.0;
        for (var k = 0; k < _options.MostSteps; k++, _steps++)
        {
            cancel.ThrowIfCancellationRequested();
            var matrix = Jacobian(y);
            if (matrix is null || Step(matrix, f, 1 / duration) is not { } step || Change(y, step, 1) is var change && change > MostChange)
            {
                duration /= 4;
                continue;
            }
            var next = Moved(y, step, 1);
            if (Rates(next) is not { } rates)
            {
                duration /= 4;
                continue;
            }
            (y, f) = (next, rates);
            if (y.Max(Math.Abs) > Runaway * (1 + _start.Max(Math.Abs))) return null;
            if (Weight(step, y) <= 1 && duration * matrix.L1Norm() > Slowest) return Judge(y, EquilibriumMethod.PseudoTransient);
            if (change < SmallChange && duration > 10 * tried)
            {
                tried = duration;
                if (Newton(y) is { } end) return Judge(end, EquilibriumMethod.PseudoTransient);
            }
            duration *= change < SmallChange ? 4 : 1.5;
        }
        return null;
    }

    /// <summary>Newton's method near a point: null if it leaves the neighbourhood or does not contract.</summary>
    private double[]? Newton(double[] from)
    {
        double[] y = [.. from], sum = new double[_n];
        var before = double.PositiveInfinity;
        for (var k = 0; k < 60; k++, _steps++)
        {
            if (Rates(y) is not { } f || Jacobian(y) is not { } matrix || Step(matrix, f, 0) is not { } step) return null;
            for (var i = 0; i < _n; i++) sum[i] += step[i];
            if (Change(from, sum, 1) > MostChange) return null;
            var weight = Weight(step, y);
            y = Moved(y, step, 1);
            if (weight <= 1) return y;
            if (weight > 0.9 * before) return null;
            before = weight;
        }
        return null;
    }

    /// <summary>Newton's method from the start; a step is halved until the rates fall and nothing that was above 0 is below.</summary>
    private Equilibrium? Damped(CancellationToken cancel)
    {
        double[] y = [.. _start];
        if (Rates(y) is not { } f) return null;
        for (var k = 0; k < _options.MostSteps; k++, _steps++)
        {
            cancel.ThrowIfCancellationRequested();
            if (Jacobian(y) is not { } matrix || Step(matrix, f, 0) is not { } step) return null;
            if (Weight(step, y) <= 1) return Judge(Moved(y, step, 1), EquilibriumMethod.DampedNewton);
            var (share, size) = (1.0, Size(f, y));
            double[] next;
            double[]? rates;
            while ((rates = Rates(next = Moved(y, step, share))) is null || Size(rates, y) > (1 - (0.1 * share)) * size || Crosses(next))
            {
                share /= 2;
                if (share < 1e-6) return null;
            }
            (y, f) = (next, rates);
        }
        return null;
    }

    /// <summary>The solution over stretches of time that grow tenfold.</summary>
    private (Equilibrium?, EquilibriumFailure, IReadOnlyList<int>) Follow(CancellationToken cancel)
    {
        double[] y = [.. _start];
        var ends = new List<double[]> { _start };
        var f = Rates(y)!;
        var fastest = Jacobian(y)?.L1Norm() ?? 0;
        var unit = 1 / (fastest > 0 ? fastest : _free.Max(i => Math.Abs(f[i]) / (Math.Abs(y[i]) + 1)));
        var (time, stretch) = (0.0, unit);
        for (; stretch <= unit * _options.LongestStretch; stretch *= 10)
        {
            cancel.ThrowIfCancellationRequested();
            _steps++;
            if (!_problem.Follow(y, stretch) || Rates(y) is not { } rates) break;
            (time, f) = (time + stretch, rates);
            ends.Add([.. y]);
            var rests = time > LongAgo * unit && _free.All(i => Math.Abs(f[i]) * time <= Tolerance(y, i));
            var end = Newton(y) ?? (rests ? y : null);
            if (end is not null && Judge(end, EquilibriumMethod.Integration) is var point && (!point.IsUnstable || rests)) return (point, default, []);
        }
        if (_notFinite && time == 0) return (null, EquilibriumFailure.NotFinite, []);
        int[] grow = [.. _free.Where(i => Grows(ends, i)).OrderByDescending(i => Math.Abs(ends[^1][i] / ends[^2][i]))];
        if (grow.Length > 0) return (null, EquilibriumFailure.Grows, grow);
        return (null, EquilibriumFailure.KeepsMoving, [.. _free.Where(i => Math.Abs(f[i]) * time > Tolerance(y, i)).OrderByDescending(i => Math.Abs(f[i]) / Scale(y, i))]);
    }

    /// <summary>Whether a state at least doubled in each of the last stretches, tenfold times: growth as a power of time, or faster.</summary>
    private static bool Grows(List<double[]> ends, int i)
    {
        const int stretches = 3;
        if (ends.Count <= stretches) return false;
        for (var k = ends.Count - stretches; k < ends.Count; k++)
            if (!(Math.Abs(ends[k][i]) > 2 * Math.Abs(ends[k - 1][i]))) return false;
        return true;
    }

    private Equilibrium Judge(double[] y, EquilibriumMethod method)
    {
        var f = Rates(y);
        return Equilibrium.At(y, method, _steps, f is null ? double.NaN : f.Select(Math.Abs).DefaultIfEmpty(0).Max(), _problem.Laws.Reduce(FullJacobian(y)));
    }

    /// <summary>f; null if a value is not finite.</summary>
    private double[]? Rates(double[] y)
    {
        var f = new double[_n];
        _problem.Rates(y, f);
        if (f.All(double.IsFinite)) return f;
        _notFinite = true;
        return null;
    }

    private double[] FullJacobian(double[] y)
    {
        var jacobian = new double[_n * _n];
        _problem.Jacobian(y, jacobian);
        return jacobian;
    }

    private Matrix<double>? Jacobian(double[] y)
    {
        var reduced = _problem.Laws.Reduce(FullJacobian(y));
        return reduced.All(double.IsFinite) ? Matrix<double>.Build.Dense(_free.Length, _free.Length, (i, j) => reduced[(i * _free.Length) + j]) : null;
    }

    /// <summary>s of (shift I - J) s = f, length n with zeros where laws determine; null if the matrix is singular.</summary>
    private double[]? Step(Matrix<double> jacobian, double[] f, double shift)
    {
        var matrix = -jacobian;
        for (var i = 0; i < _free.Length; i++) matrix[i, i] += shift;
        var solved = matrix.LU().Solve(Vector<double>.Build.Dense(_free.Length, i => f[_free[i]]));
        if (!solved.All(double.IsFinite)) return null;
        var step = new double[_n];
        for (var i = 0; i < _free.Length; i++) step[_free[i]] = solved[i];
        return step;
    }

    private double[] Moved(double[] y, double[] step, double share)
    {
        double[] next = [.. y];
        foreach (var i in _free) next[i] += share * step[i];
        _problem.Laws.Complete(_totals, next);
        return next;
    }

    /// <summary>Largest change relative to the larger of the values before and after.</summary>
    private double Change(double[] y, double[] step, double share)
    {
        var next = Moved(y, step, share);
        var floor = Math.Max(_options.Absolute, Floor * y.Max(Math.Abs));
        var most = 0.0;
        for (var i = 0; i < _n; i++) most = Math.Max(most, Math.Abs(next[i] - y[i]) / (Math.Max(Math.Abs(y[i]), Math.Abs(next[i])) + floor));
        return most;
    }

    private bool Crosses(double[] next) => Enumerable.Range(0, _n).Any(i => _start[i] >= 0 && next[i] < -Tolerance(next, i));

    private double Scale(double[] y, int i) => Math.Abs(y[i]) + Math.Max(_options.Absolute, Floor * y.Max(Math.Abs));

    private double Tolerance(double[] y, int i) => (_options.Relative * Math.Abs(y[i])) + _options.Absolute;

    private double Weight(double[] step, double[] y) => _free.Max(i => Math.Abs(step[i]) / Tolerance(y, i));

    private double Size(double[] f, double[] y) => Math.Sqrt(_free.Sum(i => Math.Pow(f[i] / Scale(y, i), 2)));
}

namespace Marrow.Numerics.SteadyStates;

/// <summary>Finds a point with f(y) = 0 from a start: first by pseudo-transient continuation (Kelley and Keyes 1998,
/// doi:10.1137/S0036142996304796), which follows the solution to the point that it approaches; then by Newton's method with a line search;
/// then by the solution itself, with Newton's method at its end. A stable point is preferred to an unstable one, which is none for a solution
/// that runs away. What reactions
/// conserve is kept, so that the matrix is regular (<see cref="NewtonSystem"/>); it is sparse.</summary>
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

    /// <summary>States that act on one another in circles, up to which their eigenvalues are computed: some seconds, and some tenths.</summary>
    private const int LargestBlock = 1200, SmallBlock = 250;

    private readonly EquilibriumProblem _problem;
    private readonly EquilibriumOptions _options;
    private readonly NewtonSystem _system;
    private readonly double[] _start;
    private readonly int _n;
    private int _steps;
    private bool _notFinite;

    private EquilibriumSearch(EquilibriumProblem problem, double[] start, EquilibriumOptions options)
    {
        (_problem, _start, _options, _n) = (problem, start, options, start.Length);
        _system = new NewtonSystem(problem, _n);
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

    /// <summary>The point that Newton's method reaches from a point without leaving its neighbourhood; null if there is none.</summary>
    internal static double[]? Beside(EquilibriumProblem problem, double[] near, EquilibriumOptions options) => new EquilibriumSearch(problem, near, options).Newton(near);

    /// <summary>Whether all small disturbances of a point die out that keep what is conserved; false if that would take long to tell.</summary>
    internal static bool IsStable(EquilibriumProblem problem, double[] point) =>
        new EquilibriumSearch(problem, point, new EquilibriumOptions()).Judge(point, EquilibriumMethod.Integration, SmallBlock).Stability is Stability.Stable or Stability.StableOscillating;

    private EquilibriumResult Find(CancellationToken cancel)
    {
        if (Rates(_start) is not { } first) return new EquilibriumResult(null, EquilibriumFailure.NotFinite, []);
        if (first.All(rate => rate == 0)) return Found(Judge([.. _start], EquilibriumMethod.Start));
        var point = Continue(cancel);
        if (point is { IsUnstable: false }) return Found(point);
        point ??= Damped(cancel);
        if (point is { IsUnstable: false }) return Found(point);
        var (followed, failure, worst) = Follow(cancel);
        point = followed ?? point;
        // Beside an unstable point the solution may have no end at all, and that is the answer then.
        return point is null || (followed is null && failure == EquilibriumFailure.Grows) ? new EquilibriumResult(null, failure, worst) : Found(point);
    }

    private IEnumerable<int> States => Enumerable.Range(0, _n);

    private static EquilibriumResult Found(Equilibrium point) => new(point, default, []);

    /// <summary>(I/d - J) s = f with d growing.</summary>
    private Equilibrium? Continue(CancellationToken cancel)
    {
        double[] y = [.. _start];
        if (Rates(y) is not { } f) return null;
        var duration = 0.01 / f.Zip(Scales(y), (rate, scale) => Math.Abs(rate) / scale).Max();
        var tried = 0.0;
        for (var k = 0; k < _options.MostSteps; k++, _steps++)
        {
            cancel.ThrowIfCancellationRequested();
            var matrix = Jacobian(y);
            if (matrix is null || Step(matrix, y, f, 1 / duration) is not { } step || Change(y, step, 1) is var change && change > MostChange)
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
            if (Weight(step, y) <= 1 && duration * Fastest(matrix) > Slowest) return Judge(y, EquilibriumMethod.PseudoTransient);
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
            if (Rates(y) is not { } f || Jacobian(y) is not { } matrix || Step(matrix, y, f, 0) is not { } step) return null;
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
            if (Jacobian(y) is not { } matrix || Step(matrix, y, f, 0) is not { } step) return null;
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
        var fastest = Jacobian(y) is { } matrix ? Fastest(matrix) : 0;
        var unit = 1 / (fastest > 0 ? fastest : f.Zip(y, (rate, value) => Math.Abs(rate) / (Math.Abs(value) + 1)).Max());
        var (time, stretch) = (0.0, unit);
        for (; stretch <= unit * _options.LongestStretch; stretch *= 10)
        {
            cancel.ThrowIfCancellationRequested();
            _steps++;
            if (!_problem.Follow(y, stretch) || Rates(y) is not { } rates) break;
            (time, f) = (time + stretch, rates);
            ends.Add([.. y]);
            var rests = time > LongAgo * unit && States.All(i => Math.Abs(f[i]) * time <= Tolerance(y, i));
            var end = Newton(y) ?? (rests ? y : null);
            if (end is not null && Judge(end, EquilibriumMethod.Integration) is var point && (!point.IsUnstable || rests)) return (point, default, []);
        }
        if (_notFinite && time == 0) return (null, EquilibriumFailure.NotFinite, []);
        int[] grow = [.. States.Where(i => Grows(ends, i)).OrderByDescending(i => Math.Abs(ends[^1][i] / ends[^2][i]))];
        if (grow.Length > 0) return (null, EquilibriumFailure.Grows, grow);
        var scales = Scales(y);
        return (null, EquilibriumFailure.KeepsMoving, [.. States.Where(i => Math.Abs(f[i]) * time > Tolerance(y, i)).OrderByDescending(i => Math.Abs(f[i]) / scales[i])]);
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

    private Equilibrium Judge(double[] y, EquilibriumMethod method, int largestBlock = LargestBlock)
    {
        var f = Rates(y);
        return Equilibrium.At(y, method, _steps, f is null ? double.NaN : f.Select(Math.Abs).DefaultIfEmpty(0).Max(), _problem.Laws.Reduce(_problem.Places, Derivatives(y)), largestBlock);
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

    private double[] Derivatives(double[] y)
    {
        var jacobian = new double[_problem.Places.Count];
        _problem.Jacobian(y, jacobian);
        return jacobian;
    }

    /// <summary>Entries of df/dy; null if one is not finite.</summary>
    private double[]? Jacobian(double[] y) => Derivatives(y) is var jacobian && jacobian.All(double.IsFinite) ? jacobian : null;

    /// <summary>A bound of the fastest movement: the largest sum of a column of |df/dy|.</summary>
    private double Fastest(double[] jacobian)
    {
        var sums = new double[_n];
        for (var e = 0; e < jacobian.Length; e++) sums[_problem.Places[e].Column] += Math.Abs(jacobian[e]);
        return sums.Max();
    }

    private double[]? Step(double[] jacobian, double[] y, double[] f, double shift) => _system.Step(jacobian, f, shift, Scales(y));

    private static double[] Moved(double[] y, double[] step, double share) => [.. y.Zip(step, (value, change) => value + (share * change))];

    /// <summary>Largest change relative to the larger of the values before and after.</summary>
    private double Change(double[] y, double[] step, double share)
    {
        var next = Moved(y, step, share);
        var (now, then) = (Scales(y), Scales(next));
        return States.Max(i => Math.Abs(next[i] - y[i]) / Math.Max(now[i], then[i]));
    }

    private bool Crosses(double[] next) => States.Any(i => _start[i] >= 0 && next[i] < -Tolerance(next, i));

    /// <summary>Sizes of the states, with a floor below which nothing need be followed closely.</summary>
    private double[] Scales(double[] y)
    {
        var floor = Floor * y.Max(Math.Abs);
        return [.. y.Select((value, i) => Math.Abs(value) + Math.Max(_options.Absolute * _problem.AbsoluteScale[i], floor))];
    }

    private double Tolerance(double[] y, int i) => (_options.Relative * Math.Abs(y[i])) + (_options.Absolute * _problem.AbsoluteScale[i]);

    private double Weight(double[] step, double[] y) => States.Max(i => Math.Abs(step[i]) / Tolerance(y, i));

    private double Size(double[] f, double[] y) => Math.Sqrt(f.Zip(Scales(y), (rate, scale) => (rate / scale) * (rate / scale)).Sum());
}

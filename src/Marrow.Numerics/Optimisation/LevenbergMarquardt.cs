using MathNet.Numerics.LinearAlgebra;

namespace Marrow.Numerics.Optimisation;

/// <summary>Damped Gauss-Newton method for sums of squares (Levenberg 1944; Marquardt 1963, doi:10.1137/0111030) within limits, with all
/// points of the finite differences evaluated side by side, and several dampings tried side by side.</summary>
/// <remarks>Step d of damping l: (J^T J + l diag(J^T J)) d = -J^T r in the variables that are not held at a limit by the gradient. The
/// result of each step is put back within the limits. A residual that is not a number is taken as a failed point: as a step it is
/// refused, as a difference it falls back to the other side, or to 0 if both fail.</remarks>
public sealed class LevenbergMarquardt
{
    private const int Refusals = 3;
    private const double SmallestDiagonal = 1e-12;

    private readonly BatchFunction _function;
    private readonly Box _box;
    private readonly LeastSquaresOptions _options;
    private double[] _x;
    private double[] _r;
    private double[,] _jacobian;
    private long _evaluations;
    private double _damping;

    private LevenbergMarquardt(BatchFunction function, IReadOnlyList<double> start, Box box, LeastSquaresOptions options)
    {
        (_function, _box, _options, _damping) = (function, box, options, options.Damping);
        _x = [.. start];
        _r = Evaluate([_x])[0];
        if (_r.Any(r => !double.IsFinite(r))) throw new ArgumentException("The residuals at the start must be numbers.", nameof(start));
        _jacobian = new double[_r.Length, _x.Length];
    }

    /// <summary>Searches for the least sum of squares.</summary>
    /// <param name="function">Gives the residuals of each point.</param>
    /// <param name="start">Where the search begins, within the limits.</param>
    /// <param name="box">Limits.</param>
    /// <param name="options">Settings.</param>
    /// <param name="progress">Told after every iteration; may be null.</param>
    /// <exception cref="ArgumentException">The start does not fit the limits, or its residuals are not numbers.</exception>
    public static LeastSquaresResult Minimise(
        BatchFunction function, IReadOnlyList<double> start, Box box, LeastSquaresOptions options, Action<LeastSquaresResult>? progress = null)
    {
        ArgumentNullException.ThrowIfNull(function);
        ArgumentNullException.ThrowIfNull(start);
        ArgumentNullException.ThrowIfNull(box);
        ArgumentNullException.ThrowIfNull(options);
        box.Check(start);
        return new LevenbergMarquardt(function, start, box, options).Run(progress);
    }

    private LeastSquaresResult Run(Action<LeastSquaresResult>? progress)
    {
        var iteration = 0;
        while (true)
        {
            _jacobian = FiniteDifferences.Jacobian(Evaluate, _x, _r, _box, _options);
            progress?.Invoke(Result(iteration, SearchEnd.Budget));
            if (iteration >= _options.MaxIterations) return Result(iteration, SearchEnd.Budget);
            var before = SumOfSquares(_r);
            var old = _x;
            if (!TryStep(before)) return Result(iteration, SearchEnd.NoDescent);
            iteration++;
            if (LargestMove(old, _x) < _options.VariableTolerance) return Result(iteration, SearchEnd.StepTolerance);
            if (before - SumOfSquares(_r) < _options.ValueTolerance * before) return Result(iteration, SearchEnd.ValueTolerance);
        }
    }

    private LeastSquaresResult Result(int iterations, SearchEnd end) => new(_x, _r, _jacobian, iterations, _evaluations, end);

    /// <summary>Tries dampings side by side, larger ones if none of them helps; whether a step was taken.</summary>
    private bool TryStep(double before)
    {
        for (var refused = 0; refused < Refusals; refused++)
        {
            double[] dampings = [.. _options.DampingFactors.Select(f => f * _damping)];
            double[][] points = [.. dampings.Select(Candidate)];
            var residuals = Evaluate(points);
            var best = -1;
            var least = before;
            for (var k = 0; k < points.Length; k++)
            {
                var value = SumOfSquares(residuals[k]);
                if (value < least) (best, least) = (k, value);
            }
            if (best >= 0)
            {
                (_x, _r, _damping) = (points[best], residuals[best], dampings[best]);
                return true;
            }
            _damping = dampings.Max() * 10;
        }
        return false;
    }

    private double[] Candidate(double damping)
    {
        var gradient = new double[_x.Length];
        for (var j = 0; j < _x.Length; j++)
        {
            for (var i = 0; i < _r.Length; i++) gradient[j] += _jacobian[i, j] * _r[i];
        }
        int[] free = [.. Enumerable.Range(0, _x.Length).Where(j => !(_x[j] <= _box.Lower[j] && gradient[j] > 0) && !(_x[j] >= _box.Upper[j] && gradient[j] < 0))];
        if (free.Length == 0) return [.. _x];
        var normal = Matrix<double>.Build.Dense(free.Length, free.Length, (a, b) =>
        {
            double sum = 0;
            for (var i = 0; i < _r.Length; i++) sum += _jacobian[i, free[a]] * _jacobian[i, free[b]];
            return sum;
        });
        for (var a = 0; a < free.Length; a++) normal[a, a] += damping * Math.Max(normal[a, a], SmallestDiagonal) + SmallestDiagonal;
        var right = Vector<double>.Build.Dense(free.Length, a => -gradient[free[a]]);
        var step = normal.Cholesky().Solve(right);
        var longest = step.Max(Math.Abs);
        var shorten = longest > _options.LargestStep ? _options.LargestStep / longest : 1;
        double[] moved = [.. _x];
        for (var a = 0; a < free.Length; a++) moved[free[a]] += shorten * step[a];
        return _box.Project(moved);
    }

    private IReadOnlyList<double[]> Evaluate(IReadOnlyList<double[]> points)
    {
        _evaluations += points.Count;
        return _function(points);
    }

    private static double SumOfSquares(double[] residuals)
    {
        double sum = 0;
        foreach (var r in residuals) sum += r * r;
        return double.IsNaN(sum) ? double.PositiveInfinity : sum;
    }

    private static double LargestMove(double[] from, double[] to)
    {
        double largest = 0;
        for (var i = 0; i < from.Length; i++) largest = Math.Max(largest, Math.Abs(to[i] - from[i]));
        return largest;
    }
}

using Marrow.Numerics.Random;
using Marrow.Numerics.Vectors;
using MathNet.Numerics.LinearAlgebra;

namespace Marrow.Numerics.Optimisation;

/// <summary>Evolution strategy with covariance matrix adaptation, for functions without derivatives: the (mu/mu_w, lambda)-CMA-ES of
/// Hansen's tutorial (arXiv:1604.00772, algorithm of figure 6) with weights of the better half only.</summary>
/// <remarks>
/// <para>Generation g draws x_k = m + sigma B D z_k with C = B D^2 B^T; the mean moves to the weighted best half, sigma follows the length
/// of the path p_sigma against that of a random walk, and C takes the rank-one term p_c p_c^T and the rank-mu term of the steps taken.</para>
/// <para>A point outside the limits is drawn again, up to a hundred times, then put on the limit. A value that is not a number counts as
/// the worst. The draws are keyed by seed, generation and point, so that the search is the same however its points are evaluated.</para>
/// </remarks>
public sealed class CmaEs
{
    private const int Redraws = 100;
    private const double LargestCondition = 1e14;

    private readonly int _n, _lambda, _mu;
    private readonly double[] _weights;
    private readonly double _muEff, _cc, _cs, _c1, _cMu, _damping, _chiN;
    private readonly CmaOptions _options;
    private readonly Box _box;
    private readonly double[] _mean, _pc, _ps;
    private readonly Queue<double> _bests = new();

    private Matrix<double> _c;
    private Matrix<double> _b;
    private double[] _d;
    private double _sigma;
    private int _generation;
    private long _evaluations;
    private double[] _best;
    private double _bestValue = double.PositiveInfinity;
    private double _spreadOfValues = double.PositiveInfinity;

    private CmaEs(IReadOnlyList<double> start, Box box, CmaOptions options)
    {
        (_n, _options, _box, _sigma) = (start.Count, options, box, options.StepSize);
        _lambda = options.Population > 0 ? options.Population : 4 + (int)Math.Floor(3 * VectorMath.Ln(_n));
        _mu = _lambda / 2;
        _weights = Weights(_lambda, _mu);
        _muEff = 1 / _weights.Sum(w => w * w);
        _cc = (4 + (_muEff / _n)) / (_n + 4 + (2 * _muEff / _n));
        _cs = (_muEff + 2) / (_n + _muEff + 5);
        _c1 = 2 / (((_n + 1.3) * (_n + 1.3)) + _muEff);
        _cMu = Math.Min(1 - _c1, 2 * (_muEff - 2 + (1 / _muEff)) / (((_n + 2.0) * (_n + 2)) + _muEff));
        _damping = 1 + (2 * Math.Max(0, Math.Sqrt((_muEff - 1) / (_n + 1)) - 1)) + _cs;
        _chiN = Math.Sqrt(_n) * (1 - (1 / (4.0 * _n)) + (1 / (21.0 * _n * _n)));
        _mean = [.. start];
        _best = [.. start];
        (_pc, _ps) = (new double[_n], new double[_n]);
        _c = Matrix<double>.Build.DenseIdentity(_n);
        _b = Matrix<double>.Build.DenseIdentity(_n);
        _d = [.. Enumerable.Repeat(1.0, _n)];
    }

    /// <summary>Searches for the least value.</summary>
    /// <param name="function">Gives one value a point.</param>
    /// <param name="start">Where the search begins, within the limits.</param>
    /// <param name="box">Limits.</param>
    /// <param name="options">Settings.</param>
    /// <param name="progress">Told after every generation; may be null.</param>
    /// <exception cref="ArgumentException">The start does not fit the limits, or a setting is out of range.</exception>
    public static SearchResult Minimise(
        BatchFunction function, IReadOnlyList<double> start, Box box, CmaOptions options, Action<SearchResult>? progress = null)
    {
        ArgumentNullException.ThrowIfNull(function);
        ArgumentNullException.ThrowIfNull(start);
        ArgumentNullException.ThrowIfNull(box);
        ArgumentNullException.ThrowIfNull(options);
        box.Check(start);
        if (!(options.StepSize > 0)) throw new ArgumentException($"The step size must be above 0, not {options.StepSize}.", nameof(options));
        if (options.Population is not 0 and < 4) throw new ArgumentException($"A generation needs 4 points, not {options.Population}.", nameof(options));
        var search = new CmaEs(start, box, options);
        while (true)
        {
            var points = search.Draw();
            search.Learn(points, [.. function(points).Select(v => v[0])]);
            if (search.End() is { } end) return search.Result(end);
            progress?.Invoke(search.Result(SearchEnd.Budget));
        }
    }

    private SearchResult Result(SearchEnd end) => new(_best, _bestValue, _generation, _evaluations, end);

    /// <summary>w_i proportional to ln((lambda + 1)/2) - ln i, adding to 1.</summary>
    private static double[] Weights(int lambda, int mu)
    {
        var weights = new double[mu];
        for (var i = 0; i < mu; i++) weights[i] = VectorMath.Ln((lambda + 1) / 2.0) - VectorMath.Ln(i + 1.0);
        var total = weights.Sum();
        for (var i = 0; i < mu; i++) weights[i] /= total;
        return weights;
    }

    private double[][] Draw()
    {
        var points = new double[_lambda][];
        for (var k = 0; k < _lambda; k++) points[k] = DrawOne(k);
        return points;
    }

    private double[] DrawOne(int k)
    {
        var random = new RandomKey(_options.Seed, Purpose.Of("cma-es"), (ulong)k, (uint)_generation).Stream();
        var x = new double[_n];
        var z = new double[_n];
        for (var draw = 0; draw < Redraws; draw++)
        {
            for (var i = 0; i < _n; i++) z[i] = _d[i] * random.Normal();
            for (var i = 0; i < _n; i++) x[i] = _mean[i] + (_sigma * RowTimes(_b, i, z));
            if (_box.Contains(x)) return x;
        }
        return _box.Project(x);
    }

    private void Learn(double[][] points, double[] values)
    {
        _evaluations += points.Length;
        int[] order = [.. Enumerable.Range(0, _lambda).OrderBy(k => double.IsNaN(values[k]) ? double.PositiveInfinity : values[k]).ThenBy(k => k)];
        var best = values[order[0]];
        if (best < _bestValue) (_bestValue, _best) = (best, [.. points[order[0]]]);
        _bests.Enqueue(best);
        while (_bests.Count > 10 + (int)Math.Ceiling(30.0 * _n / _lambda)) _bests.Dequeue();
        _spreadOfValues = values.All(double.IsFinite) ? values.Max() - values.Min() : double.PositiveInfinity;

        var step = new double[_n];
        for (var i = 0; i < _n; i++)
        {
            for (var k = 0; k < _mu; k++) step[i] += _weights[k] * (points[order[k]][i] - _mean[i]);
            step[i] /= _sigma;
        }
        var paths = UpdatePaths(step);
        UpdateCovariance(points, order, paths);
        for (var i = 0; i < _n; i++) _mean[i] += _sigma * step[i];
        _sigma *= VectorMath.Exp(_cs / _damping * ((Norm(_ps) / _chiN) - 1));
        _generation++;
        Decompose();
    }

    /// <summary>Evolution paths; true unless the path of the step size is so long that the rank-one path must wait (h_sigma).</summary>
    private bool UpdatePaths(double[] step)
    {
        // C^(-1/2) step = B D^-1 B^T step.
        var rotated = new double[_n];
        for (var i = 0; i < _n; i++)
        {
            double sum = 0;
            for (var j = 0; j < _n; j++) sum += _b[j, i] * step[j];
            rotated[i] = sum / _d[i];
        }
        var gainS = Math.Sqrt(_cs * (2 - _cs) * _muEff);
        for (var i = 0; i < _n; i++) _ps[i] = ((1 - _cs) * _ps[i]) + (gainS * RowTimes(_b, i, rotated));
        var settled = Math.Sqrt(1 - VectorMath.Pow(1 - _cs, 2.0 * (_generation + 1)));
        var moving = Norm(_ps) / settled < (1.4 + (2.0 / (_n + 1))) * _chiN;
        var gainC = moving ? Math.Sqrt(_cc * (2 - _cc) * _muEff) : 0;
        for (var i = 0; i < _n; i++) _pc[i] = ((1 - _cc) * _pc[i]) + (gainC * step[i]);
        return moving;
    }

    private void UpdateCovariance(double[][] points, int[] order, bool moving)
    {
        var stalled = moving ? 0 : _c1 * _cc * (2 - _cc);
        for (var i = 0; i < _n; i++)
        {
            for (var j = 0; j <= i; j++)
            {
                double rankMu = 0;
                for (var k = 0; k < _mu; k++)
                {
                    var x = points[order[k]];
                    rankMu += _weights[k] * (x[i] - _mean[i]) / _sigma * ((x[j] - _mean[j]) / _sigma);
                }
                var value = ((1 - _c1 - _cMu + stalled) * _c[i, j]) + (_c1 * _pc[i] * _pc[j]) + (_cMu * rankMu);
                (_c[i, j], _c[j, i]) = (value, value);
            }
        }
    }

    private void Decompose()
    {
        var evd = _c.Evd(Symmetricity.Symmetric);
        _b = evd.EigenVectors;
        // Rounding can make the smallest eigenvalue negative.
        var largest = evd.EigenValues.Max(v => v.Real);
        _d = [.. evd.EigenValues.Select(v => Math.Sqrt(Math.Max(v.Real, largest / LargestCondition)))];
    }

    private SearchEnd? End()
    {
        if (_generation >= _options.MaxGenerations) return SearchEnd.Budget;
        var moves = false;
        for (var i = 0; i < _n; i++)
            moves |= _sigma * Math.Max(Math.Abs(_pc[i]), Math.Sqrt(_c[i, i])) > _options.VariableTolerance;
        if (!moves) return SearchEnd.StepTolerance;
        if (_bests.Count >= 10 + (int)Math.Ceiling(30.0 * _n / _lambda) && _spreadOfValues < _options.ValueTolerance && _bests.Max() - _bests.Min() < _options.ValueTolerance)
            return SearchEnd.ValueTolerance;
        var condition = _d.Max() / _d.Min();
        return condition * condition > LargestCondition / 10 ? SearchEnd.IllConditioned : null;
    }

    private double RowTimes(Matrix<double> matrix, int row, double[] vector)
    {
        double sum = 0;
        for (var j = 0; j < _n; j++) sum += matrix[row, j] * vector[j];
        return sum;
    }

    private static double Norm(double[] vector)
    {
        double sum = 0;
        foreach (var v in vector) sum += v * v;
        return Math.Sqrt(sum);
    }
}

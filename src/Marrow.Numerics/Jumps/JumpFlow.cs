using Marrow.Numerics.Vectors;

namespace Marrow.Numerics.Jumps;

/// <summary>What goes on between the jumps of a piecewise-deterministic process (Davis 1984, doi:10.1111/j.2517-6161.1984.tb01308.x):
/// states that follow rate rules, and the integral of all propensities, whose unit-exponential threshold is the next jump.</summary>
/// <remarks>Dormand and Prince's pair of orders 5 and 4 (1980, doi:10.1016/0771-050X(80)90013-3) with the dense output of Hairer, Nørsett
/// and Wanner. Error per step: 1e-8 relative, 1e-10 absolute; so the law of a jump's time is that of a hazard known to about 1e-8.</remarks>
internal sealed class JumpFlow
{
    private const double Relative = 1e-8;
    private const double Absolute = 1e-10;
    /// <summary>Steps in a course, at least: what lasts shorter than one of them may be passed over.</summary>
    private const double LeastSteps = 400;
    private const int Stages = 7;

    private static readonly double[][] A =
    [
        [],
        [1.0 / 5],
        [3.0 / 40, 9.0 / 40],
        [44.0 / 45, -56.0 / 15, 32.0 / 9],
        [19372.0 / 6561, -25360.0 / 2187, 64448.0 / 6561, -212.0 / 729],
        [9017.0 / 3168, -355.0 / 33, 46732.0 / 5247, 49.0 / 176, -5103.0 / 18656],
        [35.0 / 384, 0, 500.0 / 1113, 125.0 / 192, -2187.0 / 6784, 11.0 / 84],
    ];

    private static readonly double[] C = [0, 0.2, 0.3, 0.8, 8.0 / 9, 1, 1];
    private static readonly double[] E = [71.0 / 57600, 0, -71.0 / 16695, 71.0 / 1920, -17253.0 / 339200, 22.0 / 525, -1.0 / 40];
    private static readonly double[] D =
    [
        -12715105075.0 / 11282082432, 0, 87487479700.0 / 32700410799, -10690763975.0 / 1880347072, 701980252875.0 / 199316789632,
        -1453857185.0 / 822651844, 69997945.0 / 29380423,
    ];

    private readonly StochasticNetwork _network;
    private readonly JumpState _state;
    private readonly int[] _continuous, _varying;
    private readonly bool[] _shut;
    private readonly int _n;
    private readonly double[][] _k;
    private readonly double[] _from, _to, _values;
    private readonly double[] _r2, _r3, _r4, _r5;
    private double _start, _step, _length, _constant, _horizon;

    public JumpFlow(StochasticNetwork network, JumpState state)
    {
        (_network, _state) = (network, state);
        _continuous = [.. network.Continuous];
        _varying = [.. network.Varying];
        _shut = new bool[_varying.Length];
        _n = _continuous.Length + 1;
        _k = [.. Enumerable.Range(0, Stages).Select(_ => new double[_n])];
        (_from, _to, _values) = (new double[_n], new double[_n], new double[_continuous.Length + _varying.Length + 1]);
        (_r2, _r3, _r4, _r5) = (new double[_n], new double[_n], new double[_n], new double[_n]);
    }

    /// <summary>Begins a course.</summary>
    public void Begin(double start, double end)
    {
        _horizon = Math.Max(end - start, double.Epsilon);
        _step = _horizon / LeastSteps;
        _length = 0;
        _start = start;
    }

    /// <summary>One step from where the course is, at most to <paramref name="limit"/>, or to the jump if that comes first.</summary>
    /// <param name="limit">Latest end.</param>
    /// <param name="constant">Sum of the propensities that do not vary.</param>
    /// <param name="threshold">What the integral must reach for the next jump; what is left of it at the end of the step.</param>
    /// <param name="end">Where the step ends.</param>
    /// <returns>Whether it ends with a jump; null if no step is small enough.</returns>
    public bool? Step(double limit, double constant, ref double threshold, out double end)
    {
        (_start, _constant) = (_state.Time, constant);
        for (var i = 0; i < _continuous.Length; i++) _from[i] = _state.States[_continuous[i]];
        _from[^1] = 0;
        for (var v = 0; v < _varying.Length; v++) _shut[v] = !_state.Suffices(_varying[v]);
        Evaluate(_start, _from, _k[0]);
        var span = limit - _start;
        while (true)
        {
            var h = Math.Min(Math.Min(_step, _horizon / LeastSteps), span);
            end = h >= span ? limit : _start + h;
            // What is left to the limit may be as short as the resolution of time.
            var isTiny = !(h > 1e-14 * Math.Abs(_start));
            if (isTiny && h < span) return null;
            var error = Try(h);
            var factor = error > 0 ? Math.Clamp(0.9 * VectorMath.Pow(error, -0.2), 0.2, 5) : 5;
            if (!(error <= 1) && !isTiny)
            {
                _step = h * (double.IsNaN(error) ? 0.1 : Math.Min(factor, 0.9));
                continue;
            }
            // A step cut short by the limit says nothing against the longer one.
            _step = h < _step ? Math.Max(_step, h * factor) : h * factor;
            break;
        }
        _length = end - _start;
        Dense();
        if (_to[^1] < threshold)
        {
            threshold -= _to[^1];
            return false;
        }
        end = JumpTime(threshold, end);
        return true;
    }

    /// <summary>The continuous states at a time of the last step.</summary>
    public void MoveTo(double time)
    {
        if (!(_length > 0)) return;
        var theta = Math.Clamp((time - _start) / _length, 0, 1);
        for (var i = 0; i < _continuous.Length; i++) _state.States[_continuous[i]] = At(i, theta);
    }

    /// <summary>Forgets the last step: what comes next begins with the states as they are.</summary>
    public void Restart() => _length = 0;

    private double JumpTime(double threshold, double end)
    {
        double low = 0, high = 1;
        while (true)
        {
            var middle = (low + high) / 2;
            if (middle <= low || middle >= high) break;
            if (At(_n - 1, middle) >= threshold) high = middle;
            else low = middle;
        }
        return Math.Clamp(_start + (high * _length), Math.BitIncrement(_start), end);
    }

    private double At(int i, double theta)
    {
        var rest = 1 - theta;
        return _from[i] + (theta * (_r2[i] + (rest * (_r3[i] + (theta * (_r4[i] + (rest * _r5[i])))))));
    }

    /// <summary>All stages of a step; its error in units of the tolerance.</summary>
    private double Try(double h)
    {
        for (var s = 1; s < Stages; s++)
        {
            for (var i = 0; i < _n; i++)
            {
                var sum = 0.0;
                for (var j = 0; j < s; j++) sum += A[s][j] * _k[j][i];
                _to[i] = _from[i] + (h * sum);
            }
            Evaluate(_start + (C[s] * h), _to, _k[s]);
        }
        var worst = 0.0;
        for (var i = 0; i < _n; i++)
        {
            var error = 0.0;
            for (var s = 0; s < Stages; s++) error += E[s] * _k[s][i];
            var scaled = Math.Abs(h * error) / (Absolute + (Relative * Math.Max(Math.Abs(_from[i]), Math.Abs(_to[i]))));
            if (!(scaled <= worst)) worst = scaled;
        }
        return worst;
    }

    private void Dense()
    {
        for (var i = 0; i < _n; i++)
        {
            var d = 0.0;
            for (var s = 0; s < Stages; s++) d += D[s] * _k[s][i];
            var difference = _to[i] - _from[i];
            _r2[i] = difference;
            _r3[i] = (_length * _k[0][i]) - difference;
            _r4[i] = difference - (_length * _k[6][i]) - _r3[i];
            _r5[i] = _length * d;
        }
    }

    private void Evaluate(double time, double[] from, double[] rates)
    {
        for (var i = 0; i < _continuous.Length; i++) _state.States[_continuous[i]] = from[i];
        _network.Flow!(time, _state.States, _state.Parameters, _values);
        for (var i = 0; i < _continuous.Length; i++) rates[i] = _values[i];
        var total = _constant;
        for (var v = 0; v < _varying.Length; v++)
        {
            if (_shut[v]) continue;
            var propensity = _values[_continuous.Length + v] / _network.Unit;
            // Below 0 by the error of a stage is 0; a hazard that is really negative is found where the step ends.
            total += Math.Max(0, propensity);
        }
        rates[^1] = total;
    }
}

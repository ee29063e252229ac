using System.Diagnostics.CodeAnalysis;
using Marrow.Numerics.Statistics;
using Marrow.Numerics.Vectors;

namespace Marrow.Numerics.Random;

/// <summary>Random numbers in order from one <see cref="RandomKey"/>.</summary>
/// <remarks>
/// A value type without allocation. A copy continues on its own from the same place, so hand a stream on by <c>ref</c>.
/// The bits of a draw depend on the key and on the draws before it in this stream only: besides the four operations and the
/// square root, which IEEE 754 fixes, draws use Marrow's own exponential and logarithm.
/// </remarks>
[SuppressMessage("Naming", "CA1711", Justification = "A stream of random numbers is the literature's term; no System.IO.Stream is meant.")]
public partial struct RandomStream
{
    private readonly RandomKey _key;
    private readonly ulong _philoxKey;
    private uint _block;
    private int _left;
    private (uint X0, uint X1, uint X2, uint X3) _words;

    internal RandomStream(RandomKey key)
    {
        _key = key;
        _philoxKey = key.PhiloxKey;
    }

    /// <summary>64 random bits.</summary>
    /// <exception cref="OverflowException">After 2^33 numbers, the length of a stream.</exception>
    public ulong NextUInt64()
    {
        if (_left > 0)
        {
            _left = 0;
            return ((ulong)_words.X3 << 32) | _words.X2;
        }

        _words = Philox.Block(_block, _key.Step, (uint)_key.Identity, (uint)(_key.Identity >> 32), (uint)_philoxKey, (uint)(_philoxKey >> 32));
        _block = checked(_block + 1);
        _left = 1;
        return ((ulong)_words.X1 << 32) | _words.X0;
    }

    /// <summary>Uniform on the open interval (0, 1): the 2^52 odd multiples of 2^-53, so 1 - u is drawn with the same law and no logarithm meets 0.</summary>
    public double Uniform() => BitMixing.ToOpenUnitInterval(NextUInt64());

    /// <summary>Uniform between two finite bounds.</summary>
    public double Uniform(double lower, double upper)
    {
        Guard.Require(double.IsFinite(lower) && double.IsFinite(upper) && lower <= upper, $"uniform bounds [{lower}, {upper}] need lower <= upper, both finite");
        return lower + ((upper - lower) * Uniform());
    }

    /// <summary>A whole number from 0 to <paramref name="count"/> - 1, each equally likely (multiply and reject, Lemire 2019, doi:10.1145/3230636).</summary>
    public int Below(int count)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(count);
        var rejectBelow = (0UL - (ulong)count) % (ulong)count;
        ulong high, low;
        do
            high = Math.BigMul(NextUInt64(), (ulong)count, out low);
        while (low < rejectBelow);
        return (int)high;
    }

    /// <summary>True with the given probability.</summary>
    public bool Bernoulli(double probability)
    {
        Guard.Probability(probability);
        return Uniform() < probability;
    }

    /// <summary>Standard normal, by the inverse of its distribution function: one uniform gives one normal, increasing in it.</summary>
    public double Normal() => NormalDistribution.Quantile(Uniform());

    /// <summary>Normal with mean and standard deviation.</summary>
    public double Normal(double mean, double standardDeviation)
    {
        Guard.NonNegative(standardDeviation, "standard deviation");
        return mean + (standardDeviation * Normal());
    }

    /// <summary>Normal, given that it falls between the bounds (either may be infinite), by the inverse of its distribution function.</summary>
    /// <exception cref="ArgumentException">The bounds hold no probability that a double can express.</exception>
    public double TruncatedNormal(double mean, double standardDeviation, double lower, double upper) =>
        NormalDistribution.TruncatedQuantile(Uniform(), mean, standardDeviation, lower, upper);

    /// <summary>Lognormal: median * exp(logSd * Normal()).</summary>
    /// <param name="median">Median, the exponential of the mean of the logarithm. Range: &gt; 0.</param>
    /// <param name="logSd">Standard deviation of the natural logarithm. Range: &gt;= 0.</param>
    public double LogNormal(double median, double logSd)
    {
        Guard.Positive(median, "median");
        Guard.NonNegative(logSd, "standard deviation of the logarithm");
        return median * VectorMath.Exp(logSd * Normal());
    }

    /// <summary>Exponential with the given rate: mean 1/rate.</summary>
    public double Exponential(double rate)
    {
        Guard.Positive(rate, "rate");
        return -VectorMath.Ln(Uniform()) / rate;
    }

    /// <summary>Logistic: location + scale * log(u / (1 - u)); variance (pi scale)^2 / 3.</summary>
    public double Logistic(double location, double scale)
    {
        Guard.NonNegative(scale, "scale");
        var u = Uniform();
        return location + (scale * VectorMath.Ln(u / (1 - u)));
    }

    /// <summary>Gamma with density x^(shape-1) exp(-x/scale): mean shape * scale. Marsaglia and Tsang 2000, doi:10.1145/358407.358414.</summary>
    public double Gamma(double shape, double scale)
    {
        Guard.Positive(shape, "shape");
        Guard.Positive(scale, "scale");
        return scale * VectorMath.Exp(LogGammaVariate(shape));
    }

    /// <summary>Beta with density x^(a-1) (1-x)^(b-1): mean a / (a + b). Made from the logarithms of two gammas, so that small shapes do not end in 0/0.</summary>
    public double Beta(double a, double b)
    {
        Guard.Positive(a, "first shape");
        Guard.Positive(b, "second shape");
        var x = LogGammaVariate(a);
        var y = LogGammaVariate(b);
        return 1 / (1 + VectorMath.Exp(y - x));
    }

    /// <summary>Index i with probability weights[i] / sum of weights.</summary>
    /// <param name="weights">Not negative, not all 0, finite sum; they need not add to 1.</param>
    public int Categorical(ReadOnlySpan<double> weights)
    {
        double total = 0;
        foreach (var weight in weights)
        {
            Guard.NonNegative(weight, "weight");
            total += weight;
        }

        Guard.Positive(total, "sum of the weights");
        var target = Uniform() * total;
        double cumulative = 0;
        var last = 0;
        for (var i = 0; i < weights.Length; i++)
        {
            if (weights[i] == 0)
                continue;
            last = i;
            cumulative += weights[i];
            if (target < cumulative)
                break;
        }

        return last;
    }

    /// <summary>Logarithm of a gamma variate of scale 1. A shape below 1 is drawn as Gamma(shape + 1) * U^(1/shape).</summary>
    private double LogGammaVariate(double shape)
    {
        if (shape < 1)
        {
            var above = LogGammaVariate(shape + 1);
            return above + (VectorMath.Ln(Uniform()) / shape);
        }

        var d = shape - (1.0 / 3.0);
        var c = 1 / Math.Sqrt(9 * d);
        while (true)
        {
            var x = Normal();
            var root = 1 + (c * x);
            if (root <= 0)
                continue;
            var v = root * root * root;
            if (VectorMath.Ln(Uniform()) < (0.5 * x * x) + (d * (1 - v + VectorMath.Ln(v))))
                return VectorMath.Ln(d * v);
        }
    }
}

using Marrow.Numerics.Statistics;
using Marrow.Numerics.Vectors;

namespace Marrow.Numerics.Random;

public partial struct RandomStream
{
    /// <summary>The transformed rejections are made for means of 10 and more; below, sequential search is exact and short.</summary>
    private const double RejectionFrom = 10;

    /// <summary>Counts up to here, and the sums made of them, are whole numbers that a double holds.</summary>
    private const long LargestCount = 1L << 51;

    /// <summary>Poisson, exact for every mean: sequential search below 10, above it transformed rejection
    /// (PTRS of Hörmann 1993, doi:10.1016/0167-6687(93)90997-4) on Loader's accurate probabilities.</summary>
    /// <param name="mean">Range: 0 to 2^51.</param>
    public long Poisson(double mean)
    {
        Guard.NonNegative(mean, "Poisson mean");
        Guard.Require(mean <= LargestCount, $"Poisson mean is {mean}; it must not exceed {LargestCount}");
        return mean < RejectionFrom ? SearchPoisson(mean) : RejectPoisson(mean);
    }

    /// <summary>Binomial, exact for every size: sequential search where n min(p, 1 - p) is below 10, above it transformed rejection
    /// (BTRS of Hörmann 1993, doi:10.1080/00949659308811496) on Loader's accurate probabilities.</summary>
    /// <param name="trials">Range: 0 to 2^51.</param>
    /// <param name="probability">Of success in each trial.</param>
    public long Binomial(long trials, double probability)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(trials);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(trials, LargestCount);
        Guard.Probability(probability);
        if (probability > 0.5)
            return trials - Binomial(trials, 1 - probability);
        if (trials == 0 || probability == 0)
            return 0;
        return trials * probability < RejectionFrom ? SearchBinomial(trials, probability) : RejectBinomial(trials, probability);
    }

    private long SearchPoisson(double mean)
    {
        var target = Uniform();
        var term = VectorMath.Exp(-mean);
        var cumulative = term;
        for (long k = 0; ; k++)
        {
            term *= mean / (k + 1);
            // The second condition ends the search in the far tail, where terms no longer change the sum.
            if (target <= cumulative || cumulative + term == cumulative)
                return k;
            cumulative += term;
        }
    }

    private long SearchBinomial(long trials, double probability)
    {
        var target = Uniform();
        var odds = probability / (1 - probability);
        var term = VectorMath.Exp(trials * CountProbabilities.LogOnePlus(-probability));
        var cumulative = term;
        for (long k = 0; ; k++)
        {
            term *= (trials - k) / (k + 1.0) * odds;
            if (target <= cumulative || cumulative + term == cumulative)
                return k;
            cumulative += term;
        }
    }

    private long RejectPoisson(double mean)
    {
        var b = 0.931 + (2.53 * Math.Sqrt(mean));
        var a = -0.059 + (0.02483 * b);
        var inverseAlpha = 1.1239 + (1.1328 / (b - 3.4));
        var squeeze = 0.9277 - (3.6224 / (b - 2));
        while (true)
        {
            var u = Uniform() - 0.5;
            var v = Uniform();
            var edge = 0.5 - Math.Abs(u);
            var k = Math.Floor((((2 * a / edge) + b) * u) + mean + 0.43);
            if (edge >= 0.07 && v <= squeeze)
                return (long)k;
            if (k < 0 || (edge < 0.013 && v > edge))
                continue;
            if (VectorMath.Ln(v * inverseAlpha / ((a / (edge * edge)) + b)) <= CountProbabilities.LogPoisson(k, mean))
                return (long)k;
        }
    }

    private long RejectBinomial(long trials, double probability)
    {
        var spread = Math.Sqrt(trials * probability * (1 - probability));
        var b = 1.15 + (2.53 * spread);
        var a = -0.0873 + (0.0248 * b) + (0.01 * probability);
        var alpha = (2.83 + (5.1 / b)) * spread;
        var squeeze = 0.92 - (4.2 / b);
        var atMode = CountProbabilities.LogBinomial(Math.Floor((trials + 1.0) * probability), trials, probability);
        while (true)
        {
            var u = Uniform() - 0.5;
            var v = Uniform();
            var edge = 0.5 - Math.Abs(u);
            var k = Math.Floor((((2 * a / edge) + b) * u) + (trials * probability) + 0.5);
            if (edge >= 0.07 && v <= squeeze)
                return (long)k;
            if (k < 0 || k > trials)
                continue;
            if (VectorMath.Ln(v * alpha / ((a / (edge * edge)) + b)) <= CountProbabilities.LogBinomial(k, trials, probability) - atMode)
                return (long)k;
        }
    }
}

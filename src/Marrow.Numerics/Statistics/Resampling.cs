using Marrow.Numerics.Random;

namespace Marrow.Numerics.Statistics;

/// <summary>What a statistic does over resampled trials.</summary>
/// <param name="Median">Median over the resamples in which the statistic is defined; NaN if there is none.</param>
/// <param name="Interval">Central interval of the probability asked for; NaN bounds if there is none.</param>
/// <param name="Undefined">Resamples in which the statistic was NaN (for example a rate among nobody).</param>
public readonly record struct ResampledStatistic(double Median, Interval Interval, int Undefined);

/// <summary>Resampling with replacement.</summary>
public static class Resampling
{
    /// <summary>Prediction interval of a statistic for trials of <paramref name="trialSize"/> patients: that many of a simulated cohort are drawn
    /// with replacement, many times. With <paramref name="trialSize"/> equal to the cohort this is the percentile bootstrap (Efron 1979,
    /// doi:10.1214/aos/1176344552).</summary>
    /// <param name="cohort">Number of patients at hand.</param>
    /// <param name="trialSize">Patients of a trial.</param>
    /// <param name="replicates">Number of resamples.</param>
    /// <param name="key">Key of the draws; its identity is replaced by the number of the resample, so that each can be drawn alone.</param>
    /// <param name="statistic">Receives the indices of the patients drawn, from 0 to cohort - 1; may return infinity for a value that is not reached.</param>
    /// <param name="probability">Probability of the interval.</param>
    public static ResampledStatistic Predict(int cohort, int trialSize, int replicates, RandomKey key, Func<int[], double> statistic, double probability = 0.95) =>
        PredictAll(cohort, trialSize, replicates, key, 1, (drawn, values) => values[0] = statistic(drawn), probability)[0];

    /// <summary>Prediction intervals of several statistics over the same resamples, such as a survival curve at many times.</summary>
    /// <param name="cohort">Number of patients at hand.</param>
    /// <param name="trialSize">Patients of a trial.</param>
    /// <param name="replicates">Number of resamples.</param>
    /// <param name="key">Key of the draws; its identity is replaced by the number of the resample.</param>
    /// <param name="count">Number of statistics.</param>
    /// <param name="statistics">Receives the indices of the patients drawn, and fills in the values, of which there are <paramref name="count"/>.</param>
    /// <param name="probability">Probability of each interval by itself.</param>
    public static ResampledStatistic[] PredictAll(int cohort, int trialSize, int replicates, RandomKey key, int count, Action<int[], double[]> statistics, double probability = 0.95)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(cohort);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(trialSize);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(replicates);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(count);
        Guard.Probability(probability);
        var samples = Enumerable.Range(0, count).Select(_ => new List<double>(replicates)).ToArray();
        var drawn = new int[trialSize];
        var values = new double[count];
        for (var replicate = 0; replicate < replicates; replicate++)
        {
            Draw(cohort, key with { Identity = (ulong)replicate }, drawn);
            Array.Fill(values, double.NaN);
            statistics(drawn, values);
            for (var i = 0; i < count; i++)
            {
                if (!double.IsNaN(values[i]))
                    samples[i].Add(values[i]);
            }
        }

        return Array.ConvertAll(samples, sample => Summarise(sample, replicates, probability));
    }

    /// <summary>Draws indices from 0 to <paramref name="cohort"/> - 1 with replacement.</summary>
    public static void Draw(int cohort, RandomKey key, Span<int> drawn)
    {
        var stream = key.Stream();
        for (var i = 0; i < drawn.Length; i++)
            drawn[i] = stream.Below(cohort);
    }
    private static ResampledStatistic Summarise(List<double> sample, int replicates, double probability)
    {
        if (sample.Count == 0)
            return new(double.NaN, new(double.NaN, double.NaN), replicates);
        var quantiles = Quantiles.Of(sample, (1 - probability) / 2, 0.5, (1 + probability) / 2);
        return new(quantiles[1], new(quantiles[0], quantiles[2]), replicates - sample.Count);
    }
}

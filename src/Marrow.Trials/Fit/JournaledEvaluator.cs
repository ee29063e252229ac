using System.Security.Cryptography;
using Marrow.Trials.Studies;

namespace Marrow.Trials.Fit;

/// <summary>One batch of points, as the journal of a fit keeps it.</summary>
internal sealed record FitBatch
{
    /// <summary>Number of the batch.</summary>
    public required int Batch { get; init; }

    /// <summary>Hash of the bits of its points.</summary>
    public required string Points { get; init; }

    /// <summary>Predictions of each point.</summary>
    public required IReadOnlyList<double[]> Predictions { get; init; }
}

/// <summary>Answers from the journal what was evaluated before, and writes down what is new. A search is a function of its answers, so
/// one that is taken up again goes the same way, bit for bit, without simulating anything twice.</summary>
internal sealed class JournaledEvaluator(ITargetEvaluator inner, Journal<FitBatch> journal, Action<int>? evaluated = null) : ITargetEvaluator
{
    private int _batch;

    /// <summary>Points that were simulated, not remembered.</summary>
    public int Simulated { get; private set; }

    /// <inheritdoc/>
    public IReadOnlyList<double[]> Predict(IReadOnlyList<double[]> points, CancellationToken cancel)
    {
        var (batch, hash) = (_batch++, HashOf(points));
        if (batch < journal.Records.Count)
        {
            var known = journal.Records[batch];
            if (known.Batch != batch || known.Points != hash)
                throw new StudyException($"the journal's batch {batch} holds other points than this fit asks for; run without --resume, or into another folder");
            return known.Predictions;
        }
        var predictions = inner.Predict(points, cancel);
        Simulated += points.Count;
        journal.Add(new FitBatch { Batch = batch, Points = hash, Predictions = predictions });
        evaluated?.Invoke(points.Count);
        return predictions;
    }

    private static string HashOf(IReadOnlyList<double[]> points)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var point in points) hash.AppendData(System.Runtime.InteropServices.MemoryMarshal.AsBytes<double>(point));
        return Convert.ToHexStringLower(hash.GetHashAndReset().AsSpan(0, 12));
    }
}

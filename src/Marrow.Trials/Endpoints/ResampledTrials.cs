using Marrow.Numerics.Random;
using Marrow.Numerics.Statistics;
using Marrow.Trials.Clinical;

namespace Marrow.Trials.Endpoints;

/// <summary>Trials of the published size, drawn with replacement from the simulated patients; the same trials serve every endpoint and curve.</summary>
internal sealed class ResampledTrials(IReadOnlyList<PatientOutcome> enrolled, IReadOnlyList<PatientOutcome> infused, ulong seed)
{
    /// <summary>Trials that are drawn.</summary>
    public const int Replicates = 500;

    /// <summary>Probability of prediction intervals.</summary>
    private const double Coverage = 0.9;

    private static readonly uint _purpose = Purpose.Of("prediction trial");
    private readonly Dictionary<(bool OfEnrolled, int Size), PatientOutcome[][]> _drawn = [];

    /// <summary>The trials of a size; none where there is nobody to draw.</summary>
    /// <param name="ofEnrolled">Drawn from all enrolled patients, not only from those infused.</param>
    /// <param name="size">Patients of a trial.</param>
    public IReadOnlyList<PatientOutcome[]> Of(bool ofEnrolled, int size)
    {
        if (_drawn.TryGetValue((ofEnrolled, size), out var trials)) return trials;
        var patients = ofEnrolled ? enrolled : infused;
        trials = patients.Count == 0 ? [] : new PatientOutcome[Replicates][];
        var indices = new int[size];
        for (var i = 0; i < trials.Length; i++)
        {
            Resampling.Draw(patients.Count, new RandomKey(seed, _purpose, (ulong)i), indices);
            trials[i] = Array.ConvertAll(indices, k => patients[k]);
        }

        return _drawn[(ofEnrolled, size)] = trials;
    }

    /// <summary>Central 90 % of the values that are numbers (infinity is one); NaN where there are none.</summary>
    public static Interval Range(IEnumerable<double> values)
    {
        double[] numbers = [.. values.Where(v => !double.IsNaN(v))];
        if (numbers.Length == 0) return new Interval(double.NaN, double.NaN);
        var q = Quantiles.Of(numbers, (1 - Coverage) / 2, (1 + Coverage) / 2);
        return new Interval(q[0], q[1]);
    }
}

namespace Marrow.Trials.Fit;

/// <summary>Values of every patient, target by target, at every point; written from any thread, each place once.</summary>
internal sealed class PatientValues
{
    private const double AllowedFailures = 0.1;

    private readonly IReadOnlyList<FitTarget> _targets;
    private readonly double[][][] _values;

    /// <summary>Places for all values.</summary>
    public PatientValues(FitProblem problem, int points)
    {
        _targets = problem.Targets;
        _values = [.. Enumerable.Range(0, points).Select(_ => problem.Targets.Select(t => Empty(problem.ScenarioOf(t).Patients)).ToArray())];
    }

    /// <summary>Keeps a value; NaN for a patient that failed or whose readout does not exist.</summary>
    public void Set(int point, int target, int patient, double value) => _values[point][target][patient] = value;

    /// <summary>The statistics at a point; NaN where more than a tenth of the patients have no value.</summary>
    public double[] Predictions(int point)
    {
        var predictions = new double[_targets.Count];
        for (var i = 0; i < predictions.Length; i++)
        {
            double[] numbers = [.. _values[point][i].Where(v => !double.IsNaN(v))];
            predictions[i] = numbers.Length < (1 - AllowedFailures) * _values[point][i].Length ? double.NaN : _targets[i].Statistic.Of(numbers);
        }
        return predictions;
    }

    private static double[] Empty(int patients) => [.. Enumerable.Repeat(double.NaN, patients)];
}

/// <summary>Predicts targets by simulating all scenarios.</summary>
internal sealed class SimulatedEvaluator : ITargetEvaluator
{
    private readonly FitProblem _problem;
    private readonly ModelEngine[] _models;

    /// <summary>Compiles the models.</summary>
    public SimulatedEvaluator(FitProblem problem, int threads)
    {
        _problem = problem;
        _models = [.. problem.Scenarios.OfType<ModelScenario>().GroupBy(s => string.Join('|', s.Files)).Select(g => new ModelEngine(problem, [.. g], threads))];
    }

    /// <inheritdoc/>
    public IReadOnlyList<double[]> Predict(IReadOnlyList<double[]> points, CancellationToken cancel)
    {
        var values = new PatientValues(_problem, points.Count);
        foreach (var engine in _models) engine.Run(points, values, cancel);
        return [.. Enumerable.Range(0, points.Count).Select(values.Predictions)];
    }
}

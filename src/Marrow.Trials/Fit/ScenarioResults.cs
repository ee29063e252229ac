namespace Marrow.Trials.Fit;

/// <summary>Values of every patient of a scenario, target by target; written from any thread, each place once.</summary>
internal sealed class ScenarioResults
{
    private const double LeastShare = 0.25, LeastOfGroup = 0.5;

    private readonly Dictionary<int, double[]> _values, _weights;
    private readonly bool[] _complete;

    /// <summary>Places for the targets of a scenario.</summary>
    public ScenarioResults(FitProblem problem, FitScenario scenario)
    {
        _complete = new bool[scenario.Patients];
        _values = Enumerable.Range(0, problem.Targets.Count).Where(i => problem.Targets[i].Scenario == scenario.Name)
            .ToDictionary(i => i, _ => Enumerable.Repeat(double.NaN, scenario.Patients).ToArray());
        _weights = _values.ToDictionary(v => v.Key, v => Enumerable.Repeat(1.0, v.Value.Length).ToArray());
    }

    /// <summary>Patients whose simulation did not reach its end.</summary>
    public int Failed => _complete.Count(c => !c);

    /// <summary>Says that a patient's simulation reached its end.</summary>
    public void Complete(int patient) => _complete[patient] = true;

    /// <summary>Keeps a value, and how far the patient belongs to the target's group; NaN where the readout does not exist in this patient.</summary>
    public void Set(int target, int patient, double value, double weight)
    {
        _values[target][patient] = double.IsNaN(weight) ? double.NaN : value;
        _weights[target][patient] = weight;
    }

    /// <summary>Values of a target by patient; NaN where there is none.</summary>
    public IReadOnlyList<double> Of(int target) => _values[target];

    /// <summary>Puts the statistics of the patients that have a value in their places; NaN where more failed than the problem allows, or fewer
    /// than a quarter have one, or hardly one belongs to a group.</summary>
    public void Summarise(FitProblem problem, double[] predictions)
    {
        foreach (var (target, values) in _values)
        {
            var (own, of) = (problem.Targets[target], _weights[target]);
            int[] there = [.. Enumerable.Range(0, values.Length).Where(i => !double.IsNaN(values[i]))];
            double[] numbers = [.. there.Select(i => values[i])], weights = [.. there.Select(i => of[i])];
            var some = own.Among is null ? numbers.Length >= LeastShare * values.Length : weights.Sum() >= LeastOfGroup;
            predictions[target] = some && Failed <= problem.AllowedFailures * values.Length ? own.Statistic.Of(numbers, weights) : double.NaN;
        }
    }
}

/// <summary>One engine for each model and each disease of a problem.</summary>
internal static class ScenarioEngines
{
    /// <summary>Compiles them.</summary>
    public static IReadOnlyList<IScenarioEngine> Of(FitProblem problem, int threads) =>
    [
        .. problem.Scenarios.OfType<ModelScenario>().GroupBy(s => string.Join('|', s.Files)).Select(g => new ModelEngine(problem, [.. g], threads)),
        .. problem.Scenarios.OfType<CohortScenario>().GroupBy(s => s.Cohort).Select(g => new CohortEngine(problem, [.. g], threads)),
    ];
}

/// <summary>Predicts targets by simulating all scenarios. A scenario is simulated again only when a parameter that acts in it has moved.</summary>
internal sealed class SimulatedEvaluator : ITargetEvaluator
{
    private readonly FitProblem _problem;
    private readonly IReadOnlyList<IScenarioEngine> _engines;
    private readonly Dictionary<string, double[]> _known = new(StringComparer.Ordinal);

    /// <summary>Compiles the models.</summary>
    public SimulatedEvaluator(FitProblem problem, int threads)
    {
        _problem = problem;
        _engines = ScenarioEngines.Of(problem, threads);
    }

    /// <inheritdoc/>
    public IReadOnlyList<double[]> Predict(IReadOnlyList<double[]> points, CancellationToken cancel)
    {
        foreach (var engine in _engines)
        {
            var jobs = new Dictionary<string, ScenarioJob>(StringComparer.Ordinal);
            foreach (var point in points)
            {
                foreach (var scenario in engine.Scenarios)
                {
                    var key = Key(scenario, point);
                    if (!_known.ContainsKey(key)) jobs.TryAdd(key, new ScenarioJob(scenario, point, new ScenarioResults(_problem, scenario)));
                }
            }
            engine.Run([.. jobs.Values], cancel);
            foreach (var (key, job) in jobs)
            {
                var predictions = new double[_problem.Targets.Count];
                job.Results.Summarise(_problem, predictions);
                _known[key] = predictions;
            }
        }
        return [.. points.Select(Gather)];
    }

    private double[] Gather(double[] point)
    {
        var all = new double[_problem.Targets.Count];
        foreach (var scenario in _problem.Scenarios)
        {
            var predictions = _known[Key(scenario, point)];
            for (var i = 0; i < all.Length; i++)
            {
                if (_problem.Targets[i].Scenario == scenario.Name) all[i] = predictions[i];
            }
        }
        return all;
    }

    /// <summary>The scenario and the bits of the values that act in it.</summary>
    private string Key(FitScenario scenario, double[] point) => scenario.Name + ' ' + string.Join(' ',
        point.Where((_, i) => _problem.Parameters[i].ActsIn(scenario)).Select(v => BitConverter.DoubleToInt64Bits(v)));
}

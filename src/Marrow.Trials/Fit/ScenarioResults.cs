namespace Marrow.Trials.Fit;

/// <summary>Values of every patient of a scenario, target by target; written from any thread, each place once.</summary>
internal sealed class ScenarioResults
{
    private const double LeastShare = 0.25;

    private readonly Dictionary<int, double[]> _values;
    private readonly bool[] _complete;

    /// <summary>Places for the targets of a scenario.</summary>
    public ScenarioResults(FitProblem problem, FitScenario scenario)
    {
        _complete = new bool[scenario.Patients];
        _values = Enumerable.Range(0, problem.Targets.Count).Where(i => problem.Targets[i].Scenario == scenario.Name)
            .ToDictionary(i => i, _ => Enumerable.Repeat(double.NaN, scenario.Patients).ToArray());
    }

    /// <summary>Patients whose simulation did not reach its end.</summary>
    public int Failed => _complete.Count(c => !c);

    /// <summary>Says that a patient's simulation reached its end.</summary>
    public void Complete(int patient) => _complete[patient] = true;

    /// <summary>Keeps a value; NaN where the readout does not exist in this patient.</summary>
    public void Set(int target, int patient, double value) => _values[target][patient] = value;

    /// <summary>Values of a target by patient; NaN where there is none.</summary>
    public IReadOnlyList<double> Of(int target) => _values[target];

    /// <summary>Puts the statistics of the patients that have a value in their places; NaN where more failed than the problem allows, or fewer
    /// than a quarter have one.</summary>
    public void Summarise(FitProblem problem, double[] predictions)
    {
        foreach (var (target, values) in _values)
        {
            double[] numbers = [.. values.Where(v => !double.IsNaN(v))];
            var enough = Failed <= problem.AllowedFailures * values.Length && numbers.Length >= LeastShare * values.Length;
            predictions[target] = enough ? problem.Targets[target].Statistic.Of(numbers) : double.NaN;
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
        .. problem.Scenarios.OfType<CohortScenario>().GroupBy(s => s.Disease).Select(g => new CohortEngine(problem, [.. g], threads)),
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

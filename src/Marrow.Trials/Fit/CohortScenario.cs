using Marrow.Trials.Clinical;
using Marrow.Trials.Experiments;

namespace Marrow.Trials.Fit;

/// <summary>Virtual patients of a disease: healthy, seeded, or with overt disease, treated by regimens.</summary>
internal sealed record CohortScenario : FitScenario
{
    /// <summary>An observable that is no readout of the model: days from the first cells to overt disease.</summary>
    public const string GrowthDays = nameof(GrowthDays);

    private const double EarliestDay = -365;

    /// <summary>Disease, population and regimens.</summary>
    public required CohortModel Cohort { get; init; }

    /// <summary>What is done to the patients, at the tables' values.</summary>
    public required Scenario Scenario { get; init; }

    /// <inheritdoc/>
    public override double From => EarliestDay;

    /// <inheritdoc/>
    public override string Disease => Cohort.Files.Disease;

    /// <inheritdoc/>
    public override string? ProblemOf(string observable)
    {
        if (observable == GrowthDays) return null;
        return ReadoutFormulas.Parse(observable, ReadoutFormulas.Known(Model.Network), out var problem) is null ? problem : null;
    }
}

/// <summary>Runs the cohort scenarios of one disease.</summary>
internal sealed class CohortEngine : IScenarioEngine
{
    private readonly FitProblem _problem;
    private readonly IReadOnlyList<CohortScenario> _scenarios;
    private readonly CohortRunner _runner;
    private readonly Dictionary<string, string> _columns = new(StringComparer.Ordinal);
    private readonly double[] _medians;
    private readonly int _threads;

    /// <summary>Compiles the disease for the targets of its scenarios.</summary>
    public CohortEngine(FitProblem problem, IReadOnlyList<CohortScenario> scenarios, int threads)
    {
        (_problem, _scenarios, _threads) = (problem, scenarios, threads);
        _medians = [.. problem.Parameters.Select(p => p.Median)];
        var known = ReadoutFormulas.Known(scenarios[0].Model.Network);
        var formulas = problem.Targets.Where(t => scenarios.Any(s => s.Name == t.Scenario)).SelectMany(t => t.Observables).Distinct(StringComparer.Ordinal);
        foreach (var formula in formulas.Where(f => f != CohortScenario.GrowthDays))
            _columns[formula] = known.Contains(formula) ? formula : $"FitReadout{_columns.Count}";
        _runner = new CohortRunner(scenarios[0].Cohort, _columns.ToDictionary(c => c.Value, c => c.Key, StringComparer.Ordinal));
    }

    /// <inheritdoc/>
    public IReadOnlyList<FitScenario> Scenarios => _scenarios;

    /// <inheritdoc/>
    public void Run(IReadOnlyList<ScenarioJob> jobs, CancellationToken cancel)
    {
        // Few jobs share their patients between threads; many are spread over threads whole, which leaves no lane waiting for the last patient.
        if (jobs.Count < 2 * _threads)
        {
            foreach (var job in jobs) Run(job, _threads, cancel);
        }
        else
        {
            var options = new ParallelOptions { MaxDegreeOfParallelism = _threads, CancellationToken = cancel };
            Parallel.ForEach(jobs, options, job => Run(job, 1, cancel));
        }
        _runner.Forget();
    }

    private void Run(ScenarioJob job, int threads, CancellationToken cancel)
    {
        var scenario = (CohortScenario)job.Scenario;
        int[] patients = [.. Enumerable.Range(0, scenario.Patients)];
        int[] targets = [.. Enumerable.Range(0, _problem.Targets.Count).Where(i => _problem.Targets[i].Scenario == scenario.Name)];
        // Biology is chosen at the medians: a point meets the same patients as every other, and does not search for those who fall ill anew.
        Setting[] medians = [.. Settings(scenario, _medians), .. scenario.Scenario.Settings];
        Setting[] settings = [.. Settings(scenario, job.Values), .. scenario.Scenario.Settings];
        var changed = scenario.Scenario with { Settings = settings, DrawAs = settings.SequenceEqual(medians) ? null : medians };
        _runner.Run(changed, patients, _problem.Seed, threads, course =>
        {
            if (course.Readouts is not { } readouts) return 0;
            job.Results.Complete(course.Patient);
            // Published figures count those who were treated.
            if (!readouts.Events.Infused) return 0;
            foreach (var i in targets) Read(_problem.Targets[i], i, course, readouts, job.Results);
            return 0;
        }, cancel);
    }

    /// <summary>Typical values act as factors, so that the spread between patients and the scaling with size stay; a typical value of 0 is set.</summary>
    private IEnumerable<Setting> Settings(CohortScenario scenario, double[] values)
    {
        for (var i = 0; i < values.Length; i++)
        {
            var parameter = _problem.Parameters[i];
            if (!parameter.ActsIn(scenario) || !scenario.Parameters.Contains(parameter.Id)) continue;
            var table = scenario.Model.Parameters.Find(parameter.Id)?.Value ?? parameter.Median;
            if (values[i] == table) continue;
            yield return table == 0
                ? new Setting(parameter.Id, SettingKind.Set, values[i], SettingPhase.Life)
                : new Setting(parameter.Id, SettingKind.Multiply, values[i] / table, SettingPhase.Life);
        }
    }

    private void Read(FitTarget target, int place, CohortCourse course, Course readouts, ScenarioResults results)
    {
        double[] times = [.. readouts.Times];
        var weight = target.Among is { } group ? group.WeightOf(times, Values(group.Observable, readouts)) : 1;
        var value = target.Observable == CohortScenario.GrowthDays ? course.GrowthDays : target.Time.Of(times, Values(target.Observable, readouts));
        results.Set(place, course.Patient, value * target.Factor, weight);
    }

    private double[] Values(string observable, Course readouts)
    {
        var column = readouts.Index(_columns[observable]);
        var values = new double[readouts.Times.Count];
        for (var row = 0; row < values.Length; row++) values[row] = readouts.Value(column, row);
        return values;
    }
}

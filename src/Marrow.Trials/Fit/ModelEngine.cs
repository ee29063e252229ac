using Marrow.Networks.Compilation;
using Marrow.Numerics.Ode;
using Marrow.Numerics.Statistics;
using Marrow.Numerics.Vectors;
using Marrow.Trials.Patients;

namespace Marrow.Trials.Fit;

/// <summary>Runs the model scenarios of one model file: every point, scenario and patient is a trajectory of one queue, so that perturbed
/// parameters fill lanes like patients.</summary>
internal sealed class ModelEngine : IScenarioEngine
{
    private readonly FitProblem _problem;
    private readonly IReadOnlyList<ModelScenario> _scenarios;
    private readonly CompiledModel _model;
    private readonly int _threads;

    /// <summary>Compiles the model for the targets of its scenarios.</summary>
    public ModelEngine(FitProblem problem, IReadOnlyList<ModelScenario> scenarios, int threads)
    {
        (_problem, _scenarios, _threads) = (problem, scenarios, threads);
        string[] observables = [.. problem.Targets.Where(t => scenarios.Any(s => s.Name == t.Scenario)).SelectMany(t => t.Observables).Distinct(StringComparer.Ordinal)];
        _model = CompiledModel.Compile(scenarios[0].Model.Network, new CompileOptions { Observables = observables, NonNegativeSpecies = true });
    }

    /// <inheritdoc/>
    public IReadOnlyList<FitScenario> Scenarios => _scenarios;

    /// <inheritdoc/>
    public void Run(IReadOnlyList<ScenarioJob> jobs, CancellationToken cancel)
    {
        Job[] patients = [.. jobs.SelectMany(j => Enumerable.Range(0, j.Scenario.Patients).Select(patient => new Job(this, j, patient)))];
        var next = -1;
        var options = new StepperOptions { RelativeTolerance = _problem.RelativeTolerance, AbsoluteTolerance = _problem.AbsoluteTolerance };
        LaneWorkers.Run(_model.System, options, Math.Clamp(_threads, 1, Math.Max(1, patients.Length)), () => new Queue(() =>
        {
            var i = Interlocked.Increment(ref next);
            return i < patients.Length ? patients[i] : null;
        }), cancel);
    }

    /// <summary>Parameters of a patient: the typical value at this point, spread as the tables say.</summary>
    private double[] ParametersOf(ModelScenario scenario, double[] point, int patient)
    {
        var parameters = _model.DefaultParameters();
        for (var i = 0; i < point.Length; i++)
        {
            if (_problem.Parameters[i].ActsIn(scenario) && _model.ParameterIndex(_problem.Parameters[i].Id) is >= 0 and var at) parameters[at] = point[i];
        }
        if (scenario.Patients > 1)
        {
            var random = new PatientRandom(_problem.Seed, patient);
            for (var i = 0; i < parameters.Length; i++)
            {
                if (scenario.Model.Parameters.Find(_model.Parameters[i]) is not { LogSd: { } sd } row) continue;
                // The table's limits are where draws are cut; they move with the typical value.
                var (lower, upper) = FitTables.LimitsOf(row, parameters[i]);
                parameters[i] *= VectorMath.Exp(sd * NormalDistribution.Quantile(random.Spread("biology " + _model.Parameters[i])));
                parameters[i] = Math.Clamp(parameters[i], lower ?? 0, upper ?? double.PositiveInfinity);
            }
        }
        foreach (var (name, value) in scenario.Set)
        {
            if (_model.ParameterIndex(name) is >= 0 and var at) parameters[at] = value;
        }
        return parameters;
    }

    private sealed class Queue(Func<Trajectory?> next) : IFollowUpSource
    {
        public bool HasFollowUps => false;

        public Trajectory? Next() => next();
    }

    /// <summary>One patient of one scenario at one point.</summary>
    private sealed class Job : Trajectory
    {
        private readonly ModelEngine _engine;
        private readonly ModelScenario _scenario;
        private readonly ScenarioJob _job;
        private readonly int _patient;
        private readonly double[] _grid;
        private readonly double[] _observed;
        private readonly List<double[]> _rows = [];
        private int _dose;

        public Job(ModelEngine engine, ScenarioJob job, int patient)
        {
            (_engine, _scenario, _job, _patient) = (engine, (ModelScenario)job.Scenario, job, patient);
            _grid = _scenario.Grid();
            _observed = new double[engine._model.Observables.Count];
        }

        public override double NextStop => _dose < _scenario.Doses.Count ? _scenario.Doses[_dose].Day : _scenario.To;

        public override double NextSample => _rows.Count < _grid.Length ? _grid[_rows.Count] : double.PositiveInfinity;

        public override double Begin(Span<double> states, Span<double> parameters)
        {
            _engine.ParametersOf(_scenario, _job.Values, _patient).CopyTo(parameters);
            _engine._model.InitialStates(parameters, states);
            foreach (var (name, value) in _scenario.Set)
            {
                if (_engine._model.StateIndex(name) is >= 0 and var at) states[at] = value;
            }
            Give(0, states, parameters);
            return 0;
        }

        public override Directive AtStop(double time, Span<double> states, Span<double> parameters)
        {
            Give(time, states, parameters);
            return time >= _scenario.To ? Directive.Finish : Directive.Restart;
        }

        public override Directive AtSample(double time, Span<double> states, Span<double> parameters)
        {
            _engine._model.Evaluate(time, states, parameters, _observed);
            _rows.Add([.. _observed]);
            return Directive.Continue;
        }

        public override void Ended(in TrajectoryReport report, ReadOnlySpan<double> states)
        {
            if (report.Outcome != Outcome.Done || _rows.Count != _grid.Length) return;
            _job.Results.Complete(_patient);
            var targets = _engine._problem.Targets;
            for (var i = 0; i < targets.Count; i++)
            {
                if (targets[i].Scenario != _scenario.Name) continue;
                var among = targets[i].Among is { } group ? group.WeightOf(_grid, Values(group.Observable)) : 1;
                _job.Results.Set(i, _patient, targets[i].Time.Of(_grid, Values(targets[i].Observable)) * targets[i].Factor, among);
            }
        }

        private double[] Values(string observable)
        {
            var column = _engine._model.ObservableIndex(observable);
            return [.. _rows.Select(r => r[column])];
        }

        private void Give(double time, Span<double> states, Span<double> parameters)
        {
            for (; _dose < _scenario.Doses.Count && _scenario.Doses[_dose].Day <= time; _dose++)
            {
                var dose = _scenario.Doses[_dose];
                if (_engine._model.StateIndex(dose.Target) is >= 0 and var state) states[state] += dose.Amount;
                else parameters[_engine._model.ParameterIndex(dose.Target)] = dose.Amount;
            }
        }
    }
}

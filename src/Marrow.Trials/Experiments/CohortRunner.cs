using Marrow.Networks.Compilation;
using Marrow.Networks.Structure;
using Marrow.Numerics.Ode;
using Marrow.Trials.Clinical;
using Marrow.Trials.Patients;
using Marrow.Trials.Studies;

namespace Marrow.Trials.Experiments;

/// <summary>What the pipelines of all threads share.</summary>
internal sealed record CohortSystem(IStudyModel Model, BiologyTable Biology, EntryPlan Entry, HistoryPlan History, ClinicalProtocol Clinical)
{
    public SizeTables Sizes => Clinical.Sizes;

    /// <summary>The biology of a draw, made again from its random numbers.</summary>
    public string[] Describe(Candidate candidate)
    {
        var values = Biology.Draw(candidate.Random, candidate.Attempt, candidate.Values);
        return [.. Model.Parameters.Select((name, i) => FormattableString.Invariant($"{name}={values[i]}"))];
    }
}

/// <summary>Runs scenarios on virtual patients, eight in a lane block and on several threads. A result is a function of model, scenario,
/// seed and patient number: not of threads, nor of what ran before. Growth to day 0 is kept and shared by scenarios that start alike.</summary>
public sealed class CohortRunner
{
    private readonly CohortModel _model;
    private readonly CohortSystem _system;
    private readonly ScenarioResolver _resolver;
    private readonly EnrolmentCache _cache = new();
    private readonly Dictionary<string, string> _missing = new(StringComparer.Ordinal);

    /// <summary>Compiles a model.</summary>
    /// <param name="model">Disease, population and regimens.</param>
    /// <param name="readouts">What to record: a name of the model, or a new name with a formula of names of the model (Antimony). What
    /// the clinical layer reads is always recorded.</param>
    public CohortRunner(CohortModel model, IReadOnlyDictionary<string, string> readouts)
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(readouts);
        _model = model;
        var network = model.Model.Network;
        var known = ReadoutFormulas.Known(network);
        var rules = new List<(string Name, Expression Value)>();
        var recorded = new List<string>();
        foreach (var (name, formula) in readouts.OrderBy(r => r.Key, StringComparer.Ordinal))
        {
            if (formula == name && known.Contains(name)) recorded.Add(name);
            else if (known.Contains(name)) _missing[name] = $"'{name}' is a name of the model already";
            else if (ReadoutFormulas.Parse(formula, known, out var problem) is { } value)
            {
                rules.Add((name, value));
                recorded.Add(name);
            }
            else _missing[name] = problem;
        }
        var entry = model.Parts.Population.Entry;
        string[] observables =
        [
            .. Readouts.All.Concat(Readouts.Optional.Append(Readouts.ManufactureFailureRisk).Where(known.Contains)).Concat([entry.ShareObservable, entry.BurdenObservable])
                .Concat(model.CareSignals).Concat(recorded).Distinct(StringComparer.Ordinal),
        ];
        var compiled = new CompiledStudyModel(CompiledModel.Compile(
            ReadoutFormulas.Add(network, rules), new CompileOptions { Observables = observables, NonNegativeSpecies = true, Counted = model.Model.Counted }));
        var index = new ModelIndex(compiled);
        _system = new CohortSystem(
            compiled, PreparedStudy.BiologyOf(model.Parts, compiled, index), PreparedStudy.EntryOf(entry, index),
            PreparedStudy.HistoryOf(model.Parts.Population.History, index), model.Parts.Clinical);
        _resolver = new ScenarioResolver(model, compiled);
    }

    /// <summary>Readouts that cannot be recorded, each with the reason.</summary>
    public IReadOnlyDictionary<string, string> Missing => _missing;

    /// <summary>Names of the recorded readouts.</summary>
    public IReadOnlyList<string> Recorded => _system.Model.Observables;

    /// <summary>Values of the parameters that are the same in every patient.</summary>
    internal IReadOnlyDictionary<string, double> Defaults
    {
        get
        {
            var varied = _system.Biology.Varied.ToHashSet();
            var names = _system.Model.Parameters;
            return Enumerable.Range(0, names.Count).Where(i => !varied.Contains(i)).ToDictionary(i => names[i], i => _system.Biology.Defaults[i], StringComparer.Ordinal);
        }
    }

    /// <summary>Medians of the parameters that differ between patients.</summary>
    internal IReadOnlyDictionary<string, double> Medians =>
        _system.Biology.Parameters.Where(p => p.LogSd > 0).ToDictionary(p => p.Name, p => p.Median, StringComparer.Ordinal);

    /// <summary>Whether patients are drawn by subtype.</summary>
    internal bool HasSubtypes => _model.Parts.Population.Subtypes.Subtypes.Count > 0;

    /// <summary>What a scenario names that is not there; empty if it can be run.</summary>
    public IReadOnlyList<string> Problems(Scenario scenario) => _resolver.Problems(scenario);

    /// <summary>Covariates and factors of a patient, without simulation.</summary>
    public IReadOnlyDictionary<string, double> Values(Scenario scenario, int patient, ulong seed) =>
        Covariates.OfPatient(_resolver.Prepare(scenario).Population, _system.Sizes, new PatientRandom(seed, patient));

    /// <summary>Runs a scenario.</summary>
    /// <param name="scenario">What is done.</param>
    /// <param name="patients">Numbers of the patients.</param>
    /// <param name="seed">Seed of every random number.</param>
    /// <param name="threads">Threads; 0 for one a processor.</param>
    /// <param name="cancel">Stops the run.</param>
    /// <returns>One course a patient, in the order given; failed patients included.</returns>
    /// <exception cref="ScenarioException">The scenario names what is not there.</exception>
    public IReadOnlyList<CohortCourse> Run(Scenario scenario, IReadOnlyList<int> patients, ulong seed, int threads = 0, CancellationToken cancel = default) =>
        Run(scenario, patients, seed, threads, course => course, cancel);

    /// <summary>Runs a scenario and keeps of every course only what <paramref name="reduce"/> makes of it; called on any thread.</summary>
    public IReadOnlyList<T> Run<T>(
        Scenario scenario, IReadOnlyList<int> patients, ulong seed, int threads, Func<CohortCourse, T> reduce, CancellationToken cancel = default)
    {
        ArgumentNullException.ThrowIfNull(scenario);
        ArgumentNullException.ThrowIfNull(patients);
        ArgumentNullException.ThrowIfNull(reduce);
        if (_resolver.Problems(scenario) is { Count: > 0 } problems) throw new ScenarioException(scenario.Name, problems);
        var prepared = _resolver.Prepare(scenario);
        var places = patients.Select((p, i) => (p, i)).ToDictionary(x => x.p, x => x.i);
        var results = new T[patients.Count];
        var next = -1;
        int? NextPatient()
        {
            var i = Interlocked.Increment(ref next);
            return i < patients.Count ? patients[i] : null;
        }

        void Finished(CohortCourse course) => results[places[course.Patient]] = reduce(course);
        var solver = _model.Solver;
        var options = new StepperOptions { RelativeTolerance = solver.Relative, AbsoluteTolerance = solver.Absolute, MaxSteps = solver.MaxSteps };
        var workers = Math.Clamp(threads > 0 ? threads : Environment.ProcessorCount, 1, Math.Max(1, patients.Count));
        LaneWorkers.Run(_system.Model.System, options, workers, () => new CohortPipeline(_system, prepared, seed, _cache, NextPatient, Finished), cancel);
        return results;
    }

    /// <summary>Forgets the patients that were grown, to free their memory.</summary>
    public void Forget() => _cache.Clear();
}

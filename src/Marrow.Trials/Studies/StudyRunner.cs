using System.Diagnostics;
using Marrow.Numerics.Ode;
using Marrow.Trials.Clinical;
using Marrow.Trials.Endpoints;
using Marrow.Trials.Patients;

namespace Marrow.Trials.Studies;

/// <summary>Runs a study: patients are independent, each a function of study, seed and number, on as many threads as wanted, each with
/// its own eight lanes. The tables are the same to the byte for every number of threads, order of patients, and after a crash.</summary>
public static class StudyRunner
{
    /// <summary>Runs a study and writes its tables.</summary>
    /// <param name="study">The study.</param>
    /// <param name="options">Folder, threads, and what replaces the study's own numbers.</param>
    /// <param name="progress">Told after every patient; may be null.</param>
    /// <param name="cancel">Stops the run; what is finished stays in the journal and can be resumed.</param>
    /// <exception cref="StudyException">The folder cannot be used, or holds a run of other inputs.</exception>
    /// <exception cref="OperationCanceledException">The run was stopped.</exception>
    public static StudyResult Run(Study study, RunOptions options, IProgress<RunProgress>? progress = null, CancellationToken cancel = default)
    {
        ArgumentNullException.ThrowIfNull(study);
        ArgumentNullException.ThrowIfNull(options);
        var clock = Stopwatch.StartNew();
        var prepared = PreparedStudy.Prepare(study);
        var preparation = clock.Elapsed.TotalSeconds;
        return Run(prepared, preparation, options, progress, cancel);
    }

    /// <summary>Runs a prepared study.</summary>
    internal static StudyResult Run(
        PreparedStudy prepared, double preparationSeconds, RunOptions options, IProgress<RunProgress>? progress, CancellationToken cancel)
    {
        var study = prepared.Study;
        var seed = options.Seed ?? study.Seed;
        var patients = options.Patients ?? study.Patients;
        var inputs = InputHashes.Of(study);
        var key = InputHashes.Key(inputs, seed);
        Directory.CreateDirectory(options.OutputFolder);
        using var journal = options.Resume ? Journal<PatientRecord>.Resume(options.OutputFolder, key) : Journal<PatientRecord>.Create(options.OutputFolder, key);
        var records = new PatientRecord?[patients];
        foreach (var record in journal.Records.Where(r => r.Patient < patients)) records[record.Patient] = record;
        int[] open = [.. Enumerable.Range(0, patients).Where(i => records[i] is null)];

        var clock = Stopwatch.StartNew();
        var threads = Math.Clamp(options.Threads > 0 ? options.Threads : Environment.ProcessorCount, 1, Math.Max(1, open.Length));
        var counts = Simulate(prepared, seed, open, threads, new Keeper(records, journal, patients - open.Length, progress), cancel);
        var seconds = clock.Elapsed.TotalSeconds;

        var result = Summarise(prepared, records!, options.OutputFolder, seed, inputs, new RunTiming
        {
            Seconds = seconds,
            Threads = threads,
            LaneUse = counts.LaneUse,
            MicrosecondsPerPatient = open.Length == 0 ? 0 : seconds * 1e6 * threads / open.Length,
            Steps = counts.LaneSteps,
            Simulated = open.Length,
            PreparationSeconds = preparationSeconds,
        });
        StudyTables.Write(result, records!);
        Manifest.Write(result, key);
        return result;
    }

    /// <summary>Simulates patients in any order; returns what the steppers did.</summary>
    internal static StepperCounts Simulate(PreparedStudy prepared, ulong seed, IReadOnlyList<int> patients, int threads, IPatientSink sink, CancellationToken cancel)
    {
        var settings = prepared.Study.Solver;
        var options = new StepperOptions { RelativeTolerance = settings.Relative, AbsoluteTolerance = settings.Absolute, MaxSteps = settings.MaxSteps };
        var next = -1;
        int? NextPatient()
        {
            var i = Interlocked.Increment(ref next);
            return i < patients.Count ? patients[i] : null;
        }

        return LaneWorkers.Run(prepared.Model.System, options, threads, () => new PatientPipeline(prepared, seed, NextPatient, sink.Add), cancel);
    }

    private static StudyResult Summarise(
        PreparedStudy prepared, PatientRecord[] records, string folder, ulong seed, IReadOnlyList<InputHash> inputs, RunTiming timing)
    {
        var study = prepared.Study;
        ReasonCount[] rejected =
        [
            .. Enum.GetValues<Rejection>().Select(r => new ReasonCount(StudyTables.Reason(r), records.Sum(p => p.Rejections.Count(x => x == r)))),
        ];
        PatientFailure[] failures = [.. records.Select(r => r.Failure).OfType<PatientFailure>()];
        var arms = study.Arms.Select((arm, i) =>
        {
            PatientOutcome[] outcomes = [.. records.Where(r => r.Failure is null).Select(r => r.Arms[i].Outcome)];
            var summary = TrialSummarizer.Summarize(outcomes, new SummaryInputs
            {
                Arm = arm.Name,
                Protocol = study.Parts.Clinical,
                Published = study.Parts.Published,
                PublishedCurves = study.Parts.Curves,
                Seed = seed,
                Rejected = rejected,
                Failed = failures.Length,
                Endpoints = study.Endpoints,
            });
            return new ArmResult(arm.Name, outcomes, study.Uncertainty is null ? summary : ReplicateSummary.Add(summary, outcomes, study.Uncertainty, seed));
        }).ToArray();
        return new StudyResult
        {
            Study = study,
            Seed = seed,
            Patients = records.Length,
            Arms = arms,
            Comparisons = ArmComparer.Compare([.. arms.Select(a => new ComparedArm(a.Name, a.Outcomes))], study.Parts.Clinical, study.Parts.Published, seed),
            Rejected = rejected,
            ParameterCounts = NumberCensus.Count(study),
            WeightedShares = WeightedCensus.Count(study),
            Assumptions = NumberCensus.Assumptions(study),
            Failures = failures,
            Inputs = inputs,
            Timing = timing,
            OutputFolder = folder,
        };
    }

    /// <summary>Keeps finished patients: in memory for the tables, and in the journal.</summary>
    private sealed class Keeper(PatientRecord?[] records, Journal<PatientRecord> journal, int done, IProgress<RunProgress>? progress) : IPatientSink
    {
        private readonly Lock _lock = new();
        private int _done = done;
        private int _failed = records.Count(r => r?.Failure is not null);

        public void Add(PatientRecord record)
        {
            journal.Add(record);
            lock (_lock)
            {
                records[record.Patient] = record;
                _done++;
                if (record.Failure is not null) _failed++;
                progress?.Report(new RunProgress(_done, records.Length, _failed));
            }
        }
    }
}

/// <summary>Receives finished patients, from any thread.</summary>
internal interface IPatientSink
{
    /// <summary>Takes a record.</summary>
    void Add(PatientRecord record);
}

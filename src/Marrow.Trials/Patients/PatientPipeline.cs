using Marrow.Numerics.Ode;
using Marrow.Trials.Clinical;
using Marrow.Trials.Studies;

namespace Marrow.Trials.Patients;

/// <summary>Leads patients through entry and arms on one thread: each trajectory that ends brings forth the next of the same patient,
/// until the patient's record is complete. What comes out is a function of study, seed and patient number only.</summary>
internal sealed class PatientPipeline : IFollowUpSource
{
    private readonly PreparedStudy _study;
    private readonly ulong _seed;
    private readonly Func<int?> _nextPatient;
    private readonly Action<PatientRecord> _finished;
    private readonly Stack<Trajectory> _followUps = new();

    /// <summary>Creates a pipeline.</summary>
    /// <param name="study">The study.</param>
    /// <param name="seed">Seed of the run.</param>
    /// <param name="nextPatient">The queue of patients, shared between threads; null when it is empty.</param>
    /// <param name="finished">Receives every record.</param>
    public PatientPipeline(PreparedStudy study, ulong seed, Func<int?> nextPatient, Action<PatientRecord> finished)
    {
        _study = study;
        _seed = seed;
        _nextPatient = nextPatient;
        _finished = finished;
    }

    /// <inheritdoc/>
    public bool HasFollowUps => _followUps.Count > 0;

    /// <inheritdoc/>
    public Trajectory? Next()
    {
        if (_followUps.TryPop(out var next)) return next;
        return _nextPatient() is { } patient ? StartEntry(patient, 0, Covariates.OfPatient(_study.Study.Parts.Population, _study.Study.Parts.Clinical.Sizes, new PatientRandom(_seed, patient)), []) : null;
    }

    private Trajectory StartEntry(int patient, int draw, IReadOnlyDictionary<string, double> values, IReadOnlyList<Rejection> rejections)
    {
        var candidate = new Candidate(patient, draw, new PatientRandom(_seed, patient), values, rejections);
        var entry = new EntryTrajectory(_study.Model, _study.Biology, _study.Entry, candidate, EntryEnded);
        return SmallNumbers.Count(_study.Model, entry, candidate.Random, "before entry", draw);
    }

    private void EntryEnded(EntryTrajectory entry, TrajectoryReport report)
    {
        var candidate = entry.Candidate;
        if (report.Outcome != Outcome.Done)
        {
            Finish(candidate, Failure(candidate, "", "growth of the leukaemia before entry", report, candidate.Attempt));
        }
        else if (entry.Rejection is { } reason)
        {
            IReadOnlyList<Rejection> rejections = [.. candidate.Rejections, reason];
            if (candidate.Attempt + 1 < _study.Entry.Rule.Draws)
                _followUps.Push(StartEntry(candidate.Patient, candidate.Attempt + 1, candidate.Values, rejections));
            else
                Finish(candidate with { Rejections = rejections }, NeverAccepted(candidate));
        }
        else
        {
            StartArm(Enrol(entry), 0, []);
        }
    }

    private EnrolledPatient Enrol(EntryTrajectory entry)
    {
        var candidate = entry.Candidate;
        var values = new Dictionary<string, double>(candidate.Values, StringComparer.Ordinal);
        double[] states = [.. entry.States], parameters = [.. entry.Parameters];
        _study.History.Apply(candidate.Random, values, states, parameters);
        return new EnrolledPatient
        {
            Covariates = BodySize.CovariatesOf(candidate.Patient, _seed, values, _study.Entry.Rule.StopValue, _study.Study.Parts.Clinical),
            Random = candidate.Random,
            Values = values,
            States = states,
            Parameters = parameters,
            GrowthDays = entry.GrowthDays,
            Draw = candidate.Attempt,
            Rejections = candidate.Rejections,
        };
    }

    private void StartArm(EnrolledPatient patient, int arm, IReadOnlyList<ArmRecord> done) =>
        _followUps.Push(SmallNumbers.Count(
            _study.Model, new ArmTrajectory(_study.Arms[arm], patient, (trajectory, report) => ArmEnded(trajectory, report, done)), patient.Random, "after entry"));

    private void ArmEnded(ArmTrajectory trajectory, TrajectoryReport report, IReadOnlyList<ArmRecord> done)
    {
        var patient = trajectory.Patient;
        var arm = _study.Study.Arms[trajectory.Arm].Name;
        if (report.Outcome != Outcome.Done || trajectory.Problem is not null)
        {
            Finish(patient, [], Failure(new Candidate(patient.Covariates.Id, patient.Draw, patient.Random, patient.Values, patient.Rejections), arm, "treatment and follow-up", report, patient.Draw, trajectory.Problem));
            return;
        }
        var course = trajectory.Course();
        var outcome = ClinicalLayer.Assess(patient.Covariates, course, _study.Study.Parts.Clinical, _seed);
        IReadOnlyList<ArmRecord> records =
        [
            .. done,
            new ArmRecord
            {
                Outcome = outcome,
                Doses = course.Events.Doses,
                Extinctions = course.Events.Extinctions,
                Decisions = course.Events.Decisions,
                Observations = trajectory.Observed(outcome, course),
            },
        ];
        if (trajectory.Arm + 1 < _study.Arms.Count) StartArm(patient, trajectory.Arm + 1, records);
        else Finish(patient, records, null);
    }

    private void Finish(EnrolledPatient patient, IReadOnlyList<ArmRecord> arms, PatientFailure? failure) => _finished(new PatientRecord
    {
        Patient = patient.Covariates.Id,
        Values = patient.Values,
        Rejections = patient.Rejections,
        GrowthDays = patient.GrowthDays,
        Arms = arms,
        Failure = failure,
    });

    private void Finish(Candidate candidate, PatientFailure failure) => _finished(new PatientRecord
    {
        Patient = candidate.Patient,
        Values = candidate.Values,
        Rejections = candidate.Rejections,
        Failure = failure,
    });

    private PatientFailure Failure(Candidate candidate, string arm, string phase, TrajectoryReport report, int draw, string? problem = null)
    {
        var (cause, remedy) = problem is null ? FailureCause.Of(report.Outcome) : (problem, "correct the dosing table, or what the model says of its doses");
        var state = report.WorstState >= 0 && report.WorstState < _study.Model.States.Count ? _study.Model.States[report.WorstState] : "";
        return new PatientFailure(candidate.Patient, arm, phase, report.Time, cause, state, draw, _seed, remedy, Parameters(candidate));
    }

    private PatientFailure NeverAccepted(Candidate candidate) => new(
        candidate.Patient, "", "growth of the leukaemia before entry", 0, $"none of {_study.Entry.Rule.Draws} draws of biology reached the share at entry", "",
        candidate.Attempt, _seed, "raise entry.draws of the population, or widen its biology", Parameters(candidate));

    /// <summary>The biology of a draw, made again from its random numbers.</summary>
    private string[] Parameters(Candidate candidate)
    {
        var values = _study.Biology.Draw(candidate.Random, candidate.Attempt, candidate.Values);
        return [.. _study.Model.Parameters.Select((name, i) => string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{name}={values[i]}"))];
    }
}

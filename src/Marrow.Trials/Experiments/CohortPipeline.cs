using System.Collections.Concurrent;
using Marrow.Numerics.Ode;
using Marrow.Trials.Clinical;
using Marrow.Trials.Patients;
using Marrow.Trials.Studies;

namespace Marrow.Trials.Experiments;

/// <summary>A patient on day 0, or why there is none.</summary>
internal sealed record Enrolment(EnrolledPatient? Patient, PatientFailure? Failure);

/// <summary>Patients grown to day 0, by start and patient number: shared by scenarios, filled by any thread. What is in it does not
/// depend on who filled it.</summary>
internal sealed class EnrolmentCache
{
    private readonly ConcurrentDictionary<(string Key, ulong Seed, int Patient), Enrolment> _items = new();

    public Enrolment? Find(PreparedScenario scenario, ulong seed, int patient) => _items.GetValueOrDefault((scenario.Key, seed, patient));

    public void Keep(PreparedScenario scenario, ulong seed, int patient, Enrolment enrolment) => _items[(scenario.Key, seed, patient)] = enrolment;

    public void Clear() => _items.Clear();
}

/// <summary>Leads patients through a scenario on one thread.</summary>
internal sealed class CohortPipeline(
    CohortSystem system, PreparedScenario scenario, ulong seed, EnrolmentCache cache, Func<int?> nextPatient, Action<CohortCourse> finished) : IFollowUpSource
{
    private readonly Stack<Trajectory> _followUps = new();

    /// <inheritdoc/>
    public bool HasFollowUps => _followUps.Count > 0;

    /// <inheritdoc/>
    public Trajectory? Next()
    {
        // A patient that is already known to have failed brings forth no trajectory.
        while (_followUps.Count == 0)
        {
            if (nextPatient() is not { } patient) return null;
            Begin(patient);
        }
        return _followUps.Pop();
    }

    /// <summary>Every trajectory passes here.</summary>
    private void Launch(Trajectory trajectory) => _followUps.Push(trajectory);

    /// <summary>A part of a patient's life in which small populations are random.</summary>
    private void Launch(Trajectory trajectory, PatientRandom random, string phase, int attempt = 0) =>
        Launch(SmallNumbers.Count(system.Model, trajectory, random, phase, attempt));

    private void Begin(int patient)
    {
        if (cache.Find(scenario, seed, patient) is { } known) Treat(patient, known);
        else Enter(scenario, patient, () => Begin(patient));
    }

    /// <summary>Brings a patient to day 0 of a scenario, then goes on.</summary>
    private void Enter(PreparedScenario target, int patient, Action then)
    {
        if (target.Reference is { } reference && cache.Find(reference, seed, patient) is null)
        {
            Enter(reference, patient, () => Enter(target, patient, then));
            return;
        }
        var random = new PatientRandom(seed, patient);
        var values = Covariates.OfPatient(target.Population, system.Sizes, random);
        var draw = 0;
        if (target.Reference is { } chosen)
        {
            var enrolment = cache.Find(chosen, seed, patient)!;
            if (enrolment.Patient is null)
            {
                cache.Keep(target, seed, patient, enrolment);
                then();
                return;
            }
            draw = enrolment.Patient.Draw;
        }
        Grow(target, new Candidate(patient, draw, random, values, []), then);
    }

    private void Grow(PreparedScenario target, Candidate candidate, Action then)
    {
        if (target.Scenario.Start.Kind is StartKind.Healthy or StartKind.Seed)
        {
            Launch(new RestTrajectory(system.Model, system.Biology, system.Entry, candidate, target.Entry, (rest, report) =>
            {
                var enrolment = report.Outcome != Outcome.Done ? Failed(candidate, "rest", report)
                    : new Enrolment(Enrol(target, candidate, rest.States, rest.Parameters, 0), null);
                Keep(target, candidate.Patient, enrolment, then);
            }));
        }
        else
        {
            var growth = new EntryTrajectory(system.Model, system.Biology, system.Entry, candidate, (entry, report) => Grown(target, entry, report, then), target.Entry);
            Launch(growth, candidate.Random, "before entry", candidate.Attempt);
        }
    }

    private void Grown(PreparedScenario target, EntryTrajectory entry, TrajectoryReport report, Action then)
    {
        var candidate = entry.Candidate;
        if (report.Outcome != Outcome.Done)
        {
            Keep(target, candidate.Patient, Failed(candidate, "growth of the leukaemia", report), then);
        }
        else if (entry.Rejection is { } reason)
        {
            var last = target.Reference is not null || candidate.Attempt + 1 >= system.Entry.Rule.Draws;
            var rejected = candidate with { Rejections = [.. candidate.Rejections, reason] };
            if (last) Keep(target, candidate.Patient, NeverGrown(rejected), then);
            else Grow(target, rejected with { Attempt = candidate.Attempt + 1 }, then);
        }
        else
        {
            var patient = Enrol(target, candidate, entry.States, entry.Parameters, entry.GrowthDays);
            if (target.Induction is { } induction) Induce(target, induction, patient, then);
            else Keep(target, candidate.Patient, new Enrolment(patient, null), then);
        }
    }

    private void Induce(PreparedScenario target, ArmContext induction, EnrolledPatient patient, Action then) =>
        Launch(new ArmTrajectory(induction, patient, (arm, report) =>
        {
            var id = patient.Covariates.Id;
            var enrolment = report.Outcome == Outcome.Done
                ? new Enrolment(patient with { States = arm.States }, null)
                : Failed(new Candidate(id, patient.Draw, patient.Random, patient.Values, patient.Rejections), "induction", report);
            Keep(target, id, enrolment, then);
        }), patient.Random, "after entry");

    private EnrolledPatient Enrol(PreparedScenario target, Candidate candidate, double[] grown, double[] parameters, double growthDays)
    {
        var values = new Dictionary<string, double>(candidate.Values, StringComparer.Ordinal);
        double[] states = [.. grown];
        system.History.Apply(candidate.Random, values, states, parameters, target.Scenario.Start.PriorTreatment);
        return new EnrolledPatient
        {
            Covariates = BodySize.CovariatesOf(candidate.Patient, seed, values, system.Entry.Rule.StopValue, system.Clinical),
            Random = candidate.Random,
            Values = values,
            States = states,
            Parameters = parameters,
            GrowthDays = growthDays,
            Draw = candidate.Attempt,
            Rejections = candidate.Rejections,
        };
    }

    private void Keep(PreparedScenario target, int patient, Enrolment enrolment, Action then)
    {
        cache.Keep(target, seed, patient, enrolment);
        then();
    }

    /// <summary>Day 0: the settings of the scenario, the seed, and what follows.</summary>
    private void Treat(int patient, Enrolment enrolment)
    {
        if (enrolment.Patient is not { } enrolled)
        {
            finished(new CohortCourse(patient, new Dictionary<string, double>(), null, 0, enrolment.Failure, null));
            return;
        }
        double[] states = [.. enrolled.States], parameters = [.. enrolled.Parameters];
        if (scenario.Scenario.Start.Kind == StartKind.Seed)
            states[scenario.SeedState] += scenario.Scenario.Start.SeedCells / system.History.Rule.CellsPerUnit;
        ModelChange.Apply(scenario.AtStart, states, parameters);
        var ready = enrolled with { States = states, Parameters = parameters };
        Launch(new ArmTrajectory(scenario.Treatment, ready, (arm, report) => Done(arm, report)), ready.Random, "after entry", scenario.Induction is null ? 0 : 1);
    }

    private void Done(ArmTrajectory arm, TrajectoryReport report)
    {
        var patient = arm.Patient;
        var id = patient.Covariates.Id;
        if (report.Outcome != Outcome.Done)
        {
            var failure = Failed(new Candidate(id, patient.Draw, patient.Random, patient.Values, patient.Rejections), "treatment and follow-up", report).Failure;
            finished(new CohortCourse(id, patient.Values, null, patient.GrowthDays, failure, null));
            return;
        }
        var course = arm.Course();
        PatientOutcome Assess() => ClinicalLayer.Assess(patient.Covariates, course, system.Clinical, seed);
        finished(new CohortCourse(id, patient.Values, course, patient.GrowthDays, null, Assess) { PlannedWaitDays = arm.PlannedWaitDays });
    }

    private Enrolment Failed(Candidate candidate, string phase, TrajectoryReport report)
    {
        var (cause, remedy) = FailureCause.Of(report.Outcome);
        var state = report.WorstState >= 0 && report.WorstState < system.Model.States.Count ? system.Model.States[report.WorstState] : "";
        return new Enrolment(null, new PatientFailure(
            candidate.Patient, scenario.Scenario.Name, phase, report.Time, cause, state, candidate.Attempt, seed, remedy, system.Describe(candidate)));
    }

    private Enrolment NeverGrown(Candidate candidate) => new(null, new PatientFailure(
        candidate.Patient, scenario.Scenario.Name, "growth of the leukaemia", 0,
        $"{candidate.Rejections.Count} draws of biology, none of which reached the share at entry", "", candidate.Attempt, seed,
        "raise entry.draws of the population, or widen its biology", []));
}

using Marrow.Trials.Clinical;
using Marrow.Trials.Studies;

namespace Marrow.Trials.Experiments;

/// <summary>What became of one patient in one scenario.</summary>
public sealed class CohortCourse
{
    private readonly Func<PatientOutcome>? _assess;
    private PatientOutcome? _outcome;

    internal CohortCourse(int patient, IReadOnlyDictionary<string, double> values, Course? course, double growthDays, PatientFailure? failure, Func<PatientOutcome>? assess)
    {
        Patient = patient;
        Values = values;
        Readouts = course;
        GrowthDays = growthDays;
        Failure = failure;
        _assess = assess;
    }

    /// <summary>Number of the patient, from 0: the identity of all its random numbers.</summary>
    public int Patient { get; }

    /// <summary>Covariates, factors and history of the patient, by name.</summary>
    public IReadOnlyDictionary<string, double> Values { get; }

    /// <summary>Readouts over time (day 0 is the start, or the infusion of cells), doses and extinctions; null if the patient failed.</summary>
    public Course? Readouts { get; }

    /// <summary>Days planned from the collection of cells to their infusion; 0 where none was planned.</summary>
    public double PlannedWaitDays { get; internal init; }

    /// <summary>Days of growth from the first cells to overt disease; 0 where there was none.</summary>
    public double GrowthDays { get; }

    /// <summary>Why the patient failed; null if not.</summary>
    public PatientFailure? Failure { get; }

    /// <summary>What a trial would report of the patient; null if the patient failed. Assessed when first asked for.</summary>
    public PatientOutcome? Outcome => _outcome ??= _assess?.Invoke();
}

/// <summary>A scenario names what the model or the population does not have.</summary>
public sealed class ScenarioException : Exception
{
    /// <summary>Lists what is missing.</summary>
    public ScenarioException(string scenario, IReadOnlyList<string> problems)
        : base($"scenario '{scenario}' cannot be run: {string.Join("; ", problems)}") => Problems = problems;

    /// <summary>What is missing, one entry each.</summary>
    public IReadOnlyList<string> Problems { get; }
}

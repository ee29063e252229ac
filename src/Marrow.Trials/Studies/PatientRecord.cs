using Marrow.Trials.Clinical;
using Marrow.Trials.Observations;
using Marrow.Trials.Patients;

namespace Marrow.Trials.Studies;

/// <summary>What is kept of one patient in one arm.</summary>
internal sealed record ArmRecord
{
    public required PatientOutcome Outcome { get; init; }
    public required IReadOnlyList<GivenDose> Doses { get; init; }
    public required IReadOnlyList<Extinction> Extinctions { get; init; }
    public IReadOnlyList<DoseDecision> Decisions { get; init; } = [];

    /// <summary>Simulated values at the times of observations; null if the study observes nothing.</summary>
    public IReadOnlyList<ObservedPoint>? Observations { get; init; }
}

/// <summary>What is kept of one patient: a line of the journal. A function of study, seed and patient number only.</summary>
internal sealed record PatientRecord
{
    /// <summary>Number, from 0.</summary>
    public required int Patient { get; init; }

    /// <summary>Covariates, factors and history, by name, in the order in which they were drawn.</summary>
    public required IReadOnlyDictionary<string, double> Values { get; init; }

    /// <summary>Biology draws that were turned away, in order.</summary>
    public required IReadOnlyList<Rejection> Rejections { get; init; }

    /// <summary>Days from the seed to the share at entry; null if entry failed.</summary>
    public double? GrowthDays { get; init; }

    /// <summary>One record an arm; empty if the patient failed.</summary>
    public IReadOnlyList<ArmRecord> Arms { get; init; } = [];

    /// <summary>Why the patient failed; null if not.</summary>
    public PatientFailure? Failure { get; init; }
}

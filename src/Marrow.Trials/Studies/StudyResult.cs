using Marrow.Trials.Clinical;
using Marrow.Trials.Endpoints;

namespace Marrow.Trials.Studies;

/// <summary>How a study is run.</summary>
public sealed record RunOptions
{
    /// <summary>Folder of the results.</summary>
    public required string OutputFolder { get; init; }

    /// <summary>Patients in place of the study's; null to keep them.</summary>
    public int? Patients { get; init; }

    /// <summary>Seed in place of the study's; null to keep it.</summary>
    public ulong? Seed { get; init; }

    /// <summary>Threads; 0 for one a processor.</summary>
    public int Threads { get; init; }

    /// <summary>Take up the run that the folder holds.</summary>
    public bool Resume { get; init; }
}

/// <summary>How far a run has come.</summary>
/// <param name="Done">Patients finished, failed ones included.</param>
/// <param name="Total">Patients of the study.</param>
/// <param name="Failed">Patients that failed.</param>
public readonly record struct RunProgress(int Done, int Total, int Failed);

/// <summary>A patient whose simulation failed, and what can be done about it.</summary>
/// <param name="Patient">Number, from 0.</param>
/// <param name="Arm">Arm; empty if it failed before enrolment.</param>
/// <param name="Phase">What was simulated.</param>
/// <param name="Day">Time of the failure, d, on the phase's clock.</param>
/// <param name="Cause">Cause.</param>
/// <param name="State">State with the largest error; empty if unknown.</param>
/// <param name="Draw">Number of the biology draw, from 0.</param>
/// <param name="Seed">Seed of the run.</param>
/// <param name="Remedy">What to try.</param>
/// <param name="Parameters">Parameters, as <c>name=value</c>.</param>
public sealed record PatientFailure(
    int Patient, string Arm, string Phase, double Day, string Cause, string State, int Draw, ulong Seed, string Remedy,
    IReadOnlyList<string> Parameters);

/// <summary>Numbers by provenance, of the model, the population and the regimens.</summary>
/// <param name="Measured">Measured, in a source.</param>
/// <param name="Fitted">Fitted, in a source.</param>
/// <param name="Assumed">Assumed, for a stated reason.</param>
/// <param name="Unverified">Those of the first two whose source nobody has read yet.</param>
public sealed record ParameterCounts(int Measured, int Fitted, int Assumed, int Unverified);

/// <summary>An assumption, as reports list it.</summary>
/// <param name="Name">Name.</param>
/// <param name="Value">Value.</param>
/// <param name="Unit">Unit.</param>
/// <param name="Reason">Reason.</param>
/// <param name="File">File that states it.</param>
public sealed record Assumption(string Name, double Value, string Unit, string Reason, string File);

/// <summary>What a run cost. Not part of the reproducible tables.</summary>
public sealed record RunTiming
{
    /// <summary>Wall-clock seconds of the simulation.</summary>
    public required double Seconds { get; init; }

    /// <summary>Threads.</summary>
    public required int Threads { get; init; }

    /// <summary>Share of lane places that held a patient, 0-1.</summary>
    public required double LaneUse { get; init; }

    /// <summary>Processor microseconds a patient simulated in this run: seconds x threads / patients.</summary>
    public required double MicrosecondsPerPatient { get; init; }

    /// <summary>Solver steps over all lanes.</summary>
    public required long Steps { get; init; }

    /// <summary>Patients simulated in this run (not taken over from an earlier one).</summary>
    public required int Simulated { get; init; }

    /// <summary>Seconds to read, check and compile the model.</summary>
    public required double PreparationSeconds { get; init; }
}

/// <summary>The results of one arm.</summary>
/// <param name="Name">Arm.</param>
/// <param name="Outcomes">Outcomes in the order of patients; failed patients are absent.</param>
/// <param name="Summary">Endpoints and curves.</param>
public sealed record ArmResult(string Name, IReadOnlyList<PatientOutcome> Outcomes, TrialSummary Summary);

/// <summary>An input file and the SHA-256 of its bytes.</summary>
/// <param name="File">Path, relative to the study file.</param>
/// <param name="Sha256">Hash, hexadecimal.</param>
public sealed record InputHash(string File, string Sha256);

/// <summary>The results of a study.</summary>
public sealed record StudyResult
{
    /// <summary>The study.</summary>
    public required Study Study { get; init; }

    /// <summary>Seed actually used.</summary>
    public required ulong Seed { get; init; }

    /// <summary>Patients enrolled.</summary>
    public required int Patients { get; init; }

    /// <summary>Arms, in the order of the study.</summary>
    public required IReadOnlyList<ArmResult> Arms { get; init; }

    /// <summary>The arms against the first; empty with one arm.</summary>
    public IReadOnlyList<ArmComparison> Comparisons { get; init; } = [];

    /// <summary>Candidates turned away, by criterion.</summary>
    public required IReadOnlyList<ReasonCount> Rejected { get; init; }

    /// <summary>Numbers by provenance.</summary>
    public required ParameterCounts ParameterCounts { get; init; }

    /// <summary>Shares weighted by elasticities; null where no table of them is at hand.</summary>
    public WeightedShares? WeightedShares { get; init; }

    /// <summary>Every assumption.</summary>
    public required IReadOnlyList<Assumption> Assumptions { get; init; }

    /// <summary>Patients that failed.</summary>
    public required IReadOnlyList<PatientFailure> Failures { get; init; }

    /// <summary>Input files.</summary>
    public required IReadOnlyList<InputHash> Inputs { get; init; }

    /// <summary>What the run cost.</summary>
    public required RunTiming Timing { get; init; }

    /// <summary>Folder of the results.</summary>
    public required string OutputFolder { get; init; }

    /// <summary>More patients failed than the study allows.</summary>
    public bool TooManyFailures => Failures.Select(f => f.Patient).Distinct().Count() > Study.AllowedFailures * Patients;
}

using Marrow.Trials.Survival;

namespace Marrow.Trials.Endpoints;

/// <summary>The log-rank test of equal hazards in all arms.</summary>
/// <param name="ChiSquared">Statistic.</param>
/// <param name="DegreesOfFreedom">Arms less one.</param>
/// <param name="PValue">P(chi-squared &gt; statistic).</param>
public sealed record ArmTest(double ChiSquared, int DegreesOfFreedom, double PValue);

/// <summary>The hazard of an arm against that of the first arm (Cox, ties by Efron).</summary>
public sealed record ArmHazard
{
    /// <summary>Arm.</summary>
    public required string Arm { get; init; }

    /// <summary>The first arm of the study.</summary>
    public required string Reference { get; init; }

    /// <summary>Hazard ratio over all simulated patients; null where none can be formed.</summary>
    public required CoxCoefficient? Ratio { get; init; }

    /// <summary>Log-rank test of the two arms; null where none can be formed.</summary>
    public required ArmTest? Test { get; init; }

    /// <summary>Lower end of the 90 % prediction interval of the ratio for a trial of the published size, with other patients in each arm, in the trial's own view; null where none can be formed.</summary>
    public required double? Lower { get; init; }

    /// <summary>Upper end of that interval.</summary>
    public required double? Upper { get; init; }

    /// <summary>Power of a trial of <see cref="TrialN"/> patients, half in each arm, to show the ratio at the 5 % level.</summary>
    public required double? Power { get; init; }

    /// <summary>Patients of that trial.</summary>
    public required int TrialN { get; init; }

    /// <summary>Published ratio, or null.</summary>
    public PublishedFigure? Published { get; init; }
}

/// <summary>Arms against each other in one time-to-event endpoint, in the model's view.</summary>
/// <remarks>The arms hold the same virtual patients. Test and interval take them as independent, which makes the interval wider than it need be.</remarks>
public sealed record ArmComparison
{
    /// <summary>Endpoint: os, efs or os_enrolment.</summary>
    public required string Id { get; init; }

    /// <summary>Name in reports.</summary>
    public required string Label { get; init; }

    /// <summary>Patients over all arms.</summary>
    public required int N { get; init; }

    /// <summary>Events over all arms.</summary>
    public required int Events { get; init; }

    /// <summary>Test of all arms together; null where none can be formed.</summary>
    public required ArmTest? Test { get; init; }

    /// <summary>Each later arm against the first.</summary>
    public required IReadOnlyList<ArmHazard> Hazards { get; init; }
}

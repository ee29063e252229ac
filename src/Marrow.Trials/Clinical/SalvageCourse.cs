namespace Marrow.Trials.Clinical;

/// <summary>What came of a transplant.</summary>
public sealed record GraftCourse
{
    /// <summary>Day of the transplant.</summary>
    public required double Day { get; init; }

    /// <summary>Grade of acute graft-versus-host disease: 0 (none or I), 2 (II), 3 (III-IV).</summary>
    public int AcuteGrade { get; init; }

    /// <summary>Day of its onset.</summary>
    public double? AcuteDay { get; init; }

    /// <summary>Day of the onset of chronic graft-versus-host disease.</summary>
    public double? ChronicDay { get; init; }

    /// <summary>Day of death without relapse.</summary>
    public double? DeathDay { get; init; }

    /// <summary>Day of relapse.</summary>
    public double? RelapseDay { get; init; }
}

/// <summary>What happens to a patient after relapse or failure: lines of salvage treatment, remissions, transplants, palliation.</summary>
public sealed record SalvageCourse
{
    /// <summary>Day on which it begins.</summary>
    public required double StartDay { get; init; }

    /// <summary>Number of its first line, among all lines of salvage of the patient.</summary>
    public required int FirstLine { get; init; }

    /// <summary>Days on which lines began.</summary>
    public required IReadOnlyList<double> LineDays { get; init; }

    /// <summary>Days of remissions.</summary>
    public required IReadOnlyList<double> RemissionDays { get; init; }

    /// <summary>Transplants.</summary>
    public required IReadOnlyList<GraftCourse> Grafts { get; init; }

    /// <summary>Day on which treatment against the leukaemia ended.</summary>
    public double? PalliationDay { get; init; }

    /// <summary>Day of death by leukaemia, treatment or transplant; null if it lies beyond the horizon.</summary>
    public double? DeathDay { get; init; }

    /// <summary>Cause of that death.</summary>
    public DeathCause? Cause { get; init; }
}

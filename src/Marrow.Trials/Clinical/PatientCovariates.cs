namespace Marrow.Trials.Clinical;

/// <summary>Sex, as the reference tables for size, blood volume and mortality distinguish it.</summary>
public enum Sex
{
    /// <summary>Male.</summary>
    Male,

    /// <summary>Female.</summary>
    Female,
}

/// <summary>What is known of a patient at enrolment, and the patient's own clinical constants.</summary>
public sealed record PatientCovariates
{
    /// <summary>Number within the study, from 0; the identity of every random number of this patient.</summary>
    public required int Id { get; init; }

    /// <summary>Sex.</summary>
    public required Sex Sex { get; init; }

    /// <summary>Age at enrolment, years.</summary>
    public required double AgeYears { get; init; }

    /// <summary>Weight, kg.</summary>
    public required double WeightKg { get; init; }

    /// <summary>Height, cm.</summary>
    public required double HeightCm { get; init; }

    /// <summary>Body surface, m2.</summary>
    public required double BsaM2 { get; init; }

    /// <summary>Blood volume, L.</summary>
    public required double BloodVolumeL { get; init; }

    /// <summary>Normal marrow cellularity of the age, percent.</summary>
    public required double CellularityPercent { get; init; }

    /// <summary>Glomerular filtration, mL/min per 1.73 m2.</summary>
    public required double EgfrMlMin { get; init; }

    /// <summary>Lines of therapy before enrolment.</summary>
    public required int PriorLines { get; init; }

    /// <summary>Whether the patient had a stem-cell transplant before.</summary>
    public required bool PriorTransplant { get; init; }

    /// <summary>Marrow blast share at enrolment, 0-1.</summary>
    public required double EntryBlastShare { get; init; }

    /// <summary>Multiplier of the death hazard by active leukaemia, median 1; see <c>ClinicalProtocol.Frailty</c>.</summary>
    public required double Frailty { get; init; }

    /// <summary>Patient's own shift of the cytokine-release score, log10 units; see <c>ClinicalProtocol.CrsResidual</c>.</summary>
    public required double CrsResidual { get; init; }
}

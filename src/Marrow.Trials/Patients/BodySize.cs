namespace Marrow.Trials.Patients;

/// <summary>Names of the covariates that body size and organ function need, and of those that follow from them.</summary>
internal static class BodySize
{
    /// <summary>Covariates that a population must draw.</summary>
    public static IReadOnlyList<string> Required { get; } = ["AgeYears", "Female", "WeightZ", "HeightZ", "CreatinineZ", "PriorLines", "PriorTransplant", "MarrowShare"];

    /// <summary>Values that follow from them.</summary>
    public static IReadOnlyList<string> Derived { get; } = ["WeightKg", "HeightCm", "BsaM2", "BloodVolumeL", "CellularityPercent", "EgfrMlMin"];
}

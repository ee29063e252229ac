using Marrow.Trials.Clinical;

namespace Marrow.Trials.Patients;

/// <summary>Body size and organ function: which covariates they need, and which values follow from the clinical tables.</summary>
internal static class BodySize
{
    /// <summary>Covariates that a population must draw.</summary>
    public static IReadOnlyList<string> Required { get; } = ["AgeYears", "Female", "WeightZ", "HeightZ", "CreatinineZ", "PriorLines", "PriorTransplant"];

    /// <summary>Values that follow from them.</summary>
    public static IReadOnlyList<string> Derived { get; } = ["WeightKg", "HeightCm", "BsaM2", "BloodVolumeL", "CellularityPercent", "EgfrMlMin"];

    /// <summary>Adds the derived values.</summary>
    public static void Add(SizeTables tables, Dictionary<string, double> values)
    {
        var size = tables.Derive(SexOf(values), values["AgeYears"], values["WeightZ"], values["HeightZ"], values["CreatinineZ"]);
        values["WeightKg"] = size.WeightKg;
        values["HeightCm"] = size.HeightCm;
        values["BsaM2"] = size.BsaM2;
        values["BloodVolumeL"] = size.BloodVolumeL;
        values["CellularityPercent"] = size.CellularityPercent;
        values["EgfrMlMin"] = size.EgfrMlMin;
    }

    /// <summary>Covariates as the clinical layer reads them.</summary>
    public static PatientCovariates CovariatesOf(
        int patient, ulong seed, IReadOnlyDictionary<string, double> values, string entryShare, ClinicalProtocol clinical) => new()
        {
            Id = patient,
            Sex = SexOf(values),
            AgeYears = values["AgeYears"],
            WeightKg = values["WeightKg"],
            HeightCm = values["HeightCm"],
            BsaM2 = values["BsaM2"],
            BloodVolumeL = values["BloodVolumeL"],
            CellularityPercent = values["CellularityPercent"],
            EgfrMlMin = values["EgfrMlMin"],
            PriorLines = (int)values["PriorLines"],
            PriorTransplant = values["PriorTransplant"] > 0,
            EntryBlastShare = values[entryShare],
            Frailty = clinical.Frailty(seed, patient),
            CrsResidual = clinical.CrsResidual(seed, patient),
        };

    private static Sex SexOf(IReadOnlyDictionary<string, double> values) => values["Female"] > 0 ? Sex.Female : Sex.Male;
}

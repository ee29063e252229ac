using Marrow.Trials.Patients;

namespace Marrow.Trials.Regimens;

/// <summary>A factor of an amount: a parameter of the patient's model, or a value of the patient.</summary>
internal readonly record struct AmountFactor(int Parameter, string Value);

/// <summary>A dose with the model's indices in place of names.</summary>
internal sealed record DosePlan(Dose Dose, int Target, int Varies, IReadOnlyList<AmountFactor> Factors)
{
    /// <summary>The prescribed amount in the drug's dose unit: amount of the weight band x weight or surface, limited, x reduction,
    /// x days of the infusion if it is an amount per day.</summary>
    public double Prescribed(PatientRandom random, IReadOnlyDictionary<string, double> values)
    {
        var weight = values["WeightKg"];
        var band = Dose.Bands.Last(b => b.Inclusive ? weight >= b.WeightKg : weight > b.WeightKg);
        var amount = Covariates.Independent(band.Amount, "regimen", random, values) * band.Basis switch
        {
            DoseBasis.PerKg => weight,
            DoseBasis.PerM2 => values["BsaM2"],
            _ => 1,
        };
        amount = Math.Min(amount, band.AtMost);
        if (Dose.PerDay) amount *= Dose.Duration;
        return Dose.Reduction is { } reduction ? amount * Covariates.Independent(reduction, "regimen", random, values) : amount;
    }

    /// <summary>The amount that reaches the model, in the model's unit.</summary>
    public double InModel(double prescribed, IReadOnlyDictionary<string, double> values, ReadOnlySpan<double> parameters)
    {
        var amount = prescribed * Dose.Drug.Factor;
        foreach (var factor in Factors) amount *= factor.Parameter >= 0 ? parameters[factor.Parameter] : values[factor.Value];
        return amount;
    }
}

/// <summary>A companion of a dose with indices.</summary>
internal sealed record CompanionPlan(Companion Companion, int State, IReadOnlyList<AmountFactor> Factors);

/// <summary>A planned dose with indices.</summary>
internal sealed record PlannedDosePlan(PlannedDose Planned, DosePlan Dose, IReadOnlyList<CompanionPlan> Companions)
{
    /// <summary>Rules that look at the patient when a dose is due.</summary>
    public IReadOnlyList<(DoseRule Rule, ConditionPlan When)> Rules { get; init; } = [];
}

/// <summary>A care rule with indices.</summary>
internal sealed record CarePlan(CareRule Rule, ConditionPlan When, IReadOnlyList<IReadOnlyList<(DosePlan Dose, IReadOnlyList<double> Offsets)>> Treatments);

/// <summary>A regimen with the model's indices in place of names.</summary>
internal sealed record TreatmentPlan(
    Regimen Regimen, IReadOnlyList<PlannedDosePlan> Doses, IReadOnlyList<CarePlan> Care, int BridgingSwitch,
    IReadOnlyList<(int Parameter, ModelSetting Setting)> Settings)
{
    /// <summary>Doses of a table; null if there are none.</summary>
    public RegimenTablePlan? Table { get; init; }

    /// <summary>Day of the first planned dose, those of a table aside.</summary>
    public double FirstDay => Doses.Count == 0 ? 0 : Doses.Min(d => d.Planned.Days[0]);

    /// <summary>Whether planned doses wait for a look at the patient.</summary>
    public bool HasDoseRules => Doses.Any(d => d.Rules.Count > 0);
}

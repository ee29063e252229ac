using Marrow.Networks.Diagnostics;
using Marrow.Trials.Clinical;

namespace Marrow.Trials.Onset;

/// <summary>What a factor leaves of immune competence and adds to mutation and inflammation.</summary>
/// <param name="T">T-cell competence left.</param>
/// <param name="Nk">NK-cell competence left.</param>
/// <param name="Mutation">Factor of mutation.</param>
/// <param name="Recombination">Factor of open breaks of recombination.</param>
/// <param name="Inflammation">Inflammation added.</param>
/// <param name="Share">Share of all inherited deficiencies.</param>
internal sealed record Deficiency(double T, double Nk, double Mutation, double Recombination, double Inflammation, double Share);

/// <summary>The tables of models/onset.</summary>
internal sealed class OnsetTables
{
    /// <summary>Inherited deficiencies, in the order of the table.</summary>
    public static readonly string[] DeficiencyNames = ["T", "combined", "NK", "DNA_repair", "antibody"];

    private OnsetTables(ValueTable diseases, ValueTable factors)
    {
        Values = [.. diseases.Values, .. factors.Values];
        Diseases = OnsetSubtype.Read(diseases, diseases.Values.Select(v => v.Id));
        diseases.Close();
        TFloor = factors.Share("immune.t_floor");
        TAge = factors.Number("immune.t_age", "year", 0.1);
        TLogSd = factors.Number("immune.t_log_sd", "1");
        NkLogSd = factors.Number("immune.nk_log_sd", "1");
        InfectionAmplitude = factors.Number("infection.amplitude", "1");
        InfectionAge = factors.Number("infection.age", "year", 0.1);
        InfectionPriming = factors.Number("infection.priming", "1");
        PrimingUntil = factors.Number("infection.priming_until", "year");
        MildInfection = factors.Number("infection.mild", "year");
        ExtraInfections = factors.Number("infection.extra", "1/year");
        Deficiencies = DeficiencyNames.ToDictionary(n => n, n => new Deficiency(
            factors.Share($"deficiency.{n}.t"), factors.Share($"deficiency.{n}.nk"), factors.Number($"deficiency.{n}.mutation", "1", 1),
            factors.Number($"deficiency.{n}.recombination", "1", 1), factors.Number($"deficiency.{n}.inflammation", "1"), factors.Share($"deficiency.{n}.share")), StringComparer.Ordinal);
        Hiv = new HivTable(factors);
        TransplantNk = factors.Share("transplant.nk");
        TransplantLevel = factors.Share("transplant.level");
        TransplantMutation = factors.Number("transplant.mutation", "1", 1);
        TransplantYears = factors.Number("transplant.years", "year", 0.1);
        TransplantAge = factors.Number("transplant.age", "year");
        InflammationLevel = factors.Number("inflammation.level", "1");
        InflammationAge = factors.Number("inflammation.age", "year");
        InflammationYears = factors.Number("inflammation.years", "year", 0.1);
        InflammationBrake = factors.Number("inflammation.brake", "1");
        MyeloidInflammation = factors.Number("inflammation.myeloid", "1");
        CytotoxicMutation = factors.Number("inflammation.cytotoxic", "1", 1);
        TregInflammation = factors.Number("treg.inflammation", "1");
        TregBrake = factors.Number("treg.brake", "1");
        Tp53Mutation = factors.Number("tp53.mutation", "1", 1);
        Tp53Death = factors.Share("tp53.death");
        Tp53HostT = factors.Share("tp53.host_t");
        Tp53HostInflammation = factors.Number("tp53.host_inflammation", "1");
        HiddenPrevalence = factors.Share("hidden.prevalence");
        HiddenT = factors.Share("hidden.t");
        HiddenNk = factors.Share("hidden.nk");
        Prevalence = factors.Group("prevalence.", "1", 0, 1).ToDictionary(p => p.Name, p => p.Value, StringComparer.Ordinal);
        Population = factors.Steps("population.", "1", 0, 1);
        Background = factors.Group("background.", "1/1e5/year").ToDictionary(p => p.Name, p => p.Value, StringComparer.Ordinal);
        factors.Close();
    }

    /// <summary>Every number, with its provenance.</summary>
    public IReadOnlyList<ClinicalValue> Values { get; }

    /// <summary>Subtypes by disease.</summary>
    public IReadOnlyDictionary<string, IReadOnlyList<OnsetSubtype>> Diseases { get; }

    public double TFloor { get; }
    public double TAge { get; }
    public double TLogSd { get; }
    public double NkLogSd { get; }
    public double InfectionAmplitude { get; }
    public double InfectionAge { get; }
    public double InfectionPriming { get; }
    public double PrimingUntil { get; }
    public double MildInfection { get; }
    public double ExtraInfections { get; }
    public IReadOnlyDictionary<string, Deficiency> Deficiencies { get; }
    public HivTable Hiv { get; }
    public double TransplantNk { get; }
    public double TransplantLevel { get; }
    public double TransplantMutation { get; }
    public double TransplantYears { get; }
    public double TransplantAge { get; }
    public double InflammationLevel { get; }
    public double InflammationAge { get; }
    public double InflammationYears { get; }
    public double InflammationBrake { get; }
    public double MyeloidInflammation { get; }
    public double CytotoxicMutation { get; }
    public double TregInflammation { get; }
    public double TregBrake { get; }
    public double Tp53Mutation { get; }
    public double Tp53Death { get; }
    public double Tp53HostT { get; }
    public double Tp53HostInflammation { get; }
    public double HiddenPrevalence { get; }
    public double HiddenT { get; }
    public double HiddenNk { get; }

    /// <summary>Persons with a factor.</summary>
    public IReadOnlyDictionary<string, double> Prevalence { get; }

    /// <summary>Share of the population by the age at which a step of ten years begins.</summary>
    public IReadOnlyList<(double At, double Value)> Population { get; }

    /// <summary>New cases of the general population per 100,000 and year.</summary>
    public IReadOnlyDictionary<string, double> Background { get; }

    /// <summary>Reads diseases.csv and factors.csv of a folder; null if anything is wrong (MRW6001-MRW6010).</summary>
    public static OnsetTables? Load(string folder, DiagnosticBag bag)
    {
        var own = new DiagnosticBag();
        var tables = new OnsetTables(ValueTable.Load(Path.Combine(folder, "diseases.csv"), own), ValueTable.Load(Path.Combine(folder, "factors.csv"), own));
        bag.AddRange(own.Items);
        return own.HasErrors ? null : tables;
    }
}

/// <summary>Course of CD4 cells with HIV.</summary>
internal sealed class HivTable(ValueTable table)
{
    public double Cd4 { get; } = table.Number("hiv.cd4", "1/uL", 1);
    public double Decline { get; } = table.Number("hiv.decline", "year", 0.01);
    public double DeclineLogSd { get; } = table.Number("hiv.decline_log_sd", "1");
    public double ArtCd4 { get; } = table.Number("hiv.art_cd4", "1/uL", 1);
    public double ArtTime { get; } = table.Number("hiv.art_time", "year", 0.01);
    public double ArtHigh { get; } = table.Number("hiv.art_high", "year");
    public double HelpHalf { get; } = table.Number("hiv.help_half", "1", 1e-3);
    public double Nk { get; } = table.Share("hiv.nk");
    public double Inflammation { get; } = table.Number("hiv.inflammation", "1");
    public double Age { get; } = table.Number("hiv.age", "year");
}

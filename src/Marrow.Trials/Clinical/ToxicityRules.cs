using Marrow.Networks.Diagnostics;
using Marrow.Numerics.Vectors;

namespace Marrow.Trials.Clinical;

/// <summary>Neurotoxicity, tumour lysis and immunoglobulin replacement (toxicity.csv).</summary>
internal sealed class ToxicityRules
{
    private readonly double _anyIntercept, _severeIntercept, _slope, _reference, _anyCd28, _severeCd28;
    private readonly double _lysisHalf, _lysisClearance, _lysisPower, _unprotected;

    private ToxicityRules(ValueTable table)
    {
        _anyIntercept = table.Number("icans.any_intercept", "1", -100);
        _severeIntercept = table.Number("icans.severe_intercept", "1", -100);
        _slope = table.Number("icans.slope", "1/log10 pg/mL");
        _reference = table.Number("icans.score_reference", "log10 pg/mL");
        _anyCd28 = table.Number("icans.any_cd28", "1", -100);
        _severeCd28 = table.Number("icans.severe_cd28", "1", -100);
        NeurotoxicityOnset = (table.Number("icans.onset_median", "d", 0.01), table.Number("icans.onset_log_sd", "1"));
        NeurotoxicityDuration = (table.Number("icans.duration_median", "d", 0.01), table.Number("icans.duration_log_sd", "1"));
        _lysisHalf = table.Number("lysis.half", "G/kg/d", 1e-9);
        _lysisClearance = table.Number("lysis.clearance", "mL/min", 1);
        _lysisPower = table.Number("lysis.power", "1", 0.1);
        _unprotected = table.Number("lysis.unprotected", "1", 0.001, 1);
        LysisClinicalShare = table.Share("lysis.clinical_share");
        LysisUntil = table.Number("lysis.until", "d");
        IggTrigger = table.Number("igg.trigger", "g/L");
        IggAdultFrom = table.Number("igg.adult_from", "year");
        IggDose = table.Number("igg.dose", "g/kg");
        IggInterval = table.Number("igg.interval", "d", 1);
        IggRise = table.Number("igg.rise", "g/L/(g/kg)");
        IggHalfLife = table.Number("igg.half_life", "d", 0.1);
        IggShare = table.Share("igg.share");
        table.Close();
    }

    /// <summary>Median (d after infusion) and log spread of the onset of neurotoxicity.</summary>
    public (double Median, double LogSd) NeurotoxicityOnset { get; }

    /// <summary>Median (d) and log spread of its duration.</summary>
    public (double Median, double LogSd) NeurotoxicityDuration { get; }

    /// <summary>Share of laboratory lysis that is clinical.</summary>
    public double LysisClinicalShare { get; }

    /// <summary>Last day on which lysis is looked for.</summary>
    public double LysisUntil { get; }

    /// <summary>Immunoglobulin G below which it is replaced, g/L.</summary>
    public double IggTrigger { get; }

    /// <summary>Age from which replacement asks for an infection.</summary>
    public double IggAdultFrom { get; }

    /// <summary>Dose, g/kg.</summary>
    public double IggDose { get; }

    /// <summary>Days between doses.</summary>
    public double IggInterval { get; }

    /// <summary>Rise by a dose, g/L per g/kg.</summary>
    public double IggRise { get; }

    /// <summary>Half-life, d.</summary>
    public double IggHalfLife { get; }

    /// <summary>Share of patients below the trigger who are given it.</summary>
    public double IggShare { get; }

    /// <summary>Reads toxicity.csv of a folder.</summary>
    public static (ToxicityRules Rules, ValueTable Table) Load(string folder, DiagnosticBag bag)
    {
        var table = ValueTable.Load(Path.Combine(folder, "toxicity.csv"), bag);
        return (new ToxicityRules(table), table);
    }

    /// <summary>Probability of neurotoxicity: logit p = a + 1.1 (S - 2.8) + b [CD28 co-stimulation], S the peak score of cytokine release.</summary>
    /// <param name="score">Peak score S, log10 pg/mL.</param>
    /// <param name="cd28">Whether the product's co-stimulation is CD28.</param>
    /// <param name="severe">Grade 3 or more, not any grade.</param>
    public double Neurotoxicity(double score, bool cd28, bool severe)
    {
        var intercept = severe ? _severeIntercept + (cd28 ? _severeCd28 : 0) : _anyIntercept + (cd28 ? _anyCd28 : 0);
        return 1 / (1 + VectorMath.Exp(-(intercept + (_slope * (score - _reference)))));
    }

    /// <summary>Probability of laboratory lysis: F^2/(F^2 + F50^2), F the highest lysis of a day, F50 in proportion to a clearance below normal.</summary>
    /// <param name="perKg">F, G/kg/d.</param>
    /// <param name="clearance">Kidney function, mL/min.</param>
    /// <param name="protectedByDrugs">Whether rasburicase or allopurinol is given.</param>
    public double LaboratoryLysis(double perKg, double clearance, bool protectedByDrugs)
    {
        if (perKg <= 0) return 0;
        var half = _lysisHalf * Math.Min(1, clearance / _lysisClearance) * (protectedByDrugs ? 1 : _unprotected);
        return 1 / (1 + VectorMath.Pow(half / perKg, _lysisPower));
    }
}

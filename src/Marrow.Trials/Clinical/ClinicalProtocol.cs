using Marrow.Networks.Diagnostics;
using Marrow.Numerics.Random;

namespace Marrow.Trials.Clinical;

/// <summary>How courses are seen: the clinical tables of a folder (assays, grading, hazards, size) with one trial's own visits, rules and cut-offs.
/// Every number is a row with unit, kind and source.</summary>
public sealed class ClinicalProtocol
{
    /// <summary>Name of the view that shows all of the follow-up, without accrual, cut-off or drop-out.</summary>
    public const string ModelView = "model";

    private static readonly uint _frailtyPurpose = Purpose.Of("frailty");
    private static readonly uint _crsPurpose = Purpose.Of("crs residual");
    private static readonly uint _attritionPurpose = Purpose.Of("attrition cause");

    private ClinicalProtocol(string name, string folder, DiagnosticBag bag)
    {
        Name = name;
        Sizes = SizeTables.Load(folder, bag);
        (Assays, var assays) = AssayRules.Load(folder, bag);
        (Crs, var crs) = CrsRules.Load(folder, bag);
        (Hazards, var hazards) = HazardRules.Load(folder, bag);
        var own = Path.Combine(folder, name);
        (Rules, var rules) = TrialRules.Load(own, bag);
        (Salvage, var salvage) = SalvageRules.Load(folder, bag);
        (Graft, var graft) = GraftRules.Load(folder, bag);
        (Toxicity, var toxicity) = ToxicityRules.Load(folder, bag);
        (MrdAssay, var mrd) = Clinical.MrdAssay.Load(folder, Rules.MrdAssay, bag);
        (Cll, var cll) = CllRules.Load(folder, Rules.Disease == "cll", bag);
        Schedule = VisitSchedule.Load(own, Rules.SuspicionInterval, bag);
        var listed = new List<ClinicalValue>();
        Cuts = DataCut.Load(own, listed, bag);
        Series = KineticsSeries.Load(own, listed, bag);
        Values = [.. Sizes.Values, .. assays.Values, .. crs.Values, .. hazards, .. salvage.Values, .. graft.Values, .. toxicity.Values, .. mrd, .. cll, .. rules.Values, .. Schedule.Values, .. listed];
        Files = [.. Values.Select(v => v.File).Distinct(StringComparer.Ordinal)];
    }

    /// <summary>Name, such as "eliana".</summary>
    public string Name { get; }

    /// <summary>Size from sex, age and z scores.</summary>
    public SizeTables Sizes { get; }

    /// <summary>Data cut-offs, in order.</summary>
    public IReadOnlyList<DataCut> Cuts { get; }

    /// <summary>Readouts that reports show over time.</summary>
    public IReadOnlyList<KineticsSeries> Series { get; }

    /// <summary>Days after infusion at which these are kept.</summary>
    public IReadOnlyList<double> GridDays => Rules.GridDays;

    /// <summary>Every number of the tables, with its provenance.</summary>
    public IReadOnlyList<ClinicalValue> Values { get; }

    /// <summary>Every file that was read.</summary>
    public IReadOnlyList<string> Files { get; }

    /// <summary>Probability that no product can be made from a patient's cells.</summary>
    public double ManufactureFailureShare => Hazards.ManufactureFailure;

    internal AssayRules Assays { get; }

    internal CrsRules Crs { get; }

    internal HazardRules Hazards { get; }

    internal TrialRules Rules { get; }

    internal SalvageRules Salvage { get; }

    internal GraftRules Graft { get; }

    internal ToxicityRules Toxicity { get; }

    internal MrdAssay MrdAssay { get; }

    /// <summary>Rules of chronic lymphocytic leukaemia; null where the protocol treats acute leukaemia.</summary>
    internal CllRules? Cll { get; }

    internal VisitSchedule Schedule { get; }

    /// <summary>Reads the tables of a folder and the protocol in its subfolder <paramref name="name"/>.</summary>
    /// <param name="folder">Folder with assays.csv, mrd.csv, crs.csv, toxicity.csv, hazards.csv, mortality.csv, salvage.csv, graft.csv, cll.csv, size.csv and growth.csv.</param>
    /// <param name="name">Subfolder with rules.csv, visits.csv, views.csv and series.csv.</param>
    /// <param name="bag">Every problem found (MRW6001-MRW6010).</param>
    /// <returns>The protocol, or null if anything is wrong.</returns>
    public static ClinicalProtocol? Load(string folder, string name, DiagnosticBag bag)
    {
        ArgumentNullException.ThrowIfNull(bag);
        var own = new DiagnosticBag();
        if (!Directory.Exists(Path.Combine(folder, name)))
        {
            string[] known = Directory.Exists(folder) ? [.. Directory.GetDirectories(folder).Select(d => Path.GetFileName(d)).Order(StringComparer.Ordinal)] : [];
            bag.Error(ClinicalCodes.Unreadable, $"there is no protocol '{name}' in '{folder}'", new SourceSpan(folder, 0, 0, 1), "", $"one of: {string.Join(", ", known)}");
            return null;
        }

        var protocol = new ClinicalProtocol(name, folder, own);
        bag.AddRange(own.Items);
        return own.HasErrors ? null : protocol;
    }

    /// <summary>A patient's multiplier of the death hazard by active leukaemia: w = exp(N(0, sd)), the same in every arm.</summary>
    public double Frailty(ulong seed, int patient) => new RandomKey(seed, _frailtyPurpose, (ulong)patient).Stream().LogNormal(1, Hazards.FrailtyLogSd);

    /// <summary>A patient's shift of the cytokine-release score: logistic, log10 units, the same in every arm.</summary>
    public double CrsResidual(ulong seed, int patient) => new RandomKey(seed, _crsPurpose, (ulong)patient).Stream().Logistic(0, Crs.ResidualScale);

    /// <summary>Running score of cytokine release: S = log10(effective IL-6 within the range of the assay) + e.</summary>
    /// <param name="il6EffectivePgMl">Serum IL-6 x (1 - occupancy of its receptor by tocilizumab), pg/mL.</param>
    /// <param name="residual">The patient's shift e.</param>
    public double CrsScore(double il6EffectivePgMl, double residual) =>
        Math.Log10(Math.Clamp(il6EffectivePgMl, Assays.Il6Lower, Assays.Il6Upper)) + residual;

    /// <summary>Hazard of loss between enrolment and infusion for death, infection or progression, per day.</summary>
    /// <param name="blastShare">Marrow blast share, 0-1.</param>
    public double AttritionHazard(double blastShare) => Hazards.Attrition(blastShare);

    /// <summary>Why a patient was lost by <see cref="AttritionHazard"/>: death or an adverse event.</summary>
    public AttritionCause AttritionCauseOf(ulong seed, int patient) =>
        new RandomKey(seed, _attritionPurpose, (ulong)patient).Stream().Bernoulli(Hazards.AttritionDeathShare) ? AttritionCause.Death : AttritionCause.AdverseEvent;
}

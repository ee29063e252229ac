using Marrow.Networks.Diagnostics;

namespace Marrow.Trials.Clinical;

/// <summary>A trial's own rules of response, relapse, censoring and accrual (&lt;protocol&gt;/rules.csv).</summary>
internal sealed class TrialRules
{
    private static readonly string[] _gridParts = ["fine", "middle", "coarse"];

    private TrialRules(ValueTable table)
    {
        MarrowLimit = table.Number("response.marrow_limit", "%", 0, 100);
        AncLimit = table.Number("response.anc_limit", "1e9/L");
        PlateletLimit = table.Number("response.platelet_limit", "1e9/L");
        TransfusionDays = table.Number("response.transfusion_days", "d");
        ResponseWindow = table.Number("response.window", "d", 1);
        ResponseKeep = table.Number("response.keep", "d");
        TissueLimit = table.Number("response.tissue_limit", "G/kg");
        MrdLimit = table.Number("response.mrd_limit", "1", 0, 1);
        OffStudyShare = table.Share("failure.off_study");
        RelapseMarrow = table.Number("relapse.marrow_limit", "%", 0, 100);
        RelapseBlood = table.Number("relapse.blood_limit", "%", 0, 100);
        SuspicionPlatelets = table.Number("suspicion.platelets", "1e9/L");
        SuspicionInterval = table.Number("suspicion.interval", "d", 1);
        TransplantShare = table.Share("transplant.share");
        TransplantMedian = table.Number("transplant.median", "d", 1);
        TransplantLogSd = table.Number("transplant.log_sd", "1");
        AccrualMonths = table.Number("accrual.months", "month");
        AccrualAlpha = table.Number("accrual.alpha", "1", 0.01);
        AccrualBeta = table.Number("accrual.beta", "1", 0.01);
        DropoutPerYear = table.Number("dropout", "1/year");
        TrialSize = (int)table.Number("trial.size", "patient", 1, 1e6);
        TrialEnrolled = (int)table.Number("trial.enrolled", "patient", 1, 1e6);
        var assays = table.Group("mrd.assay.", "1", 1, 1);
        MrdAssay = assays.Count > 0 ? assays[0].Name : "";
        var diseases = table.Group("disease.", "1", 1, 1);
        Disease = diseases.Count > 0 ? diseases[0].Name : "";
        SalvageApplies = table.Number("salvage.applies", "1", 0, 1) > 0;
        DrugsAvailable = table.Number("salvage.drugs_available", "1", 0, 1) > 0;
        StudyLines = (int)table.Number("salvage.study_lines", "line", 0, 10);
        Cd28 = table.Number("product.cd28", "1", 0, 1) > 0;
        LysisProtected = table.Number("lysis.protected", "1", 0, 1) > 0;
        IggByModel = table.Number("igg.replaced_by_model", "1", 0, 1) > 0;
        GridDays = Grid(table);
        table.Close();
    }

    /// <summary>Remission needs fewer marrow blasts, percent.</summary>
    public double MarrowLimit { get; }

    /// <summary>CR needs this many neutrophils, 1e9/L.</summary>
    public double AncLimit { get; }

    /// <summary>CR needs this many platelets, 1e9/L.</summary>
    public double PlateletLimit { get; }

    /// <summary>Days after a transfusion in which platelets do not count.</summary>
    public double TransfusionDays { get; }

    /// <summary>Last planned day of a visit at which remission counts.</summary>
    public double ResponseWindow { get; }

    /// <summary>Days that remission must be kept.</summary>
    public double ResponseKeep { get; }

    /// <summary>Extramedullary burden that shows, G/kg.</summary>
    public double TissueLimit { get; }

    /// <summary>Residual disease is negative below, share of cells.</summary>
    public double MrdLimit { get; }

    /// <summary>Share of patients without remission who leave before response can be judged.</summary>
    public double OffStudyShare { get; }

    /// <summary>Relapse from this share of marrow blasts, percent.</summary>
    public double RelapseMarrow { get; }

    /// <summary>Relapse from this share of blasts in blood, percent.</summary>
    public double RelapseBlood { get; }

    /// <summary>Platelets below which a relapse is suspected, 1e9/L.</summary>
    public double SuspicionPlatelets { get; }

    /// <summary>Days between counts taken at home.</summary>
    public double SuspicionInterval { get; }

    /// <summary>Share of patients in remission who are transplanted.</summary>
    public double TransplantShare { get; }

    /// <summary>Median time from remission to transplant, d.</summary>
    public double TransplantMedian { get; }

    /// <summary>Spread of it, log.</summary>
    public double TransplantLogSd { get; }

    /// <summary>Length of accrual, months.</summary>
    public double AccrualMonths { get; }

    /// <summary>First shape of the infusion time within accrual.</summary>
    public double AccrualAlpha { get; }

    /// <summary>Second shape.</summary>
    public double AccrualBeta { get; }

    /// <summary>Loss to follow-up, per year.</summary>
    public double DropoutPerYear { get; }

    /// <summary>Infused patients of the trial.</summary>
    public int TrialSize { get; }

    /// <summary>Enrolled patients of the trial.</summary>
    public int TrialEnrolled { get; }

    /// <summary>Assay of residual disease, a line of mrd.csv.</summary>
    public string MrdAssay { get; }

    /// <summary>Disease whose criteria are applied: all or cll.</summary>
    public string Disease { get; }

    /// <summary>The clinical layer treats whoever relapses or fails; false where the study simulates the next drug.</summary>
    public bool SalvageApplies { get; }

    /// <summary>Newer drugs are on the market and unused by the patients.</summary>
    public bool DrugsAvailable { get; }

    /// <summary>Lines that the studied treatment counts for the response to salvage.</summary>
    public int StudyLines { get; }

    /// <summary>The product's co-stimulation is CD28, not 4-1BB.</summary>
    public bool Cd28 { get; }

    /// <summary>Rasburicase or allopurinol is given.</summary>
    public bool LysisProtected { get; }

    /// <summary>The study gives immunoglobulin itself.</summary>
    public bool IggByModel { get; }

    /// <summary>Days at which curves are kept for the report.</summary>
    public IReadOnlyList<double> GridDays { get; }

    /// <summary>Reads rules.csv of a protocol's folder.</summary>
    public static (TrialRules Rules, ValueTable Table) Load(string folder, DiagnosticBag bag)
    {
        var table = ValueTable.Load(Path.Combine(folder, "rules.csv"), bag);
        return (new TrialRules(table), table);
    }

    private static List<double> Grid(ValueTable table)
    {
        var days = new List<double> { 0 };
        foreach (var part in _gridParts)
        {
            var until = table.Number($"grid.{part}_until", "d", 0, 1e5);
            var step = table.Number($"grid.{part}_step", "d", 0.01);
            while (days[^1] + step <= until) days.Add(days[^1] + step);
        }

        return days;
    }
}

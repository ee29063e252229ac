using Marrow.Networks.Diagnostics;

namespace Marrow.Trials.Clinical;

/// <summary>Sampling and errors of the assays (assays.csv).</summary>
internal sealed class AssayRules
{
    private AssayRules(ValueTable table)
    {
        MorphologyCells = (long)table.Number("morphology.cells", "cell", 1, 1e9);
        ReaderLogSd = table.Number("morphology.reader_log_sd", "1");
        FineStep = table.Number("morphology.fine_step", "%", 0.001, 100);
        CoarseFrom = table.Number("morphology.coarse_from", "%", 0, 100);
        CoarseStep = table.Number("morphology.coarse_step", "%", 0.001, 100);
        HaemodilutionAlpha = table.Number("haemodilution.alpha", "1", 0.01);
        HaemodilutionBeta = table.Number("haemodilution.beta", "1", 0.01);
        SmearCells = table.Number("smear.cells", "cell", 1);
        MrdPatchinessLogSd = table.Number("mrd.patchiness_log_sd", "1");
        MrdCd19NegativeVisible = table.Share("mrd.cd19_negative_visible");
        PcrLoq = table.Number("pcr.loq", "copies/ug");
        PcrLod = table.Number("pcr.lod", "copies/ug", 0, PcrLoq);
        PcrResidualLogSd = table.Number("pcr.residual_log_sd", "1");
        BCellShareLimit = table.Share("bcell.share_limit");
        BCellCountLimit = table.Number("bcell.count_limit", "1/uL");
        BCellLossCount = table.Number("bcell.loss_count", "1/uL", BCellCountLimit);
        BCellEvents = table.Number("bcell.events", "cell", 1);
        Il6Lower = table.Number("il6.lower", "pg/mL", 1e-9);
        Il6Upper = table.Number("il6.upper", "pg/mL", Il6Lower);
        table.Close();
    }

    /// <summary>Cells counted in a marrow smear.</summary>
    public long MorphologyCells { get; }

    /// <summary>Spread between readers, log.</summary>
    public double ReaderLogSd { get; }

    /// <summary>Rounding of small shares, percent.</summary>
    public double FineStep { get; }

    /// <summary>Share from which rounding is coarse, percent.</summary>
    public double CoarseFrom { get; }

    /// <summary>Rounding of large shares, percent.</summary>
    public double CoarseStep { get; }

    /// <summary>First shape of the share of blood in an aspirate.</summary>
    public double HaemodilutionAlpha { get; }

    /// <summary>Second shape of it.</summary>
    public double HaemodilutionBeta { get; }

    /// <summary>White cells of a blood smear.</summary>
    public double SmearCells { get; }

    /// <summary>Spread of residual disease between marrow sites, log.</summary>
    public double MrdPatchinessLogSd { get; }

    /// <summary>Share of CD19-negative cells that the panel sees.</summary>
    public double MrdCd19NegativeVisible { get; }

    /// <summary>Limit of quantification of the transgene, copies/ug.</summary>
    public double PcrLoq { get; }

    /// <summary>Limit of detection, copies/ug.</summary>
    public double PcrLod { get; }

    /// <summary>Residual of the transgene assay, log.</summary>
    public double PcrResidualLogSd { get; }

    /// <summary>Share of lymphocytes below which B cells are absent.</summary>
    public double BCellShareLimit { get; }

    /// <summary>Count below which B cells are absent, per uL.</summary>
    public double BCellCountLimit { get; }

    /// <summary>Count from which B cells are back, per uL.</summary>
    public double BCellLossCount { get; }

    /// <summary>Lymphocytes of a flow sample.</summary>
    public double BCellEvents { get; }

    /// <summary>Lower end of the IL-6 assay, pg/mL.</summary>
    public double Il6Lower { get; }

    /// <summary>Upper end of the IL-6 assay, pg/mL.</summary>
    public double Il6Upper { get; }

    /// <summary>Reads assays.csv of a folder.</summary>
    public static (AssayRules Rules, ValueTable Table) Load(string folder, DiagnosticBag bag)
    {
        var table = ValueTable.Load(Path.Combine(folder, "assays.csv"), bag);
        return (new AssayRules(table), table);
    }
}

namespace Marrow.Trials.Clinical;

/// <summary>Names of the observables of the model that the clinical layer reads; a <see cref="Course"/> must have a column for each.</summary>
public static class Readouts
{
    /// <summary>Blasts of all nucleated marrow cells, 0-1.</summary>
    public const string BlastShare = nameof(BlastShare);

    /// <summary>Leukaemic cells of all sites, G.</summary>
    public const string Burden = nameof(Burden);

    /// <summary>Leukaemic cells outside marrow and blood, G.</summary>
    public const string TissueBurden = nameof(TissueBurden);

    /// <summary>Blasts in blood, per uL.</summary>
    public const string BloodBlastsPerUl = nameof(BloodBlastsPerUl);

    /// <summary>CD19-negative leukaemic cells of all sites, G.</summary>
    public const string CloneCd19Neg = "Clone_Cd19Neg";

    /// <summary>CD19-negative leukaemic cells of the marrow, G.</summary>
    public const string MarrowCloneCd19Neg = "MarrowClone_Cd19Neg";

    /// <summary>Leukaemic cells of the marrow, G.</summary>
    public const string MarrowBurden = nameof(MarrowBurden);

    /// <summary>Lymphocytes, per uL of blood.</summary>
    public const string LymphocytesPerUl = nameof(LymphocytesPerUl);

    /// <summary>B cells, per uL of blood.</summary>
    public const string Cd19PerUl = nameof(Cd19PerUl);

    /// <summary>White cells, per uL of blood.</summary>
    public const string WbcPerUl = nameof(WbcPerUl);

    /// <summary>Neutrophils, 1e9/L.</summary>
    public const string Anc = "AncReadout";

    /// <summary>Platelets, 1e9/L, without those transfused.</summary>
    public const string Platelets = "PltReadout";

    /// <summary>CAR transgene in blood, copies per ug of DNA, without assay error.</summary>
    public const string CarCopies = nameof(CarCopies);

    /// <summary>Interleukin 6 in serum, pg/mL.</summary>
    public const string Il6PgMl = nameof(Il6PgMl);

    /// <summary>Interleukin 6 that acts, pg/mL: serum level x (1 - occupancy of its receptor by tocilizumab).</summary>
    public const string Il6EffectivePgMl = nameof(Il6EffectivePgMl);

    /// <summary>Immunoglobulin G, g/L.</summary>
    public const string IggGPerL = nameof(IggGPerL);

    /// <summary>Effect of glucocorticoids, 0-1.</summary>
    public const string SteroidEffect = nameof(SteroidEffect);

    /// <summary>Leukaemic cells that die of drugs and immunity, G/d; optional: without it tumour lysis is judged by the fall of the burden.</summary>
    public const string LysisPerDay = nameof(LysisPerDay);

    /// <summary>Leukaemic cells of the lymph nodes, G; needed for chronic lymphocytic leukaemia.</summary>
    public const string NodeBurden = nameof(NodeBurden);

    /// <summary>Leukaemic cells of spleen and liver, G; needed for chronic lymphocytic leukaemia.</summary>
    public const string SpleenBurden = nameof(SpleenBurden);

    /// <summary>Normal blood formation relative to health; optional: haemoglobin follows it.</summary>
    public const string MarrowNormalShare = nameof(MarrowNormalShare);

    /// <summary>Risk that a product made of cells collected now fails, 0-1; optional: without it the share of the clinical tables holds for everybody.</summary>
    public const string ManufactureFailureRisk = nameof(ManufactureFailureRisk);

    /// <summary>Share of neurotoxicity that a blockade of interleukin 1 prevents now, 0-1; optional: 0 without it.</summary>
    public const string Il1Blocked = nameof(Il1Blocked);

    /// <summary>Leukaemic cells of the central nervous system, G; optional: a series of reports.</summary>
    public const string CnsBurden = nameof(CnsBurden);

    /// <summary>Interferon gamma, pM; optional: a series of reports.</summary>
    public const string Ifng = nameof(Ifng);

    /// <summary>Interleukin 10, pM; optional: a series of reports.</summary>
    public const string Il10 = nameof(Il10);

    /// <summary>Observables that are read where a model has them.</summary>
    public static IReadOnlyList<string> Optional { get; } = [LysisPerDay, NodeBurden, SpleenBurden, MarrowNormalShare, Il1Blocked, CnsBurden, Ifng, Il10];

    /// <summary>Every observable that the clinical layer needs.</summary>
    public static IReadOnlyList<string> All { get; } =
    [
        BlastShare, Burden, MarrowBurden, TissueBurden, BloodBlastsPerUl, CloneCd19Neg, MarrowCloneCd19Neg, LymphocytesPerUl, Cd19PerUl,
        WbcPerUl, Anc, Platelets, CarCopies, Il6PgMl, Il6EffectivePgMl, IggGPerL, SteroidEffect,
    ];
}

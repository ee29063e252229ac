namespace Marrow.Trials.Clinical;

/// <summary>Response at an assessment, from worst to best.</summary>
public enum Response
{
    /// <summary>Not evaluable: died or left before an assessment could show a response.</summary>
    NotEvaluable,

    /// <summary>No response.</summary>
    NoResponse,

    /// <summary>Partial response.</summary>
    PR,

    /// <summary>Complete remission with incomplete recovery of counts.</summary>
    CRi,

    /// <summary>Complete remission.</summary>
    CR,
}

/// <summary>Kind of relapse, by the antigen on most of the leukaemia.</summary>
public enum RelapseType
{
    /// <summary>CD19-positive.</summary>
    Cd19Positive,

    /// <summary>CD19-negative.</summary>
    Cd19Negative,
}

/// <summary>Why a patient died.</summary>
public enum DeathCause
{
    /// <summary>Mortality of the general population.</summary>
    Background,

    /// <summary>Active leukaemia.</summary>
    Leukaemia,

    /// <summary>Infection.</summary>
    Infection,

    /// <summary>Cytokine release.</summary>
    CytokineRelease,

    /// <summary>Toxicity of salvage treatment; in chronic lymphocytic leukaemia also second cancers.</summary>
    Treatment,

    /// <summary>Death after transplant without relapse.</summary>
    Transplant,

    /// <summary>Richter transformation.</summary>
    Richter,
}

/// <summary>A time to an event or to the end of observation.</summary>
/// <param name="Months">Months of 365.25/12 days from the start of the clock. Range: &gt;= 0.</param>
/// <param name="Event">True if it ended by the event, false if observation ended before.</param>
public readonly record struct TimeToEvent(double Months, bool Event);

/// <summary>Minimal residual disease at an assessment.</summary>
/// <param name="Day">Day since infusion.</param>
/// <param name="Share">Measured share of nucleated cells; 0 below the limit of detection.</param>
/// <param name="Negative">Below the protocol's limit (1e-4 in ELIANA).</param>
public readonly record struct MrdReading(double Day, double Share, bool Negative);

/// <summary>Cytokine release, graded from the running score.</summary>
public sealed record CytokineRelease
{
    /// <summary>Highest score: log10 of the effective IL-6 in pg/mL, plus the patient's shift.</summary>
    public required double PeakScore { get; init; }

    /// <summary>Penn grade, 0 (none) to 5.</summary>
    public required int Penn { get; init; }

    /// <summary>ASTCT grade, 0 (none) to 5.</summary>
    public required int Astct { get; init; }

    /// <summary>Lee 2014 grade, 0 (none) to 5.</summary>
    public required int Lee { get; init; }

    /// <summary>Days from infusion to the first sign; null without signs.</summary>
    public double? OnsetDay { get; init; }

    /// <summary>Days from the first sign to the end of signs; null without signs.</summary>
    public double? DurationDays { get; init; }

    /// <summary>Signs that appeared, as crs.csv names them (fever, hypotension, intensive_care, ...).</summary>
    public IReadOnlyList<string> Signs { get; init; } = [];

    /// <summary>Days of tocilizumab.</summary>
    public IReadOnlyList<double> TocilizumabDays { get; init; } = [];

    /// <summary>Whether a glucocorticoid was given by the rule of care.</summary>
    public bool Steroid { get; init; }
}

/// <summary>Kinetics of the CAR transgene in blood as an assay sees them at the protocol's visits.</summary>
public sealed record CarKinetics
{
    /// <summary>Highest reading, copies per ug DNA; null if every reading was below the limit of quantification.</summary>
    public double? Cmax { get; init; }

    /// <summary>Day of the highest reading.</summary>
    public double? Tmax { get; init; }

    /// <summary>Area to day 28 by the trapezoid rule, copies x d per ug DNA; null if not observed until the last visit of the window.</summary>
    public double? Auc28 { get; init; }

    /// <summary>Day of the last reading above the limit of quantification; null if there was none.</summary>
    public double? LastQuantifiableDay { get; init; }

    /// <summary>Whether observation ended before a later reading showed the transgene gone.</summary>
    public bool PersistenceCensored { get; init; }
}

/// <summary>Time-to-event endpoints as one view shows them.</summary>
public sealed record SurvivalView
{
    /// <summary>View: "model" (all of the follow-up), or a data cut-off of the protocol.</summary>
    public required string View { get; init; }

    /// <summary>Overall survival from infusion.</summary>
    public required TimeToEvent Os { get; init; }

    /// <summary>Event-free survival from infusion, by the protocol's rule.</summary>
    public required TimeToEvent Efs { get; init; }

    /// <summary>Relapse-free survival from remission, censored at transplant; null without remission.</summary>
    public TimeToEvent? Rfs { get; init; }

    /// <summary>Relapse-free survival from remission, not censored at transplant; null without remission.</summary>
    public TimeToEvent? RfsUncensored { get; init; }

    /// <summary>B-cell aplasia of patients in remission, from infusion to the recovery of B cells, censored at relapse, transplant and death; null without remission.</summary>
    public TimeToEvent? Aplasia { get; init; }
}

/// <summary>What a trial knows of one patient: everything that endpoints need. Days are days since infusion (since enrolment, where the patient was never infused).</summary>
public sealed record PatientOutcome
{
    /// <summary>The patient.</summary>
    public required PatientCovariates Patient { get; init; }

    /// <summary>Whether the patient was infused.</summary>
    public required bool Infused { get; init; }

    /// <summary>Why not, if not.</summary>
    public AttritionCause Attrition { get; init; }

    /// <summary>Days from enrolment to infusion or loss.</summary>
    public required double WaitDays { get; init; }

    /// <summary>Best response within the protocol's window.</summary>
    public Response BestResponse { get; init; }

    /// <summary>Day of the first CR or CRi within the window; null without.</summary>
    public double? RemissionDay { get; init; }

    /// <summary>CR or CRi within the window and kept for as long as the protocol asks: the protocol's overall remission.</summary>
    public bool Remission { get; init; }

    /// <summary>Readings of minimal residual disease, in order.</summary>
    public IReadOnlyList<MrdReading> Mrd { get; init; } = [];

    /// <summary>Whether a responder had at least one negative reading while in remission.</summary>
    public bool MrdNegative { get; init; }

    /// <summary>Visit that showed the relapse; null if none was seen before death or the end of follow-up.</summary>
    public double? RelapseDay { get; init; }

    /// <summary>Kind of relapse; null without relapse.</summary>
    public RelapseType? RelapseType { get; init; }

    /// <summary>Day of death; null if alive at the end.</summary>
    public double? DeathDay { get; init; }

    /// <summary>Cause of death.</summary>
    public DeathCause? DeathCause { get; init; }

    /// <summary>Day of a transplant in remission; null without.</summary>
    public double? TransplantDay { get; init; }

    /// <summary>Day a patient without remission left for other treatment before the response could be judged; null without.</summary>
    public double? NewTherapyDay { get; init; }

    /// <summary>Day on which the patient went over to the arm's other regimen; null if not.</summary>
    public double? CrossoverDay { get; init; }

    /// <summary>Last day observed: death or the end of the course.</summary>
    public required double LastDay { get; init; }

    /// <summary>Cytokine release.</summary>
    public CytokineRelease? CytokineRelease { get; init; }

    /// <summary>Neurotoxicity; null without.</summary>
    public Neurotoxicity? Neurotoxicity { get; init; }

    /// <summary>Tumour lysis; null if never infused.</summary>
    public TumourLysis? Lysis { get; init; }

    /// <summary>Day of the first immunoglobulin given by the clinic; null without.</summary>
    public double? IggReplacementDay { get; init; }

    /// <summary>Onset of acute graft-versus-host disease after the cells of a patient grafted before; null without.</summary>
    public double? GraftDiseaseDay { get; init; }

    /// <summary>Transplant in remission, and what came of it; null without.</summary>
    public GraftCourse? Graft { get; init; }

    /// <summary>Treatment after relapse or failure; null without.</summary>
    public SalvageCourse? Salvage { get; init; }

    /// <summary>Day of Richter transformation; null without.</summary>
    public double? RichterDay { get; init; }

    /// <summary>Kinetics of the CAR transgene.</summary>
    public CarKinetics? Car { get; init; }

    /// <summary>First visit with B-cell aplasia; null if there was none.</summary>
    public double? AplasiaStartDay { get; init; }

    /// <summary>Visit that showed B cells back (confirmed at the next); null while aplasia lasts.</summary>
    public double? AplasiaEndDay { get; init; }

    /// <summary>Day neutrophils passed the protocol's limit (0.5e9/L) for good within the window; null if they did not.</summary>
    public double? AncRecoveryDay { get; init; }

    /// <summary>Infections in the early window (to day 28).</summary>
    public int EarlyInfections { get; init; }

    /// <summary>Infections in the late window (day 29 to 90).</summary>
    public int LateInfections { get; init; }

    /// <summary>Days observed in the early and in the late window, the denominators of infection density.</summary>
    public double EarlyDays { get; init; }

    /// <summary>Days observed in the late window.</summary>
    public double LateDays { get; init; }

    /// <summary>Survival from enrolment, which also patients who were never infused have.</summary>
    public required TimeToEvent OsFromEnrolment { get; init; }

    /// <summary>Survival from the relapse on, over the whole follow-up; null without relapse.</summary>
    public TimeToEvent? OsFromRelapse => RelapseDay is { } day ? new TimeToEvent((LastDay - day) / Calendar.DaysPerMonth, DeathDay is not null) : null;

    /// <summary>Time-to-event endpoints by view, in the protocol's order, the model view first; a view that does not include the patient is absent. Empty if never infused.</summary>
    public IReadOnlyList<SurvivalView> Views { get; init; } = [];

    /// <summary>Readouts on the protocol's common grid, one array per series of <c>ClinicalProtocol.Series</c>; NaN after the last day. Empty if never infused.</summary>
    public IReadOnlyList<IReadOnlyList<double>> Kinetics { get; init; } = [];

    /// <summary>The view of this name; null if it does not include the patient.</summary>
    public SurvivalView? View(string name)
    {
        foreach (var view in Views)
        {
            if (string.Equals(view.View, name, StringComparison.Ordinal)) return view;
        }

        return null;
    }
}

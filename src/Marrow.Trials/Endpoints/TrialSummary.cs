namespace Marrow.Trials.Endpoints;

/// <summary>What kind of number an endpoint is.</summary>
public enum EndpointKind
{
    /// <summary>Share of patients, 0-1.</summary>
    Share,

    /// <summary>Ratio of two quantities.</summary>
    Ratio,

    /// <summary>A quantity with the row's unit.</summary>
    Continuous,

    /// <summary>A time in months.</summary>
    Months,
}

/// <summary>An endpoint: simulated, and as a trial published it.</summary>
public sealed record EndpointRow
{
    /// <summary>Name in tables, such as <c>efs_12</c>.</summary>
    public required string Id { get; init; }

    /// <summary>Name in reports.</summary>
    public required string Label { get; init; }

    /// <summary>Heading under which it stands.</summary>
    public required string Group { get; init; }

    /// <summary>Unit; empty for shares and ratios.</summary>
    public required string Unit { get; init; }

    /// <summary>Kind of number.</summary>
    public required EndpointKind Kind { get; init; }

    /// <summary>Value over all simulated patients, in the model's view; null if it cannot be formed, infinite for a median that is not reached.</summary>
    public double? Simulated { get; init; }

    /// <summary>Lower end of the 90 % prediction interval for a trial of the published size, in the trial's own view; infinite where not reached.</summary>
    public double? Lower { get; init; }

    /// <summary>Upper end of that interval.</summary>
    public double? Upper { get; init; }

    /// <summary>Lower end of the 90 % interval of how well the value is known, given how well typical values of parameters are; null without
    /// <c>uncertainty</c> in the study, and where the replicates differ no more than chance would have them.</summary>
    public double? UncertaintyLower { get; init; }

    /// <summary>Upper end of that interval.</summary>
    public double? UncertaintyUpper { get; init; }

    /// <summary>Simulated patients that the value is formed of.</summary>
    public required int SimulatedN { get; init; }

    /// <summary>Published value.</summary>
    public double? Published { get; init; }

    /// <summary>Lower end of the published interval.</summary>
    public double? PublishedLower { get; init; }

    /// <summary>Upper end of the published interval.</summary>
    public double? PublishedUpper { get; init; }

    /// <summary>What the published interval is ("95 % CI", "range"); empty without interval.</summary>
    public string PublishedInterval { get; init; } = "";

    /// <summary>Patients behind the published value.</summary>
    public int? PublishedN { get; init; }

    /// <summary>F: read in a public text; R: recalled, unverified.</summary>
    public string Mark { get; init; } = "";

    /// <summary>Address of the published value.</summary>
    public string Source { get; init; } = "";

    /// <summary>Remark on the published value.</summary>
    public string Note { get; init; } = "";

    /// <summary>Whether the published value lies in the prediction interval; null where either is missing.</summary>
    public bool? Inside => Published is { } published && Lower is { } low && Upper is { } high ? published >= low && published <= high : null;
}

/// <summary>An endpoint of the patients of one replicate, who share one draw of the uncertain typical values.</summary>
/// <param name="Id">Endpoint.</param>
/// <param name="Replicate">Replicate, from 0.</param>
/// <param name="Patients">Patients that it is formed of.</param>
/// <param name="Value">Value in the model's view; null if it cannot be formed.</param>
public sealed record ReplicateEndpoint(string Id, int Replicate, int Patients, double? Value);

/// <summary>A published survival probability.</summary>
/// <param name="Months">Time.</param>
/// <param name="Value">Survival probability.</param>
/// <param name="Lower">Lower 95 % limit, or null.</param>
/// <param name="Upper">Upper 95 % limit, or null.</param>
/// <param name="Mark">F: read in a public text; R: recalled, unverified.</param>
/// <param name="Source">Its address.</param>
public sealed record PublishedLandmark(double Months, double Value, double? Lower, double? Upper, string Mark, string Source);

/// <summary>Patients at risk at some times.</summary>
/// <param name="Months">Times.</param>
/// <param name="AtRisk">Patients at risk at each.</param>
public sealed record AtRiskTable(IReadOnlyList<double> Months, IReadOnlyList<int> AtRisk);

/// <summary>A Kaplan-Meier curve with its uncertainty.</summary>
public sealed record SurvivalResult
{
    /// <summary>Endpoint: os, efs, rfs, rfs_uncensored, os_enrolment, aplasia.</summary>
    public required string Id { get; init; }

    /// <summary>Name in reports.</summary>
    public required string Label { get; init; }

    /// <summary>View that it shows.</summary>
    public required string View { get; init; }

    /// <summary>Patients.</summary>
    public required int N { get; init; }

    /// <summary>Events.</summary>
    public required int Events { get; init; }

    /// <summary>Times of the steps, months, the first 0.</summary>
    public required IReadOnlyList<double> Months { get; init; }

    /// <summary>Survival from each of <see cref="Months"/> on.</summary>
    public required IReadOnlyList<double> Survival { get; init; }

    /// <summary>Lower 95 % confidence limit (log-log).</summary>
    public required IReadOnlyList<double> Lower { get; init; }

    /// <summary>Upper 95 % confidence limit (log-log).</summary>
    public required IReadOnlyList<double> Upper { get; init; }

    /// <summary>Times of the prediction band, months.</summary>
    public required IReadOnlyList<double> BandMonths { get; init; }

    /// <summary>Lower end of the 90 % prediction band for trials of <see cref="BandN"/> patients in the trial's own view.</summary>
    public required IReadOnlyList<double> BandLower { get; init; }

    /// <summary>Upper end of that band.</summary>
    public required IReadOnlyList<double> BandUpper { get; init; }

    /// <summary>Size of those trials.</summary>
    public required int BandN { get; init; }

    /// <summary>Patients at risk.</summary>
    public required AtRiskTable AtRisk { get; init; }

    /// <summary>Median in months with 95 % limits; null where not reached.</summary>
    public double? Median { get; init; }

    /// <summary>Lower 95 % limit of the median.</summary>
    public double? MedianLower { get; init; }

    /// <summary>Upper 95 % limit of the median.</summary>
    public double? MedianUpper { get; init; }

    /// <summary>Published landmarks.</summary>
    public IReadOnlyList<PublishedLandmark> Published { get; init; } = [];

    /// <summary>Published curve; null where none was read.</summary>
    public PublishedCurve? PublishedCurve { get; init; }
}

/// <summary>A published point or level of a readout.</summary>
/// <param name="Day">Day; null for a level without time.</param>
/// <param name="Value">Value.</param>
/// <param name="Label">What it is.</param>
public sealed record PublishedPoint(double? Day, double Value, string Label);

/// <summary>A readout over time: quantiles over the patients still observed.</summary>
public sealed record KineticsBand
{
    /// <summary>Name in tables, a series of the protocol.</summary>
    public required string Id { get; init; }

    /// <summary>Name in reports.</summary>
    public required string Label { get; init; }

    /// <summary>Unit.</summary>
    public required string Unit { get; init; }

    /// <summary>Whether the axis is logarithmic.</summary>
    public required bool Logarithmic { get; init; }

    /// <summary>Values below are not seen by the assay; 0 where there is no limit.</summary>
    public double Limit { get; init; }

    /// <summary>Days since infusion.</summary>
    public required IReadOnlyList<double> Days { get; init; }

    /// <summary>5 % quantile.</summary>
    public required IReadOnlyList<double> Q05 { get; init; }

    /// <summary>25 % quantile.</summary>
    public required IReadOnlyList<double> Q25 { get; init; }

    /// <summary>Median.</summary>
    public required IReadOnlyList<double> Q50 { get; init; }

    /// <summary>75 % quantile.</summary>
    public required IReadOnlyList<double> Q75 { get; init; }

    /// <summary>95 % quantile.</summary>
    public required IReadOnlyList<double> Q95 { get; init; }

    /// <summary>Patients still observed at each day.</summary>
    public required IReadOnlyList<int> N { get; init; }

    /// <summary>Published points.</summary>
    public IReadOnlyList<PublishedPoint> Published { get; init; } = [];
}

/// <summary>Cumulative incidence of one cause among competing ones (Aalen-Johansen).</summary>
/// <param name="Id">Cause: relapse_cd19_positive, relapse_cd19_negative, death, transplant.</param>
/// <param name="Label">Name in reports.</param>
/// <param name="Months">Times of the steps from remission, the first 0.</param>
/// <param name="Incidence">Cumulative incidence from each time on.</param>
/// <param name="Events">Events of this cause.</param>
/// <param name="N">Patients.</param>
public sealed record CumulativeIncidence(
    string Id, string Label, IReadOnlyList<double> Months, IReadOnlyList<double> Incidence, int Events, int N);

/// <summary>A count with its reason.</summary>
/// <param name="Reason">Reason.</param>
/// <param name="Count">Count.</param>
public sealed record ReasonCount(string Reason, int Count);

/// <summary>Shares of toxicity grades.</summary>
/// <param name="Scale">Scale: penn, astct, lee.</param>
/// <param name="Counts">Patients of grade 0 to 5.</param>
public sealed record GradeDistribution(string Scale, IReadOnlyList<int> Counts);

/// <summary>Where patients went.</summary>
public sealed record PatientFlow
{
    /// <summary>Patients enrolled, failed ones included.</summary>
    public required int Enrolled { get; init; }

    /// <summary>Patients infused.</summary>
    public required int Infused { get; init; }

    /// <summary>Patients lost before infusion, by cause.</summary>
    public required IReadOnlyList<ReasonCount> Lost { get; init; }

    /// <summary>Virtual patients rejected before enrolment, by criterion.</summary>
    public required IReadOnlyList<ReasonCount> Rejected { get; init; }

    /// <summary>Enrolled patients whose simulation failed.</summary>
    public required int Failed { get; init; }
}

/// <summary>The result of one arm: everything that a report shows of it.</summary>
public sealed record TrialSummary
{
    /// <summary>Arm.</summary>
    public required string Arm { get; init; }

    /// <summary>Trial whose published figures stand beside it; empty without.</summary>
    public required string Trial { get; init; }

    /// <summary>Size of the trials behind the prediction intervals.</summary>
    public required int PredictionN { get; init; }

    /// <summary>Where patients went.</summary>
    public required PatientFlow Flow { get; init; }

    /// <summary>Endpoints by replicate; empty where typical values are taken as known.</summary>
    public IReadOnlyList<ReplicateEndpoint> Replicates { get; init; } = [];

    /// <summary>Endpoints, in the order of the table.</summary>
    public required IReadOnlyList<EndpointRow> Endpoints { get; init; }

    /// <summary>Survival curves in the model's view.</summary>
    public required IReadOnlyList<SurvivalResult> Survival { get; init; }

    /// <summary>Survival curves in the trial's own views.</summary>
    public required IReadOnlyList<SurvivalResult> TrialViewSurvival { get; init; }

    /// <summary>Readouts over time.</summary>
    public required IReadOnlyList<KineticsBand> Kinetics { get; init; }

    /// <summary>Relapse by type, death and transplant after remission as competing causes.</summary>
    public required IReadOnlyList<CumulativeIncidence> Incidence { get; init; }

    /// <summary>Grades of cytokine release by scale.</summary>
    public required IReadOnlyList<GradeDistribution> CrsGrades { get; init; }

    /// <summary>Deaths by cause.</summary>
    public required IReadOnlyList<ReasonCount> Deaths { get; init; }
}

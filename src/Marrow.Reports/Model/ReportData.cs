namespace Marrow.Reports.Model;

/// <summary>The results as the page reads them. Mirrors <c>web/src/types.ts</c>; the two change together.</summary>
internal sealed record ReportData
{
    /// <summary>Made-up data for work on the page.</summary>
    public bool Example { get; init; }
    /// <summary>Version of Marrow.</summary>
    public required string Version { get; init; }
    public required StudyFacts Study { get; init; }
    public required Head Head { get; init; }
    public required IReadOnlyList<ArmData> Arms { get; init; }
    /// <summary>Arms against each other; empty with one arm.</summary>
    public required ClockData Clock { get; init; }
    public required IReadOnlyList<ComparisonData> Comparisons { get; init; }
    public required IReadOnlyList<CountData> Rejected { get; init; }
    public required IReadOnlyList<FailureData> Failures { get; init; }
    /// <summary>How far failed patients could move the headline.</summary>
    public required string FailureNote { get; init; }
    public required ParameterData Parameters { get; init; }
    public required IReadOnlyList<AssumptionData> Assumptions { get; init; }
    public required IReadOnlyList<Entry> Provenance { get; init; }
    public required IReadOnlyList<Entry> Inputs { get; init; }
}

/// <summary>The study in a few facts. The seed is text: JavaScript's numbers do not hold 64 bits.</summary>
internal sealed record StudyFacts(string Id, string Title, string Question, int Patients, double Months, string Seed);

/// <summary>The top of the page; <c>Outside</c> lists published values outside where they are too many for the standfirst.</summary>
internal sealed record Head(string Kicker, string Headline, string Standfirst, IReadOnlyList<Entry> Outside, string? Warning);

/// <summary>A count with its reason.</summary>
internal sealed record CountData(string Reason, int Count);

/// <summary>A line of a list.</summary>
internal sealed record Entry(string Label, string Value);

/// <summary>A patient that could not be simulated.</summary>
internal sealed record FailureData(
    int Patient, string Arm, string Phase, double Day, string Cause, string Remedy, int Draw, string Seed, IReadOnlyList<string> Parameters);

/// <summary>Numbers by provenance.</summary>
internal sealed record ParameterData(int Measured, int Fitted, int Assumed, int Unverified, WeightedData? Weighted);

/// <summary>Shares weighted by elasticities, over this many parameters.</summary>
internal sealed record WeightedData(double Measured, double Fitted, double Assumed, int Parameters);

/// <summary>An assumption.</summary>
internal sealed record AssumptionData(string Name, double Value, string Unit, string Reason, string File);

/// <summary>One arm.</summary>
internal sealed record ArmData
{
    public required string Name { get; init; }
    public required string Treatment { get; init; }
    public required string Trial { get; init; }
    public required int PredictionN { get; init; }
    public required int Infused { get; init; }
    public required IReadOnlyList<FlowStep> Flow { get; init; }
    public required IReadOnlyList<CountData> Lost { get; init; }
    public required IReadOnlyList<CountData> Deaths { get; init; }
    public required IReadOnlyList<EndpointData> Endpoints { get; init; }
    public required IReadOnlyList<SurvivalData> Survival { get; init; }
    public required KineticsData? Kinetics { get; init; }
    public required IncidenceData? Incidence { get; init; }
    public required CytokineReleaseData? CytokineRelease { get; init; }
    public required CytokinesData? Cytokines { get; init; }
    public required StatesData? States { get; init; }
    public required PatientsData? Patients { get; init; }
    public required ForestData? Subgroups { get; init; }
}

/// <summary>Patients at one point of the flow, and who left there.</summary>
internal sealed record FlowStep(string Label, int Count, string Loss);

/// <summary>A row of the endpoint table: full values, and the words that table and command line print.</summary>
internal sealed record EndpointData
{
    public required string Id { get; init; }
    public required string Label { get; init; }
    public required string Group { get; init; }
    public required string Unit { get; init; }
    /// <summary>share, ratio, continuous or months.</summary>
    public required string Kind { get; init; }
    public required double? Simulated { get; init; }
    public required double? Lower { get; init; }
    public required double? Upper { get; init; }
    public required int SimulatedN { get; init; }
    public required double? Published { get; init; }
    public required double? PublishedLower { get; init; }
    public required double? PublishedUpper { get; init; }
    public required string PublishedInterval { get; init; }
    public required int? PublishedN { get; init; }
    public required bool Unverified { get; init; }
    public required string Source { get; init; }
    public required string Note { get; init; }
    public required string SimulatedText { get; init; }
    public required string SimulatedInterval { get; init; }
    public required string PublishedText { get; init; }
    public required string PublishedIntervalText { get; init; }
    public required string Verdict { get; init; }
    public required bool? Inside { get; init; }
    /// <summary>Interval of how well the simulated value is known; empty where typical values of parameters are taken as known.</summary>
    public required string Uncertainty { get; init; }
}

/// <summary>A published survival probability.</summary>
internal sealed record LandmarkData(double Months, double Value, double? Lower, double? Upper, bool Unverified);

/// <summary>Patients at risk at a time.</summary>
internal sealed record AtRiskData(double Months, int Count);

/// <summary>A curve censored as the trial was; rows [months, survival].</summary>
internal sealed record TrialViewData(string View, IReadOnlyList<double[]> Curve);

/// <summary>A Kaplan-Meier figure.</summary>
internal sealed record SurvivalData
{
    public required string Id { get; init; }
    public required string Label { get; init; }
    public required string Finding { get; init; }
    public required string Spoken { get; init; }
    public required string Note { get; init; }
    public required int N { get; init; }
    public required int Events { get; init; }
    public required int BandN { get; init; }
    /// <summary>End of the axis, months.</summary>
    public required double Months { get; init; }
    /// <summary>Rows [months, survival, lower 95 %, upper 95 %].</summary>
    public required IReadOnlyList<double[]> Curve { get; init; }
    /// <summary>Rows [months, 5 %, 95 %].</summary>
    public required IReadOnlyList<double[]> Band { get; init; }
    public required IReadOnlyList<AtRiskData> AtRisk { get; init; }
    public required IReadOnlyList<LandmarkData> Published { get; init; }
    public required IReadOnlyList<TrialViewData> TrialViews { get; init; }
    /// <summary>Rows [months, survival] read off the published figure; empty without.</summary>
    public required IReadOnlyList<double[]> PublishedCurve { get; init; }
}

/// <summary>Words of the clock: what it starts with, and what a patient is who got so far.</summary>
internal sealed record ClockData(string Start, string Treated);

/// <summary>Readouts over time with what they show.</summary>
internal sealed record KineticsData(string Finding, string Note, string Persistence, string Counts, IReadOnlyList<ReadoutData> Series);

/// <summary>A published value of a readout; a level if it has no day.</summary>
internal sealed record PublishedReadout(double? Day, double Value, string Label);

/// <summary>A readout; rows [days, 5 %, 25 %, 50 %, 75 %, 95 %, patients].</summary>
internal sealed record ReadoutData(
    string Id, string Label, string Unit, bool Logarithmic, double Limit, IReadOnlyList<double[]> Quantiles, IReadOnlyList<PublishedReadout> Published);

/// <summary>A cause that ends remissions.</summary>
internal sealed record CauseData(string Id, string Label, int Events);

/// <summary>Competing causes; rows [months, cumulative incidence of each cause].</summary>
internal sealed record IncidenceData(string Finding, string Note, int N, double Months, IReadOnlyList<CauseData> Causes, IReadOnlyList<double[]> Curves);

/// <summary>Shares of patients by grade 0 to 5.</summary>
internal sealed record GradeScaleData(string Scale, IReadOnlyList<double> Shares);

/// <summary>A published share of patients at or above a grade.</summary>
internal sealed record PublishedGrade(int FromGrade, double Share, double? Lower, double? Upper);

/// <summary>Cytokine release; <c>ByDay</c> rows [day, share in an episode whose worst grade is 1, 2, 3, 4, 5].</summary>
internal sealed record CytokineReleaseData(
    string Finding, string Note, int N, string PublishedScale, IReadOnlyList<GradeScaleData> Scales, IReadOnlyList<PublishedGrade> Published,
    IReadOnlyList<double[]> ByDay, string DayScale);

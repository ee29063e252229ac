namespace Marrow.Reports.Model;

/// <summary>The infused patients of an arm, one row each: what the figures of single patients draw.</summary>
internal sealed record PatientsData
{
    public required string Finding { get; init; }
    public required string Note { get; init; }
    /// <summary>Which patients' courses are kept, in a sentence.</summary>
    public required string CourseNote { get; init; }
    /// <summary>Groups of response, worst first; <c>group</c> of a row counts into them.</summary>
    public required IReadOnlyList<string> Groups { get; init; }
    /// <summary>Causes of death; <c>death_cause</c> of a row counts into them.</summary>
    public required IReadOnlyList<string> DeathCauses { get; init; }
    /// <summary>Scale of <c>crs_grade</c>.</summary>
    public required string Scale { get; init; }
    /// <summary>Names of the columns of <see cref="Rows"/>.</summary>
    public required IReadOnlyList<string> Columns { get; init; }
    /// <summary>Values, rounded to what a picture shows; days since infusion.</summary>
    public required IReadOnlyList<double?[]> Rows { get; init; }
    public required CoursesData? Courses { get; init; }
}

/// <summary>Readouts over time of single patients, as short text: see <c>CourseText</c>.</summary>
internal sealed record CoursesData
{
    /// <summary>Days of the points; a patient's course may end before the last.</summary>
    public required IReadOnlyList<double> Days { get; init; }
    public required IReadOnlyList<CourseSeries> Series { get; init; }
    /// <summary>Patients whose course is kept, ascending.</summary>
    public required IReadOnlyList<int> Patients { get; init; }
    /// <summary>One text a patient: the levels of its points, series after series.</summary>
    public required IReadOnlyList<string> Texts { get; init; }
}

/// <summary>What a series of a course shows; <c>Lower</c> and <c>Upper</c> are the values of the lowest and the highest level of its text.</summary>
internal sealed record CourseSeries(string Id, string Label, string Unit, bool Logarithmic, double Limit, double Lower, double Upper);

/// <summary>States that patients are in; rows [months, share in each state].</summary>
internal sealed record StatesData(string Finding, string Note, int N, double Months, IReadOnlyList<StateData> States, IReadOnlyList<double[]> Shares);

/// <summary>A state of patients.</summary>
internal sealed record StateData(string Id, string Label);

/// <summary>Cytokines by the worst grade of cytokine release, and when it begins, is treated and ends.</summary>
internal sealed record CytokinesData(string Finding, string Note, string Scale, IReadOnlyList<CytokineSeries> Series, CytokineTimes Times);

/// <summary>A cytokine in groups of patients.</summary>
internal sealed record CytokineSeries(string Id, string Label, string Unit, double Limit, IReadOnlyList<GradeGroup> Groups);

/// <summary>Patients of some grades; rows [day, 25 %, median, 75 %].</summary>
internal sealed record GradeGroup(string Name, int Grade, int N, IReadOnlyList<double[]> Rows);

/// <summary>Of the patients with cytokine release: rows [day, share with first signs by then, given tocilizumab by then, free of signs again by then].</summary>
internal sealed record CytokineTimes(int N, IReadOnlyList<double[]> Rows);

/// <summary>Hazard ratios by subgroup.</summary>
internal sealed record ForestData(string Id, string Label, string Finding, string What, string Note, IReadOnlyList<ForestRow> Rows);

/// <summary>A level of a covariate. <c>Ratio</c> compares it with the reference level, or, where arms are compared, the arms within it; null where it cannot be formed.</summary>
internal sealed record ForestRow(
    string Covariate, string Level, int N, int Events, bool Reference, RatioData? Ratio, RatioData? Adjusted, double? EventFree);

/// <summary>A hazard ratio with 95 % limits.</summary>
internal sealed record RatioData(double Ratio, double Lower, double Upper, double PValue);

/// <summary>Arms against each other; the curves are those of the arms.</summary>
internal sealed record ComparisonData
{
    /// <summary>Endpoint, as the arms' curves name it.</summary>
    public required string Id { get; init; }
    public required string Label { get; init; }
    public required string Finding { get; init; }
    public required string Note { get; init; }
    public required LogRankData? LogRank { get; init; }
    public required IReadOnlyList<ArmRatio> Ratios { get; init; }
    /// <summary>Hazard ratio of the second arm to the first by subgroup; null with other than two arms.</summary>
    public required ForestData? Subgroups { get; init; }
}

/// <summary>The log-rank test of equal hazards in all arms.</summary>
internal sealed record LogRankData(double ChiSquared, int DegreesOfFreedom, double PValue);

/// <summary>An arm against the first; power of a trial of <c>TrialN</c> patients, half in each arm, to show the ratio; where 90 % of such trials would
/// find it; and the published ratio.</summary>
internal sealed record ArmRatio(string Arm, string Reference, RatioData? Hazard, double? Power, int TrialN, double[]? Trials, PublishedRatio? Published);

/// <summary>A published hazard ratio.</summary>
internal sealed record PublishedRatio(double Value, double? Lower, double? Upper, string Interval, bool Unverified);

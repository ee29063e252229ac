namespace Marrow.Trials.Endpoints;

/// <summary>Every endpoint, in the order of the table.</summary>
internal static class EndpointList
{
    public static IReadOnlyList<Endpoint> All { get; } =
    [
        new InfusedShare(),
        new OverallRemission(),
        new MrdNegativity(),
        new TransplantInRemission(),
        new SurvivalLandmark(SurvivalCurve.Efs, 6),
        new SurvivalLandmark(SurvivalCurve.Efs, 12),
        new SurvivalLandmark(SurvivalCurve.Efs, 36),
        new SurvivalMedian(SurvivalCurve.Efs),
        new SurvivalLandmark(SurvivalCurve.Os, 6),
        new SurvivalLandmark(SurvivalCurve.Os, 12),
        new SurvivalLandmark(SurvivalCurve.Os, 36),
        new SurvivalLandmark(SurvivalCurve.OsFromEnrolment, 12),
        new RelapseShare(),
        new Cd19NegativeRelapse(),
        new SurvivalLandmark(SurvivalCurve.Rfs, 6),
        new SurvivalLandmark(SurvivalCurve.Rfs, 36),
        new SurvivalLandmark(SurvivalCurve.RfsUncensored, 36),
        new CytokineReleaseShare("crs_any", "CRS, any grade (Penn)", 1),
        new CytokineReleaseShare("crs_severe", "CRS, grade 3 or more (Penn)", 3),
        new CytokineReleaseOnset(),
        new CytokineReleaseDuration(),
        new CytokineReleaseSign("intensive_care", "Intensive care"),
        new TocilizumabShare(),
        new SteroidShare(),
        new EarlyDeath(),
        new InfectionDensity(early: true),
        new InfectionDensity(early: false),
        new NeutrophilRecovery(),
        new CarExposure(CarMeasure.Cmax, remission: true),
        new CarExposure(CarMeasure.Cmax, remission: false),
        new CarExposureRatio(CarMeasure.Cmax),
        new CarPeakDay(remission: true),
        new CarPeakDay(remission: false),
        new CarExposure(CarMeasure.Auc, remission: true),
        new CarExposure(CarMeasure.Auc, remission: false),
        new CarExposureRatio(CarMeasure.Auc),
        new CarPersistence(),
        new SurvivalLandmark(SurvivalCurve.Aplasia, 6),
    ];
}

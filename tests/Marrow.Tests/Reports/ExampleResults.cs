using Marrow.Networks.Diagnostics;
using Marrow.Tests.Studies;
using Marrow.Trials.Clinical;
using Marrow.Trials.Endpoints;
using Marrow.Trials.Studies;

namespace Marrow.Tests.Reports;

/// <summary>Invented results of the ELIANA study, as small as a report can be made from.</summary>
internal static class ExampleResults
{
    public static EndpointRow Share(string id, double? simulated, double? published, double lower = 0, double upper = 1, string? label = null) => new()
    {
        Id = id,
        Label = label ?? id,
        Group = "Endpoints",
        Unit = "",
        Kind = EndpointKind.Share,
        Simulated = simulated,
        SimulatedN = 800,
        Lower = simulated is null ? null : lower,
        Upper = simulated is null ? null : upper,
        Published = published,
        PublishedLower = published - 0.1,
        PublishedUpper = published + 0.1,
        PublishedInterval = published is null ? "" : "95 % CI",
        PublishedN = 79,
        Mark = "F",
    };

    public static SurvivalResult Curve(string id = "efs", int steps = 36, params PublishedLandmark[] published)
    {
        double[] months = [.. Enumerable.Range(0, steps + 1).Select(i => 36.0 * i / steps)];
        double[] survival = [.. months.Select(t => Math.Exp(-t / 20))];
        return new SurvivalResult
        {
            Id = id,
            Label = "Event-free survival",
            View = "model",
            N = 800,
            Events = 500,
            Months = months,
            Survival = survival,
            Lower = [.. survival.Select(s => s * 0.95)],
            Upper = [.. survival.Select(s => Math.Min(1, s * 1.05))],
            BandMonths = months,
            BandLower = [.. survival.Select(s => s * 0.8)],
            BandUpper = [.. survival.Select(s => Math.Min(1, s * 1.2))],
            BandN = 79,
            AtRisk = new([0, 12, 24, 36], [800, 400, 200, 100]),
            Published = published,
        };
    }

    public static KineticsBand Band(string id, string unit, double limit, params double[] medians) => new()
    {
        Id = id,
        Label = id,
        Unit = unit,
        Logarithmic = limit > 0,
        Limit = limit,
        Days = [.. Enumerable.Range(0, medians.Length).Select(i => 7.0 * i)],
        Q05 = [.. medians.Select(m => m / 10)],
        Q25 = [.. medians.Select(m => m / 2)],
        Q50 = medians,
        Q75 = [.. medians.Select(m => m * 2)],
        Q95 = [.. medians.Select(m => m * 10)],
        N = [.. medians.Select(_ => 800)],
    };

    public static TrialSummary Summary(params EndpointRow[] endpoints) => new()
    {
        Arm = "Tisagenlecleucel",
        Trial = "ELIANA",
        PredictionN = 79,
        Flow = new() { Enrolled = 1000, Infused = 800, Lost = [new("Death", 100), new("Manufacture", 0)], Rejected = [new("no escape", 400)], Failed = 2 },
        Endpoints = endpoints,
        Survival = [Curve("efs", 36, new PublishedLandmark(12, 0.5, 0.35, 0.64, "F", "source"))],
        TrialViewSurvival = [Curve("efs") with { View = "Cut-off April 2017" }],
        Kinetics = [Band("car", "copies/ug", 50, 1, 30_000, 9_000, 40, 30), Band("blasts", "%", 0.01, 70, 1, 0.001, 0.001, 0.001), Band("anc", "1e9/L", 0, 2, 0.1, 1, 2, 3)],
        Incidence =
        [
            new("relapse_cd19_negative", "CD19-negative relapse", [0, 6, 12], [0, 0.2, 0.3], 180, 650), new("relapse_cd19_positive", "CD19-positive relapse", [0, 5], [0, 0.1], 60, 650),
            new("death", "Death", [], [], 0, 650),
        ],
        CrsGrades = [new("penn", [160, 200, 200, 160, 80, 0])],
        Deaths = [new("Leukaemia", 250)],
    };

    /// <summary>The three endpoints of the headline and the one of cytokine release.</summary>
    public static TrialSummary Usual() => Summary(
        Share("remission", 0.81, 0.8228), Share("efs_12", 0.504, 0.5, 0.4, 0.6), Share("crs_any", 0.8, 0.77), Share("crs_severe", 0.30, 0.48, 0.21, 0.38, "CRS, grade 3 or more (Penn)"),
        Share("relapse_cd19_negative", 0.75, 0.7368));

    public static PatientOutcome Outcome(int id, bool infused = true, double? onset = null, int grade = 0) => new()
    {
        Patient = new PatientCovariates
        {
            Id = id,
            Sex = Sex.Female,
            AgeYears = 11,
            WeightKg = 35,
            HeightCm = 140,
            BsaM2 = 1.2,
            BloodVolumeL = 2.6,
            CellularityPercent = 60,
            EgfrMlMin = 110,
            PriorLines = 3,
            PriorTransplant = true,
            EntryBlastShare = 0.7,
            Frailty = 1,
            CrsResidual = 0,
        },
        Infused = infused,
        Remission = infused,
        WaitDays = 40,
        LastDay = 1095,
        OsFromEnrolment = new(36, false),
        CytokineRelease = new() { PeakScore = 3, Penn = grade, Astct = grade, Lee = grade, OnsetDay = onset, DurationDays = onset is null ? null : 4 },
    };

    public static PatientFailure Failure(int patient) =>
        new(patient, "Tisagenlecleucel", "treatment", 38.4, "The step became too small", "Il6", 1, 7, "Tighten the tolerance.", ["kC=18"]);

    public static StudyResult Result(TrialSummary? summary = null, params PatientFailure[] failures)
    {
        using var files = new StudyFiles();
        var bag = new DiagnosticBag();
        var study = StudyLoader.Load(files.Study, bag);
        Assert.True(study is not null, string.Join('\n', bag.Items));
        return new StudyResult
        {
            Study = study,
            Seed = ulong.MaxValue,
            Patients = 1000,
            Arms = [new("Tisagenlecleucel", [Outcome(0, onset: 3, grade: 2), Outcome(1)], summary ?? Usual())],
            Rejected = [new("no escape", 400)],
            ParameterCounts = new(200, 80, 150, 40),
            Assumptions = [new("kX", 0.1, "1/d", "no data", "parameters.csv")],
            Failures = failures,
            Inputs = [new("eliana.yaml", "abc")],
            Timing = new() { Seconds = 20, Threads = 2, LaneUse = 0.93, MicrosecondsPerPatient = 40_000, Steps = 12_000_000, Simulated = 1000, PreparationSeconds = 1 },
            OutputFolder = "runs/eliana",
        };
    }
}

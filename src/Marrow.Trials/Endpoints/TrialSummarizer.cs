using Marrow.Trials.Clinical;

namespace Marrow.Trials.Endpoints;

/// <summary>What a summary needs beside the outcomes.</summary>
public sealed record SummaryInputs
{
    /// <summary>Arm.</summary>
    public required string Arm { get; init; }

    /// <summary>Protocol.</summary>
    public required ClinicalProtocol Protocol { get; init; }

    /// <summary>Published figures, or null.</summary>
    public PublishedTable? Published { get; init; }

    /// <summary>Published survival curves, or null.</summary>
    public PublishedCurves? PublishedCurves { get; init; }

    /// <summary>Seed of the run; keys the resampled trials.</summary>
    public required ulong Seed { get; init; }

    /// <summary>Virtual patients rejected before enrolment, by criterion.</summary>
    public IReadOnlyList<ReasonCount> Rejected { get; init; } = [];

    /// <summary>Enrolled patients whose simulation failed.</summary>
    public int Failed { get; init; }

    /// <summary>Endpoints to report; empty for all.</summary>
    public IReadOnlyList<string> Endpoints { get; init; } = [];
}

/// <summary>Forms a trial's endpoints and curves of the patients' outcomes.</summary>
/// <remarks>The prediction interval of an endpoint asks what a trial of the published size would have shown: that many infused (or enrolled) patients are
/// drawn with replacement, seen in the trial's own view (accrual, cut-off, drop-out), and the endpoint is formed of them; 5 % and 95 % quantiles over
/// the resamples. Random numbers are keyed, so that the interval depends on the outcomes and the seed only.</remarks>
public static class TrialSummarizer
{
    /// <summary>Names of all endpoints, in the order of the table.</summary>
    public static IReadOnlyList<string> EndpointIds { get; } = [.. EndpointList.All.Select(e => e.Id)];

    /// <summary>Summarizes an arm.</summary>
    /// <param name="outcomes">Outcomes in the order of patients, those never infused included, failed ones absent.</param>
    /// <param name="inputs">Protocol, published figures and seed.</param>
    public static TrialSummary Summarize(IReadOnlyList<PatientOutcome> outcomes, SummaryInputs inputs)
    {
        ArgumentNullException.ThrowIfNull(outcomes);
        ArgumentNullException.ThrowIfNull(inputs);
        PatientOutcome[] infused = [.. outcomes.Where(o => o.Infused)];
        var chosen = EndpointList.All.Where(e => inputs.Endpoints.Count == 0 ? e.Disease.Length == 0 || e.Disease == inputs.Protocol.Rules.Disease : inputs.Endpoints.Contains(e.Id)).ToArray();
        var trials = new ResampledTrials(outcomes, infused, inputs.Seed);
        var curves = new CurveBuilder(outcomes, infused, trials, inputs);
        var rules = inputs.Protocol.Rules;
        return new TrialSummary
        {
            Arm = inputs.Arm,
            Trial = inputs.Published is null ? "" : inputs.Protocol.Name,
            PredictionN = rules.TrialSize,
            Flow = Flow(outcomes, infused.Length, inputs),
            Endpoints = [.. chosen.Select(e => Row(e, e.OfEnrolled ? outcomes : infused, trials, inputs))],
            Survival = curves.ModelView(),
            TrialViewSurvival = curves.TrialViews(),
            Kinetics = curves.Kinetics(),
            Incidence = curves.Incidence(),
            CrsGrades = Grades(infused),
            Deaths = Counted(infused.Select(o => o.DeathCause).OfType<DeathCause>(), Words),
        };
    }

    private static EndpointRow Row(Endpoint endpoint, IReadOnlyList<PatientOutcome> patients, ResampledTrials trials, SummaryInputs inputs)
    {
        var published = inputs.Published?.Find(endpoint.Id, inputs.Arm);
        var rules = inputs.Protocol.Rules;
        var model = new TrialSample(patients, ClinicalProtocol.ModelView);
        var size = published?.TrialN ?? (endpoint.OfEnrolled ? rules.TrialEnrolled : rules.TrialSize);
        var view = published is { View.Length: > 0 } ? published.View : inputs.Protocol.Cuts.Count > 0 ? inputs.Protocol.Cuts[^1].Id : ClinicalProtocol.ModelView;
        var range = ResampledTrials.Range(trials.Of(endpoint.OfEnrolled, size).Select(drawn => endpoint.Measure(new TrialSample(drawn, view))));
        return new EndpointRow
        {
            Id = endpoint.Id,
            Label = endpoint.Label,
            Group = endpoint.Group,
            Unit = endpoint.Unit,
            Kind = endpoint.Kind,
            Simulated = Formed(endpoint.Measure(model)),
            SimulatedN = endpoint.Count(model),
            Lower = Formed(range.Lower),
            Upper = Formed(range.Upper),
            Published = published?.Value,
            PublishedLower = published?.Lower,
            PublishedUpper = published?.Upper,
            PublishedInterval = published?.Interval ?? "",
            PublishedN = published?.N,
            Mark = published?.Mark ?? "",
            Source = published?.Source ?? "",
            Note = published?.Note ?? "",
        };
    }

    /// <summary>NaN stands for what cannot be formed.</summary>
    private static double? Formed(double value) => double.IsNaN(value) ? null : value;

    private static PatientFlow Flow(IReadOnlyList<PatientOutcome> outcomes, int infused, SummaryInputs inputs) => new()
    {
        Enrolled = outcomes.Count + inputs.Failed,
        Infused = infused,
        Lost = Counted(outcomes.Where(o => !o.Infused).Select(o => o.Attrition), Words),
        Rejected = inputs.Rejected,
        Failed = inputs.Failed,
    };

    private static GradeDistribution[] Grades(IReadOnlyList<PatientOutcome> infused) =>
    [
        Distribution("penn", infused, c => c.Penn), Distribution("astct", infused, c => c.Astct), Distribution("lee", infused, c => c.Lee),
    ];

    private static GradeDistribution Distribution(string scale, IReadOnlyList<PatientOutcome> infused, Func<CytokineRelease, int> grade)
    {
        var counts = new int[6];
        foreach (var outcome in infused)
        {
            if (outcome.CytokineRelease is { } release) counts[grade(release)]++;
        }

        return new GradeDistribution(scale, counts);
    }

    private static ReasonCount[] Counted<T>(IEnumerable<T> items, Func<T, string> words) where T : struct, Enum =>
        [.. items.CountBy(i => i).OrderBy(c => c.Key).Select(c => new ReasonCount(words(c.Key), c.Value))];

    private static string Words(AttritionCause cause) => cause switch
    {
        AttritionCause.ManufactureFailure => "no product could be made",
        AttritionCause.Death => "died before infusion",
        AttritionCause.AdverseEvent => "adverse event or progression before infusion",
        _ => "unknown",
    };

    private static string Words(DeathCause cause) => cause switch
    {
        DeathCause.Background => "other causes",
        DeathCause.Leukaemia => "leukaemia",
        DeathCause.Infection => "infection",
        DeathCause.CytokineRelease => "cytokine release",
        DeathCause.Treatment => "toxicity of later treatment",
        DeathCause.Transplant => "transplant, without relapse",
        _ => "Richter transformation",
    };
}

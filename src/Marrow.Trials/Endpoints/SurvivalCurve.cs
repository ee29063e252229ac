using Marrow.Trials.Clinical;
using Marrow.Trials.Survival;

namespace Marrow.Trials.Endpoints;

/// <summary>A time-to-event endpoint that has a curve.</summary>
/// <param name="Id">Name in tables; landmarks are named <c>&lt;id&gt;_&lt;months&gt;</c>.</param>
/// <param name="Label">Name in reports.</param>
/// <param name="Of">A patient's time in a view; null if the patient has none.</param>
/// <param name="FromRemission">The clock starts at remission, so that observation ends some weeks before that of the other curves.</param>
/// <param name="OfEnrolled">Formed of all enrolled patients, not only of those infused; it has no view.</param>
internal sealed record SurvivalCurve(string Id, string Label, Func<PatientOutcome, string, TimeToEvent?> Of, bool FromRemission = false, bool OfEnrolled = false)
{
    /// <summary>A landmark is read off the last point if that is so close: the clock of a curve from remission starts up to three months after infusion.</summary>
    private const double RemissionSlackMonths = 3;

    public static readonly SurvivalCurve Os = new("os", "Overall survival", (p, v) => p.View(v)?.Os);
    public static readonly SurvivalCurve Efs = new("efs", "Event-free survival", (p, v) => p.View(v)?.Efs);
    public static readonly SurvivalCurve Rfs = new("rfs", "Relapse-free survival, censored at transplant", (p, v) => p.View(v)?.Rfs, FromRemission: true);
    public static readonly SurvivalCurve RfsUncensored = new("rfs_uncensored", "Relapse-free survival, not censored at transplant", (p, v) => p.View(v)?.RfsUncensored, FromRemission: true);
    public static readonly SurvivalCurve Aplasia = new("aplasia", "B-cell aplasia lasting, in remission", (p, v) => p.View(v)?.Aplasia);
    public static readonly SurvivalCurve OsFromRelapse = new("os_relapse", "Overall survival from relapse", (p, _) => p.OsFromRelapse);
    public static readonly SurvivalCurve OsFromEnrolment = new("os_enrolment", "Overall survival from enrolment", (p, _) => p.OsFromEnrolment, OfEnrolled: true);

    /// <summary>Every curve, in the order of the report.</summary>
    public static IReadOnlyList<SurvivalCurve> All { get; } = [Efs, Os, Rfs, RfsUncensored, Aplasia, OsFromRelapse, OsFromEnrolment];

    /// <summary>Observations of a sample.</summary>
    public List<SurvivalObservation> Observations(TrialSample sample)
    {
        var observations = new List<SurvivalObservation>(sample.Patients.Count);
        foreach (var patient in sample.Patients)
        {
            if (Of(patient, sample.View) is { } time) observations.Add(new SurvivalObservation(time.Months, time.Event));
        }

        return observations;
    }

    /// <summary>Survival at a landmark; NaN if nobody was followed so long.</summary>
    public double At(KaplanMeier curve, double months)
    {
        if (curve.At(months) is { } point) return point.Survival;
        var last = curve.Points[^1];
        return FromRemission && last.Time >= months - RemissionSlackMonths ? last.Survival : double.NaN;
    }
}

/// <summary>Survival probability at a number of months.</summary>
internal sealed class SurvivalLandmark(SurvivalCurve curve, int months) : Endpoint
{
    /// <summary>The curve that it is read off.</summary>
    public SurvivalCurve Curve => curve;

    /// <summary>Its time.</summary>
    public int Months => months;

    public override string Id => FormattableString.Invariant($"{curve.Id}_{months}");
    public override string Label => FormattableString.Invariant($"{curve.Label}, {months} months");
    public override string Group => curve.Id is "rfs" or "rfs_uncensored" or "os_relapse" ? EndpointGroups.Relapse : curve.Id is "aplasia" ? EndpointGroups.Kinetics : EndpointGroups.Survival;
    public override bool OfEnrolled => curve.OfEnrolled;
    public override int Count(TrialSample sample) => curve.Observations(sample).Count;

    public override double Measure(TrialSample sample) =>
        curve.Observations(sample) is { Count: > 0 } observations ? curve.At(KaplanMeier.Estimate(observations), months) : double.NaN;
}

/// <summary>Median time to an event, months; infinite where it is not reached.</summary>
internal sealed class SurvivalMedian(SurvivalCurve curve) : Endpoint
{
    public override string Id => $"{curve.Id}_median";
    public override string Label => $"{curve.Label}, median";
    public override string Group => curve.Id is "os_relapse" ? EndpointGroups.Relapse : EndpointGroups.Survival;
    public override string Unit => "months";
    public override EndpointKind Kind => EndpointKind.Months;
    public override int Count(TrialSample sample) => curve.Observations(sample).Count;

    public override double Measure(TrialSample sample) => curve.Observations(sample) is { Count: > 0 } observations
        ? KaplanMeier.Estimate(observations).Median().Time ?? double.PositiveInfinity
        : double.NaN;
}

using Marrow.Numerics.Statistics;
using Marrow.Trials.Clinical;

namespace Marrow.Trials.Endpoints;

/// <summary>Cytokine release of at least a Penn grade.</summary>
/// <param name="id">Name in tables.</param>
/// <param name="label">Name in reports.</param>
/// <param name="grade">Lowest grade that counts.</param>
internal sealed class CytokineReleaseShare(string id, string label, int grade) : ShareEndpoint
{
    public override string Id => id;
    public override string Label => label;
    public override string Group => EndpointGroups.Safety;
    protected override bool Has(PatientOutcome patient) => patient.CytokineRelease?.Penn >= grade;
}

/// <summary>A sign of cytokine release, as crs.csv names it.</summary>
/// <param name="sign">Sign; also the endpoint's name.</param>
/// <param name="label">Name in reports.</param>
internal sealed class CytokineReleaseSign(string sign, string label) : ShareEndpoint
{
    public override string Id => sign;
    public override string Label => label;
    public override string Group => EndpointGroups.Safety;
    protected override bool Has(PatientOutcome patient) => patient.CytokineRelease?.Signs.Contains(sign) == true;
}

/// <summary>Median day of the first sign of cytokine release, of those with any.</summary>
internal sealed class CytokineReleaseOnset : ValueEndpoint
{
    public override string Id => "crs_onset";
    public override string Label => "CRS onset, median";
    public override string Group => EndpointGroups.Safety;
    public override string Unit => "d";
    protected override double? Of(PatientOutcome patient, string view) => patient.CytokineRelease?.OnsetDay;
    protected override double Summarize(IReadOnlyList<double> values) => Quantiles.Median(values);
}

/// <summary>Median duration of cytokine release, of those with any.</summary>
internal sealed class CytokineReleaseDuration : ValueEndpoint
{
    public override string Id => "crs_duration";
    public override string Label => "CRS duration, median";
    public override string Group => EndpointGroups.Safety;
    public override string Unit => "d";
    protected override double? Of(PatientOutcome patient, string view) => patient.CytokineRelease?.DurationDays;
    protected override double Summarize(IReadOnlyList<double> values) => Quantiles.Median(values);
}

/// <summary>Tocilizumab given.</summary>
internal sealed class TocilizumabShare : ShareEndpoint
{
    public override string Id => "tocilizumab";
    public override string Label => "Tocilizumab given";
    public override string Group => EndpointGroups.Safety;
    protected override bool Has(PatientOutcome patient) => patient.CytokineRelease?.TocilizumabDays.Count > 0;
}

/// <summary>Glucocorticoid given for cytokine release.</summary>
internal sealed class SteroidShare : ShareEndpoint
{
    public override string Id => "steroid";
    public override string Label => "Glucocorticoid given for CRS";
    public override string Group => EndpointGroups.Safety;
    protected override bool Has(PatientOutcome patient) => patient.CytokineRelease?.Steroid == true;
}

/// <summary>Death within 30 days of infusion.</summary>
internal sealed class EarlyDeath : ShareEndpoint
{
    private const double Days = 30;

    public override string Id => "early_death";
    public override string Label => "Death within 30 days";
    public override string Group => EndpointGroups.Safety;
    protected override bool Has(PatientOutcome patient) => patient.DeathDay <= Days;
}

/// <summary>Infections per 100 patient-days of the early or the late window.</summary>
/// <param name="early">Which window.</param>
internal sealed class InfectionDensity(bool early) : Endpoint
{
    private const double PatientDays = 100;

    public override string Id => early ? "infections_early" : "infections_late";
    public override string Label => early ? "Infections to day 28" : "Infections, day 29-90";
    public override string Group => EndpointGroups.Safety;
    public override string Unit => "per 100 patient-days";
    public override EndpointKind Kind => EndpointKind.Continuous;
    public override int Count(TrialSample sample) => sample.Patients.Count(p => Days(p) > 0);

    public override double Measure(TrialSample sample)
    {
        double infections = 0, days = 0;
        foreach (var patient in sample.Patients)
        {
            infections += early ? patient.EarlyInfections : patient.LateInfections;
            days += Days(patient);
        }

        return days > 0 ? PatientDays * infections / days : double.NaN;
    }

    private double Days(PatientOutcome patient) => early ? patient.EarlyDays : patient.LateDays;
}

/// <summary>Median day of neutrophil recovery, of those who fell below the limit and recovered.</summary>
internal sealed class NeutrophilRecovery : ValueEndpoint
{
    public override string Id => "neutrophil_recovery";
    public override string Label => "Neutrophils above 0.5e9/L for good, median day";
    public override string Group => EndpointGroups.Safety;
    public override string Unit => "d";
    protected override double? Of(PatientOutcome patient, string view) => patient.AncRecoveryDay is > 0 and { } day ? day : null;
    protected override double Summarize(IReadOnlyList<double> values) => Quantiles.Median(values);
}

using Marrow.Trials.Clinical;

namespace Marrow.Trials.Endpoints;

/// <summary>A share of all patients that a rule picks.</summary>
/// <param name="id">Name in tables.</param>
/// <param name="label">Name in reports.</param>
/// <param name="group">Heading under which it stands.</param>
/// <param name="has">The rule.</param>
/// <param name="disease">The only disease that has it; empty if all have.</param>
internal sealed class PatientShare(string id, string label, string group, Func<PatientOutcome, bool> has, string disease = "") : ShareEndpoint
{
    public override string Id => id;
    public override string Label => label;
    public override string Group => group;
    public override string Disease => disease;
    protected override bool Has(PatientOutcome patient) => has(patient);

    private const string Cll = "cll";

    public static readonly PatientShare Neurotoxicity = new("icans_any", "Neurotoxicity, any grade", EndpointGroups.Safety, p => p.Neurotoxicity is not null);
    public static readonly PatientShare SevereNeurotoxicity = new("icans_severe", "Neurotoxicity, grade 3 or more", EndpointGroups.Safety, p => p.Neurotoxicity?.Severe == true);
    public static readonly PatientShare LaboratoryLysis = new("tls_laboratory", "Tumour lysis, laboratory", EndpointGroups.Safety, p => p.Lysis?.Laboratory == true);
    public static readonly PatientShare ClinicalLysis = new("tls", "Tumour lysis, clinical", EndpointGroups.Safety, p => p.Lysis?.Clinical == true);
    public static readonly PatientShare ImmunoglobulinGiven = new("igg_replaced", "Immunoglobulin replaced", EndpointGroups.Safety, p => p.IggReplacementDay is not null);
    public static readonly PatientShare LaterTreatment = new("salvage", "Treated again after relapse or failure", EndpointGroups.Relapse, p => p.Salvage is not null);
    public static readonly PatientShare OverallResponse = new("response_overall", "Partial response or better", EndpointGroups.Response, p => p.BestResponse >= Response.PR, Cll);
    public static readonly PatientShare CompleteResponse = new("response_complete", "Complete response, with or without recovered counts", EndpointGroups.Response, p => p.BestResponse >= Response.CRi, Cll);
    public static readonly PatientShare RichterTransformation = new("richter", "Richter transformation", EndpointGroups.Relapse, p => p.RichterDay is not null, Cll);
}

/// <summary>Median day of the onset of neurotoxicity, of those with any.</summary>
internal sealed class NeurotoxicityOnset : ValueEndpoint
{
    public override string Id => "icans_onset";
    public override string Label => "Neurotoxicity onset, median";
    public override string Group => EndpointGroups.Safety;
    public override string Unit => "d";
    protected override double? Of(PatientOutcome patient, string view) => patient.Neurotoxicity?.OnsetDay;
    protected override double Summarize(IReadOnlyList<double> values) => Numerics.Statistics.Quantiles.Median(values);
}

/// <summary>Remission by later treatment, of those treated again.</summary>
internal sealed class LaterRemission : ShareEndpoint
{
    public override string Id => "salvage_remission";
    public override string Label => "Remission by later treatment, of those treated again";
    public override string Group => EndpointGroups.Relapse;
    protected override bool Counts(PatientOutcome patient) => patient.Salvage is not null;
    protected override bool Has(PatientOutcome patient) => patient.Salvage?.RemissionDays.Count > 0;
}

/// <summary>Acute graft-versus-host disease of grade II to IV, of those transplanted in remission or later.</summary>
internal sealed class GraftDisease : ShareEndpoint
{
    public override string Id => "gvhd_acute";
    public override string Label => "Acute graft-versus-host disease, grade II to IV, of those transplanted";
    public override string Group => EndpointGroups.Safety;
    protected override bool Counts(PatientOutcome patient) => Grafts(patient).Any();
    protected override bool Has(PatientOutcome patient) => Grafts(patient).Any(g => g.AcuteGrade > 0);

    private static IEnumerable<GraftCourse> Grafts(PatientOutcome patient) =>
        (patient.Salvage?.Grafts ?? []).Concat(patient.Graft is { } own ? [own] : []).Where(g => g.Day <= patient.LastDay);
}

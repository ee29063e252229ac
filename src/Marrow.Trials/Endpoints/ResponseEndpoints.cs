using Marrow.Trials.Clinical;

namespace Marrow.Trials.Endpoints;

/// <summary>Share of enrolled patients who were infused.</summary>
internal sealed class InfusedShare : ShareEndpoint
{
    public override string Id => "infused";
    public override string Label => "Infused, of those enrolled";
    public override string Group => EndpointGroups.Flow;
    public override bool OfEnrolled => true;
    protected override bool Has(PatientOutcome patient) => patient.Infused;
}

/// <summary>Overall remission by the protocol's rule: CR or CRi within the window and kept.</summary>
internal sealed class OverallRemission : ShareEndpoint
{
    public override string Id => "remission";
    public override string Label => "Overall remission, CR or CRi";
    public override string Group => EndpointGroups.Response;
    protected override bool Has(PatientOutcome patient) => patient.Remission;
}

/// <summary>Negative residual disease among patients in remission.</summary>
internal sealed class MrdNegativity : ShareEndpoint
{
    public override string Id => "mrd_negative";
    public override string Label => "MRD below 1e-4, of those in remission";
    public override string Group => EndpointGroups.Response;
    protected override bool Counts(PatientOutcome patient) => patient.Remission;
    protected override bool Has(PatientOutcome patient) => patient.MrdNegative;
}

/// <summary>Transplant in remission.</summary>
internal sealed class TransplantInRemission : ShareEndpoint
{
    public override string Id => "transplant";
    public override string Label => "Transplant in remission";
    public override string Group => EndpointGroups.Response;
    protected override bool Counts(PatientOutcome patient) => patient.Remission;
    protected override bool Has(PatientOutcome patient) => patient.TransplantDay is not null;
}

/// <summary>Relapse among patients in remission, within the whole follow-up.</summary>
internal sealed class RelapseShare : ShareEndpoint
{
    public override string Id => "relapse";
    public override string Label => "Relapse within follow-up, of those in remission";
    public override string Group => EndpointGroups.Relapse;
    protected override bool Counts(PatientOutcome patient) => patient.Remission;
    protected override bool Has(PatientOutcome patient) => patient.RelapseDay is not null;
}

/// <summary>CD19-negative among relapses.</summary>
internal sealed class Cd19NegativeRelapse : ShareEndpoint
{
    public override string Id => "relapse_cd19_negative";
    public override string Label => "CD19-negative, of relapses";
    public override string Group => EndpointGroups.Relapse;
    protected override bool Counts(PatientOutcome patient) => patient.RelapseType is not null;
    protected override bool Has(PatientOutcome patient) => patient.RelapseType == RelapseType.Cd19Negative;
}

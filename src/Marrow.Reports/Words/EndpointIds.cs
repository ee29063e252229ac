namespace Marrow.Reports.Words;

/// <summary>Endpoints and readouts that sentences and figures ask for by name.</summary>
internal static class EndpointIds
{
    public const string Remission = "remission";
    public const string EventFreeAtOneYear = "efs_12";
    public const string Cd19NegativeRelapse = "relapse_cd19_negative";
    public const string Cd19PositiveRelapse = "relapse_cd19_positive";
    public const string AnyCytokineRelease = "crs_any";
    public const string SevereCytokineRelease = "crs_severe";
    public const string CarCells = "car";
    public const string Blasts = "blasts";
    public const string Neutrophils = "anc";
    public const string EventFree = "efs";
    public const string Alive = "os";
    public const string AliveFromEnrolment = "os_enrolment";
}

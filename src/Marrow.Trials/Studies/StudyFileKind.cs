namespace Marrow.Trials.Studies;

/// <summary>What a YAML file describes.</summary>
public enum StudyFileKind
{
    /// <summary>None of the others; the problem was reported.</summary>
    Unknown,

    /// <summary>A study: arms, patients, follow-up.</summary>
    Study,

    /// <summary>A population: covariates and how patients come to enrolment.</summary>
    Population,

    /// <summary>A regimen: preparation, doses, care.</summary>
    Regimen,

    /// <summary>A fit: scenarios, parameters with priors, a table of targets.</summary>
    Fit,

    /// <summary>Elasticities: scenarios and outcomes.</summary>
    Elasticities,

    /// <summary>Contexts of expected effects.</summary>
    Contexts,

    /// <summary>The card of a model.</summary>
    Card,
}

namespace Marrow.Trials.Onset;

/// <summary>What is special about a life: factors that may raise or lower the hazard of disease. The default is an ordinary one.</summary>
public sealed record OnsetFactors
{
    /// <summary>An ordinary life.</summary>
    public static OnsetFactors None { get; } = new();

    /// <summary>Inherited immunodeficiency: T, combined, NK, DNA_repair, antibody, or any (mixed as in the population); null for none.</summary>
    public string? Deficiency { get; init; }

    /// <summary>Age at infection with HIV, years; null without.</summary>
    public double? HivAge { get; init; }

    /// <summary>Years from infection to antiretroviral treatment; null for never.</summary>
    public double? ArtAfterYears { get; init; }

    /// <summary>Immunosuppression, 0-1: T cells lose this share of their competence, NK cells a part of it.</summary>
    public double Immunosuppression { get; init; }

    /// <summary>Age at which it begins, years.</summary>
    public double ImmunosuppressionFrom { get; init; }

    /// <summary>Age at which it ends, years.</summary>
    public double ImmunosuppressionUntil { get; init; } = double.PositiveInfinity;

    /// <summary>Whether it is that of a transplant, whose drugs also mutate.</summary>
    public bool Transplant { get; init; }

    /// <summary>Chronic inflammation; 1 doubles the second hits of the most sensitive clones.</summary>
    public double Inflammation { get; init; }

    /// <summary>Age at which it begins, years.</summary>
    public double InflammationFrom { get; init; }

    /// <summary>Whether the inflammatory disease is treated with cytotoxic drugs.</summary>
    public bool Cytotoxic { get; init; }

    /// <summary>Infections a year beyond the usual ones.</summary>
    public double ExtraInfections { get; init; }

    /// <summary>Age at which these begin, years.</summary>
    public double ExtraInfectionsFrom { get; init; }

    /// <summary>Age at which these end, years.</summary>
    public double ExtraInfectionsUntil { get; init; }

    /// <summary>One germline TP53 is lost: its effect in the tumour's own cells.</summary>
    public bool Tp53Tumour { get; init; }

    /// <summary>One germline TP53 is lost: its effect through the host's immune cells.</summary>
    public bool Tp53Host { get; init; }

    /// <summary>Regulatory T cells relative to health from birth on.</summary>
    public double Treg { get; init; } = 1;

    /// <summary>An unmeasured immune factor.</summary>
    public bool Hidden { get; init; }

    /// <summary>Alternative a of early infections: those of the first two years train the immune system, so that later ones inflame less. False: alternative b.</summary>
    public bool InfectionTiming { get; init; } = true;

    /// <summary>Alternative a of chronic inflammation: it acts on clones that are not lymphoid too. False: alternative b.</summary>
    public bool MyeloidInflammation { get; init; } = true;

    /// <summary>The same life without what is special, but under the same alternatives.</summary>
    public OnsetFactors Reference => new() { InfectionTiming = InfectionTiming, MyeloidInflammation = MyeloidInflammation };
}

using Marrow.Numerics.Statistics;

namespace Marrow.Trials.Onset;

/// <summary>Incidence of a disease with factors, beside that of the same persons without them.</summary>
public sealed record OnsetIncidence
{
    /// <summary>Disease.</summary>
    public required string Disease { get; init; }

    /// <summary>Virtual persons.</summary>
    public required int Persons { get; init; }

    /// <summary>Age from which diagnoses count, years.</summary>
    public required double FromAge { get; init; }

    /// <summary>Age until which they count, years.</summary>
    public required double UntilAge { get; init; }

    /// <summary>Diagnoses per 100,000 person-years with the factors.</summary>
    public required double PerHundredThousand { get; init; }

    /// <summary>Diagnoses per 100,000 person-years of the same persons without them.</summary>
    public required double ReferencePerHundredThousand { get; init; }

    /// <summary>Standardised incidence ratio: the persons and their ages are the same.</summary>
    public required double Ratio { get; init; }

    /// <summary>90 % bootstrap interval of it over persons.</summary>
    public required Interval RatioInterval { get; init; }

    /// <summary>Odds ratio of a diagnosis within the ages.</summary>
    public required double OddsRatio { get; init; }

    /// <summary>90 % bootstrap interval of it over persons.</summary>
    public required Interval OddsRatioInterval { get; init; }

    /// <summary>Share of each subtype of the diagnoses, with the factors and without.</summary>
    public required IReadOnlyDictionary<string, (double Share, double ReferenceShare)> Subtypes { get; init; }

    /// <summary>Diagnoses per 100,000 person-years by year of age, with the factors and without.</summary>
    public required IReadOnlyList<(double With, double Without)> ByAge { get; init; }
}

/// <summary>Where the cases of a population come from.</summary>
/// <param name="Disease">Disease.</param>
/// <param name="PerHundredThousand">Cases per 100,000 and year of the whole population.</param>
/// <param name="Attributable">Share of cases that would not be without each factor.</param>
/// <param name="Unattributed">Share of cases among persons with none of the listed factors.</param>
/// <param name="HiddenShare">Share of cases that the unmeasured factor explains; 0 where there is none.</param>
public sealed record OnsetAttribution(
    string Disease, double PerHundredThousand, IReadOnlyDictionary<string, double> Attributable, double Unattributed, double HiddenShare);

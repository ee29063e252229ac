namespace Marrow.Trials.Fit;

/// <summary>How a share of patients follows a parameter.</summary>
public sealed record Elasticity
{
    /// <summary>Parameter.</summary>
    public required string Parameter { get; init; }

    /// <summary>Measured, fitted or assumed.</summary>
    public required string Kind { get; init; }

    /// <summary>Outcome.</summary>
    public required string Outcome { get; init; }

    /// <summary>Share of patients with the parameter divided by the factor.</summary>
    public required double Low { get; init; }

    /// <summary>Share with the parameter multiplied by it.</summary>
    public required double High { get; init; }

    /// <summary>d ln share / d ln parameter: ln(high / low) over twice the logarithm of the factor.</summary>
    public required double Value { get; init; }

    /// <summary>Lower end of the 90 % interval over patients.</summary>
    public required double Lower { get; init; }

    /// <summary>Upper end of it.</summary>
    public required double Upper { get; init; }

    /// <summary>Patients with both runs.</summary>
    public required int Patients { get; init; }
}

using Marrow.Networks.Diagnostics;
using Marrow.Numerics.Vectors;

namespace Marrow.Trials.Fit;

/// <summary>Scale on which a prediction is compared with the published value.</summary>
public enum TargetScale
{
    /// <summary>Difference.</summary>
    Linear,

    /// <summary>Difference of logarithms: times, counts, concentrations.</summary>
    Log,

    /// <summary>Difference of logits: shares of patients.</summary>
    Logit,
}

/// <summary>A published figure that the model should reproduce.</summary>
public sealed record FitTarget
{
    /// <summary>Name.</summary>
    public required string Id { get; init; }

    /// <summary>Scenario in which it is read.</summary>
    public required string Scenario { get; init; }

    /// <summary>State or computed value of the scenario's model.</summary>
    public required string Observable { get; init; }

    /// <summary>One number from the course of each patient.</summary>
    public required TimeReadout Time { get; init; }

    /// <summary>One number from the numbers of all patients.</summary>
    public required PatientStatistic Statistic { get; init; }

    /// <summary>The patients it is of; null for all.</summary>
    public PatientGroup? Among { get; init; }

    /// <summary>Published value, in <see cref="Unit"/>.</summary>
    public required double Published { get; init; }

    /// <summary>Its standard deviation on the scale: in the unit (linear), of the natural logarithm (log), of the logit.</summary>
    public required double Spread { get; init; }

    /// <summary>Scale of comparison.</summary>
    public required TargetScale Scale { get; init; }

    /// <summary>Unit of published value and prediction.</summary>
    public string Unit { get; init; } = "1";

    /// <summary>Model amounts are multiplied by this to give the unit.</summary>
    public double Factor { get; init; } = 1;

    /// <summary>The study, trial or cohort that measured it: targets of one study share its errors.</summary>
    public required string Study { get; init; }

    /// <summary>Where it was read.</summary>
    public required string Source { get; init; }

    /// <summary>Remarks.</summary>
    public string Note { get; init; } = "";

    /// <summary>Place of its row.</summary>
    public SourceSpan Where { get; init; }

    /// <summary>Everything that is observed for it.</summary>
    internal IEnumerable<string> Observables => Among is { } group ? [Observable, group.Observable] : [Observable];

    /// <summary>(prediction - published) / spread on the scale; NaN if the prediction is none.</summary>
    /// <param name="prediction">Prediction, in the unit.</param>
    /// <param name="patients">Patients behind a share: a share of 0 or 1 counts as half a patient from it.</param>
    public double Misfit(double prediction, int patients) => Scale switch
    {
        TargetScale.Log => prediction > 0 ? VectorMath.Ln(prediction / Published) / Spread : double.NaN,
        TargetScale.Logit => (FitParameter.Logit(Inside(prediction, patients)) - FitParameter.Logit(Published)) / Spread,
        _ => (prediction - Published) / Spread,
    };

    private static double Inside(double share, int patients) => ((share * patients) + .5) / (patients + 1);
}

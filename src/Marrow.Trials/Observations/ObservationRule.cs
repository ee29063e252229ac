using Marrow.Numerics.Random;
using Marrow.Numerics.Vectors;

namespace Marrow.Trials.Observations;

/// <summary>What is written of a value below the limit of quantification.</summary>
internal enum BelowLimit
{
    /// <summary>The value as it was read, marked.</summary>
    Flag,
    /// <summary>Half of the limit.</summary>
    Half,
    /// <summary>0.</summary>
    Zero,
    /// <summary>Nothing: the value is missing.</summary>
    Missing,
}

/// <summary>Error of an assay: y = f exp(LogSd z1) (1 + Proportional z2) + Additive z3, with independent standard normal z.</summary>
/// <param name="LogSd">Standard deviation of the logarithm.</param>
/// <param name="Proportional">Standard deviation relative to the value.</param>
/// <param name="Additive">Standard deviation in the unit of the readout.</param>
internal readonly record struct ObservationError(double LogSd, double Proportional, double Additive)
{
    /// <summary>A value as the assay reads it.</summary>
    public double Read(double value, RandomStream stream)
    {
        var (first, second, third) = (stream.Normal(), stream.Normal(), stream.Normal());
        return (value * VectorMath.Exp(LogSd * first) * (1 + (Proportional * second))) + (Additive * third);
    }
}

/// <summary>A readout that is observed with error, at visits or on days.</summary>
internal sealed record ObservationRule
{
    /// <summary>Name in the table; part of the key of its random numbers.</summary>
    public required string Id { get; init; }
    /// <summary>Observable or state of the model.</summary>
    public required string Readout { get; init; }
    /// <summary>Unit of what is observed.</summary>
    public required string Unit { get; init; }
    /// <summary>Factor from the readout to that unit.</summary>
    public double Scale { get; init; } = 1;
    /// <summary>Days on the clock of the arm; empty for the visits of the protocol, and for a dosing table.</summary>
    public IReadOnlyList<double> Days { get; init; } = [];
    /// <summary>Whether it is observed at the observations of the arm's dosing table (EVID 0), beside what was measured.</summary>
    public bool AtTable { get; init; }
    /// <summary>CMT of those observations; null for all of them.</summary>
    public string? Compartment { get; init; }
    public ObservationError Error { get; init; }
    /// <summary>Lower limit of quantification, in the unit; 0 for none.</summary>
    public double Limit { get; init; }
    public BelowLimit Below { get; init; }

    /// <summary>What is observed of a simulated value.</summary>
    /// <param name="simulated">Value in the unit.</param>
    /// <param name="seed">Seed of the run.</param>
    /// <param name="patient">Patient.</param>
    /// <param name="occasion">Number of the visit, or of the day: see <see cref="Occasion"/>. Arms share it, and so their luck.</param>
    public Observed Observe(double simulated, ulong seed, int patient, uint occasion)
    {
        var read = Error.Read(simulated, new RandomKey(seed, Purpose.Of("observation " + Id), (ulong)patient, occasion).Stream());
        if (!(Limit > 0) || read >= Limit) return new Observed(read, false);
        return new Observed(Below switch { BelowLimit.Half => Limit / 2, BelowLimit.Zero => 0, BelowLimit.Missing => null, _ => read }, true);
    }

    /// <summary>A number for a day, the same whatever other days are observed; days a minute and a half apart differ.</summary>
    public static uint Occasion(double day) => unchecked((uint)(int)Math.Round(day * 1024));
}

/// <summary>An observed value.</summary>
/// <param name="Value">Value; null if missing.</param>
/// <param name="BelowLimit">Whether what was read lies below the limit of quantification.</param>
internal readonly record struct Observed(double? Value, bool BelowLimit);

/// <summary>A simulated value at the time of an observation: what is kept of it until the table is written. Assay errors are drawn then.</summary>
/// <param name="Rule">Number of the rule.</param>
/// <param name="Visit">Name of the visit; empty on days.</param>
/// <param name="Occasion">Key of its random numbers.</param>
/// <param name="Day">Day.</param>
/// <param name="Simulated">Value in the unit of the rule, without error.</param>
/// <param name="Measured">Value that the dosing table holds (DV); null if none.</param>
internal sealed record ObservedPoint(int Rule, string Visit, uint Occasion, double Day, double Simulated, double? Measured = null);

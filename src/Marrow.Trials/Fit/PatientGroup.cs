namespace Marrow.Trials.Fit;

/// <summary>The patients that a published figure is of, by what became of them, such as those in remission: three parts with bars between,
/// <c>BlastShare | min 28 90 | share_below 0.05 0.3</c>. With a width in the share a patient belongs in part.</summary>
public sealed record PatientGroup
{
    private PatientGroup(string observable, TimeReadout time, PatientStatistic share) => (Observable, Time, Share) = (observable, time, share);

    /// <summary>State or computed value.</summary>
    public string Observable { get; }

    /// <summary>One number from the course of each patient.</summary>
    public TimeReadout Time { get; }

    /// <summary>Share above or below a limit.</summary>
    public PatientStatistic Share { get; }

    /// <summary>Reads a group; null, with the reason, if it is none.</summary>
    public static PatientGroup? Parse(string text, out string problem)
    {
        ArgumentNullException.ThrowIfNull(text);
        var parts = text.Split('|', StringSplitOptions.TrimEntries);
        problem = $"'{text}' has not the three parts observable | time | share";
        if (parts.Length != 3 || parts[0].Length == 0) return null;
        if (TimeReadout.Parse(parts[1], out problem) is not { } time || PatientStatistic.Parse(parts[2], out problem) is not { } share) return null;
        if (share.IsShare) return new PatientGroup(parts[0], time, share);
        problem = $"'{parts[2]}' is no share of patients";
        return null;
    }

    /// <summary>How far a patient belongs, 0 to 1; NaN where the readout does not exist.</summary>
    public double WeightOf(ReadOnlySpan<double> times, ReadOnlySpan<double> values)
    {
        var value = Time.Of(times, values);
        return double.IsNaN(value) ? double.NaN : Share.Of([value]);
    }
}

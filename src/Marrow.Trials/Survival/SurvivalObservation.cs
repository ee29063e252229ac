namespace Marrow.Trials.Survival;

/// <summary>What is known of one patient's time to an event.</summary>
/// <param name="Time">Time of the event, or until which it had not happened. Range: finite, &gt;= 0; any unit, the same for all.</param>
/// <param name="Event">True for the event, false if the observation ends without it (censored).</param>
public readonly record struct SurvivalObservation(double Time, bool Event);

/// <summary>What is known of one patient's time to the first of several exclusive events.</summary>
/// <param name="Time">Time of the event, or until which none had happened. Range: finite, &gt;= 0.</param>
/// <param name="Cause">Which event, from 1; 0 if the observation ends without any (censored).</param>
public readonly record struct CompetingObservation(double Time, int Cause);

/// <summary>Checks that every method of this folder makes of its input.</summary>
internal static class SurvivalInput
{
    public static void CheckTime(double time, int index)
    {
        if (!(time >= 0) || double.IsInfinity(time))
            throw new ArgumentException(FormattableString.Invariant($"observation {index} has time {time}; times must be finite and not negative"));
    }

    public static void CheckConfidence(double confidence)
    {
        if (!(confidence is > 0 and < 1))
            throw new ArgumentException(FormattableString.Invariant($"confidence is {confidence}; it must lie between 0 and 1"));
    }

    /// <summary>Validated copy in ascending time; of equal times, events first: a patient censored at a time was at risk of its events.</summary>
    public static SurvivalObservation[] Sorted(IEnumerable<SurvivalObservation> observations)
    {
        var sorted = observations.ToArray();
        for (var i = 0; i < sorted.Length; i++)
            CheckTime(sorted[i].Time, i);
        Array.Sort(sorted, (a, b) => a.Time != b.Time ? a.Time.CompareTo(b.Time) : b.Event.CompareTo(a.Event));
        return sorted;
    }
}

namespace Marrow.Trials.Clinical;

/// <summary>Months and years as endpoints count them.</summary>
public static class Calendar
{
    /// <summary>Days of a year.</summary>
    public const double DaysPerYear = 365.25;

    /// <summary>Days of a month: a twelfth of a year.</summary>
    public const double DaysPerMonth = DaysPerYear / 12;
}

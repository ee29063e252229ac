using Marrow.Trials.Clinical;

namespace Marrow.Trials.Experiments;

/// <summary>Numbers and events that only the clinical layer knows.</summary>
internal static class ClinicalMeasure
{
    private static readonly Dictionary<string, Func<CohortCourse, PatientOutcome, double?>> Numbers = new(StringComparer.Ordinal)
    {
        ["crs_grade"] = (_, o) => o.CytokineRelease?.Astct ?? 0,
        ["crs_duration"] = (_, o) => o.CytokineRelease?.DurationDays ?? 0,
        ["tocilizumab_doses"] = (_, o) => o.CytokineRelease?.TocilizumabDays.Count ?? 0,
        ["steroid_given"] = (_, o) => o.CytokineRelease is { Steroid: true } ? 1 : 0,
        ["icans_severe"] = (_, o) => o.Neurotoxicity is { Severe: true } ? 1 : 0,
        ["not_infused"] = (_, o) => o.Infused ? 0 : 1,
        ["lost_to_disease"] = (_, o) => !o.Infused && o.Attrition != AttritionCause.ManufactureFailure ? 1 : 0,
        ["wait_days"] = (c, _) => c.PlannedWaitDays,
        ["product_failed"] = (_, o) => o.Attrition == AttritionCause.ManufactureFailure ? 1 : 0,
        ["infections_per_year"] = (_, o) => o.EarlyDays + o.LateDays > 0 ? Calendar.DaysPerYear * (o.EarlyInfections + o.LateInfections) / (o.EarlyDays + o.LateDays) : null,
    };

    private static readonly Dictionary<string, Func<PatientOutcome, Measured>> Events = new(StringComparer.Ordinal)
    {
        ["death"] = o => new Measured(o.LastDay, o.DeathDay is not null),
        ["relapse_or_death"] = o => o.RelapseDay is { } relapse && !(o.DeathDay < relapse) ? new Measured(relapse, true) : new Measured(o.LastDay, o.DeathDay is not null),
    };

    /// <summary>Names that a measure may use.</summary>
    public static IEnumerable<string> Names => Numbers.Keys.Concat(Events.Keys);

    /// <summary>Whether the clinical layer knows such a number or event.</summary>
    public static bool Knows(Measure m) => m.Reading == MeasureReading.OutcomeEvent ? Events.ContainsKey(m.Formula) : Numbers.ContainsKey(m.Formula);

    /// <summary>Reads an outcome.</summary>
    public static Measured Read(Measure m, CohortCourse course)
    {
        var outcome = course.Outcome!;
        if (m.Reading != MeasureReading.OutcomeEvent)
        {
            return Numbers[m.Formula](course, outcome) is not { } number ? Measured.Undefined
                : m.Reading == MeasureReading.OutcomeFlag ? Measured.Of(number >= m.Threshold) : Measured.Of(number);
        }
        var e = Events[m.Formula](outcome);
        var end = m.Day;
        return e.Value <= end ? new Measured(Math.Max(0, e.Value), e.Occurred) : new Measured(end, false);
    }
}

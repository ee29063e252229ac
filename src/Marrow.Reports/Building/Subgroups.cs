using Marrow.Trials.Clinical;

namespace Marrow.Reports.Building;

/// <summary>A covariate in two levels, the first the reference.</summary>
internal sealed record Split(string Covariate, string Reference, string Level, Func<PatientCovariates, bool> InLevel);

/// <summary>What is known before treatment, in two levels each: by kind, or at the median of the patients.</summary>
internal static class Subgroups
{
    /// <summary>Patients that a level must have to be shown.</summary>
    internal const int Fewest = 10;

    /// <summary>Splits of which both levels have enough of these patients.</summary>
    public static IReadOnlyList<Split> Of(IReadOnlyList<PatientCovariates> patients) =>
    [
        .. new[]
        {
            new Split("Sex", "male", "female", p => p.Sex == Sex.Female),
            AtMedian("Age", "years", patients, p => p.AgeYears),
            AtMedian("Lines of therapy before", "lines", patients, p => p.PriorLines),
            new Split("Transplant before", "none", "transplanted before", p => p.PriorTransplant),
            AtMedian("Marrow blasts at enrolment", "%", patients, p => 100 * p.EntryBlastShare),
        }.Where(s => patients.Count(s.InLevel) >= Fewest && patients.Count(p => !s.InLevel(p)) >= Fewest),
    ];

    /// <summary>Below the median of the patients, and from it on; the median is rounded, so that the words are true.</summary>
    private static Split AtMedian(string name, string unit, IReadOnlyList<PatientCovariates> patients, Func<PatientCovariates, double> value)
    {
        var cut = patients.Count == 0 ? 0 : Math.Ceiling(patients.Select(value).Order().ElementAt(patients.Count / 2));
        var shown = unit == "%" ? FormattableString.Invariant($"{cut}%") : FormattableString.Invariant($"{cut} {unit}");
        return new(name, $"under {shown}", $"{shown} or more", p => value(p) >= cut);
    }
}

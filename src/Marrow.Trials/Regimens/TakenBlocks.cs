using Marrow.Trials.Patients;

namespace Marrow.Trials.Regimens;

/// <summary>Which parts of a dose a patient takes. A single dose is taken or not; a lasting infusion, which stands for a drug taken
/// daily, is taken or not in blocks of days, each with the patient's share, independent of the others.</summary>
internal static class TakenBlocks
{
    /// <summary>Parts taken: offset from the start of the dose and length, d; neighbouring blocks are joined.</summary>
    public static IEnumerable<(double Offset, double Length)> Of(
        Dose dose, Adherence adherence, int number, PatientRandom random, IReadOnlyDictionary<string, double> values)
    {
        var share = Covariates.Independent(adherence.Share, "regimen", random, values);
        var stream = random.Stream("adherence " + dose.Drug.Drug, number);
        if (dose.Duration <= adherence.BlockDays)
        {
            if (stream.Uniform() < share) yield return (0, dose.Duration);
            yield break;
        }
        double from = 0, taken = 0;
        for (var at = 0.0; at < dose.Duration; at += adherence.BlockDays)
        {
            var length = Math.Min(adherence.BlockDays, dose.Duration - at);
            if (stream.Uniform() < share)
            {
                if (taken == 0) from = at;
                taken += length;
            }
            else if (taken > 0)
            {
                yield return (from, taken);
                taken = 0;
            }
        }
        if (taken > 0) yield return (from, taken);
    }
}

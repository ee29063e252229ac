using Marrow.Networks.Diagnostics;
using Marrow.Numerics.Vectors;
using Marrow.Trials.Clinical;
using Marrow.Trials.DosingTables;
using Marrow.Trials.Patients;
using Marrow.Trials.Regimens;
using Marrow.Trials.Studies;

namespace Marrow.Trials.Checks;

/// <summary>Doses of a regimen that are hardly meant.</summary>
internal sealed class DoseReview(Regimen regimen, RegimenHome home, double followUpDays, DiagnosticBag bag)
{
    /// <summary>An amount beyond the largest known dose times this is taken for a slip of unit or comma: trials of higher doses exist, of
    /// this much higher ones hardly.</summary>
    private const double Multiple = 3;

    private readonly HashSet<string> _idle = new(StringComparer.Ordinal);

    /// <summary>Warns.</summary>
    public void Check()
    {
        foreach (var planned in regimen.Doses)
        {
            Days(planned);
            Amount(planned.Dose);
            Effect(planned.Dose.Drug, planned.Dose.Where);
            Hidden(planned.Dose);
        }
        foreach (var given in regimen.Care.SelectMany(c => c.Treatments).SelectMany(t => t.Doses))
        {
            Amount(given.Dose);
            Effect(given.Dose.Drug, given.Dose.Where);
            Hidden(given.Dose);
        }
        if (regimen.Table is { } table) Rows(table);
    }

    private void Warn(ErrorCode code, SourceSpan where, string what, string why, string remedy) => bag.Warn(code, what, where, why, remedy);

    private void Days(PlannedDose planned)
    {
        var drug = planned.Dose.Drug.Drug;
        if (planned.Days.Count == 0) Warn(StudyCodes.IdleDose, planned.Dose.Where, $"{drug} is given on no day", "the list of days is empty", "days: [0]");
        else if (planned.Days[0] > followUpDays)
            Warn(StudyCodes.IdleDose, planned.Dose.Where, FormattableString.Invariant($"{drug} is first given on day {planned.Days[0]}, after the follow-up of {followUpDays:0} days"), "", "earlier days, or a longer follow-up");
    }

    private void Amount(Dose dose)
    {
        foreach (var band in dose.Bands)
        {
            if (MedianOf(band.Amount) is not { } amount) continue;
            if (amount == 0) Warn(StudyCodes.ImplausibleDose, dose.Where, $"the dose of {dose.Drug.Drug} is 0", "", "an amount above 0, or no dose");
            var daily = dose.PerDay || dose.Duration <= 1 ? amount : amount / dose.Duration;
            Excess(dose.Drug, band.Basis, daily, dose.Where);
        }
    }

    private void Excess(DrugInput drug, DoseBasis basis, double daily, SourceSpan where, Func<string, bool>? isNew = null)
    {
        if (home.LargestDoses.Find(drug.Drug, drug.DoseUnit, basis) is not { } largest || !(daily > Multiple * largest.Amount) || isNew?.Invoke(drug.Drug) == false) return;
        Warn(StudyCodes.ImplausibleDose, where, FormattableString.Invariant($"{daily:G4} {largest.Unit} of {drug.Drug} in a day is {daily / largest.Amount:0.#} times the largest known dose, {largest.Amount:G4} {largest.Unit}"),
            $"{largest.Row.File}:{largest.Row.Line}", "comparing amount and unit with the source of the regimen");
    }

    /// <summary>Doses of a table: one warning for each drug.</summary>
    private void Rows(RegimenTable table)
    {
        var told = new HashSet<string>(StringComparer.Ordinal);
        foreach (var row in table.Table.Rows.Where(r => r.IsDose))
        {
            if (table.Inputs[row.Compartment].Drug is not { } drug) continue;
            Effect(drug, row.Where);
            var length = row.Form switch { InfusionForm.Duration => row.Extent, InfusionForm.Rate => row.Amount / row.Extent, _ => 0 };
            Excess(drug, DoseBasis.Flat, length <= 1 ? row.Amount : row.Amount / length, row.Where, told.Add);
        }
    }

    private static double? MedianOf(Law amount) => amount.Family switch
    {
        LawFamily.Fixed or LawFamily.Log => amount.Location,
        LawFamily.Log10 => VectorMath.Pow(10, amount.Location),
        _ => null,
    };

    /// <summary>A factor of the dose is looked for in the model first; a constant of the population makes both the same.</summary>
    private void Hidden(Dose dose)
    {
        var network = home.Model.Network;
        foreach (var name in dose.ScaledBy.Where(home.Population.ValueNames.Concat(regimen.Values.Select(v => v.Name)).Contains))
        {
            if (!network.Parameters.Any(p => p.Id == name) || home.Population.Constants.Contains((name, name))) continue;
            Warn(StudyCodes.HiddenName, dose.Where, $"'{name}' is a value of the patient and a parameter of the model", "the dose is scaled by the parameter", "another name for the value, or a constant of the population that sets the parameter to it");
        }
    }

    /// <summary>Whether anything that a study looks at depends on what takes the dose up.</summary>
    private void Effect(DrugInput drug, SourceSpan where)
    {
        if (home.Influence is not { } influence || !_idle.Add(drug.Drug)) return;
        var target = drug.Target;
        var followers = influence.Followers(target);
        if (followers.Count == 0)
        {
            Warn(StudyCodes.IdleDose, where, $"nothing in the model depends on '{target}', which takes {drug.Drug} up", "", "a reaction whose rate names it");
            return;
        }
        string[] looked = [.. Readouts.All, .. Readouts.Optional, .. regimen.Signals];
        if (!influence.Reads(looked, followers))
            Warn(StudyCodes.IdleDose, where, $"no readout depends on {drug.Drug}", $"it changes {string.Join(", ", followers.Take(5))} and nothing that a study looks at", "connecting its effect to the model");
    }
}

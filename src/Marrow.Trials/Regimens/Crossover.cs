using Marrow.Trials.Studies;

namespace Marrow.Trials.Regimens;

/// <summary>Going over to another regimen: on a fixed day, or on the first of some days on which a condition is met. What is planned of the first
/// regimen ends; day 0 of the other is the day of the crossover, or the end of the washout.</summary>
internal sealed record Crossover
{
    public required Regimen Regimen { get; init; }
    /// <summary>Who goes over; null for everybody.</summary>
    public required Condition? When { get; init; }
    /// <summary>Days on which it is looked at, rising.</summary>
    public required IReadOnlyList<double> Days { get; init; }
    /// <summary>Days without treatment between the regimens.</summary>
    public required double WashoutDays { get; init; }
    /// <summary>Numbers of the condition.</summary>
    public required IReadOnlyList<SourcedNumber> Numbers { get; init; }

    /// <summary>Observables that are looked at.</summary>
    public IEnumerable<string> Signals => When is { } when && !ClinicalSignals.Has(when.Signal) ? Regimen.Signals.Append(when.Signal) : Regimen.Signals;
}

/// <summary>A crossover with the model's indices in place of names.</summary>
internal sealed record CrossoverPlan(Crossover Crossover, TreatmentPlan Plan, ConditionPlan? When);

/// <summary>Reads the crossover of an arm: regimen, on_days, when, washout_days.</summary>
internal static class CrossoverReader
{
    /// <summary>Reads and closes a mapping; null if its regimen could not be read.</summary>
    public static Crossover? Read(YamlMap map, Regimen? regimen, ModelNames? names)
    {
        var numbers = new List<SourcedNumber>();
        var days = map.Numbers("on_days");
        if (days.Count == 0) map.Error("on_days", StudyCodes.OutOfRange, "'on_days' is empty", "a crossover needs a day on which it is looked at");
        if (!days.Zip(days.Skip(1), (a, b) => a < b).All(rising => rising)) map.Error("on_days", StudyCodes.OutOfRange, "the days of a crossover must rise");
        var when = map.Map("when", required: false) is { } w ? new ConditionReader(names, numbers).Read(w, "crossover") : null;
        if (when is null && days.Count > 1)
            map.Error("on_days", StudyCodes.Conflict, "without a condition everybody goes over on the first day", "the later days are never looked at", "give one day, or a condition in 'when'");
        var washout = map.NumberOrNull("washout_days", 0) ?? 0;
        if (regimen?.Preparation is not null)
            map.Error("regimen", StudyCodes.Conflict, "a regimen with a preparation cannot be gone over to", "its wait would have to start before the crossover", "give a regimen without 'preparation'");
        if (regimen?.Table is not null)
            map.Error("regimen", StudyCodes.Conflict, "a regimen with a dosing table cannot be gone over to", "a table says what was given and when, whatever a condition finds", "a table that holds the doses of both treatments");
        map.Close();
        return regimen is null ? null : new Crossover { Regimen = regimen, When = when, Days = days, WashoutDays = washout, Numbers = numbers };
    }
}

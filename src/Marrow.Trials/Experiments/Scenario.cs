namespace Marrow.Trials.Experiments;

/// <summary>How a virtual patient is when a scenario begins.</summary>
public enum StartKind
{
    /// <summary>At rest, without leukaemia.</summary>
    Healthy,

    /// <summary>At rest, with a seed of leukaemic cells put in on day 0.</summary>
    Seed,

    /// <summary>With leukaemia grown to the share of the marrow that the population draws.</summary>
    Overt,

    /// <summary>As <see cref="Overt"/>, then treated by an induction regimen.</summary>
    Remission,
}

/// <summary>Where a scenario begins. The same start gives the same patient in every scenario.</summary>
public sealed record ScenarioStart
{
    /// <summary>State of the disease.</summary>
    public required StartKind Kind { get; init; }

    /// <summary>State that the seed is put into; empty for the population's own. Only for <see cref="StartKind.Seed"/>.</summary>
    public string SeedState { get; init; } = "";

    /// <summary>Cells of the seed. Range: &gt;= 0.</summary>
    public double SeedCells { get; init; } = 1000;

    /// <summary>Whether the history of earlier treatment that the population describes has happened (relapsed or refractory disease).</summary>
    public bool PriorTreatment { get; init; }

    /// <summary>Regimens before day 0. Only for <see cref="StartKind.Remission"/>.</summary>
    public IReadOnlyList<RegimenUse> Induction { get; init; } = [];

    /// <summary>Days from the start of the induction to day 0.</summary>
    public double InductionDays { get; init; }
}

/// <summary>A regimen and the day on which its own day 0 falls.</summary>
/// <param name="Name">Name of its file in the folder of regimens, without ending.</param>
/// <param name="FromDay">Day of the scenario, d.</param>
public sealed record RegimenUse(string Name, double FromDay = 0);

/// <summary>When a setting begins to act.</summary>
public enum SettingPhase
{
    /// <summary>From the healthy start on: the body comes to rest with it.</summary>
    Life,

    /// <summary>From the first leukaemic cell on.</summary>
    Growth,

    /// <summary>From day 0 of the scenario on.</summary>
    Start,
}

/// <summary>What a setting does to its target.</summary>
public enum SettingKind
{
    /// <summary>target = value</summary>
    Set,

    /// <summary>target = target x value</summary>
    Multiply,

    /// <summary>target = target + value</summary>
    Add,

    /// <summary>A share of the commonest clone becomes the clone that is the target, at every site. Only from <see cref="SettingPhase.Start"/>.</summary>
    Clone,
}

/// <summary>A change of a parameter, of a state, or (set, from <see cref="SettingPhase.Life"/>) of a covariate of the population.</summary>
/// <param name="Target">Name of the parameter, state or covariate.</param>
/// <param name="Kind">What is done to it.</param>
/// <param name="Value">By how much, in the target's unit.</param>
/// <param name="Phase">From when.</param>
public sealed record Setting(string Target, SettingKind Kind, double Value, SettingPhase Phase = SettingPhase.Start);

/// <summary>An experiment on virtual patients: where they begin, what is changed in them, how they are treated and how long they are
/// watched. A patient has the same biology and the same random numbers in every scenario.</summary>
public sealed record Scenario
{
    /// <summary>Name, for messages and tables.</summary>
    public required string Name { get; init; }

    /// <summary>Where it begins.</summary>
    public required ScenarioStart Start { get; init; }

    /// <summary>Changes, applied in this order within their phase.</summary>
    public IReadOnlyList<Setting> Settings { get; init; } = [];

    /// <summary>Settings under which the patient's biology was chosen, if not under its own: of a matched pair, the run in which a
    /// mechanism is absent takes the patients that have leukaemia with it. Null for its own.</summary>
    public IReadOnlyList<Setting>? DrawAs { get; init; }

    /// <summary>Treatment; all regimens together.</summary>
    public IReadOnlyList<RegimenUse> Regimens { get; init; } = [];

    /// <summary>Drugs of the regimens that are not given.</summary>
    public IReadOnlyList<string> WithoutDrugs { get; init; } = [];

    /// <summary>Days from the collection of cells to their infusion, in place of the wait that the regimen draws; null for that. Nothing to a regimen without preparation.</summary>
    public double? WaitDays { get; init; }

    /// <summary>Days watched after day 0. Range: &gt; 0.</summary>
    public required double Days { get; init; }

    /// <summary>What growth to day 0 depends on, so that patients who differ in nothing else are grown once.</summary>
    internal string StartKey
    {
        get
        {
            static string Use(RegimenUse u) => FormattableString.Invariant($"{u.Name}@{u.FromDay:R}");
            var settings = Settings.Where(s => s.Phase != SettingPhase.Start).Select(s => FormattableString.Invariant($"{s.Phase} {s.Kind} {s.Target} {s.Value:R}"));
            return FormattableString.Invariant($"{Start.Kind} {Start.PriorTreatment} {string.Join(',', Start.Induction.Select(Use))} {Start.InductionDays:R} | {string.Join(';', settings)} | {(DrawAs is null ? "" : (this with { DrawAs = null, Settings = DrawAs }).StartKey)}");
        }
    }
}

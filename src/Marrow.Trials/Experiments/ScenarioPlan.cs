namespace Marrow.Trials.Experiments;

/// <summary>A scenario under construction: of a disease, read at a site.</summary>
internal sealed record ScenarioPlan
{
    /// <summary>Name of the disease's files.</summary>
    public required string Disease { get; init; }
    public required Scenario Scenario { get; init; }
    /// <summary>Site at which observables are read; empty for their own.</summary>
    public string Site { get; init; } = "";
    /// <summary>Presets of the disease that are laid over its parameters.</summary>
    public IReadOnlyList<string> Presets { get; init; } = [];

    /// <summary>What makes this scenario itself: two plans of one key give the same courses.</summary>
    public string Key
    {
        get
        {
            var s = Scenario;
            var start = s.Settings.Where(x => x.Phase == SettingPhase.Start).Select(x => FormattableString.Invariant($"{x.Kind} {x.Target} {x.Value:R}"));
            var given = s.Regimens.Select(u => FormattableString.Invariant($"{u.Name}@{u.FromDay:R}"));
            return FormattableString.Invariant(
                $"{Disease} | {s.StartKey} | {s.Start.SeedState} {s.Start.SeedCells:R} | {string.Join(';', start)} | {string.Join(',', given)} | {string.Join(',', s.WithoutDrugs)} | {s.WaitDays:R} | {s.Days:R}");
        }
    }
}

namespace Marrow.Trials.Patients;

/// <summary>The entry rule with the model's indices in place of names.</summary>
internal sealed record EntryPlan(
    EntryRule Rule, int SeedState, int StopEvent, int StopParameter, int Share, int Burden,
    IReadOnlyList<(int Parameter, int State)> Remember);

/// <summary>Why a candidate's biology was turned away.</summary>
internal enum Rejection
{
    /// <summary>The leukaemia died out.</summary>
    DiedOut,
    /// <summary>It settled below the share at entry.</summary>
    LevelledOff,
    /// <summary>It had not reached the share at entry by the limit.</summary>
    TooSlow,
}

namespace Marrow.Trials.Experiments;

/// <summary>What a measure yields for a patient.</summary>
internal enum MeasureKind
{
    /// <summary>A number.</summary>
    Number,
    /// <summary>1 or 0.</summary>
    Flag,
    /// <summary>A time, and whether it ended by the event.</summary>
    Event,
}

/// <summary>How a measure reads a course.</summary>
internal enum MeasureReading
{
    /// <summary>On the first recorded day.</summary>
    Start,
    /// <summary>On a day.</summary>
    Value,
    /// <summary>Least value from day to until.</summary>
    Min,
    /// <summary>Largest value from day to until.</summary>
    Max,
    /// <summary>Mean from day to until.</summary>
    Mean,
    /// <summary>Integral from day to until.</summary>
    Auc,
    /// <summary>log10 of the value on day 0 over that on the day.</summary>
    FallLog10,
    /// <summary>Value on the day over that on day 0.</summary>
    Fold,
    /// <summary>Largest value from day to until over that on day 0.</summary>
    MaxFold,
    /// <summary>Value on the day over that on until.</summary>
    Ratio,
    /// <summary>1 if below the threshold on the day.</summary>
    Below,
    /// <summary>1 if above the threshold on the day.</summary>
    Above,
    /// <summary>1 if ever below the threshold from day to until.</summary>
    EverBelow,
    /// <summary>1 if ever above the threshold from day to until.</summary>
    EverAbove,
    /// <summary>1 if it fell to threshold times its value on day 0, from day to until.</summary>
    FellTo,
    /// <summary>When first below the threshold.</summary>
    FirstBelow,
    /// <summary>When first above the threshold.</summary>
    FirstAbove,
    /// <summary>When above threshold2 after having been below threshold; on until, if it was not below by then.</summary>
    Relapse,
    /// <summary>The same, but who was never below the threshold has no event.</summary>
    RelapseOnly,
    /// <summary>When it has risen to threshold times its least value so far, and to threshold2 at least.</summary>
    RiseFromNadir,
    /// <summary>When, after having been below threshold, it is above it for good (until the day until); undefined if it never was below.</summary>
    Recovery,
    /// <summary>Of patients with the event of the measure <c>of</c>: 1 if above the threshold at its time.</summary>
    AtEvent,
    /// <summary>Of patients with the event of the measure <c>of</c>: the value at its time.</summary>
    ValueAtEvent,
    /// <summary>A number of the clinical layer.</summary>
    Outcome,
    /// <summary>1 if a number of the clinical layer is at least the threshold.</summary>
    OutcomeFlag,
    /// <summary>An event of the clinical layer.</summary>
    OutcomeEvent,
    /// <summary>A value of the patient.</summary>
    Patient,
}

/// <summary>What more of an observable means for its events.</summary>
internal enum EventRole
{
    /// <summary>More of it is more events (relapse).</summary>
    Harm,
    /// <summary>More of it is fewer events (survival).</summary>
    Survival,
    /// <summary>More of it is later events (time to escape).</summary>
    Time,
}

/// <summary>A value that is read off a course. Days count from the start of the context.</summary>
internal sealed record Measure
{
    /// <summary>Formula over names of the model, or name of an outcome or value of the patient.</summary>
    public required string Formula { get; init; }
    public required MeasureReading Reading { get; init; }
    public double Threshold { get; init; }
    public double Threshold2 { get; init; }
    public double Day { get; init; }
    public double Until { get; init; }
    /// <summary>Least value: what an assay or a count of cells can still tell from none.</summary>
    public double Floor { get; init; } = double.NegativeInfinity;
    /// <summary>Factor of a value of the patient.</summary>
    public double Scale { get; init; } = 1;
    /// <summary>What more of the observable means for its events.</summary>
    public EventRole Role { get; init; }
    /// <summary>The event of <see cref="MeasureReading.AtEvent"/> and <see cref="MeasureReading.ValueAtEvent"/>.</summary>
    public Measure? Of { get; init; }

    public MeasureKind Kind => Reading switch
    {
        MeasureReading.Below or MeasureReading.Above or MeasureReading.EverBelow or MeasureReading.EverAbove or MeasureReading.FellTo or MeasureReading.AtEvent or MeasureReading.OutcomeFlag => MeasureKind.Flag,
        MeasureReading.FirstBelow or MeasureReading.FirstAbove or MeasureReading.Relapse or MeasureReading.RelapseOnly or MeasureReading.RiseFromNadir or MeasureReading.Recovery or MeasureReading.OutcomeEvent => MeasureKind.Event,
        _ => MeasureKind.Number,
    };

    /// <summary>Whether the formula is one of the model.</summary>
    public bool ReadsModel => Reading is not (MeasureReading.Outcome or MeasureReading.OutcomeFlag or MeasureReading.OutcomeEvent or MeasureReading.Patient);

    /// <summary>Formulas of the model that must be recorded.</summary>
    public IEnumerable<string> Formulas => (ReadsModel ? [Formula] : Enumerable.Empty<string>()).Concat(Of?.Formulas ?? []);

    /// <summary>Days that the course must last.</summary>
    public double Horizon => Reading switch
    {
        MeasureReading.Start or MeasureReading.Patient => 1,
        MeasureReading.Value or MeasureReading.FallLog10 or MeasureReading.Fold or MeasureReading.Below or MeasureReading.Above => Math.Max(1, Day),
        MeasureReading.AtEvent or MeasureReading.ValueAtEvent => Of!.Horizon,
        MeasureReading.FirstBelow or MeasureReading.FirstAbove or MeasureReading.RiseFromNadir => Day,
        _ => Math.Max(Day, Until),
    };

    /// <summary>What makes the measure itself.</summary>
    public string Key => FormattableString.Invariant($"{Reading} {Formula} {Threshold:R} {Threshold2:R} {Day:R} {Until:R} {Floor:R} {Scale:R} ({Of?.Key})");
}

/// <summary>A measured value: a number or flag (<see cref="Occurred"/> is true), or a time and whether the event occurred. NaN: not defined.</summary>
internal readonly record struct Measured(double Value, bool Occurred)
{
    /// <summary>The patient failed, or could not be enrolled.</summary>
    public static Measured Failed { get; } = new(double.NaN, false);

    /// <summary>Not defined in this patient, such as the kind of a relapse where there was none.</summary>
    public static Measured Undefined { get; } = new(double.NaN, true);

    /// <summary>Whether the patient was simulated.</summary>
    public bool Exists => Occurred || !double.IsNaN(Value);

    public static Measured Of(double value) => new(value, true);

    public static Measured Of(bool flag) => new(flag ? 1 : 0, true);
}

using Marrow.Trials.Studies;

namespace Marrow.Trials.Patients;

/// <summary>A population: how patients are drawn, brought to the entry of the trial and given a history.</summary>
internal sealed record Population
{
    public required string Title { get; init; }
    public required string File { get; init; }
    /// <summary>Limit of |z| of every normal draw.</summary>
    public required double Cut { get; init; }
    /// <summary>Covariates that are drawn, in order.</summary>
    public required IReadOnlyList<Law> Covariates { get; init; }
    /// <summary>Subtypes of the disease; a patient's number is a covariate.</summary>
    public SubtypeMixture Subtypes { get; init; } = SubtypeMixture.None;
    /// <summary>Values that follow from covariates: size, age and organ factors.</summary>
    public required IReadOnlyList<Law> Factors { get; init; }
    /// <summary>Model parameters that are set to values of the patient.</summary>
    public required IReadOnlyList<(string Parameter, string Value)> Constants { get; init; }
    /// <summary>Model parameters that are multiplied by values of the patient, beside the factors of size and age.</summary>
    public IReadOnlyList<(string Parameter, string Value)> Multiplied { get; init; } = [];
    /// <summary>Model parameters that change while patients are treated and followed.</summary>
    public IReadOnlyList<TimeVaryingRule> TimeVarying { get; init; } = [];
    /// <summary>Files that it was read of, beside its own.</summary>
    public IReadOnlyList<string> MoreFiles { get; init; } = [];
    /// <summary>Names of the categories of covariates that have them: 1, 2, 3, ... in this order.</summary>
    public IReadOnlyDictionary<string, IReadOnlyList<string>> Categories =>
        Covariates.Where(l => l.Categories.Count > 0).ToDictionary(l => l.Name, l => l.Categories, StringComparer.Ordinal);
    /// <summary>Factor of the body's size: parameters and healthy starts in cells are multiplied by it.</summary>
    public required string SizeFactor { get; init; }
    /// <summary>Which of the patient's numbers go together.</summary>
    public CorrelationRule Correlations { get; init; } = CorrelationRule.None;
    public required EntryRule Entry { get; init; }
    public required HistoryRule History { get; init; }
    public required IReadOnlyList<SourcedNumber> Numbers { get; init; }
    /// <summary>Names of every value that a patient has before a regimen adds its own.</summary>
    public IReadOnlyList<string> ValueNames =>
        [.. Covariates.Select(l => l.Name), .. BodySize.Derived, .. Factors.Select(l => l.Name), .. History.Laws.Select(l => l.Name)];
}

/// <summary>Correlations of a population's numbers.</summary>
/// <param name="Pairs">As the file has them; a population that extends this one takes them over.</param>
/// <param name="Numbers">The numbers, correlated.</param>
internal sealed record CorrelationRule(IReadOnlyList<Correlation> Pairs, CorrelatedNumbers Numbers)
{
    /// <summary>No correlations.</summary>
    public static CorrelationRule None { get; } = new([], CorrelatedNumbers.None);
}

/// <summary>From the healthy start to the day of diagnosis, and which candidates are turned away.</summary>
internal sealed record EntryRule
{
    /// <summary>Days of rest of the healthy body.</summary>
    public required double RestDays { get; init; }
    /// <summary>Parameters that take the value of a state at the end of rest.</summary>
    public required IReadOnlyList<(string Parameter, string State)> Remember { get; init; }
    /// <summary>State that the leukaemia starts in.</summary>
    public required string SeedState { get; init; }
    /// <summary>Its start, in the state's unit.</summary>
    public required double SeedAmount { get; init; }
    /// <summary>Event that ends growth.</summary>
    public required string StopEvent { get; init; }
    /// <summary>Parameter that holds the share at which the event occurs.</summary>
    public required string StopParameter { get; init; }
    /// <summary>Covariate with the share.</summary>
    public required string StopValue { get; init; }
    /// <summary>Observable that is compared with it.</summary>
    public required string ShareObservable { get; init; }
    /// <summary>Observable that is 0 when no leukaemia is left.</summary>
    public required string BurdenObservable { get; init; }
    /// <summary>Longest growth, d.</summary>
    public required double LimitDays { get; init; }
    /// <summary>The share has levelled off if it moves less than this, per day, over the window ...</summary>
    public required double StillPerDay { get; init; }
    /// <summary>... and its logarithm less than this, per day.</summary>
    public required double StillLogPerDay { get; init; }
    /// <summary>The window, d.</summary>
    public required double WindowDays { get; init; }
    /// <summary>Draws of biology before the patient counts as failed.</summary>
    public required int Draws { get; init; }
}

/// <summary>What earlier treatment did, applied at entry.</summary>
internal sealed record HistoryRule
{
    public required IReadOnlyList<Law> Laws { get; init; }
    /// <summary>Which of the patient's numbers go together.</summary>
    public CorrelatedNumbers Correlated { get; init; } = CorrelatedNumbers.None;
    public required IReadOnlyList<CloneShift> Shifts { get; init; }
    public required IReadOnlyList<HistoryFactor> Factors { get; init; }
    /// <summary>Clones of fewer cells than this become a Poisson number of cells.</summary>
    public required double SmallCloneCells { get; init; }
    /// <summary>Cells per unit of a clone's states.</summary>
    public required double CellsPerUnit { get; init; }
    /// <summary>States of each clone.</summary>
    public required IReadOnlyList<(string Clone, IReadOnlyList<string> States)> Clones { get; init; }
}

/// <summary>A share of one clone that belongs to another, state by state.</summary>
internal sealed record CloneShift(string Share, string From, string To);

/// <summary>States or parameters multiplied by a value of the patient or a number, perhaps only if another value is 1.</summary>
internal sealed record HistoryFactor(IReadOnlyList<string> Targets, string? By, double Number, string? If);

using Marrow.Networks.Diagnostics;
using Marrow.Trials.Patients;
using Marrow.Trials.Studies;

namespace Marrow.Trials.Regimens;

/// <summary>What an amount is counted per.</summary>
internal enum DoseBasis
{
    /// <summary>The same for everybody.</summary>
    Flat,
    /// <summary>Per kg of body weight.</summary>
    PerKg,
    /// <summary>Per m2 of body surface.</summary>
    PerM2,
}

/// <summary>The amount for patients of a weight band.</summary>
/// <param name="WeightKg">Lower limit of the band.</param>
/// <param name="Inclusive">Whether the limit itself belongs to it.</param>
/// <param name="Amount">Amount per <paramref name="Basis"/>; a law if it varies between patients.</param>
/// <param name="Basis">What it is counted per.</param>
/// <param name="AtMost">Limit of the whole amount.</param>
internal sealed record DoseBand(double WeightKg, bool Inclusive, Law Amount, DoseBasis Basis, double AtMost);

/// <summary>A dose in clinical terms.</summary>
internal sealed record Dose
{
    public required DrugInput Drug { get; init; }
    /// <summary>Route, for the report.</summary>
    public required string Route { get; init; }
    /// <summary>Rising weight limits.</summary>
    public required IReadOnlyList<DoseBand> Bands { get; init; }
    /// <summary>Duration of the infusion, d; 0 for a bolus.</summary>
    public required double Duration { get; init; }
    /// <summary>Whether the amount is that of a day of the infusion: a drug taken daily is given as a lasting infusion of its daily dose.</summary>
    public bool PerDay { get; init; }
    /// <summary>Model parameters and patient values that the amount is multiplied by.</summary>
    public IReadOnlyList<string> ScaledBy { get; init; } = [];
    /// <summary>Reduction by a patient value (steps), or null.</summary>
    public Law? Reduction { get; init; }
    /// <summary>How much of it is taken; null if all is.</summary>
    public Adherence? Adherence { get; init; }
    /// <summary>Place in the file.</summary>
    public SourceSpan Where { get; init; }
}

/// <summary>A dose at planned days; day 0 is the day of the infusion of cells, or of the first dose.</summary>
internal sealed record PlannedDose(Dose Dose, IReadOnlyList<double> Days, Law? GivenTo, IReadOnlyList<Companion> Companions)
{
    /// <summary>Rules that look at the patient when a dose is due; the first that is met decides.</summary>
    public IReadOnlyList<DoseRule> Rules { get; init; } = [];

    /// <summary>Doses of a cycle.</summary>
    public int PerCycle { get; init; } = int.MaxValue;

    /// <summary>The same doses, and the windows of their rules, some days later.</summary>
    public PlannedDose Shifted(double days) => this with
    {
        Days = [.. Days.Select(d => d + days)],
        Rules = [.. Rules.Select(r => r with { FromDay = r.FromDay + days, ToDay = r.ToDay + days })],
    };
}

/// <summary>A parameter of the model that a product or plan sets, such as the kind of a cell product.</summary>
/// <param name="Parameter">Parameter.</param>
/// <param name="Value">Its value, or the factor of the patient's own value.</param>
/// <param name="Multiplies">Whether it is a factor, which keeps the spread between patients.</param>
internal sealed record ModelSetting(string Parameter, double Value, bool Multiplies);

/// <summary>Something that enters the body with a dose in a share of patients.</summary>
internal sealed record Companion(string State, double Amount, IReadOnlyList<string> ScaledBy, Law Share);

/// <summary>A dose given by a rule, with its times after the rule was met.</summary>
/// <param name="Dose">Drug and amount.</param>
/// <param name="Offsets">Times after the start, d.</param>
internal sealed record RuleDose(Dose Dose, IReadOnlyList<double> Offsets);

/// <summary>A treatment given when a rule is met.</summary>
/// <param name="Name">Name in the course's events.</param>
/// <param name="Doses">What is given.</param>
/// <param name="Again">Shortest time before it may start again, d.</param>
/// <param name="AtMost">Largest number of starts.</param>
/// <param name="After">Another treatment of the rule that must have been started so often before, or null.</param>
internal sealed record RuleTreatment(string Name, IReadOnlyList<RuleDose> Doses, double Again, int AtMost, (string Treatment, int Starts)? After);

/// <summary>Care by rule: looked at regularly, given when an observable crosses a threshold.</summary>
internal sealed record CareRule
{
    public required string Name { get; init; }
    public required Condition When { get; init; }
    /// <summary>Interval between looks, d.</summary>
    public required double Every { get; init; }
    public required double FromDay { get; init; }
    public required double ToDay { get; init; }
    public required IReadOnlyList<RuleTreatment> Treatments { get; init; }
}

/// <summary>Leukaemia control between enrolment and lymphodepletion.</summary>
/// <param name="Share">Who gets it.</param>
/// <param name="Switch">Model parameter that is 1 while it is on.</param>
/// <param name="UntilDay">Day it ends.</param>
internal sealed record Bridging(Law Share, string Switch, double UntilDay);

/// <summary>Time and losses between enrolment and infusion.</summary>
/// <param name="Wait">Days from enrolment to infusion.</param>
/// <param name="Bridging">Leukaemia control meanwhile, or null.</param>
internal sealed record Preparation(Law Wait, Bridging? Bridging);

/// <summary>A treatment plan in clinical terms.</summary>
internal sealed record Regimen
{
    public required string Title { get; init; }
    public required string File { get; init; }
    /// <summary>Null if treatment starts at enrolment.</summary>
    public Preparation? Preparation { get; init; }
    /// <summary>Laws of the product or plan, drawn once per patient.</summary>
    public IReadOnlyList<Law> Values { get; init; } = [];
    public required IReadOnlyList<PlannedDose> Doses { get; init; }
    /// <summary>Doses of a table, patient by patient; null if there is none.</summary>
    public RegimenTable? Table { get; init; }
    /// <summary>Whether it names a table, sound or not.</summary>
    public bool NamesTable { get; init; }
    /// <summary>Parameters of the model that the product or plan sets from the start of treatment on.</summary>
    public IReadOnlyList<ModelSetting> Settings { get; init; } = [];
    public IReadOnlyList<CareRule> Care { get; init; } = [];
    public required IReadOnlyList<SourcedNumber> Numbers { get; init; }

    /// <summary>Observables that rules look at.</summary>
    public IEnumerable<string> Signals =>
        Care.Select(c => c.When).Concat(Doses.SelectMany(d => d.Rules).Select(r => r.When)).Select(w => w.Signal).Where(s => !ClinicalSignals.Has(s));
}

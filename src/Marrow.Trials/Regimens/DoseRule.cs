namespace Marrow.Trials.Regimens;

/// <summary>What a rule does with a planned dose that is due.</summary>
internal enum DoseAction
{
    /// <summary>Leaves this dose out.</summary>
    Skip,
    /// <summary>Gives a part, or a multiple, of it.</summary>
    Scale,
    /// <summary>Waits: this dose and all that is planned from it on is put off until the rule is no longer met.</summary>
    Hold,
    /// <summary>Leaves this dose and all later ones of the same entry out.</summary>
    Drop,
    /// <summary>Ends the plan: no planned dose is given any more. Care by rule goes on.</summary>
    Stop,
}

/// <summary>Which doses a rule looks at.</summary>
internal enum DoseRuleScope
{
    /// <summary>Each.</summary>
    Dose,
    /// <summary>The first of each cycle.</summary>
    Cycle,
}

/// <summary>A rule that looks at the patient when a planned dose is due.</summary>
internal sealed record DoseRule
{
    /// <summary>When it applies.</summary>
    public required Condition When { get; init; }
    public required DoseAction Action { get; init; }
    /// <summary>Factor of <see cref="DoseAction.Scale"/>.</summary>
    public double Factor { get; init; } = 1;
    /// <summary>Whether the factor stays for the later doses of the entry.</summary>
    public bool Lasting { get; init; }
    /// <summary>Interval between looks while on hold, d.</summary>
    public double Every { get; init; } = 1;
    /// <summary>Longest hold of a dose, d; after it the plan stops.</summary>
    public double AtMost { get; init; } = double.PositiveInfinity;
    /// <summary>Whether only the first dose of each cycle is looked at.</summary>
    public bool OfCycle { get; init; }
    /// <summary>Planned day from which the rule holds.</summary>
    public double FromDay { get; init; } = double.NegativeInfinity;
    /// <summary>Last planned day on which it does.</summary>
    public double ToDay { get; init; } = double.PositiveInfinity;
}

/// <summary>How much of a drug is really taken.</summary>
/// <param name="Share">Share of blocks in which the patient takes it, a law of the patient.</param>
/// <param name="BlockDays">Length of a block of a lasting infusion, d: the drug is taken or not in a block as a whole. A single dose is a block.</param>
internal sealed record Adherence(Patients.Law Share, double BlockDays);

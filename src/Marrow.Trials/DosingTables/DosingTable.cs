using System.Collections.Immutable;
using Marrow.Networks.Diagnostics;
using Marrow.Networks.Structure;
using Marrow.Networks.Units;
using Marrow.Trials.Studies;

namespace Marrow.Trials.DosingTables;

/// <summary>What a row of a dosing table is (column EVID).</summary>
public enum DosingEvent
{
    /// <summary>An observation.</summary>
    Observation = 0,
    /// <summary>A dose.</summary>
    Dose = 1,
    /// <summary>Another event, such as a change of covariates.</summary>
    Other = 2,
    /// <summary>The model goes back to its start.</summary>
    Reset = 3,
    /// <summary>The model goes back to its start, and a dose is given.</summary>
    ResetAndDose = 4,
}

/// <summary>How the rate of an infusion is said.</summary>
public enum InfusionForm
{
    /// <summary>No infusion: all at once.</summary>
    None,
    /// <summary>RATE above 0: the rate is given; the duration is F AMT / RATE.</summary>
    Rate,
    /// <summary>TINF above 0: the duration is given; the rate is F AMT / TINF.</summary>
    Duration,
    /// <summary>RATE -1: the rate is a parameter.</summary>
    ModelledRate,
    /// <summary>RATE -2: the duration is a parameter.</summary>
    ModelledDuration,
}

/// <summary>A row of a dosing table.</summary>
public sealed record DosingRow
{
    /// <summary>Place of the row: of its CMT, if it is a dose.</summary>
    public required SourceSpan Where { get; init; }
    /// <summary>Time, in the unit of the model's time.</summary>
    public required double Time { get; init; }
    /// <summary>What it is.</summary>
    public required DosingEvent Event { get; init; }
    /// <summary>Amount of a dose, in the unit of the model's amounts.</summary>
    public double Amount { get; init; }
    /// <summary>Where the dose goes: a name, or a number from 1; empty for the first.</summary>
    public string Compartment { get; init; } = "";
    /// <summary>Whether and how it is infused.</summary>
    public InfusionForm Form { get; init; }
    /// <summary>Rate or duration, as <see cref="Form"/> says.</summary>
    public double Extent { get; init; }
    /// <summary>Further doses, each <see cref="Interval"/> after the one before.</summary>
    public int Additional { get; init; }
    /// <summary>Time between doses.</summary>
    public double Interval { get; init; }
    /// <summary>0; 1: the dose begins in the steady state of its regimen; 2: that state is added to the present one; 3: as 1, and the search for
    /// it begins at the present state.</summary>
    public int SteadyState { get; init; }
    /// <summary>What was observed; null if nothing was (MDV 1, or a missing value).</summary>
    public double? Observed { get; init; }
    /// <summary>Values of the columns that are no columns of dosing tables, by place among <see cref="DosingTable.Covariates"/>; null where missing.</summary>
    public ImmutableArray<double?> Covariates { get; init; } = [];
    /// <summary>Cells of these columns that are no numbers: a mistake only where the model uses the column.</summary>
    public ImmutableArray<UnreadableCell> Unreadable { get; init; } = [];

    /// <summary>Whether the row gives a dose.</summary>
    public bool IsDose => Event is DosingEvent.Dose or DosingEvent.ResetAndDose;

    /// <summary>Whether the row puts the model into its state of rest under an infusion without beginning, which ends at the row.</summary>
    public bool IsEndless => IsDose && SteadyState > 0 && Amount == 0;

    /// <summary>The row in another unit of time.</summary>
    /// <param name="factor">The old unit in the new one.</param>
    /// <param name="powers">Power of time of the covariates that are times or rates, by their place.</param>
    internal DosingRow InTimeOf(double factor, IReadOnlyDictionary<int, int> powers) => this with
    {
        Covariates = [.. Covariates.Select((value, c) => powers.TryGetValue(c, out var power) ? power > 0 ? value * factor : value / factor : value)],
        Time = Time * factor,
        Interval = Interval * factor,
        Extent = Form switch { InfusionForm.Rate => Extent / factor, InfusionForm.Duration => Extent * factor, _ => Extent },
    };
}

/// <summary>A cell that holds no number.</summary>
/// <param name="Column">Place among <see cref="DosingTable.Covariates"/>.</param>
/// <param name="Text">What it holds.</param>
/// <param name="Where">Its place.</param>
public sealed record UnreadableCell(int Column, string Text, SourceSpan Where);

/// <summary>The rows of one individual, in order.</summary>
/// <param name="Id">Its ID, as the table has it.</param>
/// <param name="Rows">At least one.</param>
public sealed record DosedSubject(string Id, ImmutableArray<DosingRow> Rows);

/// <summary>A column of values that may belong to a parameter of the model.</summary>
/// <param name="Name">Its heading.</param>
/// <param name="Where">Place of the heading.</param>
public sealed record CovariateColumn(string Name, SourceSpan Where);

/// <summary>A clinical dosing table in the style of NONMEM and mrgsolve: ID, TIME, AMT, RATE, TINF, CMT, EVID, ADDL, II, SS, MDV, DV and
/// covariates; docs/dosing-tables.md describes the columns.</summary>
public sealed record DosingTable
{
    /// <summary>Path of the file.</summary>
    public required string File { get; init; }
    /// <summary>Individuals, in the order of the file.</summary>
    public required ImmutableArray<DosedSubject> Subjects { get; init; }
    /// <summary>Columns that are no columns of dosing tables.</summary>
    public required ImmutableArray<CovariateColumn> Covariates { get; init; }
    /// <summary>Whether times are hours, because the table gives times of the clock or dates.</summary>
    public bool IsInHours { get; init; }

    /// <summary>All rows.</summary>
    internal IEnumerable<DosingRow> Rows => Subjects.SelectMany(s => s.Rows);

    /// <summary>The table in another unit of time.</summary>
    /// <param name="factor">The old unit in the new one.</param>
    /// <param name="powers">Power of time, 1 or -1, of the covariates that are times or rates, by their place.</param>
    internal DosingTable InTimeOf(double factor, IReadOnlyDictionary<int, int> powers) =>
        this with { Subjects = [.. Subjects.Select(s => s with { Rows = [.. s.Rows.Select(r => r.InTimeOf(factor, powers))] })] };

    /// <summary>Reports times of the clock where the model says that it counts something else than hours.</summary>
    internal void RequireHours(ReactionNetwork network, DiagnosticBag bag)
    {
        if (IsInHours && UnitScope.Of(network).Defined("time_unit") is { } unit && !unit.Equals(Unit.Parse("h")))
            bag.Error(DosingCodes.Conflict, "the table gives times of the clock, and the model does not count hours", new SourceSpan(File, 1, 1, 1), $"its unit of time is {unit}", "times since the first row, in the unit of the model");
    }

    /// <summary>Reports a table that has no observations, for a caller who has no other times.</summary>
    public void RequireObservations(DiagnosticBag bag)
    {
        ArgumentNullException.ThrowIfNull(bag);
        if (!Rows.Any(r => r.Event == DosingEvent.Observation))
            bag.Error(DosingCodes.NothingToWrite, "the table has no observations", new SourceSpan(File, 0, 0, 1));
    }

    /// <summary>Reads a table.</summary>
    /// <param name="path">CSV file.</param>
    /// <param name="bag">Receives every problem, with line and column.</param>
    /// <returns>The table; null if it has errors.</returns>
    public static DosingTable? Read(string path, DiagnosticBag bag)
    {
        ArgumentNullException.ThrowIfNull(path);
        ArgumentNullException.ThrowIfNull(bag);
        try
        {
            return ReadText(System.IO.File.ReadAllText(path), path, bag);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            bag.Error(StudyCodes.Unreadable, $"cannot read '{path}'", new SourceSpan(path, 0, 0, 1), e.Message);
            return null;
        }
    }

    /// <summary>Reads a table from its text.</summary>
    /// <param name="text">The text.</param>
    /// <param name="file">Its name in messages.</param>
    /// <param name="bag">Receives every problem.</param>
    /// <returns>The table; null if it has errors.</returns>
    public static DosingTable? ReadText(string text, string file, DiagnosticBag bag)
    {
        ArgumentNullException.ThrowIfNull(text);
        ArgumentNullException.ThrowIfNull(bag);
        var own = new DiagnosticBag();
        var table = new DosingTableReader(file, own).Read(text);
        bag.AddRange(own.Items);
        return own.HasErrors ? null : table;
    }
}

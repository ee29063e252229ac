namespace Marrow.Trials.Clinical;

/// <summary>Why an enrolled patient never got the cells.</summary>
public enum AttritionCause
{
    /// <summary>Infused.</summary>
    None,

    /// <summary>No product could be made.</summary>
    ManufactureFailure,

    /// <summary>Died before infusion.</summary>
    Death,

    /// <summary>Withdrawn for an adverse event or progression.</summary>
    AdverseEvent,
}

/// <summary>A dose as it was given.</summary>
/// <param name="Day">Day, on the clock of <see cref="Course.Times"/>.</param>
/// <param name="Drug">Drug, as the regimen names it.</param>
/// <param name="Amount">Amount.</param>
/// <param name="Unit">Unit of the amount.</param>
/// <param name="ByRule">Given by a rule of care (such as tocilizumab), not by the plan.</param>
public sealed record GivenDose(double Day, string Drug, double Amount, string Unit, bool ByRule);

/// <summary>What a rule of the regimen decided about a planned dose.</summary>
/// <param name="Day">Day, on the clock of <see cref="Course.Times"/>.</param>
/// <param name="Drug">Drug, as the regimen names it.</param>
/// <param name="Decision">skip, scale, hold (its first day), drop or stop.</param>
public sealed record DoseDecision(double Day, string Drug, string Decision);

/// <summary>A clone or cell population that died out.</summary>
/// <param name="Day">Day, on the clock of <see cref="Course.Times"/>.</param>
/// <param name="Population">Name of the clone or cell population.</param>
public sealed record Extinction(double Day, string Population);

/// <summary>The first cell of a clone or cell population that had none, and whose line lives on.</summary>
/// <param name="Day">Day, on the clock of <see cref="Course.Times"/>.</param>
/// <param name="Population">Name of the clone or cell population.</param>
public sealed record Appearance(double Day, string Population);

/// <summary>What happened in a course besides the numbers.</summary>
public sealed record CourseEvents
{
    /// <summary>Days from enrolment to infusion; null if never infused.</summary>
    public required double? InfusionDay { get; init; }

    /// <summary>Why the patient was never infused.</summary>
    public AttritionCause Attrition { get; init; }

    /// <summary>Days from enrolment to the loss; null if infused.</summary>
    public double? AttritionDay { get; init; }

    /// <summary>Doses given, in order of time.</summary>
    public IReadOnlyList<GivenDose> Doses { get; init; } = [];

    /// <summary>What rules decided about planned doses, in order of time.</summary>
    public IReadOnlyList<DoseDecision> Decisions { get; init; } = [];

    /// <summary>Day on which the patient went over to the arm's other regimen; null if not.</summary>
    public double? CrossoverDay { get; init; }

    /// <summary>Clones that died out and did not come back, in order of time.</summary>
    public IReadOnlyList<Extinction> Extinctions { get; init; } = [];

    /// <summary>Clones that had no cell, and have had some since, in order of time.</summary>
    public IReadOnlyList<Appearance> Appearances { get; init; } = [];

    /// <summary>Whether the patient was infused.</summary>
    public bool Infused => InfusionDay is not null;
}

/// <summary>What the engine recorded of one patient in one arm: readouts over time, and events. The engine knows no death: the course
/// runs to the end of follow-up, and <c>ClinicalLayer</c> decides where the patient's observation ends.</summary>
public sealed class Course
{
    private readonly double[] _values;
    private readonly Dictionary<string, int> _index;

    /// <summary>Creates a course.</summary>
    /// <param name="columns">Names of the readouts; at least <see cref="Readouts.All"/> for an assessment.</param>
    /// <param name="times">Days since infusion, rising (enrolment is negative); days since enrolment if the patient was never infused.</param>
    /// <param name="values">Row-major, <paramref name="times"/>.Length rows of <paramref name="columns"/>.Count values.</param>
    /// <param name="events">Doses, extinctions, infusion and losses.</param>
    public Course(IReadOnlyList<string> columns, double[] times, double[] values, CourseEvents events)
    {
        ArgumentNullException.ThrowIfNull(columns);
        ArgumentNullException.ThrowIfNull(times);
        ArgumentNullException.ThrowIfNull(values);
        if (values.Length != times.Length * columns.Count)
            throw new ArgumentException($"{values.Length} values do not fill {times.Length} rows of {columns.Count} columns", nameof(values));
        for (var i = 1; i < times.Length; i++)
        {
            if (!(times[i] > times[i - 1]))
                throw new ArgumentException($"times must rise, but row {i} is at day {times[i]} after day {times[i - 1]}", nameof(times));
        }

        Columns = columns;
        Times = times;
        Events = events;
        _values = values;
        _index = new Dictionary<string, int>(StringComparer.Ordinal);
        for (var i = 0; i < columns.Count; i++) _index.Add(columns[i], i);
    }

    /// <summary>Names of the readouts.</summary>
    public IReadOnlyList<string> Columns { get; }

    /// <summary>Days since infusion, or since enrolment if never infused.</summary>
    public IReadOnlyList<double> Times { get; }

    /// <summary>Doses, extinctions, infusion and losses.</summary>
    public CourseEvents Events { get; }

    /// <summary>Position of a column.</summary>
    /// <exception cref="ArgumentException">There is no such column.</exception>
    public int Index(string column) => _index.TryGetValue(column, out var i)
        ? i
        : throw new ArgumentException($"the course has no readout '{column}'; it has {string.Join(", ", Columns)}", nameof(column));

    /// <summary>Position of a column, or null if the course does not have it.</summary>
    public int? Find(string column) => _index.TryGetValue(column, out var i) ? i : null;

    /// <summary>Value of a column in a row.</summary>
    public double Value(string column, int row) => Value(Index(column), row);

    /// <summary>Value of a column, by its position, in a row.</summary>
    public double Value(int column, int row) => _values[(row * Columns.Count) + column];

    /// <summary>Value of a column at a time, linear between rows and constant beyond the first and last.</summary>
    public double At(string column, double day)
    {
        var index = Index(column);
        var row = Row(day);
        if (row < 0) return Value(index, 0);
        if (row >= Times.Count - 1) return Value(index, Times.Count - 1);
        var share = (day - Times[row]) / (Times[row + 1] - Times[row]);
        return Value(index, row) + (share * (Value(index, row + 1) - Value(index, row)));
    }

    /// <summary>The last row at or before a time; -1 if all are later.</summary>
    public int Row(double day)
    {
        var low = 0;
        var high = Times.Count;
        while (low < high)
        {
            var middle = (low + high) / 2;
            if (Times[middle] <= day) low = middle + 1;
            else high = middle;
        }

        return low - 1;
    }
}

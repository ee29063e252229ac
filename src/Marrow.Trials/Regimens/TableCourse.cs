using Marrow.Trials.Clinical;
using Marrow.Trials.DosingTables;

namespace Marrow.Trials.Regimens;

/// <summary>Doses of a table that are still to come in one patient. Each is worked out when it is due: bioavailability, lag, rate and duration
/// may follow the patient.</summary>
internal sealed class TableCourse
{
    private readonly RegimenTablePlan _plan;
    private readonly DoseVariation _variation;
    private readonly DosedSubject _subject;
    private readonly double _origin;
    // At one time, further doses of earlier rows come before the rows, as they do outside studies.
    private readonly PriorityQueue<(DosingRow Row, int Number), (double Time, bool IsRow, int Order)> _queue = new();
    private readonly double[] _columns;
    private readonly Dictionary<int, int> _dosesVaried = [];
    private int _count;

    /// <summary>Plans the rows of an individual.</summary>
    /// <param name="plan">The table.</param>
    /// <param name="variation">What varies from dose to dose in the patient.</param>
    /// <param name="subject">Whose doses the patient gets.</param>
    /// <param name="origin">Time of the table's time 0.</param>
    public TableCourse(RegimenTablePlan plan, DoseVariation variation, DosedSubject subject, double origin)
    {
        (_plan, _variation, _subject, _origin) = (plan, variation, subject, origin);
        _columns = new double[plan.Covariates.Count];
        Array.Fill(_columns, double.NaN);
        foreach (var row in subject.Rows) Add(row, 0);
    }

    /// <summary>Whose doses the patient gets.</summary>
    public DosedSubject Subject => _subject;

    /// <summary>When the next row or dose is due; infinity if none is left.</summary>
    public double Next => _queue.TryPeek(out _, out var key) ? key.Time : double.PositiveInfinity;

    /// <summary>Time of the first row.</summary>
    public double FirstRow => TreatmentTimeline.Snap(_origin + _subject.Rows[0].Time);

    /// <summary>Time of the first dose; infinity without one.</summary>
    public double FirstDose => _subject.Rows.FirstOrDefault(r => r.IsDose) is { } row ? TreatmentTimeline.Snap(_origin + row.Time) : double.PositiveInfinity;

    /// <summary>What was wrong with a dose; null if nothing was.</summary>
    public string? Problem { get; private set; }

    /// <summary>Nothing is given any more.</summary>
    public void Clear() => _queue.Clear();

    /// <summary>Gives what is due.</summary>
    /// <param name="sight">What is seen of the patient.</param>
    /// <param name="parameters">Parameters of the patient.</param>
    /// <param name="timeline">Where doses are planned.</param>
    /// <param name="given">Doses given so far.</param>
    /// <param name="rows">Whether rows are due; if not, only further doses of earlier ones, up to the first row.</param>
    public void Give(in Sight sight, ReadOnlySpan<double> parameters, TreatmentTimeline timeline, List<GivenDose> given, bool rows = true)
    {
        while (Next <= sight.Time && Problem is null && (rows || _queue.Peek().Number > 0))
        {
            var (row, number) = _queue.Dequeue();
            if (number == 0) Carry(row);
            if (!row.IsDose) continue;
            Give(row, number, sight, parameters, timeline, given);
            if (number < row.Additional) Add(row, number + 1);
        }
    }

    private void Give(DosingRow row, int number, in Sight sight, ReadOnlySpan<double> parameters, TreatmentTimeline timeline, List<GivenDose> given)
    {
        var (target, varies) = _plan.Targets[row.Compartment];
        var dose = ComingDose.Of(row, target, _columns, sight.Observables);
        Problem ??= dose.Problem(row, target, number, sight.Time);
        if (Problem is not null) return;
        var input = _plan.Table.Inputs[row.Compartment];
        // Of the time as it stands, not of the nearest tick, so that an observation at the sum of the two comes after it.
        var due = Due(row, number);
        var arrives = (sight.Time > TreatmentTimeline.Snap(due) ? sight.Time : due) + dose.Lag;
        if (varies >= 0) Vary(input.Drug!, varies, arrives, parameters);
        if (dose.Rate == 0) timeline.AddBolus(arrives, target.State, dose.Amount);
        else if (dose.Amount > 0) timeline.AddInfusion(arrives, dose.Length, target.Input, dose.Amount);
        given.Add(new GivenDose(sight.Time, input.Name, row.Amount, input.Unit, ByRule: false));
    }

    private void Vary(DrugInput drug, int parameter, double time, ReadOnlySpan<double> parameters)
    {
        var number = _dosesVaried.GetValueOrDefault(parameter);
        _variation.Draw(drug, parameter, number, time, parameters);
        _dosesVaried[parameter] = number + 1;
    }

    private void Carry(DosingRow row)
    {
        for (var c = 0; c < _columns.Length; c++)
            if (row.Covariates[c] is { } value) _columns[c] = value;
    }

    private void Add(DosingRow row, int number) =>
        _queue.Enqueue((row, number), (TreatmentTimeline.Snap(Due(row, number)), number == 0, _count++));

    private double Due(DosingRow row, int number) => _origin + row.Time + (number * row.Interval);
}

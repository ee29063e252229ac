namespace Marrow.Trials.DosingTables;

/// <summary>Doses of an individual that are still to come, and infusions that run.</summary>
internal sealed class DoseTimeline(DosedModel model)
{
    private readonly PriorityQueue<Due, (double Time, int Order)> _queue = new();
    private readonly List<(DoseTarget Target, double Rate)> _running = [];
    private readonly double[] _observed = new double[model.Model.Observables.Count];
    private int _count;

    private enum DueKind
    {
        /// <summary>A further dose of a row, at the time that the row says.</summary>
        Given,
        /// <summary>A dose arrives, after its lag.</summary>
        Arrives,
        /// <summary>An infusion ends.</summary>
        Ends,
    }

    /// <summary>Values of the covariate columns, the last observation carried forward; not a number where there was none.</summary>
    public double[] Columns { get; } = [.. Enumerable.Repeat(double.NaN, model.Covariates.Length)];

    /// <summary>What was wrong with a dose; null if nothing was.</summary>
    public string? Problem { get; private set; }

    /// <summary>Longest time from a dose to the end of its input: lag and infusion.</summary>
    public double Reach { get; private set; }

    /// <summary>When something is due; infinity if nothing is.</summary>
    public double Next => _queue.TryPeek(out _, out var key) ? key.Time : double.PositiveInfinity;

    /// <summary>Gives the dose of a row, and plans its further ones.</summary>
    public void Give(DosingRow row, DoseTarget target, double time, Span<double> states, Span<double> parameters)
    {
        Give(row, target, 0, time, states, parameters);
        if (row.Additional > 0) Add(row.Time + row.Interval, new Due(DueKind.Given, row, target, 1, 0, 0));
    }

    /// <summary>Gives one dose of a row, now or after its lag.</summary>
    public void GiveOnce(DosingRow row, DoseTarget target, double time, Span<double> states, Span<double> parameters) =>
        Give(row, target, 0, time, states, parameters);

    /// <summary>Does what is due; true if something was.</summary>
    public bool Apply(double time, Span<double> states, Span<double> parameters)
    {
        var any = false;
        while (Next <= time)
        {
            var due = _queue.Dequeue();
            any = true;
            switch (due.Kind)
            {
                case DueKind.Given:
                    Give(due.Row!, due.Target, due.Number, time, states, parameters);
                    if (due.Number < due.Row!.Additional) Add(due.Row.Time + ((due.Number + 1) * due.Row.Interval), due with { Number = due.Number + 1 });
                    break;
                case DueKind.Arrives:
                    Arrive(due.Target, due.Amount, due.Rate, time, states, parameters);
                    break;
                default:
                    _running.Remove((due.Target, due.Rate));
                    SetInput(due.Target, parameters);
                    break;
            }
        }
        return any;
    }

    /// <summary>Forgets what is to come and stops what runs.</summary>
    public void Clear(Span<double> parameters)
    {
        _queue.Clear();
        _running.Clear();
        foreach (var target in model.Targets.Values) parameters[target.Input] = 0;
    }

    /// <summary>Takes over what is to come, and runs, in another timeline, so much later.</summary>
    public void Take(DoseTimeline other, double shift, Span<double> parameters)
    {
        foreach (var (due, key) in other._queue.UnorderedItems.OrderBy(x => x.Priority.Order).Select(x => (x.Element, x.Priority))) Add(key.Time + shift, due);
        foreach (var (target, rate) in other._running)
        {
            _running.Add((target, rate));
            SetInput(target, parameters);
        }
        Problem ??= other.Problem;
    }

    private void Give(DosingRow row, DoseTarget target, int number, double time, Span<double> states, Span<double> parameters)
    {
        model.Model.Evaluate(time, states, parameters, _observed);
        var dose = ComingDose.Of(row, target, Columns, _observed);
        if (dose.Problem(row, target, number, time) is { } problem)
        {
            Problem ??= problem;
            return;
        }
        Reach = Math.Max(Reach, dose.Lag + dose.Length);
        if (dose.Lag > 0) Add(time + dose.Lag, new Due(DueKind.Arrives, null, target, 0, dose.Amount, dose.Rate));
        else Arrive(target, dose.Amount, dose.Rate, time, states, parameters);
    }

    private void Arrive(DoseTarget target, double amount, double rate, double time, Span<double> states, Span<double> parameters)
    {
        if (rate == 0)
        {
            states[target.State] += amount;
            return;
        }
        if (amount == 0) return;
        _running.Add((target, rate));
        SetInput(target, parameters);
        Add(time + (amount / rate), new Due(DueKind.Ends, null, target, 0, 0, rate));
    }

    // The sum is made afresh, so that it is exactly 0 when nothing runs.
    private void SetInput(DoseTarget target, Span<double> parameters)
    {
        var sum = 0.0;
        foreach (var (other, rate) in _running)
            if (other.Input == target.Input) sum += rate;
        parameters[target.Input] = sum;
    }

    private void Add(double time, Due due) => _queue.Enqueue(due, (time, _count++));

    private readonly record struct Due(DueKind Kind, DosingRow? Row, DoseTarget Target, int Number, double Amount, double Rate);
}

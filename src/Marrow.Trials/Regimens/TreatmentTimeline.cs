namespace Marrow.Trials.Regimens;

/// <summary>What is still to be done to a patient, in order of time.</summary>
internal sealed class TreatmentTimeline
{
    // Times are multiples of 2^-20 d (82 ms), which doubles hold exactly, so that events meant to coincide do.
    private const double TicksPerDay = 1 << 20;

    private readonly PriorityQueue<TimedAction, (double Time, int Order)> _queue = new();
    private readonly Dictionary<int, List<double>> _running = [];
    private int _count;

    /// <summary>Time of the next action; infinity if there is none.</summary>
    public double Next => _queue.TryPeek(out _, out var key) ? key.Time : double.PositiveInfinity;

    /// <summary>The nearest time that all actions and samples use.</summary>
    public static double Snap(double time) => Math.Round(time * TicksPerDay) / TicksPerDay;

    /// <summary>Adds an amount to a state at a time.</summary>
    public void AddBolus(double time, int state, double amount) => Add(time, new TimedAction(ActionKind.Bolus, state, amount));

    /// <summary>Sets a parameter at a time.</summary>
    public void AddSetting(double time, int parameter, double value) => Add(time, new TimedAction(ActionKind.Set, parameter, value));

    /// <summary>Infuses an amount at a constant rate.</summary>
    public void AddInfusion(double time, double duration, int parameter, double amount)
    {
        double from = Snap(time), to = Snap(time + duration);
        var rate = amount / (to - from);
        Add(from, new TimedAction(ActionKind.Start, parameter, rate));
        Add(to, new TimedAction(ActionKind.Stop, parameter, rate));
    }

    /// <summary>Does everything that is due; true if something was.</summary>
    public bool Apply(double time, Span<double> states, Span<double> parameters)
    {
        var any = false;
        while (Next <= time)
        {
            Do(_queue.Dequeue(), states, parameters);
            any = true;
        }
        return any;
    }

    /// <summary>Forgets what has not begun; infusions that run go on to their end, or stop at a time.</summary>
    /// <param name="stop">When running infusions stop; null for their own end.</param>
    public void Cancel(double? stop = null)
    {
        var left = new List<(TimedAction Action, (double Time, int Order) Key)>();
        while (_queue.TryDequeue(out var action, out var key))
        {
            if (action.Kind == ActionKind.Stop && _running.TryGetValue(action.Target, out var rates) && rates.Contains(action.Value)) left.Add((action, key));
        }
        _queue.EnqueueRange(stop is { } at ? left.Select(l => (l.Action, (Snap(at), l.Key.Order))) : left);
    }

    private void Add(double time, TimedAction action) => _queue.Enqueue(action, (Snap(time), _count++));

    private void Do(TimedAction action, Span<double> states, Span<double> parameters)
    {
        switch (action.Kind)
        {
            case ActionKind.Bolus:
                states[action.Target] += action.Value;
                break;
            case ActionKind.Set:
                parameters[action.Target] = action.Value;
                break;
            default:
                if (!_running.TryGetValue(action.Target, out var rates)) _running[action.Target] = rates = [];
                if (action.Kind == ActionKind.Start) rates.Add(action.Value);
                else rates.Remove(action.Value);
                // The sum is made afresh, so that it is exactly 0 when nothing runs.
                var sum = 0.0;
                foreach (var rate in rates) sum += rate;
                parameters[action.Target] = sum;
                break;
        }
    }

    private enum ActionKind
    {
        Start,
        Stop,
        Bolus,
        Set,
    }

    private readonly record struct TimedAction(ActionKind Kind, int Target, double Value);
}

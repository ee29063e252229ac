using Marrow.Numerics.Ode;
using Marrow.Numerics.Random;

namespace Marrow.Numerics.Jumps;

/// <summary>Counts, states and events of one course of a jump process: what exact simulation and tau-leaping share.</summary>
internal sealed class JumpState
{
    /// <summary>Executions of one moment, for each event, after which the cascade is taken to be endless.</summary>
    private const int EventRounds = 100;
    /// <summary>Whole numbers up to here are exact as doubles.</summary>
    private const double LargestCount = 1L << 53;

    private readonly CountedChange[][] _changes;
    private readonly double[] _roots, _before;

    public JumpState(StochasticNetwork network, int parameters)
    {
        Network = network;
        _changes = [.. network.Changes.Select(c => c.ToArray())];
        Counts = new long[network.IsCount.Count];
        States = new double[network.IsCount.Count];
        Parameters = new double[parameters];
        _roots = new double[Math.Max(1, network.Roots)];
        _before = new double[_roots.Length];
        Events = new EventQueue(network.Events);
        if (network.Flows) Flow = new JumpFlow(network, this);
    }

    public StochasticNetwork Network { get; }

    public long[] Counts { get; }

    public double[] States { get; }

    public double[] Parameters { get; }

    public EventQueue Events { get; }

    /// <summary>What changes between jumps; null if nothing does.</summary>
    public JumpFlow? Flow { get; }

    public double Time { get; set; }

    /// <summary>The reaction or state at fault, or -1.</summary>
    public int Bad { get; private set; }

    /// <summary>How the course ended because of <see cref="Bad"/>.</summary>
    public StochasticOutcome BadOutcome { get; private set; }

    public void Start(IReadOnlyList<double> states, IReadOnlyList<double> parameters, double start, ref RandomStream stream)
    {
        Bad = -1;
        Flow?.Restart();
        for (var i = 0; i < Parameters.Length; i++) Parameters[i] = parameters[i];
        for (var i = 0; i < States.Length; i++) SetState(i, states[i], ref stream);
        Time = start;
        if (Network.Events.Count == 0) return;
        ReadRoots(Time, _roots);
        Events.Start(_roots);
    }

    public CountedChange[] Changes(int reaction) => _changes[reaction];

    /// <summary>The propensity of a reaction now. A reaction whose reactants do not suffice cannot happen, whatever its law says.</summary>
    public double Propensity(int reaction)
    {
        if (!Suffices(reaction)) return 0;
        var propensity = Network.Propensity(reaction, Time, States, Parameters);
        if (propensity >= 0 && double.IsFinite(propensity)) return propensity;
        Fail(reaction, StochasticOutcome.BadPropensity);
        return 0;
    }

    public bool Suffices(int reaction)
    {
        foreach (var (state, cells) in _changes[reaction])
            if (Counts[state] + cells < 0) return false;
        return true;
    }

    public void Fail(int place, StochasticOutcome outcome) => (Bad, BadOutcome) = (place, outcome);

    /// <summary>Carries a reaction out so many times.</summary>
    public void Carry(int reaction, long times)
    {
        foreach (var (state, cells) in _changes[reaction]) SetCount(state, Counts[state] + (cells * times));
    }

    public void SetCount(int state, long count)
    {
        Counts[state] = count;
        States[state] = count * Network.Unit;
        if (count > LargestCount) Fail(state, StochasticOutcome.BadCount);
    }

    /// <summary>The continuous states as they are at a time of the last step of the flow.</summary>
    public void MoveTo(double time) => Flow?.MoveTo(time);

    /// <summary>The first time up to <paramref name="until"/> at which a trigger comes to hold, while counts stay as they are. Triggers that
    /// cease to hold before are remembered.</summary>
    /// <remarks>A trigger turns where one of its comparisons does, so every turn of a comparison is looked at, in order of time: one that
    /// holds for a moment only is not missed.</remarks>
    public bool TriggerBefore(double until, out double at)
    {
        at = until;
        var low = Time;
        ReadRoots(low, _before);
        while (Turned(until))
        {
            var high = until;
            while (true)
            {
                var middle = low + ((high - low) / 2);
                if (middle <= low || middle >= high) break;
                if (Turned(middle)) high = middle;
                else low = middle;
            }
            ReadRoots(high, _before);
            if (Events.AnyNew(_before))
            {
                at = high;
                return true;
            }
            Events.Forget(_before);
            low = high;
        }
        return false;
    }

    /// <summary>Whether a trigger holds at a time that did not, with the counts as they are.</summary>
    public bool NewTrigger(double time)
    {
        if (Network.Events.Count == 0) return false;
        ReadRoots(time, _roots);
        return Events.AnyNew(_roots);
    }

    /// <summary>Executes, one after another, the events that are due now, and those that their assignments trigger in turn.</summary>
    /// <param name="stream">Random numbers.</param>
    /// <param name="any">Whether there was one.</param>
    public StochasticOutcome FireEvents(ref RandomStream stream, out bool any)
    {
        any = false;
        if (Network.Events.Count == 0) return StochasticOutcome.Done;
        for (var round = 0; round < EventRounds * Network.Events.Count; round++)
        {
            Network.EvaluateRoots(Time, States, Parameters, _roots);
            if (!Events.Update(Time, States, Parameters, _roots)) return StochasticOutcome.BadDelay;
            if (Events.ExecuteNext(Time, States, Parameters, ref stream) < 0) return StochasticOutcome.Done;
            any = true;
            for (var i = 0; i < States.Length; i++) SetState(i, States[i], ref stream);
        }
        return StochasticOutcome.EndlessEvents;
    }

    private void SetState(int state, double value, ref RandomStream stream)
    {
        if (!Network.IsCount[state]) { States[state] = value; return; }
        var x = Math.Max(0, value / Network.Unit);
        if (!(x <= LargestCount)) { Fail(state, StochasticOutcome.BadCount); return; }
        var whole = Math.Round(x);
        // Rounding of a unit that has no exact double is no fraction.
        if (Math.Abs(x - whole) > 1e-9 * Math.Max(1, x)) whole = Math.Floor(x) + (stream.Uniform() < x - Math.Floor(x) ? 1 : 0);
        Counts[state] = (long)whole;
        States[state] = whole * Network.Unit;
    }

    private void ReadRoots(double time, double[] roots)
    {
        MoveTo(time);
        Network.EvaluateRoots(time, States, Parameters, roots);
    }

    /// <summary>Whether a comparison differs from what it was when <see cref="_before"/> was read.</summary>
    private bool Turned(double time)
    {
        ReadRoots(time, _roots);
        for (var k = 0; k < Network.Roots; k++)
            if (_roots[k] > 0 != _before[k] > 0 || _roots[k] >= 0 != _before[k] >= 0) return true;
        return false;
    }
}

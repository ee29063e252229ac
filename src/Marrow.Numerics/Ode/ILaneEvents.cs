namespace Marrow.Numerics.Ode;

/// <summary>Events of a system, as the stepper sees them. When a trigger turns from false to true the event is triggered; it is
/// executed at once or after its delay, with the semantics of SBML Level 3 (section 4.11 of its specification).</summary>
public interface ILaneEvents
{
    /// <summary>Number of events.</summary>
    int Count { get; }

    /// <summary>Whether the trigger holds, given the values of the root functions (for example a - b for a &gt; b).</summary>
    bool Trigger(int index, ReadOnlySpan<double> roots);

    /// <summary>Whether the trigger counts as having held before the start: then it does not fire because it holds there.</summary>
    bool HeldBefore(int index) => true;

    /// <summary>Whether the event stays due after its trigger has ceased to hold; otherwise that cancels it.</summary>
    bool IsPersistent(int index) => true;

    /// <summary>Whether the values assigned are those of the time of the trigger; otherwise those of the execution.</summary>
    bool FromTrigger(int index) => true;

    /// <summary>Time from trigger to execution, evaluated when it is triggered; 0 or less: at once.</summary>
    double Delay(int index, double time, ReadOnlySpan<double> states, ReadOnlySpan<double> parameters) => 0;

    /// <summary>Of events due at the same time the one of highest priority is executed first; not a number where there is none.</summary>
    double Priority(int index, double time, ReadOnlySpan<double> states, ReadOnlySpan<double> parameters) => double.NaN;

    /// <summary>How many values an event assigns.</summary>
    int Values(int index);

    /// <summary>The values that an event would assign now.</summary>
    /// <param name="index">Which event.</param>
    /// <param name="time">Time.</param>
    /// <param name="states">States, length n.</param>
    /// <param name="parameters">Parameters set from outside.</param>
    /// <param name="values">Filled; length of <see cref="Values"/>.</param>
    void Evaluate(int index, double time, ReadOnlySpan<double> states, ReadOnlySpan<double> parameters, Span<double> values);

    /// <summary>Makes the assignments of an event.</summary>
    /// <param name="index">Which event.</param>
    /// <param name="values">What <see cref="Evaluate"/> gave.</param>
    /// <param name="time">Time of execution.</param>
    /// <param name="states">States, length n; changed in place.</param>
    /// <param name="parameters">Parameters set from outside; changed in place.</param>
    void Assign(int index, ReadOnlySpan<double> values, double time, Span<double> states, Span<double> parameters);

    /// <summary>Evaluates and assigns.</summary>
    void Execute(int index, double time, Span<double> states, Span<double> parameters)
    {
        Span<double> values = stackalloc double[Values(index)];
        Evaluate(index, time, states, parameters, values);
        Assign(index, values, time, states, parameters);
    }

    /// <summary>Name for messages.</summary>
    string Name(int index);
}

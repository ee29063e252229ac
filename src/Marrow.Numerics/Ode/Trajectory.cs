using Marrow.Numerics.Random;

namespace Marrow.Numerics.Ode;

/// <summary>What a trajectory asks of the stepper after it has been called back.</summary>
public enum Directive
{
    /// <summary>Go on; nothing was changed.</summary>
    Continue,

    /// <summary>States or parameters were changed at this time: drop the history and start again from here.</summary>
    Restart,

    /// <summary>The trajectory is complete.</summary>
    Finish,
}

/// <summary>Why a trajectory ended.</summary>
public enum Outcome
{
    /// <summary>It reached its end, or asked to finish.</summary>
    Done,

    /// <summary>The step size fell below the resolution of time: often a discontinuity that no event announces.</summary>
    StepTooSmall,

    /// <summary>More steps than allowed.</summary>
    TooManySteps,

    /// <summary>The Newton iteration did not converge even at small steps.</summary>
    NewtonFailure,

    /// <summary>A value became infinite or not a number.</summary>
    NotFinite,
}

/// <summary>What became of a trajectory.</summary>
/// <param name="Outcome">Why it ended.</param>
/// <param name="Time">Time reached.</param>
/// <param name="Steps">Steps tried, rejected ones included.</param>
/// <param name="Restarts">Discontinuities passed.</param>
/// <param name="WorstState">Index of the state with the largest weighted error in the last step, for messages; -1 if unknown.</param>
public readonly record struct TrajectoryReport(Outcome Outcome, double Time, int Steps, int Restarts, int WorstState);

/// <summary>One solution that occupies a lane: a patient, or a phase of one. The stepper calls it back on the thread that runs the
/// lanes; it must not share mutable state with other trajectories.</summary>
public abstract class Trajectory
{
    /// <summary>Fills initial states (length n) and parameters, and returns the start time.</summary>
    public abstract double Begin(Span<double> states, Span<double> parameters);

    /// <summary>The next time to be hit exactly (dose, end of infusion, end of the trajectory); infinity if there is none.
    /// Asked after <see cref="Begin"/> and after every callback. The end of a trajectory is a stop that answers <see cref="Directive.Finish"/>.</summary>
    public abstract double NextStop { get; }

    /// <summary>The next time at which states are wanted by dense output; infinity if there is none. Samples at a stop come before the stop.</summary>
    public abstract double NextSample { get; }

    /// <summary>Called at <see cref="NextStop"/>, exactly. Must advance <see cref="NextStop"/>.</summary>
    public abstract Directive AtStop(double time, Span<double> states, Span<double> parameters);

    /// <summary>Called with dense output at <see cref="NextSample"/>, in order of time. Must advance <see cref="NextSample"/>.
    /// A change is honoured with <see cref="Directive.Restart"/>: the step is cut back to this time.</summary>
    public abstract Directive AtSample(double time, Span<double> states, Span<double> parameters);

    /// <summary>Address of the random numbers that decide which of several events of the same priority comes first.</summary>
    public virtual RandomKey TieKey => new(0, Purpose.Of("simultaneous events"));

    /// <summary>Called once before the events of a moment are triggered or make their assignments, with the states as they have become
    /// up to it.</summary>
    public virtual void BeforeEvents(double time, Span<double> states, Span<double> parameters) { }

    /// <summary>Called at the time of an event of the system, after its assignments; the step is cut back to this time.</summary>
    public virtual Directive AtEvent(int index, double time, Span<double> states, Span<double> parameters) => Directive.Continue;

    /// <summary>Called once when the trajectory leaves its lane.</summary>
    public abstract void Ended(in TrajectoryReport report, ReadOnlySpan<double> states);
}

/// <summary>A queue of trajectories. Called by one thread at a time unless it says otherwise.</summary>
public interface ITrajectorySource
{
    /// <summary>The next trajectory, or null when none is left.</summary>
    Trajectory? Next();
}

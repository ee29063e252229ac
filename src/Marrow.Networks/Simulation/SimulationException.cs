using Marrow.Networks.Compilation;
using Marrow.Numerics.Ode;

namespace Marrow.Networks.Simulation;

/// <summary>A simulation that could not reach its end.</summary>
public sealed class SimulationException : Exception
{
    internal SimulationException(in TrajectoryReport report, CompiledModel model)
        : base(Explain(report, model)) => Report = report;

    /// <summary>How it ended.</summary>
    public TrajectoryReport Report { get; }

    /// <summary>Why a trajectory stopped early, where, and what to try.</summary>
    /// <param name="report">How it ended; not <see cref="Outcome.Done"/>.</param>
    /// <param name="model">The model.</param>
    public static string Explain(in TrajectoryReport report, CompiledModel model)
    {
        ArgumentNullException.ThrowIfNull(model);
        var state = report.WorstState >= 0 ? $", worst in {model.States[report.WorstState]}" : "";
        var (why, remedy) = report.Outcome switch
        {
            Outcome.StepTooSmall => ("the step size fell below the resolution of time", "announce a jump in a formula by an event, or loosen the tolerances (--rtol and --atol)"),
            Outcome.TooManySteps => ("the step limit was reached", "loosen the tolerances (--rtol and --atol), or simulate a shorter time"),
            Outcome.NewtonFailure => ("the implicit equations have no solution that the solver can find", "look for a division by a quantity that becomes 0"),
            Outcome.NotFinite => ("a value became infinite or not a number", "look for a division by 0, a logarithm of 0, or growth without limit"),
            _ => throw new ArgumentOutOfRangeException(nameof(report), report.Outcome, "A trajectory that is done needs no explanation."),
        };
        return FormattableString.Invariant($"the simulation stopped at time {report.Time:G6} after {report.Steps} steps{state}: {why}; try: {remedy}");
    }
}

using Marrow.Numerics.Ode;

namespace Marrow.Trials.Patients;

/// <summary>Why a trajectory failed, in words, and what to try.</summary>
internal static class FailureCause
{
    /// <summary>Cause and remedy of an outcome other than <see cref="Outcome.Done"/>.</summary>
    public static (string Cause, string Remedy) Of(Outcome outcome) => outcome switch
    {
        Outcome.StepTooSmall => ("the step size fell below the resolution of time", "look for a discontinuity near this time that no event announces, or loosen solver.relative"),
        Outcome.TooManySteps => ("more steps than solver.max_steps", "raise solver.max_steps, or loosen solver.relative"),
        Outcome.NewtonFailure => ("the Newton iteration did not converge", "tighten solver.relative, or check the parameters below for extreme values"),
        _ => ("a value became infinite or not a number", "check the parameters below for extreme values"),
    };
}

using System.Numerics;

namespace Marrow.Numerics.SteadyStates;

/// <summary>A point at which nothing changes.</summary>
/// <param name="States">y.</param>
/// <param name="Method">How it was found.</param>
/// <param name="Steps">Steps that this took.</param>
/// <param name="Residual">Largest rate.</param>
/// <param name="Eigenvalues">Of df/dy with what is conserved kept, by falling real part; empty if there are none, or they would take long.</param>
/// <param name="Stability">What small disturbances do that keep what is conserved.</param>
public sealed record Equilibrium(
    IReadOnlyList<double> States, EquilibriumMethod Method, int Steps, double Residual, IReadOnlyList<Complex> Eigenvalues, Stability Stability)
{
    /// <summary>Eigenvalues of a matrix carry errors of some units in the last place of its norm.</summary>
    private const double Rounding = 1e-12;

    /// <summary>Judges a point.</summary>
    internal static Equilibrium At(double[] states, EquilibriumMethod method, int steps, double residual, double[] reduced, int largestBlock)
    {
        var size = (int)Math.Sqrt(reduced.Length);
        if (size == 0) return new Equilibrium(states, method, steps, residual, [], Stability.Neutral);
        if (Spectrum.Of(reduced, size, largestBlock) is not { } eigenvalues) return new Equilibrium(states, method, steps, residual, [], Stability.Unjudged);
        var zero = Rounding * eigenvalues.Max(e => e.Magnitude);
        return new Equilibrium(states, method, steps, residual, eigenvalues, Judge(eigenvalues[0], zero));
    }

    /// <summary>Whether disturbances grow.</summary>
    internal bool IsUnstable => Stability is Stability.Unstable or Stability.UnstableOscillating;

    private static Stability Judge(Complex first, double zero)
    {
        var swings = Math.Abs(first.Imaginary) > zero;
        if (first.Real > zero) return swings ? Stability.UnstableOscillating : Stability.Unstable;
        if (first.Real >= -zero) return Stability.Neutral;
        return swings ? Stability.StableOscillating : Stability.Stable;
    }
}

/// <summary>Why no point was found.</summary>
public enum EquilibriumFailure
{
    /// <summary>Something grows without end.</summary>
    Grows,

    /// <summary>The solution neither rests nor runs away: it oscillates, or is slower than the longest time followed.</summary>
    KeepsMoving,

    /// <summary>The equations have no value somewhere on the way.</summary>
    NotFinite,

    /// <summary>Not looked for: some states have no rate of their own, or rates name the past.</summary>
    OtherEquations,
}

/// <summary>What a search ended with: a point, or why there is none.</summary>
/// <param name="Point">The point; null if none was found.</param>
/// <param name="Failure">Why none was found.</param>
/// <param name="Worst">States that grow or move, the fastest first.</param>
public sealed record EquilibriumResult(Equilibrium? Point, EquilibriumFailure Failure, IReadOnlyList<int> Worst);

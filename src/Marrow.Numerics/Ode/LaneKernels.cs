namespace Marrow.Numerics.Ode;

/// <summary>A compiled kernel. Blocks are laid out as in <see cref="LaneLayout"/>; a one-lane kernel is handed references
/// shifted by its lane and touches only that lane (every eighth double).</summary>
/// <param name="y">Nordsieck array, or compact states (vector i = state i), as the kernel says.</param>
/// <param name="p">Parameters and derived constants.</param>
/// <param name="s">Scratch.</param>
/// <param name="m">Matrix block, or the output block of <see cref="LaneKernels.Roots"/> and <see cref="LaneKernels.Observables"/>.</param>
public delegate void LaneKernel(ref double y, ref double p, ref double s, ref double m);

/// <summary>Everything that the stepper needs of y' = f(t, y; p), compiled: one set for eight lanes and one for a single lane
/// are made by the same generator, with the same operations in the same order, so their bits agree.</summary>
public sealed record LaneKernels
{
    /// <summary>p -> derived constants, in <c>p</c> after the parameters. Run when parameters change.</summary>
    public required LaneKernel Prepare { get; init; }
    /// <summary>f at the compact states y and s[Time] -> s[R + i].</summary>
    public required LaneKernel Rhs { get; init; }
    /// <summary>Newton residual at the prediction: s[R + i] = gamma f_i(z0) - z1_i/l1; y is the Nordsieck array.</summary>
    public required LaneKernel ResidualFirst { get; init; }
    /// <summary>Newton residual at z0 + d: s[R + i] = gamma f_i(z0 + d) - z1_i/l1 - d_i; y is the Nordsieck array.</summary>
    public required LaneKernel ResidualNext { get; init; }
    /// <summary>df/dy at the prediction (y is the Nordsieck array) -> m, only in lanes of s[Mask]; the others keep their entries.</summary>
    public required LaneKernel Jacobian { get; init; }
    /// <summary>m: LU of I - gamma J, for all lanes, from the Jacobian entries and s[Gamma].</summary>
    public required LaneKernel Factor { get; init; }
    /// <summary>Solves (I - gamma J) delta = R; d = delta; norms as sums (w delta)^2 -> s[NormDelta] and s[NormD].</summary>
    public required LaneKernel SolveFirst { get; init; }
    /// <summary>Solves for delta; d += delta in lanes of s[Mask]; sum (w delta)^2 -> s[NormDelta] and sum (w d)^2 -> s[NormD], all lanes.</summary>
    public required LaneKernel SolveNext { get; init; }
    /// <summary>Event root functions at the compact states y and s[Time] -> m[k].</summary>
    public required LaneKernel Roots { get; init; }
    /// <summary>Observables at the compact states y and s[Time] -> m[k].</summary>
    public required LaneKernel Observables { get; init; }
}

/// <summary>Changes states so that the equations hold that contain no derivative.</summary>
/// <param name="time">Time.</param>
/// <param name="states">States, length n; changed in place.</param>
/// <param name="parameters">Parameters.</param>
/// <returns>False if no solution was found.</returns>
public delegate bool LaneSettling(double time, Span<double> states, ReadOnlySpan<double> parameters);

/// <summary>A compiled system of ordinary differential equations with events.</summary>
public sealed record LaneSystem
{
    /// <summary>Number of states n.</summary>
    public required int States { get; init; }
    /// <summary>Number of parameters that are set from outside.</summary>
    public required int Parameters { get; init; }
    /// <summary>Vectors in the parameter block: parameters, then derived constants.</summary>
    public required int ParameterVectors { get; init; }
    /// <summary>Vectors in the matrix block.</summary>
    public required int MatrixVectors { get; init; }
    /// <summary>Vectors at the start of the matrix block that hold the Jacobian.</summary>
    public required int JacobianVectors { get; init; }
    /// <summary>Number of event root functions.</summary>
    public required int Roots { get; init; }
    /// <summary>Number of observables.</summary>
    public required int Observables { get; init; }
    /// <summary>Eight lanes at once.</summary>
    public required LaneKernels Lanes { get; init; }
    /// <summary>One lane.</summary>
    public required LaneKernels OneLane { get; init; }
    /// <summary>Absolute tolerance scale of each state: the stepper multiplies it by its own absolute tolerance. 1 unless the model says otherwise.</summary>
    public required IReadOnlyList<double> AbsoluteScale { get; init; }
    /// <summary>States that cannot be negative: the stepper projects an undershoot within the tolerance to 0 and rejects a larger one.</summary>
    public required IReadOnlyList<bool> NonNegative { get; init; }
    /// <summary>Names of the states, for messages.</summary>
    public required IReadOnlyList<string> StateNames { get; init; }
    /// <summary>The values of the past that the equations read; null if there are none.</summary>
    public ILaneDelays? Delays { get; init; }
    /// <summary>Makes states consistent with the equations that hold at all times; null if there are none. False if it found no way.</summary>
    public LaneSettling? Settle { get; init; }
    /// <summary>The events; empty if there are none.</summary>
    public required ILaneEvents Events { get; init; }
}

namespace Marrow.Numerics.Ode;

/// <summary>Where things lie in the memory blocks that kernels and stepper share. Every place is a <em>vector</em> of
/// <see cref="Lanes"/> doubles, one per lane, so vector v of a block starts at double 8 v.</summary>
/// <remarks>
/// Blocks: <c>z</c> the Nordsieck array, vector [state * <see cref="Rows"/> + row], row j holding h^j/j! y^(j);
/// <c>p</c> parameters, then constants derived from them; <c>s</c> scratch as laid out here; <c>m</c> the Jacobian
/// entries, then the LU factors.
/// </remarks>
public readonly record struct LaneLayout(int States)
{
    /// <summary>Patients that advance together.</summary>
    public const int Lanes = 8;

    /// <summary>Rows of the Nordsieck array: orders up to 5.</summary>
    public const int Rows = 6;

    /// <summary>Time at which f is evaluated (end of the step tried).</summary>
    public const int Time = 0;

    /// <summary>gamma = h / l1 of the step tried.</summary>
    public const int Gamma = 1;

    /// <summary>1 / l1 of the current order.</summary>
    public const int InvL1 = 2;

    /// <summary>Sum over states of (delta w)^2 of the last Newton iteration.</summary>
    public const int NormDelta = 3;

    /// <summary>Sum over states of (d w)^2.</summary>
    public const int NormD = 4;

    /// <summary>All bits set in lanes that a masked kernel may change.</summary>
    public const int Mask = 5;

    /// <summary>First vector of the correction d = y - y_predicted.</summary>
    public const int D = 6;

    /// <summary>First vector of the residual, or of f.</summary>
    public int R => D + States;

    /// <summary>First vector of the error weights 1/(rtol |y| + atol).</summary>
    public int W => D + (2 * States);

    /// <summary>Size of the scratch block.</summary>
    public int Vectors => D + (3 * States);
}

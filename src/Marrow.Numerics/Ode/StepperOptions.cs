namespace Marrow.Numerics.Ode;

/// <summary>Settings of <see cref="LaneStepper"/>.</summary>
public sealed record StepperOptions
{
    /// <summary>Relative tolerance of the local error, above 0.</summary>
    public double RelativeTolerance { get; init; } = 1e-6;

    /// <summary>Absolute tolerance, above 0; multiplied by <see cref="LaneSystem.AbsoluteScale"/> of each state.</summary>
    public double AbsoluteTolerance { get; init; } = 1e-8;

    /// <summary>Highest order, 1 to 5.</summary>
    public int MaxOrder { get; init; } = 5;

    /// <summary>Tries between decisions on order and step size; even.</summary>
    public int Period { get; init; } = 6;

    /// <summary>Tries after which a lane's Jacobian is taken afresh, at its next decision.</summary>
    public int JacobianAge { get; init; } = 17;

    /// <summary>Share of the local error that the Newton iteration may leave.</summary>
    public double NewtonTolerance { get; init; } = 0.2;

    /// <summary>Largest step; infinity for none.</summary>
    public double MaxStep { get; init; } = double.PositiveInfinity;

    /// <summary>Tries after which a trajectory is given up.</summary>
    public int MaxSteps { get; init; } = 200_000;

    /// <summary>Fixed order and step, for measuring the order of convergence; null in use.</summary>
    internal FixedStep? Fixed { get; init; }
}

/// <summary>A run without control: every step has this size and order.</summary>
/// <param name="Order">Order q, 1 to 5.</param>
/// <param name="Step">Step size h.</param>
/// <param name="Derivative">j-th time derivative of state i at the start (i, j with 2 &lt;= j &lt;= q): the exact history that order q needs.</param>
internal sealed record FixedStep(int Order, double Step, Func<int, int, double> Derivative);

/// <summary>What a stepper has done.</summary>
public sealed record StepperCounts
{
    /// <summary>Steps of all eight lanes together.</summary>
    public long VectorSteps { get; internal set; }
    /// <summary>Lanes with a trajectory in them, summed over vector steps.</summary>
    public long LaneSteps { get; internal set; }
    /// <summary>Steps accepted, over lanes.</summary>
    public long Accepted { get; internal set; }
    /// <summary>Newton iterations of all eight lanes together.</summary>
    public long NewtonIterations { get; internal set; }
    /// <summary>Jacobian evaluations (some lanes each).</summary>
    public long Jacobians { get; internal set; }
    /// <summary>LU factorisations (all lanes each).</summary>
    public long Factorisations { get; internal set; }
    /// <summary>Steps rejected by the error test, over lanes.</summary>
    public long ErrorRejections { get; internal set; }
    /// <summary>Steps rejected because Newton did not converge, over lanes.</summary>
    public long NewtonRejections { get; internal set; }
    /// <summary>Steps rejected because a non-negative state undershot by more than its absolute tolerance.</summary>
    public long UndershootRejections { get; internal set; }
    /// <summary>Undershoots within the absolute tolerance that were projected to 0.</summary>
    public long Projections { get; internal set; }
    /// <summary>Discontinuities passed (doses, events, changes), over lanes.</summary>
    public long Restarts { get; internal set; }
    /// <summary>Trajectories that left a lane.</summary>
    public long Trajectories { get; internal set; }

    /// <summary>Share of lane places that held a trajectory, 0 to 1.</summary>
    public double LaneUse => VectorSteps == 0 ? 0 : LaneSteps / (double)(LaneLayout.Lanes * VectorSteps);

    /// <summary>Adds the counts of another stepper.</summary>
    public void Add(StepperCounts other)
    {
        VectorSteps += other.VectorSteps; LaneSteps += other.LaneSteps; Accepted += other.Accepted;
        NewtonIterations += other.NewtonIterations; Jacobians += other.Jacobians; Factorisations += other.Factorisations;
        ErrorRejections += other.ErrorRejections; NewtonRejections += other.NewtonRejections;
        UndershootRejections += other.UndershootRejections; Projections += other.Projections;
        Restarts += other.Restarts; Trajectories += other.Trajectories;
    }
}

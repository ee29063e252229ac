using System.Runtime.Intrinsics;
using Marrow.Numerics.Random;
using V = System.Runtime.Intrinsics.Vector512<double>;

namespace Marrow.Numerics.Ode;

/// <summary>Values that each lane has for itself, as vectors and, through the same memory, lane by lane.</summary>
internal sealed unsafe class LaneValues(LaneMemory memory)
{
    private readonly V* _v = memory.Vectors(11);

    /// <summary>Time reached.</summary>
    public ref V T => ref _v[0];
    /// <summary>Step size of the next try.</summary>
    public ref V H => ref _v[1];
    /// <summary>Order, 1 to 5.</summary>
    public ref V Order => ref _v[2];
    /// <summary>Accepted steps since step size or order last changed.</summary>
    public ref V Age => ref _v[3];
    /// <summary>Tries since the trajectory began.</summary>
    public ref V Tries => ref _v[4];
    /// <summary>Factor by which the step size changes before the next prediction.</summary>
    public ref V Eta => ref _v[5];
    /// <summary>Square of the Newton rate of convergence.</summary>
    public ref V Rate2 => ref _v[6];
    /// <summary>Tries since the Jacobian was taken.</summary>
    public ref V JacobianAge => ref _v[7];
    /// <summary>Next time to be hit exactly.</summary>
    public ref V Stop => ref _v[8];
    /// <summary>Next time for dense output.</summary>
    public ref V Sample => ref _v[9];
    /// <summary>A change of order: 1 up, -1 down, 0 none.</summary>
    public ref V OrderChange => ref _v[10];

    /// <summary>One lane of a value.</summary>
    public static ref double Of(ref V value, int lane) => ref ((double*)System.Runtime.CompilerServices.Unsafe.AsPointer(ref value))[lane];

    /// <summary>All lanes idle.</summary>
    public void Reset()
    {
        T = H = Age = Tries = JacobianAge = OrderChange = V.Zero;
        Order = Eta = Rate2 = V.One;
        Stop = Sample = Vector512.Create(double.PositiveInfinity);
    }
}

/// <summary>What belongs to the trajectory in one lane.</summary>
internal sealed class LaneSlot(LaneSystem system)
{
    public Trajectory? Trajectory;
    public readonly double[] States = new double[system.States];
    public readonly double[] Parameters = new double[system.Parameters];
    public readonly double[] Roots = new double[Math.Max(system.Roots, 1)];
    public readonly EventQueue Events = new(system.Events);
    public int ErrorRejections, NewtonRejections, Restarts;

    /// <summary>Decides between events of equal priority at one time.</summary>
    public RandomStream Ties;

    /// <summary>Where an interrupted step is cut back to, with <see cref="States"/> as the values there.</summary>
    public double CutTime;
    public bool Finished;

    /// <summary>The past, where the system reads it.</summary>
    public readonly DelayHistory? Past = system.Delays is { } delays ? new DelayHistory(delays, system.States, system.Parameters) : null;

    /// <summary>States at the end of a step, as far as delays read them.</summary>
    public readonly double[] PastStates = system.Delays is null ? [] : new double[system.States];

    /// <summary>When a jump of the past comes back; infinity if none does.</summary>
    public double NextReturn => Past?.NextReturn ?? double.PositiveInfinity;

    /// <summary>The next time to be hit exactly: a stop of the trajectory, an event that is due, or a jump that comes back.</summary>
    public double NextStop => Math.Min(Math.Min(Trajectory!.NextStop, Events.NextDue), NextReturn);
}

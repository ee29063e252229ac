namespace Marrow.Numerics.SteadyStates;

/// <summary>Tells where a solution that is followed in time comes to rest, before it has got there.</summary>
/// <remarks><para>Newton's method alone may find another point than the one that the solution approaches, or one that none approaches. So a
/// point counts only if (1) Newton's method reaches it from the solution without leaving its neighbourhood, (2) it is stable, all eigenvalues
/// below 0 with what is conserved kept, (3) the solution is within 1e-3 of it in every state, and (4) has come ten times nearer since it was
/// looked at before. Beside a stable point disturbances die out, so a solution that is near and coming nearer ends there; one that passes an
/// unstable point, or circles, fails (2) or (4); one that drifts along a line of points of rest, or is led by a slow movement that has
/// hardly begun, fails (2) or (4) as well, and is followed on.</para></remarks>
/// <param name="problem">The equations; rates may not depend on time.</param>
/// <param name="options">Accuracy of the point.</param>
public sealed class Approach(EquilibriumProblem problem, EquilibriumOptions options)
{
    /// <summary>How near the solution must be, relative to each state, and how many times nearer than before.</summary>
    private const double Near = 1e-3, Nearer = 10;

    /// <summary>Differences up to so many absolute tolerances are noise.</summary>
    private const double Noise = 100;

    /// <summary>What rounding leaves of a state that vanishes, relative to what it was.</summary>
    private const double Rounding = 1e-12;

    private double[]? _before;

    /// <summary>Looks at a point of the solution; calls are best at times that double.</summary>
    /// <param name="states">The point.</param>
    /// <returns>Where the solution ends; null if that cannot be told yet.</returns>
    public double[]? Look(ReadOnlySpan<double> states)
    {
        double[] now = [.. states];
        var before = _before;
        _before = now;
        if (before is null || EquilibriumSearch.Beside(problem, now, options) is not { } end) return null;
        var (near, far) = (0.0, 0.0);
        for (var i = 0; i < now.Length; i++)
        {
            var size = Math.Max(Math.Abs(end[i]), Math.Max(Math.Abs(now[i]), Math.Abs(before[i])));
            var noise = Noise * options.Absolute * problem.AbsoluteScale[i];
            near = Math.Max(near, Distance(now[i], end[i], size, noise));
            far = Math.Max(far, Distance(before[i], end[i], size, noise));
            // A state that vanishes does so from its own side.
            if (Math.Abs(end[i]) <= Rounding * size && end[i] * now[i] < 0) end[i] = 0;
        }
        return near <= Near && near * Nearer <= far && EquilibriumSearch.IsStable(problem, end) ? end : null;
    }

    private static double Distance(double value, double end, double size, double noise) => Math.Abs(value - end) is var distance && distance > noise ? distance / size : 0;
}

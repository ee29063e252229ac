using System.Globalization;
using Marrow.Numerics.Optimisation;

namespace Marrow.Trials.Fit;

/// <summary>How a fit is run.</summary>
public sealed record FitOptions
{
    /// <summary>Folder for the results.</summary>
    public required string OutputFolder { get; init; }

    /// <summary>Goes on with the fit in the folder.</summary>
    public bool Resume { get; init; }

    /// <summary>Threads; 0 for one a processor. Results do not depend on it.</summary>
    public int Threads { get; init; }

    /// <summary>Replaces the problem's seed.</summary>
    public ulong? Seed { get; init; }

    /// <summary>Replaces the problem's method.</summary>
    public FitMethod? Method { get; init; }

    /// <summary>Only predicts the targets at the priors' medians.</summary>
    public bool EvaluateOnly { get; init; }
}

/// <summary>How far a fit has come.</summary>
/// <param name="Iteration">Steps or generations done.</param>
/// <param name="Objective">Best sum of squares so far; NaN before the first.</param>
/// <param name="Points">Points evaluated so far, those of the journal included.</param>
public readonly record struct FitProgress(int Iteration, double Objective, long Points);

/// <summary>What a fit has found.</summary>
public sealed record FitResult
{
    /// <summary>The problem, with the seed used.</summary>
    public required FitProblem Problem { get; init; }

    /// <summary>The method used.</summary>
    public required FitMethod Method { get; init; }

    /// <summary>z of each parameter at the best point; 0 is the prior's median.</summary>
    public required IReadOnlyList<double> Z { get; init; }

    /// <summary>Predictions at the priors' medians.</summary>
    public required IReadOnlyList<double> Before { get; init; }

    /// <summary>Predictions at the best point.</summary>
    public required IReadOnlyList<double> After { get; init; }

    /// <summary>d misfit i / d z j at [i, j] at the best point: what one prior standard deviation does, in spreads. Null if only evaluated.</summary>
    public required double[,]? Influence { get; init; }

    /// <summary>Posterior at the best point. Null if only evaluated.</summary>
    public required LaplaceApproximation? Posterior { get; init; }

    /// <summary>Steps or generations.</summary>
    public required int Iterations { get; init; }

    /// <summary>Points evaluated.</summary>
    public required long Evaluations { get; init; }

    /// <summary>Points simulated in this run, not remembered.</summary>
    public required int Simulated { get; init; }

    /// <summary>Why the search ended.</summary>
    public required SearchEnd End { get; init; }

    /// <summary>Misfits at the priors' medians, in spreads.</summary>
    public IReadOnlyList<double> MisfitsBefore => FitObjective.MisfitsOf(Problem, Before);

    /// <summary>Misfits at the best point, in spreads.</summary>
    public IReadOnlyList<double> MisfitsAfter => FitObjective.MisfitsOf(Problem, After);

    /// <summary>Sum of squares of misfits and prior at the priors' medians.</summary>
    public double ObjectiveBefore => MisfitsBefore.Sum(m => m * m);

    /// <summary>Sum of squares of misfits and prior at the best point.</summary>
    public double ObjectiveAfter => MisfitsAfter.Sum(m => m * m) + Z.Sum(z => z * z);

    /// <summary>Value of a parameter at the best point, in four digits: what a fit knows, and what tables hold.</summary>
    public double ValueOf(int parameter) => Round(Problem.Parameters[parameter].ValueAt(Z[parameter]));

    /// <summary>Targets that a parameter moves by at least the threshold, and by how many spreads a prior standard deviation.</summary>
    public IReadOnlyList<(FitTarget Target, double Effect)> MovedBy(int parameter) => Influence is not { } effects ? [] :
        [.. Problem.Targets.Select((t, i) => (t, effects[i, parameter])).Where(x => Math.Abs(x.Item2) >= Problem.InfluenceThreshold)];

    internal static double Round(double value) =>
        value == 0 || !double.IsFinite(value) ? value : double.Parse(value.ToString("G4", CultureInfo.InvariantCulture), CultureInfo.InvariantCulture);
}

using Marrow.Numerics.Optimisation;

namespace Marrow.Trials.Fit;

/// <summary>Residuals of a fit at z: first the misfit of every target in units of its spread, then z itself, the misfit of the prior.
/// Their sum of squares is minus twice the logarithm of the posterior, up to a constant.</summary>
internal sealed class FitObjective(FitProblem problem, ITargetEvaluator evaluator, CancellationToken cancel)
{
    /// <summary>Limits of z that the parameters' limits imply.</summary>
    public static Box BoxOf(FitProblem problem) =>
        new([.. problem.Parameters.Select(p => p.ZOf(p.Lower))], [.. problem.Parameters.Select(p => p.ZOf(p.Upper))]);

    /// <summary>Residuals of each point.</summary>
    public IReadOnlyList<double[]> Residuals(IReadOnlyList<double[]> points)
    {
        var predictions = evaluator.Predict([.. points.Select(ValuesAt)], cancel);
        return [.. points.Select((z, k) => (double[])[.. MisfitsOf(problem, predictions[k]), .. z])];
    }

    /// <summary>Sum of squares of each point, for searches without derivatives.</summary>
    public IReadOnlyList<double[]> SumsOfSquares(IReadOnlyList<double[]> points) => [.. Residuals(points).Select(r => new[] { r.Sum(v => v * v) })];

    /// <summary>Parameter values at z.</summary>
    public double[] ValuesAt(IReadOnlyList<double> z) => [.. problem.Parameters.Select((p, i) => p.ValueAt(z[i]))];

    /// <summary>Misfits of predictions.</summary>
    public static double[] MisfitsOf(FitProblem problem, IReadOnlyList<double> predictions) =>
        [.. problem.Targets.Select((t, i) => t.Misfit(predictions[i], problem.ScenarioOf(t).Patients))];
}

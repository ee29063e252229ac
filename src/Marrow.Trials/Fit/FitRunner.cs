using Marrow.Numerics.Optimisation;
using Marrow.Trials.Studies;

namespace Marrow.Trials.Fit;

/// <summary>Estimates the parameters of a problem. The same problem, seed and program give the same bits on any number of threads, and
/// after a crash.</summary>
public static class FitRunner
{
    /// <summary>Runs a fit and writes its tables.</summary>
    /// <param name="problem">The problem.</param>
    /// <param name="options">Folder, threads, and what replaces the problem's own choices.</param>
    /// <param name="progress">Told after every batch of points; may be null.</param>
    /// <param name="cancel">Stops the fit; what is evaluated stays in the journal and can be resumed.</param>
    /// <exception cref="StudyException">The folder cannot be used, or holds a fit of other inputs; or nothing can be simulated at the start.</exception>
    /// <exception cref="OperationCanceledException">The fit was stopped.</exception>
    public static FitResult Run(FitProblem problem, FitOptions options, IProgress<FitProgress>? progress = null, CancellationToken cancel = default)
    {
        ArgumentNullException.ThrowIfNull(problem);
        ArgumentNullException.ThrowIfNull(options);
        var own = problem with { Seed = options.Seed ?? problem.Seed };
        var threads = options.Threads > 0 ? options.Threads : Environment.ProcessorCount;
        return Run(own, options, new SimulatedEvaluator(own, threads), progress, cancel);
    }

    /// <summary>Runs a fit with predictions from elsewhere.</summary>
    internal static FitResult Run(FitProblem problem, FitOptions options, ITargetEvaluator evaluator, IProgress<FitProgress>? progress, CancellationToken cancel)
    {
        var method = options.Method ?? problem.Method;
        var key = InputHashes.Key(InputHashes.OfFiles(problem.Files, Path.GetDirectoryName(Path.GetFullPath(problem.File))!), problem.Seed, $"fit by {method}, evaluate {options.EvaluateOnly}");
        Directory.CreateDirectory(options.OutputFolder);
        using var journal = options.Resume ? Journal<FitBatch>.Resume(options.OutputFolder, key) : Journal<FitBatch>.Create(options.OutputFolder, key);
        var state = new FitProgress(0, double.NaN, 0);
        var remembering = new JournaledEvaluator(evaluator, journal, points =>
        {
            state = state with { Points = state.Points + points };
            progress?.Report(state);
        });
        var objective = new FitObjective(problem, remembering, cancel);
        void Step(int iteration, double value)
        {
            state = state with { Iteration = iteration, Objective = value };
            progress?.Report(state);
        }

        var start = new double[problem.Parameters.Count];
        var before = remembering.Predict([objective.ValuesAt(start)], cancel)[0];
        if (!options.EvaluateOnly) RequireNumbers(problem, before);
        var result = options.EvaluateOnly ? EvaluatedOnly(problem, method, before) : Search(problem, method, objective, before, remembering, Step, cancel);
        result = result with { Simulated = remembering.Simulated };
        FitTables.Write(result, options.OutputFolder, key);
        return result;
    }

    private static FitResult Search(
        FitProblem problem, FitMethod method, FitObjective objective, double[] before, JournaledEvaluator evaluator, Action<int, double> step, CancellationToken cancel)
    {
        var box = FitObjective.BoxOf(problem);
        IReadOnlyList<double> start = new double[problem.Parameters.Count];
        var differences = new LeastSquaresOptions
        {
            DifferenceStep = problem.DifferenceStep,
            Central = problem.Central,
            MaxIterations = problem.Iterations,
            // Far steps lead to points where groups are empty or nobody falls ill, which have no misfit: short ones are tried beside them.
            LargestStep = 1.5,
            Damping = 0.1,
            DampingFactors = [0.1, 1, 10, 100],
            VariableTolerance = 1e-4,
            ValueTolerance = 1e-6,
        };
        SearchResult? rough = null;
        if (method == FitMethod.Cma)
        {
            var settings = new CmaOptions { Seed = problem.Seed, MaxGenerations = problem.Iterations, VariableTolerance = 1e-4, ValueTolerance = 1e-6 };
            rough = CmaEs.Minimise(objective.SumsOfSquares, start, box, settings, r => step(r.Iterations, r.Value));
            // Derivatives at the end only, for the posterior.
            (start, differences) = (rough.Point, differences with { MaxIterations = 0 });
        }
        var fine = LevenbergMarquardt.Minimise(objective.Residuals, start, box, differences, r => step(r.Iterations, r.SumOfSquares));
        var after = evaluator.Predict([objective.ValuesAt(fine.Point)], cancel)[0];
        var influence = new double[problem.Targets.Count, problem.Parameters.Count];
        for (var i = 0; i < problem.Targets.Count; i++)
        {
            for (var j = 0; j < problem.Parameters.Count; j++) influence[i, j] = fine.Jacobian[i, j];
        }
        return new FitResult
        {
            Problem = problem,
            Method = method,
            Z = fine.Point,
            Before = before,
            After = after,
            Influence = influence,
            Posterior = LaplaceApproximation.Of(influence),
            Iterations = rough?.Iterations ?? fine.Iterations,
            Evaluations = (rough?.Evaluations ?? 0) + fine.Evaluations + 2,
            Simulated = 0,
            End = rough?.End ?? fine.End,
        };
    }

    private static FitResult EvaluatedOnly(FitProblem problem, FitMethod method, double[] before) => new()
    {
        Problem = problem,
        Method = method,
        Z = new double[problem.Parameters.Count],
        Before = before,
        After = before,
        Influence = null,
        Posterior = null,
        Iterations = 0,
        Evaluations = 1,
        Simulated = 0,
        End = SearchEnd.Budget,
    };

    /// <summary>A search needs every target at its start: those that have none are named together.</summary>
    private static void RequireNumbers(FitProblem problem, double[] predictions)
    {
        var misfits = FitObjective.MisfitsOf(problem, predictions);
        string[] lost = [.. problem.Targets.Where((_, i) => !double.IsFinite(misfits[i])).Select(t => t.Id)];
        if (lost.Length > 0)
            throw new StudyException($"no prediction at the priors' medians for {string.Join(", ", lost)}: more patients failed than search.allowed_failures, or fewer than a quarter have such a readout; try another readout, or look at the course with marrow simulate");
    }
}

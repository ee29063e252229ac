using Marrow.Networks.Diagnostics;
using Marrow.Numerics.Optimisation;
using Marrow.Tests.House;
using Marrow.Trials.Fit;

namespace Marrow.Tests.Fit;

/// <summary>Parameters that made the targets are found again, through the compiled model in lanes.</summary>
public sealed class RecoveryTests : IDisposable
{
    private readonly FitFiles _files = new();

    public void Dispose() => _files.Dispose();

    [Theory]
    [InlineData(FitMethod.GaussNewton, 30)]
    [InlineData(FitMethod.Cma, 120)]
    public void Known_clearance_and_volumes_are_found_again_within_what_the_prior_pulls(FitMethod method, int iterations)
    {
        double[] truth = [0.45, 2.2, 1.6, 4.0];
        _files.WriteTargets(truth[0], truth[1], truth[2], truth[3]);
        _files.Replace("fit.yaml", "iterations: 30", $"iterations: {iterations}");
        var result = Run("out", method);
        // At exact targets the estimate is pulled from the truth to the prior by about (sd_post / sd_prior)^2 of the distance: well below one
        // posterior standard deviation, which is what the assertion allows; 1e-3 covers the tolerance of the search.
        for (var j = 0; j < truth.Length; j++)
        {
            var p = result.Problem.Parameters[j];
            Assert.Equal(p.ZOf(truth[j]), result.Z[j], result.Posterior!.StandardDeviations[j] + 1e-3);
            Assert.Equal(Identifiability.Identified, result.Posterior.KnownOf(j));
        }
        Assert.True(result.ObjectiveAfter < 1e-2 * result.ObjectiveBefore);
    }

    [Fact]
    public void A_model_of_cells_gives_its_rates_back()
    {
        const string targets = FitFiles.Header + """
            c7,car_t,CarT,,at 7,median,{0},0.05,log,item,a,simulated,
            peak,car_t,CarT,,max 0 60,median,{1},0.05,log,item,a,simulated,
            day,car_t,CarT,,day_of_max 0 60,median,{2},0.05,log,d,b,simulated,
            l20,car_t,Leukaemia,,at 20,median,{3},0.1,log,item,b,simulated,
            fall,car_t,CarT,,half_life 40 60,median,{4},0.05,log,d,a,simulated,
            """;
        double[] truth = [6e-11, 10, 0.045];
        var made = Predict(truth);
        _files.Write("targets.csv", string.Format(System.Globalization.CultureInfo.InvariantCulture, targets, [.. made.Select(v => (object)v)]));
        var result = Run("out", FitMethod.GaussNewton);
        for (var j = 0; j < truth.Length; j++)
            Assert.Equal(result.Problem.Parameters[j].ZOf(truth[j]), result.Z[j], result.Posterior!.StandardDeviations[j] + 1e-3);

        double[] Predict(double[] values)
        {
            _files.Write("fit.yaml", $$"""
                title: Cells
                seed: 1
                targets: targets.csv
                scenarios:
                  car_t: {model: {{Repository.PathOf("models/examples/leon_triana_2021.ant")}}, days: 60, every: 0.1}
                search: {difference: 0.02, iterations: 20, relative: 1.0e-8, absolute: 1.0}
                parameters:
                  - {id: alpha, prior: log_normal, sd: 0.4, reason: test}
                  - {id: tau_C, prior: log_normal, sd: 0.4, reason: test}
                  - {id: rho_L, prior: log_normal, sd: 0.4, reason: test}
                """);
            _files.Write("targets.csv", string.Format(System.Globalization.CultureInfo.InvariantCulture, targets, 1, 1, 1, 1, 1));
            return [.. new SimulatedEvaluator(Load(), 1).Predict([values], TestContext.Current.CancellationToken)[0]];
        }
    }

    [Fact]
    public void Threads_and_company_in_lanes_change_no_bit_of_a_prediction()
    {
        var problem = Load();
        double[][] points = [[0.3, 3, 1, 2.5], [0.4, 3, 1, 2.5], [0.3, 2, 2, 2.5], [0.5, 3, 0.5, 5]];
        var alone = new SimulatedEvaluator(problem, 1);
        double[][] one = [.. points.Select(p => alone.Predict([p], TestContext.Current.CancellationToken)[0])];
        Assert.Equal(one, new SimulatedEvaluator(problem, 2).Predict(points, TestContext.Current.CancellationToken));
    }

    [Fact]
    public void A_parameter_that_no_target_sees_keeps_its_prior_and_is_said_to()
    {
        _files.Replace("fit.yaml", "parameters:", "parameters:\n  - {id: Unseen, prior: normal, sd: 1, reason: test}");
        _files.Replace("pk.ant", "Q = 1;", "Unseen = 7; Unseen has dimensionless\n  Q = 1;");
        var result = Run("out", FitMethod.GaussNewton);
        Assert.Equal(0, result.Z[0], 1e-9);
        Assert.Equal(Identifiability.PriorOnly, result.Posterior!.KnownOf(0));
        Assert.Empty(result.MovedBy(0));
        Assert.NotEmpty(result.MovedBy(1));
    }

    private FitProblem Load()
    {
        var bag = new DiagnosticBag();
        var problem = FitLoader.Load(_files.File, bag);
        Assert.False(bag.HasErrors, string.Join('\n', bag.Items));
        return problem!;
    }

    private FitResult Run(string folder, FitMethod method) => FitRunner.Run(
        Load(), new FitOptions { OutputFolder = _files.PathOf(folder), Method = method, Threads = 2 }, null, TestContext.Current.CancellationToken);
}

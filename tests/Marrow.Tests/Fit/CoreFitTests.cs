using Marrow.Networks.Diagnostics;
using Marrow.Networks.Provenance;
using Marrow.Reports.Pages;
using Marrow.Tests.House;
using Marrow.Trials.Fit;

namespace Marrow.Tests.Fit;

/// <summary>The core's own fit: models/fit/core.yaml, what it wrote, and what stands in the tables of the models.</summary>
public sealed class CoreFitTests(ITestOutputHelper output)
{
    private const string File = "models/fit/core.yaml";
    private static readonly PageSources Kept = new(Repository.PathOf("models"));
    private static readonly Lazy<FitProblem> Problem = new(Load);

    [Fact]
    public void Every_parameter_of_the_fit_has_one_row_in_the_tables_of_the_models()
    {
        Assert.All(Problem.Value.Parameters, p => Assert.Single(Problem.Value.RowsOf(p)));
        Assert.All(Problem.Value.Parameters.Where(p => p.Disease.Length > 0), p => Assert.EndsWith($"{p.Disease}.csv", Problem.Value.RowsOf(p)[0].Where.File, StringComparison.Ordinal));
    }

    [Fact]
    public void A_prior_stands_around_the_value_that_the_tables_had_before_the_fit()
    {
        // The row of a fitted parameter holds the posterior; that of one that no fit has touched must still hold the prior's median.
        foreach (var (p, row) in Problem.Value.Parameters.Select(p => (p, Problem.Value.RowsOf(p)[0])).Where(x => x.Item2.Source != File))
            Assert.True(row.Value == p.Median, $"{p.Name}: the table has {row.Value}, the prior's median is {p.Median}");
    }

    [Fact]
    public void Every_fitted_parameter_moves_several_figures_of_several_studies()
    {
        RequireFit();
        foreach (var fitted in Kept.FitPosteriors)
        {
            var moved = Kept.FitInfluence.Where(i => Name(i) == Name(fitted)).ToArray();
            output.WriteLine($"{Name(fitted)}: {string.Join(", ", moved.Select(i => $"{i["target"]} ({i["study"]}) {i["effect"]}"))}");
            var studies = moved.Select(i => i["study"]).Distinct().Count();
            Assert.True(moved.Length > 1 && studies > 1, $"{Name(fitted)} moves {moved.Length} figures of {studies} studies: it is tuned to one, not fitted");
        }
    }

    [Fact]
    public void The_tables_of_the_models_hold_what_the_fit_found()
    {
        RequireFit();
        Assert.Equal(Problem.Value.Parameters.Select(p => p.Name), Kept.FitPosteriors.Select(Name));
        foreach (var (fitted, p) in Kept.FitPosteriors.Zip(Problem.Value.Parameters))
        {
            var row = Problem.Value.RowsOf(p)[0];
            Assert.True(row.Value == fitted.Number("posterior_median"), $"{p.Name}: the table has {row.Value}, the fit found {fitted["posterior_median"]}");
            Assert.Equal((ParameterKind.Fitted, File), (row.Kind, row.Source));
            Assert.Equal((p.Median, p.Sd), (fitted.Number("prior_median"), fitted.Number("prior_sd")));
        }
    }

    [Fact]
    public void No_value_of_the_tables_claims_a_fit_that_does_not_have_it()
    {
        var names = Problem.Value.Parameters.Select(p => p.Id).ToHashSet();
        Assert.All(Problem.Value.Scenarios.SelectMany(s => s.Model.Parameters.Rows).Where(r => r.Source == File), r => Assert.Contains(r.Id, names));
    }

    [Fact]
    public void What_is_kept_of_the_fit_is_of_its_targets_and_above_its_threshold()
    {
        RequireFit();
        var targets = Problem.Value.Targets.ToDictionary(t => t.Id);
        Assert.Equal(targets.Keys, Kept.FitMisfits.Select(m => m["target"]));
        Assert.All(Kept.FitMisfits, m => Assert.Equal(targets[m["target"]].Published, m.Number("published")));
        Assert.All(Kept.FitInfluence, i => Assert.Equal(targets[i["target"]].Study, i["study"]));
        Assert.All(Kept.FitInfluence, i => Assert.True(Math.Abs(i.Number("effect")) >= Problem.Value.InfluenceThreshold, Name(i)));
    }

    [Fact]
    public void What_a_parameter_is_said_to_do_to_growth_it_does()
    {
        // The scenario that is cheap enough to run here. The models may have moved since the fit: the effect must still have its sign, and
        // the size from which a parameter counts as moving a figure.
        RequireFit();
        var only = Problem.Value.Only("growth");
        var stored = Kept.FitInfluence.Where(i => only.Targets.Any(t => t.Id == i["target"])).MaxBy(i => Math.Abs(i.Number("effect")))!;
        var j = only.Parameters.ToList().FindIndex(p => p.Name == Name(stored));
        double[] z = [.. Kept.FitPosteriors.Select(p => p.Number("moved_sd"))], moved = [.. z];
        moved[j] += only.DifferenceStep;
        double[] ValuesAt(double[] at) => [.. only.Parameters.Select((p, k) => p.ValueAt(at[k]))];
        var predictions = new SimulatedEvaluator(only, 2).Predict([ValuesAt(z), ValuesAt(moved)], TestContext.Current.CancellationToken);
        var place = only.Targets.ToList().FindIndex(t => t.Id == stored["target"]);
        double MisfitOf(int point) => only.Targets[place].Misfit(predictions[point][place], only.ScenarioOf(only.Targets[place]).Patients);
        var effect = (MisfitOf(1) - MisfitOf(0)) / only.DifferenceStep;
        output.WriteLine(FormattableString.Invariant($"{Name(stored)} on {stored["target"]}: stored {stored["effect"]}, now {effect:G4}"));
        Assert.Equal(Math.Sign(stored.Number("effect")), Math.Sign(effect));
        Assert.True(Math.Abs(effect) >= only.InfluenceThreshold);
    }

    private static void RequireFit() =>
        Assert.SkipUnless(Kept.FitPosteriors.Count > 0, "The fit has not been run: marrow fit models/fit/core.yaml --write makes models/fit/posteriors.csv.");

    private static string Name(PageRow row) => row["disease"].Length == 0 ? row["parameter"] : $"{row["disease"]}.{row["parameter"]}";

    private static FitProblem Load()
    {
        var bag = new DiagnosticBag();
        var problem = FitLoader.Load(Repository.PathOf(File), bag);
        Assert.False(bag.HasErrors, string.Join('\n', bag.Items));
        return problem!;
    }
}

using Marrow.Networks.Diagnostics;
using Marrow.Networks.Provenance;
using Marrow.Reports.Pages;
using Marrow.Tests.House;
using Marrow.Trials.Fit;

namespace Marrow.Tests.Fit;

/// <summary>Elasticities of the models as they are: models/fit/elasticities.yaml, and models/results/elasticities.csv that it gives.</summary>
public sealed class CoreElasticityTests(ITestOutputHelper output)
{
    private const double Largest = 10;
    private static readonly PageSources Kept = new(Repository.PathOf("models"));

    [Fact]
    public void Every_number_of_nature_of_the_disease_is_moved()
    {
        var problem = Load();
        var rows = problem.Inner.Scenarios[0].Model.Parameters.Rows;
        var asked = problem.Inner.Parameters.Select(p => p.Id).ToHashSet();
        string[] left = [.. rows.Where(r => r.Value != 0 && r.Kind != ParameterKind.Switch && !asked.Contains(r.Id)).Select(r => r.Id)];
        // What is left out is named in the file, one by one, and is a choice or a definition.
        Assert.Equal(problem.Except.Order(), left.Order());
        Assert.True(asked.Count > 300, $"{asked.Count} parameters");
        Assert.Equal(["escape", "cure"], problem.Outcomes);
    }

    [Fact]
    public void No_outcome_hangs_on_a_parameter_by_more_than_the_tenth_power()
    {
        RequireRun();
        var largest = Kept.Elasticities.Where(e => e["elasticity"].Length > 0).MaxBy(e => Math.Abs(e.Number("elasticity")))!;
        output.WriteLine($"largest: {largest["parameter"]} on {largest["outcome"]}, {largest["elasticity"]}");
        Assert.InRange(Math.Abs(largest.Number("elasticity")), 0.01, Largest);
    }

    [Fact]
    public void Both_outcomes_were_measured_for_every_parameter()
    {
        RequireRun();
        var problem = Load();
        var expected = problem.Inner.Parameters.SelectMany(p => problem.Outcomes.Select(o => $"{p.Id} {o}")).ToHashSet();
        string[] missing = [.. expected.Except(Kept.Elasticities.Where(e => e["elasticity"].Length > 0).Select(e => $"{e["parameter"]} {e["outcome"]}")).Order()];
        Assert.Empty(missing);
    }

    private static void RequireRun() =>
        Assert.SkipUnless(Kept.Elasticities.Count > 0, "models/results/elasticities.csv is missing: marrow elasticities models/fit/elasticities.yaml gives it.");

    private static ElasticityProblem Load()
    {
        var bag = new DiagnosticBag();
        var problem = ElasticityProblem.Load(Repository.PathOf("models/fit/elasticities.yaml"), null, bag);
        Assert.False(bag.HasErrors, string.Join('\n', bag.Items));
        return problem!;
    }
}

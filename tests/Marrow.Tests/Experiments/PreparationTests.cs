using Marrow.Networks.Diagnostics;
using Marrow.Trials.Clinical;
using Marrow.Trials.Experiments;

namespace Marrow.Tests.Experiments;

/// <summary>Treatment that must be made first: its wait, who is lost in it, and what the product sets.</summary>
public sealed class PreparationTests(ToyRoot toy) : IClassFixture<ToyRoot>
{
    private const int Patients = 200;

    private IReadOnlyList<CohortCourse> Run(double? wait, double days)
    {
        var bag = new DiagnosticBag();
        var model = CohortModel.Load(CohortFiles.InRepository(toy.Root, "toy"), bag) ?? throw new InputException(bag.Items);
        var scenario = new Scenario { Name = "cells", Start = new ScenarioStart { Kind = StartKind.Seed }, Regimens = [new RegimenUse("cells")], WaitDays = wait, Days = days };
        return new CohortRunner(model, new Dictionary<string, string> { ["Open"] = "Hazard/kKill" }).Run(scenario, [.. Enumerable.Range(0, Patients)], 3, 2);
    }

    [Fact]
    public void The_wait_is_that_of_the_scenario_or_the_one_that_the_regimen_draws()
    {
        Assert.All(Run(60, 1), c => Assert.Equal(60, c.PlannedWaitDays));
        Assert.InRange(Run(null, 1).Select(c => c.PlannedWaitDays).Distinct().Count(), Patients / 2, Patients);
    }

    [Fact]
    public void Who_is_lost_before_the_infusion_is_not_a_failure_of_the_simulation_however_short_the_follow_up()
    {
        var courses = Run(60, 1);
        Assert.All(courses, c => Assert.Null(c.Failure));
        Assert.Contains(courses, c => c.Outcome!.Attrition == AttritionCause.ManufactureFailure);
    }

    [Fact]
    public void A_product_sets_its_parameters()
    {
        // The shield lets 1 - 0.6 of the hazard pass without the product, 1 - 0.1 with it.
        var courses = Run(60, 1).Where(c => c.Outcome!.Infused).ToArray();
        Assert.All(courses, c => Assert.Equal(0.9, c.Readouts!.At("Open", 0), 12));
    }
}

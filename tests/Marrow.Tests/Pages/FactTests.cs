using Marrow.Networks.Diagnostics;
using Marrow.Reports.Pages;
using Marrow.Tests.Cli;
using Marrow.Tests.House;
using Marrow.Trials.Experiments;
using Marrow.Trials.Experiments.Facts;

namespace Marrow.Tests.Pages;

/// <summary>Facts and claims as experiments.</summary>
public sealed class FactTests
{
    private const string Header = "id,fact,switch,disease,context,rule,observable,statistic,published,spread,scale,unit,excuse\n";

    [Fact]
    public void Every_fact_is_measured_by_a_check_or_a_study_or_is_excused()
    {
        var bag = new DiagnosticBag();
        var facts = FactTable.Load(Repository.PathOf("models/facts.csv"), bag);
        Assert.Empty(bag.Items);
        Assert.NotEmpty(facts);
        Assert.All(facts, f => Assert.Single(new[] { f.Check is not null, f.Study.Length > 0, f.Excuse.Length > 0 }, held => held));
    }

    [Fact]
    public void The_experiments_of_claims_are_checks_of_claims_that_the_table_knows()
    {
        var bag = new DiagnosticBag();
        var rows = EffectsTable.Load(Repository.PathOf("models/experiments/claims/claims.csv"), bag);
        Assert.Empty(bag.Items);
        var claims = PageTable.ById(Repository.PathOf("models/claims.csv"), "needs");
        Assert.All(rows, row => Assert.Equal(claims[row.Id]["needs"], string.Join(';', row.Needs)));
    }

    [Fact]
    public void A_fact_asks_for_a_value_within_two_spreads()
    {
        var fact = Single("F1,doubling,,BCP-ALL,none,all,burden,median,10,3,linear,d,\n", out _);
        Assert.Equal((4.0, 16.0), (fact.Check!.Value, fact.Check.Value2));
        Assert.Equal(-2, fact.Distance(4), 12);
    }

    [Fact]
    public void A_fact_on_the_logarithm_is_judged_by_ratios()
    {
        var fact = Single("F1,expansion,,BCP-ALL,none,all,burden,median,100,0.5,log,fold,\n", out _);
        Assert.Equal(2, fact.Distance(100 * Math.Exp(1)), 9);
    }

    [Fact]
    public void An_endpoint_of_a_study_needs_no_check()
    {
        var fact = Single("F1,remission,,BCP-ALL,study:eliana,all,remission,share,0.8,0.05,linear,share,\n", out _);
        Assert.Equal(("eliana", "remission"), (fact.Study, fact.Endpoint));
        Assert.Null(fact.Check);
    }

    [Theory]
    [InlineData("F1,x,,BCP-ALL,none,all,burden,middle,10,3,linear,d,\n")]
    [InlineData("F1,x,,BCP-ALL,none,age<,burden,median,10,3,linear,d,\n")]
    [InlineData("F1,x,,BCP-ALL,none,all,burden,median,10,0,linear,d,\n")]
    [InlineData("F1,x,,BCP-ALL,none,all,burden,median,10,3,linear,d,\nF1,y,,BCP-ALL,none,all,burden,median,10,3,linear,d,\n")]
    public void A_fact_that_cannot_be_judged_is_an_error_of_the_table(string rows)
    {
        Load(rows, out var bag);
        Assert.True(bag.HasErrors);
    }

    private static Fact Single(string rows, out DiagnosticBag bag)
    {
        var facts = Load(rows, out bag);
        Assert.Empty(bag.Items);
        return Assert.Single(facts);
    }

    private static IReadOnlyList<Fact> Load(string rows, out DiagnosticBag bag)
    {
        using var folder = new TemporaryFolder();
        bag = new DiagnosticBag();
        return FactTable.Load(folder.Write("facts.csv", Header + rows), bag);
    }
}

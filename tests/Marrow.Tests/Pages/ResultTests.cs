using Marrow.Reports.Pages;
using Marrow.Tests.Cli;
using Marrow.Tests.House;

namespace Marrow.Tests.Pages;

/// <summary>Results of runs, as the pages show them.</summary>
public sealed class ResultTests : IDisposable
{
    private static readonly string[] Tables = ["claims.csv", "alternatives.csv", "facts.csv", "biology.csv", "expected_effects.csv", "experiments/needs.csv"];
    private readonly TemporaryFolder _folder = new();

    public ResultTests()
    {
        foreach (var table in Tables) _folder.Write(table, Repository.ReadText($"models/{table}"));
    }

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_claim_that_was_run_shows_verdict_value_interval_and_patients()
    {
        var page = ClaimsPage.Write(With("claims", "K004,met,0.55,0.5,0.61,200,"));
        Assert.Contains("| **met**: 0.55 (0.5–0.61), n = 200 |", page, StringComparison.Ordinal);
        Assert.Contains("| met | 1 |", page, StringComparison.Ordinal);
    }

    [Fact]
    public void A_claim_that_was_missed_says_why()
    {
        var page = ClaimsPage.Write(With("claims", "K004,missed,0.9,0.85,0.95,200,not <= 0.7"));
        Assert.Contains("**missed**: 0.9 (0.85–0.95), n = 200: not <= 0.7", page, StringComparison.Ordinal);
    }

    [Fact]
    public void A_fact_is_as_far_off_as_its_spread_says()
    {
        var sources = With("facts", "F005,met,500,480,520,200,");
        var fact = sources.Facts.Single(f => f["id"] == "F005");
        Assert.Equal((500 - fact.Number("published")) / fact.Number("spread"), FactsPage.Distance(fact, sources)!.Value, 12);
        Assert.Contains("1 of 1 within two spreads", FactsPage.Write(sources), StringComparison.Ordinal);
    }

    [Fact]
    public void A_fact_on_the_logarithm_is_as_far_off_as_the_logarithm_of_the_ratio()
    {
        var sources = With("facts", "F019,met,7800,7000,8600,200,");
        var fact = sources.Facts.Single(f => f["id"] == "F019");
        Assert.Equal(Math.Log(7800 / fact.Number("published")) / fact.Number("spread"), FactsPage.Distance(fact, sources)!.Value, 12);
    }

    [Fact]
    public void A_fact_that_is_off_tenfold_is_named()
    {
        var page = FactsPage.Write(With("facts", "F005,missed,4000,3900,4100,200,"));
        Assert.Contains("off tenfold: F005", page, StringComparison.Ordinal);
        Assert.Contains("0 of 1 within two spreads", page, StringComparison.Ordinal);
    }

    [Fact]
    public void An_item_of_the_inventory_shows_what_its_checks_measured()
    {
        var page = BiologyPage.Write(With("effects", "E056,met,0.93,0.91,0.95,200,"));
        Assert.Contains("E056 met 0.93 (0.91–0.95), n = 200", page, StringComparison.Ordinal);
    }

    [Fact]
    public void A_missed_effect_shows_its_explanation_and_is_named_without_one()
    {
        Assert.Equal(["E056 is missed and has no explanation"], EffectsPage.Unexplained(With("effects", "E056,missed,0.99,0.98,1,200,not <= 0.97")));
        _folder.Write("experiments/explanations.csv", "id,verdict,explanation\nE056,missed,the ligand is too rare\n");
        var sources = With("effects", "E056,missed,0.99,0.98,1,200,not <= 0.97");
        Assert.Empty(EffectsPage.Unexplained(sources));
        Assert.Contains("| 0.99 (0.98–1), n = 200 | missed | the ligand is too rare |", EffectsPage.Write(sources), StringComparison.Ordinal);
    }

    [Fact]
    public void An_explanation_of_a_met_or_unknown_effect_is_named()
    {
        _folder.Write("experiments/explanations.csv", "id,verdict,explanation\nE056,missed,the ligand is too rare\nE999,missed,there is no such row\n");
        var problems = EffectsPage.Unexplained(With("effects", "E056,met,0.9,0.88,0.95,200,"));
        Assert.Equal(["E999 is explained and is no expected effect", "E056 is explained as missed and is met"], problems);
    }

    [Fact]
    public void A_missed_claim_shows_its_explanation_and_is_named_without_one()
    {
        const string Missed = "K004,missed,0.9,0.85,0.95,200,not <= 0.7";
        Assert.Equal(["K004 is missed and has no explanation"], ClaimsPage.Unexplained(With("claims", Missed)));
        _folder.Write("experiments/claim_explanations.csv", "id,verdict,explanation\nK004,missed,the drive is small\n");
        var sources = With("claims", Missed);
        Assert.Empty(ClaimsPage.Unexplained(sources));
        Assert.Contains("**missed**: 0.9 (0.85–0.95), n = 200: the drive is small |", ClaimsPage.Write(sources), StringComparison.Ordinal);
    }

    [Fact]
    public void An_explanation_of_a_met_claim_or_an_empty_or_unknown_one_is_named()
    {
        _folder.Write("experiments/claim_explanations.csv", "id,verdict,explanation\nK004,missed,the drive is small\nK999,missed,there is no such row\nK005,missed,\n");
        var problems = ClaimsPage.Unexplained(With("claims", "K004,met,0.6,0.5,0.65,200,"));
        Assert.Equal(["K999 is explained and is no claim", "K005 has an empty explanation", "K004 is explained as missed and is met"], problems);
    }

    private PageSources With(string results, string row)
    {
        _folder.Write($"results/{results}.csv", $"id,verdict,value,lower,upper,pairs,reason\n{row}\n");
        return new PageSources(_folder.Root);
    }
}

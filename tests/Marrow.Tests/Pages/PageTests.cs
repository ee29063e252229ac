using Marrow.Reports.Pages;
using Marrow.Tests.House;

namespace Marrow.Tests.Pages;

/// <summary>Claims, facts and inventory: the pages, and the tables behind them.</summary>
public sealed class PageTests
{
    private static readonly PageSources Sources = new(Repository.PathOf("models"));

    [Fact]
    public void The_page_of_claims_is_the_one_that_the_tables_give() => Golden.Is("docs/claims.md", ClaimsPage.Write(Sources));

    [Fact]
    public void The_page_of_facts_is_the_one_that_the_tables_give() => Golden.Is("docs/facts.md", FactsPage.Write(Sources));

    [Fact]
    public void The_page_of_the_fit_is_the_one_that_its_tables_give() => Golden.Is("docs/fit-core.md", FitPage.Write(Sources));

    [Fact]
    public void The_page_of_elasticities_is_the_one_that_the_table_gives() => Golden.Is("docs/elasticities.md", ElasticitiesPage.Write(Sources));

    [Fact]
    public void The_page_of_effects_is_the_one_that_the_tables_give() => Golden.Is("docs/effects.md", EffectsPage.Write(Sources));

    [Fact]
    public void Every_effect_that_is_missed_is_explained_and_none_that_is_met() => Assert.Empty(EffectsPage.Unexplained(Sources));

    [Fact]
    public void Every_claim_that_is_missed_is_explained_and_none_that_is_met() => Assert.Empty(ClaimsPage.Unexplained(Sources));

    [Fact]
    public void The_page_of_biology_is_the_one_that_the_tables_give() => Golden.Is("docs/biology.md", BiologyPage.Write(Sources));

    [Fact]
    public void The_inventory_has_ninety_two_items_each_once()
    {
        var ids = Sources.Biology.Select(b => b["id"]).ToList();
        Assert.Equal(92, ids.Distinct().Count());
        Assert.Equal(92, ids.Count);
    }

    [Fact]
    public void Every_item_of_the_inventory_lives_where_the_table_says()
    {
        var wrong = Sources.Biology.SelectMany(row => BiologyPage.Places(row).Where(p => !Contains(p.File, p.Symbol)).Select(p => $"{row["id"]}: {p.File} has no '{p.Symbol}'"));
        Assert.Empty(wrong);
    }

    [Fact]
    public void An_item_that_lives_nowhere_waits_for_something() =>
        Assert.Empty(Sources.Biology.Where(b => b["home"].Length == 0 && b["waiting"].Length == 0).Select(b => b["id"]));

    [Fact]
    public void Every_item_that_is_here_is_shown_by_a_check() =>
        Assert.Empty(Sources.Biology.Where(b => b["waiting"].Length == 0 && b["shown_by"].Length == 0).Select(b => b["id"]));

    [Fact]
    public void Every_inventory_item_of_a_claim_is_in_the_inventory()
    {
        var known = Sources.Biology.Select(b => b["id"]).ToHashSet();
        var claims = PageTable.Read(Repository.PathOf("models/claims.csv"), "id", "inventory_rows");
        Assert.Empty(claims.SelectMany(c => c.List("inventory_rows").Where(i => !known.Contains(i)).Select(i => $"{c["id"]}: {i}")));
    }

    [Fact]
    public void Every_claim_with_two_alternatives_names_both_readings()
    {
        var claims = PageTable.Read(Repository.PathOf("models/claims.csv"), "id", "expected_sign");
        var without = claims.Where(c => c["expected_sign"].StartsWith("two alternatives", StringComparison.Ordinal) && Sources.Alternatives[c["id"]].Count() < 2).Select(c => c["id"]);
        Assert.Empty(without);
    }

    [Fact]
    public void A_claim_that_needs_what_is_missing_waits_with_its_reason_even_without_a_result()
    {
        var lacking = Sources.Claims.Where(c => Sources.Needs.Missing(c).Count > 0).ToList();
        var (judged, waiting) = (lacking.Where(c => ClaimsPage.Verdict(c, Sources) != "waiting").ToList(), lacking.Where(c => ClaimsPage.Verdict(c, Sources) == "waiting").ToList());
        Assert.NotEmpty(waiting);
        Assert.DoesNotContain(waiting, c => Sources.Needs.Missing(c).Any(string.IsNullOrEmpty));
        // Of what is missing in part, only the incidence of onset is there to be judged.
        Assert.All(judged, c => Assert.All(Sources.Needs.Missing(c), need => Assert.Contains("its incidence is simulated", need, StringComparison.Ordinal)));
    }

    [Fact]
    public void At_most_five_facts_are_excused_and_each_with_a_reason() =>
        Assert.InRange(Sources.Facts.Count(f => f["excuse"].Length > 0), 0, 5);

    [Fact]
    public void Every_fact_has_a_spread_and_says_where_it_comes_from() =>
        Assert.Empty(Sources.Facts.Where(f => f.Number("spread") <= 0 || f["spread_basis"].Length == 0 || f["source"].Length == 0).Select(f => f["id"]));

    [Fact]
    public void A_spread_that_nobody_published_is_three_tenths_of_the_value() =>
        Assert.Empty(Sources.Facts.Where(f => f["spread_basis"].StartsWith("30 %", StringComparison.Ordinal) && Math.Abs(f.Number("spread") / Math.Abs(f.Number("published")) - 0.3) > 0.005).Select(f => f["id"]));

    private static bool Contains(string file, string symbol) =>
        File.Exists(Repository.PathOf(file)) && Repository.ReadText(file).Contains(symbol, StringComparison.Ordinal);
}

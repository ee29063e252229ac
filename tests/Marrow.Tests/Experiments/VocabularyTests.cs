using Marrow.Networks.Diagnostics;
using Marrow.Tests.House;
using Marrow.Trials.Experiments;

namespace Marrow.Tests.Experiments;

/// <summary>The words of the repository's own table.</summary>
public sealed class VocabularyTests
{
    private static readonly DiagnosticBag Bag = new();
    private static readonly Vocabulary Words = Vocabulary.Load(Repository.PathOf("models/experiments"), Bag);
    private static readonly IReadOnlyList<EffectRow> Rows = EffectsTable.Load(Repository.PathOf("models/expected_effects.csv"), Bag);

    /// <summary>Rows of the diseases that have a model, whose needs are there.</summary>
    private static IEnumerable<EffectRow> Ready => Rows.Where(r => Words.FileOf(r.Disease) is not null && r.Needs.All(n => Words.Unmet(n) is null));

    [Fact]
    public void The_table_and_its_vocabulary_have_no_problem() => Assert.Empty(Bag.Items);

    [Fact]
    public void Every_need_of_the_table_is_known() =>
        Assert.All(Rows.SelectMany(r => r.Needs).Distinct(), need => Assert.False(Words.Unmet(need) == $"needs {need}", need));

    [Fact]
    public void Every_context_observable_and_property_of_the_diseases_at_hand_has_a_meaning()
    {
        Assert.InRange(Ready.Count(), 100, Rows.Count);
        foreach (var row in Ready)
        {
            var disease = Words.FileOf(row.Disease)!;
            Assert.NotNull(Words.Context(disease, row.Context, row.Observable));
            Words.MeasureOf(row.Observable, disease, "", double.NaN, out var problem);
            Assert.DoesNotContain("no observable", problem, StringComparison.Ordinal);
            var rule = SubgroupRule.Parse(row.Subgroup, out _)!;
            foreach (var term in new[] { rule.A, rule.B }.OfType<Subgroup>().SelectMany(g => g.Alternatives).SelectMany(a => a))
                Assert.True(Words.Properties(term.Property, disease).Any(), $"{row.Id}: {term}");
        }
    }

    [Fact]
    public void The_suffix_of_an_observable_is_a_day()
    {
        double Day(string name) => Words.MeasureOf(name, "bcp_all", "", double.NaN, out _)!.Day;
        Assert.Equal(29, Day("blasts_day_29"));
        Assert.Equal(1, Day("ALC_hour_24"));
        Assert.Equal(28, Day("ALC_week_4"));
        Assert.Equal(24 * 365.25 / 12, Day("relapse_24m"), 1e-9);
        Assert.Equal(28, Day("blasts"));
        Assert.Equal(168, Day("ALC_week_24_over_week_4"));
    }
}

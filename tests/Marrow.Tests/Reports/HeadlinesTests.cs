using Marrow.Reports.Words;
using Marrow.Trials.Endpoints;
using static Marrow.Tests.Reports.ExampleResults;

namespace Marrow.Tests.Reports;

public sealed class HeadlinesTests
{
    [Fact]
    public void The_headline_gives_remission_and_event_free_survival_beside_the_trial() => Assert.Equal(
        "81% of infused virtual patients reach remission and 50% are event-free at one year; the trial reported 82% and 50%",
        Headlines.Headline(Result()));

    [Fact]
    public void Without_published_figures_the_headline_claims_no_comparison() => Assert.Equal(
        "81% of infused virtual patients reach remission and 50% are event-free at one year",
        Headlines.Headline(Result(Summary(Share("remission", 0.81, null), Share("efs_12", 0.504, null)))));

    [Fact]
    public void Other_endpoints_give_a_plain_headline() =>
        Assert.Equal("Alive at 24 months: 44%; the trial reported 40%", Headlines.Headline(Result(Summary(Share("os_24", 0.44, 0.4, label: "Alive at 24 months")))));

    [Fact]
    public void If_nobody_was_infused_the_headline_says_so()
    {
        var summary = Usual();
        Assert.Equal("No virtual patient was infused", Headlines.Headline(Result(summary with { Flow = summary.Flow with { Infused = 0 } })));
    }

    [Fact]
    public void The_standfirst_names_every_published_value_outside()
    {
        var text = Headlines.Standfirst(Result());
        Assert.StartsWith("4 of 5 published values lie inside the simulated 90% interval. Outside: CRS, grade 3 or more (Penn) (30% simulated, 48% published).", text, StringComparison.Ordinal);
        Assert.Contains("All 1 published values lie inside", Headlines.Standfirst(Result(Summary(Share("remission", 0.81, 0.82)))), StringComparison.Ordinal);
    }

    [Fact]
    public void Many_values_outside_are_listed_by_direction_instead_of_in_a_sentence()
    {
        var rows = Enumerable.Range(0, 6).Select(i => Share($"x{i}", 0.5, i < 4 ? 0.9 : 0.1, 0.4, 0.6, $"Endpoint {i}, 1e-4")).ToArray();
        var result = Result(Summary(rows));
        Assert.StartsWith("0 of 6 published values lie inside the simulated 90% interval; the 6 outside are listed below.", Headlines.Standfirst(result), StringComparison.Ordinal);
        var outside = Headlines.Outside(result);
        Assert.Equal(["Simulated too low (published in brackets)", "Simulated too high (published in brackets)"], outside.Select(o => o.Label));
        Assert.Equal("Endpoint 4, 10⁻⁴ 50% (10%); Endpoint 5, 10⁻⁴ 50% (10%).", outside[1].Value);
        Assert.Empty(Headlines.Outside(Result()));
    }

    [Theory]
    [InlineData("MRD below 1e-4, of those in remission", "MRD below 10⁻⁴, of those in remission")]
    [InlineData("Neutrophils above 0.5e9/L", "Neutrophils above 0.5 × 10⁹/L")]
    [InlineData("Infections, day 29-90", "Infections, day 29–90")]
    [InlineData("CD19-negative, IL-6, 10.1200/JCO-2-3", "CD19-negative, IL-6, 10.1200/JCO-2-3")]
    public void Labels_are_set_as_in_print_and_names_are_left_alone(string text, string expected) => Assert.Equal(expected, Typography.Of(text));

    [Fact]
    public void Few_failures_need_no_warning_and_more_than_allowed_do()
    {
        Assert.Null(Headlines.Warning(Result()));
        Assert.Null(Headlines.Warning(Result(null, [.. Enumerable.Range(0, 10).Select(Failure)])));
        Assert.Equal("1.1% of patients could not be simulated, more than the 1.0% that the study allows.", Headlines.Warning(Result(null, [.. Enumerable.Range(0, 11).Select(Failure)])));
    }

    [Fact]
    public void Beyond_one_patient_in_ten_the_headline_itself_begins_with_the_failures() => Assert.StartsWith(
        "15% of patients could not be simulated; of the others, 81% of infused",
        Headlines.Headline(Result(null, [.. Enumerable.Range(0, 150).Select(Failure)])), StringComparison.Ordinal);

    [Fact]
    public void The_note_on_failures_bounds_what_they_could_change()
    {
        // 2 failed of 802: counted as without remission, 0.81 would fall to 0.81 * 800 / 802, by 0.202 points.
        Assert.Contains("by at most 0.202 points", Headlines.FailureNote(Result(null, Failure(1), Failure(2), Failure(2))), StringComparison.Ordinal);
        Assert.Empty(Headlines.FailureNote(Result()));
    }

    [Fact]
    public void A_finding_says_what_is_wrong()
    {
        Assert.Equal("Severe cytokine release is too rare: 30% reach grade 3, against 48% in the trial", Findings.CytokineRelease(Usual()));
        Assert.Equal("Severe cytokine release is too common: 60% reach grade 3, against 48% in the trial", Findings.CytokineRelease(Summary(Share("crs_severe", 0.6, 0.48, 0.5, 0.7))));
        Assert.Equal("50% have cytokine release of grade 3 or more; the trial reported 48%", Findings.CytokineRelease(Summary(Share("crs_severe", 0.5, 0.48, 0.4, 0.6))));
    }

    [Fact]
    public void The_survival_finding_reads_the_curve_at_the_published_time()
    {
        var landmark = new PublishedLandmark(12, 0.5, null, null, "F", "source");
        Assert.Equal("55% are event-free at one year; the trial reported 50%", Findings.Survival(Curve("efs", 36, landmark), 36));
        Assert.Equal("55% are event-free at one year; the trial reported 30%, outside the simulated range", Findings.Survival(Curve("efs", 36, landmark with { Value = 0.3 }), 36));
        Assert.Equal("55% are event-free at one year", Findings.Survival(Curve("efs"), 36));
        Assert.Equal("74% are event-free at 6 months", Findings.Survival(Curve("efs"), 6));
    }

    [Fact]
    public void Kinetics_and_relapse_are_put_into_words()
    {
        var summary = Usual();
        Assert.Equal("CAR-T cells peak on day 7 in the median; median marrow blasts fall below 0.01% by day 14", Findings.Kinetics(summary.Kinetics));
        Assert.Equal("Median CAR-T cells fall below the limit of the assay on day 21", Findings.Persistence(summary.Kinetics));
        Assert.Equal("Median neutrophils are lowest on day 7, at 0.1\u00a0×\u00a010⁹/L", Findings.Counts(summary.Kinetics));
        Assert.Equal("75% of relapses are CD19-negative; the trial reported 74%", Findings.Relapse(summary));
        Assert.Equal("No patient relapsed", Findings.Relapse(summary with { Incidence = [] }));
    }
}

using Marrow.Networks.Diagnostics;
using Marrow.Trials.Experiments;

namespace Marrow.Tests.Experiments;

/// <summary>The harness on a disease whose effects are known: it says met where they are, and it can fail.</summary>
public sealed class EffectsRunnerTests(ToyRoot toy) : IClassFixture<ToyRoot>
{
    private const int Pairs = 24;

    private EffectResult One(string row) => Assert.Single(toy.Judge(Pairs, 2, null, row).Rows);

    [Fact]
    public void A_shield_that_halves_killing_has_the_size_that_its_equation_says()
    {
        var result = One("R1,evasion.shield,none,hazard,median_of_paired_ratios,within,0.39,0.41,all,down");
        Assert.Equal(EffectVerdict.Met, result.Verdict);
        Assert.Equal(.4, result.Value, 1e-12);
        Assert.Equal(Pairs, result.Pairs);
    }

    [Fact]
    public void A_sign_turned_round_is_missed()
    {
        Assert.Equal(EffectVerdict.Met, One("R1,evasion.shield,none,time_to_escape,sign,<=,-1,,all,down").Verdict);
        Assert.Equal(EffectVerdict.Missed, One("R1,evasion.shield,none,time_to_escape,sign,>=,1,,all,up").Verdict);
        Assert.Equal(EffectVerdict.Missed, One("R1,evasion.shield,none,time_to_escape,median_of_paired_ratios,>=,1.05,,all,up").Verdict);
    }

    [Fact]
    public void A_switch_that_is_wired_to_nothing_meets_only_what_expects_nothing()
    {
        var result = toy.Judge(Pairs, 2, null,
            "R1,evasion.dummy,none,time_to_escape,sign,>=,1,,all,up",
            "R2,evasion.dummy,none,time_to_escape,sign,<=,-1,,all,down",
            "R3,evasion.dummy,none,time_to_escape,median_of_paired_ratios,<=,1,,all,down",
            "R4,evasion.dummy,treated,relapse_12m,hazard_ratio,>=,1,,all,up",
            "R5,evasion.dummy,none,escape_probability,difference_of_shares,>=,0,,all,up",
            "R6,evasion.dummy,none,time_to_escape,sign,within,0,0,all,none",
            "R7,evasion.dummy,none,blasts_day_7,paired_log10_difference,within,-0.01,0.01,all,none");
        Assert.Equal(["R1", "R2", "R3", "R4", "R5"], result.Rows.Where(r => r.Verdict == EffectVerdict.Missed).Select(r => r.Row.Id));
        Assert.Equal(["R6", "R7"], result.Rows.Where(r => r.Verdict == EffectVerdict.Met).Select(r => r.Row.Id));
        // Matched pairs: nothing differs, not even in the last bit.
        Assert.Equal(0, result.Rows[6].Value);
        Assert.Equal(0, result.Rows[6].Interval.Upper);
    }

    [Fact]
    public void A_drug_is_compared_with_its_switch_off_without_its_doses_and_as_the_context_says()
    {
        var result = toy.Judge(Pairs, 2, null,
            "R1,drug.pill.kill,treated,depth_of_response,median_of_paired_differences,>=,1,,all,up",
            "R2,drug.pill.dose,treated,depth_of_response,median_of_paired_differences,>=,1,,all,up",
            "R3,combo.pill,pills or none,depth_of_response,median_of_paired_differences,>=,1,,all,up");
        Assert.All(result.Rows, r => Assert.Equal(EffectVerdict.Met, r.Verdict));
        // A drug that is there and does nothing changes the steps of the solver, not the answer.
        Assert.Equal(result.Rows[0].Value, result.Rows[1].Value, EffectStatistics.Resolution);
        Assert.Equal(result.Rows[1].Value, result.Rows[2].Value);
    }

    [Fact]
    public void Rows_share_runs()
    {
        var one = toy.Judge(Pairs, 2, null, "R1,evasion.shield,none,blasts_day_10,ratio_of_means,>=,1,,all,up").Simulated;
        var two = toy.Judge(Pairs, 2, null, "R1,evasion.shield,none,blasts_day_10,ratio_of_means,>=,1,,all,up", "R2,evasion.dummy,none,blasts_day_10,ratio_of_means,<=,1,,all,none").Simulated;
        // Some patients never grow a leukaemia, so more than the pairs are tried; the second row needs one run more, not two.
        Assert.InRange(one, 2 * Pairs, 4 * Pairs);
        Assert.Equal(3 * one, 2 * two);
    }

    [Fact]
    public void A_group_is_drawn_by_filters_and_made_by_settings()
    {
        var result = toy.Judge(Pairs, 2, null,
            "R1,evasion.shield,none,hazard,median,within,0,1,age<18,none",
            "R2,evasion.shield,none,hazard,ratio_of_means,within,0,1,weak=high,none",
            "R3,evasion.shield,none,hazard,contrast,>=,1,,host=killer vs host=intact,down",
            "R4,evasion.shield,none,hazard,median,within,0,1,weak=high|weak=low,none");
        Assert.All(result.Rows, r => Assert.Equal(Pairs, r.Pairs));
        // Paired ratios are alike in both hosts, so there is no contrast; it must not be met.
        Assert.Equal(EffectVerdict.Missed, result.Rows[2].Verdict);
    }

    [Fact]
    public void A_preset_moves_every_patient_by_as_much_as_the_median_and_keeps_their_spread()
    {
        var result = toy.Judge(Pairs, 2, null,
            "R1,subtype.fast,none,growth_rate,median_of_paired_ratios,within,1.999,2.001,all,none",
            "R2,subtype.fast,none,growth_rate,share_of_pairs,>=,100,1.999,all,none");
        Assert.All(result.Rows, r => Assert.Equal(EffectVerdict.Met, r.Verdict));
    }

    [Fact]
    public void A_named_subtype_replaces_the_one_that_was_drawn()
    {
        using var mixed = new ToyRoot();
        mixed.DrawSubtypes("fast,fast.csv,100,%,assumed,,everybody");
        var row = mixed.Judge(Pairs, 2, null, "R1,subtype.fast,none,growth_rate,median_of_paired_ratios,within,0.999,1.001,all,none").Rows[0];
        Assert.Equal(EffectVerdict.Met, row.Verdict);
    }

    [Fact]
    public void A_rule_about_what_patients_are_born_with_costs_no_simulation()
    {
        // Two in sixty are so old: twenty tries a pair would not find them if each were simulated.
        var result = toy.Judge(4, 2, null, "R1,evasion.shield,none,hazard,median,within,0,1,age>58,none");
        Assert.Equal(4, result.Rows[0].Pairs);
        Assert.InRange(result.Simulated, 8, 4 * 20);
    }

    [Fact]
    public void A_share_of_relapses_is_one_of_patients_who_relapse()
    {
        var result = toy.Judge(6, 2, null, "R1,evasion.shield,treated,relapse_kind,share,within,100,100,all,none").Rows[0];
        Assert.Equal((EffectVerdict.Met, 6), (result.Verdict, result.Pairs));
    }

    [Fact]
    public void What_cannot_be_judged_waits_with_its_reason()
    {
        var result = toy.Judge(Pairs, 2, null,
            "R1,evasion.shield,none,hazard,median,within,0,1,age<1,none",
            "R2,evasion.nothing,none,hazard,median,within,0,1,all,none",
            "R3,evasion.shield,none,secret,median,within,0,1,all,none",
            "R4,evasion.shield,none,strange,median,within,0,1,all,none",
            "R5,evasion.shield,later,hazard,median,within,0,1,all,none",
            "R6,evasion.shield,none,hazard,median,within,0,1,colour=red,none",
            "R7,evasion.shield,none,hazard,hazard_ratio,<=,1,,all,none",
            "R8,evasion.shield,none,hazard,median,within,0,1,all,none,,moon",
            "lost1,evasion.shield,none,hazard,median,within,0,1,all,none",
            "R9,evasion.shield,none,nonsense,median,within,0,1,all,none",
            "R10,evasion.shield,never,hazard,median,within,0,1,all,none");
        Assert.All(result.Rows, r => Assert.Equal(EffectVerdict.Waiting, r.Verdict));
        string[] reasons = ["only 0 of 24 pairs", "evasion__nothing", "nobody can see it", "NoSuchName", "not today", "colour", "needs an event", "too far", "no model of 'lost'", "no observable 'nonsense'", "no context 'never'"];
        for (var i = 0; i < reasons.Length; i++) Assert.Contains(reasons[i], result.Rows[i].Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void A_named_alternative_changes_the_model_in_both_runs()
    {
        Assert.Equal(1, One("R1,evasion.shield,none,hazard,median_of_paired_ratios,within,0.99,1.01,all,none,b").Value);
        Assert.Equal(.4, One("R1,evasion.shield,none,hazard,median_of_paired_ratios,within,0.39,0.41,all,none,a").Value, 1e-12);
    }

    [Fact]
    public void Threads_and_a_run_taken_up_again_change_no_bit()
    {
        string[] rows = ["R1,evasion.shield,none,blasts_day_10,median_of_paired_ratios,>=,1,,weak=high,up", "R2,drug.pill.kill,treated,relapse_6m,hazard_ratio,<=,1,,all,down"];
        static string Text(EffectsResult r) => string.Join('\n', r.Rows.Select(x => FormattableString.Invariant($"{x.Row.Id} {x.Verdict} {x.Value:R} {x.Interval.Lower:R} {x.Interval.Upper:R} {x.Pairs}")));
        var journal = Path.Combine(toy.Root, "journal");
        var one = toy.Judge(Pairs, 1, journal, rows);
        // Half a line at the end, as a kill may leave it.
        foreach (var file in Directory.GetFiles(journal))
        {
            var text = File.ReadAllText(file);
            File.WriteAllText(file, text[..(text.Length / 2)]);
        }
        var resumed = toy.Judge(Pairs, 2, journal, rows);
        Assert.Equal(Text(one), Text(toy.Judge(Pairs, 2, null, rows)));
        Assert.Equal(Text(one), Text(resumed));
        Assert.InRange(resumed.Simulated, 1, one.Simulated - 1);
        Assert.Equal(0, toy.Judge(Pairs, 2, journal, rows).Simulated);
    }

    [Fact]
    public void Every_problem_of_a_malformed_table_is_reported_at_once_with_line_and_remedy()
    {
        var bag = new DiagnosticBag();
        EffectsTable.Load(toy.Table(
            "R1,evasion.shield,none,hazard,mediann,<=,1,,all,none",
            "R1,evasion.shield,none,hazard,median,<,1,,all,none",
            "R2,evasion.shield,none,hazard,median,within,1,,all,none",
            "R3,evasion.shield,none,hazard,median,<=,x,,all,sideways",
            "R4,evasion.shield,none,hazard,contrast,<=,1,,age<,none",
            "R5,,none,hazard,contrast,<=,1,,age<5,none"), bag);
        Assert.Equal([2, 3, 3, 4, 5, 5, 6, 7, 7], bag.Items.Select(d => d.Where.Line));
        Assert.All(bag.Items, d => Assert.True(d.Try.Length > 0 || d.Code == "MRW6006", d.ToString()));
    }
}

using Marrow.Tests.Clinical;
using Marrow.Trials.Regimens;

namespace Marrow.Tests.Regimens;

/// <summary>Rules that skip, scale, hold, drop or stop planned doses, on a signal that the test sets.</summary>
public sealed class DoseRuleTests
{
    private const double Low = 0.5;
    private readonly WaitingDoses _waiting = new();
    private double _signal = 1;

    private static Condition Below => new("Anc", Relation.Below, Low);

    private static PlannedDosePlan Entry(string drug, double[] days, params DoseRule[] rules)
    {
        var dose = new Dose
        {
            Drug = new DrugInput(drug, "x", InputMode.Bolus, "mg", 1, null, 0),
            Route = "iv",
            Bands = [],
            Duration = 0,
        };
        return new PlannedDosePlan(new PlannedDose(dose, days, null, []) { PerCycle = 2 }, new DosePlan(dose, 0, -1, []), [])
        {
            Rules = [.. rules.Select(r => (r, new ConditionPlan(r.When, 0)))],
        };
    }

    /// <summary>Looks whenever a dose is due, as a course does; <paramref name="signal"/> is the signal of a time.</summary>
    private List<(double Day, string Drug, double Amount)> Follow(Func<double, double> signal)
    {
        var given = new List<(double, string, double)>();
        while (_waiting.NextDue < 1000)
        {
            var time = _waiting.NextDue;
            _signal = signal(time);
            while (_waiting.Decide(new Sight(time, [_signal], 0, ProtocolTests.Eliana)) is { } due) given.Add((time, due.Plan.Planned.Dose.Drug.Drug, due.Amount));
        }
        return given;
    }

    [Fact]
    public void Without_a_rule_that_is_met_doses_are_given_when_due()
    {
        _waiting.Add(Entry("a", [0, 7], new DoseRule { When = Below, Action = DoseAction.Stop }), 10, origin: 3);
        Assert.Equal([(3, "a", 10), (10, "a", 10)], Follow(_ => 1));
        Assert.Empty(_waiting.Decisions);
    }

    [Fact]
    public void Skipping_leaves_out_one_dose()
    {
        _waiting.Add(Entry("a", [0, 7, 14], new DoseRule { When = Below, Action = DoseAction.Skip }), 10, 0);
        Assert.Equal([(0, "a", 10), (14, "a", 10)], Follow(t => t == 7 ? 0 : 1));
        Assert.Equal("skip", Assert.Single(_waiting.Decisions).Decision);
    }

    [Theory]
    [InlineData(false, 10)]
    [InlineData(true, 5)]
    public void Scaling_lasts_if_it_is_to(bool lasting, double later)
    {
        _waiting.Add(Entry("a", [0, 7, 14], new DoseRule { When = Below, Action = DoseAction.Scale, Factor = .5, Lasting = lasting }), 10, 0);
        Assert.Equal([(0, "a", 10), (7, "a", 5), (14, "a", later)], Follow(t => t == 7 ? 0 : 1));
    }

    /// <summary>Three days of low counts put off the dose of day 7 and everything after it, of other drugs too.</summary>
    [Fact]
    public void A_hold_puts_off_the_whole_plan()
    {
        _waiting.Add(Entry("a", [0, 7, 14], new DoseRule { When = Below, Action = DoseAction.Hold, Every = 1 }), 10, 0);
        _waiting.Add(Entry("b", [7, 9]), 2, 0);
        Assert.Equal([(0, "a", 10), (10, "a", 10), (10, "b", 2), (12, "b", 2), (17, "a", 10)], Follow(t => t is >= 7 and < 10 ? 0 : 1));
        Assert.Equal((7, "hold"), Assert.Single(_waiting.Decisions.Select(d => (d.Day, d.Decision))));
    }

    [Fact]
    public void After_a_hold_dosing_resumes_at_the_rules_factor()
    {
        _waiting.Add(Entry("a", [0, 7, 14], new DoseRule { When = Below, Action = DoseAction.Hold, Every = 2, Factor = .75 }), 8, 0);
        Assert.Equal([(0, "a", 8), (9, "a", 6), (16, "a", 6)], Follow(t => t == 7 ? 0 : 1));
    }

    [Fact]
    public void A_hold_that_lasts_too_long_ends_the_plan()
    {
        _waiting.Add(Entry("a", [0, 7, 14], new DoseRule { When = Below, Action = DoseAction.Hold, Every = 1, AtMost = 5 }), 10, 0);
        _waiting.Add(Entry("b", [20]), 2, 0);
        Assert.Equal([(0, "a", 10)], Follow(t => t >= 7 ? 0 : 1));
        Assert.Equal([(7, "hold"), (12, "stop")], _waiting.Decisions.Select(d => (d.Day, d.Decision)));
    }

    [Theory]
    [InlineData("Drop", 2)]
    [InlineData("Stop", 1)]
    public void Dropping_ends_a_drug_and_stopping_the_plan(string action, int left)
    {
        _waiting.Add(Entry("a", [0, 7], new DoseRule { When = Below, Action = Enum.Parse<DoseAction>(action), FromDay = 7 }), 10, 0);
        _waiting.Add(Entry("b", [8]), 2, 0);
        Assert.Equal(left, Follow(_ => 0).Count);
    }

    /// <summary>Two doses a cycle: on the second the signal is low and nobody looks.</summary>
    [Fact]
    public void A_rule_of_cycles_looks_at_their_first_dose()
    {
        _waiting.Add(Entry("a", [0, 1, 28, 29], new DoseRule { When = Below, Action = DoseAction.Skip, OfCycle = true }), 10, 0);
        Assert.Equal([(0, "a", 10), (1, "a", 10), (29, "a", 10)], Follow(t => t is 1 or 28 or 29 ? 0 : 1));
    }

    [Theory]
    [InlineData("Above", false, true)]
    [InlineData("AtLeast", true, true)]
    [InlineData("Below", false, false)]
    [InlineData("AtMost", true, false)]
    public void Thresholds_count_as_their_words_say(string relation, bool at, bool above)
    {
        var condition = new Condition("x", Enum.Parse<Relation>(relation), 2);
        Assert.Equal(at, condition.Met(2));
        Assert.Equal(above, condition.Met(2.1));
        Assert.Equal(!above, condition.Met(1.9));
        Assert.False(condition.Met(double.NaN));
    }

    /// <summary>Grades count the thresholds of the clinical tables that the score reaches.</summary>
    [Fact]
    public void Grades_of_cytokine_release_are_signals()
    {
        var protocol = ProtocolTests.Eliana;
        for (var grade = 1; grade <= 4; grade++)
        {
            var score = protocol.Crs.Astct[grade - 1];
            Assert.Equal(grade, ClinicalSignals.Of("AstctGrade", score, protocol));
            Assert.Equal(grade - 1, ClinicalSignals.Of("AstctGrade", score - 1e-9, protocol));
        }
        Assert.Equal(1.25, ClinicalSignals.Of(ClinicalSignals.CrsScore, 1.25, protocol));
    }
}

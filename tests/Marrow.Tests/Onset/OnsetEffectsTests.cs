using Marrow.Networks.Diagnostics;
using Marrow.Tests.House;
using Marrow.Trials.Experiments;
using Marrow.Trials.Onset;

namespace Marrow.Tests.Onset;

public sealed class OnsetEffectsTests
{
    private static readonly OnsetEffects _effects = new(Repository.Root, 24, 7, 0);

    /// <summary>The shipped rows of incidence that this module knows are judged, and met.</summary>
    [Theory]
    [InlineData("E122")]
    [InlineData("E123")]
    [InlineData("E124")]
    [InlineData("E125")]
    [InlineData("E126")]
    [InlineData("E129")]
    [InlineData("E130")]
    [InlineData("E135")]
    [InlineData("E136")]
    public void Rows_of_incidence_are_met(string id)
    {
        var result = _effects.Judge(Row(id));

        Assert.NotNull(result);
        Assert.True(result.Verdict == EffectVerdict.Met, $"{result.Value} {result.Interval} {result.Reason}");
    }

    [Fact]
    public void A_sign_turned_round_is_missed()
    {
        var row = Row("E122");
        var turned = Row("E126") with { Subgroup = "cd4=high vs cd4=low" };

        Assert.Equal(EffectVerdict.Missed, _effects.Judge(row with { Operator = EffectOperator.AtMost, Direction = EffectDirection.Down, Value = 0.9 })!.Verdict);
        Assert.Equal(EffectVerdict.Missed, _effects.Judge(turned)!.Verdict);
        Assert.Equal(-1, _effects.Judge(turned)!.Value);
    }

    [Fact]
    public void Rows_of_something_else_are_left_to_others()
    {
        var row = Row("E122");

        Assert.Null(_effects.Judge(row with { Context = "untreated" }));
        Assert.Null(_effects.Judge(row with { Disease = "gout" }));
        Assert.Null(_effects.Judge(row with { Subgroup = "hair=red" }));
        Assert.Null(_effects.Judge(row with { Switches = ["evasion.pdl1"] }));
        Assert.Null(new OnsetEffects(Path.GetTempPath(), 5, 1, 1).Judge(row));
    }

    private static EffectRow Row(string id)
    {
        var bag = new DiagnosticBag();
        return EffectsTable.Load(Repository.PathOf("models/expected_effects.csv"), bag).Single(r => r.Id == id);
    }
}

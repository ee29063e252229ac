using Marrow.Networks.Compilation;
using Marrow.Networks.Structure;
using static Marrow.Tests.Compilation.F;

namespace Marrow.Tests.Compilation;

public class CompiledEventTests
{
    private static CompiledModel Compile(params NetworkEvent[] events) => CompiledModel.Compile(
        new ReactionNetwork
        {
            Name = "events",
            Compartments = [Parts.Compartment("Body", (F)1), Parts.Compartment("V", (F)4)],
            Species = [Parts.Amount("X", (F)1), Parts.Amount("Y", (F)2), Parts.Concentration("C", "V", (F)1)],
            Parameters = [Parts.Parameter("p", (F)3, false), Parts.Parameter("q", 2 * N("p"), false)],
            RateRules = [Parts.Rate("X", (F)1), Parts.Rate("Y", -N("Y")), Parts.Rate("C", (F)0)],
            Events = [.. events],
        },
        new CompileOptions());

    private static bool Holds(CompiledModel model, int index, double time, double x, double y)
    {
        var blocks = new LaneBlocks(model, 1);
        double[] states = [x, y, 4, 6];
        for (var i = 0; i < model.States.Count; i++) blocks.Y[8 * i] = states[i];
        var p = model.DefaultParameters();
        for (var i = 0; i < p.Length; i++) blocks.P[8 * i] = p[i];
        blocks.S[Marrow.Numerics.Ode.LaneLayout.Time * 8] = time;
        blocks.Run(model.System.OneLane.Prepare, blocks.Y, blocks.M);
        blocks.Run(model.System.OneLane.Roots, blocks.Y, blocks.Out);
        return model.System.Events.Trigger(index, LaneBlocks.Lane(blocks.Out, 0, model.System.Roots, 0));
    }

    [Fact]
    public void Triggers_respect_strictness_at_equality()
    {
        var model = Compile(
            Parts.Event("less", N("X") < N("Y")), Parts.Event("lessOrEqual", N("X") <= N("Y")),
            Parts.Event("more", N("X") > N("Y")), Parts.Event("moreOrEqual", N("X") >= N("Y")),
            Parts.Event("equal", Apply(MathFunction.Equal, N("X"), N("Y"))), Parts.Event("unequal", Apply(MathFunction.NotEqual, N("X"), N("Y"))));
        bool[] at(double x, double y) => [.. Enumerable.Range(0, 6).Select(i => Holds(model, i, 0, x, y))];
        Assert.Equal([false, true, false, true, true, false], at(2, 2));
        Assert.Equal([true, true, false, false, false, true], at(1, 2));
        Assert.Equal([false, false, true, true, false, true], at(3, 2));
        Assert.Equal("less", model.System.Events.Name(model.EventIndex("less")));
    }

    [Fact]
    public void Triggers_follow_their_boolean_structure()
    {
        F early = Time < 5, high = N("X") > N("p");
        var model = Compile(
            Parts.Event("and", Apply(MathFunction.And, early, high)), Parts.Event("or", Apply(MathFunction.Or, early, high)),
            Parts.Event("xor", Apply(MathFunction.Xor, early, high)), Parts.Event("not", Apply(MathFunction.Not, high)),
            Parts.Event("implies", Apply(MathFunction.Implies, early, high)), Parts.Event("piecewise", Apply(MathFunction.Piecewise, high, early, Apply(MathFunction.True))));
        foreach (var (time, x) in new[] { (1.0, 1.0), (1.0, 9.0), (9.0, 1.0), (9.0, 9.0) })
        {
            bool e = time < 5, h = x > 3;
            bool[] expected = [e && h, e || h, e ^ h, !h, !e || h, e ? h : true];
            Assert.Equal(expected, Enumerable.Range(0, 6).Select(i => Holds(model, i, time, x, 0)));
        }
        Assert.Equal(2, model.System.Roots);
    }

    [Fact]
    public void A_trigger_counts_as_old_at_the_start_unless_the_event_says_otherwise()
    {
        var model = Compile(Parts.Event("old", N("X") > 0), Parts.Event("new", N("X") > 0) with { InitialValue = false });
        Assert.True(model.System.Events.HeldBefore(model.EventIndex("old")));
        Assert.False(model.System.Events.HeldBefore(model.EventIndex("new")));
    }

    [Fact]
    public void Assignments_are_made_together_from_values_before_the_event()
    {
        var model = Compile(Parts.Event("swap", Time > 1, ("X", N("Y") + Time), ("Y", N("X")), ("p", N("p") + N("X")), ("q", N("q") * 2), ("C", 2 * N("C"))));
        var p = model.DefaultParameters();
        var states = new double[4];
        model.InitialStates(p, states);
        Assert.Equal([1, 2, 4, 6], states);
        model.System.Events.Execute(0, 10, states, p);
        // C is a concentration of 1 in a volume of 4: its state is the amount.
        Assert.Equal([12, 1, 8, 12], states);
        Assert.Equal(4, p[model.ParameterIndex("p")]);
    }
}

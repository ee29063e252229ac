using Marrow.Networks.Compilation;
using Marrow.Networks.Diagnostics;
using Marrow.Networks.Structure;
using static Marrow.Tests.Compilation.F;

namespace Marrow.Tests.Compilation;

public class NetworkSemanticsTests
{
    private static readonly ReactionNetwork Empty = new() { Name = "test", Compartments = [Parts.Compartment("Body", (F)1)] };

    private static CompiledModel Compile(ReactionNetwork network, params string[] observables) =>
        CompiledModel.Compile(network, new CompileOptions { Observables = observables });

    private static double[] Rates(CompiledModel model, double time = 0, double[]? parameters = null)
    {
        var p = parameters ?? model.DefaultParameters();
        double[] y = new double[model.States.Count], dydt = new double[model.States.Count];
        model.InitialStates(p, y);
        model.RightHandSide(time, y, p, dydt);
        return dydt;
    }

    private static double Observe(CompiledModel model, double time = 0, double[]? parameters = null)
    {
        var p = parameters ?? model.DefaultParameters();
        double[] y = new double[model.States.Count], seen = new double[model.Observables.Count];
        model.InitialStates(p, y);
        model.Evaluate(time, y, p, seen);
        return seen[0];
    }

    private static IReadOnlyList<Diagnostic> Problems(ReactionNetwork network, CompileOptions? options = null) =>
        Assert.Throws<InputException>(() => CompiledModel.Compile(network, options ?? new CompileOptions())).Diagnostics;

    [Fact]
    public void A_reaction_changes_amounts_and_reads_concentrations()
    {
        var model = Compile(Empty with
        {
            Compartments = [Parts.Compartment("V", (F)4)],
            Species = [Parts.Concentration("A", "V", (F)3), Parts.Concentration("B", "V", (F)0.5)],
            Parameters = [Parts.Parameter("k", (F)0.2)],
            Reactions = [new Reaction("R", null, [new SpeciesReference("A", 2)], [new SpeciesReference("B", 3)], [], N("V") * N("k") * N("A"), false, SourceSpan.None)],
        }, "A", "R");
        var states = new double[2];
        model.InitialStates(model.DefaultParameters(), states);
        Assert.Equal([12, 2], states);
        var rate = 4 * 0.2 * 3;
        Assert.Equal([-2 * rate, 3 * rate], Rates(model));
        Assert.Equal(3, Observe(model));
    }

    [Fact]
    public void Boundary_species_stay_and_are_parameters()
    {
        var model = Compile(Empty with
        {
            Species = [Parts.Amount("Food", (F)7, isBoundary: true), Parts.Amount("Cell", (F)1), Parts.Amount("Idle", (F)2, isConstant: true)],
            Reactions = [Parts.Reaction("Eat", ["Food"], ["Cell"], N("Food") * N("Idle"))],
        });
        Assert.Equal([14], Rates(model));
        Assert.Equal(["Cell"], model.States);
        Assert.Equal(["Body", "Food", "Idle"], model.Parameters.Order());
    }

    [Fact]
    public void Initial_assignments_follow_the_patients_parameters_in_any_order_of_declaration()
    {
        var model = Compile(Empty with
        {
            Species = [Parts.Amount("X", N("double") * N("Y")), Parts.Amount("Y", N("base") + 1)],
            Parameters = [Parts.Parameter("double", 2 * N("base")), Parts.Parameter("base", (F)3)],
            RateRules = [Parts.Rate("X", N("double")), Parts.Rate("Y", (F)0)],
        });
        Assert.Equal(-1, model.ParameterIndex("double"));
        var p = model.DefaultParameters();
        p[model.ParameterIndex("base")] = 5;
        var states = new double[2];
        model.InitialStates(p, states);
        Assert.Equal([60, 6], states);
        Assert.Equal([10, 0], Rates(model, parameters: p));
    }

    [Fact]
    public void RateOf_is_the_rate_also_of_a_sum_behind_a_rule()
    {
        var model = Compile(Empty with
        {
            Species = [Parts.Amount("A", (F)2), Parts.Amount("B", (F)5)],
            Parameters = [Parts.Parameter("Sum", null, false), Parts.Parameter("Slope", null, false)],
            AssignmentRules = [Parts.Assign("Sum", N("A") + (N("B") * N("B")) + (3 * Time)), Parts.Assign("Slope", Apply(MathFunction.RateOf, N("Sum")))],
            Reactions = [Parts.Reaction("Loss", ["A"], [], 0.5 * N("A")), Parts.Reaction("Gain", [], ["B"], (F)0.1)],
        }, "Slope");
        Assert.Equal(-1 + (2 * 5 * 0.1) + 3, Observe(model), 1e-14);
    }

    [Fact]
    public void A_rate_rule_on_a_concentration_holds_while_its_compartment_grows()
    {
        var model = Compile(Empty with
        {
            Compartments = [Parts.Compartment("V", (F)2, false)],
            Species = [Parts.Concentration("C", "V", (F)3), Parts.Concentration("Kept", "V", (F)6, isBoundary: true)],
            Parameters = [Parts.Parameter("Slope", null, false)],
            RateRules = [Parts.Rate("C", (F)0.25), Parts.Rate("V", (F)0.5)],
            AssignmentRules = [Parts.Assign("Slope", Apply(MathFunction.RateOf, N("C")))],
        }, "Slope", "Kept");
        Assert.Equal(["C", "V"], model.States);
        Assert.Equal([(0.25 * 2) + (3 * 0.5), 0.5], Rates(model));
        Assert.Equal(0.25, Observe(model), 1e-15);
        var seen = new double[2];
        model.Evaluate(0, [6, 8], model.DefaultParameters(), seen);
        Assert.Equal(6 * 2 / 8.0, seen[1]);
    }

    [Fact]
    public void Functions_are_inlined_with_their_arguments()
    {
        var model = Compile(Empty with
        {
            Functions =
            [
                new FunctionDefinition("Hill", ["x", "k"], N("x") / (N("x") + N("k")), SourceSpan.None),
                new FunctionDefinition("Twice", ["x"], 2 * Call("Hill", N("x"), N("x")), SourceSpan.None),
            ],
            Parameters = [Parts.Parameter("p", (F)3), Parts.Parameter("Result", null, false)],
            AssignmentRules = [Parts.Assign("Result", Call("Twice", N("p")) + Call("Hill", N("p"), Call("Hill", 1, 1)))],
        }, "Result");
        Assert.Equal(1 + (3 / 3.5), Observe(model), 1e-15);
    }

    [Fact]
    public void States_below_zero_are_read_as_zero_on_request()
    {
        var network = Empty with { Species = [Parts.Amount("X", (F)0)], Reactions = [Parts.Reaction("Grow", [], ["X"], 1 + N("X"))] };
        foreach (var nonNegative in new[] { false, true })
        {
            var model = CompiledModel.Compile(network, new CompileOptions { NonNegativeSpecies = nonNegative });
            var dydt = new double[1];
            model.RightHandSide(0, [-0.5], [1], dydt);
            Assert.Equal(nonNegative ? 1 : 0.5, dydt[0]);
            Assert.Equal(nonNegative, model.System.NonNegative[0]);
        }
    }

    [Fact]
    public void Tolerance_scales_reach_their_states()
    {
        var network = Empty with { Species = [Parts.Amount("X", (F)0), Parts.Amount("Y", (F)0)], RateRules = [Parts.Rate("X", (F)1), Parts.Rate("Y", (F)1)] };
        var model = CompiledModel.Compile(network, new CompileOptions { AbsoluteScale = new Dictionary<string, double> { ["Y"] = 1e-3 } });
        Assert.Equal([1, 1e-3], model.System.AbsoluteScale);
        Assert.Contains(Problems(network, new CompileOptions { AbsoluteScale = new Dictionary<string, double> { ["Z"] = 1 } }), d => d.Code == "MRW5010");
    }

    [Fact]
    public void Every_problem_of_a_network_is_reported_at_once()
    {
        var problems = Problems(Empty with
        {
            Parameters = [Parts.Parameter("a", null, false), Parts.Parameter("b", null, false), Parts.Parameter("unset", null), Parts.Parameter("c", N("d")), Parts.Parameter("d", N("c"))],
            AssignmentRules = [Parts.Assign("a", N("b") + N("nothing")), Parts.Assign("b", N("a"))],
            Species = [Parts.Amount("X", N("c"))],
            Functions = [new FunctionDefinition("Loop", ["x"], Call("Loop", N("x")), SourceSpan.None)],
            Reactions = [Parts.Reaction("R", ["X"], [], N("a") + Call("Loop", 1) + Call("Unknown", 1))],
            Events = [Parts.Event("E", N("X") > 1, ("a", 1)) with { Delay = N("never") }],
        });
        string[] expected = ["MRW5001", "MRW5002", "MRW5004", "MRW5007", "MRW5008", "MRW5009"];
        Assert.Equal(expected, problems.Select(d => d.Code).Distinct().Order());
    }

    [Fact]
    public void A_network_of_one_state_compiles()
    {
        var model = Compile(Empty with { Species = [Parts.Amount("X", (F)2)], Reactions = [Parts.Reaction("Decay", ["X"], [], 0.1 * N("X"))] });
        var blocks = new LaneBlocks(model, 1);
        blocks.RunAll(model.System.Lanes);
        var lane = 0;
        var (gamma, invL1) = (blocks.S[(Marrow.Numerics.Ode.LaneLayout.Gamma * 8) + lane], blocks.S[(Marrow.Numerics.Ode.LaneLayout.InvL1 * 8) + lane]);
        // The equation is linear: the first solve is exact, so the corrected d satisfies d = gamma f(z0 + d) - z1/l1.
        var d = blocks.S[(Marrow.Numerics.Ode.LaneLayout.D * 8) + lane];
        Assert.Equal((gamma * -0.1 * (blocks.Z[lane] + d)) - (invL1 * blocks.Z[8 + lane]), d, 1e-15);
    }
}

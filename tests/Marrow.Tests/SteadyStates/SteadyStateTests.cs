using Marrow.Networks.Compilation;
using Marrow.Networks.Simulation;
using Marrow.Numerics.Random;
using Marrow.Numerics.SteadyStates;

namespace Marrow.Tests.SteadyStates;

public class SteadyStateTests
{
    /// <summary>The search ends within 1e-10 of each state; ten times as much for what follows from them.</summary>
    private const double Near = 1e-9;

    private static (CompiledModel Model, SteadyState Found) Find(string body, params (string Name, double Value)[] starts)
    {
        var model = Model.Parse($"model m()\n{body}\nend").Compile();
        var parameters = model.DefaultParameters();
        var states = new double[model.States.Count];
        model.InitialStates(parameters, states);
        foreach (var (name, value) in starts) states[model.StateIndex(name)] = value;
        return (model, Marrow.Networks.Simulation.SteadyStates.Find(model, parameters, states, cancel: TestContext.Current.CancellationToken));
    }

    private static double Value((CompiledModel Model, SteadyState Found) result, string name) => result.Found.Point.States[result.Model.StateIndex(name)];

    [Fact]
    public void A_reversible_reaction_rests_where_both_directions_are_equal_and_keeps_its_total()
    {
        var result = Find("A -> B; k1*A - k2*B; A = 3; B = 1; k1 = 2; k2 = 0.5;");
        // A = T k2 / (k1 + k2), and the only disturbance that keeps T dies out at k1 + k2.
        Assert.Equal(.8, Value(result, "A"), Near);
        Assert.Equal(3.2, Value(result, "B"), Near);
        Assert.Equal(-2.5, result.Found.Point.Eigenvalues.Single().Real, 1e-12);
        Assert.Equal(Stability.Stable, result.Found.Point.Stability);
        var total = result.Found.Conserved.Single();
        Assert.Equal(4, total.Total, 1e-14);
        Assert.Equal(["A", "B"], total.Terms.Keys.Order());
    }

    [Theory]
    [InlineData(1.1, 0.01, 0.02)]
    [InlineData(0.9, 0.01, 0.02)]
    [InlineData(2, 1, 0.5)]
    public void A_covalent_modification_cycle_follows_the_function_of_Goldbeter_and_Koshland(double v1, double j1, double j2)
    {
        var result = Find(FormattableString.Invariant($"A -> P; v1*A/(J1 + A) - P/(J2 + P); A = 1; P = 0; v1 = {v1}; J1 = {j1}; J2 = {j2};"));
        // Goldbeter and Koshland 1981, doi:10.1073/pnas.78.11.6840: P = 2 u J2 / (B + sqrt(B^2 - 4 (v - u) u J2)) with u = v1, v = 1.
        var b = 1 - v1 + j1 + (v1 * j2);
        var expected = 2 * v1 * j2 / (b + Math.Sqrt((b * b) - (4 * (1 - v1) * v1 * j2)));
        Assert.Equal(expected, Value(result, "P"), Near);
    }

    [Fact]
    public void A_switch_rests_on_the_side_from_which_it_starts()
    {
        // dX/dt = (X - 1)(2 - X)(X - 4): stable at 1 and 4, unstable at 2.
        const string body = "X' = (X - 1)*(2 - X)*(X - 4); X = 0;";
        foreach (var (start, end) in new[] { (0.0, 1.0), (1.99, 1), (2.01, 4), (9, 4) })
        {
            var result = Find(body, ("X", start));
            Assert.Equal(end, Value(result, "X"), Near);
            Assert.Equal(Stability.Stable, result.Found.Point.Stability);
        }
        var top = Find(body, ("X", 2));
        Assert.Equal(EquilibriumMethod.Start, top.Found.Point.Method);
        Assert.Equal(Stability.Unstable, top.Found.Point.Stability);
    }

    [Theory]
    [InlineData(1.5, Stability.StableOscillating)]
    [InlineData(3, Stability.UnstableOscillating)]
    public void The_Brusselator_is_unstable_beyond_its_Hopf_point(double b, Stability stability)
    {
        var result = Find(FormattableString.Invariant($"=> X; 1; 2 X + Y => 3 X; X^2*Y; X => Y; b*X; X => ; X; b = {b}; X = 0.5; Y = 0.5;"));
        Assert.Equal(1, Value(result, "X"), Near);
        Assert.Equal(b, Value(result, "Y"), Near);
        // The trace of its matrix is b - 2, the determinant 1.
        Assert.Equal((b - 2) / 2, result.Found.Point.Eigenvalues[0].Real, Near);
        Assert.Equal(stability, result.Found.Point.Stability);
    }

    [Theory]
    [InlineData("=> X; 2; X = 0; => Y; 1; Y => ; Y; Y = 0;")]
    [InlineData("X => 2 X; 0.3*X; X = 1; => Y; 1; Y => ; Y; Y = 0;")]
    public void What_grows_without_end_is_named(string body)
    {
        var problem = Assert.Throws<SteadyStateException>(() => Find(body));
        Assert.Equal(EquilibriumFailure.Grows, problem.Failure);
        Assert.StartsWith("no steady state: X grows without end", problem.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void An_oscillation_without_loss_rests_at_its_centre_only()
    {
        // Lotka and Volterra: the solution circles around (1, 1), where the eigenvalues are +-i.
        var result = Find("x' = x*(1 - y); y' = y*(x - 1); x = 1.5; y = 1;");
        Assert.Equal(1, Value(result, "x"), 1e-8);
        Assert.Equal(Stability.Neutral, result.Found.Point.Stability);
    }

    [Fact]
    public void A_rate_without_value_is_no_steady_state()
    {
        var problem = Assert.Throws<SteadyStateException>(() => Find("X' = ln(X); X = -1;"));
        Assert.Equal(EquilibriumFailure.NotFinite, problem.Failure);
    }

    [Fact]
    public void Scales_far_apart_are_found_together()
    {
        // Cells in 1e9, a cytokine in 1e-6 of its unit, rates from 1e-4 to 1e5.
        var result = Find("=> C; 1e5; C => ; 1e-4*C; => I; 1e-11*C; I => ; 1e5*I; C = 0; I = 0;");
        Assert.Equal(1e9, Value(result, "C"), 1e9 * Near);
        Assert.Equal(1e-7, Value(result, "I"), 1e-7 * 1e-4);
        Assert.Equal(Stability.Stable, result.Found.Point.Stability);
    }

    [Fact]
    public void A_cell_of_a_femtolitre_is_found_as_exactly_as_a_litre()
    {
        // 2 A <-> B with A + 2 B = 3 and B = A^2: both are 1, as amounts 1e-15.
        var result = Find("compartment Cell = 1e-15; species A in Cell, B in Cell; A = 3; B = 0; 2 A -> B; Cell*(A^2 - B);");
        Assert.Equal(1, Value(result, "A") / 1e-15, Near);
        Assert.Equal(1, Value(result, "B") / 1e-15, Near);
    }

    [Fact]
    public void A_cascade_of_a_thousand_states_rests_where_each_level_follows_the_one_before()
    {
        const int levels = 500;
        // X_i -> P_i at 2 (P_i-1 + 0.1) X_i, back at P_i, X_i + P_i = 1.
        var body = string.Concat(Enumerable.Range(0, levels).Select(i => FormattableString.Invariant(
            $"X{i} -> P{i}; 2*({(i == 0 ? "0.5" : $"P{i - 1}")} + 0.1)*X{i} - P{i}; X{i} = 1; P{i} = 0;\n")));
        var result = Find(body);
        var before = 0.5;
        for (var i = 0; i < levels; i++)
        {
            var gain = 2 * (before + 0.1);
            before = gain / (gain + 1);
            Assert.Equal(before, Value(result, $"P{i}"), Near);
            Assert.Equal(1 - before, Value(result, $"X{i}"), Near);
        }
        Assert.Equal(levels, result.Found.Conserved.Count);
        Assert.Equal(Stability.Stable, result.Found.Point.Stability);
        // Each level comes to rest at its own rate, gain + 1; the slowest is that of the smallest gain.
        Assert.Equal(levels, result.Found.Point.Eigenvalues.Count);
    }

    [Fact]
    public void Reversible_reactions_in_a_tangle_rest_where_each_is_balanced()
    {
        // Rates balance at a point chosen first; by the theorem of Horn and Jackson (1972, doi:10.1007/BF00251225) it is
        // the only one with these totals, and stable.
        const int species = 40;
        var stream = new RandomKey(3, Purpose.Of("tangle"), 0).Stream();
        double[] rest = [.. Enumerable.Range(0, species).Select(_ => stream.LogNormal(1, 1))], start = [.. rest];
        var body = new System.Text.StringBuilder();
        for (var r = 0; r < species; r++)
        {
            var (a, b, c) = (r, (r + 1 + stream.Below(species / 2)) % species, (r + 21 + stream.Below(species / 3)) % species);
            body.Append(System.Globalization.CultureInfo.InvariantCulture, $"S{a} + S{b} -> S{c}; {rest[c]:R}*S{a}*S{b} - {rest[a] * rest[b]:R}*S{c};\n");
            var extent = 0.2 * new[] { start[a], start[b], start[c] }.Min();
            (start[a], start[b], start[c]) = (start[a] - extent, start[b] - extent, start[c] + extent);
        }
        for (var i = 0; i < species; i++) body.Append(System.Globalization.CultureInfo.InvariantCulture, $"S{i} = {start[i]:R};\n");
        var result = Find(body.ToString());
        for (var i = 0; i < species; i++) Assert.Equal(1, Value(result, $"S{i}") / rest[i], Near);
        Assert.Equal(Stability.Stable, result.Found.Point.Stability);
    }
}

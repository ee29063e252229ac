using Marrow.Networks.Structure;

namespace Marrow.Tests.Antimony;

public class AntimonyReaderTests
{
    [Fact]
    public void A_reaction_with_stoichiometry_becomes_reactants_products_and_modifiers()
    {
        var network = Reading.Good("J0: 2 A + B -> C; k*A^2*B*E\nA = 1; B = 2; C = 0; k = 0.1; E = 3; species E");

        var reaction = Assert.Single(network.Reactions);
        Assert.Equal([new SpeciesReference("A", 2), new SpeciesReference("B", 1)], reaction.Reactants);
        Assert.Equal([new SpeciesReference("C", 1)], reaction.Products);
        Assert.Equal(["E"], reaction.Modifiers);
        Assert.True(reaction.IsReversible);
        Assert.Equal("k*A^2*B*E", Reading.Text(reaction.KineticLaw));
    }

    [Fact]
    public void Empty_sides_and_irreversible_arrows_are_read()
    {
        var network = Reading.Good("In: => A; k1\nOut: A => ; k2*A\nk1 = 1; k2 = 2; A = 0");

        Assert.Empty(network.Reactions[0].Reactants);
        Assert.Empty(network.Reactions[1].Products);
        Assert.All(network.Reactions, r => Assert.False(r.IsReversible));
    }

    [Theory]
    [InlineData("-2^2", "-2^2")]
    [InlineData("(-2)^2", "(-2)^2")]
    [InlineData("a - b - c", "a - b - c")]
    [InlineData("a - (b - c)", "a - (b - c)")]
    [InlineData("a/b/c", "a/b/c")]
    [InlineData("a/(b*c)", "a/(b*c)")]
    [InlineData("2^-a", "2^(-a)")]
    [InlineData("a + b*c", "a + b*c")]
    [InlineData("(a + b)*c", "(a + b)*c")]
    [InlineData("!(a > 1) && b < 2 || c >= 3", "!(a > 1) && b < 2 || c >= 3")]
    [InlineData("piecewise(1, a > 2, 0)", "piecewise(1, a > 2, 0)")]
    [InlineData("log(a)", "ln(a)")]
    [InlineData("pow(a, b)", "a^b")]
    [InlineData("rateOf(a)", "rateOf(a)")]
    [InlineData("time*a", "time*a")]
    public void Formulas_keep_their_meaning(string formula, string expected)
    {
        var network = Reading.Good($"x := {formula}\na = 1; b = 2; c = 3");

        Assert.Equal(expected, Reading.Text(network.AssignmentRules[0].Value));
    }

    [Fact]
    public void A_minus_binds_looser_than_a_power()
    {
        var network = Reading.Good("x := -a^2\na = 1");

        var negate = Assert.IsType<ApplyExpression>(network.AssignmentRules[0].Value);
        Assert.Equal(MathFunction.Negate, negate.Function);
    }

    [Fact]
    public void A_submodule_is_flattened_with_the_name_of_its_instance_and_shares_synchronised_names()
    {
        var network = Reading.Good("""
            model clone(S, R)
              Growth: => S; k*S*R
              k = 0.5
              S = 1
            end
            model *main()
              species Cells = 3, Food = 2
              A: clone(Cells, Food)
              B: clone(Other, Food)
              A.k = 3
            end
            """);

        Assert.Equal(["Cells", "Food", "Other"], network.Species.Select(s => s.Id));
        Assert.Equal(["A__Growth", "B__Growth"], network.Reactions.Select(r => r.Id));
        Assert.Equal(3, ((NumberExpression)network.Parameters.Single(p => p.Id == "A__k").Value!).Value);
        Assert.Equal(0.5, ((NumberExpression)network.Parameters.Single(p => p.Id == "B__k").Value!).Value);
        Assert.Equal("A__k*Cells*Food", Reading.Text(network.Reactions[0].KineticLaw));
        Assert.Equal(3, ((NumberExpression)network.Species[0].Initial!).Value);
        Assert.Equal(1, ((NumberExpression)network.Species[2].Initial!).Value);
    }

    [Fact]
    public void Is_makes_two_names_one_and_the_outer_name_stays()
    {
        var network = Reading.Good("""
            model inner()
              Decay: X => ; d*X
              d = 1; X = 5
            end
            model *outer()
              P: inner()
              P.X is Blood
              var Blood
            end
            """);

        Assert.Equal(["Blood"], network.Species.Select(s => s.Id));
        Assert.Equal("P__d*Blood", Reading.Text(network.Reactions[0].KineticLaw));
    }

    [Fact]
    public void Compartments_amounts_boundaries_and_units_are_read()
    {
        var network = Reading.Good("""
            compartment C = 5, D = 2
            species A in C = 3, $B in C, S in D = 4/D
            substanceOnly species X in C = 7
            k has pM/d
            k = 2 pM
            J: A + B -> S; k*A*C
            """);

        Assert.Equal(["C", "C", "D", "C"], network.Species.Select(s => s.Compartment));
        Assert.Equal([false, false, true, true], network.Species.Select(s => s.InitialIsAmount));
        Assert.Equal([false, true, false, false], network.Species.Select(s => s.IsBoundary));
        var k = network.Parameters.Single(p => p.Id == "k");
        Assert.Equal("pM/d", k.Unit);
        Assert.Equal("pM", ((NumberExpression)k.Value!).Unit);
    }

    [Fact]
    public void Events_keep_trigger_options_delay_and_assignments()
    {
        var network = Reading.Good("""
            species A = 1
            var y = 0; var z = 0
            E1: at A > 5 && time >= 2, persistent = false, t0 = false, priority = 3: y = 3, z = A + 2
            at 2 after (A < 1): z = 0
            A' = 0.5
            """);

        var first = network.Events[0];
        Assert.Equal("E1", first.Id);
        Assert.Equal("A > 5 && time >= 2", Reading.Text(first.Trigger));
        Assert.False(first.IsPersistent);
        Assert.False(first.InitialValue);
        Assert.Equal("3", Reading.Text(first.Priority!));
        Assert.Equal(["y", "z"], first.Assignments.Select(a => a.Variable));
        Assert.Equal("_E0", network.Events[1].Id);
        Assert.Equal("2", Reading.Text(network.Events[1].Delay!));
        Assert.Equal("0.5", Reading.Text(Assert.Single(network.RateRules).Rate));
    }

    [Fact]
    public void Functions_comments_continuations_names_and_units_are_read()
    {
        var network = Reading.Good("""
            function hill(x, k)
              x/(k + x)  // saturation
            end
            model *m()
              unit kilocell = 1e3 item   # own unit
              /* a comment
                 of two lines */
              y := hill(a, 2) + \
                   1
              a is "the antigen"; a has kilocell; a = 3
              J: S -> P; k1*S*(1 +
                 hill(P, a))
              k1 = 1; S = 1; P = 1
            end
            m is "a small model"
            """);

        Assert.Equal("a small model", network.DisplayName);
        Assert.Equal("the antigen", network.Parameters.Single(p => p.Id == "a").DisplayName);
        Assert.Equal(["x", "k"], Assert.Single(network.Functions).Arguments);
        Assert.Equal("hill(a, 2) + 1", Reading.Text(network.AssignmentRules[0].Value));
        Assert.Equal("kilocell", Assert.Single(network.Units).Id);
    }

    [Fact]
    public void Interactions_become_modifiers()
    {
        var network = Reading.Good("J0: A -> B; k*A\nI -| J0\nH -o J0\nG -( J0\nspecies I, H, G; A = 1; B = 0; k = 1");

        Assert.Equal(["I", "H", "G"], network.Reactions[0].Modifiers);
    }
}

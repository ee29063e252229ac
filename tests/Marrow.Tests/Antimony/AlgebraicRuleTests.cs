using Marrow.Networks.Antimony;
using Marrow.Networks.Diagnostics;
using Marrow.Tests.Compilation;

namespace Marrow.Tests.Antimony;

/// <summary>Equations <c>0 = f</c>.</summary>
public sealed class AlgebraicRuleTests
{
    [Fact]
    public void A_linear_rule_is_solved_for_what_nothing_else_determines()
    {
        // x decays as exp(-t), and x + 2 y = 10.
        var network = Reading.Good("species x = 4; var y = 0; x' = -x; 0 = x + 2*y - 10");
        Assert.Equal("y", Assert.Single(network.AssignmentRules).Variable);
        Assert.Empty(network.AlgebraicRules);
        Assert.Equal((10 - 4 * Math.Exp(-1)) / 2, Courses.Of(network, "y", 1)[0][0], 1e-6);
    }

    [Fact]
    public void A_rule_that_is_not_linear_holds_at_all_times_and_is_written_as_it_is()
    {
        var network = Reading.Good("species x = 2; var y = 1; x' = 1; named: 0 = y^3 + y - x");
        Assert.Equal("y", Assert.Single(network.AlgebraicRules).Variable);
        // At x = 10 the root is 2.
        Assert.Equal(2, Courses.Of(network, "y", 8)[0][0], 1e-6);
        var again = Reading.Good(AntimonyWriter.Write(network));
        Assert.Equal("y^3 + y - x", Reading.Text(Assert.Single(again.AlgebraicRules).Value));
        Assert.Equal(Courses.Of(network, "x,y", 2, 8), Courses.Of(again, "x,y", 2, 8));
    }

    [Fact]
    public void A_rule_inside_a_module_means_the_members_of_the_instance()
    {
        var network = Reading.Good("model inner() var a = 1; b = 3; 0 = a - 2*b end; model *outer() A: inner() end");
        Assert.Equal("A__a", Assert.Single(network.AssignmentRules).Variable);
    }

    [Fact]
    public void Where_several_parameters_could_follow_one_must_be_declared_to_vary()
    {
        var bag = new DiagnosticBag();
        Assert.Null(AntimonyReader.ReadText("a = 1; b = 2; 0 = a - 2*b", "model.ant", bag));
        Assert.Equal("MRW5923", Assert.Single(bag.Items, d => d.Severity == Severity.Error).Code);
        Assert.Equal("b", Assert.Single(Reading.Good("a = 1; var b = 2; 0 = a - 2*b").AssignmentRules).Variable);
    }
}

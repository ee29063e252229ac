using Marrow.Tests.Compilation;

namespace Marrow.Tests.Antimony;

/// <summary>Hierarchical cases of the SBML Test Suite, written in Antimony; the numbers are those of the suite's tables.</summary>
public class ModuleSuiteTests
{
    [Fact]
    public void Case_01148_converts_time_and_extent_through_three_levels()
    {
        const string text = """
            model d1() substanceOnly species s1 = 0.001; J0: -> s1; 1000000000*s1*time end
            model d2() timeconv = 60; extentconv = 10; sub1: d1(), timeconv = timeconv, extentconv = extentconv end
            model d3() timeconv = 60; extentconv = 10; sub1: d2(), timeconv = timeconv, extentconv = extentconv end
            model *case01148() timeconv = 60; extentconv = 10; sub1: d3(), timeconv = timeconv, extentconv = extentconv end
            """;

        var rows = Courses.Of(text, "sub1__sub1__sub1__s1", 0.8, 0.9);
        // The state grows a thousandfold: relative errors of 1e-8 a step add up over its logarithm and hundreds of steps.
        Assert.Equal(0.952138553, rows[0][0], 1e-5);
        Assert.Equal(5.88731642, rows[1][0], 1e-4);
    }

    [Fact]
    public void Case_01169_converts_replaces_clears_and_ranks_events()
    {
        const string text = """
            model submod(q, r)
              S1 = 7.2; k1 = 1.06; var y = 8.8; x = 3; r = -4; unused = 10
              q := x - 3; x' = 0.2; unused2 := 3; unused' = 0.3
              _J0: S1 -> ; k1*S1
              _E0: at x > 0.1515, priority = q: y = 4
              _E1: at x > 0.1515, priority = r: y = 5
            end
            model *case01169()
              extentconv = 10; timeconv = 60; cf = 100; R = 20; X = 15; U1 = 1.1
              A: submod(Q, R), timeconv = timeconv, extentconv = extentconv
              A.x*cf is X
              A.unused is U1; A.unused' = ; U1' = X/100
              A.unused2 is U2; A.unused2 := ; U2 := 23
            end
            """;

        var rows = Courses.Of(text, "A__S1,Q,X,U1,U2,A__y", 0.4, 1);
        double[][] expected = [[6.708761504, -2.848666667, 15.13333333, 1.160266667, 23, 8.8], [6.034025455, -2.846666667, 15.33333333, 1.251666667, 23, 4]];
        for (var i = 0; i < 2; i++)
            for (var k = 0; k < 6; k++) Assert.Equal(expected[i][k], rows[i][k], 1e-6);
    }

    [Theory]
    [InlineData("A.J0 is J0", 16)]
    [InlineData("A.J0*perTime is J0", 6.6)]
    public void Cases_01182_and_01183_read_a_reaction_that_stands_in_for_one_inside(string synchronisation, double expected)
    {
        var text = "model inner() substanceOnly species s1 = 1; p80 := J0 + 6; J0: -> s1; 10 end\n"
            + "model *outer() substanceOnly species s1 = 1; J0: -> s1; 10; A: inner(), timeconv = 60, extentconv = 1000; perTime = 16.6666666666667; "
            + synchronisation + " end";

        var row = Courses.Of(text, "s1,A__p80", 0.1)[0];
        Assert.Equal(2, row[0], 1e-6);
        Assert.Equal(expected, row[1], 1e-9);
    }
}

namespace Marrow.Tests.Compilation;

/// <summary>Rates whose slope at the start is no number.</summary>
public sealed class InfiniteSlopeTests
{
    [Fact]
    public void A_power_of_0_with_an_exponent_of_0_is_1_and_has_a_slope_of_0() =>
        Assert.Equal(2, Courses.At("x = 0; n = 0; y = 0; x' = 0*x; y' = x^n", "y", 2), 1e-7);

    [Fact]
    public void A_root_whose_slope_at_0_is_infinite_lets_the_solution_leave_0()
    {
        // y' = sqrt(y) + 1: with u = sqrt(y), t = 2 (u - ln(1 + u)). The tolerance of each step is 1e-8.
        var u = Math.Sqrt(Courses.At("y = 0; n = 0.5; y' = y^n + 1", "y", 3));
        Assert.Equal(3, 2 * (u - Math.Log(1 + u)), 1e-5);
    }

    [Fact]
    public void Tolerances_are_meant_for_concentrations_whatever_the_size_of_the_compartment()
    {
        const string model = "compartment C = 1e-12; species A in C, B in C; A = 1; B = 0; J: A -> B; C*A*0.1";
        var rows = Courses.Of(model, "A", 10, 30);
        Assert.Equal([Math.Exp(-1), Math.Exp(-3)], rows.Select(r => r[0]), (a, b) => Math.Abs(a - b) < 1e-6);
    }
}

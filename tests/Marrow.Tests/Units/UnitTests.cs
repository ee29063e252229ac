using Marrow.Networks.Units;

namespace Marrow.Tests.Units;

public class UnitTests
{
    [Theory]
    [InlineData("ng/mL", "ug/L", 1)]
    [InlineData("ng/mL", "pg/mL", 1000)]
    [InlineData("pM", "pmol/L", 1)]
    [InlineData("10^9/L", "1e6/mL", 1)]
    [InlineData("week", "d", 7)]
    [InlineData("d", "h", 24)]
    [InlineData("m2", "m^2", 1)]
    [InlineData("/d", "1/d", 1)]
    [InlineData("kills/cell/d", "1/d", 1)]
    [InlineData("%", "1", 0.01)]
    [InlineData("G", "item", 1e9)]
    [InlineData("mg/kg", "ug/g", 1)]
    [InlineData("L", "dm3", 1)]
    [InlineData("pM/(d*G)", "pM/d/G", 1)]
    [InlineData("kg^0.75", "kg^(0.75)", 1)]
    [InlineData("mL/min", "L/d", 1.44)]
    [InlineData("pascal", "newton/metre^2", 1)]
    [InlineData("uM", "nmol/mL", 1)]
    public void A_unit_converts_to_another_of_its_dimension(string from, string to, double factor)
    {
        var converted = Unit.Parse(from).FactorTo(Unit.Parse(to));
        // A handful of multiplications, each exact to half a unit in the last place.
        Assert.InRange(converted / factor, 1 - 1e-14, 1 + 1e-14);
    }

    [Theory]
    [InlineData("G", "mol")]
    [InlineData("pM", "G/L")]
    [InlineData("d", "1/d")]
    [InlineData("mg", "L")]
    public void Dimensions_are_kept_apart(string a, string b)
    {
        Assert.False(Unit.Parse(a).HasSameDimension(Unit.Parse(b)));
        Assert.Throws<ArgumentException>(() => Unit.Parse(a).FactorTo(Unit.Parse(b)));
    }

    [Theory]
    [InlineData("pM/d/G", "G", -1)]
    [InlineData("G/d", "G", 1)]
    [InlineData("kg^0.75", "kg", 0.75)]
    [InlineData("mg/L", "G", 0)]
    [InlineData("1/d", "d", -1)]
    [InlineData("item^2", "G", 2)]
    public void The_exponent_of_a_dimension_can_be_asked(string unit, string of, double exponent) =>
        Assert.Equal(exponent, Unit.Parse(unit).ExponentOf(of));

    [Theory]
    [InlineData("pM/d/G", "pmol/L/G/d")]
    [InlineData("1/d", "1/d")]
    [InlineData("1", "dimensionless")]
    [InlineData("kg", "1E+06 mg")]
    [InlineData("G^2*mg", "mg*G^2")]
    public void A_unit_is_printed_so_that_it_reads_back(string unit, string text)
    {
        Assert.Equal(text, Unit.Parse(unit).ToString());
        Assert.Equal(Unit.Parse(unit), Unit.Parse(text));
    }

    [Theory]
    [InlineData("parsec", "'parsec' is unknown")]
    [InlineData("pm/L)", "not part of a unit")]
    [InlineData("mg/", "ends where a unit should follow")]
    [InlineData("mg^x", "number must follow")]
    [InlineData("", "ends where a unit should follow")]
    [InlineData("dayz", "'day' is near")]
    [InlineData("0 mg", "above 0")]
    public void A_bad_unit_says_why(string unit, string why)
    {
        Assert.False(Unit.TryParse(unit, null, out _, out var problem));
        Assert.Contains(why, problem, StringComparison.Ordinal);
    }
}

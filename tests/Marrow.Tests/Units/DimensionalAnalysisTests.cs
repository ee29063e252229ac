using Marrow.Networks.Diagnostics;
using Marrow.Networks.Units;
using Marrow.Tests.Antimony;

namespace Marrow.Tests.Units;

public class DimensionalAnalysisTests
{
    private const string Sound = """
        function hill(x, k) x/(k + x) end
        model *m()
          compartment Body = 1; Body has dimensionless
          substanceOnly species Cells in Body, Toxin in Body
          Cells has G; Toxin has pM; Cells = 1; Toxin = 2
          Birth: => Cells; birth*Cells*(1 - Cells/capacity)
          Death: Cells => ; kill*Cells*hill(Toxin, half)
          Make: => Toxin; make*Cells - decay*Toxin
          Signal := exp(-Toxin/half)*max(Toxin, 0)
          E: at Cells > threshold && rateOf(Cells) < 0: Cells = 0
          birth = 1; birth has 1/d; capacity = 5; capacity has G; kill = 1; kill has kills/cell/d; half = 3; half has pM
          make = 2; make has pM/d/G; decay = 1; decay has /d; threshold = 2; threshold has G
        end
        """;

    private static List<string> Codes(string text)
    {
        var bag = new DiagnosticBag();
        DimensionalAnalysis.Check(Reading.Good(text), bag, strict: true);
        return [.. bag.Items.Select(i => i.Code)];
    }

    [Fact]
    public void A_sound_model_passes() => Assert.Empty(Codes(Sound));

    [Theory]
    [InlineData("birth*Cells", "birth*Toxin", "MRW3003")]
    [InlineData("(1 - Cells/capacity)", "(1 - Cells)", "MRW3006")]
    [InlineData("half has pM", "half has nM", "MRW3004")]
    [InlineData("half has pM", "half has G", "MRW3003")]
    [InlineData("make has pM/d/G", "make has pM/d", "MRW3003")]
    [InlineData("exp(-Toxin/half)", "exp(-Toxin)", "MRW3005")]
    [InlineData("Cells > threshold", "Cells > 2", "MRW3006")]
    [InlineData("Cells > threshold", "Cells > half", "MRW3003")]
    [InlineData("rateOf(Cells) < 0", "rateOf(Cells) < decay", "MRW3003")]
    [InlineData(": Cells = 0", ": Cells = 1", "MRW3006")]
    [InlineData("decay has /d", "decay has /h", "MRW3004")]
    [InlineData("decay has /d", "decay = 1", "MRW3007")]
    [InlineData("max(Toxin, 0)", "max(Toxin, Cells)", "MRW3003")]
    [InlineData("max(Toxin, 0)", "2^Toxin", "MRW3005")]
    public void A_unit_error_is_found(string from, string to, string code)
    {
        Assert.Contains(from, Sound, StringComparison.Ordinal);
        Assert.Contains(code, Codes(Sound.Replace(from, to, StringComparison.Ordinal)));
    }

    [Fact]
    public void The_message_names_both_sub_expressions_and_their_units()
    {
        var bag = new DiagnosticBag();
        DimensionalAnalysis.Check(Reading.Good(Sound.Replace("half has pM", "half has ng/mL", StringComparison.Ordinal)), bag, strict: true);

        Assert.Contains(bag.Items, i => i.What == "'k' has unit mg/L, 'x' has pmol/L" || i.What == "'k' has unit 0.001 mg/L, 'x' has pmol/L");
        Assert.Contains(bag.Items, i => i.Why.Contains("'hill(Toxin, half)'", StringComparison.Ordinal));
    }

    [Fact]
    public void A_users_model_without_units_gets_no_message()
    {
        var bag = new DiagnosticBag();
        DimensionalAnalysis.Check(Reading.Good("J: A -> B; k*A*(1 + A); A = 1; B = 2; k = 3"), bag, strict: false);
        Assert.Empty(bag.Items);
    }

    [Fact]
    public void The_unit_of_a_rule_variable_is_inferred()
    {
        Assert.Empty(Codes(Sound.Replace("E: at", "Twice := 2*Toxin; Again := Twice + half\nE: at", StringComparison.Ordinal)));
        Assert.Contains("MRW3003", Codes(Sound.Replace("E: at", "Twice := 2*Toxin; Again := Twice + capacity\nE: at", StringComparison.Ordinal)));
    }

    [Fact]
    public void A_constant_exponent_may_have_a_base_with_a_dimension()
    {
        Assert.Empty(Codes(Sound.Replace("E: at", "Surface := (Cells^2/capacity^2)^0.75 + 1\nE: at", StringComparison.Ordinal)));
    }
}

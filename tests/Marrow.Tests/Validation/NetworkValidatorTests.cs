using Marrow.Networks.Diagnostics;
using Marrow.Networks.Structure;
using Marrow.Networks.Validation;
using Marrow.Tests.Antimony;

namespace Marrow.Tests.Validation;

/// <summary>Networks that no text can give, because another reader or code makes them.</summary>
public class NetworkValidatorTests
{
    private static readonly ReactionNetwork Sound = Reading.Good("species A = 1, B = 2; J: A -> B; k*A; k = 1; x := 2*k");

    private static List<string> Codes(ReactionNetwork network)
    {
        var bag = new DiagnosticBag();
        NetworkValidator.Check(network, bag);
        return [.. bag.Items.Select(i => i.Code)];
    }

    [Fact]
    public void A_sound_network_has_no_problem() => Assert.Empty(Codes(Sound));

    [Fact]
    public void A_reaction_must_name_species()
    {
        var reaction = Sound.Reactions[0] with { Products = [new SpeciesReference("Bee", 1)] };
        Assert.Equal(["MRW2001"], Codes(Sound with { Reactions = [reaction] }));
    }

    [Fact]
    public void A_formula_must_name_what_exists()
    {
        var reaction = Sound.Reactions[0] with { KineticLaw = new NameExpression("kay", SourceSpan.None) };
        Assert.Equal(["MRW2001"], Codes(Sound with { Reactions = [reaction] }));
    }

    [Fact]
    public void A_species_must_lie_in_a_compartment() =>
        Assert.Equal(["MRW2013"], Codes(Sound with { Species = [Sound.Species[0] with { Compartment = "Nowhere" }, Sound.Species[1]] }));

    [Fact]
    public void An_identifier_stands_once() =>
        Assert.Equal(["MRW2002"], Codes(Sound with { Parameters = Sound.Parameters.Add(Sound.Parameters[0]) }));
}

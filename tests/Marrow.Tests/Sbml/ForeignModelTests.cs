using Marrow.Networks.Diagnostics;
using Marrow.Networks.Sbml;
using static Marrow.Tests.Sbml.SbmlText;

namespace Marrow.Tests.Sbml;

/// <summary>What models of other programs do although SBML forbids it, and what is made of it.</summary>
public sealed class ForeignModelTests
{
    [Fact]
    public void A_function_of_the_writing_program_is_taken_for_what_its_name_says_with_a_warning()
    {
        var text = Model("<listOfParameters><parameter id='y' constant='false'/></listOfParameters><listOfRules><assignmentRule variable='y'>"
            + Math("<apply><ci>log2</ci><cn>8</cn></apply>") + "</assignmentRule></listOfRules>");
        Assert.Equal(3, Simulate(text, "y")["y"][0], 1e-14);
        Assert.Contains("MRW1104", Warnings(text));
    }

    [Fact]
    public void A_logarithm_without_base_is_not_guessed() =>
        Assert.Contains(Refused(Model("<listOfParameters><parameter id='y' constant='false'/></listOfParameters><listOfRules><assignmentRule variable='y'>"
            + Math("<apply><ci>log</ci><cn>8</cn></apply>") + "</assignmentRule></listOfRules>")), d => d.What.Contains("'log' is no function", StringComparison.Ordinal));

    [Fact]
    public void A_rule_holds_against_the_reactions_of_its_species_with_a_warning()
    {
        var text = Model(Compartment + Species("S", "initialAmount='5'") + "<listOfParameters>" + Parameter("k", 3) + "</listOfParameters>"
            + "<listOfRules><assignmentRule variable='S'>" + Math("<ci>k</ci>") + "</assignmentRule></listOfRules>"
            + "<listOfReactions><reaction id='J' reversible='false'><listOfReactants><speciesReference species='S' stoichiometry='1' constant='true'/></listOfReactants><kineticLaw>"
            + Math("<ci>k</ci>") + "</kineticLaw></reaction></listOfReactions>");
        Assert.Equal(3, Simulate(text, "S")["S"][2]);
        Assert.Contains("MRW1105", Warnings(text));
    }

    private static List<string> Warnings(string text)
    {
        var bag = new DiagnosticBag();
        SbmlReader.ReadText(text, "model.xml", bag);
        return [.. bag.Items.Select(d => d.Code)];
    }
}

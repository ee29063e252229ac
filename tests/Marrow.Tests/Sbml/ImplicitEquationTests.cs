namespace Marrow.Tests.Sbml;

/// <summary>Fast reactions and algebraic rules, against closed forms.</summary>
public sealed class ImplicitEquationTests
{
    // The local tolerance of 1e-9 is kept at each of some hundred steps.
    private const double Tolerance = 1e-6;

    private static string Species(string id, double amount) =>
        FormattableString.Invariant($"<species id='{id}' compartment='C' initialAmount='{amount}' hasOnlySubstanceUnits='true' boundaryCondition='false' constant='false'/>");

    private static string Reaction(string id, string from, string to, string law, bool fast) =>
        $"<reaction id='{id}' reversible='true' fast='{(fast ? "true" : "false")}'><listOfReactants><speciesReference species='{from}' stoichiometry='1' constant='true'/></listOfReactants>"
        + $"<listOfProducts><speciesReference species='{to}' stoichiometry='1' constant='true'/></listOfProducts><kineticLaw>{SbmlText.Math(law)}</kineticLaw></reaction>";

    private static string Linear(double k, string a, double l, string b) =>
        FormattableString.Invariant($"<apply><minus/><apply><times/><cn>{k}</cn><ci>{a}</ci></apply><apply><times/><cn>{l}</cn><ci>{b}</ci></apply></apply>");

    private static string Model(string species, string reactions, string more = "") =>
        SbmlText.Model($"{SbmlText.Compartment}<listOfSpecies>{species}</listOfSpecies>{more}<listOfReactions>{reactions}</listOfReactions>").Replace("version2/core' level='3' version='2'", "version1/core' level='3' version='1'", StringComparison.Ordinal);

    [Fact]
    public void A_fast_reaction_is_in_equilibrium_from_the_start_on()
    {
        // A = 3 B at all times, and A + B loses B: B' = -B/4 with B(0) = 2.
        var text = Model(Species("A", 8) + Species("B", 0) + Species("D", 0), Reaction("f", "A", "B", Linear(1, "A", 3, "B"), true) + Reaction("s", "B", "D", "<ci>B</ci>", false));
        var course = SbmlText.Simulate(text, "A", "B", "D");

        for (var t = 0; t <= 2; t++)
        {
            Assert.Equal(6 * Math.Exp(-t / 4.0), course["A"][t], Tolerance);
            Assert.Equal(2 * Math.Exp(-t / 4.0), course["B"][t], Tolerance);
            Assert.Equal(8 - (8 * Math.Exp(-t / 4.0)), course["D"][t], Tolerance);
        }
    }

    [Fact]
    public void Fast_reactions_in_a_chain_and_in_a_circle_share_one_equilibrium()
    {
        var species = Species("A", 6) + Species("B", 0) + Species("D", 0);
        var chain = Reaction("f", "A", "B", Linear(1, "A", 2, "B"), true) + Reaction("g", "B", "D", Linear(1, "B", 1, "D"), true);
        // A = 2 B = 2 D.
        foreach (var reactions in new[] { chain, chain + Reaction("h", "D", "A", Linear(2, "D", 1, "A"), true) })
        {
            var course = SbmlText.Simulate(Model(species, reactions), "A", "B", "D");
            Assert.Equal([3, 1.5, 1.5], new[] { course["A"][0], course["B"][0], course["D"][0] }.Select(x => Math.Round(x, 9)));
            Assert.Equal(3, course["A"][2], Tolerance);
        }
    }

    [Fact]
    public void Of_two_equilibria_the_one_is_found_to_which_the_reaction_leads()
    {
        // k A B: without B nothing happens, with the least of it all of A is used up.
        const string law = "<apply><times/><ci>A</ci><ci>B</ci></apply>";

        Assert.Equal(0, SbmlText.Simulate(Model(Species("A", 1) + Species("B", 0.001), Reaction("f", "A", "B", law, true)), "A")["A"][0], Tolerance);
        Assert.Equal(1, SbmlText.Simulate(Model(Species("A", 1) + Species("B", 0), Reaction("f", "A", "B", law, true)), "A")["A"][2], Tolerance);
    }

    private static string Algebraic(string rules, params (string Id, double Value)[] parameters) => SbmlText.Model(
        $"<listOfParameters>{string.Concat(parameters.Select(p => SbmlText.Parameter(p.Id, p.Value, false)))}</listOfParameters><listOfRules>{rules}"
        + $"<rateRule variable='x'>{SbmlText.Number("1")}</rateRule></listOfRules>");

    private static string Rule(string formula) => $"<algebraicRule>{SbmlText.Math(formula)}</algebraicRule>";

    [Fact]
    public void An_algebraic_rule_that_is_not_linear_holds_at_all_times()
    {
        // 0 = e^y - 1 - x with x = t.
        var rule = Rule("<apply><minus/><apply><minus/><apply><exp/><ci>y</ci></apply><cn>1</cn></apply><ci>x</ci></apply>");
        var course = SbmlText.Simulate(Algebraic(rule, ("x", 0), ("y", 0.5)), "y");

        for (var t = 0; t <= 2; t++) Assert.Equal(Math.Log(1 + t), course["y"][t], Tolerance);
    }

    [Fact]
    public void Two_algebraic_rules_are_solved_together()
    {
        // y z = 4 + x and e^y + e^z = 30 + x, from values that fulfil neither.
        var rules = Rule("<apply><minus/><apply><times/><ci>y</ci><ci>z</ci></apply><apply><plus/><cn>4</cn><ci>x</ci></apply></apply>")
            + Rule("<apply><minus/><apply><plus/><apply><exp/><ci>y</ci></apply><apply><exp/><ci>z</ci></apply></apply><apply><plus/><cn>30</cn><ci>x</ci></apply></apply>");
        var course = SbmlText.Simulate(Algebraic(rules, ("x", 0), ("y", 2.3), ("z", 1.5)), "y", "z");

        for (var t = 0; t <= 2; t++)
        {
            var (y, z) = (course["y"][t], course["z"][t]);
            Assert.Equal(4 + t, y * z, Tolerance);
            Assert.Equal(30 + t, Math.Exp(y) + Math.Exp(z), 10 * Tolerance);
        }
    }

    [Fact]
    public void An_algebraic_rule_that_determines_nothing_is_refused()
    {
        var rule = Rule("<apply><minus/><apply><exp/><ci>x</ci></apply><cn>2</cn></apply>");

        Assert.Equal("MRW5923", Assert.Single(SbmlText.Refused(Algebraic(rule, ("x", 0)))).Code);
    }

    [Fact]
    public void The_rate_of_the_start_can_be_an_initial_value()
    {
        var text = SbmlText.Model(
            $"<listOfParameters>{SbmlText.Parameter("x", 0.25, false)}{SbmlText.Parameter("y", 0, false)}</listOfParameters>"
            + $"<listOfInitialAssignments><initialAssignment symbol='y'>{SbmlText.Math("<apply><csymbol encoding='text' definitionURL='http://www.sbml.org/sbml/symbols/rateOf'>r</csymbol><ci>x</ci></apply>")}</initialAssignment></listOfInitialAssignments>"
            + $"<listOfRules><rateRule variable='x'>{SbmlText.Times("x", "x")}</rateRule></listOfRules>");

        Assert.Equal(0.0625, SbmlText.Simulate(text, "y")["y"][0], Tolerance);
    }
}

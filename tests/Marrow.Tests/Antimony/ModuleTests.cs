using Marrow.Networks.Compilation;
using Marrow.Networks.Diagnostics;
using Marrow.Tests.Compilation;

namespace Marrow.Tests.Antimony;

/// <summary>Modules: conversion, deletion, clearing, overriding.</summary>
public class ModuleTests
{
    // In seconds and single cells: dies with 1 per second, and a clock of its own.
    private const string Inner = """
        model inner()
          Death: S => ; k*S
          k = 1; S = 100
          clock := time
          flux := Death
          slope := rateOf(S)
          r = 0; r' = 2
          done = 0
          E: at 6 after (time > 12): done = time
        end

        """;

    [Fact]
    public void Time_conversion_reaches_laws_rate_rules_time_and_delays()
    {
        // A minute outside is 60 seconds inside: one unit inside times 1/60 is one outside.
        var model = Inner + "model *outer() A: inner(), timeconv = c; c = 1/60 end";
        var row = Courses.Of(model, "A__S,A__clock,A__flux,A__slope,A__r,A__done", 0.05, 0.31);

        var s = 100 * Math.Exp(-3);
        Assert.Equal(s, row[0][0], 1e-5);
        Assert.Equal(3, row[0][1], 1e-9);
        Assert.Equal(s, row[0][2], 1e-5);
        Assert.Equal(-s, row[0][3], 1e-5);
        Assert.Equal(6, row[0][4], 1e-9);
        Assert.Equal(0, row[0][5]);
        Assert.Equal(12, row[1][5], 1e-6);
    }

    [Fact]
    public void Extent_conversion_multiplies_the_change_and_not_the_rate_inside()
    {
        var model = Inner + "model *outer() A: inner(), extentconv = 0.5 end";
        var row = Courses.Of(model, "A__S,A__flux", 1)[0];

        Assert.Equal(100 * Math.Exp(-0.5), row[0], 1e-5);
        Assert.Equal(row[0], row[1], 1e-9);
    }

    [Theory]
    [InlineData("A.S*1e-3 is T")]
    [InlineData("A.S is T/f")]
    public void A_synchronised_variable_is_converted_where_the_module_uses_it(string synchronisation)
    {
        var model = Inner + $"model *outer() A: inner(); {synchronisation}; f = 1e-3; var species T; twice := 2*T end";
        var row = Courses.Of(model, "T,twice,A__flux", 1)[0];

        Assert.Equal(0.1 * Math.Exp(-1), row[0], 1e-6);
        Assert.Equal(2 * row[0], row[1], 1e-12);
        Assert.Equal(1000 * row[0], row[2], 1e-9);
    }

    [Fact]
    public void Factors_of_instances_inside_instances_multiply()
    {
        var model = Inner + "model middle() B: inner(), timeconv = 2 end\nmodel *outer() A: middle(), timeconv = 3 end";

        Assert.Equal(100 * Math.Exp(-1), Courses.At(model, "A__B__S", 6), 1e-5);
    }

    [Fact]
    public void A_deletion_takes_away_what_mentions_the_member_inside_the_module()
    {
        var network = Reading.Good(Inner + "model *outer() A: inner(); delete A.Death, A.E; X: A.S => ; 0.5*A.S end");

        Assert.Equal("X", Assert.Single(network.Reactions).Id);
        Assert.Empty(network.Events);
        Assert.DoesNotContain("A__flux", network.AssignmentRules.Select(r => r.Variable));
        Assert.Contains("A__clock", network.AssignmentRules.Select(r => r.Variable));
    }

    [Fact]
    public void Deleting_an_instance_takes_all_of_it_away()
    {
        var network = Reading.Good(Inner + "model middle() B: inner(); C: inner() end\nmodel *outer() A: middle(); delete A.B end");

        Assert.All(network.Species, s => Assert.StartsWith("A__C__", s.Id, StringComparison.Ordinal));
        Assert.Single(network.Reactions);
    }

    [Fact]
    public void A_cleared_definition_can_be_replaced_by_one_of_another_kind()
    {
        var network = Reading.Good(Inner + "model *outer() A: inner(); A.clock := ; A.clock = 4; A.r' = ; A.r = ; A.r := 5 end");

        Assert.Equal("4", Reading.Text(network.Parameters.Single(p => p.Id == "A__clock").Value!));
        Assert.Equal("5", Reading.Text(network.AssignmentRules.Single(r => r.Variable == "A__r").Value));
        Assert.Empty(network.RateRules);
    }

    [Fact]
    public void A_rate_law_can_be_overridden_and_stand_apart_from_its_reaction()
    {
        var network = Reading.Good(Inner + "model *outer() A: inner(); A.Death = 3*A.S; J: A.S -> ; ; J = 2 end");

        Assert.Equal(["3*A__S", "2"], network.Reactions.Select(r => Reading.Text(r.KineticLaw)));
    }

    [Fact]
    public void Members_named_like_statistics_stay_members()
    {
        var network = Reading.Good("model inner() mean = 1; x = mean end\nmodel *outer() A: inner(); A.mean = 3; A.x.stdev = 0.1 end");

        Assert.Equal("3", Reading.Text(network.Parameters.Single(p => p.Id == "A__mean").Value!));
        Assert.Equal(("A__x", "stdev", "0.1"), (network.Uncertainties[0].Element, network.Uncertainties[0].Kind, network.Uncertainties[0].Value));
    }

    [Fact]
    public void An_SBML_file_is_refused_by_name()
    {
        var problem = Assert.Single(Reading.Problems("<?xml version=\"1.0\"?>\n<sbml/>"));

        Assert.Equal("MRW1008", problem.Code);
        Assert.Contains("SBML", problem.What, StringComparison.Ordinal);
    }

    [Fact]
    public void A_stoichiometry_follows_its_parameter()
    {
        const string text = "J: p A -> q B; 1; A = 100; B = 0; p = 2; var q = 1; at time > 1: q = 3";

        var rows = Courses.Of(text, "A,B", 1, 2);
        Assert.Equal(98, rows[0][0], 1e-6);
        Assert.Equal(4, rows[1][1], 1e-6);
        Assert.Equal(96, rows[1][0], 1e-6);
    }

    [Fact]
    public void Stochastic_simulation_takes_fixed_stoichiometries_and_refuses_others()
    {
        const string text = "substanceOnly species A = 100, B = 0; J: p A -> B; 10*A; p = 2";
        Assert.Equal([0, 50], Courses.Exact(text, "A,B", 3, 0, 100)[1]);

        var model = CompiledModel.Compile(Reading.Good(text + "; at time > 1: p = 1"), new CompileOptions());
        var problem = Assert.Throws<InputException>(() => model.Stochastic());
        Assert.Equal("MRW5908", Assert.Single(problem.Diagnostics).Code);
    }
}

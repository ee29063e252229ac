using Marrow.Cli;
using Marrow.Tests.Cli;

namespace Marrow.Tests.Malformed;

/// <summary>What runs and is hardly meant is a warning at its place, and nothing else is.</summary>
public sealed class ReviewTests(Desk desk) : IClassFixture<Desk>
{
    private const string Model = "models/diseases/toy.ant", Table = "models/diseases/toy.csv", Population = "models/experiments/populations/toy.yaml", Regimen = "studies/regimens/pill.yaml";

    private const string Care = "title: Pills\ncare:\n  - {name: rescue, when: {signal: Burden, above: 1, unit: G, kind: assumed, reason: toy}, every_hours: 6, from_day: 9, to_day: 3, give: [{name: pill, doses: [{drug: pill, amount: 20, unit: mg, route: oral, hours: 24, at_hours: [0], kind: assumed, reason: toy}]}]}";

    [Fact]
    public void Sound_inputs_get_no_warning_even_from_a_strict_check()
    {
        var result = CommandLine.Run("check", "--strict", desk.PathOf("studies/toy.yaml"), desk.PathOf(Population), desk.PathOf(Regimen), desk.PathOf("own.ant"));
        Assert.True(result.Code == ExitCode.Done, result.Output);
    }

    public static TheoryData<string, string, string, string, string> Oddities => new()
    {
        { Model, "Burden := Leuk\nM", "function idle(x) 2*x end\nBurden := Leuk\nM", "MRW2019", "function idle" },
        { Model, "Pill in Body\n", "Pill in Body, Idle in Body\nIdle has G\n", "MRW2020", "Idle in Body" },
        { Model, "Burden := Leuk\nM", "function f(rho) 2*rho end\nBurden := f(0.5)*Leuk\nM", "MRW2021", "function f" },
        { "own.ant", "k = 0.5", "k = 0.5; spare = 1", "MRW2016", "spare = 1" },
        { Table, "fixed,assumed,,,toy,a switch that does nothing", "fixed,switch,,,toy,a switch that does nothing", "MRW2022", "evasion__dummy" },
        { Population, "factors:\n", "factors:\n  idle: {law: fixed, unit: \"1\", value: 1, kind: assumed, reason: toy}\n", "MRW7014", "idle:" },
        { Regimen, "amount: 20", "amount: 500", "MRW7016", "amount" },
        { Regimen, "amount: 20, unit: mg,", "amount: 20, unit: mg/kg,", "MRW7016", "amount" },
        { Regimen, "amount: 20", "amount: 0", "MRW7016", "amount" },
        { Regimen, "[0, 7, 14, 21]", "[]", "MRW7017", "amount" },
        { Regimen, "[0, 7, 14, 21]", "[4000]", "MRW7017", "amount" },
        { Regimen, "title: Pills", Care, "MRW7017", "rescue" },
        { Regimen, "title: Pills", "title: Pills\nsettings:\n  - {parameter: rho, value: 3, unit: 1/d, kind: assumed, reason: toy}", "MRW7018", "value: 3" },
        { Regimen, "title: Pills", "title: Pills\nsettings:\n  - {parameter: rho, times: 100, unit: \"1\", kind: assumed, reason: toy}", "MRW7018", "times: 100" },
        { Regimen, "amount: 20", "scaled_by: [shield], amount: 20", "MRW7015", "amount" },
        { Regimen, "title: Pills", "title: Pills\nvalues: {spare: {law: fixed, unit: \"1\", value: 1, kind: assumed, reason: toy}}", "MRW7014", "spare" },
    };

    [Theory]
    [MemberData(nameof(Oddities))]
    public void What_is_hardly_meant_is_a_warning_at_its_place(string file, string find, string replace, string code, string near)
    {
        var text = desk.Text(file);
        Assert.Contains(find, text, StringComparison.Ordinal);
        var odd = text.Replace(find, replace, StringComparison.Ordinal);
        var hidden = code == "MRW7015" ? desk.Text(Population) : null;
        try
        {
            desk.Write(file, odd);
            if (hidden is not null) desk.Write(Population, hidden.Replace("factors:\n", "factors:\n  shield: {law: fixed, unit: \"1\", value: 1, kind: assumed, reason: toy}\n", StringComparison.Ordinal));
            var checkedFile = file == Table ? Model : file;
            var result = CommandLine.Run("check", desk.PathOf(checkedFile));
            var line = odd[..odd.IndexOf(near, StringComparison.Ordinal)].Count(c => c == '\n') + 1;
            Assert.True(result.Code == ExitCode.Done, result.Output);
            Assert.True(result.Output.Split('\n').Any(l => l.StartsWith($"{desk.PathOf(file)}:{line}:", StringComparison.Ordinal) && l.Contains($"warning {code}: ", StringComparison.Ordinal)), result.Output);
            Assert.Equal(ExitCode.WrongInput, CommandLine.Run("check", "--strict", desk.PathOf(checkedFile)).Code);
        }
        finally
        {
            desk.Write(file, text);
            if (hidden is not null) desk.Write(Population, hidden);
        }
    }

    [Theory]
    [InlineData("title: Pills", "title: Pills\nsettings:\n  - {parameter: rho, times: 1, unit: \"1\", kind: assumed, reason: a factor is no value of the table's range}")]
    [InlineData("title: Pills", "title: Pills\nvalues: {diligence: {law: fixed, unit: \"1\", value: 0.9, kind: assumed, reason: toy}}")]
    public void What_a_factor_makes_is_judged_and_what_adherence_reads_is_read(string find, string replace)
    {
        var text = desk.Text(Regimen);
        const string taken = "adherence: {share: {law: normal, location: 0, unit: \"1\", lower: 0, upper: 1, effects: [{of: diligence, slope: 1}], kind: assumed, reason: toy}}, amount: 20";
        try
        {
            var odd = text.Replace(find, replace, StringComparison.Ordinal);
            desk.Write(Regimen, replace.Contains("diligence", StringComparison.Ordinal) ? odd.Replace("amount: 20", taken, StringComparison.Ordinal) : odd);
            var result = CommandLine.Run("check", "--strict", desk.PathOf(Regimen));
            Assert.True(result.Code == ExitCode.Done, result.Output);
        }
        finally
        {
            desk.Write(Regimen, text);
        }
    }

    [Fact]
    public void A_regimen_that_patients_go_over_to_is_reviewed_like_the_first()
    {
        const string study = "studies/toy.yaml", other = "studies/regimens/other.yaml";
        var (text, pills) = (desk.Text(study), desk.Text(Regimen));
        try
        {
            desk.Write(other, pills.Replace("amount: 20", "amount: 500", StringComparison.Ordinal));
            var crossing = System.Text.RegularExpressions.Regex.Replace(text, @"regimen: (\S*)pill\.yaml", "regimen: $1pill.yaml, crossover: {regimen: $1other.yaml, on_days: [28]}");
            Assert.NotEqual(text, crossing);
            desk.Write(study, crossing);
            var result = CommandLine.Run("check", desk.PathOf(study));
            Assert.Contains($"{desk.PathOf(other)}:", result.Output, StringComparison.Ordinal);
            Assert.Contains("warning MRW7016", result.Output, StringComparison.Ordinal);
        }
        finally
        {
            desk.Write(study, text);
            File.Delete(desk.PathOf(other));
        }
    }

    [Fact]
    public void A_switch_whose_formula_cancels_out_is_dead_and_one_that_acts_is_not()
    {
        var (model, table) = (desk.Text(Model), desk.Text(Table));
        try
        {
            desk.Write(Table, table.Replace(",fixed,assumed,,,toy,a switch", ",fixed,switch,,,toy,a switch", StringComparison.Ordinal));
            Assert.DoesNotContain("evasion__shield", CommandLine.Run("check", desk.PathOf(Model)).Output, StringComparison.Ordinal);
            desk.Write(Model, model.Replace("(1 - evasion__shield*shield)", "(1 + shield*(evasion__shield - evasion__shield))", StringComparison.Ordinal));
            Assert.Contains("warning MRW2022: no reaction, rate rule, event or readout depends on switch 'evasion__shield'", CommandLine.Run("check", desk.PathOf(Model)).Output, StringComparison.Ordinal);
            desk.Write(Model, model.Replace("(1 - evasion__shield*shield)", "(1 + shield*max(0, evasion__shield - 1))", StringComparison.Ordinal));
            Assert.Contains("warning MRW2022: switch 'evasion__shield' changes no rate", CommandLine.Run("check", desk.PathOf(Model)).Output, StringComparison.Ordinal);
        }
        finally
        {
            desk.Write(Model, model);
            desk.Write(Table, table);
        }
    }

    [Fact]
    public void A_drug_that_no_readout_depends_on_is_named_where_it_is_given()
    {
        var model = desk.Text(Model);
        try
        {
            desk.Write(Model, model.Replace("drug__pill__kill*hPill*Pill*Leuk", "drug__pill__kill*kKill*Leuk", StringComparison.Ordinal));
            var result = CommandLine.Run("check", desk.PathOf("studies/toy.yaml"));
            Assert.Contains("warning MRW7017: no readout depends on pill", result.Output, StringComparison.Ordinal);
        }
        finally
        {
            desk.Write(Model, model);
        }
    }
}

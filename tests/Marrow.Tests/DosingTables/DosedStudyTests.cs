using System.Globalization;
using Marrow.Cli;
using Marrow.Networks.Diagnostics;
using Marrow.Tests.Cli;
using Marrow.Trials.Experiments;
using Marrow.Trials.Studies;

namespace Marrow.Tests.DosingTables;

/// <summary>Studies whose patients get the doses of a table, against closed forms of a drug with linear kinetics, for amounts of about 20 mg.
/// Solver's tolerance 1e-9 a step, some hundred steps: together below 1e-6 of the amount. All times are multiples of 2^-20 d, so that none is
/// rounded.</summary>
public sealed class DosedStudyTests
{
    private const double Near = 20e-6;
    private const double K = 0.5;
    private const string Header = "ID,TIME,AMT,TINF,CMT,EVID,ADDL,II,DV\n";

    /// <summary>Amount a time after the start of an infusion.</summary>
    private static double Drip(double rate, double length, double t, double k = K) =>
        t < 0 ? 0 : rate / k * (1 - Math.Exp(-k * Math.Min(t, length))) * Math.Exp(-k * Math.Max(0, t - length));

    private static double Shot(double amount, double t) => t < 0 ? 0 : amount * Math.Exp(-K * t);

    private static double Number(string cell) => double.Parse(cell, CultureInfo.InvariantCulture);

    /// <summary>Simulated values of a patient in the first arm.</summary>
    private static double[] Of(string[][] rows, int patient) => [.. rows.Where(r => r[1] == "Given" && Number(r[0]) == patient).Select(r => Number(r[6]))];

    private static void Close(double[] expected, double[] found)
    {
        Assert.Equal(expected.Length, found.Length);
        for (var i = 0; i < expected.Length; i++) Assert.InRange(found[i], expected[i] - Near, expected[i] + Near);
    }

    [Fact]
    public void Patients_get_doses_infusions_and_covariates_of_their_individuals_and_what_was_measured_stands_beside()
    {
        using var toy = new DosedToy("""
            ID,TIME,AMT,TINF,CMT,EVID,ADDL,II,DV,kPill,SEX
            a,0,10,.,1,1,1,48,.,.,F
            a,24,.,.,.,0,.,.,11.9,.,F
            a,60,.,.,.,0,.,.,.,.,F
            b,0,24,12,2,1,.,.,.,0.25,M
            b,24,.,.,.,0,.,.,39.5,.,M
            b,36,.,.,.,2,.,.,.,1,M
            b,60,.,.,.,0,.,.,15,.,M
            """);
        var rows = toy.Run();
        var first = Drip(48, 0.5, 1, 0.25);
        foreach (var patient in new[] { 0, 2, 4 }) Close([Shot(20, 1), Shot(20, 2.5) + Shot(20, 0.5)], Of(rows, patient));
        foreach (var patient in new[] { 1, 3, 5 }) Close([first, first * Math.Exp(-(0.25 * 0.5) - 1)], Of(rows, patient));
        Assert.Equal(["11.9", "", "39.5", "15"], rows.Where(r => r[1] == "Given").Take(4).Select(r => r[11]));
        Assert.Equal(["0,shot,10,mg", "2,shot,10,mg"], toy.Rows("doses.csv").Where(r => r[0] == "Given" && r[1] == "0").Select(r => string.Join(',', r[2..6])));
        Assert.Equal(["a", "b", "a", "b", "a", "b"], toy.Rows("dosed_individuals.csv").Take(6).Select(r => r[3]));
    }

    [Fact]
    public void Bioavailability_and_lag_of_columns_and_modelled_durations_hold_for_studies_too()
    {
        using var toy = new DosedToy("""
            ID,TIME,AMT,RATE,CMT,EVID,F_shot,ALAG_shot,D_pill
            1,0,10,0,1,1,0.5,0.25,.
            1,1,.,.,.,0,.,.,.
            1,4,24,-2,2,1,.,.,2
            1,5,.,.,.,0,.,.,.
            1,7,24,12,3,1,.,.,.
            1,8,.,.,.,0,.,.,.
            """, "time_unit: days");
        double At(double t) => Shot(10, t - 0.25) + Drip(12, 2, t - 4) + Drip(12, 2, t - 7);
        Close([At(1), At(5), At(8)], Of(toy.Run(), 3));
    }

    [Fact]
    public void What_the_model_says_of_a_drug_or_its_input_holds_for_doses_of_a_table()
    {
        using var toy = new DosedToy(Header + "1,0,24,12,2,1,.,.,.\n1,48,.,.,.,0,.,.,1\n");
        // shield is 0.6, and 0.5/kPill one day.
        toy.Model("F_pill := shield\nALAG_RatePill := 0.5/kPill");
        Close([Drip(0.6 * 48, 0.5, 1)], Of(toy.Run(), 0));
    }

    [Fact]
    public void An_observation_after_a_dose_of_its_time_sees_it_and_one_before_does_not()
    {
        using var toy = new DosedToy(Header + "1,0,10,.,1,1,1,96,.\n1,48,.,.,.,0,.,.,1\n1,48,20,.,1,1,.,.,.\n1,48,.,.,.,0,.,.,2\n1,96,.,.,.,0,.,.,3\n");
        // The second of the first doses is due from before, at 96.
        Close([Shot(20, 2), Shot(20, 2) + 40, Shot(20, 4) + Shot(40, 2) + 20], Of(toy.Run(), 0));
    }

    [Fact]
    public void Further_doses_and_arrivals_after_a_lag_come_before_the_rows_of_their_time()
    {
        // At 48 h a further dose of 10 and the one of 5 that was given at 42 h arrive; then an observation, a dose of 20, and an observation.
        using var toy = new DosedToy("""
            ID,TIME,AMT,CMT,EVID,ADDL,II,ALAG_shot
            1,0,10,1,1,1,48,0
            1,42,5,1,1,.,.,6
            1,42,.,.,0,.,.,0
            1,48,.,.,0,.,.,.
            1,48,20,1,1,.,.,.
            1,48,.,.,0,.,.,.
            """);
        Close([Shot(20, 1.75), Shot(20, 2) + 30, Shot(20, 2) + 70], Of(toy.Run(), 0));
    }

    [Theory]
    [InlineData("hours", 24)]
    [InlineData("days", 1)]
    [InlineData("minutes", 1440)]
    public void Columns_of_lags_durations_and_rates_are_in_the_units_of_the_table(string unit, int day)
    {
        // A shot of 20 in the model after a quarter of a day; 24 mg over 2 d; 24 mg of a shot, 48 in the model, at 6 mg/d: 12 a day over 4 d.
        string Time(double days) => (days * day).ToString(CultureInfo.InvariantCulture);
        using var toy = new DosedToy($"""
            ID,TIME,AMT,RATE,CMT,EVID,ALAG1,D_pill,R_shot
            1,0,10,0,1,1,{Time(0.25)},.,.
            1,{Time(1)},.,.,.,0,.,.,.
            1,{Time(4)},24,-2,2,1,0,{Time(2)},.
            1,{Time(5)},.,.,.,0,.,.,.
            1,{Time(7)},24,-1,1,1,0,.,{(6.0 / day).ToString("R", CultureInfo.InvariantCulture)}
            1,{Time(8)},.,.,.,0,.,.,.
            1,{Time(12)},.,.,.,0,.,.,.
            """, "time_unit: " + unit);
        double At(double t) => Shot(20, t - 0.25) + Drip(12, 2, t - 4) + Drip(12, 4, t - 7);
        Close([At(1), At(5), At(8), At(12)], Of(toy.Run(), 3));
    }

    [Theory]
    [InlineData("time_unit: hours, patients: in_turn", "5", "7", "5")]
    [InlineData("time_unit: hours, patients: id", "", "", "")]
    public void Patients_are_assigned_as_the_regimen_says(string section, params string[] firstThree)
    {
        using var toy = new DosedToy(Header + "5,0,10,.,1,1,.,.,.\n5,24,.,.,.,0,.,.,1\n7,0,20,.,1,1,.,.,.\n7,24,.,.,.,0,.,.,1\n", section.Replace(", ", "\n  ", StringComparison.Ordinal));
        var rows = toy.Run();
        var individuals = toy.Rows("dosed_individuals.csv");
        Assert.Equal(firstThree, individuals.Take(3).Select(r => r[3]));
        if (!section.Contains("id", StringComparison.Ordinal)) return;
        Assert.Equal("5", individuals[5][3]);
        Assert.Empty(Of(rows, 0));
        Close([Shot(20, 1)], Of(rows, 5));
    }

    [Fact]
    public void Individuals_drawn_at_random_are_the_same_in_all_arms_and_as_frequent_as_they_should_be()
    {
        using var toy = new DosedToy(Header + "a,0,10,.,1,1,.,.,.\na,24,.,.,.,0,.,.,1\nb,0,20,.,1,1,.,.,.\nb,24,.,.,.,0,.,.,1\n", "time_unit: hours\n  patients: random");
        toy.Run();
        var individuals = toy.Rows("dosed_individuals.csv");
        Assert.Equal(individuals.Take(6).Select(r => r[3]), individuals.Skip(6).Select(r => r[3]));
        var bag = new DiagnosticBag();
        var table = StudyLoader.Load(toy.Study, bag)!.Arms[0].Regimen.Table!;
        // Four standard deviations of a binomial law of 1,000 fair draws: 2 sqrt(1000).
        Assert.InRange(Enumerable.Range(0, 1000).Count(i => table.Of(new Trials.Patients.PatientRandom(1, i))!.Id == "a"), 500 - 64, 500 + 64);
    }

    [Fact]
    public void Tables_are_the_same_on_two_threads_and_after_a_resumption()
    {
        using var toy = new DosedToy(Header + "a,0,10,.,1,1,3,24,.\na,36,.,.,.,0,.,.,1\nb,0,20,6,2,1,.,.,.\nb,24,.,.,.,0,.,.,1\n", "time_unit: hours\n  patients: random");
        string[] tables = ["observations.csv", "doses.csv", "dosed_individuals.csv", "outcomes.csv"];
        toy.Run(folder: "one");
        toy.Run(folder: "two", threads: 2);
        toy.Run(folder: "again");
        var journal = Path.Combine(toy.Folder("again"), Journal.FileName);
        File.WriteAllLines(journal, File.ReadAllLines(journal).SkipLast(3));
        foreach (var table in tables) File.Delete(Path.Combine(toy.Folder("again"), table));
        toy.Run(folder: "again", resume: true);
        foreach (var table in tables)
        {
            var expected = File.ReadAllBytes(Path.Combine(toy.Folder("one"), table));
            Assert.Equal(expected, File.ReadAllBytes(Path.Combine(toy.Folder("two"), table)));
            Assert.Equal(expected, File.ReadAllBytes(Path.Combine(toy.Folder("again"), table)));
        }
    }

    [Fact]
    public void Planned_doses_and_those_of_a_table_add_up()
    {
        using var toy = new DosedToy(Header + "1,0,10,.,1,1,.,.,.\n1,48,.,.,.,0,.,.,1\n",
            more: "doses:\n  - {drug: pill, amount: 24, unit: mg, route: oral, hours: 24, days: [1], kind: assumed, reason: toy}\n");
        Close([Shot(20, 2) + Drip(24, 1, 1)], Of(toy.Run(), 0));
    }

    [Fact]
    public void A_dose_that_cannot_be_given_fails_its_patient_and_says_which()
    {
        using var toy = new DosedToy("ID,TIME,AMT,CMT,EVID,F_shot\na,0,10,1,1,-1\nb,0,10,1,1,1\nb,24,.,.,0,.\n");
        var failed = toy.Run("failed.csv");
        Assert.Equal(["0", "2", "4"], failed.Select(r => r[0]).Distinct());
        Assert.Contains("line 2 into shot", File.ReadAllText(Path.Combine(toy.Folder("run"), "failed.csv")), StringComparison.Ordinal);
    }

    [Fact]
    public void A_dose_that_cannot_be_given_names_the_column_that_was_read()
    {
        using var toy = new DosedToy("ID,TIME,AMT,CMT,EVID,F1\na,0,10,1,1,-1\na,24,.,.,0,.\n");
        toy.Run("failed.csv");
        var failed = File.ReadAllText(Path.Combine(toy.Folder("run"), "failed.csv"));
        Assert.Contains("look at F1", failed, StringComparison.Ordinal);
        Assert.DoesNotContain("F_shot", failed, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("1,0,10,.,4,1,.,.,.", "MRW9306", "given.csv:2:10: error")]
    [InlineData("1,0,10,.,2,1,.,.,.", "MRW9305", "infused")]
    [InlineData("1,0,10,.,1,4,.,.,.", "MRW5960", "EVID 4")]
    [InlineData("1,0,10,.,1,1,x,.,.", "MRW9303", "ADDL")]
    [InlineData("1,8:00,10,.,1,1,.,.,.", "MRW7012", "hours")]
    public void What_a_table_cannot_mean_in_a_study_is_said_with_its_place(string row, string code, string word)
    {
        using var toy = new DosedToy($"{Header}{row}\n1,24,.,.,.,0,.,.,1\n", "time_unit: days");
        var problem = Assert.Single(toy.Problems());
        Assert.Equal(code, problem.Code);
        Assert.Contains(word, problem.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("patients: id", "a", "MRW9303")]
    [InlineData("patients: id", "1.5", "MRW9303")]
    [InlineData("patients: chance", "1", "MRW7007")]
    public void Who_is_nobody_is_said(string section, string id, string code)
    {
        using var toy = new DosedToy($"{Header}{id},0,10,.,1,1,.,.,.\n{id},24,.,.,.,0,.,.,1\n", "time_unit: hours\n  " + section);
        Assert.Equal([code], toy.Problems().Select(p => p.Code).Distinct());
    }

    [Theory]
    [InlineData("9,0,10,.,1,1,.,.,.", "no patient 9")]
    [InlineData("1,900,10,.,1,1,.,.,.", null)]
    public void Individuals_that_nobody_is_are_warned_of(string row, string? warning)
    {
        using var toy = new DosedToy($"{Header}{row}\n", "time_unit: hours\n  patients: id", observed: "days: [1]");
        var check = CommandLine.Run("check", toy.Study);
        Assert.Equal(ExitCode.Done, check.Code);
        if (warning is null) Assert.DoesNotContain("given.csv", check.Output + check.Error, StringComparison.Ordinal);
        else Assert.Contains(warning, check.Output + check.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("BlastShare", "MRW9305")]
    [InlineData("SEX", "MRW9307")]
    [InlineData("kPill", null)]
    public void Columns_set_plain_parameters_only(string column, string? code)
    {
        using var toy = new DosedToy($"ID,TIME,AMT,CMT,EVID,{column}\n1,0,10,1,1,1\n1,24,.,.,0,1\n");
        Assert.Equal(code is null ? [] : [code], toy.Problems().Select(p => p.Code).Distinct());
    }

    [Theory]
    [InlineData("at: dosing_table, cmt: 9", "MRW7012")]
    [InlineData("at: visits, cmt: 1", "MRW7012")]
    [InlineData("at: dosing_table, cmt: 1", null)]
    [InlineData("at: dosing_tables", "MRW7007")]
    public void Observations_at_a_table_are_checked(string observed, string? code)
    {
        using var toy = new DosedToy("ID,TIME,AMT,CMT,EVID\n1,0,10,1,1\n1,24,.,1,0\n", observed: observed);
        Assert.Equal(code is null ? [] : [code], toy.Problems().Select(p => p.Code));
    }

    [Fact]
    public void Nobody_goes_over_to_a_table()
    {
        using var toy = new DosedToy("ID,TIME,AMT,CMT,EVID\n1,0,10,1,1\n1,24,.,1,0\n", observed: "days: [1]");
        File.WriteAllText(toy.Study, File.ReadAllText(toy.Study).Replace("{name: Again, regimen: regimens/dosed.yaml}", "{name: Over, regimen: regimens/pill.yaml, crossover: {regimen: regimens/dosed.yaml, on_days: [7]}}", StringComparison.Ordinal));
        var problem = Assert.Single(toy.Problems());
        Assert.Equal("MRW7012", problem.Code);
        Assert.Contains("gone over to", problem.What, StringComparison.Ordinal);
    }

    [Fact]
    public void Tables_of_effects_say_that_they_cannot_use_the_regimen()
    {
        using var toy = new DosedToy("ID,TIME,AMT,CMT,EVID\n1,0,10,1,1\n1,24,.,1,0\n");
        var bag = new DiagnosticBag();
        var model = CohortModel.Load(CohortFiles.InRepository(toy.Folder("."), "toy"), bag);
        Assert.Empty(bag.Items);
        Assert.Null(model!.Regimen("dosed"));
        Assert.Contains("which only studies do", model.WhyNot("dosed"), StringComparison.Ordinal);
        Assert.NotNull(model.Regimen("pill"));
    }

    [Fact]
    public void Observations_at_a_table_need_one()
    {
        using var toy = new DosedToy("ID,TIME,AMT,CMT,EVID\n1,0,10,1,1\n1,24,.,1,0\n");
        File.WriteAllText(toy.Study, File.ReadAllText(toy.Study).Replace("regimens/dosed.yaml", "regimens/pill.yaml", StringComparison.Ordinal));
        Assert.Equal("MRW7012", Assert.Single(toy.Problems()).Code);
    }

    [Fact]
    public void Study_regimen_and_table_are_checked_and_run_on_the_command_line()
    {
        using var toy = new DosedToy(Header + "a,0,10,.,1,1,.,.,.\na,24,.,.,.,0,.,.,1\n");
        Assert.Equal(ExitCode.Done, CommandLine.Run("check", toy.Study, toy.Regimen, toy.Table).Code);
        var run = CommandLine.Run("run", toy.Study, "--out", toy.Folder("cli"));
        Assert.Equal(ExitCode.Done, run.Code);
        Assert.Contains("all patients get the doses of the one individual of given.csv", run.Output, StringComparison.Ordinal);
        Close([Shot(20, 1)], Of(toy.Rows("observations.csv", "cli"), 0));
        File.WriteAllText(toy.Table, Header + "a,0,10,.,8,1,.,.,.\na,24,.,.,.,0,.,.,1\n");
        foreach (var file in new[] { toy.Study, toy.Regimen, toy.Table })
        {
            var broken = CommandLine.Run("check", file);
            Assert.Contains("given.csv:2:10: error MRW9306", broken.Output + broken.Error, StringComparison.Ordinal);
            Assert.Equal(ExitCode.WrongInput, broken.Code);
        }
    }
}

using Marrow.Networks.Diagnostics;
using Marrow.Numerics.Ode;
using Marrow.Tests.Antimony;
using Marrow.Tests.Cli;
using Marrow.Trials.DosingTables;

namespace Marrow.Tests.DosingTables;

/// <summary>Dosing tables against closed forms of linear models, for amounts of about 100. A solution's error is some hundred times the
/// tolerance of a step, 1e-10, a steady state's that of its last doses too: together below 1e-7 of the amount.</summary>
public sealed class DosingTableTests
{
    private const double Near = 1e-7;
    private const double Ka = 1.2, Ke = 0.3;
    private const string Oral = """
        compartment Body = 1; substanceOnly species Gut in Body, Blood in Body
        ka = 1.2; ke = 0.3; V = 10; Cp := Blood/V
        Absorb: Gut => Blood; ka*Gut
        Clear: Blood => ; ke*Blood
        """;

    private static IReadOnlyList<DosedRow> Run(string model, string csv, string names = "Blood", double[]? times = null, int threads = 1, double tolerance = 1e-10)
    {
        var bag = new DiagnosticBag();
        var table = DosingTable.ReadText(csv, "doses.csv", bag);
        Assert.False(bag.HasErrors, string.Join('\n', bag.Items));
        var simulation = DosedSimulation.Prepare(Reading.Good(model), names.Split(','), table!, bag);
        Assert.False(bag.HasErrors, string.Join('\n', bag.Items));
        var result = simulation!.Run(times ?? [], new StepperOptions { RelativeTolerance = tolerance, AbsoluteTolerance = tolerance / 100 }, threads);
        Assert.Empty(result.Failures);
        return result.Rows;
    }

    /// <summary>Amount in blood a time after one dose by mouth.</summary>
    private static double Mouth(double dose, double t) => t < 0 ? 0 : dose * Ka / (Ka - Ke) * (Math.Exp(-Ke * t) - Math.Exp(-Ka * t));

    /// <summary>Amount in blood a time after the start of an infusion.</summary>
    private static double Drip(double rate, double length, double t) =>
        t < 0 ? 0 : rate / Ke * (1 - Math.Exp(-Ke * Math.Min(t, length))) * Math.Exp(-Ke * Math.Max(0, t - length));

    private static void Close(IReadOnlyList<double> expected, IReadOnlyList<DosedRow> rows)
    {
        Assert.Equal(expected.Count, rows.Count);
        for (var i = 0; i < expected.Count; i++) Assert.InRange(rows[i].Values[0], expected[i] - (Near * 100), expected[i] + (Near * 100));
    }

    [Fact]
    public void A_dose_by_mouth_has_its_lag_and_its_bioavailability()
    {
        var rows = Run(Oral + "\nF_Gut = 0.6; ALAG_Gut = 0.75", """
            ID,TIME,AMT,CMT,EVID,DV
            1,0,100,Gut,1,.
            1,0.5,.,.,0,0
            1,2,.,.,0,31.5
            1,8,.,.,0,.
            """);
        Close([0, Mouth(60, 1.25), Mouth(60, 7.25)], rows);
        Assert.Equal([0, 31.5, null], rows.Select(r => r.Observed));
    }

    [Theory]
    [InlineData("RATE", "25", 4, 25)]
    [InlineData("TINF", "4", 4, 25)]
    public void An_infusion_lasts_as_long_as_its_rate_or_duration_says(string column, string value, double length, double rate)
    {
        var rows = Run(Oral, $"ID,TIME,AMT,{column},CMT,EVID\n1,0,100,{value},Blood,1\n1,1,.,.,.,0\n1,4,.,.,.,0\n1,9,.,.,.,0");
        Close([Drip(rate, length, 1), Drip(rate, length, 4), Drip(rate, length, 9)], rows);
    }

    [Fact]
    public void Bioavailability_shortens_a_given_rate_and_lowers_that_of_a_given_duration()
    {
        var model = Oral + "\nF_Blood = 0.5";
        Close([Drip(25, 2, 3)], Run(model, "ID,TIME,AMT,RATE,CMT,EVID\n1,0,100,25,Blood,1\n1,3,.,.,.,0"));
        Close([Drip(12.5, 4, 3)], Run(model, "ID,TIME,AMT,TINF,CMT,EVID\n1,0,100,4,Blood,1\n1,3,.,.,.,0"));
    }

    [Theory]
    [InlineData("R_Blood = 20", "-1", "Blood", 5)]
    [InlineData("D_Blood = 2.5", "-2", "Blood", 2.5)]
    [InlineData("D2 = 2.5", "-2", "2", 2.5)]
    public void A_modelled_infusion_takes_rate_or_duration_from_a_parameter(string parameter, string rate, string compartment, double length) =>
        Close([Drip(100 / length, length, 1), Drip(100 / length, length, 6)], Run($"{Oral}\n{parameter}", $"ID,TIME,AMT,RATE,CMT\n1,0,100,{rate},{compartment}\n1,1,.,.,.\n1,6,.,.,."));

    [Theory]
    [InlineData(8, 0)]
    [InlineData(1.5, 0.5)]
    public void A_steady_state_by_mouth_is_the_sum_of_all_earlier_doses(double interval, double lag)
    {
        // Superposition of doses at -n II, n = 0, 1, ...: each exponential becomes a geometric series.
        double Sum(double t) => 100 * Ka / (Ka - Ke) * ((Math.Exp(-Ke * t) / (1 - Math.Exp(-Ke * interval))) - (Math.Exp(-Ka * t) / (1 - Math.Exp(-Ka * interval))));
        var rows = Run($"{Oral}\nALAG_Gut = {lag}", $"ID,TIME,AMT,CMT,EVID,SS,II\n1,0,100,Gut,1,1,{interval}\n1,0,.,.,0,.,.\n1,1,.,.,0,.,.\n1,12,.,.,0,.,.");
        double After(double t) => t < lag ? Sum(t - lag + interval) : Sum(t - lag);
        Close([After(0), After(1), After(12)], rows);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    public void A_slow_state_beside_a_fast_one_has_settled_too(int steady)
    {
        const double ke = 0.75, slow = 5e-4, interval = 12;
        const string model = """
            compartment Body = 1; substanceOnly species A in Body, R in Body; R = 1
            Clear: A => ; 0.75*A
            Make: => R; 5e-4*(1 + 0.01*A)
            Lose: R => ; 5e-4*R
            """;
        var rows = Run(model, FormattableString.Invariant($"ID,TIME,AMT,CMT,EVID,SS,II\n1,0,100,A,1,{steady},{interval}\n1,0,.,.,0,.,.\n1,{interval},.,.,0,.,."), "R", tolerance: 1e-6);
        // Between doses A/100 = a e^(-ke t) with a = 1/(1 - e^(-ke II)), and r = R - 1 obeys r' = k (A/100 - r) and returns to where it was.
        double fast = Math.Exp(-ke * interval), rest = Math.Exp(-slow * interval);
        var expected = 1 + (slow / (1 - fast) * (fast - rest) / ((slow - ke) * (1 - rest)));
        Close([expected, expected], rows);
    }

    [Fact]
    public void Infusions_longer_than_their_interval_overlap_in_the_steady_state()
    {
        // Rate 10 for 5, every 2: at time t after a dose the infusions of t, t + 2, t + 4, ... ago.
        double Sum(double t) => Enumerable.Range(0, 200).Sum(n => Drip(10, 5, t + (2 * n)));
        var rows = Run(Oral, "ID,TIME,AMT,RATE,CMT,EVID,SS,II\n1,3,50,10,Blood,1,1,2\n1,3,.,.,.,0,.,.\n1,4,.,.,.,0,.,.\n1,30,.,.,.,0,.,.");
        Close([Sum(2), Sum(1), Sum(27)], rows);
    }

    [Fact]
    public void SS_2_adds_a_steady_state_to_what_is_there()
    {
        double Sum(double t) => 40 * Math.Exp(-Ke * t) / (1 - Math.Exp(-Ke * 6));
        var rows = Run(Oral, "ID,TIME,AMT,CMT,EVID,SS,II\n1,0,100,Blood,1,.,.\n1,2,40,Blood,1,2,6\n1,5,.,.,0,.,.");
        Close([(100 * Math.Exp(-Ke * 5)) + Sum(3)], rows);
    }

    [Fact]
    public void Additional_doses_are_as_if_they_stood_in_rows()
    {
        const string observed = "1,3,.,.,0,.,.\n1,13,.,.,0,.,.\n1,30,.,.,0,.,.";
        var brief = Run(Oral, $"ID,TIME,AMT,CMT,EVID,ADDL,II\n1,0,100,Gut,1,3,8\n{observed}");
        var whole = Run(Oral, $"ID,TIME,AMT,CMT,EVID,ADDL,II\n1,0,100,1,1,.,.\n1,3,.,.,0,.,.\n1,8,100,1,1,.,.\n1,13,.,.,0,.,.\n1,16,100,1,1,.,.\n1,24,100,1,1,.,.\n1,30,.,.,0,.,.");
        Close([Mouth(100, 3), Mouth(100, 13) + Mouth(100, 5), Enumerable.Range(0, 4).Sum(k => Mouth(100, 30 - (8 * k)))], brief);
        Close([.. whole.Select(r => r.Values[0])], brief);
    }

    [Theory]
    [InlineData(3, 0)]
    [InlineData(4, 50)]
    public void A_reset_forgets_amounts_infusions_and_doses_to_come(int evid, double again)
    {
        var rows = Run(Oral, $"ID,TIME,AMT,RATE,CMT,EVID,ADDL,II\n1,0,100,10,Blood,1,5,4\n1,1,100,.,Gut,1,.,.\n1,2,{(again > 0 ? "50" : ".")},.,Gut,{evid},.,.\n1,7,.,.,.,0,.,.");
        Close([again > 0 ? Mouth(again, 5) : 0], rows);
    }

    [Fact]
    public void Covariates_set_parameters_from_their_row_on()
    {
        var rows = Run(Oral, "ID,TIME,AMT,CMT,EVID,KE,SEX\n1,0,100,Blood,1,0.5,F\n1,2,.,.,2,0.1,F\n1,5,.,.,0,.,F\n2,0,100,Blood,1,.,M\n2,5,.,.,0,.,M");
        Close([100 * Math.Exp(-1.3), 100 * Math.Exp(-1.5)], rows);
    }

    [Fact]
    public void Columns_give_lag_and_bioavailability_to_each_dose()
    {
        var rows = Run(Oral, "ID,TIME,AMT,CMT,EVID,F_Blood,ALAG_Blood\n1,0,100,Blood,1,0.5,1\n1,4,100,Blood,1,0.25,.\n1,8,.,.,0,.,.");
        Close([(50 * Math.Exp(-Ke * 7)) + (25 * Math.Exp(-Ke * 3))], rows);
    }

    [Fact]
    public void Concentrations_and_variables_with_rate_rules_take_amounts_too()
    {
        Close([100 * Math.Exp(-1)], Run("A = 0; A' = -0.5*A", "ID,TIME,AMT,CMT\n1,0,100,A\n1,2,.,.", "A"));
        // An infusion of 10 a time into 4 volumes, and a loss of 0.5 of the concentration.
        Close([2.5 / 0.5 * (1 - Math.Exp(-1))], Run("compartment V = 4; species C in V; C = 0; C' = -0.5*C", "ID,TIME,AMT,RATE,CMT\n1,0,100,10,C\n1,2,.,.,.", "C"));
    }

    [Fact]
    public void Times_asked_for_come_after_the_doses_of_that_time()
    {
        var rows = Run(Oral, "ID,TIME,AMT,CMT\n1,1,100,Blood", times: [0, 1, 2]);
        Assert.Equal([0.0, 1, 2], rows.Select(r => r.Time));
        Close([0, 100, 100 * Math.Exp(-Ke)], rows);
    }

    [Fact]
    public void Individuals_have_the_same_bits_alone_and_together()
    {
        string Rows(int id) => $"{id},0,{50 + id},Gut,1,3,8\n{id},5,.,.,0,.,.\n{id},20.5,.,.,0,.,.\n";
        const string header = "ID,TIME,AMT,CMT,EVID,ADDL,II\n";
        var together = Run(Oral, header + string.Concat(Enumerable.Range(1, 20).Select(Rows)), threads: 2);
        Assert.Equal(40, together.Count);
        Assert.Equal(Run(Oral, header + Rows(13)).Select(r => r.Values[0]), together.Where(r => r.Id == "13").Select(r => r.Values[0]));
    }

    [Fact]
    public void Every_problem_of_a_table_is_reported_at_once_with_its_place()
    {
        var bag = new DiagnosticBag();
        Assert.Null(DosingTable.ReadText("""
            # doses of a study
            id,time,amt,rate,cmt,evid,addl,ii,ss
            1,0,abc,.,1,1,.,.,.
            1,2,100,.,1,1,3,.,.
            1,1,100,.,1,1,.,.,.
            2,0,100,-3,1,1,.,.,.
            1,5,.,.,.,0,.,.,.
            3,10:75,100,.,1,1,.,.,.
            3,12,100,.,1,0,.,.,.
            3,13,.,.,1,7,.,.,.
            3,14,.,.,1,1
            """, "doses.csv", bag));
        string[] wanted = ["3:5: error MRW9303", "4:17: error MRW9305", "5:3: error MRW9304", "6:9: error MRW9305", "7:1: error MRW9304", "8:3: error MRW9303", "9:6: error MRW9305", "10:12: error MRW9303", "11:1: error MRW9301"];
        var messages = bag.Items.Select(d => d.ToString()).ToList();
        Assert.All(wanted, w => Assert.Contains(messages, m => m.StartsWith($"doses.csv:{w}", StringComparison.Ordinal)));
    }

    [Theory]
    [InlineData("ID,TIME,AMT,CMT\n1,0,1,Gutt", "MRW9306", "Gut")]
    [InlineData("ID,TIME,AMT,CMT\n1,0,1,3", "MRW9306", "1 to 2")]
    [InlineData("ID,TIME,AMT,RATE,CMT\n1,0,1,-1,Gut", "MRW9308", "R_Gut")]
    [InlineData("ID,TIME,AMT,CMT,ke\n1,0,1,Gut,x", "MRW9303", "'x'")]
    [InlineData("ID,TIME,AMT,CMT,Cp\n1,0,1,Gut,3", "MRW9305", "rule")]
    public void What_does_not_fit_the_model_is_said(string csv, string code, string word)
    {
        var bag = new DiagnosticBag();
        var table = DosingTable.ReadText(csv, "doses.csv", bag)!;
        Assert.Null(DosedSimulation.Prepare(Reading.Good(Oral), ["Blood"], table, bag));
        Assert.Contains(bag.Items, d => d.Code == code && d.ToString().Contains(word, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("ID,TIME,AMT,CMT,EVID\n1,0,1,-1,1")]
    [InlineData("ID,CONT,TIME,AMT\n1,1,0,1")]
    public void What_is_not_supported_is_refused_by_name(string csv)
    {
        var bag = new DiagnosticBag();
        Assert.Null(DosingTable.ReadText(csv, "doses.csv", bag));
        Assert.All(bag.Items, d => Assert.Equal("MRW5960", d.Code));
    }

    [Theory]
    [InlineData("1,0,.,6,Blood,1,1", 20)]
    [InlineData("1,0,0,-1,Blood,1,1", 10)]
    [InlineData("1,0,0,.,Blood,1,1", 0)]
    [InlineData("1,0,0,6,Blood,1,3", 20)]
    public void An_infusion_without_beginning_leaves_its_state_of_rest_and_ends_at_its_row(string row, double rest)
    {
        // R = ke A at rest: 6 / 0.3. From then on the drug leaves.
        var rows = Run($"{Oral}\nR_Blood = 3", $"ID,TIME,AMT,RATE,CMT,EVID,SS\n1,-1,50,.,Gut,1,.\n{row}\n1,0,.,.,.,0,.\n1,4,.,.,.,0,.");
        Close([rest, rest * Math.Exp(-Ke * 4)], rows);
    }

    [Fact]
    public void The_state_of_rest_is_that_of_the_whole_model_and_SS_2_adds_it()
    {
        // Into the gut: all of it passes through blood, ke A = ka G = R.
        const string endless = "ID,TIME,AMT,RATE,CMT,EVID,SS\n1,0,0,6,Gut,1,1\n1,0,.,.,.,0,.";
        Close([6 / Ke, 6 / Ka], [.. Run(Oral, endless), .. Run(Oral, endless, "Gut")]);
        Close([(100 * Math.Exp(-Ke * 2)) + 20], Run(Oral, "ID,TIME,AMT,RATE,CMT,EVID,SS\n1,0,100,.,Blood,1,.\n1,2,0,6,Blood,1,2\n1,2,.,.,.,0,."));
    }

    [Fact]
    public void SS_3_begins_its_search_where_the_individual_is()
    {
        // A' = A (A - 1) (4 - A) rests at 0, 1 and 4, of which 1 repels: doses of next to nothing leave the individual at its own rest.
        const string model = "compartment Body = 1; substanceOnly species A in Body; A = 0.5; Grow: => A; A*(A - 1)*(4 - A)";
        double After(int steady) => Run(model, $"ID,TIME,AMT,CMT,EVID,SS,II\n1,0,2,A,1,.,.\n1,1,1e-9,A,1,{steady},10\n1,1,.,.,0,.,.", "A")[0].Values[0];
        Assert.InRange(After(1), -1e-6, 1e-6);
        Assert.InRange(After(3), 4 - 1e-6, 4 + 1e-6);
    }

    [Theory]
    [InlineData("1,0,0,5,1,1,1,.", "AMT")]
    [InlineData("1,0,0,5,1,1,.,2", "ADDL")]
    [InlineData("1,0,0,-2,1,1,.,.", "duration")]
    public void An_endless_infusion_has_neither_interval_nor_further_doses_nor_duration(string row, string word)
    {
        var bag = new DiagnosticBag();
        Assert.Null(DosingTable.ReadText($"ID,TIME,AMT,RATE,CMT,SS,II,ADDL\n{row}", "doses.csv", bag));
        Assert.Equal("MRW9305", bag.Items[0].Code);
        Assert.Contains(word, bag.Items[0].ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(Oral + "\nALAG_Blood = 1", "lag")]
    [InlineData("compartment Body = 1; substanceOnly species Blood in Body", "no steady state")]
    public void An_endless_infusion_with_a_lag_or_without_rest_is_a_failure_of_its_individual(string model, string word)
    {
        var bag = new DiagnosticBag();
        var table = DosingTable.ReadText("ID,TIME,AMT,RATE,CMT,EVID,SS\n7,0,0,5,Blood,1,1\n7,1,.,.,.,0,.", "doses.csv", bag)!;
        var failure = Assert.Single(DosedSimulation.Prepare(Reading.Good(model), ["Blood"], table, bag)!.Run([], new StepperOptions(), 1).Failures);
        Assert.Contains(word, failure, StringComparison.Ordinal);
    }

    [Fact]
    public void An_endless_infusion_into_a_model_with_events_is_refused()
    {
        var bag = new DiagnosticBag();
        var table = DosingTable.ReadText("ID,TIME,AMT,RATE,CMT,EVID,SS\n1,0,0,5,Blood,1,1\n1,1,.,.,.,0,.", "doses.csv", bag)!;
        Assert.Null(DosedSimulation.Prepare(Reading.Good(Oral + "; Drain: at Blood > 10: Blood = 5"), ["Blood"], table, bag));
        var problem = Assert.Single(bag.Items);
        Assert.Equal("MRW5960", problem.Code);
        Assert.StartsWith("doses.csv:2:", problem.ToString(), StringComparison.Ordinal);
        Assert.Contains("Drain", problem.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Columns_that_only_say_when_other_programs_evaluate_code_change_nothing() =>
        Close([100 * Math.Exp(-Ke * 2)], Run(Oral, "ID,TIME,AMT,CMT,CALL,PCMT\n1,0,100,Blood,3,2\n1,2,.,.,3,2"));

    [Fact]
    public void What_doses_read_counts_as_used()
    {
        using var folder = new TemporaryFolder();
        string Warnings(string parameters) => CommandLine.Run("check", folder.Write("oral.ant", $"model oral\n{Oral}\n{parameters}\nend\n")).Output;

        Assert.DoesNotContain("MRW2016", Warnings("F_Gut = 0.6; ALAG_Gut = 1; R_Blood = 3; d_blood = 2"), StringComparison.Ordinal);
        Assert.Equal(4, Warnings("F_Gutt = 0.6; ALAG = 1; R_ka = 3").Split("MRW2016").Length);
    }

    [Fact]
    public void A_regimen_without_steady_state_is_a_failure_of_its_individual()
    {
        var bag = new DiagnosticBag();
        var table = DosingTable.ReadText("ID,TIME,AMT,CMT,EVID,SS,II\n7,0,1,Sum,1,1,1\n7,1,.,.,0,.,.", "doses.csv", bag)!;
        var simulation = DosedSimulation.Prepare(Reading.Good("compartment Body = 1; substanceOnly species Sum in Body"), ["Sum"], table, bag)!;
        var failure = Assert.Single(simulation.Run([], new StepperOptions(), 1).Failures);
        Assert.Contains("ID 7", failure, StringComparison.Ordinal);
        Assert.Contains("no steady state", failure, StringComparison.Ordinal);
    }

    [Fact]
    public void Tables_cut_anywhere_are_read_or_refused_and_nothing_else()
    {
        const string csv = "ID,TIME,AMT,RATE,CMT,EVID,ADDL,II,SS,DV,WT\n1,0,100,-2,\"Gut\",4,2,8,1,.,70\n1,5,.,.,.,0,.,.,.,3.5,.\n";
        for (var length = 0; length <= csv.Length; length++) DosingTable.ReadText(csv[..length], "doses.csv", new DiagnosticBag());
    }
}

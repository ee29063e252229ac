using Marrow.Networks.Diagnostics;
using Marrow.Tests.House;
using Marrow.Trials.Experiments;

namespace Marrow.Tests.Experiments;

/// <summary>Childhood leukaemia, compiled once for all tests of experiments.</summary>
public sealed class CohortFixture
{
    public CohortFixture()
    {
        var bag = new DiagnosticBag();
        var files = CohortFiles.InRepository(Repository.Root, "bcp_all");
        Model = CohortModel.Load(files, bag) ?? throw new InputException(bag.Items);
        Runner = New();
    }

    public CohortModel Model { get; }

    public CohortRunner Runner { get; }

    public CohortRunner New() => new(Model, new Dictionary<string, string>
    {
        ["Burden"] = "Burden",
        ["MarrowPercent"] = "100*BlastShare",
        ["CtlAndMore"] = "CtlEff + CtlMem + NoSuchCell",
        ["Wrong"] = "Burden +* 2",
    });

    public Scenario Untreated { get; } = new()
    {
        Name = "untreated",
        Start = new ScenarioStart { Kind = StartKind.Seed, SeedCells = 1000 },
        Days = 120,
    };

    public Scenario Overt { get; } = new()
    {
        Name = "overt",
        Start = new ScenarioStart { Kind = StartKind.Overt },
        Days = 10,
    };
}

[CollectionDefinition(Name)]
public sealed class CohortGroup : ICollectionFixture<CohortFixture>
{
    public const string Name = "cohort";
}

[Collection(CohortGroup.Name)]
public sealed class CohortRunnerTests(CohortFixture cohort)
{
    private const ulong Seed = 11;
    private static readonly int[] Few = [0, 1, 2, 3, 4, 5, 6, 7, 8];

    private static double[] Bits(IEnumerable<CohortCourse> courses, string readout) =>
        [.. courses.SelectMany(c => c.Readouts is { } r ? Enumerable.Range(0, r.Times.Count).Select(row => r.Value(readout, row)) : [double.NegativeInfinity])];

    [Fact]
    public void The_seed_is_put_into_the_state_that_the_scenario_names()
    {
        var courses = cohort.Runner.Run(cohort.Untreated with { Start = cohort.Untreated.Start with { SeedState = "Blood_Sensitive", SeedCells = 5000 } }, Few, Seed);
        Assert.All(courses, c => Assert.Equal(5e-6, c.Readouts!.Value("Burden", 0), 12));
    }

    [Fact]
    public void The_same_scenario_gives_the_same_bits_on_one_thread_and_on_two_and_from_the_cache()
    {
        var fresh = cohort.New();
        var one = Bits(fresh.Run(cohort.Overt, Few, Seed, threads: 1), "Burden");
        Assert.Equal(one, Bits(fresh.Run(cohort.Overt, Few, Seed, threads: 2), "Burden"));
        fresh.Forget();
        Assert.Equal(one, Bits(fresh.Run(cohort.Overt, [.. Few.Reverse()], Seed, threads: 2).Reverse(), "Burden"));
    }

    [Fact]
    public void A_setting_that_changes_nothing_leaves_every_bit_as_it_was()
    {
        var plain = cohort.Runner.Run(cohort.Untreated, Few, Seed);
        var same = cohort.Runner.Run(cohort.Untreated with { Settings = [new("PDL1", SettingKind.Multiply, 1), new("PDL1", SettingKind.Add, 0, SettingPhase.Life)] }, Few, Seed);
        Assert.Equal(Bits(plain, "Burden"), Bits(same, "Burden"));
    }

    [Fact]
    public void A_setting_acts_from_its_phase_on()
    {
        Setting[] none = [];
        CohortCourse Run(params Setting[] settings) => cohort.Runner.Run(cohort.Overt with { Settings = settings, Days = 1 }, [0], Seed)[0];
        var plain = Run(none);
        var start = Run(new Setting("rho", SettingKind.Set, 0));
        var growth = Run(new Setting("rho", SettingKind.Multiply, 1.5, SettingPhase.Growth));
        Assert.Equal(plain.GrowthDays, start.GrowthDays);
        Assert.Equal(plain.Readouts!.Value("Burden", 0), start.Readouts!.Value("Burden", 0));
        Assert.True(start.Readouts.Value("Burden", 1) < plain.Readouts.Value("Burden", 1));
        Assert.True(growth.GrowthDays < plain.GrowthDays);
    }

    [Fact]
    public void The_run_without_a_mechanism_takes_the_biology_of_the_run_with_it()
    {
        Setting[] with = [new("rho", SettingKind.Multiply, 1, SettingPhase.Growth)];
        Setting[] without = [new("rho", SettingKind.Multiply, .7, SettingPhase.Growth)];
        var on = cohort.Runner.Run(cohort.Overt with { Settings = with }, Few, Seed);
        var off = cohort.Runner.Run(cohort.Overt with { Settings = without, DrawAs = with }, Few, Seed);
        var pairs = on.Zip(off).Where(p => p.First.Failure is null && p.Second.Failure is null).ToArray();
        Assert.NotEmpty(pairs);
        // Slower growth of the same biology takes longer; another draw could be faster.
        Assert.All(pairs, p => Assert.True(p.Second.GrowthDays > p.First.GrowthDays));
    }

    [Fact]
    public void A_patient_without_earlier_treatment_has_no_earlier_lines_and_nothing_taken_away()
    {
        var naive = cohort.Runner.Run(cohort.Overt, Few, Seed);
        var treated = cohort.Runner.Run(cohort.Overt with { Start = cohort.Overt.Start with { PriorTreatment = true } }, Few, Seed);
        Assert.All(naive, c => Assert.Equal(0, c.Values["PriorLines"]));
        Assert.All(treated, c => Assert.True(c.Values["PriorLines"] >= 1));
        Assert.All(naive, c => Assert.Equal(1, c.Values["TCellFactor"]));
        Assert.Contains(treated, c => c.Values["TCellFactor"] < 1);
    }

    [Fact]
    public void A_share_of_the_leukaemia_can_be_made_another_clone()
    {
        var courses = cohort.Runner.Run(cohort.Overt with { Settings = [new("Cd19Neg", SettingKind.Clone, .25)], Days = 1 }, Few, Seed).Where(c => c.Failure is null).ToArray();
        Assert.All(courses, c => Assert.Equal(.25, c.Readouts!.Value("Clone_Cd19Neg", 0) / c.Readouts.Value("Burden", 0), 1e-3));
        Assert.NotEmpty(cohort.Runner.Problems(cohort.Overt with { Settings = [new("Clone", SettingKind.Clone, .25)] }));
    }

    [Fact]
    public void A_covariate_can_be_set_for_everybody()
    {
        var adults = cohort.Runner.Run(cohort.Overt with { Settings = [new("AgeYears", SettingKind.Set, 20, SettingPhase.Life)], Days = 1 }, Few, Seed);
        Assert.All(adults, c => Assert.Equal(20, c.Values["AgeYears"]));
    }

    [Fact]
    public void Readouts_may_be_formulas_and_those_that_cannot_be_made_are_named_with_the_reason()
    {
        var course = cohort.Runner.Run(cohort.Overt, [0], Seed)[0].Readouts!;
        for (var row = 0; row < course.Times.Count; row++) Assert.Equal(100 * course.Value("BlastShare", row), course.Value("MarrowPercent", row), 1e-12);
        Assert.Contains("NoSuchCell", cohort.Runner.Missing["CtlAndMore"], StringComparison.Ordinal);
        Assert.Contains("not a formula", cohort.Runner.Missing["Wrong"], StringComparison.Ordinal);
        Assert.DoesNotContain("CtlAndMore", cohort.Runner.Recorded);
    }

    [Fact]
    public void Everything_that_a_scenario_names_and_that_is_not_there_is_listed_at_once()
    {
        var wrong = cohort.Overt with
        {
            Settings = [new("PDL2", SettingKind.Set, 0), new("AgeYears", SettingKind.Multiply, 2)],
            Regimens = [new("tisagenlecleucell")],
            WithoutDrugs = ["aspirin"],
        };
        var problem = Assert.Throws<ScenarioException>(() => cohort.Runner.Run(wrong, Few, Seed));
        Assert.Equal(4, problem.Problems.Count);
        Assert.Contains(problem.Problems, p => p.Contains("'tisagenlecleucel'", StringComparison.Ordinal));
    }

    [Fact]
    public void Treatment_is_given_and_a_drug_can_be_left_out()
    {
        var treated = cohort.Overt with { Regimens = [new("tisagenlecleucel")], Days = 28, Start = cohort.Overt.Start with { PriorTreatment = true } };
        var all = cohort.Runner.Run(treated, Few, Seed);
        var without = cohort.Runner.Run(treated with { WithoutDrugs = ["tisagenlecleucel"] }, Few, Seed);
        Assert.Contains(all, c => c.Readouts?.Events.Doses.Any(d => d.Drug == "tisagenlecleucel") == true);
        Assert.DoesNotContain(without, c => c.Readouts?.Events.Doses.Any(d => d.Drug == "tisagenlecleucel") == true);
        Assert.Contains(all, c => c.Outcome?.Car is { Cmax: > 0 });
    }

    [Fact]
    public void Remission_begins_where_the_induction_ended()
    {
        var induction = cohort.Overt with { Regimens = [new("tisagenlecleucel")], Days = 28 };
        var after = cohort.Overt with { Start = new ScenarioStart { Kind = StartKind.Remission, Induction = [new("tisagenlecleucel")], InductionDays = 28 } };
        var end = cohort.Runner.Run(induction, Few, Seed);
        var begin = cohort.Runner.Run(after, Few, Seed);
        for (var i = 0; i < Few.Length; i++)
        {
            if (end[i].Readouts is not { Events.Infused: true } last) continue;
            // Both are solutions to the relative tolerance of 1e-5, over steps that differ where cells are counted.
            var expected = last.Value("Burden", last.Times.Count - 1);
            Assert.Equal(expected, begin[i].Readouts!.Value("Burden", 0), 1e-4 * expected);
        }
    }
}

using Marrow.Networks.Diagnostics;
using Marrow.Numerics.Jumps;
using Marrow.Numerics.Random;
using Marrow.Tests.Clinical;
using Marrow.Tests.House;
using Marrow.Trials.Clinical;
using Marrow.Trials.Onset;
using Marrow.Trials.Patients;

namespace Marrow.Tests.Onset;

public sealed class OnsetTests
{
    private const ulong Seed = 7;
    private const string Page = "docs/onset.md";
    private const double DaysPerStep = Calendar.DaysPerYear / Life.StepsPerYear;

    private static readonly OnsetModel _model = Load(Repository.PathOf("models/onset"));

    /// <summary>A life in which nothing changes: no spread between people or clones, no age, no infections.</summary>
    private static readonly OnsetModel _constant = Constant();

    [Fact]
    public void In_a_constant_life_the_hazard_is_hits_times_survival()
    {
        var subtype = _constant.Tables.Diseases["ALL"].Single(s => s.Name == "other");
        var life = new Life(_constant.Tables, OnsetFactors.None, new PatientRandom(Seed, 0), 60);
        var years = new double[60];
        OnsetHazard.Add(subtype, _constant.Tables, OnsetFactors.None, life, years);

        // Clones are at their plateau u/loss, less those that have not grown; survival of one cell is 1 - death/birth.
        var clones = subtype.Initiation * ((1 / subtype.CloneLoss) - (1 / (subtype.CloneLoss + (1 / subtype.CloneTime))));
        var survival = 1 - ((subtype.Death + subtype.TKill + subtype.NkKill) / subtype.Birth);
        var expected = clones * subtype.CloneCells * subtype.SecondHit * survival;
        // From some age on nothing changes but rounding: after 45 years the plateau is e^-22 away.
        Assert.Equal(expected, years[50], expected * 1e-8);
    }

    [Fact]
    public void A_clone_survives_and_grows_as_Kendall_s_law_says()
    {
        var subtype = _constant.Tables.Diseases["ALL"].Single(s => s.Name == "other");
        var life = new Life(_constant.Tables, OnsetFactors.None, new PatientRandom(Seed, 0), 60);
        var (probability, step) = new CloneFate(subtype, life, 0, 1).From(12)!.Value;
        var death = subtype.Death + subtype.TKill + subtype.NkKill;
        var law = BirthDeathLaw.Constant(subtype.Birth, death, (step + 1 - 12) * DaysPerStep);

        Assert.Equal(law.Survival(1), probability, 1e-12);
        Assert.Equal(Math.Log(subtype.Cells * probability) / (subtype.Birth - death) / DaysPerStep, step - 12, 1.0);
    }

    /// <summary>Immunosuppression begins three months after the cell: 4,000 single clones by direct simulation, four binomial standard errors.</summary>
    [Fact]
    public void A_changing_environment_is_that_of_direct_simulation()
    {
        const int clones = 4000;
        var subtype = _constant.Tables.Diseases["ALL"].Single(s => s.Name == "other") with { TKill = 0.09 };
        var factors = new OnsetFactors { Immunosuppression = 0.8, ImmunosuppressionFrom = 0.25 };
        var life = new Life(_constant.Tables, factors, new PatientRandom(Seed, 0), 20);
        var exact = new CloneFate(subtype, life, 0, 1).From(0)!.Value.Probability;

        var alive = Enumerable.Range(0, clones).Count(i => Survives(subtype, life, new RandomKey(Seed, Purpose.Of("direct"), (ulong)i).Stream()));

        Assert.NotEqual(exact, 1 - ((subtype.Death + subtype.TKill + subtype.NkKill) / subtype.Birth), 2);
        Assert.InRange(alive / (double)clones, exact - Error(exact, clones), exact + Error(exact, clones));
    }

    [Fact]
    public void Without_factors_the_ratio_is_one_and_threads_do_not_matter()
    {
        var none = _model.Incidence("ALL", OnsetFactors.None, 20, Seed);
        var one = _model.Incidence("AML", _model.Transplant(20), 20, Seed, threads: 1);
        var many = _model.Incidence("AML", _model.Transplant(20), 20, Seed, threads: 4);

        Assert.Equal(1, none.Ratio);
        Assert.Equal(one.Ratio, many.Ratio);
        Assert.Equal(one.RatioInterval, many.RatioInterval);
        Assert.NotEqual(one.Ratio, _model.Incidence("AML", _model.Transplant(20), 20, Seed + 1).Ratio);
    }

    /// <summary>A person's hazard varies by less than .4 of its mean; four standard errors of 150 persons.</summary>
    [Theory]
    [InlineData("ALL")]
    [InlineData("AML")]
    [InlineData("CLL")]
    public void Background_incidence_is_that_of_the_population(string disease)
    {
        var target = _model.Tables.Background[disease];
        var tolerance = target * 4 * 0.4 / Math.Sqrt(150);

        Assert.InRange(_model.Crude(disease, OnsetFactors.None, 150, Seed), target - tolerance, target + tolerance);
    }

    /// <summary>Childhood leukaemia is a disease of the first ten years, that of old age rises throughout.</summary>
    [Fact]
    public void Incidence_has_the_age_that_it_has()
    {
        var child = _model.Incidence("ALL", OnsetFactors.None, 30, Seed, 0, 60).ByAge;
        var old = _model.Incidence("CLL", OnsetFactors.None, 30, Seed, 0, 90).ByAge;
        double Mean(IReadOnlyList<(double With, double Without)> ages, int from) => ages.Skip(from).Take(10).Average(a => a.With);

        Assert.True(Mean(child, 0) > 3 * Mean(child, 20));
        Assert.All(new[] { 30, 40, 50, 60, 70 }, from => Assert.True(Mean(old, from + 10) > 1.4 * Mean(old, from)));
    }

    /// <summary>Sign and least size of every factor, as the claims state them; the persons are the same on both sides, so that no sampling error is large.</summary>
    [Theory]
    [InlineData("deficiency", "ALL", 1.3, 13.7)]
    [InlineData("deficiency.T", "ALL", 1.3, 13.7)]
    [InlineData("deficiency.DNA_repair", "ALL", 1.3, 100)]
    [InlineData("deficiency.antibody", "ALL", 1.0, 1.3)]
    [InlineData("deficiency", "solid", 0.8, 1.4)]
    [InlineData("hiv.low", "ALL", 1.3, 5)]
    [InlineData("hiv.low", "AML", 0.8, 1.5)]
    [InlineData("transplant", "AML", 1.5, 5)]
    [InlineData("transplant", "solid", 0.8, 1.5)]
    [InlineData("inflammation", "AML", 1.3, 1.7)]
    [InlineData("early_infection", "ALL", 0.6, 0.9)]
    [InlineData("late_infection", "ALL", 0.95, 1.05)]
    public void Factors_move_incidence_as_stated(string preset, string disease, double lower, double upper)
    {
        var result = _model.Incidence(disease, _model.Preset(preset), 24, Seed);

        Assert.InRange(result.Ratio, lower, upper);
        Assert.InRange(result.OddsRatio, lower, upper * 1.001);
        Assert.InRange(result.Ratio, result.RatioInterval.Lower, result.RatioInterval.Upper);
    }

    [Fact]
    public void Deeper_deficits_raise_incidence_more_and_effects_differ_as_stated()
    {
        double Ratio(string disease, OnsetFactors factors) => _model.Incidence(disease, factors, 24, Seed).Ratio;
        double[] depths = [.. new[] { 0.2, 0.4, 0.6, 0.8 }.Select(d => Ratio("ALL", new OnsetFactors { Immunosuppression = d }))];

        Assert.Equal(depths.Order(), depths);
        Assert.True(Ratio("ALL", _model.Preset("hiv.low")) > Ratio("ALL", _model.Preset("hiv.high")));
        Assert.True(Ratio("AML", _model.Transplant(10)) > 1.5 * Ratio("AML", _model.Transplant(60)));
        Assert.True(Ratio("lymphoma", _model.Transplant(40)) > Ratio("AML", _model.Transplant(40)));
        Assert.True(Ratio("ALL", new OnsetFactors { Treg = 0.3 }) > 1);
        Assert.InRange(Ratio("ALL", _model.Preset("early_infection") with { InfectionTiming = false }), 0.95, 1.05);
        Assert.InRange(Ratio("AML", _model.Preset("inflammation") with { MyeloidInflammation = false }), 1, 1.15);
        Assert.True(Ratio("ALL", new OnsetFactors { Immunosuppression = 0.6, ImmunosuppressionUntil = 5 }) > 1.2);
    }

    [Fact]
    public void Both_arms_of_germline_TP53_raise_incidence_and_multiply()
    {
        OnsetIncidence Of(string preset) => _model.Incidence("ALL", _model.Preset(preset), 24, Seed);
        var (both, tumour, host) = (Of("tp53"), Of("tp53.tumour"), Of("tp53.host"));

        Assert.True(tumour.Ratio > 1 && host.Ratio > 1 && both.OddsRatio >= 2);
        Assert.InRange(tumour.Ratio * host.Ratio / both.Ratio, 0.7, 1.3);
        var hypodiploid = both.Subtypes["hypodiploid"];
        Assert.True(hypodiploid.Share >= 10 * hypodiploid.ReferenceShare);
        Assert.Equal(1, both.Subtypes.Values.Sum(s => s.Share), 1e-12);
    }

    [Fact]
    public void Most_cases_have_no_listed_factor_unless_there_is_an_unmeasured_one()
    {
        var without = _model.Attribution("ALL", hidden: false, 20, Seed);
        var with = _model.Attribution("ALL", hidden: true, 20, Seed);

        Assert.True(without.Unattributed >= 0.8);
        Assert.All(without.Attributable.Values, share => Assert.InRange(share, 0, 0.1));
        Assert.Equal(0, without.HiddenShare);
        Assert.True(with.HiddenShare >= 0.2);
    }

    /// <summary>Rows of the table of expected effects, by switch, subgroup and alternative.</summary>
    [Theory]
    [InlineData("risk.inherited_deficiency", "BCP-ALL", "deficiency=combined", "", 1.3, 99)]
    [InlineData("risk.inherited_deficiency", "solid", "preset=epithelial", "", 0.8, 1.4)]
    [InlineData("risk.hiv", "AML", "cd4<200", "a", 1.1, 99)]
    [InlineData("risk.hiv", "AML", "host=ART", "b", 0.8, 1.2)]
    [InlineData("risk.transplant_is", "CML", "all", "", 1.3, 99)]
    [InlineData("risk.chronic_inflammation", "AML", "preset=de_novo", "b", 0.9, 1.15)]
    [InlineData("risk.chronic_inflammation", "AML", "preset=secondary", "b", 1.5, 99)]
    [InlineData("risk.early_infection", "BCP-ALL", "exposure_age>2", "b", 0.95, 1.05)]
    public void A_switch_of_the_table_of_expected_effects_names_its_factors(string name, string pack, string subgroup, string alternative, double lower, double upper)
    {
        var factors = OnsetSwitches.Factors(_model, name, subgroup, alternative);

        Assert.NotNull(factors);
        Assert.InRange(_model.Incidence(OnsetSwitches.DiseaseOf(_model, pack)!, factors, 24, Seed).OddsRatio, lower, upper);
        Assert.Null(OnsetSwitches.Factors(_model, name, "hair=red", alternative));
        Assert.Null(OnsetSwitches.DiseaseOf(_model, "gout"));
    }

    [Fact]
    public void Unknown_names_are_refused_with_those_at_hand()
    {
        Assert.Contains("CLL", Assert.Throws<ArgumentException>(() => _model.Incidence("ALLL", OnsetFactors.None, 1, Seed)).Message, StringComparison.Ordinal);
        Assert.Contains("deficiency.NK", Assert.Throws<ArgumentException>(() => _model.Preset("deficiency.B")).Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => _model.Incidence("ALL", OnsetFactors.None, 1, Seed, 20, 10));
    }

    [Theory]
    [InlineData("diseases.csv", "CLL.clonal.birth,0.02,1/d", "CLL.clonal.birth,0.02,1/year", "MRW6007")]
    [InlineData("diseases.csv", "CLL.clonal.birth,", "CLL.clonal.birt,", "MRW6003")]
    [InlineData("factors.csv", "hiv.nk,0.15,", "hiv.nk,1.5,", "MRW6006")]
    public void A_wrong_row_is_reported_with_its_place(string file, string right, string wrong, string code)
    {
        using var copy = new FolderCopy("models/onset");
        copy.Replace(file, right, wrong);
        var bag = new DiagnosticBag();

        Assert.Null(OnsetModel.Load(copy.Path, bag));
        Assert.Contains(bag.Items, d => d.Code == code && d.Where.File.EndsWith(file, StringComparison.Ordinal));
    }

    /// <summary>docs/onset.md is written from the model; <c>UPDATE_GOLDEN=1</c> writes it anew.</summary>
    [Fact]
    public void The_page_of_incidence_is_the_one_that_the_model_gives()
    {
        var expected = OnsetTable.Write(_model, 40, Seed);
        if (Environment.GetEnvironmentVariable("UPDATE_GOLDEN") == "1") File.WriteAllText(Repository.PathOf(Page), expected);
        Assert.Equal(expected, Repository.ReadText(Page).ReplaceLineEndings("\n"));
    }

    /// <summary>Whether one cell's descendants reach 400, from which they hardly ever die out.</summary>
    private static bool Survives(OnsetSubtype subtype, Life life, RandomStream stream)
    {
        double time = 0;
        long cells = 1;
        while (cells is > 0 and < 400)
        {
            var step = (int)(time / DaysPerStep);
            var death = subtype.Death + (subtype.TKill * life.T[step]) + (subtype.NkKill * life.Nk[step]);
            var next = time + stream.Exponential(cells * (subtype.Birth + death));
            var end = (step + 1) * DaysPerStep;
            if (next >= end)
            {
                // The environment changes: what is left of the waiting time is drawn anew, as it has no memory.
                time = end + 1e-9;
                continue;
            }

            time = next;
            cells += stream.Bernoulli(subtype.Birth / (subtype.Birth + death)) ? 1 : -1;
        }

        return cells > 0;
    }

    private static double Error(double share, int n) => 4 * Math.Sqrt(share * (1 - share) / n);

    private static OnsetModel Constant()
    {
        using var copy = new FolderCopy("models/onset");
        copy.Replace("factors.csv", "immune.t_floor,0.3,", "immune.t_floor,1,");
        copy.Replace("factors.csv", "immune.t_log_sd,0.3,", "immune.t_log_sd,0,");
        copy.Replace("factors.csv", "immune.nk_log_sd,0.3,", "immune.nk_log_sd,0,");
        copy.Replace("factors.csv", "infection.amplitude,1.5,", "infection.amplitude,0,");
        copy.Replace("diseases.csv", "ALL.other.t_kill_log_sd,0.8,", "ALL.other.t_kill_log_sd,0,");
        return Load(copy.Path);
    }

    private static OnsetModel Load(string folder)
    {
        var bag = new DiagnosticBag();
        var model = OnsetModel.Load(folder, bag);
        Assert.True(model is not null, string.Join('\n', bag.Items));
        return model;
    }
}

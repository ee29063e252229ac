using Marrow.Networks.Diagnostics;
using Marrow.Networks.Provenance;
using Marrow.Tests.House;
using Marrow.Tests.Models;

namespace Marrow.Tests.Therapies;

/// <summary>Every switch of a drug takes exactly its effect away, and nothing where the drug is not given.</summary>
public sealed class DrugSwitchTests
{
    private const double Days = 3;

    private static IEnumerable<string> Switches =>
        ModelFiles.Load("models/diseases/bcp_all.ant", "bcp_all").Parameters.Rows.Select(r => r.Id).Where(id =>
            id.StartsWith("drug__", StringComparison.Ordinal) || id.StartsWith("alternative__", StringComparison.Ordinal));

    [Theory]
    [InlineData("switches.csv")]
    [InlineData("parameters.csv")]
    public void Every_row_of_the_tables_of_drugs_is_read_by_the_model(string table)
    {
        var used = ModelFiles.Load("models/diseases/bcp_all.ant", "bcp_all").Parameters;
        var rows = ParameterTable.Load(Repository.PathOf($"models/therapies/{table}"), new DiagnosticBag()).Rows;
        Assert.NotEmpty(rows);
        Assert.All(rows, row => Assert.NotNull(used.Find(row.Id)));
    }

    [Fact]
    public void Without_a_drug_no_switch_changes_a_bit()
    {
        var usual = new TreatedCourse().Overt().Run(60);
        var turned = new TreatedCourse().Overt();
        Assert.True(Switches.Count() > 50);
        foreach (var name in Switches) turned.Set(name, 1 - turned.Parameter(name));
        turned.Run(60);
        Assert.Equal(usual.States.ToArray(), turned.States.ToArray());
    }

    [Theory]
    [InlineData("drug__steroid__kill", "RateMethylprednisolone", 100, "hGc")]
    [InlineData("drug__vincristine__kill", "RateVincristine", 2, "hVcr")]
    [InlineData("drug__asparaginase__kill", "RatePegaspargase", 4000, "hAsp")]
    [InlineData("drug__anthracycline__kill", "RateDaunorubicin", 40, "hDnr")]
    [InlineData("drug__mtx_6mp__kill", "RateMercaptopurine", 100, "hTgn")]
    [InlineData("drug__mtx_6mp__kill", "RateMethotrexate", 100, "hMtx")]
    [InlineData("drug__cytarabine__kill", "RateCytarabine", 100, "hAra")]
    [InlineData("drug__chlorambucil__kill", "RateChlorambucil", 40, "hClb")]
    [InlineData("drug__fludarabine_cyclophosphamide__kill", "RateFludarabine", 40, "aF_Blast,aC_Blast")]
    [InlineData("drug__fludarabine_cyclophosphamide__kill", "RateCyclophosphamide", 400, "aF_Blast,aC_Blast")]
    [InlineData("drug__fludarabine__lymphodepletion", "RateFludarabine", 40, "aF_T,aF_Mem,aF_Treg,aF_Nk,aF_BPre,aF_BCell")]
    [InlineData("drug__chemo__neutropenia", "RateDaunorubicin", 40, "mDnr")]
    [InlineData("drug__chemo__neutropenia", "RateFludarabine", 40, "aF_Marrow,aF_Chain")]
    [InlineData("drug__chemo__tcell_damage", "RateDaunorubicin", 40, "tDnr")]
    [InlineData("drug__chemo__immunogenic_death", "RateDaunorubicin", 40, "icd")]
    [InlineData("drug__rituximab__all", "RateRituximab", 500, "opsM,vCDC,rtxB,kSh")]
    [InlineData("drug__rituximab__cdc", "RateRituximab", 500, "vCDC")]
    [InlineData("drug__rituximab__fcgr_VV", "RateRituximab", 500, "fcgrGain")]
    [InlineData("drug__lenalidomide__costimulation", "RateLenalidomide", 10, "lenCostimulation")]
    [InlineData("drug__lenalidomide__il2_nk", "RateLenalidomide", 10, "lenIl2,lenNk")]
    [InlineData("drug__lenalidomide__ligand_down", "RateLenalidomide", 10, "lenLigand")]
    [InlineData("drug__lenalidomide__migration", "RateLenalidomide", 10, "lenMotility")]
    [InlineData("drug__lenalidomide__treg", "RateLenalidomide", 10, "lenR")]
    [InlineData("drug__lenalidomide__cd154", "RateLenalidomide", 10, "lenCd154")]
    [InlineData("drug__lenalidomide__stroma", "RateLenalidomide", 10, "lenP,lenN")]
    [InlineData("drug__lenalidomide__angiogenesis", "RateLenalidomide", 10, "lenVegf")]
    [InlineData("drug__lenalidomide__flare", "RateLenalidomide", 10, "lenF")]
    [InlineData("drug__btki__kill", "RateIbrutinib", 420, "btkDivision,btkDeath")]
    [InlineData("drug__btki__redistribution", "RateIbrutinib", 420, "btkHoming,btkEgress")]
    [InlineData("drug__btki__t_fitness", "RateIbrutinib", 420, "btkFitness,btkItk")]
    [InlineData("drug__venetoclax__kill", "RateVenetoclax", 400, "VenBlood,VenTissue")]
    [InlineData("drug__tki__kill", "RateImatinib", 400, "ablDivision,ablDeath")]
    [InlineData("drug__blinatumomab__kill", "RateBlinatumomab", 28, "kB")]
    [InlineData("drug__blinatumomab__t_expansion", "RateBlinatumomab", 28, "rBite")]
    [InlineData("drug__anti_cd47__red_cell_sink", "RateAntiCd47", 500, "kEatAged,kEatYoung")]
    [InlineData("drug__tocilizumab__il6", "RateTocilizumab", 500, "Omax")]
    [InlineData("drug__ivig__igg", "RateImmunoglobulin", 30, "IgPerGKg")]
    [InlineData("drug__gcsf__anc", "RateFilgrastim", .35, "gcsfMost")]
    public void A_switch_at_0_is_the_drug_without_that_effect(string name, string rate, double daily, string coefficients)
    {
        TreatedCourse Start() => new TreatedCourse().Overt().Set("ablDependence", 1).Set("motilityLoss", .5).Set(rate, daily);
        var on = Start().Run(Days);
        var off = Start().Set(name, 0).Run(Days);
        var without = Start();
        foreach (var coefficient in coefficients.Split(',')) without.Set(coefficient, 0);
        without.Run(Days);
        Assert.NotEqual(on.States.ToArray(), off.States.ToArray());
        Assert.Equal(without.States.ToArray(), off.States.ToArray());
    }

    /// <summary>What has no coefficient of its own: the readings that the effect reaches are those of the untreated patient.</summary>
    [Theory]
    [InlineData("drug__lenalidomide__all", "RateLenalidomide", 10, "NkPrimed")]
    [InlineData("drug__anti_pd1__all", "RateNivolumab", 200, "CtlEff")]
    [InlineData("drug__anti_cd47__all", "RateAntiCd47", 500, "Blood_Sensitive")]
    public void A_switch_of_all_effects_leaves_the_untreated_course(string name, string rate, double daily, string reading)
    {
        var untreated = new TreatedCourse().Overt().Run(Days);
        var on = new TreatedCourse().Overt().Set(rate, daily).Run(Days);
        var off = new TreatedCourse().Overt().Set(rate, daily).Set(name, 0).Run(Days);
        // The drug's own states change the steps of the solver: the courses agree to its tolerance of 1e-6 a step.
        Assert.Equal(untreated[reading], off[reading], 1e-4 * Math.Abs(untreated[reading]));
        Assert.NotEqual(untreated[reading], on[reading], 1e-4 * Math.Abs(untreated[reading]));
    }

    [Fact]
    public void The_synapse_needs_lenalidomide_on_both_sides()
    {
        static double Synapse(string? off)
        {
            var course = SingleDrugTests.Overt(new TreatedCourse("cll")).Set("RateLenalidomide", 10);
            if (off is not null) course.Set(off, 0);
            return course.Run(28)["Synapse"];
        }

        var untreated = SingleDrugTests.Overt(new TreatedCourse("cll")).Run(28)["Synapse"];
        Assert.True(Synapse(null) > untreated + .05);
        Assert.Equal(untreated, Synapse("drug__lenalidomide__synapse_T"), .02);
        Assert.Equal(untreated, Synapse("drug__lenalidomide__synapse_L"), .02);
    }

    [Fact]
    public void Primed_nk_cells_outlast_lenalidomide_by_days_and_kill_opsonised_cells_better()
    {
        var course = SingleDrugTests.Overt(new TreatedCourse("cll")).Infuse("RateLenalidomide", 0, 7 * 24, 70).Run(7);
        var end = course["NkPrimed"];
        Assert.True(end > .2);
        Assert.InRange(course.Run(10)["NkPrimed"] / end, .2, .8);
    }

    [Fact]
    public void Nk_cells_do_not_grow_under_lenalidomide_without_helper_cells()
    {
        static double Nk(double helper, double lenalidomide)
        {
            var course = new TreatedCourse("cll").Set("RateLenalidomide", lenalidomide).Set("sH", helper * 2e-4);
            course["Helper"] = helper * course["Helper"];
            return course.Run(28).Read("NkPerUl");
        }

        Assert.True(Nk(1, 10) > 1.15 * Nk(1, 0));
        Assert.Equal(1, Nk(0, 10) / Nk(0, 0), .03);
    }
}

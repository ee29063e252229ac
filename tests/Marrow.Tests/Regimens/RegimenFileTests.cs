using Marrow.Tests.House;
using Marrow.Tests.Therapies;
using Marrow.Trials.Patients;
using Marrow.Trials.Regimens;

namespace Marrow.Tests.Regimens;

/// <summary>The regimens of the repository.</summary>
public sealed class RegimenFileTests
{
    public static TheoryData<string> Names =>
        [.. Repository.Files("studies/regimens", "*.yaml").Select(path => Path.GetFileNameWithoutExtension(path))];

    [Theory]
    [MemberData(nameof(Names))]
    public void Every_regimen_names_drugs_parameters_and_readouts_of_the_model(string name)
    {
        var regimen = TreatedCourse.Regimen(name);
        Assert.NotEmpty(regimen.Doses);
        Assert.All(regimen.Doses, d => Assert.NotEmpty(d.Days));
    }

    [Fact]
    public void A_daily_drug_is_infused_at_its_daily_dose()
    {
        var prednisone = TreatedCourse.Regimen("all_induction").Doses[0].Dose;
        var plan = new DosePlan(prednisone, 0, -1, []);
        var values = new Dictionary<string, double> { ["WeightKg"] = 70, ["BsaM2"] = 1.8 };
        Assert.Equal(60 * 1.8 * 28, plan.Prescribed(new PatientRandom(1, 0), values), 9);
        Assert.Equal(28, prednisone.Duration, 12);
    }

    /// <summary>A cap holds for the daily dose: 5 ug/m2 at 1.8 m2 is the cap of 9 ug.</summary>
    [Fact]
    public void A_cap_holds_for_the_daily_dose()
    {
        var first = TreatedCourse.Regimen("blinatumomab").Doses[1].Dose;
        var child = new Dictionary<string, double> { ["WeightKg"] = 44, ["BsaM2"] = 2 };
        Assert.Equal(9 * 7, new DosePlan(first, 0, -1, []).Prescribed(new PatientRandom(1, 0), child), 9);
    }

    [Fact]
    public void A_product_sets_what_sets_it_apart() =>
        Assert.Equal([new ModelSetting("CostimCd28", 1, Multiplies: false)], TreatedCourse.Regimen("brexucabtagene").Settings);

    [Fact]
    public void Both_orders_of_lenalidomide_and_rituximab_give_the_same_doses()
    {
        static IEnumerable<(string, double)> Sums(string name) =>
            TreatedCourse.Regimen(name).Doses.Select(d => (d.Dose.Drug.Drug, d.Days.Count * d.Dose.Duration)).Order();
        Assert.Equal(Sums("lenalidomide_then_rituximab"), Sums("rituximab_then_lenalidomide"));
    }
}

using Marrow.Tests.Studies;
using Marrow.Trials.Patients;

namespace Marrow.Tests.Patients;

[Collection(ElianaGroup.Name)]
public sealed class CovariateTests(ElianaStudy eliana)
{
    private const int Patients = 2048;
    private Dictionary<string, double>[]? _drawn;

    private Dictionary<string, double>[] Drawn => _drawn ??=
        [.. Enumerable.Range(0, Patients).Select(i => Covariates.OfPatient(eliana.Study.Parts.Population, eliana.Study.Parts.Clinical.Sizes, new PatientRandom(1, i)))];

    // Evenly spread numbers put a quantile of a covariate within one rank of 2048 of its place.
    [Theory]
    [InlineData("AgeYears", .5, 10.7, 11.3)]
    [InlineData("MarrowShare", .5, .735, .745)]
    [InlineData("MarrowShare", .05, .19, .22)]
    [InlineData("MarrowShare", .95, .95, .975)]
    [InlineData("PriorLines", .5, 3, 3)]
    public void Quantiles_are_those_of_the_population(string name, double share, double lower, double upper) =>
        Assert.InRange(Quantile([.. Drawn.Select(v => v[name])], share), lower, upper);

    // Weight follows from several numbers: four standard errors of a median of 2048 (log-SD about .5) are 5 %.
    [Fact]
    public void The_median_weight_is_that_of_the_trial() => Assert.InRange(Quantile([.. Drawn.Select(v => v["WeightKg"])], .5), 35 * .95, 39 * 1.05);

    // Four binomial standard errors around the published share.
    [Fact]
    public void Prior_transplants_are_as_frequent_as_in_the_trial()
    {
        var share = Drawn.Average(v => v["PriorTransplant"]);
        Assert.InRange(share, .61 - (4 * Math.Sqrt(.61 * .39 / Patients)), .61 + (4 * Math.Sqrt(.61 * .39 / Patients)));
        Assert.All(Drawn.Where(v => v["PriorLines"] < 2), v => Assert.Equal(0, v["PriorTransplant"]));
    }

    [Fact]
    public void Values_depend_on_seed_and_patient_only()
    {
        var again = Covariates.OfPatient(eliana.Study.Parts.Population, eliana.Study.Parts.Clinical.Sizes, new PatientRandom(1, 1234));
        Assert.Equal(Drawn[1234], again);
        Assert.NotEqual(Drawn[1233]["AgeYears"], again["AgeYears"]);
    }

    // Published exposure of four daily doses of 30 mg/m2: median 21.5 [14.1, 32.4] mg h/L, as the area is dose over clearance.
    [Fact]
    public void Fludarabine_exposure_is_that_of_children()
    {
        var biology = eliana.Prepared.Biology;
        int Index(string name) => eliana.Prepared.Model.Parameters.ToList().IndexOf(name);
        var (fixedPart, renalPart, flow, gfr) = (Index("FluClNr"), Index("FluClR"), Index("FluFlowFactor"), Index("Egfr"));
        var dose = eliana.Prepared.Arms[0].Plan.Doses.First(d => d.Planned.Dose.Drug.Drug == "fludarabine");
        var areas = Drawn.Select((values, i) =>
        {
            var random = new PatientRandom(1, i);
            var p = biology.Draw(random, 0, values);
            var clearance = (p[fixedPart] + (p[renalPart] * p[gfr])) * p[flow];
            var amount = dose.Planned.Days.Count * dose.Dose.InModel(dose.Dose.Prescribed(random, values), values, p);
            return amount / clearance * 24;
        }).ToArray();
        Assert.InRange(Quantile(areas, .5), 21.5 * .95, 21.5 * 1.05);
        Assert.InRange(Quantile(areas, .05), 14.1 * .93, 14.1 * 1.07);
        Assert.InRange(Quantile(areas, .95), 32.4 * .93, 32.4 * 1.07);
    }

    private static double Quantile(double[] values, double share) => Marrow.Numerics.Statistics.Quantiles.Of(values, share)[0];
}

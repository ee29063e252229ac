using Marrow.Tests.Studies;
using Marrow.Trials.Patients;

namespace Marrow.Tests.Patients;

[Collection(ElianaGroup.Name)]
public sealed class BiologyTests(ElianaStudy eliana)
{
    private Dictionary<string, double> Values(int patient) =>
        Covariates.OfPatient(eliana.Study.Parts.Population, eliana.Study.Parts.Clinical.Sizes, new PatientRandom(1, patient));

    private double Parameter(double[] parameters, string name) => parameters[eliana.Prepared.Model.Parameters.ToList().IndexOf(name)];

    [Fact]
    public void A_draw_depends_on_the_parameters_name_not_on_the_order_of_the_table()
    {
        var biology = eliana.Prepared.Biology;
        var reversed = biology with { Parameters = [.. biology.Parameters.Reverse().Skip(3)] };
        var random = new PatientRandom(1, 5);
        var (all, some) = (biology.Draw(random, 0, Values(5)), reversed.Draw(random, 0, Values(5)));
        foreach (var parameter in reversed.Parameters) Assert.Equal(all[parameter.Index], some[parameter.Index]);
    }

    [Fact]
    public void Every_draw_of_biology_is_another_and_covariates_stay()
    {
        var biology = eliana.Prepared.Biology;
        var values = Values(5);
        var draws = Enumerable.Range(0, 4).Select(i => biology.Draw(new PatientRandom(1, 5), i, values)).ToArray();
        Assert.Equal(4, draws.Select(d => Parameter(d, "rho")).Distinct().Count());
        Assert.Single(draws.Select(d => Parameter(d, "Weight")).Distinct());
    }

    [Fact]
    public void Draws_stay_within_their_limits_and_are_spread_evenly()
    {
        var biology = eliana.Prepared.Biology;
        var rho = biology.Parameters.Single(p => p.Name == "rho");
        var z = Enumerable.Range(0, 1024)
            .Select(i => Math.Log(biology.Draw(new PatientRandom(1, i), 0, Values(i))[rho.Index] / rho.Median) / rho.LogSd).Order().ToArray();
        Assert.All(z, v => Assert.InRange(v, -2.5 - 1e-9, 2.5 + 1e-9));
        for (var i = 0; i < z.Length; i++)
        {
            // One draw lies in each 1/1024 of probability.
            var u = Marrow.Numerics.Statistics.NormalDistribution.Cumulative(z[i]);
            if (Math.Abs(z[i]) < 2.49) Assert.InRange(u, (i / 1024.0) - 1e-9, ((i + 1) / 1024.0) + 1e-9);
        }
    }

    [Fact]
    public void Cells_scale_with_size_rates_do_not_and_one_cell_stays_one_cell()
    {
        var biology = eliana.Prepared.Biology;
        var values = Values(7);
        var p = biology.Draw(new PatientRandom(1, 7), 0, values);
        double Reference(string name) => eliana.Study.Parts.Model.Parameters.Find(name)!.Value;
        Assert.Equal(Reference("Lsat") * values["size"], Parameter(p, "Lsat"), 12);
        Assert.Equal(Reference("cI2") / values["size"], Parameter(p, "cI2"), 12);
        Assert.Equal(Reference("OneCell"), Parameter(p, "OneCell"));
        Assert.Equal(Reference("dM"), Parameter(p, "dM"));
        Assert.Equal(Reference("TCap") * values["size"] * values["fT"], Parameter(p, "TCap"), 10);
        Assert.Equal(Reference("FluV1Ref") * values["WeightKg"] / 70, Parameter(p, "FluV1Ref"), 12);
        Assert.Equal(values["WeightKg"], Parameter(p, "Weight"));
    }
}

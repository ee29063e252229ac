using Marrow.Networks.Diagnostics;
using Marrow.Tests.House;
using Marrow.Tests.Studies;
using Marrow.Trials.Patients;
using Marrow.Trials.Studies;

namespace Marrow.Tests.Patients;

/// <summary>Covariates with named categories, such as genotypes, and parameters that follow from them.</summary>
[Collection(ElianaGroup.Name)]
public sealed class CategoryTests(ElianaStudy eliana)
{
    private const int Patients = 20_000;
    private const string Genotype = """
        covariates:
          Tpmt:
            law: shares
            unit: "1"
            shares: {normal: 0.9, intermediate: 0.09, poor: 0.01}
            kind: assumed
            reason: a test
        factors:
          TpmtDose:
            law: log
            unit: "1"
            median: 1
            sd: 0
            effects: [{of: Tpmt, ratios: {intermediate: 0.6, poor: 0.1}}]
            kind: assumed
            reason: a test
          TpmtSteps:
            law: steps
            unit: "1"
            of: Tpmt
            values: {poor: 0.1, normal: 1, intermediate: 0.6}
            kind: assumed
            reason: a test
          TpmtShift:
            law: normal
            unit: "1"
            location: 10
            sd: 0
            effects: [{of: Tpmt, shifts: {poor: -2.5}}, {of: AgeYears, centre: 10, slope: 1}]
            kind: assumed
            reason: a test
        multiply: {MpStandard: TpmtDose}
        """;

    // Four binomial standard errors.
    [Fact]
    public void Categories_are_as_frequent_as_given()
    {
        var population = Load(Genotype);
        var drawn = Enumerable.Range(0, Patients).Select(i => Values(population, i)["Tpmt"]).ToArray();
        foreach (var (number, share) in new[] { (1, .9), (2, .09), (3, .01) })
            Assert.Equal(share, drawn.Count(d => d == number) / (double)Patients, 4 * Math.Sqrt(share * (1 - share) / Patients));
        Assert.Equal(["normal", "intermediate", "poor"], population.Categories["Tpmt"]);
    }

    [Fact]
    public void Ratios_shifts_and_steps_follow_the_category_and_reach_the_model()
    {
        var population = Load(Genotype);
        var biology = PreparedStudy.BiologyOf(eliana.Study.Parts with { Population = population }, eliana.Prepared.Model, new ModelIndex(eliana.Prepared.Model));
        var dose = eliana.Prepared.Model.Parameters.ToList().IndexOf("MpStandard");
        double[] ratios = [1, .6, .1];
        for (var i = 0; i < 300; i++)
        {
            var values = Values(population, i);
            var ratio = ratios[(int)values["Tpmt"] - 1];
            Assert.Equal(ratio, values["TpmtDose"], 12);
            Assert.Equal(ratio, values["TpmtSteps"]);
            Assert.Equal(values["AgeYears"] - (values["Tpmt"] == 3 ? 2.5 : 0), values["TpmtShift"], 12);
            var (with, without) = (biology.Draw(new PatientRandom(1, i), 0, values), eliana.Prepared.Biology.Draw(new PatientRandom(1, i), 0, values));
            Assert.Equal(without[dose] * ratio, with[dose], 12);
            Assert.All(Enumerable.Range(0, with.Length).Where(p => p != dose), p => Assert.Equal(without[p], with[p]));
        }
    }

    [Theory]
    [InlineData("poor: 0.01}", "poor: 0.2}", "MRW7006")]
    [InlineData("{intermediate: 0.6, poor: 0.1}}]", "{intermediat: 0.6, poor: 0.1}}]", "MRW7010")]
    [InlineData("{intermediate: 0.6, poor: 0.1}}]", "{intermediate: 0, poor: 0.1}}]", "MRW7006")]
    [InlineData("{poor: 0.1, normal: 1, intermediate: 0.6}", "{poor: 0.1, normal: 1}", "MRW7004")]
    [InlineData("[{of: Tpmt, ratios", "[{of: AgeYears, ratios", "MRW7012")]
    [InlineData("{MpStandard: TpmtDose}", "{MpStandard: TpmtDos}", "MRW7010")]
    [InlineData("{MpStandard: TpmtDose}", "{MpStandardd: TpmtDose}", "MRW7010")]
    public void A_category_that_cannot_be_meant_is_refused(string old, string replacement, string code)
    {
        Assert.Contains(old, Genotype, StringComparison.Ordinal);
        Assert.Equal(code, Assert.Single(Read(Genotype.Replace(old, replacement, StringComparison.Ordinal)).Problems).Code);
    }

    private Dictionary<string, double> Values(Population population, int patient) => Covariates.OfPatient(population, eliana.Study.Parts.Clinical.Sizes, new PatientRandom(1, patient));

    private Population Load(string section)
    {
        var (population, problems) = Read(section);
        Assert.Empty(problems);
        return population;
    }

    private (Population Population, IReadOnlyList<Diagnostic> Problems) Read(string section)
    {
        var bag = new DiagnosticBag();
        var map = YamlSource.ReadText($"title: A test\nextends: eliana.yaml\n{section}", Repository.PathOf("studies/populations/eliana.yaml") + ".test", bag)!;
        var model = eliana.Study.Parts.Model;
        return (PopulationLoader.Read(map, new ModelNames(model.Network, model.Parameters)), bag.Items);
    }
}

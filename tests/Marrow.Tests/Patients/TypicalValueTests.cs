using Marrow.Networks.Diagnostics;
using Marrow.Tests.House;
using Marrow.Tests.Studies;
using Marrow.Trials.Patients;
using Marrow.Trials.Studies;

namespace Marrow.Tests.Patients;

[Collection(ElianaGroup.Name)]
public sealed class TypicalValueTests(ElianaStudy eliana)
{
    private const string Header = "name,se,log_se,logit_se,unit,kind,source,note\n";

    private int Index(string name) => eliana.Prepared.Model.Parameters.ToList().IndexOf(name);

    private static Uncertainty Rule(int replicates, params UncertainValue[] values) => new("", null, replicates, values, CorrelatedNumbers.None, 2.5, []);

    private BiologyTable Biology(Uncertainty rule) =>
        eliana.Prepared.Biology with { Typical = new TypicalValues(rule, [.. rule.Values.Select(v => Index(v.Parameter))]) };

    private Dictionary<string, double> Values(int patient) =>
        Covariates.OfPatient(eliana.Study.Parts.Population, eliana.Study.Parts.Clinical.Sizes, new PatientRandom(1, patient));

    // rho differs between patients, dM does not: the typical value of both moves by the factor of the replicate.
    [Fact]
    public void Patients_of_a_replicate_share_their_typical_values_and_replicates_differ()
    {
        var biology = Biology(Rule(7, new UncertainValue("rho", ErrorScale.Log, .2), new UncertainValue("dM", ErrorScale.Log, .1)));
        (double Rho, double Dm) Moved(int patient)
        {
            var random = new PatientRandom(1, patient);
            var (with, without) = (biology.Draw(random, 0, Values(patient)), eliana.Prepared.Biology.Draw(random, 0, Values(patient)));
            Assert.Equal([.. new[] { Index("rho"), Index("dM") }.Order()], Enumerable.Range(0, with.Length).Where(i => with[i] != without[i]));
            return (with[Index("rho")] / without[Index("rho")], with[Index("dM")] / without[Index("dM")]);
        }
        for (var i = 0; i < 7; i++)
        {
            var (first, second, other) = (Moved(i), Moved(i + 7), Moved(i + 1));
            Assert.Equal(first.Rho, second.Rho, 12);
            Assert.Equal(first.Dm, second.Dm, 12);
            Assert.NotEqual(first.Rho, other.Rho, 6);
        }
    }

    // The law of total variance on the logarithmic scale: patients within replicates, and replicates. Draws cut at |z| = 2.5 have a variance of
    // 1 - 0.0122; four standard errors of a variance of n normal values are 4 sqrt(2/n), which even spreading only makes smaller.
    [Fact]
    public void Spread_between_patients_and_uncertainty_of_the_typical_value_add_up()
    {
        const int replicates = 512, patients = 16 * replicates;
        const double error = .3;
        var rho = eliana.Prepared.Biology.Parameters.Single(p => p.Name == "rho");
        var biology = Biology(Rule(replicates, new UncertainValue("rho", ErrorScale.Log, error))) with { Parameters = [rho with { Factors = [] }] };
        var drawn = Enumerable.Range(0, patients).Select(i => Math.Log(biology.Draw(new PatientRandom(2, i), 0, Values(0))[rho.Index])).ToArray();
        var total = Variance(drawn);
        var between = Variance([.. drawn.Select((v, i) => (v, i)).GroupBy(x => x.i % replicates).Select(g => g.Average(x => x.v))]);
        double[] expected = [((rho.LogSd * rho.LogSd) + (error * error)) * .978, (error * error * .978) + (rho.LogSd * rho.LogSd / 16)];
        Assert.InRange(total, expected[0] * (1 - (4 * Math.Sqrt(2.0 / replicates))), expected[0] * (1 + (4 * Math.Sqrt(2.0 / replicates))));
        Assert.InRange(between, expected[1] * (1 - (4 * Math.Sqrt(2.0 / replicates))), expected[1] * (1 + (4 * Math.Sqrt(2.0 / replicates))));
    }

    [Theory]
    [InlineData("Linear", 10, 2, 1.5, 13)]
    [InlineData("Log", 10, .5, 2, 27.18281828459045)]
    [InlineData("Logit", .5, 1, 1.0986122886681098, .75)]
    [InlineData("Logit", .9, 3, -50, 0)]
    public void A_typical_value_moves_on_the_scale_of_its_error(string scale, double estimate, double error, double z, double expected)
    {
        var value = new UncertainValue("x", Enum.Parse<ErrorScale>(scale), error);
        Assert.Equal(expected, value.At(estimate, z), 12);
        Assert.Equal(estimate, value.At(estimate, 0), 12);
    }

    [Theory]
    [InlineData("rho,,0.1,,1,fitted,test,", null)]
    [InlineData("rhoo,,0.1,,1,fitted,test,", "MRW7010")]
    [InlineData("rho,0.01,0.1,,1,fitted,test,", "MRW7012")]
    [InlineData("rho,,,,1,fitted,test,", "MRW7012")]
    [InlineData("rho,0.01,,,1/d,fitted,test,", null)]
    [InlineData("rho,0.01,,,1,fitted,test,", "MRW7012")]
    [InlineData("rho,0.15,,,1/d,fitted,test,", "MRW7012")]
    [InlineData("rC,,,0.1,1,fitted,test,", "MRW7012")]
    [InlineData("Weight,,0.1,,1,fitted,test,", "MRW7012")]
    [InlineData("rho,,0.1,,1,fitted,test,\nrho,,0.2,,1,fitted,test,", "MRW7011")]
    public void A_row_that_cannot_be_meant_is_refused(string rows, string? code)
    {
        using var files = new StudyFiles();
        File.WriteAllText(Path.Combine(Path.GetDirectoryName(files.Study)!, "errors.csv"), Header + rows + "\n");
        File.AppendAllText(files.Study, "\nuncertainty: {table: errors.csv, replicates: 5}\n");
        var problems = files.Problems();
        if (code is null) Assert.Empty(problems);
        else Assert.Equal((code, "errors.csv"), Assert.Single(problems, p => p.Where.Line > 1) is var p ? (p.Code, Path.GetFileName(p.Where.File)) : default);
    }

    [Fact]
    public void The_fit_of_the_core_says_how_well_its_parameters_are_known()
    {
        using var files = new StudyFiles();
        File.AppendAllText(files.Study, "\nuncertainty: {table: ../models/fit/uncertainty_bcp_all.csv, correlation_table: ../models/fit/uncertainty_bcp_all_correlations.csv, replicates: 20}\n");
        var bag = new DiagnosticBag();
        var study = StudyLoader.Load(files.Study, bag);
        Assert.Empty(bag.Items);
        var rows = Marrow.Reports.Pages.PageTable.Read(Repository.PathOf("models/fit/posteriors.csv"), "parameter", "posterior_sd");
        Assert.Equal(rows.Select(r => (r["parameter"], double.Parse(r["posterior_sd"], System.Globalization.CultureInfo.InvariantCulture))), study!.Uncertainty!.Values.Select(v => (v.Parameter, v.Error)));
        Assert.Contains(study.InputFiles, f => f.EndsWith("uncertainty_bcp_all_correlations.csv", StringComparison.Ordinal));
        Assert.Contains("replicate i mod 20", Assert.Single(study.Stated), StringComparison.Ordinal);
        // What is known of mutation and of protection in the niche is their product: -0.79 in the fit. Four standard errors, and the cut at |z| = 2.5.
        var typical = new TypicalValues(study.Uncertainty with { Replicates = 2000 }, [.. study.Uncertainty.Values.Select(v => Index(v.Parameter))]);
        var drawn = Enumerable.Range(0, 2000).Select(i =>
        {
            var parameters = eliana.Prepared.Model.DefaultParameters();
            typical.Draw(new PatientRandom(1, i), parameters);
            return (A: Math.Log(parameters[Index("protI")]), B: Math.Log(parameters[Index("mu2")]));
        }).ToArray();
        double a = drawn.Average(d => d.A), b = drawn.Average(d => d.B);
        var rho = drawn.Sum(d => (d.A - a) * (d.B - b)) / Math.Sqrt(drawn.Sum(d => (d.A - a) * (d.A - a)) * drawn.Sum(d => (d.B - b) * (d.B - b)));
        Assert.InRange(rho, -.79 - .034, (-.79 * .97) + .034);
    }

    private static double Variance(double[] values)
    {
        var mean = values.Average();
        return values.Sum(v => (v - mean) * (v - mean)) / (values.Length - 1);
    }
}

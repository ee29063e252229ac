using Marrow.Numerics.Statistics;
using Marrow.Trials.Clinical;

namespace Marrow.Tests.Clinical;

public sealed class AssayTests
{
    private const int Patients = 4000;
    private static readonly Visit _visit = new(0, 28, 28, Marrow: true, AtHome: false);

    [Fact]
    public void Morphology_reads_the_share_diluted_by_blood()
    {
        var reads = Reads(Courses.Infused((Readouts.BlastShare, _ => 0.5)), Assays.MarrowBlasts);

        // Mean of 50 % x (1 - 1.5/9.5) x exp(.15^2/2); spread of about 10 % of 50 from dilution and reader.
        var expected = 50 * (1 - (1.5 / 9.5)) * Math.Exp(0.15 * 0.15 / 2);
        Assert.InRange(reads.Average(), expected - (4 * 10 / Math.Sqrt(Patients)) - 0.1, expected + (4 * 10 / Math.Sqrt(Patients)) + 0.1);
        Assert.All(reads, r => Assert.True(r < 20 ? r == Math.Round(r) : r % 5 == 0));
    }

    [Fact]
    public void A_marrow_without_blasts_reads_zero_and_a_full_one_not_above_hundred()
    {
        Assert.All(Reads(Courses.Infused(), Assays.MarrowBlasts), r => Assert.Equal(0, r));
        Assert.All(Reads(Courses.Infused((Readouts.BlastShare, _ => 1)), Assays.MarrowBlasts), r => Assert.InRange(r, 0, 100));
    }

    /// <summary>Detection at several levels, against the probability integrated over dilution and patchiness on a grid.</summary>
    [Theory]
    [InlineData(1e-5)]
    [InlineData(5e-5)]
    [InlineData(1e-4)]
    [InlineData(1e-3)]
    public void Residual_disease_is_found_as_often_as_sampling_allows(double share)
    {
        var course = Courses.Infused((Readouts.BlastShare, _ => share), (Readouts.MarrowBurden, _ => 1));
        var found = Enumerable.Range(0, Patients).Count(i => Assays.Mrd(Courses.Subject(course, i), _visit).Share > 0);

        var expected = Detection(share);
        var error = (4 * Math.Sqrt(expected * (1 - expected) / Patients)) + (1.0 / Patients);
        Assert.InRange((double)found / Patients, expected - error, expected + error);
    }

    [Fact]
    public void CD19_negative_cells_are_mostly_invisible()
    {
        var course = Courses.Infused((Readouts.BlastShare, _ => 1e-3), (Readouts.MarrowBurden, _ => 2), (Readouts.MarrowCloneCd19Neg, _ => 2));
        var visible = Courses.Infused((Readouts.BlastShare, _ => 1e-3), (Readouts.MarrowBurden, _ => 2));

        var ratio = Enumerable.Range(0, 1000).Average(i => Assays.Mrd(Courses.Subject(course, i), _visit).Share)
            / Enumerable.Range(0, 1000).Average(i => Assays.Mrd(Courses.Subject(visible, i), _visit).Share);

        Assert.InRange(ratio, 0.28, 0.32);
    }

    [Fact]
    public void Residual_disease_is_negative_below_the_trials_limit()
    {
        var course = Courses.Infused((Readouts.BlastShare, _ => 1e-2), (Readouts.MarrowBurden, _ => 1));

        Assert.False(Assays.Mrd(Courses.Subject(course), _visit).Negative);
        Assert.True(Assays.Mrd(Courses.Subject(Courses.Infused()), _visit).Negative);
    }

    [Fact]
    public void The_transgene_assay_has_its_residual_and_its_limit()
    {
        var logs = Reads(Courses.Infused((Readouts.CarCopies, _ => 10000)), Assays.CarCopies).Select(r => Math.Log(r)).ToArray();
        var mean = logs.Average();

        Assert.InRange(mean, Math.Log(10000) - (4 * 0.5 / Math.Sqrt(Patients)), Math.Log(10000) + (4 * 0.5 / Math.Sqrt(Patients)));
        Assert.InRange(Math.Sqrt(logs.Average(l => (l - mean) * (l - mean))), 0.5 * 0.955, 0.5 * 1.045);
        Assert.All(Reads(Courses.Infused((Readouts.CarCopies, _ => 0.5)), Assays.CarCopies), r => Assert.Equal(0, r));
    }

    [Theory]
    [InlineData(2000, 0, true)]
    [InlineData(2000, 10, true)]
    [InlineData(200, 20, true)]
    [InlineData(2000, 300, false)]
    [InlineData(30000, 200, false)]
    [InlineData(2000, 80, false)]
    public void B_cells_are_absent_below_a_percent_or_fifty(double lymphocytes, double bCells, bool aplasia)
    {
        var course = Courses.Infused((Readouts.LymphocytesPerUl, _ => lymphocytes), (Readouts.Cd19PerUl, _ => bCells));

        Assert.Equal(aplasia, Assays.BCellAplasia(Courses.Subject(course), _visit));
    }

    [Fact]
    public void A_smear_shows_blasts_as_often_as_two_hundred_cells_do()
    {
        var course = Courses.Infused((Readouts.BloodBlastsPerUl, _ => 30));
        var seen = (double)Reads(course, Assays.BloodBlasts).Count(b => b > 0) / Patients;

        var expected = 1 - Math.Exp(-200 * 30.0 / 6000);
        Assert.InRange(seen, expected - (4 * 0.5 / Math.Sqrt(Patients)), expected + (4 * 0.5 / Math.Sqrt(Patients)));
    }

    private static double[] Reads(Course course, Func<Subject, Visit, double> assay) =>
        [.. Enumerable.Range(0, Patients).Select(i => assay(Courses.Subject(course, i), _visit))];

    /// <summary>P(at least 20 events), Poisson(5e5 x d exp(.4 z)), on midpoints of d ~ 1 - Beta(1.5, 8) and of z.</summary>
    private static double Detection(double share)
    {
        const int steps = 200;
        double sum = 0, weights = 0;
        for (var i = 0; i < steps; i++)
        {
            var blood = (i + 0.5) / steps;
            var density = Math.Sqrt(blood) * Math.Pow(1 - blood, 7);
            for (var j = 0; j < steps; j++)
            {
                var z = -5 + (10 * (j + 0.5) / steps);
                var weight = density * NormalDistribution.Density(z);
                var mean = 5e5 * share * (1 - blood) * Math.Exp(0.4 * z);
                var below = Enumerable.Range(0, 20).Sum(k => Math.Exp(CountProbabilities.LogPoisson(k, mean)));
                sum += weight * (1 - below);
                weights += weight;
            }
        }

        return sum / weights;
    }
}

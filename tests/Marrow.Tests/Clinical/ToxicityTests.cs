using Marrow.Trials.Clinical;

namespace Marrow.Tests.Clinical;

public sealed class ToxicityTests
{
    private const int Patients = 20_000;

    private static readonly Course _remission = Courses.Infused();

    private static ToxicityRules Rules => ProtocolTests.Eliana.Toxicity;

    /// <summary>Where the log10 of the highest IL-6 is N(2.8, 1.1), neurotoxicity is stated as .34 and .12 with 4-1BB and .70 and .27 with CD28: the integral
    /// over the score by sampling, four standard errors and the rounding.</summary>
    [Theory]
    [InlineData(false, false, 0.34)]
    [InlineData(false, true, 0.12)]
    [InlineData(true, false, 0.70)]
    [InlineData(true, true, 0.27)]
    public void Neurotoxicity_has_the_stated_frequency(bool cd28, bool severe, double stated)
    {
        var mean = Enumerable.Range(0, Patients).Average(i =>
        {
            var stream = Courses.Subject(_remission, i).Random("score test");
            var score = stream.Normal(2.8, 1.1) + stream.Logistic(0, 1.0 / 3);
            return Rules.Neurotoxicity(score, cd28, severe);
        });

        // The standard deviation of a probability is at most a half.
        Assert.InRange(mean, stated - 0.005 - (2 / Math.Sqrt(Patients)), stated + 0.005 + (2 / Math.Sqrt(Patients)));
    }

    [Fact]
    public void Severe_neurotoxicity_is_rarer_than_any_and_rises_with_the_score()
    {
        foreach (var score in new[] { -1.0, 2.8, 6 })
        {
            Assert.True(Rules.Neurotoxicity(score, false, true) < Rules.Neurotoxicity(score, false, false));
            Assert.True(Rules.Neurotoxicity(score, true, true) < Rules.Neurotoxicity(score, true, false));
            Assert.True(Rules.Neurotoxicity(score, false, true) < Rules.Neurotoxicity(score + 1, false, true));
        }
    }

    [Fact]
    public void Neurotoxicity_begins_in_its_published_quartiles()
    {
        var course = Courses.Infused((Readouts.Il6EffectivePgMl, d => d is > 2 and < 12 ? 1e5 : 3), (Readouts.CarCopies, d => d > 0 ? 1e4 : 0));
        var days = Enumerable.Range(0, 2000).Select(i => ToxicityAssessment.Neurotoxicity(Courses.Subject(course, i), 5, 1000)?.OnsetDay).OfType<double>().ToArray();

        // Shares below the quartiles 5, 7 and 9 days: four binomial standard errors, and 5 and 9 are not quite symmetric about 7 on a log scale (.03).
        foreach (var (limit, share) in new[] { (5.0, 0.25), (7.0, 0.5), (9.0, 0.75) })
            Assert.InRange(days.Count(d => d < limit) / (double)days.Length, share - (2 / Math.Sqrt(days.Length)) - 0.03, share + (2 / Math.Sqrt(days.Length)) + 0.03);
    }

    [Fact]
    public void A_full_block_of_interleukin_1_leaves_no_neurotoxicity_and_half_a_block_half_of_it()
    {
        int With(double blocked)
        {
            var course = Courses.Infused((Readouts.Il1Blocked, _ => blocked));
            return Enumerable.Range(0, 2000).Count(i => ToxicityAssessment.Neurotoxicity(Courses.Subject(course, i), 5, 1000) is not null);
        }

        Assert.Equal(0, With(1));
        // The same draws decide both, so that half of the probability is half of the patients but for four binomial standard errors.
        Assert.InRange(With(.5), (With(0) / 2.0) - (2 * Math.Sqrt(2000)), (With(0) / 2.0) + (2 * Math.Sqrt(2000)));
    }

    [Fact]
    public void Lysis_follows_its_law()
    {
        Assert.Equal(0.5, Rules.LaboratoryLysis(20, 120, true), 12);
        Assert.Equal(0.2, Rules.LaboratoryLysis(10, 120, true), 12);
        Assert.Equal(0.5, Rules.LaboratoryLysis(10, 50, true), 12);
        Assert.Equal(0.5, Rules.LaboratoryLysis(8, 120, false), 12);
        Assert.Equal(0, Rules.LaboratoryLysis(0, 120, true));
    }

    [Fact]
    public void Lysis_is_read_from_the_fall_of_the_burden_or_from_the_model_s_own_flux()
    {
        var fall = Courses.Infused((Readouts.Burden, d => d < 8 ? 660 : d < 9 ? 330 : 0));
        var flux = Courses.Infused((Readouts.Burden, d => d < 8 ? 660 : d < 9 ? 330 : 0), (Readouts.LysisPerDay, d => d is >= 7 and <= 8 ? 990 : 0));

        Assert.Equal(330 / 33.0, ToxicityAssessment.Lysis(Courses.Subject(fall), 1000).PeakPerKg, 9);
        Assert.Equal(8, ToxicityAssessment.Lysis(Courses.Subject(fall), 1000).PeakDay);
        Assert.Equal(990 / 33.0, ToxicityAssessment.Lysis(Courses.Subject(flux), 1000).PeakPerKg, 9);
        Assert.Equal(0, ToxicityAssessment.Lysis(Courses.Subject(fall), 6).PeakPerKg);
    }

    [Fact]
    public void Lysis_takes_its_share_and_a_part_of_it_is_clinical()
    {
        var course = Courses.Infused((Readouts.Burden, d => d < 8 ? 330 : 0));
        var outcomes = Enumerable.Range(0, 4000).Select(i => ToxicityAssessment.Lysis(Courses.Subject(course, i), 1000)).ToArray();
        double laboratory = outcomes.Count(l => l.Laboratory), clinical = outcomes.Count(l => l.Clinical);

        // 10 G/kg in a day: 100/(100 + 400).
        Assert.InRange(laboratory / 4000, 0.2 - 0.026, 0.2 + 0.026);
        Assert.InRange(clinical / laboratory, 0.3 - 0.066, 0.3 + 0.066);
    }

    /// <summary>10 g/L rise by half a gram per kg, again after four weeks, with 21 days of half-life in between.</summary>
    [Fact]
    public void Children_below_the_trigger_are_given_immunoglobulin_and_it_decays()
    {
        var days = Enumerable.Range(0, 29).Select(d => (double)d).ToArray();
        var course = Courses.Of(new CourseEvents { InfusionDay = 40 }, days, (Readouts.IggGPerL, _ => 2));
        var given = Enumerable.Range(0, 1000).Select(i => new IggReplacement(Courses.Subject(course, i), 0, _ => 0)).Where(r => r.FirstDay is not null).ToArray();

        Assert.InRange(given.Length, 500 - 64, 500 + 64);
        Assert.All(given, r => Assert.Equal(0, r.FirstDay));
        Assert.Equal(2 + 10, given[0].Level(0), 9);
        Assert.Equal(2 + (10 * Math.Pow(2, -1.0 / 3)), given[0].Level(7), 9);
        Assert.Equal(2 + (10 * Math.Pow(2, -28.0 / 21)) + 10, given[0].Level(28), 9);
    }

    [Fact]
    public void Adults_are_given_immunoglobulin_after_an_infection_only()
    {
        var course = Courses.Infused((Readouts.IggGPerL, _ => 2));
        var adult = Courses.Child() with { AgeYears = 50 };
        IggReplacement Of(int id, double hazard) => new(Courses.Subject(course, id, adult with { Id = id }), 0, _ => hazard);

        Assert.All(Enumerable.Range(0, 50), i => Assert.Null(Of(i, 0).FirstDay));
        Assert.Contains(Enumerable.Range(0, 50), i => Of(i, 0.01).FirstDay > 10);
        Assert.All(Enumerable.Range(0, 50), i => Assert.Null(new IggReplacement(Courses.Subject(_remission, i), 0, _ => 1).FirstDay));
    }

    [Fact]
    public void Cells_bring_graft_versus_host_disease_only_to_patients_grafted_before()
    {
        var subjects = Enumerable.Range(0, 4000).ToArray();
        int Count(bool grafted) => subjects.Count(i =>
            ToxicityAssessment.GraftDisease(Courses.Subject(_remission, i, Courses.Child(i) with { PriorTransplant = grafted }), 1000) is not null);

        Assert.Equal(0, Count(false));
        Assert.InRange(Count(true), 60 - 31, 60 + 31);
    }

    [Theory]
    [InlineData("flow8", 4e-5)]
    [InlineData("flow_next", 1e-5)]
    [InlineData("pcr", 1e-5)]
    [InlineData("ngs", 1e-6)]
    [InlineData("cll_flow4", 1e-4)]
    [InlineData("cll_flow6", 1e-5)]
    [InlineData("cll_ngs", 1e-6)]
    public void An_assay_of_residual_disease_reaches_its_published_sensitivity(string id, double sensitivity)
    {
        var bag = new Networks.Diagnostics.DiagnosticBag();
        var assay = MrdAssay.Load(House.Repository.PathOf("models/clinical"), id, bag).Assay;

        Assert.Empty(bag.Items);
        // The least share that is called positive.
        Assert.InRange(assay.PositiveFrom / assay.Cells, sensitivity / 4, sensitivity * 1.01);
    }
}

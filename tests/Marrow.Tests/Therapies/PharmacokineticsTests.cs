namespace Marrow.Tests.Therapies;

/// <summary>Drugs against the solutions that can be written down. No drug here has a nonlinear clearance.</summary>
public sealed class PharmacokineticsTests
{
    [Theory]
    [InlineData("RateVincristine", "VcrC", "VcrV1", "VcrCl", "VcrP", "VcrV2")]
    [InlineData("RateDaunorubicin", "DnrC", "DnrV1", "DnrCl", "DnrP", "DnrV2")]
    [InlineData("RateVenetoclax", "VenC", "VenV1", "VenCl", "VenP", "VenV2")]
    [InlineData("RateNivolumab", "Pd1C", "PDV", "PDCL", "Pd1P", "PDP")]
    [InlineData("RateNelarabine", "AraG", "AraGV", "AraGCl", null, null)]
    [InlineData("RateChlorambucil", "ClbC", "ClbV", "ClbCl", null, null)]
    [InlineData("RateIbrutinib", "IbrC", "IbrV", "IbrCl", null, null)]
    [InlineData("RateImatinib", "AblC", "AblV", "AblCl", null, null)]
    [InlineData("RateAnakinra", "AnaC", "AnaV", "AnaCl", null, null)]
    [InlineData("RateFilgrastim", "GcsfC", "GcsfV", "GcsfCl", null, null)]
    [InlineData("RateBlinatumomab", "BlinC", "VB", "CLB", null, null)]
    public void A_drug_rests_where_its_input_over_clearance_puts_it(
        string rate, string central, string volume, string clearance, string? peripheral, string? otherVolume)
    {
        const double Input = 5;
        var course = new TreatedCourse().Set(rate, Input);
        course[central] = Input * course.Parameter(volume) / course.Parameter(clearance);
        if (peripheral is not null) course[peripheral] = course[central] * course.Parameter(otherVolume!) / course.Parameter(volume);
        Assert.Equal(0, course.Slope(central), 1e-9);
        if (peripheral is not null) Assert.Equal(0, course.Slope(peripheral), 1e-9);
    }

    [Theory]
    [InlineData("RateVincristine", "VcrEff", "VcrCl", 2.7)]
    [InlineData("RateDaunorubicin", "DnrEff", "DnrCl", 45)]
    public void The_area_under_the_drug_in_cells_is_dose_over_clearance(string rate, string effect, string clearance, double dose)
    {
        var course = new TreatedCourse().Infuse(rate, 0, 1, dose);
        double area = 0, last = 0, lastTime = 0;
        void Add(double time)
        {
            area += (course[effect] + last) / 2 * (time - lastTime);
            (last, lastTime) = (course[effect], time);
        }

        course.Run(1, every: .02, look: Add);
        course.Run(60, every: .2, look: Add);
        // Trapezoids: the effect decays by at most 0.5 /d, so that (0.2 x 0.5)^2/12 = 8e-4 bounds each step; the solver may err by 1e-6 in
        // each of some thousand steps.
        Assert.Equal(dose / (course.Parameter(clearance) * course.Parameter("Bsa")), area, 3e-3 * area);
    }

    /// <summary>Published half-lives, days; where no spread is printed, 30 %.</summary>
    [Theory]
    [InlineData("RateVenetoclax", "VenC", 3, 5, 26 / 24.0)]
    [InlineData("RateImatinib", "AblC", 1, 3, 18 / 24.0)]
    [InlineData("RateChlorambucil", "ClbC", .2, .4, 1.53 / 24)]
    [InlineData("RateBlinatumomab", "BlinC", .2, .5, 2.2 / 24)]
    [InlineData("RateInotuzumab", "InoC", 5, 15, 12.3)]
    [InlineData("RateDaunorubicin", "DnrC", 1, 2, 19 / 24.0)]
    [InlineData("RateCytarabine", "AraC", .2, .6, 2.57 / 24)]
    [InlineData("RateAnakinra", "AnaC", .2, 1, 5 / 24.0)]
    [InlineData("RateFilgrastim", "GcsfC", .2, .6, 3.5 / 24)]
    [InlineData("RateLenalidomide", "LenC", .3, 1, 4 / 24.0)]
    [InlineData("RateNivolumab", "Pd1C", 30, 60, 25)]
    public void Half_lives_are_those_of_labels_and_papers(string rate, string central, double from, double to, double published)
    {
        var course = new TreatedCourse().Infuse(rate, 0, 1, 10);
        // Cells with CD22 would clear inotuzumab faster.
        course.Set("InoClTarget", 0);
        course.Run(from);
        var before = course[central];
        course.Run(to);
        Assert.Equal(published, (to - from) * Math.Log(2) / Math.Log(before / course[central]), .3 * published);
    }

    [Fact]
    public void Thioguanine_nucleotides_rest_at_one_under_the_standard_dose()
    {
        var course = new TreatedCourse();
        course.Set("RateMercaptopurine", 75 * course.Parameter("Bsa"));
        course["Tgn"] = 1;
        Assert.Equal(0, course.Slope("Tgn"), 1e-15);
    }

    [Fact]
    public void Methotrexate_in_cerebrospinal_fluid_rests_at_its_share_of_plasma()
    {
        var course = new TreatedCourse();
        course.Set("RateMethotrexate", 100);
        var (weight, reference) = (course.Parameter("Weight"), course.Parameter("MtxWeight"));
        var clearance = course.Parameter("MtxClRef") * Math.Pow(weight / reference, .75);
        course["MtxC"] = 100 / clearance * course.Parameter("MtxV1Ref") * weight / reference;
        course["MtxCsf"] = course.Parameter("csfRatio") * 100 / clearance * course.Parameter("CsfVolume");
        Assert.Equal(0, course.Slope("MtxCsf"), 1e-12);
    }

    [Fact]
    public void Kinase_left_under_ibrutinib_rests_at_what_is_made_over_what_is_lost()
    {
        var course = new TreatedCourse();
        course["IbrC"] = .01 * course.Parameter("IbrV");
        course["BtkLeft"] = course.Parameter("IbrHalf") / (course.Parameter("IbrHalf") + .01);
        Assert.Equal(0, course.Slope("BtkLeft"), 1e-14);
    }

    [Fact]
    public void Haemoglobin_rests_without_the_antibody()
    {
        var course = new TreatedCourse();
        course["MarrowNormal"] = course.Parameter("KG");
        Assert.Equal(0, course.Slope("HbYoung"), 1e-12);
        Assert.Equal(0, course.Slope("HbAged"), 1e-12);
        Assert.Equal(course.Parameter("HbRest"), course.Read("Haemoglobin"), 12);
    }
}

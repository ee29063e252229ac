namespace Marrow.Tests.Therapies;

/// <summary>What papers and labels say of exposure and of first effects. Where no spread is printed, 30 %.</summary>
public sealed class PublishedKineticsTests
{
    /// <summary>Blood 115:1351: above 0.1 IU/mL in 95, 88 and 7 % of children at days 11, 18 and 25 after 2,500 IU/m2, so the typical child is
    /// above, above and below; 10.1080/10428194.2018.1542146: asparagine is gone for 22-29 days.</summary>
    [Fact]
    public void Pegaspargase_lasts_as_long_as_in_children()
    {
        var course = new TreatedCourse().Infuse("RatePegaspargase", 0, 1, 2500 * 1.8);
        Assert.True(course.Run(11).Read("AspActivity") > 100);
        Assert.True(course.Run(18).Read("AspActivity") > 100);
        Assert.True(course.Run(22).Read("AsnDepletion") > .95);
        Assert.True(course.Run(25).Read("AspActivity") < 100);
        Assert.True(course.Run(33).Read("AsnDepletion") < .95);
    }

    /// <summary>Label: 228 (SD 356) and 616 (537) pg/mL under 9 and 28 ug a day.</summary>
    [Theory]
    [InlineData(9, .228, .356)]
    [InlineData(28, .616, .537)]
    public void Blinatumomab_rests_inside_the_spread_of_the_label(double daily, double mean, double spread)
    {
        var course = new TreatedCourse().Set("RateBlinatumomab", daily).Run(2);
        Assert.Equal(mean, course.Read("BlinConc"), spread);
    }

    /// <summary>Patients on 400 mg: 12.7-62.8 ug h/mL a day (review of clinical pharmacology).</summary>
    [Fact]
    public void Venetoclax_exposure_lies_in_the_published_range()
    {
        var course = new TreatedCourse().Give("venetoclax").Run(60);
        Assert.InRange(course.Read("VenConc") * 24, 12.7, 62.8);
    }

    /// <summary>Label: 708 ng h/mL a day under 420 mg, and more than 90 % of the kinase occupied.</summary>
    [Fact]
    public void Ibrutinib_reaches_the_exposure_and_occupancy_of_the_label()
    {
        var course = new TreatedCourse("cll").Give("ibrutinib").Run(20);
        Assert.Equal(.708, course.Read("IbrConc") * 24, .01 * .708);
        Assert.InRange(course["BtkLeft"], 0, .1);
    }

    /// <summary>Label: 100,000 ng h/mL a cycle at steady state.</summary>
    [Fact]
    public void Inotuzumab_exposure_of_the_fourth_cycle_is_that_of_the_label()
    {
        var course = new TreatedCourse().Set("InoClTarget", 0).Give("inotuzumab").Run(77);
        var area = 0.0;
        course.Run(105, every: .25, look: _ => area += .25 * course.Read("InoConc"));
        Assert.Equal(100, area * 24, 30.0);
    }

    /// <summary>Swain 2003: heart failure in 5, 26 and 48 % at 400, 550 and 700 mg/m2 of doxorubicin; the fit may miss each by its rounding.</summary>
    [Theory]
    [InlineData(400, .05)]
    [InlineData(550, .26)]
    [InlineData(700, .48)]
    public void The_heart_fails_as_often_as_published(double lifetime, double share)
    {
        var course = new TreatedCourse();
        course["DnrCum"] = lifetime;
        Assert.Equal(share, course.Read("CardiotoxicityRisk"), .3 * share);
    }

    [Fact]
    public void A_lifetime_dose_counts_daunorubicin_by_half()
    {
        var course = new TreatedCourse().Infuse("RateDaunorubicin", 0, 1, 45).Infuse("RateDoxorubicin", 1, 1, 45).Run(2);
        Assert.Equal((.5 * 25) + 25, course["DnrCum"], 6);
    }

    /// <summary>0.4 g/kg raise immunoglobulin G by 8 g/L.</summary>
    [Fact]
    public void Immunoglobulin_rises_as_published()
    {
        var (treated, untreated) = (new TreatedCourse().Infuse("RateImmunoglobulin", 0, 4, .4 * 70).Run(.25), new TreatedCourse().Run(.25));
        Assert.Equal(8, treated["Igg"] - untreated["Igg"], .3 * 8);
    }

    /// <summary>Hu5F9-G4 in AML: haemoglobin changed by -1.0 g/dL (0.4 to 1.6); a priming dose comes first.</summary>
    [Fact]
    public void Anti_cd47_lowers_haemoglobin_by_about_one_gram()
    {
        var primed = new TreatedCourse().Give("anti_cd47").Run(14).Read("Haemoglobin");
        var full = new TreatedCourse().Give("anti_cd47_full").Run(14).Read("Haemoglobin");
        var without = new TreatedCourse().Run(14).Read("Haemoglobin");
        Assert.InRange(without - primed, .4, 1.6);
        Assert.True(full < primed);
    }

    /// <summary>10.1007 (PMC8313761): a child of 19 kg clears 6.9 L/h, so that 5 g/m2 in 24 h rest at 3,800 mg/24 h/6.9 L/h.</summary>
    [Fact]
    public void High_dose_methotrexate_reaches_its_plateau()
    {
        var course = new TreatedCourse().Set("Weight", 19).Set("Bsa", .76).Infuse("RateMethotrexate", 0, 24, 3800).Run(1);
        Assert.Equal(3800 / (24 * 6.9), course.Read("MtxConc"), .05 * 3800 / (24 * 6.9));
    }
}

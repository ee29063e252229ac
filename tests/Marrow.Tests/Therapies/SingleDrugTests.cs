namespace Marrow.Tests.Therapies;

/// <summary>One drug at its clinical dose in a typical patient: the order of magnitude that trials of single drugs found. The limits are
/// those of models/expected_effects.csv (E147-E154); the other end is where a single drug would cure, which none does.</summary>
public sealed class SingleDrugTests
{
    [Fact]
    public void Prednisone_clears_blood_within_a_week() => Assert.InRange(Fall("alone_steroid", 8, c => c.Read("BloodBlastsPerUl")), .5, 3);

    [Fact]
    public void Vincristine_alone_lowers_blasts() => Assert.InRange(Fall("alone_vincristine", 29, Blasts), .3, 3);

    [Fact]
    public void Pegaspargase_alone_lowers_blasts_that_make_little_asparagine() =>
        Assert.InRange(Fall("alone_pegaspargase", 29, Blasts, c => c.Set("asns", .5)), .3, 3);

    [Fact]
    public void Daunorubicin_alone_lowers_blasts() => Assert.InRange(Fall("alone_daunorubicin", 29, Blasts), .3, 3);

    [Fact]
    public void Blasts_that_make_asparagine_survive_pegaspargase_better() =>
        Assert.True(Fall("alone_pegaspargase", 29, Blasts, c => c.Set("asns", 3)) < Fall("alone_pegaspargase", 29, Blasts, c => c.Set("asns", .5)) - .3);

    [Fact]
    public void Stroma_that_makes_asparagine_feeds_blasts() =>
        Assert.True(Fall("alone_pegaspargase", 29, Blasts, c => c.Set("asns_msc", 4)) < Fall("alone_pegaspargase", 29, Blasts, c => c.Set("asns_msc", .2)) - .3);

    [Fact]
    public void Resistant_blasts_survive_prednisone_better()
    {
        static TreatedCourse Resistant(TreatedCourse c)
        {
            foreach (var site in new[] { "Marrow", "Blood" }) (c[$"{site}_Resistant"], c[$"{site}_Sensitive"]) = (c[$"{site}_Sensitive"], 0);
            return c;
        }

        Assert.True(Fall("alone_steroid", 8, Blasts, Resistant) < .6 * Fall("alone_steroid", 8, Blasts));
    }

    [Fact]
    public void Nelarabine_takes_t_lineage_blasts_and_leaves_b_lineage_blasts()
    {
        Assert.Equal(0, Fall("nelarabine", 12, Blasts), .02);
        Assert.InRange(Fall("nelarabine", 12, Blasts, c => c.Set("nelLineage", 1)), .5, 3);
    }

    [Fact]
    public void Maintenance_holds_what_induction_left()
    {
        static TreatedCourse Remission(TreatedCourse c)
        {
            foreach (var state in new[] { "Marrow", "Niche", "Blood", "Node", "Spleen" }) c[$"{state}_Sensitive"] *= 1e-4;
            c["MarrowNormal"] = c.Parameter("KG");
            return c;
        }

        Assert.True(Fall("all_maintenance", 120, Blasts, Remission) > .5);
    }

    [Theory]
    [InlineData("fc", 1e-3, .1)]
    [InlineData("chlorambucil", .05, .7)]
    public void Chemotherapy_of_cll_lowers_the_blood_count_by_day_180(string regimen, double least, double most) =>
        Assert.InRange(Math.Pow(10, -Fall(regimen, 180, c => c.Read("BloodBlastsPerUl"), Overt, "cll")), least, most);

    [Fact]
    public void Venetoclax_clears_blood_before_nodes()
    {
        var treated = Overt(new TreatedCourse("cll")).Give("venetoclax").Run(42);
        var untreated = Overt(new TreatedCourse("cll")).Run(42);
        Assert.True(treated["Blood_Sensitive"] / untreated["Blood_Sensitive"] < treated["Node_Sensitive"] / untreated["Node_Sensitive"]);
    }

    [Fact]
    public void Ibrutinib_drives_cells_from_nodes_into_blood_and_then_clears_both()
    {
        var course = Overt(new TreatedCourse("cll")).Give("ibrutinib").Run(28);
        var (blood, nodes) = (course["Blood_Sensitive"], course["Node_Sensitive"]);
        Assert.True(blood > 1.2 * 300);
        course.Run(168);
        Assert.True(course["Blood_Sensitive"] < blood && course["Node_Sensitive"] < nodes);
    }

    [Fact]
    public void Imatinib_acts_only_on_blasts_that_depend_on_its_kinase()
    {
        // Two courses with other steps agree to the tolerance of the solver, 1e-6 a step.
        Assert.Equal(0, Fall("imatinib", 28, Blasts), 1e-3);
        Assert.True(Fall("imatinib", 28, Blasts, c => c.Set("ablDependence", 1)) > .5);
    }

    internal static TreatedCourse Overt(TreatedCourse c)
    {
        (c["Node_Sensitive"], c["Spleen_Sensitive"], c["Marrow_Sensitive"], c["Blood_Sensitive"], c["Niche_Sensitive"]) = (1800, 1800, 600, 300, 30);
        return c;
    }

    private static double Blasts(TreatedCourse course) => course.Read("Burden");

    /// <summary>How far a regimen lowers a reading below that of the untreated patient, log10.</summary>
    private static double Fall(string regimen, double day, Func<TreatedCourse, double> read, Func<TreatedCourse, TreatedCourse>? prepare = null, string disease = "bcp_all")
    {
        TreatedCourse Start()
        {
            var start = new TreatedCourse(disease);
            if (disease == "bcp_all") start.Overt();
            return prepare is null ? start : prepare(start);
        }

        return Math.Log10(read(Start().Run(day)) / read(Start().Give(regimen).Run(day)));
    }
}

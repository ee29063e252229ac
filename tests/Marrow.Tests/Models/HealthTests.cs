namespace Marrow.Tests.Models;

/// <summary>A healthy adult of 70 kg at rest.</summary>
public sealed class HealthTests
{
    private static Courses Rested()
    {
        var course = new Courses(ModelFiles.Patient("bcp_all"));
        course.Run([1500]);
        course.Set("BPreRest", course["BPre"]);
        return course;
    }

    [Fact]
    public void Blood_counts_lie_within_those_measured()
    {
        var course = Rested();
        // Adults, 2.5th to 97.5th centile: Ginaldi 1998, J Clin Pathol 51:364 (lymphocytes, CD19, NK per uL).
        Assert.InRange(course.Read("LymphocytesPerUl"), 1147, 3727);
        Assert.InRange(course.Read("Cd19PerUl"), 109, 802);
        Assert.InRange(course.Read("NkPerUl"), 140, 1103);
        Assert.Equal(4.5, course.Read("AncReadout"), 0.01);
        Assert.Equal(250, course.Read("PltReadout"), 0.5);
        Assert.Equal(0, course.Read("BlastShare"));
        Assert.Equal(0, course.Read("CarCopies"));
    }

    [Fact]
    public void Health_is_a_steady_state()
    {
        var course = Rested();
        foreach (var name in new[] { "TBystander", "Nk", "BCell", "MacM1", "Treg", "Helper", "MarrowNormal", "Igg", "Anc", "Plt" })
            Assert.InRange(Math.Abs(course.Slope(name)), 0, 1e-5 * course[name]);
    }

    [Fact]
    public void The_blast_share_counts_normal_marrow_by_body_weight()
    {
        var course = Rested();
        // 10.4e9 nucleated cells per kg are 728 G at 70 kg; as many blasts are half of all, while normal marrow is whole.
        course["Marrow_Sensitive"] = 728;
        Assert.Equal(0.5, course.Read("BlastShare"), 1e-4);
    }

    [Fact]
    public void Copies_per_microgram_are_a_share_of_white_cells()
    {
        var course = Rested();
        course.Set("vcn", 1);
        course.Set("InfusionTime", course.Time);
        course["CarEff"] = 1;
        Assert.Equal(1000 * course.Parameter("sh") / course.Parameter("BloodVolume"), course.Read("CarPerUl"), 1e-9);
        Assert.Equal(1, course.Read("CarCopies") * course.Read("WbcPerUl") / (1.52e5 * course.Read("CarPerUl")), 1e-12);
    }

    [Fact]
    public void Tocilizumab_lowers_the_effect_of_interleukin_6_while_its_level_rises()
    {
        var course = Rested();
        var before = (Level: course.Read("Il6PgMl"), Effect: course.Read("Il6EffectivePgMl"));
        course["TociC"] = 800;
        course.Run([1505]);
        Assert.True(course.Read("Il6PgMl") > 2 * before.Level, $"{course.Read("Il6PgMl")} pg/mL after {before.Level}");
        Assert.True(course.Read("Il6EffectivePgMl") < 0.2 * before.Effect, $"{course.Read("Il6EffectivePgMl")} pg/mL after {before.Effect}");
    }

    [Fact]
    public void A_virus_is_cleared_within_a_month_and_only_with_t_cells()
    {
        var course = Rested();
        course["Pathogen"] = 1e-3;
        course.Run([1530]);
        Assert.Equal(0, course["Pathogen"]);
        Assert.InRange(course["PathCtlMem"], 1e-3, 1);

        course = Rested();
        course.Set("Immunosuppression", 1);
        course["Pathogen"] = 1e-3;
        course.Run([1530]);
        Assert.InRange(course["Pathogen"], 0.1, 1);
    }

    [Theory]
    [InlineData(4.5, 13, true)]
    [InlineData(0.1, 13, false)]
    [InlineData(0.1, 1, false)]
    public void Bacteria_are_cleared_by_neutrophils(double neutrophils, double antibody, bool cleared)
    {
        var course = Rested();
        (course["Bacteria"], course["Anc"], course["Igg"]) = (0.01, neutrophils, antibody);
        Assert.Equal(cleared, course.Slope("Bacteria") < 0);
    }

    [Fact]
    public void Less_antibody_means_slower_clearance_of_bacteria()
    {
        var course = Rested();
        course["Bacteria"] = 0.01;
        var healthy = course.Slope("Bacteria");
        course["Igg"] = 2;
        Assert.True(course.Slope("Bacteria") > healthy);
    }

    [Fact]
    public void Inflammation_ends_by_itself_unless_nothing_resolves_it()
    {
        var course = Rested();
        course["Injury"] = 0.5;
        course.Run([1505]);
        Assert.InRange(course["Inflammation"], 0.02, 2);
        course.Run([1560]);
        Assert.InRange(course["Inflammation"], 0, 0.01);

        course = Rested();
        foreach (var name in new[] { "TregResolve", "M2Resolve", "I1050" }) course.Set(name, 1e6);
        course["Injury"] = 0.5;
        course.Run([1560]);
        Assert.InRange(course["Inflammation"], 0.3, 2);
    }

    [Fact]
    public void Ten_years_of_health_change_nothing()
    {
        var course = Rested();
        var start = course.States.ToArray();
        course.Run([1500 + 3652]);
        Assert.All(course.Model.States.Select((name, i) => (name, i)), s =>
            Assert.True(Math.Abs(course.States[s.i] - start[s.i]) <= 0.01 * start[s.i] + 1e-9, $"{s.name}: {start[s.i]} became {course.States[s.i]}"));
        Assert.DoesNotContain(start, value => value < 0);
    }
}

namespace Marrow.Tests.Models;

/// <summary>Solutions that can be written down.</summary>
public sealed class ClosedFormTests
{
    [Fact]
    public void Interleukin_15_rests_where_lymphocytes_hold_it()
    {
        var course = new Courses(ModelFiles.Patient("bcp_all")) { ["TBystander"] = 130, ["CarProlif"] = 3, ["CarEff"] = 8 };
        var u15 = course.Parameter("u15");
        course["Il15"] = 1 / (1 - u15 + (u15 * ((130 / 400.0) + (course.Parameter("wC15") * 11))));
        Assert.Equal(0, course.Slope("Il15"), 1e-14);
    }

    [Fact]
    public void Naive_precursors_rest_in_proportion_to_immunogenicity()
    {
        var course = new Courses(ModelFiles.Patient("bcp_all"));
        course["CtlNaive"] = course.Parameter("sN") * course.Parameter("a") / course.Parameter("dN");
        Assert.Equal(0, course.Slope("CtlNaive"), 1e-20);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(3)]
    public void The_synapse_rests_between_damage_and_repair(double lenalidomide)
    {
        var course = new Courses(ModelFiles.Patient("cll")) { ["Node_Sensitive"] = 3000, ["LenC"] = lenalidomide };
        double effect = Half(lenalidomide / course.Parameter("LEV"), course.Parameter("LE50")), repair = effect * effect;
        var gain = course.Parameter("krep") * (1 + (6 * repair));
        var loss = course.Parameter("kdef") * Half(3000, course.Parameter("Ysyn")) * (1 - (0.8 * repair));
        course["Synapse"] = gain / (gain + loss);
        Assert.Equal(0, course.Slope("Synapse"), 1e-15);
    }

    [Fact]
    public void Cd20_rests_where_shaving_meets_recovery()
    {
        var course = new Courses(ModelFiles.Patient("cll")) { ["RtxC"] = 300 };
        var shaving = course.Parameter("kSh") * Half(300 / course.Parameter("RTV"), course.Parameter("RT50"));
        course["Cd20Left"] = course.Parameter("kZ") / (course.Parameter("kZ") + shaving);
        Assert.Equal(0, course.Slope("Cd20Left"), 1e-16);
    }

    [Fact]
    public void Effector_car_t_cells_contract_exponentially_once_the_antigen_is_gone()
    {
        var course = new Courses(ModelFiles.Patient("bcp_all"), relative: 1e-8, absolute: 1e-10) { ["CarEff"] = 5 };
        foreach (var name in new[] { "sBp", "mB" }) course.Set(name, 0);
        (course["BPre"], course["BCell"]) = (0, 0);
        course.Run([10]);
        Assert.Equal(5 * Math.Exp(-10 * course.Parameter("dCe")), course["CarEff"], 1e-6);
    }

    [Fact]
    public void Fludarabine_exposure_is_dose_over_clearance()
    {
        const double Dose = 40, Hours = 0.5;
        var course = new Courses(ModelFiles.Patient("bcp_all"), relative: 1e-7, absolute: 1e-9);
        course.Set("RateFludarabine", Dose * 24 / Hours);
        double area = 0, last = 0, lastTime = 0;
        void Add(double time)
        {
            area += (course["FluEff"] + last) / 2 * (time - lastTime);
            (last, lastTime) = (course["FluEff"], time);
        }

        course.Run([Hours / 24], Add);
        course.Set("RateFludarabine", 0);
        course.Run([.. Enumerable.Range(1, 1500).Select(i => (Hours / 24) + (0.02 * i))], Add);
        var clearance = course.Parameter("FluClNr") + (course.Parameter("FluClR") * course.Parameter("Egfr"));
        // The trapezoid rule on the fast rise of the first hours errs by some 1e-4.
        Assert.Equal(Dose / clearance, area, 1e-3 * Dose / clearance);
    }

    [Fact]
    public void Neutrophils_rest_at_the_marrow_share_to_the_power_of_the_feedback()
    {
        var course = new Courses(ModelFiles.Patient("bcp_all"));
        var rest = course.Parameter("Anc0") * Math.Pow(0.5, 1 / (1 + course.Parameter("fbExp")));
        course["MarrowNormal"] = 0.5 * course.Parameter("KG");
        foreach (var name in new[] { "Neu1", "Neu2", "Neu3", "Anc" }) course[name] = rest;
        foreach (var name in new[] { "Neu1", "Neu2", "Neu3", "Anc" }) Assert.Equal(0, course.Slope(name), 1e-14);
    }

    [Fact]
    public void Tocilizumab_of_12_mg_per_kg_peaks_near_the_label()
    {
        // A child of 20 kg; the label's Cmax is 245 mg/L.
        var course = new Courses(ModelFiles.Patient("bcp_all"));
        foreach (var (name, power) in new[] { ("VT", 1), ("VT2", 1), ("QT", 0.75), ("VmaxT", 0.75) }) course.Set(name, course.Parameter(name) * Math.Pow(20 / 70.0, power));
        course.Set("RateTocilizumab", 12 * 20 * 24);
        course.Run([1 / 24.0]);
        Assert.Equal(245, course["TociC"] / course.Parameter("VT"), 0.03 * 245);
    }

    private static double Half(double x, double k) => x / (k + x);
}

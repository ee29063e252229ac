namespace Marrow.Tests.Models;

/// <summary>Courses of the median patient against an independent implementation.</summary>
public sealed class CoreCourseTests
{
    /// <summary>The reference agrees with itself to 5e-5 between its tolerances.</summary>
    private const double Agreement = 1e-4;

    private static Courses Course(string disease) => new(ModelFiles.FrozenCore(disease), relative: 1e-8, absolute: 1e-10);

    private static void RunAndCompare(Courses course, string caseName, double from, double to)
    {
        var rows = CoreReference.Rows("run", caseName).Where(r => r.Time > from && r.Time <= to).ToLookup(r => r.Time);
        double[] times = [.. rows.Select(g => g.Key).Append(to).Distinct().Order()];
        course.Run(times, time => Assert.All(rows[time], row =>
            Assert.True(Math.Abs(course[row.Name] - row.Value) <= Agreement * Math.Abs(row.Value), $"day {time}, {row.Name}: {course[row.Name]:R}, expected {row.Value:R}")));
    }

    [Fact]
    public void A_healthy_person_stays_healthy() => RunAndCompare(Course("bcp_all"), "BCP-ALL healthy from start", 0, 1500);

    [Fact]
    public void Ten_thousand_blasts_grow()
    {
        var course = Course("bcp_all");
        course["Marrow_Sensitive"] = 1e-5;
        RunAndCompare(course, "BCP-ALL 1e4 blasts from start", 0, 300);
    }

    [Fact]
    public void Car_t_cells_clear_a_leukaemia_after_lymphodepletion()
    {
        const string caseName = "CAR-T at day 5";
        var course = Course("bcp_all");
        (course["Marrow_Sensitive"], course["Marrow_Cd19Neg"], course["Tissue_Sensitive"]) = (100, 1e-7, 10);
        course.Set("RateChemo", 3 * course.Parameter("kCh"));
        RunAndCompare(course, caseName, 0, 3);
        course.Set("RateChemo", 0);
        RunAndCompare(course, caseName, 3, 5);
        course["CarProlif"] += 0.1 * course.Parameter("eng");
        RunAndCompare(course, caseName, 5, 60);
    }

    private static Courses Cll()
    {
        var course = Course("cll");
        (course["Marrow_Sensitive"], course["Blood_Sensitive"], course["Tissue_Sensitive"]) = (400, 100, 3000);
        return course;
    }

    [Fact]
    public void Lenalidomide_acts_on_cll()
    {
        var course = Cll();
        course.Set("RateLenalidomide", 10);
        RunAndCompare(course, "CLL LEN", 0, 360);
    }

    [Fact]
    public void Rituximab_acts_on_cll()
    {
        var course = Cll();
        foreach (var (day, until) in new[] { (0, 7), (7, 14), (14, 21), (21, 180) })
        {
            course["RtxC"] += 675;
            RunAndCompare(course, "CLL rituximab", day, until);
        }
    }
}

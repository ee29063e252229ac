using Marrow.Trials.Clinical;

namespace Marrow.Tests.Clinical;

/// <summary>Hand-made patients and courses: a child in lasting remission with recovered counts, changed where a test says so.</summary>
internal static class Courses
{
    public const ulong Seed = 20150408;
    public const double End = 1095.75;

    /// <summary>Daily to day 100, then weekly, as the engine records.</summary>
    public static double[] Days { get; } = [.. Enumerable.Range(-6, 107).Select(d => (double)d), .. Enumerable.Range(1, 142).Select(k => 100 + (7.0 * k)), End];

    public static PatientCovariates Child(int id = 0, double frailty = 1, double crsResidual = 0) => new()
    {
        Id = id,
        Sex = Sex.Female,
        AgeYears = 10,
        WeightKg = 33,
        HeightCm = 138,
        BsaM2 = 1.12,
        BloodVolumeL = 2.4,
        CellularityPercent = 60.5,
        EgfrMlMin = 114,
        PriorLines = 3,
        PriorTransplant = false,
        EntryBlastShare = 0.7,
        Frailty = frailty,
        CrsResidual = crsResidual,
    };

    /// <summary>A course from functions of the day; readouts that are not given are those of a healthy remission.</summary>
    public static Course Of(CourseEvents events, double[] days, params (string Readout, Func<double, double> Value)[] changed)
    {
        var given = changed.ToDictionary(c => c.Readout, c => c.Value, StringComparer.Ordinal);
        string[] columns = [.. Readouts.All, .. given.Keys.Where(Readouts.Optional.Contains)];
        var values = days.SelectMany(d => columns.Select(r => given.TryGetValue(r, out var f) ? f(d) : Healthy(r))).ToArray();
        return new Course(columns, days, values, events);
    }

    public static Course Infused(params (string Readout, Func<double, double> Value)[] changed) => Of(new CourseEvents { InfusionDay = 43 }, Days, changed);

    public static Subject Subject(Course course, int id = 0, PatientCovariates? patient = null) =>
        new(patient ?? Child(id), course, ProtocolTests.Eliana, Seed);

    private static double Healthy(string readout) => readout switch
    {
        Readouts.LymphocytesPerUl => 2000,
        Readouts.Cd19PerUl => 0,
        Readouts.WbcPerUl => 6000,
        Readouts.Anc => 3.5,
        Readouts.Platelets => 250,
        Readouts.IggGPerL => 9,
        Readouts.Il6PgMl or Readouts.Il6EffectivePgMl => 3,
        _ => 0,
    };
}

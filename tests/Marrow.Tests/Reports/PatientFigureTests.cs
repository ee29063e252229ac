using FsCheck.Fluent;
using Marrow.Reports;
using Marrow.Reports.Building;
using Marrow.Reports.Model;
using Marrow.Reports.Words;
using Marrow.Tests.House;
using Marrow.Trials.Clinical;
using static Marrow.Tests.Reports.ExamplePatients;
using static Marrow.Tests.Reports.ExampleResults;

namespace Marrow.Tests.Reports;

public sealed class PatientFigureTests
{
    private static readonly double[] _days = [0, 7, 14, 21, 28];

    [Fact]
    public void A_value_comes_back_from_its_text_to_within_half_a_step_of_its_axis() =>
        FsCheck.Check.QuickThrowOnFailure(Prop.ForAll(Gen.Choose(0, 1_000_000).Select(i => i / 1e6).ListOf().ToArbitrary(), shares =>
        {
            const double lower = 1e-5, upper = 100;
            double[] values = [.. shares.Select(s => lower * Math.Pow(upper / lower, s))];
            var read = CourseText.Read(CourseText.Write(values.Select(v => CourseText.Level(v, lower, upper, logarithmic: true))));
            var step = Math.Log(upper / lower) / CourseText.Highest;
            return read.Count == values.Length
                && read.Zip(values).All(p => Math.Abs(Math.Log(CourseText.Value(p.First, lower, upper, logarithmic: true) / p.Second)) <= 0.5000001 * step);
        }));

    [Theory]
    [InlineData(1, 2)]
    [InlineData(2, 4)]
    [InlineData(65, 4)]
    [InlineData(66, 6)]
    [InlineData(200, 16)]
    public void A_level_that_stays_is_written_once_and_counted(int times, int characters)
    {
        int[] levels = [.. Enumerable.Repeat(77, times)];
        var text = CourseText.Write(levels);
        Assert.Equal(characters, text.Length);
        Assert.Equal(levels, CourseText.Read(text));
    }

    [Fact]
    public void A_course_is_kept_up_to_the_end_of_observation_and_readouts_that_the_model_lacks_are_left_out()
    {
        var patient = Patient(7) with { Kinetics = [[80, 8, 0.8, double.NaN, double.NaN], [double.NaN, double.NaN, double.NaN, double.NaN, double.NaN], [1, 2, 3, double.NaN, double.NaN]] };
        var missing = Band("cns", "G", 0) with { Days = [], N = [] };
        var summary = Usual() with { Kinetics = [Band("blasts", "%", 0.01, 80, 8, 0.8, 1, 1), missing, Band("anc", "1e9/L", 0, 1, 2, 3, 3, 3)] };
        var courses = Build(summary, patient).Courses!;
        Assert.Equal(["blasts", "anc"], courses.Series.Select(s => s.Id));
        Assert.Equal(_days, courses.Days);
        Assert.Equal(6, CourseText.Read(Assert.Single(courses.Texts)).Count);
        Assert.Equal((0.8, 80), (courses.Series[0].Lower, courses.Series[0].Upper));
    }

    [Fact]
    public void Depth_is_the_deepest_value_of_three_months_against_the_one_at_enrolment()
    {
        // 70 % at enrolment (ExampleResults): 0.007 % is four decades deeper.
        var data = Build(Usual() with { Kinetics = [Band("blasts", "%", 0.01, 1, 1, 1, 1, 1)] }, Patient(3) with { Kinetics = [[90, 7, 0.007, 0.01, 0.02]] });
        Assert.Equal(-4, Assert.Single(data.Rows)[data.Columns.ToList().IndexOf("depth_log10")]);
    }

    [Fact]
    public void Sentences_say_how_many_respond_and_whose_courses_are_held()
    {
        Assert.Equal("80% reach CR or CRi, 75% of them MRD-negative", PatientFindings.Depth(new Dictionary<int, int> { [1] = 2, [3] = 2, [4] = 6 }, 10));
        Assert.Equal("No patient reaches remission", PatientFindings.Depth(new Dictionary<int, int> { [1] = 10 }, 10));
        Assert.StartsWith("To stay small, the report holds the courses of 3,925 of the 7,850 infused patients", PatientFindings.Kept(3925, 7850, new Clock("infusion", "infused")), StringComparison.Ordinal);
        Assert.StartsWith("The report holds the course of each", PatientFindings.Kept(10, 10, new Clock("start of treatment", "treated")), StringComparison.Ordinal);
        Assert.Equal("No patient has cytokine release", PatientFindings.Release(null, 0));
    }

    [Fact]
    public void Ten_thousand_patients_keep_as_many_courses_as_fit()
    {
        Assert.Equal(1, CoursesBuilder.Every(0));
        Assert.Equal(1, CoursesBuilder.Every(5_000_000));
        Assert.Equal(3, CoursesBuilder.Every(10_000_001));
        var empty = ReportWriter.Page(ReportBuilder.Build(Result())).Length;
        double[] readout = [.. Enumerable.Range(0, 72).Select(i => Math.Exp(4 * Math.Sin(i)))];
        var days = readout.Select((_, i) => 1 + Math.Abs(Math.Sin(i))).ToArray();
        var summary = Usual() with { Kinetics = [.. Enumerable.Range(0, 15).Select(s => Band(s == 0 ? "blasts" : $"readout{s}", "%", 0.01, days))] };
        PatientOutcome[] patients = [.. Enumerable.Range(0, 10_000).Select(i => Patient(i) with { Kinetics = [.. Enumerable.Repeat<IReadOnlyList<double>>(readout, 15)] })];
        var result = Result(summary) with { Patients = patients.Length };
        result = result with { Arms = [result.Arms[0] with { Outcomes = patients }] };
        var data = ReportBuilder.Build(result);
        Assert.Equal(patients.Length, data.Arms[0].Patients!.Rows.Count);
        Assert.InRange(data.Arms[0].Patients!.Courses!.Patients.Count, 1_500, 5_000);
        Assert.InRange(ReportWriter.Page(data).Length, empty, 10_000_000);
    }

    [Fact]
    public void Every_patient_is_in_one_state_at_any_time()
    {
        PatientOutcome[] patients = [Patient(0, aplasiaEnd: 300), Patient(1, relapse: 200), Patient(2, relapse: 200, death: 400), Patient(3)];
        var states = ReportBuilder.Build(StudyOf(patients)).Arms[0].States!;
        Assert.All(states.Shares, row => Assert.Equal(1, row.Skip(1).Sum(), 12));
        double[] Shares(double months) => states.Shares.MinBy(r => Math.Abs(r[0] - months))![1..];
        // Aplasia, B cells, transplant, leukaemia, dead.
        Assert.Equal([0, 0, 0, 1, 0], Shares(0));
        Assert.Equal([1, 0, 0, 0, 0], Shares(5));
        Assert.Equal([0.5, 0, 0, 0.5, 0], Shares(8));
        Assert.Equal([0.25, 0.25, 0, 0.25, 0.25], Shares(24));
    }

    [Fact]
    public void A_readout_of_a_group_smaller_than_five_is_not_drawn()
    {
        double[] values = [1, 2, 3, 2, 1];
        var summary = Usual() with { Kinetics = [Band("il6", "pg/mL", 2, values)] };
        PatientOutcome[] patients = [.. Enumerable.Range(0, 9).Select(i => Patient(i, grade: i < 5 ? 1 : 4) with { Kinetics = [values] })];
        var result = Result(summary);
        var cytokines = ReportBuilder.Build(result with { Arms = [result.Arms[0] with { Outcomes = patients }] }).Arms[0].Cytokines!;
        var group = Assert.Single(Assert.Single(cytokines.Series).Groups);
        Assert.Equal(("grade 1–2", 5, 3.0), (group.Name, group.N, group.Rows[2][2]));
        Assert.Equal(9, cytokines.Times.N);
        Assert.Equal([0, 0, 0, 1, 1], cytokines.Times.Rows.Take(5).Select(r => r[1]));
    }

    [Fact]
    public void The_page_reads_the_text_that_the_writer_writes()
    {
        var script = Repository.ReadText("web/src/courses.ts");
        Assert.Contains("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_", script, StringComparison.Ordinal);
        Assert.Contains("64 * 64 - 1", script, StringComparison.Ordinal);
    }

    private static PatientsData Build(Marrow.Trials.Endpoints.TrialSummary summary, params PatientOutcome[] patients)
    {
        var result = Result(summary);
        return ReportBuilder.Build(result with { Arms = [result.Arms[0] with { Outcomes = patients }] }).Arms[0].Patients!;
    }
}

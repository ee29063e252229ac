using System.Text.Json;
using System.Text.RegularExpressions;
using Marrow.Reports;
using Marrow.Reports.Building;
using Marrow.Reports.Model;
using Marrow.Tests.House;
using Marrow.Trials.Endpoints;
using static Marrow.Tests.Reports.ExampleResults;

namespace Marrow.Tests.Reports;

public sealed partial class ReportPageTests
{
    [Fact]
    public void The_page_loads_nothing_and_forbids_itself_to()
    {
        var page = ReportWriter.Page(ReportBuilder.Build(Result()));
        Assert.Contains("http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'", page, StringComparison.Ordinal);
        Assert.DoesNotMatch(Load(), page);
        Assert.DoesNotContain("@@REPORT_JSON@@", page, StringComparison.Ordinal);
    }

    [Fact]
    public void The_page_is_light_even_with_every_step_of_a_thousand_patients()
    {
        var empty = ReportWriter.Page(ReportBuilder.Build(Result() with { Arms = [] })).Length;
        Assert.InRange(empty, 100_000, 700_000);
        var summary = Usual() with { Survival = [.. new[] { "efs", "os", "rfs", "rfs_uncensored", "aplasia", "os_enrolment" }.Select(id => Curve(id, 1000))] };
        Assert.InRange(ReportWriter.Page(ReportBuilder.Build(Result(summary))).Length, empty, 2_000_000);
    }

    [Fact]
    public void Text_of_a_study_cannot_end_the_script_that_holds_it()
    {
        var result = Result() with { Rejected = [new("</script><script>alert(1)</script>", 3)] };
        var json = ReportJson.Write(ReportBuilder.Build(result));
        Assert.DoesNotContain('<', json);
        Assert.Equal("</script><script>alert(1)</script>", Assert.Single(ReportJson.Read(json).Rejected).Reason);
    }

    [Fact]
    public void Full_values_survive_the_way_into_the_page()
    {
        var data = ReportBuilder.Build(Result(Summary(Share("remission", 1.0 / 3, 0.1 + 0.2))));
        var row = Assert.Single(ReportJson.Read(ReportJson.Write(data)).Arms[0].Endpoints);
        Assert.Equal((1.0 / 3, 0.1 + 0.2), (row.Simulated, row.Published));
        Assert.Equal("18446744073709551615", data.Study.Seed);
    }

    [Fact]
    public void A_failed_patient_is_listed_with_cause_remedy_and_parameters()
    {
        var data = ReportBuilder.Build(Result(null, Failure(217)));
        var failure = Assert.Single(data.Failures);
        Assert.Equal((217, 38.4, "The step became too small (largest error in Il6)", "Tighten the tolerance.", 1), (failure.Patient, failure.Day, failure.Cause, failure.Remedy, failure.Draw));
        Assert.Equal(["kC=18"], failure.Parameters);
        Assert.NotEmpty(data.FailureNote);
    }

    [Fact]
    public void A_study_in_which_nobody_was_infused_still_gives_a_page()
    {
        var flow = new PatientFlow { Enrolled = 0, Infused = 0, Lost = [], Rejected = [], Failed = 0 };
        var survival = Curve() with { N = 0, Events = 0, Months = [], Survival = [], Lower = [], Upper = [], BandMonths = [], BandLower = [], BandUpper = [], AtRisk = new([], []) };
        var summary = Summary() with { Flow = flow, Survival = [survival], TrialViewSurvival = [], Kinetics = [], Incidence = [], CrsGrades = [], Deaths = [] };
        var result = Result(summary) with { Patients = 0, Rejected = [] };
        result = result with { Arms = [result.Arms[0] with { Outcomes = [] }] };
        var data = ReportJson.Read(ReportJson.Write(ReportBuilder.Build(result)));
        Assert.Equal("No virtual patient was infused", data.Head.Headline);
        Assert.Empty(data.Arms[0].Survival[0].Curve);
    }

    [Fact]
    public void Values_that_are_not_numbers_are_left_out_rather_than_drawn()
    {
        var band = Band("car", "copies/ug", 50, 1, double.NaN, 3);
        var median = Share("efs_median", 5, null) with { Kind = EndpointKind.Months, Upper = double.PositiveInfinity };
        var arm = ReportBuilder.Build(Result(Summary(median) with { Kinetics = [band] })).Arms[0];
        Assert.Equal([0, 14], arm.Kinetics!.Series[0].Quantiles.Select(q => q[0]));
        Assert.Null(arm.Endpoints[0].Upper);
    }

    [Fact]
    public void Episodes_of_cytokine_release_are_counted_on_each_of_their_days()
    {
        // One of two infused patients has a grade-2 episode from day 3 to day 7.
        var days = ReportBuilder.Build(Result()).Arms[0].CytokineRelease!.ByDay.ToDictionary(r => r[0], r => r[2]);
        Assert.Equal([0, 0.5, 0.5, 0], new[] { 2.0, 3, 7, 8 }.Select(d => days[d]));
    }

    [Fact]
    public void The_writer_leaves_a_whole_file_and_nothing_else()
    {
        var folder = Directory.CreateTempSubdirectory("marrow-report-");
        try
        {
            var path = Path.Combine(folder.FullName, "report.html");
            ReportWriter.Write(Result(), path);
            Assert.Equal(path, Assert.Single(Directory.GetFiles(folder.FullName)));
            var held = Results().Match(File.ReadAllText(path)).Groups["json"].Value;
            Assert.Equal(1000, ReportJson.Read(held).Study.Patients);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    [Fact]
    public void The_example_of_the_page_has_the_shape_that_the_writer_writes()
    {
        var json = NodeProcess.Run(Repository.PathOf("web"), Path.Combine("example", "make-example.mjs"));
        var data = ReportJson.Read(json);
        Assert.True(data.Example);
        Assert.NotEmpty(data.Arms[0].Survival);
    }

    [Fact]
    public void The_page_declares_every_member_that_the_writer_writes()
    {
        var types = Repository.ReadText("web/src/types.ts");
        using var json = JsonDocument.Parse(ReportJson.Write(ReportBuilder.Build(Result(null, Failure(1)))));
        Assert.All(Members(json.RootElement).Distinct(), name => Assert.Matches($@"\b{name}\s*:", types));
    }

    private static IEnumerable<string> Members(JsonElement element) => element.ValueKind switch
    {
        JsonValueKind.Object => element.EnumerateObject().SelectMany(p => Members(p.Value).Prepend(p.Name)),
        JsonValueKind.Array => element.EnumerateArray().SelectMany(Members),
        _ => [],
    };

    // Addresses inside text, such as a source, load nothing; elements and style sheets with one would.
    [GeneratedRegex("""<(?:script|img|iframe|link|source|object|embed)\b[^>]*\b(?:src|href|data)\s*=\s*["']?\s*(?:https?:)?//|@import|url\(\s*["']?(?:https?:)?//""", RegexOptions.IgnoreCase)]
    private static partial Regex Load();

    [GeneratedRegex("""<script type="application/json" id="results">(?<json>[^<]*)</script>""")]
    private static partial Regex Results();
}

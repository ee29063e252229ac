using Marrow.Networks.Diagnostics;
using Marrow.Tests.House;
using Marrow.Trials.Clinical;
using Marrow.Trials.Endpoints;

namespace Marrow.Tests.Clinical;

public sealed class CllTests
{
    private static readonly ClinicalProtocol _cll = Load();

    private static readonly double[] _days = [.. Enumerable.Range(0, 262).Select(k => 7.0 * k)];

    [Fact]
    public void Sizes_follow_from_cells()
    {
        var rules = _cll.Cll!;

        Assert.Equal(11, rules.Spleen(0));
        Assert.Equal(15, rules.Spleen(1500), 9);
        Assert.Equal(0, rules.NodeDiameter(0));
        // Twelve spheres of 1.5 cm hold 12 pi/6 1.5^3 mL.
        Assert.Equal(1.5, rules.NodeDiameter(12 * Math.PI / 6 * Math.Pow(1.5, 3)), 9);
        Assert.Equal(4, rules.NodeProducts(800) / rules.NodeProducts(100), 9);
        Assert.Equal(14, rules.Haemoglobin(1));
        Assert.Equal(7, rules.Haemoglobin(0));
    }

    [Theory]
    [InlineData(0, 0, 0.5, 1, Response.CR)]
    [InlineData(0, 0, 0.5, 0.3, Response.CRi)]
    [InlineData(40, 100, 10, 1, Response.PR)]
    [InlineData(400, 400, 60, 1, Response.NoResponse)]
    [InlineData(400, 400, 10, 1, Response.NoResponse)]
    public void Responses_are_those_of_iwCLL(double nodes, double spleen, double lymphocytes, double formation, Response expected)
    {
        var outcome = Survivor(d => d < 30 ? (500, 600, 80) : (nodes, spleen, lymphocytes), formation);

        Assert.Equal(expected, outcome.BestResponse);
        Assert.Equal(expected >= Response.PR, outcome.Remission);
        Assert.Null(outcome.Salvage);
    }

    [Fact]
    public void Growth_by_half_over_the_lowest_value_is_progression()
    {
        var outcome = Survivor(d => d < 30 ? (500, 600, 80) : d < 400 ? (30, 50, 3) : (120, 50, 3), 1);

        Assert.InRange(outcome.RelapseDay!.Value, 400, 500);
        Assert.True(outcome.View("model")!.Efs.Event);
    }

    [Fact]
    public void Lymphocytosis_alone_is_no_progression_while_a_BTK_inhibitor_is_given()
    {
        GivenDose[] doses = [.. _days.Select(d => new GivenDose(d, "ibrutinib", 420, "mg", false))];
        (double, double, double) Course(double d) => d < 30 ? (500, 600, 40) : (200, 200, 90);

        Assert.Null(Survivor(Course, 1, doses).RelapseDay);
        Assert.NotNull(Survivor(Course, 1).RelapseDay);
    }

    /// <summary>Untreated tissue full of leukaemia: .012 x 1/(1 + .0625) of leukaemia and .0015 of treatment a month, and .0005 of transformation which is
    /// followed by .07; four binomial standard errors.</summary>
    [Fact]
    public void Deaths_follow_their_hazards()
    {
        const int patients = 1500;
        const double months = 36;
        var outcomes = Enumerable.Range(0, patients).Select(i => Assess(i, _ => (5000, 5000, 80), 1)).ToArray();
        double Dead(DeathCause cause) => outcomes.Count(o => o.DeathCause == cause && o.DeathDay <= months * Calendar.DaysPerMonth);
        var other = Math.Exp(-months * (0.0002 + (0.0005 / 2)));

        void Share(DeathCause cause, double rate, double all)
        {
            var expected = rate / all * (1 - Math.Exp(-all * months)) * other;
            var error = 4 * Math.Sqrt(expected * (1 - expected) / patients);
            // Causes that are not counted here take up to one percent more.
            Assert.InRange(Dead(cause) / patients, expected - error - 0.01, expected + error + 0.01);
        }

        var leukaemia = 0.012 / 1.0625;
        var infection = 0.0035 * 0.01 * Calendar.DaysPerMonth;
        Share(DeathCause.Leukaemia, leukaemia, leukaemia + infection + 0.0015);
        Share(DeathCause.Treatment, 0.0015, leukaemia + infection + 0.0015);
        Assert.InRange(outcomes.Count(o => o.RichterDay <= months * Calendar.DaysPerMonth), 3, 50);
    }

    [Fact]
    public void The_summary_has_the_endpoints_of_its_disease()
    {
        var outcomes = Enumerable.Range(0, 60).Select(i => Assess(i, d => d < 30 ? (500, 600, 80) : (40, 100, 10), 1)).ToArray();
        var cured = ClinicalLayer.Assess(Courses.Child(), Courses.Infused(), ProtocolTests.Eliana, Courses.Seed);
        static TrialSummary Of(ClinicalProtocol protocol, params PatientOutcome[] patients) =>
            TrialSummarizer.Summarize(patients, new SummaryInputs { Arm = "A", Protocol = protocol, Seed = Courses.Seed });
        var cll = Of(_cll, outcomes).Endpoints;

        Assert.Equal(outcomes.Count(o => o.BestResponse >= Response.PR) / 60.0, cll.Single(e => e.Id == "response_overall").Simulated!.Value, 12);
        Assert.Contains(cll, e => e.Id == "richter");
        Assert.DoesNotContain(Of(ProtocolTests.Eliana, cured).Endpoints, e => e.Id is "richter" or "response_overall");
    }

    [Fact]
    public void A_course_without_nodes_is_refused_by_name()
    {
        var message = Assert.Throws<ArgumentException>(() => ClinicalLayer.Assess(Courses.Child(), Courses.Infused(), _cll, Courses.Seed)).Message;

        Assert.Contains("NodeBurden", message, StringComparison.Ordinal);
    }

    /// <summary>A patient who lives to the end of the course, so that only response is looked at.</summary>
    private static PatientOutcome Survivor(Func<double, (double Nodes, double Spleen, double Lymphocytes)> sizes, double formation, params GivenDose[] doses) =>
        Enumerable.Range(0, 100).Select(i => Assess(i, sizes, formation, doses)).First(o => o.DeathDay is null && o.RichterDay is null);

    private static PatientOutcome Assess(int id, Func<double, (double Nodes, double Spleen, double Lymphocytes)> sizes, double formation, params GivenDose[] doses)
    {
        var course = Courses.Of(
            new CourseEvents { InfusionDay = 0, Doses = doses }, _days, (Readouts.NodeBurden, d => sizes(d).Nodes), (Readouts.SpleenBurden, d => sizes(d).Spleen),
            (Readouts.TissueBurden, d => sizes(d).Nodes + sizes(d).Spleen), (Readouts.BloodBlastsPerUl, d => 1000 * sizes(d).Lymphocytes),
            (Readouts.LymphocytesPerUl, _ => 100), (Readouts.MarrowNormalShare, _ => formation));
        return ClinicalLayer.Assess(Courses.Child(id) with { AgeYears = 35, WeightKg = 70 }, course, _cll, Courses.Seed);
    }

    private static ClinicalProtocol Load()
    {
        var bag = new DiagnosticBag();
        var protocol = ClinicalProtocol.Load(Repository.PathOf("models/clinical"), "cll8", bag);
        Assert.True(protocol is not null, string.Join('\n', bag.Items));
        return protocol;
    }
}

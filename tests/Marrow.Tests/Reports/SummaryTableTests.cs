using Marrow.Reports;
using Marrow.Trials.Endpoints;
using static Marrow.Tests.Reports.ExampleResults;

namespace Marrow.Tests.Reports;

public sealed class SummaryTableTests
{
    [Fact]
    public void A_share_stands_beside_its_published_value_and_is_judged_by_the_prediction_interval()
    {
        var rows = SummaryTable.Rows(Result());
        Assert.Equal(new SummaryRow("Tisagenlecleucel", "Endpoints", "efs_12", "50%", "40–60%", "50%", "40–60%", "inside"), rows[1]);
        Assert.Equal("▲ published higher", rows[3].Verdict);
    }

    [Fact]
    public void A_range_of_patients_is_named_and_a_median_may_not_be_reached()
    {
        var onset = Share("crs_onset", 4, 3, 3, 5, "Onset") with { Kind = EndpointKind.Continuous, Unit = "d", PublishedLower = 1, PublishedUpper = 22, PublishedInterval = "range" };
        var median = onset with { Label = "Median", Unit = "months", Kind = EndpointKind.Months, Simulated = double.PositiveInfinity, Lower = 9.2, Upper = double.PositiveInfinity, Published = 24, PublishedLower = 9.2, PublishedUpper = null, PublishedInterval = "95 % CI" };
        var rows = SummaryTable.Rows(Result(Summary(onset, median)));
        Assert.Equal(("Onset (d)", "4", "3–5", "3", "range 1–22", "inside"), (rows[0].Endpoint, rows[0].Simulated, rows[0].SimulatedInterval, rows[0].Published, rows[0].PublishedInterval, rows[0].Verdict));
        Assert.Equal(("not reached", "9.2 to not reached", "24", "9.2 to not reached", "inside"), (rows[1].Simulated, rows[1].SimulatedInterval, rows[1].Published, rows[1].PublishedInterval, rows[1].Verdict));
    }

    [Fact]
    public void What_was_not_reported_or_could_not_be_formed_stays_empty()
    {
        var row = Assert.Single(SummaryTable.Rows(Result(Summary(Share("x", null, null)))));
        Assert.Equal(("", "", "", "", "–"), (row.Simulated, row.SimulatedInterval, row.Published, row.PublishedInterval, row.Verdict));
    }
}
